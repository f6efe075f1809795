/*
 * formview.c - layer 2: a form being filled in: what is typed, what follows
 * from it, where the cursor goes.  formdraw.c paints it.  Must never lose what
 * was typed, readable or not.
 */
#include "forminside.h"

#include <string.h>

#include "text.h"

#define EDIT_MAX 8000            /* bytes; form_value_parse counts signs */

const struct form_field *
fv_field(const struct form_view *v)
{
	return &v->form->fields[v->at];
}

bool
fv_is_chosen(const struct form_field *field)
{
	return field->type == FORM_CHOICE || field->type == FORM_YES_NO;
}

/* ---- answers and slots ---- */

const char *
fv_canonical(const struct form_view *v, size_t i)
{
	const char *text = json_string_value(json_object_get(v->answers, v->form->fields[i].key));

	return text ? text : "";
}

void
fv_set(struct form_view *v, size_t i, const char *canonical)
{
	const char *key = v->form->fields[i].key;

	if (*canonical)
		json_object_set_new(v->answers, key, json_string(canonical));
	else
		json_object_del(v->answers, key);
	form_seen(v->form, v->answers, &v->world, v->seen);
}

/* How a canonical value stands in its field; a number without its unit. */
const char *
fv_written(const struct form_view *v, size_t i)
{
	const struct form_field *field = &v->form->fields[i];
	const char *canonical = fv_canonical(v, i);

	if (field->type == FORM_NUMBER)
		return arena_strdup(v->mem, canonical);
	return form_value_show(v->mem, field, canonical);
}

const char *
fv_typed(const struct form_view *v, size_t i)
{
	bool here = i == v->at && !v->read_only && !fv_is_chosen(fv_field(v));

	return here ? v->edit.text : v->slots[i].typed;
}

/* What was typed becomes the answer, or no answer; NULL or why. */
const char *
fv_read(struct form_view *v, size_t i, struct arena *a)
{
	const char *why;
	const char *canonical = form_value_parse(a, &v->form->fields[i], fv_typed(v, i),
	                                         v->world.today, &why);

	fv_set(v, i, canonical ? canonical : "");
	return why;
}

static void
touch(struct form_view *v)
{
	v->touched = true;
	v->slots[v->at].why = NULL;
}

/* ---- where the cursor is ---- */

/* The value before is one step of undo behind the present one. */
void
fv_arrive(struct form_view *v, size_t i)
{
	struct form_view_slot *slot = &v->slots[i];

	v->at = i;
	v->ahead[0] = '\0';
	slot->before = arena_strdup(v->mem, fv_canonical(v, i));
	edit_init(&v->edit, v->mem, slot->typed, EDIT_MAX);
}

/* Leaving a field reads it for good: told if it cannot be read, written out
 * ("3.5." is 03.05.2026) if it can. */
void
fv_depart(struct form_view *v)
{
	struct form_view_slot *slot = &v->slots[v->at];
	const char *why;

	if (!form_view_edit(v))
		return;
	slot->typed = arena_strdup(v->mem, v->edit.text);
	why = fv_read(v, v->at, v->mem);
	if (why)
		slot->why = why;
	else
		slot->typed = fv_written(v, v->at);
}

static void
go_to(struct form_view *v, size_t i)
{
	fv_depart(v);
	fv_arrive(v, i);
}

/* The next field seen in a direction; the number of fields if there is none. */
size_t
fv_next_seen(const struct form_view *v, size_t from, int step)
{
	for (size_t i = from + (size_t)step; i < v->form->field_count; i += (size_t)step)
		if (v->seen[i])
			return i;
	return v->form->field_count;
}

static unsigned
go_beyond(struct form_view *v, int step)
{
	fv_depart(v);
	fv_arrive(v, v->at);
	return (v->leave ? v->leave(v->on, step) : NOTHING) | DRAW;
}

static unsigned
go_by(struct form_view *v, int step)
{
	size_t i;

	fv_depart(v); /* first: the answer may show or hide what comes next */
	i = fv_next_seen(v, v->at, step);
	if (i == v->form->field_count)
		return go_beyond(v, step);
	fv_arrive(v, i);
	return DRAW;
}

