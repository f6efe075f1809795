/*
 * formtype.c - layer 2: typing into the field under the cursor and choosing
 * from its list.  Called by dispatch and the key table of the form view.  Must
 * never choose what is withdrawn or filtered out.
 */
#include "forminside.h"

#include <stdint.h>
#include <string.h>

#include "text.h"

#define LETTERS_INSIDE 3
#define LABEL_LONGEST 200       /* more than any label has */

static void
touch(struct form_view *v)
{
	struct form_view_slot *slot = fv_slot(v);

	v->touched = true;
	v->note = NULL;
	slot->why = NULL;
	slot->from = NULL;
}

/* ---- options ---- */

static const char *
option_key(const struct form_field *field, size_t i)
{
	static const char *const yes_no[] = { "yes", "no" };

	return field->type == FORM_YES_NO ? yes_no[i] : field->choices[i].key;
}

const char *
fv_option_label(const struct form_field *field, size_t i)
{
	if (field->type == FORM_YES_NO)
		return i == 0 ? _("yes") : _("no");
	return form_say(&field->choices[i].label);
}

size_t
fv_option_count(const struct form_field *field)
{
	return field->type == FORM_YES_NO ? 2 : field->choice_count;
}

bool
fv_option_is_open(const struct form_view *v, size_t i)
{
	const struct form_field *field = form_view_field(v);
	const struct form_row *row = fv_state_row(v, v->here.row);

	return field->type == FORM_YES_NO || (row && form_may_choose(v->state, row, field, i));
}

unsigned
fv_choose(struct form_view *v, const char *canonical)
{
	struct form_view_slot *slot = fv_slot(v);
	const char *now = fv_canonical(v->here.row, form_view_field(v));

	if (!v->typing)
		slot->before = arena_strdup(v->mem, now);
	v->typing = true;
	touch(v);
	fv_set(v, v->here.row, v->here.at, canonical);
	slot->typed = fv_written(v, v->here.row, v->here.at);
	return DRAW;
}

static bool is_lost(struct form_view *v);

/* One of several comes in or goes out; the order is that of the list. */
static unsigned
toggle(struct form_view *v)
{
	const struct form_field *field = form_view_field(v);
	const char *now = fv_canonical(v->here.row, field), *all = "";

	if (!fv_option_is_open(v, v->pointed) &&
	    !form_set_has(now, field->choices[v->pointed].key))
		return NOTHING;
	if (is_lost(v))
		return NOTHING; /* not what was typed, but what was pointed at before */
	v->ahead[0] = '\0';
	for (size_t i = 0; i < field->choice_count; i++)
		if (form_set_has(now, field->choices[i].key) != (i == v->pointed))
			all = arena_printf(v->scratch, "%s%s%s", all, *all ? "," : "",
			    field->choices[i].key);
	return fv_choose(v, all);
}

/* Takes option i, or points at it where there may be several. */
static unsigned
take(struct form_view *v, size_t i)
{
	const struct form_field *field = form_view_field(v);

	if (field->type != FORM_CHOICES)
		return fv_choose(v, option_key(field, i));
	v->pointed = i;
	return DRAW;
}

static size_t
option_now(const struct form_view *v)
{
	const struct form_field *field = form_view_field(v);
	const char *now = fv_canonical(v->here.row, field);
	size_t n = fv_option_count(field), i = 0;

	if (field->type == FORM_CHOICES)
		return v->pointed;
	while (i < n && strcmp(option_key(field, i), now) != 0)
		i++;
	return i;
}

unsigned
fv_choose_by(struct form_view *v, int step)
{
	size_t n = fv_option_count(form_view_field(v)), at = option_now(v);

	v->ahead[0] = '\0';
	if (at == n)
		at = step > 0 ? n - 1 : 0; /* from nothing to one of the ends */
	for (size_t tries = 0; tries < n; tries++) {
		at = (at + n + (size_t)step) % n;
		if (fv_option_is_open(v, at))
			return take(v, at);
	}
	return NOTHING;
}

/* ---- type-ahead ---- */

/* Aufenthaltsgestattung is known as Gestattung. */
bool
fv_leads_inside(struct arena *a, const struct form_field *field, size_t i, const char *letters)
{
	return letters[0] && letters[1] &&
	    strstr(text_search_form(a, fv_option_label(field, i), true), letters) != NULL;
}

/* 25(3) is typed for § 25 Abs. 3. */
static const char *
shortly_cited(struct arena *a, const char *label)
{
	const char *word = strstr(label, " ABS ");

	return word ? arena_printf(a, "%.*s%s", (int)(word - label), label,
	    shortly_cited(a, word + strlen(" ABS"))) : label;
}

