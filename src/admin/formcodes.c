/*
 * formcodes.c - layer 5: codes that a form names and the office, or a catalogue
 * not loaded yet, must have: services, units, papers, classes of retention.
 * Called by publish.c and form-check.  Must never stop at the first that is not
 * there, and never write.
 */
#include "formcodes.h"

#include <stdarg.h>
#include <string.h>

#include "form_example.h"
#include "store_retention.h"

#define CODES_TOLD_MAX 100

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
	if (c->errors->count < CODES_TOLD_MAX)
		c->errors->text[c->errors->count++] = arena_printf(c->op->mem, "%s:%d: %s", c->file, line,
	    arena_vprintf(c->op->mem, format, args));
	va_end(args);
}

static enum status
ties_of(struct codes *c, const char *code, struct service_ties *ties)
{
	const struct code_book *b = c->book;
	size_t at;

	*ties = (struct service_ties){ 0 };
	if (!b)
		return store_service_ties(c->op, code, ties);
	if (is_in(b->services, b->n_services, code, &at))
		*ties = b->ties[at];
	return ST_OK;
}

static enum status
check_service(struct codes *c, const char *code)
{
	const struct form *f = c->form;
	struct service_ties ties;

	TRY(ties_of(c, code, &ties));
	if (!ties.known)
		tell(c, f->services_line, _("the office has no service \"%s\"; load it first: "
		     "tresen-admin catalogue"), code);
	else if (ties.form && strcmp(ties.form, f->key) != 0)
		tell(c, f->services_line, _("the service \"%s\" has the form \"%s\" already; take "
		     "it out of \"services\", or change the catalogue"), code, ties.form);
	if (f->retention && ties.retention && strcmp(ties.retention, f->retention) != 0)
		tell(c, f->retention_line, _("retention.conf keeps cases of the service \"%s\" as "
		     "\"%s\", not as \"%s\"; change one of them"), code, ties.retention,
		     f->retention);
	return ST_OK;
}

static enum status
check_retention(struct codes *c)
{
	const char *class = c->form->retention;
	bool known = true;
	size_t at;

	if (class && c->book)
		known = is_in(c->book->classes, c->book->n_classes, class, &at);
	else if (class)
		TRY(store_retention_known(c->op, class, &known));
	if (!known)
		tell(c, c->form->retention_line, _("the office has no class of retention \"%s\"; "
		     "see retention.conf"), class);
	return ST_OK;
}

/* ---- rules that stop, for the units that the services say ---- */

static void
tell_blocked(void *self, int line, const char *sentence)
{
	tell(self, line, "%s", sentence);
}

/* Does the form send cases there itself?  Then its own check has looked. */
static bool
is_way(const struct form *f, const char *unit)
{
	for (size_t i = 0; i < f->route_count; i++)
		if (strcmp(f->routes[i].unit, unit) == 0)
			return true;
	return false;
}

static enum status
check_blocked(struct codes *c)
{
	const struct form *f = c->form;
	const char **units = arena_array(c->op->mem, const char *, f->service_count + 1);
	size_t n = 0, at;

	/* every case goes a way of the form */
	if (f->route_count > 0 && !f->routes[f->route_count - 1].when)
		return ST_OK;
	for (size_t i = 0; i < f->service_count; i++) {
		struct service_ties ties;

		TRY(ties_of(c, f->services[i], &ties));
		if (!ties.unit || is_way(f, ties.unit) || is_in(units, n, ties.unit, &at))
			continue;
		units[n++] = ties.unit;
		form_blocked(c->op->mem, f, ties.unit, false, tell_blocked, c);
	}
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

	*errors = (struct form_errors){ .text = arena_array(op->mem, const char *, CODES_TOLD_MAX) };
	TRY(check_retention(&c));
	for (size_t i = 0; i < f->service_count; i++)
		TRY(check_service(&c, f->services[i]));
	for (size_t i = 0; i < f->every_count; i++)
		TRY(check_unit(&c, f->every[i]->owner, f->every[i]->line));
	for (size_t i = 0; i < f->document_count; i++)
		TRY(check_document(&c, &f->documents[i]));
	for (size_t i = 0; i < f->route_count; i++)
		TRY(check_unit(&c, f->routes[i].unit, f->routes[i].line));
	return check_blocked(&c);
}
