/*
 * person_row.c - layer 3: one row of a person's record as a small form: a
 * further name, a number, a contact, an address, a language, a paper.  The form
 * is made from part_specs, so that all of them are one screen.  Opened by the
 * person's screen.  Must never overwrite what others saved meanwhile.
 */
#include <string.h>

#include "form_read.h"
#include "formask.h"
#include "person_lines.h"

#define ROW_KEY "person_row"

struct state {
	enum part part;
	int64_t version, row;    /* row 0: a new one */
	json_t *base;            /* the row as it was, or NULL */
	const char *name;        /* of the person */
	struct form_view view;
};

/* ---- the form, from the table of parts ---- */

/* Kinds that are entered elsewhere: the main name with the person, a card's
 * number with the card (§ 78 AufenthG). */
static bool
is_offered(enum part part, const char *choice)
{
	return !(part == PART_NAME && strcmp(choice, "main") == 0) &&
	    !(part == PART_IDENTIFIER && strcmp(choice, "card") == 0);
}

static const char *
both(struct arena *a, const char *key, const char *text)
{
	return arena_printf(a, "%s = { de = \"%s\"; en = \"%s\"; };", key, text, text);
}

static const char *
choices_of(struct arena *a, enum part part, const struct part_field *f)
{
	const char *all = "";

	for (size_t i = 0; i < f->choices->n; i++)
		if (is_offered(part, f->choices->names[i]))
			all = arena_printf(a, "%s%s{ key = \"%s\"; %s }", all, *all ? ", " : "",
			    f->choices->names[i], both(a, "label", state_label(f->choices, (int)i)));
	return arena_printf(a, "choices = (%s);", all);
}

/* Until when something holds is a day to come, unless its year is said. */
static const char *
type_of(const struct part_field *f)
{
	if (f->type != PART_DAY)
		return f->type == PART_CHOICE ? "type = \"choice\";" : "type = \"text\";";
	return strcmp(f->key, "expires") == 0 ? "type = \"date\"; when = \"end\";"
	                                      : "type = \"date\";";
}

static const char *
field_source(struct arena *a, enum part part, const struct part_field *f)
{
	return arena_printf(a, "{ key = \"%s\"; %s %s %s %s %s }", f->key, type_of(f),
	    f->needed ? "required = \"intake\";" : "", both(a, "label", _(f->label)),
	    f->help ? both(a, "help", _(f->help)) : "",
	    f->type == PART_CHOICE ? choices_of(a, part, f) : "");
}

static const struct form *
make_form(struct screen *s, enum part part)
{
	const struct part_spec *spec = &part_specs[part];
	struct form_errors errors;
	const char *fields = "";
	struct form *form;

	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++)
		fields = arena_printf(s->mem, "%s%s%s", fields, *fields ? ",\n" : "",
		    field_source(s->mem, part, &spec->fields[i]));
	form = form_parse(s->mem, ROW_KEY, arena_printf(s->mem,
	    "key = \"" ROW_KEY "\"; version = 1; valid_from = \"2026-01-01\"; %s\n"
	    "sections = ({ key = \"row\"; %s fields = (%s); });\n",
	    both(s->mem, "title", _(spec->section)), both(s->mem, "title", _(spec->section)),
	    fields), &errors);
	if (!form)
		bug("the form of a row: %s", errors.text[0]);
	return form;
}

/* ---- from the record ---- */

static const char *
list_of(const struct part_field *f)
{
	return f->type == PART_COUNTRY ? "countries" : f->type == PART_TONGUE ? "languages" : NULL;
}

/* Codes of lists stand in the form as words. */
static json_t *
answers_of(const struct state *st, const json_t *row)
{
	const struct part_spec *spec = &part_specs[st->part];
	json_t *answers = json_object();

	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++) {
		const struct part_field *f = &spec->fields[i];
		char label[32];
		const char *value;

		strcpy(stpcpy(label, f->key), "_label");
		value = text_at(row, list_of(f) ? label : f->key);
		if (*value)
			json_object_set_new(answers, f->key, json_string(value));
	}
	return answers;
}

static const json_t *
row_of(const json_t *person, enum part part, int64_t number)
{
	const json_t *row;
	size_t i;

	json_array_foreach(at(person, rows_key(part)), i, row)
		if (number && number_at(row, "row") == number)
			return row;
	return NULL;
}

