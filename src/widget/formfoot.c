/*
 * formfoot.c - layer 2: paints what stands around the fields of a form view:
 * the question to ask on top, choices and help below; and all that is known of
 * a question.  Called by formdraw.c and the help screen.  Must never change
 * the view.
 */
#include "forminside.h"

#include <string.h>

#include "text.h"

#define ASK_ROWS 2
#define CHOICE_ROWS 3            /* of a long list */
#define PARAGRAPHS_MAX 8
#define BASIS_LEAST 8            /* columns, beside a long question */

static const char *
basis_of(struct arena *a, const struct form_view *v)
{
	const struct form_field *field = form_view_field(v);

	for (const struct form_field *f = field; f; f = f->parent)
		if (f->basis)
			return text_cited(a, f->basis);
	return text_cited(a, v->form->basis);
}

static const char *
of_office(void)
{
	return _("The office answers this; the person is not asked.");
}

/* Columns for the basis, which makes way for a question that needs the room:
 * F1 shows all of it. */
static int
basis_columns(const char *basis, const char *ask, int cols)
{
	int taken = basis ? text_width(basis) + 2 : 0;
	char **lines;

	while (taken > BASIS_LEAST && shown_lines(ask, cols - taken - 3, &lines) > ASK_ROWS)
		taken--;
	return taken;
}

void
fv_draw_ask(const struct form_view *v, struct area area)
{
	const struct form_field *field = form_view_field(v);
	const char *ask = form_say(&field->ask), *basis = basis_of(frame_mem(), v);
	int taken;

	if (*ask)
		ask = arena_printf(frame_mem(), _("Ask: \"%s\""), ask);
	taken = basis_columns(basis, ask, area.cols);

	if (basis)
		draw_right(area.row, area.cols - taken, taken - 1, STYLE_QUIET, basis);
	area.col = 1;
	area.cols -= taken + 3;
	area.rows = ASK_ROWS;
	if (*ask)
		draw_wrapped(area, STYLE_STRONG, ask);
	else if (!field->compute && !form_is_for_person(field))
		draw_wrapped(area, STYLE_QUIET, of_office());
}

/* ---- choices ---- */

/* Is an option to be shown: open now, and what the letters typed lead to? */
static bool
is_offered(const struct form_view *v, size_t i, const char *letters)
{
	const struct form_field *field = form_view_field(v);

	return fv_option_is_open(v, i) && (!*letters ||
	    fv_leads_to(frame_mem(), field, i, letters) ||
	    fv_leads_inside(frame_mem(), field, i, letters));
}

static const char *
option_text(const struct form_view *v, size_t i)
{
	const struct form_field *field = form_view_field(v);
	const char *label = fv_option_label(field, i), *sign = "";

	if (field->type == FORM_CHOICES && form_set_has(fv_canonical(v->here.row, field),
	    field->choices[i].key))
		sign = "✓ ";
	if (field->type == FORM_CHOICES && i == v->pointed)
		sign = *sign ? "▸✓ " : "▸ ";
	return arena_printf(frame_mem(), "%s%s", sign, label);
}

/* "flat · sublet room · shared": what can be chosen, from option first on. */
static const char *
options_from(const struct form_view *v, size_t first, const char *letters, int room)
{
	const char *all = "";

	for (size_t i = first; i < fv_option_count(form_view_field(v)); i++) {
		const char *longer;

		if (!is_offered(v, i, letters))
			continue;
		longer = arena_printf(frame_mem(), "%s%s%s", all, *all ? " · " : "",
		    option_text(v, i));
		if (*all && shown_width(longer) > room - 2)
			return arena_printf(frame_mem(), "%s …", all);
		all = longer;
	}
	return all;
}

static size_t
option_before(const struct form_view *v)
{
	const struct form_field *field = form_view_field(v);
	const char *now = fv_canonical(v->here.row, field);
	size_t i = 0;

	if (field->type == FORM_CHOICES)
		return v->pointed;
	while (i < field->choice_count && strcmp(field->choices[i].key, now) != 0)
		i++;
	return i < field->choice_count && i > 0 ? i - 1 : 0;
}

/* All of a short list; of a long one those that the letters lead to, else
 * those around the present one. */
static const char *
choices_shown(const struct form_view *v, int cols)
{
	const char *letters = text_search_form(frame_mem(), v->ahead, true);
	int room = cols * CHOICE_ROWS - 20; /* lines break early */
	const char *all = options_from(v, 0, "", room);

	if (form_view_field(v)->type == FORM_YES_NO)
		return _("y yes · n no");
	if (!strstr(all, " …"))
		return all;
	return *letters ? options_from(v, 0, letters, room)
	                : options_from(v, option_before(v), "", room);
}