static unsigned
go_page(struct form_view *v, int step)
{
	size_t i, section = fv_field(v)->section;

	fv_depart(v);
	i = fv_next_seen(v, v->at, step);
	while (i < v->form->field_count && v->form->fields[i].section == section)
		i = fv_next_seen(v, i, step);
	if (i == v->form->field_count)
		return go_beyond(v, step);
	section = v->form->fields[i].section;
	fv_arrive(v, fv_next_seen(v, v->form->sections[section].first - 1, 1));
	return DRAW;
}

void
form_view_go_first(struct form_view *v)
{
	size_t i = fv_next_seen(v, (size_t)-1, 1);

	if (i < v->form->field_count)
		go_to(v, i);
}

void
form_view_go_last(struct form_view *v)
{
	size_t i = fv_next_seen(v, v->form->field_count, -1);

	if (i < v->form->field_count)
		go_to(v, i);
}

const char *
form_view_at(const struct form_view *v)
{
	return fv_field(v)->key;
}

bool
form_view_go(struct form_view *v, const char *field)
{
	const struct form_field *wanted = form_find(v->form, field);

	if (!wanted || !v->seen[wanted - v->form->fields])
		return false;
	go_to(v, (size_t)(wanted - v->form->fields));
	return true;
}

/* ---- choosing from a list ---- */

static const char *
choice_key(const struct form_field *field, size_t i)
{
	static const char *const yes_no[] = { "yes", "no" };

	return field->type == FORM_YES_NO ? yes_no[i] : field->choices[i].key;
}

static size_t
choice_count(const struct form_field *field)
{
	return field->type == FORM_YES_NO ? 2 : field->choice_count;
}

static unsigned
choose(struct form_view *v, const char *canonical)
{
	struct form_view_slot *slot = &v->slots[v->at];

	touch(v);
	fv_set(v, v->at, canonical);
	slot->typed = fv_written(v, v->at);
	return DRAW;
}

static unsigned
choose_by(struct form_view *v, int step)
{
	const struct form_field *field = fv_field(v);
	const char *now = fv_canonical(v, v->at);
	size_t n = choice_count(field), i = 0;

	while (i < n && strcmp(choice_key(field, i), now) != 0)
		i++;
	if (i == n)
		i = step > 0 ? 0 : n - 1;
	else
		i = (i + n + (size_t)step) % n;
	v->ahead[0] = '\0';
	return choose(v, choice_key(field, i));
}

/* Does a word of the label begin so? */
static bool
begins(struct arena *a, const char *label, const char *wanted)
{
	const char *all = arena_printf(a, " %s", text_search_form(a, label, true));

	return strstr(all, arena_printf(a, " %s", wanted)) != NULL;
}

static unsigned
choose_beginning(struct form_view *v, const char *typed)
{
	const struct form_field *field = fv_field(v);
	const char *wanted = text_search_form(v->scratch, typed, true);

	for (size_t i = 0; *wanted && i < field->choice_count; i++)
		if (begins(v->scratch, form_say(&field->choices[i].label), wanted)) {
			if (strlen(typed) < sizeof(v->ahead))
				memcpy(v->ahead, typed, strlen(typed) + 1);
			return choose(v, field->choices[i].key);
		}
	return NOTHING;
}

/* Type-ahead: letters that lead nowhere together begin anew. */
static unsigned
choose_ahead(struct form_view *v, const char *letter)
{
	unsigned reaction;

	arena_reset(v->scratch);
	reaction = choose_beginning(v, arena_printf(v->scratch, "%s%s", v->ahead, letter));
	return reaction == NOTHING ? choose_beginning(v, letter) : reaction;
}

static unsigned
say_yes_no(struct form_view *v, const char *letter)
{
	if (strchr("jyJY", *letter))
		return choose(v, "yes");
	return strchr("nN", *letter) ? choose(v, "no") : NOTHING;
}

/* ---- typing ---- */

void
form_view_edited(struct form_view *v)
{
	touch(v);
	arena_reset(v->scratch);
	fv_read(v, v->at, v->scratch);
}

