/*
 * formask.c - layer 3: a form as the office has it, and the world in which its
 * answers are judged.  Called by screens that show a form.  Must never know
 * what a form is about.
 */
#include "formask.h"

#include <stdlib.h>
#include <string.h>

/* ---- code lists: they come with the form ---- */

struct shelf {
	struct arena *mem;
	const json_t *lists;
};

static const struct form_list *
find_list(void *self, const char *name)
{
	const struct shelf *shelf = self;
	struct form_errors errors;
	const json_t *list;
	size_t i;

	json_array_foreach(shelf->lists, i, list)
		if (strcmp(text_at(list, "name"), name) == 0)
			return form_list_parse(shelf->mem, name, text_at(list, "source"),
			    &errors);
	return NULL;
}

/* Countries and languages that the form gives no list for are those of the
 * catalogue. */
static void
add_codes(struct screen *s, struct arena *a, struct form_field *field, const char *name)
{
	const json_t *list = catalogue_list(s, name), *entry;
	struct form_choice *choices = arena_array(a, struct form_choice,
	    json_array_size(list) + 1);
	size_t i;

	json_array_foreach(list, i, entry) {
		choices[i] = (struct form_choice){
			.key = arena_strdup(a, text_at(entry, "code")),
			.valid_from = DAY_NONE, .valid_until = DAY_NONE,
		};
		choices[i].label.in[lang_current()] = arena_strdup(a, text_at(entry, "label"));
	}
	field->choices = choices;
	field->choice_count = json_array_size(list);
}

static void
add_catalogue(struct screen *s, struct arena *a, struct form *form)
{
	for (size_t i = 0; i < form->every_count; i++) {
		struct form_field *field = form->every[i];

		if (field->choice_count > 0 || field->compute)
			continue;
		if (field->type == FORM_COUNTRY)
			add_codes(s, a, field, "countries");
		if (field->type == FORM_LANGUAGE)
			add_codes(s, a, field, "languages");
	}
}

enum status
form_ask(struct screen *s, struct arena *a, const char *key, int version, const json_t **answer,
         const struct form **form)
{
	struct shelf shelf = { .mem = a };
	struct form_lists lists = { find_list, &shelf };
	struct form_errors errors;
	struct form *opened;

	*form = NULL;
	if (version)
		TRY(ask(s, answer, "form.show", "{s:s, s:i}", "key", key, "version", version));
	else
		TRY(ask(s, answer, "form.show", "{s:s}", "key", key));
	shelf.lists = at(*answer, "form.lists");
	*form = opened = form_open(a, key, text_at(*answer, "form.source"), &lists, &errors);
	if (opened) {
		add_catalogue(s, a, opened);
		return ST_OK;
	}
	say(s, TONE_FAILURE, "%s", errors.text[0]);
	return ST_STORE;
}

static const char *
unit_name(void *on, const char *code)
{
	const json_t *unit;
	size_t i;

	json_array_foreach(catalogue_list(on, "units"), i, unit)
		if (strcmp(text_at(unit, "code"), code) == 0)
			return text_at(unit, "label");
	return code;
}

void
form_begin(struct screen *s, struct form_view *view)
{
	view->has_register = true;
	view->unit = text_at(me(s), "unit");
	view->unit_name = unit_name;
	view->on = s;
}

struct form_world
form_world_at(struct screen *s, enum form_stage stage)
{
	const json_t *days = catalogue_list(s, "holidays"), *day;
	int *holidays = arena_array(s->mem, int, json_array_size(days) + 1);
	size_t i, n = 0;

	json_array_foreach(days, i, day)
		if (day_parse(json_string_value(day), &holidays[n]))
			n++;
	return (struct form_world){ .today = clock_day(clock_now()), .stage = stage,
		.holidays = holidays, .holiday_count = n };
}

/* ---- warnings ---- */

