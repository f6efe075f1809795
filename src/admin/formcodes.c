/*
 * formcodes.c - layer 5: codes that a form names and the office, or a catalogue
 * not loaded yet, must have: services, units, papers.  Called by publish.c and
 * form-check.  Must never stop at the first that is not there, and never write.
 */
#include "formcodes.h"

#include <stdarg.h>
#include <string.h>

#include "store_catalogue.h"

struct codes {
	struct op *op;
	const struct form *form;
	const char *file;
	const struct code_book *book; /* NULL: the office */
	struct form_errors *errors;
};

static bool
is_in(const char *const *list, size_t n, const char *code, size_t *place)
{
	for (*place = 0; *place < n; ++*place)
		if (strcmp(list[*place], code) == 0)
			return true;
	return false;
}

PRINTF(3, 4) static void
tell(struct codes *c, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	c->errors->text[c->errors->count++] = arena_printf(c->op->mem, "%s:%d: %s", c->file, line,
	    arena_vprintf(c->op->mem, format, args));
	va_end(args);
}

static enum status
check_service(struct codes *c, const char *code)
{
	int line = c->form->services_line;
	const char *form = NULL;
	bool known = false;
	size_t at;

	if (!c->book)
		TRY(store_service_form(c->op, code, &known, &form));
	else if (is_in(c->book->services, c->book->n_services, code, &at)) {
		known = true;
		form = c->book->forms[at];
	}
	if (!known)
		tell(c, line, _("the office has no service \"%s\"; load it first: tresen-admin "
		     "catalogue"), code);
	else if (form && strcmp(form, c->form->key) != 0)
		tell(c, line, _("the service \"%s\" has the form \"%s\" already; take it out of "
		     "\"services\", or change the catalogue"), code, form);
	return ST_OK;
}

static enum status
check_unit(struct codes *c, const char *unit, int line)
{
	bool known = true, figures_only = false;
	size_t at;

	if (unit && c->book)
		known = is_in(c->book->units, c->book->n_units, unit, &at);
	else if (unit)
		TRY(store_unit_known(c->op, unit, &known, &figures_only));
	if (!known || figures_only)
		tell(c, line, _("no unit \"%s\" of the office takes cases; see units.conf"), unit);
	return ST_OK;
}

static enum status
check_document(struct codes *c, const struct form_document *d)
{
	const struct code_book *b = c->book;
	struct paper paper = { 0 }, *papers;
	size_t n = 0, at;

	if (b)
		n = d->list ? is_in(b->checklists, b->n_checklists, d->list, &at)
		            : is_in(b->papers, b->n_papers, d->key, &at);
	else if (d->list)
		TRY(store_checklist(c->op, d->list, &papers, &n));
	else
		TRY(store_paper_find(c->op, NULL, d->key, &paper));
	if (n == 0 && !paper.key)
		tell(c, d->line, d->list ? _("the office has no checklist \"%s\"; see "
		     "checklists.conf") : _("the office has no paper \"%s\"; see checklists.conf"),
		     d->list ? d->list : d->key);
	return ST_OK;
}

enum status
form_codes_check(struct op *op, const struct form_file *file, const struct code_book *book,
                 struct form_errors *errors)
{
	const struct form *f = file->form;
	struct codes c = { op, f, form_file_name(file->path), book, errors };
	size_t all = f->service_count + f->every_count + f->document_count + f->route_count;

	*errors = (struct form_errors){ .text = arena_array(op->mem, const char *, all + 1) };
	for (size_t i = 0; i < f->service_count; i++)
		TRY(check_service(&c, f->services[i]));
	for (size_t i = 0; i < f->every_count; i++)
		TRY(check_unit(&c, f->every[i]->owner, f->every[i]->line));
	for (size_t i = 0; i < f->document_count; i++)
		TRY(check_document(&c, &f->documents[i]));
	for (size_t i = 0; i < f->route_count; i++)
		TRY(check_unit(&c, f->routes[i].unit, f->routes[i].line));
	return ST_OK;
}