/* ---- foot ---- */

static void
put(struct area *foot, enum style style, const char *text)
{
	int used = *text ? draw_wrapped(*foot, style, text) : 0;

	foot->row += used;
	foot->rows -= used;
}

/* What is wrong with the form as a whole, at no field. */
static void
put_whole(const struct form_view *v, struct area *foot)
{
	for (size_t i = 0; i < v->state->finding_count; i++) {
		const struct form_finding *f = &v->state->findings[i];

		if (!*f->path)
			put(foot, f->severity == FORM_HINT ? STYLE_QUIET : STYLE_ALERT,
			    arena_printf(frame_mem(), "! %s", f->sentence));
	}
}

static const char *
help_of(const struct form_view *v)
{
	const struct form_field *field = form_view_field(v), *top = field;

	while (top->parent)
		top = top->parent;
	if (*form_say(&field->help))
		return form_say(&field->help);
	return form_say(&v->form->sections[top->section].help);
}

static const char *
of_others(const struct form_view *v)
{
	const char *code = fv_other_owner(v, form_view_field(v));

	return arena_printf(frame_mem(), _("Only %s answers this: it is shown to be read."),
	    v->unit_name ? v->unit_name(v->on, code) : code);
}

static bool
is_about_people(const struct form_field *field)
{
	return field->type == FORM_PERSON || field->type == FORM_MEMBERS;
}

/* Names in full: beside the field there is little room. */
static void
put_people(const struct form_view *v, struct area *foot)
{
	const struct form_field *field = form_view_field(v);

	put(foot, STYLE_PLAIN, form_value_tell(frame_mem(), field,
	    fv_canonical(v->here.row, field), v->names));
	if (!v->has_register || fv_is_closed(v, field))
		return;
	put(foot, STYLE_QUIET, field->type == FORM_MEMBERS
	    ? _("F6 shows the household, and the register for others.")
	    : _("F6 looks in the register for who is meant."));
}

void
fv_draw_foot(const struct form_view *v, struct area area)
{
	struct area foot = { area.row, 1, area.rows, area.cols - 2 };
	const struct form_row *row = fv_state_row(v, v->here.row);

	if (v->note)
		put(&foot, STYLE_STRONG, v->note);
	put_whole(v, &foot);
	if (fv_is_chosen(form_view_field(v)))
		put(&foot, STYLE_PLAIN, arena_printf(frame_mem(),
		    form_view_field(v)->type == FORM_CHOICES ? _("Space takes: %s") : "%s",
		    choices_shown(v, foot.cols)));
	put(&foot, STYLE_QUIET, help_of(v));
	if (row)
		put(&foot, STYLE_QUIET, form_explain(frame_mem(), row, form_view_field(v)));
	put(&foot, STYLE_QUIET, fv_needed_later(v, v->here.row, v->here.at));
	if (fv_other_owner(v, form_view_field(v)))
		put(&foot, STYLE_STRONG, of_others(v));
	if (is_about_people(form_view_field(v)))
		put_people(v, &foot);
	if (fv_slot(v)->from)
		put(&foot, STYLE_QUIET, fv_slot(v)->from);
}

/* ---- all about a question ---- */

size_t
form_view_about(const struct form_view *v, struct arena *a, const char ***paragraphs)
{
	const struct form_field *field = form_view_field(v);
	const struct form_row *row = fv_state_row(v, v->here.row);
	const char *basis = basis_of(a, v), **p = arena_array(a, const char *, PARAGRAPHS_MAX);
	size_t n = 0;

	p[n++] = form_say(&field->label);
	if (*form_say(&field->ask))
		p[n++] = arena_printf(a, _("Ask: \"%s\""), form_say(&field->ask));
	else if (!field->compute && !form_is_for_person(field))
		p[n++] = of_office();
	if (*help_of(v))
		p[n++] = help_of(v);
	if (*form_say(&field->purpose))
		p[n++] = arena_printf(a, _("What for: %s"), form_say(&field->purpose));
	if (basis)
		p[n++] = arena_printf(a, _("Legal basis: %s"), basis);
	if (field->compute && row)
		p[n++] = form_explain(a, row, field);
	if (field->confidential)
		p[n++] = _("Confidential: tell nobody outside.");
	*paragraphs = p;
	return n;
}