struct edit *
form_view_edit(struct form_view *v)
{
	return v->read_only || fv_is_chosen(fv_field(v)) ? NULL : &v->edit;
}

unsigned
form_view_type(struct form_view *v, const struct event *event)
{
	unsigned reaction;

	if (v->read_only || !event_types(event))
		return PASS;
	if (fv_is_chosen(fv_field(v))) {
		if (event->key == K_PASTE || !*event->text)
			return NOTHING;
		if (event->key == ' ')
			return choose_by(v, 1);
		return fv_field(v)->type == FORM_CHOICE ? choose_ahead(v, event->text)
		                                        : say_yes_no(v, event->text);
	}
	reaction = edit_type(&v->edit, event);
	if (reaction == DRAW)
		form_view_edited(v);
	return reaction;
}

/* ---- keys ---- */

static unsigned act_next(void *on) { return go_by(on, 1); }
static unsigned act_previous(void *on) { return go_by(on, -1); }
static unsigned act_page(void *on) { return go_page(on, 1); }
static unsigned act_page_back(void *on) { return go_page(on, -1); }
static unsigned act_choose(void *on) { return choose_by(on, 1); }
static unsigned act_choose_back(void *on) { return choose_by(on, -1); }

static unsigned
act_open_field(void *on)
{
	struct form_view *v = on;
	size_t n = v->form->field_count;

	fv_depart(v);
	for (size_t step = 1; step <= n; step++)
		if (fv_is_open(v, (v->at + step) % n)) {
			fv_arrive(v, (v->at + step) % n);
			return DRAW;
		}
	return go_beyond(v, 1);
}

static unsigned
act_break(void *on)
{
	return form_view_type(on, &(struct event){ .key = '\n', .text = "\n" });
}

static unsigned
act_clear(void *on)
{
	struct form_view *v = on;

	v->ahead[0] = '\0';
	return choose(v, "");
}

/* Back and forth: the value undone is the one before now. */
static unsigned
act_undo(void *on)
{
	struct form_view *v = on;
	const char *before = v->slots[v->at].before;

	v->slots[v->at].before = arena_strdup(v->mem, fv_canonical(v, v->at));
	return choose(v, before);
}

static bool
is_editable(const void *on)
{
	return !((const struct form_view *)on)->read_only;
}

static bool
is_list(const void *on)
{
	return is_editable(on) && fv_is_chosen(fv_field(on));
}

static bool
is_lines(const void *on)
{
	return is_editable(on) && fv_field(on)->type == FORM_LINES;
}

static bool
can_undo(const void *on)
{
	const struct form_view *v = on;

	return is_list(on) && strcmp(v->slots[v->at].before, fv_canonical(v, v->at)) != 0;
}

const struct binding form_view_bindings[] = {
	{ .keys = "Enter", .act = act_break, .can = is_lines,
	  .help = N_("a new line, in a field of several lines") },
	{ .keys = "Tab Down Enter j", .label = N_("Next"), .act = act_next,
	  .help = N_("to the next field") },
	{ .keys = "Shift-Tab Up k", .act = act_previous, .help = N_("to the field before") },
	{ .keys = "F4 PgDn", .label = N_("Next page"), .act = act_page,
	  .help = N_("to the next page of the form") },
	{ .keys = "PgUp", .act = act_page_back, .help = N_("to the page before") },
	{ .keys = "F7 ^N", .label = N_("Next gap"), .act = act_open_field, .can = is_editable,
	  .help = N_("to the next field that is needed now and is empty or wrong") },
	{ .keys = "Right", .act = act_choose, .can = is_list,
	  .help = N_("the next one of a list; letters choose it by its name") },
	{ .keys = "Left", .act = act_choose_back, .can = is_list,
	  .help = N_("the one before in a list") },
	{ .keys = "Del Backspace ^U", .act = act_clear, .can = is_list,
	  .help = N_("no answer to this question") },
	{ .keys = "^Z", .act = act_undo, .can = can_undo,
	  .help = N_("take back the last change of the field") },
	{ 0 }
};