static void
fill(struct screen *s, const json_t *row)
{
	struct state *st = s->state;
	json_t *answers = answers_of(st, row), *base = row ? json_deep_copy(row) : NULL;

	json_decref(st->base);
	st->base = base;
	form_view_fill(&st->view, answers);
	json_decref(answers);
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	struct form_world world;
	const json_t *result;

	if (st->view.form)
		return ST_OK; /* what is being typed stays */
	st->part = part_by_name(text_at(s->args, "part"));
	st->row = number_at(s->args, "row");
	if (st->part == PARTS)
		return ST_INVALID;
	TRY(ask(s, &result, "person.show", "{s:I}", "id", number_at(s->args, "person")));
	st->version = number_at(result, "person.version");
	st->name = arena_strdup(s->mem, text_at(result, "person.name"));
	world = form_world_at(s, FORM_INTAKE);
	form_view_init(&st->view, s->mem, make_form(s, st->part), &world, false);
	fill(s, row_of(at(result, "person"), st->part, st->row));
	return ST_OK;
}

static void
done(struct screen *s)
{
	struct state *st = s->state;

	json_decref(st->base);
	if (st->view.form)
		form_view_done(&st->view);
}

/* ---- to the record ---- */

static const char *
code_of(struct screen *s, const struct part_field *f, const char *typed)
{
	struct state *st = s->state;
	const json_t *entry = catalogue_guess(s, list_of(f), typed);

	if (entry)
		return text_at(entry, "code");
	form_view_blame(&st->view, f->key, arena_printf(s->page, "%s: %s", typed,
	    _("not on the list. Type more of its name, or take it from the list.")));
	return NULL;
}

/* The changes as arguments of the row's command; NULL: wrong, and told. */
static json_t *
params_of(struct screen *s, const json_t *changes)
{
	struct state *st = s->state;
	const struct part_spec *spec = &part_specs[st->part];
	json_t *params = json_pack("{s:I, s:I}", "id", (json_int_t)number_at(s->args, "person"),
	    "version", (json_int_t)st->version), *change;
	const char *key;

	if (st->row)
		json_object_set_new(params, "row", json_integer(st->row));
	json_object_foreach((json_t *)(uintptr_t)changes, key, change) {
		const struct part_field *f = &spec->fields[part_field(spec, key)];
		const char *value = json_is_string(change) ? json_string_value(change) : "";

		if (list_of(f) && *value)
			value = code_of(s, f, value);
		if (!value) {
			say(s, TONE_FAILURE, _("One answer cannot be read. It is marked with !"));
			json_decref(params);
			return NULL;
		}
		json_object_set_new(params, key, json_string(value));
	}
	return params;
}

static unsigned save(struct screen *s);

/* Somebody changed the person; where this row is as it was, nobody clashed. */
static unsigned
settle_conflict(struct screen *s, const json_t *changes)
{
	struct state *st = s->state;
	const json_t *now = at(last_reply(s)->winner, "current");
	const json_t *row = row_of(now, st->part, st->row);
	json_t *mine;

	if (!json_is_object(now))
		return DRAW;
	st->version = number_at(now, "version");
	if (st->row ? row && json_equal(row, st->base) : true)
		return save(s);
	mine = json_pack("{s:O, s:O}", "answers", changes, "typed", changes);
	fill(s, row);
	form_view_restore(&st->view, mine);
	json_decref(mine);
	say(s, TONE_WARNING, _("%s changed this row at the same time. What you typed stands; "
	    "look, then save again."), text_at(last_reply(s)->winner, "who"));
	screen_typed(s);
	return DRAW;
}

/* ---- proposing what another unit keeps ---- */

static unsigned
propose(void *on, const char *reason)
{
	struct screen *s = on;
	struct state *st = s->state;
	const struct part_spec *spec = &part_specs[st->part];
	json_t *answers = form_view_answers(&st->view);
	const char *kind = spec->kind < 0 ? "" : text_at(answers, spec->fields[spec->kind].key);
	enum status status = ask_once(s, NULL, "person.propose",
	    json_pack("{s:I, s:s, s:s, s:s}", "id", (json_int_t)number_at(s->args, "person"),
	        "field", *kind ? arena_printf(s->page, "%s.%s", spec->name, kind) : spec->name,
	        "value", text_at(answers, spec->fields[spec->principal].key), "reason", reason));

	json_decref(answers);
	if (status != ST_OK)
		return DRAW;
	screen_drop_draft(s);
	say(s, TONE_DONE, _("Proposed. It is saved once the unit that keeps it accepts."));
	return CLOSE;
}