/* Codes are known by heart as well: SYR is Syria. */
bool
fv_leads_to(struct arena *a, const struct form_field *field, size_t i, const char *letters)
{
	bool coded = field->type == FORM_COUNTRY || field->type == FORM_LANGUAGE;
	const char *label = text_search_form(a, fv_option_label(field, i), true);
	const char *all = arena_printf(a, " %s %s %s", label, shortly_cited(a, label),
	    coded ? text_search_form(a, option_key(field, i), true) : "");

	return strstr(all, arena_printf(a, " %s", letters)) != NULL;
}

typedef bool leads_to(struct arena *a, const struct form_field *field, size_t i,
                      const char *letters);

/* Of a long list, less is likelier: the whole code before the beginning of a
 * name, that before a later word, a short name before a long one (fra is France,
 * not the French Southern Territories).  In a short one the order decides. */
static size_t
unlikeliness(struct arena *a, const struct form_field *field, size_t i, const char *letters)
{
	const char *label = text_search_form(a, fv_option_label(field, i), true);

	if (field->type != FORM_COUNTRY && field->type != FORM_LANGUAGE)
		return 0;
	if (strcmp(text_search_form(a, option_key(field, i), true), letters) == 0)
		return 0;
	return strlen(label) + (strncmp(label, letters, strlen(letters)) == 0 ? 0 : LABEL_LONGEST);
}

static void
go_ahead(struct form_view *v, const char *typed)
{
	if (strlen(typed) < sizeof(v->ahead))
		memcpy(v->ahead, typed, strlen(typed) + 1);
}

static unsigned
choose_by_letters(struct form_view *v, const char *typed, leads_to *leads)
{
	const struct form_field *field = form_view_field(v);
	const char *wanted = text_search_form(v->scratch, typed, true);
	size_t best = field->choice_count, least = SIZE_MAX;

	for (size_t i = 0; *wanted && i < field->choice_count; i++) {
		size_t unlikely = unlikeliness(v->scratch, field, i, wanted);

		if (unlikely < least && leads(v->scratch, field, i, wanted) &&
		    fv_option_is_open(v, i)) {
			best = i;
			least = unlikely;
		}
	}
	if (best == field->choice_count)
		return NOTHING;
	go_ahead(v, typed);
	return take(v, best);
}

/* The middle of a word, which only three letters tell: until then they are
 * remembered, if they lead anywhere. */
static unsigned
choose_inside(struct form_view *v, const char *typed)
{
	const struct form_field *field = form_view_field(v);
	const char *wanted = text_search_form(v->scratch, typed, true);

	if (strlen(wanted) >= LETTERS_INSIDE)
		return choose_by_letters(v, typed, fv_leads_inside);
	for (size_t i = 0; i < field->choice_count; i++)
		if (fv_leads_inside(v->scratch, field, i, wanted)) {
			go_ahead(v, typed);
			return DRAW;
		}
	return NOTHING;
}

static bool
is_led_to(struct form_view *v, size_t i, const char *letters)
{
	const struct form_field *field = form_view_field(v);

	return fv_leads_to(v->scratch, field, i, letters) ||
	    fv_leads_inside(v->scratch, field, i, letters) ||
	    (strlen(letters) == 1 && strstr(text_search_form(v->scratch,
	        fv_option_label(field, i), true), letters)); /* it may go on inside a word */
}

/* Do the letters so far lead to nothing that can be chosen? */
static bool
is_lost(struct form_view *v)
{
	const char *letters = text_search_form(v->scratch, v->ahead, true);

	for (size_t i = 0; i < form_view_field(v)->choice_count; i++)
		if (fv_option_is_open(v, i) && is_led_to(v, i, letters))
			return false;
	return v->ahead[0] != '\0';
}

/* A word that is not in the list chooses nothing, by its first letters as little
 * as by later ones: nobody would look again at a field that is full. */
static unsigned
get_lost(struct form_view *v, const char *together)
{
	const char *letters = text_search_form(v->scratch, v->ahead, true);
	size_t now = option_now(v);
	bool by_few = *letters && strlen(letters) < LETTERS_INSIDE &&
	    now < form_view_field(v)->choice_count && is_led_to(v, now, letters);

	go_ahead(v, together);
	if (by_few && v->typing && form_view_field(v)->type != FORM_CHOICES)
		fv_choose(v, fv_slot(v)->before);
	if (is_lost(v))
		v->note = arena_printf(v->mem, _("Nothing in this list fits \"%s\". Del takes the "
		    "letters back, Right and Left go through it."), v->ahead);
	return DRAW;
}

