/*
 * order.c - layer 1: in which order the fields of a form are settled, and
 * whether there is one at all.  Called once by form_parse.
 */
#include "inside.h"

enum mark { NEW, OPEN, DONE };

struct walk {
	struct reader *r;
	size_t *order;
	size_t placed;
	size_t path[FORM_FIELDS_MAX];
	size_t depth;
	enum mark mark[FORM_FIELDS_MAX];
};

static void place(void *self, const struct form_field *field);

/* "a -> b -> a" */
static void
report_cycle(struct walk *w, const struct form_field *field)
{
	const struct form *f = w->r->form;
	const char *chain = "";
	size_t at = 0;

	while (w->path[at] != field->id)
		at++;
	for (; at < w->depth; at++)
		chain = arena_printf(w->r->a, "%s%s -> ", chain, f->every[w->path[at]]->key);
	form_error(w->r, field->line, _("expressions go in a circle: %s%s"), chain, field->key);
}

static void
follow(struct walk *w, const struct form_expr *e)
{
	if (e)
		form_expr_fields(e, place, w);
}

static void
place(void *self, const struct form_field *field)
{
	struct walk *w = self;

	if (w->mark[field->id] == OPEN)
		report_cycle(w, field);
	if (w->mark[field->id] != NEW)
		return;
	w->mark[field->id] = OPEN;
	w->path[w->depth++] = field->id;
	if (field->parent)
		place(w, field->parent);
	else
		follow(w, w->r->form->sections[field->section].show);
	follow(w, field->show);
	follow(w, field->compute);
	w->depth--;
	w->mark[field->id] = DONE;
	w->order[w->placed++] = field->id;
}

void
form_check_order(struct reader *r)
{
	struct form *f = r->form;
	struct walk w = { .r = r, .order = arena_array(r->a, size_t, f->every_count + 1) };

	for (size_t i = 0; i < f->every_count; i++)
		place(&w, f->every[i]);
	f->order = w.order;
}