unsigned
form_ask_reason(struct screen *s, struct form_view *view,
                unsigned (*took)(void *on, const char *reason))
{
	const struct form_finding *f = form_view_warning(view);
	const char *question;

	if (!f)
		return NOTHING;
	question = arena_printf(s->page, _("Why is it right all the same? %s"), f->sentence);
	if (*f->path)
		form_view_go(view, arena_strdup(s->page, f->path));
	return ask_line(s, question, "", took);
}

bool
form_took_reason(struct screen *s, struct form_view *view, const char *reason)
{
	const struct form_finding *f = form_view_warning(view);

	if (!*reason)
		say(s, TONE_WARNING, _("What is warned of is saved with a reason only. Give one, "
		    "or change the answer."));
	else if (f)
		form_view_reason(view, f->path, reason);
	return *reason != '\0';
}

/* ---- people ---- */

bool
form_wants_person(const struct form_view *view)
{
	const struct form_field *field = form_view_field(view);

	return form_view_edit((struct form_view *)(uintptr_t)view) &&
	    (field->type == FORM_PERSON || field->type == FORM_MEMBERS);
}

static void
ask_name(struct screen *s, struct form_view *view, const char *id)
{
	const json_t *result;

	if (json_object_get(view->names, id) || ask(s, &result, "person.show", "{s:I}", "id",
	    (json_int_t)strtoll(id, NULL, 10)) != ST_OK)
		return;
	form_view_name(view, id, text_at(result, "person.name"));
}

/* A name that is typed is looked for; a number is one already. */
unsigned
form_pick_person(struct screen *s, struct form_view *view,
                 unsigned (*picked)(struct screen *s, int64_t id))
{
	const char *text = form_view_text(view);

	return pick_person(s, strpbrk(text, "0123456789") ? "" : text, picked);
}

unsigned
form_took_person(struct screen *s, struct form_view *view, int64_t id)
{
	const char *text = form_view_text(view), *number;

	if (!id)
		return DRAW;
	number = arena_printf(s->page, "%lld", (long long)id);
	ask_name(s, view, number);
	if (form_view_field(view)->type == FORM_MEMBERS && strpbrk(text, "0123456789") &&
	    !form_set_has(text, number))
		number = arena_printf(s->page, "%s,%s", text, number);
	form_view_put_here(view, number);
	screen_typed(s);
	return DRAW;
}

void
form_ask_names(struct screen *s, struct form_view *view)
{
	for (size_t i = 0; i < view->form->field_count; i++) {
		const struct form_field *field = &view->form->fields[i];
		const char *ids = json_string_value(json_object_get(view->answers, field->key));

		if (field->type != FORM_PERSON && field->type != FORM_MEMBERS)
			continue;
		for (const char *at = ids; at && *at; at += strcspn(at, ","), at += *at == ',')
			ask_name(s, view, arena_strndup(s->page, at, strcspn(at, ",")));
	}
}

/* ---- papers ---- */

#define PAPERS_FROM 116          /* columns of a terminal with room beside the form */
#define PAPERS_COLS 36

int
form_draw_papers(struct area body, const struct paper_line *lines, size_t n)
{
	int col = body.cols - PAPERS_COLS + 2, row = body.row;

	if (n == 0 || body.cols < PAPERS_FROM)
		return 0;
	draw_text(row++, col, PAPERS_COLS - 3, STYLE_HEADING, _("Papers"));
	for (size_t i = 0; i < n && row < body.row + body.rows; i++) {
		enum style style = lines[i].needed && !lines[i].here ? STYLE_STRONG : STYLE_QUIET;
		struct area area = { row, col + 2, body.row + body.rows - row, PAPERS_COLS - 5 };

		draw_text(row, col, 1, style, lines[i].here ? "✓" : "–");
		row += draw_wrapped(area, style, lines[i].label);
	}
	return PAPERS_COLS;
}

const char *
form_pages_line(const struct form_view *view)
{
	struct form_view_page *list;
	size_t n = form_view_pages(view, frame_mem(), &list);
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(frame_mem(), "%s%s%s%s%s", all, i ? "   " : "",
		    list[i].current ? "▸" : "", list[i].title, list[i].done ? " ✓" : "");
	return all;
}