/* Letters that lead nowhere together do not begin anew until they are taken back:
 * the rest of a strange word would choose something. */
static unsigned
choose_ahead(struct form_view *v, const char *letter)
{
	const char *together = arena_printf(v->scratch, "%s%s", v->ahead, letter);
	unsigned reaction = choose_by_letters(v, together, fv_leads_to);

	if (reaction == NOTHING && v->ahead[0])
		reaction = choose_inside(v, together);
	return reaction == NOTHING ? get_lost(v, together) : reaction;
}

static unsigned
say_yes_no(struct form_view *v, const char *letter)
{
	if (strchr("jyJY", *letter))
		return fv_choose(v, "yes");
	if (strchr("nN", *letter))
		return fv_choose(v, "no");
	v->note = _("Only y for yes and n for no are taken here.");
	return DRAW;
}

static unsigned
type_choice(struct form_view *v, const struct event *event)
{
	const struct form_field *field = form_view_field(v);

	if (event->key == K_PASTE || !*event->text)
		return NOTHING;
	arena_reset(v->scratch);
	if (field->type == FORM_YES_NO && event->key != ' ')
		return say_yes_no(v, event->text);
	if (event->key == ' ' && field->type == FORM_CHOICES)
		return toggle(v);
	if (event->key == ' ' && !v->ahead[0])
		return fv_choose_by(v, 1);
	return choose_ahead(v, event->text);
}

/* ---- typing ---- */

void
form_view_edited(struct form_view *v)
{
	v->typing = true;
	touch(v);
	arena_reset(v->scratch);
	fv_read(v, v->here.row, v->here.at, v->scratch);
}

struct edit *
form_view_edit(struct form_view *v)
{
	struct form_view_slot *slot = fv_slot(v);
	const struct form_field *field = form_view_field(v);
	bool typed = fv_is_typed(field) && !fv_is_closed(v, field);

	return typed && slot->edit.text ? &slot->edit : NULL;
}

unsigned
form_view_type(struct form_view *v, const struct event *event)
{
	struct edit *edit = form_view_edit(v);
	unsigned reaction;

	if (v->read_only || !event_types(event))
		return PASS;
	if (fv_is_closed(v, form_view_field(v)))
		return NOTHING;
	if (fv_is_chosen(form_view_field(v)))
		return type_choice(v, event);
	if (!edit)
		return NOTHING;
	reaction = edit_type(edit, event);
	if (reaction == DRAW)
		form_view_edited(v);
	return reaction;
}

/* Back and forth: the value undone is the one before now. */
unsigned
fv_undo(struct form_view *v)
{
	struct form_view_slot *slot = fv_slot(v);
	const char *before = slot->before;

	v->typing = false;
	return fv_choose(v, before);
}

/* ---- from outside ---- */

const char *
form_view_text(const struct form_view *v)
{
	const struct form_field *field = form_view_field(v);

	return fv_is_typed(field) ? fv_typed(v, v->here.row, v->here.at)
	                          : fv_canonical(v->here.row, field);
}

void
fv_put(struct form_view *v, struct form_view_row *row, size_t i, const char *text)
{
	struct form_view_slot *slot = &row->slots[i];
	size_t n;
	const struct form_field *field = &fv_fields(v, row, &n)[i];

	v->touched = true;
	slot->why = slot->from = NULL;
	if (field->compute || field->type == FORM_REPEAT)
		return;
	if (fv_is_chosen(field)) {
		fv_set(v, row, i, text);
		slot->typed = fv_written(v, row, i);
		return;
	}
	slot->typed = arena_strdup(v->mem, text);
	if (slot->edit.text)
		edit_set(&slot->edit, text);
	slot->why = *text ? fv_read(v, row, i, v->mem) : NULL;
	if (!*text)
		fv_set(v, row, i, "");
}

void
form_view_put(struct form_view *v, const char *field, const char *text)
{
	const struct form_field *found = form_find(v->form, field);

	if (found && fv_seen(v, v->top, found->place))
		fv_put(v, v->top, found->place, text);
}

void
form_view_name(struct form_view *v, const char *id, const char *name)
{
	json_object_set_new(v->names, id, json_string(name));
}

void
form_view_put_here(struct form_view *v, const char *text)
{
	fv_put(v, v->here.row, v->here.at, text);
}
