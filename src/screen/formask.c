/*
 * formask.c - layer 3: a form as the office has it, and the world in which its
 * answers are judged.  Called by screens that show a form.  Must never know
 * what a form is about.
 */
#include "formask.h"

#include <stdlib.h>
#include <string.h>

#include "form_read.h"
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
	const char *about;

	if (!f)
		return NOTHING;
	/* what is warned of stands under its field, in full; of the form as a whole nowhere */
	about = form_path_label(s->page, view->form, f->path, lang_code(lang_current()));
	if (*f->path)
		form_view_go(view, arena_strdup(s->page, f->path));
	return ask_line(s, arena_printf(s->page, _("Why is it right all the same? %s"),
	    about ? about : f->sentence), "", took);
}

void
form_took_reason(struct screen *s, struct form_view *view, const char *reason)
{
	const struct form_finding *f = form_view_warning(view);

	if (!*reason)
		say(s, TONE_WARNING, _("What is warned of is saved with a reason only. Give one, "
		    "or change the answer."));
	else if (f)
		form_view_reason(view, f->path, reason);
}

/* ---- people ---- */

bool
form_wants_person(const struct form_view *view)
{
	const struct form_field *field = form_view_field(view);

	return form_view_edit((struct form_view *)(uintptr_t)view) &&
	    (field->type == FORM_PERSON || field->type == FORM_MEMBERS);
}

/* A name that is typed is looked for; a number is one already. */
static unsigned
pick_from_register(struct screen *s, const struct form_view *view,
                   const struct form_picking *picking)
{
	const char *text = form_view_text(view);

	return pick_person(s, strpbrk(text, "0123456789") ? "" : text, picking->person);
}

#define EVERYBODY "all"
#define ANOTHER "other"

/* Who is chosen already has a tick, and goes out when chosen again. */
static size_t
add_members(struct screen *s, struct form_view *view, const json_t *members,
            struct pick_item *items)
{
	const char *chosen = form_view_text(view);
	const json_t *member;
	size_t i, n = 0;

	json_array_foreach(members, i, member) {
		const json_t *person = at(member, "person");
		const char *id = arena_printf(s->page, "%d", (int)number_at(person, "id"));

		form_view_name(view, id, text_at(person, "name"));
		items[n++] = (struct pick_item){ id, arena_printf(s->page, "%s%s",
		    form_set_has(chosen, id) ? "✓ " : "", text_at(person, "name")),
		    arena_printf(s->page, "%s%s%s", text_at(member, "role_label"),
		        *text_at(person, "born") ? ", " : "",
		        say_date(s->page, text_at(person, "born"))) };
	}
	return n;
}

/* Members come from the household; somebody who is not in it, from the register. */
unsigned
form_pick_person(struct screen *s, struct form_view *view, const struct form_picking *picking)
{
	const json_t *answer, *members = NULL;
	struct pick_item *items;
	size_t n;

	if (form_view_field(view)->type == FORM_MEMBERS && picking->of &&
	    ask(s, &answer, "household.show", "{s:I}", "person", (json_int_t)picking->of) == ST_OK)
		members = at(answer, "household.members");
	if (json_array_size(members) < 2)
		return pick_from_register(s, view, picking);
	items = arena_array(s->page, struct pick_item, json_array_size(members) + 2);
	n = add_members(s, view, members, items);
	items[n++] = (struct pick_item){ EVERYBODY, _("All of the household"), NULL };
	items[n++] = (struct pick_item){ ANOTHER, _("Somebody else: look in the register"), NULL };
	return pick(s, form_say(&form_view_field(view)->label), items, n, picking->member);
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

unsigned
form_took_person(struct screen *s, struct form_view *view, int64_t id)
{
	const char *text = form_view_text(view), *number;

	if (!id)
		return DRAW;
	number = arena_printf(s->page, "%lld", (long long)id);
	ask_name(s, view, number);
	if (form_view_field(view)->type == FORM_MEMBERS && strpbrk(text, "0123456789"))
		number = form_set_has(text, number) ? text
		    : arena_printf(s->page, "%s,%s", text, number);
	form_view_put_here(view, number);
	screen_typed(s);
	return DRAW;
}

/* "12,15" without 12 */
static const char *
without(struct arena *a, const char *set, const char *id)
{
	const char *all = "";
	size_t n;

	for (const char *at = set; *at; at += n, at += *at == ',') {
		n = strcspn(at, ",");
		if (strlen(id) != n || strncmp(at, id, n) != 0)
			all = arena_printf(a, "%s%s%.*s", all, *all ? "," : "", (int)n, at);
	}
	return all;
}

static const char *
all_members(struct screen *s, int64_t of)
{
	const json_t *answer, *member;
	const char *all = "";
	size_t i;

	if (ask(s, &answer, "household.show", "{s:I}", "person", (json_int_t)of) != ST_OK)
		return NULL;
	json_array_foreach(at(answer, "household.members"), i, member)
		all = arena_printf(s->page, "%s%s%d", all, *all ? "," : "",
		    (int)number_at(member, "person.id"));
	return all;
}

unsigned
form_took_member(struct screen *s, struct form_view *view, const struct form_picking *picking,
                 const char *code)
{
	const char *text = form_view_text(view), *set;

	if (strcmp(code, ANOTHER) == 0)
		return pick_from_register(s, view, picking);
	if (strcmp(code, EVERYBODY) != 0 && !form_set_has(text, code))
		return form_took_person(s, view, strtoll(code, NULL, 10));
	set = strcmp(code, EVERYBODY) == 0 ? all_members(s, picking->of)
	                                   : without(s->page, text, code);
	if (set)
		form_view_put_here(view, set);
	screen_typed(s);
	return DRAW;
}

void
form_give_names(struct form_view *view, const json_t *people)
{
	const char *id;
	json_t *name;

	json_object_foreach((json_t *)(uintptr_t)people, id, name)
		form_view_name(view, id, json_string_value(name));
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