static unsigned
refused(struct screen *s)
{
	struct state *st = s->state;
	const struct reply *reply = last_reply(s);

	if (reply->status == ST_DENIED && !st->row && may(s, "person.propose"))
		return ask_line(s, _("Another unit keeps this. Propose it? Then say what you have "
		    "seen:"), "", propose);
	form_view_blame(&st->view, reply->field, reply->sentence);
	screen_typed(s);
	return DRAW;
}

static unsigned
saved(struct screen *s, const json_t *result)
{
	const char *warning = text_at(result, "warning");

	screen_drop_draft(s);
	if (*warning)
		say(s, TONE_WARNING, _("Saved. %s"), warning);
	else
		say(s, TONE_DONE, _("Saved."));
	return CLOSE;
}

static unsigned
save(struct screen *s)
{
	struct state *st = s->state;
	json_t *changes = form_view_changes(&st->view), *params;
	const json_t *result;
	unsigned reaction = DRAW;
	enum status status;

	params = params_of(s, changes);
	if (params) {
		status = ask_once(s, &result, arena_printf(s->page, "person.%s",
		    part_specs[st->part].name), params);
		reaction = status == ST_OK ? saved(s, result)
		    : status == ST_CONFLICT ? settle_conflict(s, changes) : refused(s);
	}
	json_decref(changes);
	return reaction;
}

/* ---- keys ---- */

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	if (form_view_check(&st->view, FORM_INTAKE) > 0) {
		say(s, TONE_FAILURE, _("Something is missing. It is marked with !"));
		return DRAW;
	}
	return save(s);
}

static const struct part_field *
field_here(const struct state *st)
{
	const struct part_spec *spec = &part_specs[st->part];
	const char *key = st->view.form ? form_view_at(&st->view) : NULL;

	return key ? &spec->fields[part_field(spec, key)] : NULL;
}

static bool
has_list(const void *on)
{
	const struct screen *s = on;
	const struct part_field *f = field_here(s->state);

	return f && list_of(f);
}

static unsigned
picked(struct screen *s, const char *code)
{
	struct state *st = s->state;
	struct edit *edit = form_view_edit(&st->view);

	if (edit) {
		edit_set(edit, catalogue_label(s, list_of(field_here(st)), code));
		form_view_edited(&st->view);
		screen_typed(s);
	}
	return DRAW;
}

static unsigned
act_list(void *on)
{
	struct screen *s = on;
	const struct part_field *f = field_here(s->state);
	struct pick_item *items;
	size_t n = catalogue_items(s, list_of(f), "code", &items);

	return pick(s, _(f->label), items, n, picked);
}

static json_t *
draft(const struct screen *s)
{
	const struct state *st = s->state;

	return json_pack("{s:I, s:O*, s:o}", "version", (json_int_t)st->version, "base", st->base,
	    "form", form_view_draft(&st->view));
}

static void
restore(struct screen *s, const json_t *saved_draft)
{
	struct state *st = s->state;

	if (at(saved_draft, "base")) /* what others changed since is told at saving */
		fill(s, at(saved_draft, "base"));
	st->version = number_at(saved_draft, "version");
	form_view_restore(&st->view, at(saved_draft, "form"));
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), "%s: %s", st->name,
	    state_label(&part_names, (int)st->part));
	h->load = st->row ? _("Change what is wrong; what has ended gets its last day.")
	    : _("A new row of the record.");
}

static struct form_view *
form(struct screen *s)
{
	struct state *st = s->state;

	return &st->view;
}

static const struct binding bindings[] = {
	{ .keys = "F9 Ins", .label = N_("List"), .act = act_list, .can = has_list,
	  .help = N_("choose from the list what the field asks for") },
	{ .keys = "F10 ^S", .label = N_("Save"), .act = act_save,
	  .help = N_("save the row") },
	{ .keys = "F8 ^X", .act = screen_discard, .help = N_("throw away what was typed") },
	{ 0 }
};

const struct screen_class screen_person_row = {
	.name = ROW_KEY,
	.title = N_("Row of a record"),
	.about = N_("One name, number, contact, address, language or paper of a person."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.load = load,
	.head = head,
	.form = form,
	.draft = draft,
	.restore = restore,
	.done = done,
};
