/*
 * case_show.c - layer 4: a whole case: answers, papers, notes, history from
 * the events, what may be done, what still blocks it.
 */
#include "case_show.h"

#include <stdlib.h>
#include <string.h>

#include "service_form.h"
#include "service_gaps.h"
#include "shape.h"
#include "shape_restriction.h"
#include "store_radar.h"

#define NOTES_SHOWN 100
#define HISTORY_SHOWN 100

json_t *
shape_document(const struct case_document *d)
{
	json_t *o = json_object();

	put(o, "key", json_string(d->key));
	put(o, "label", json_string(d->name));
	put(o, "required", json_boolean(d->required));
	put(o, "state", json_string(state_name(&paper_states, (int)d->state)));
	put(o, "state_label", json_string(state_label(&paper_states, (int)d->state)));
	put(o, "reason", shape_text(d->reason));
	put(o, "at", shape_instant(d->changed_at));
	put(o, "by", shape_text(d->changed_by_name));
	return o;
}

json_t *
shape_gaps(const struct gaps *g)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < g->n; i++) {
		json_t *o = json_object();

		put(o, "stage", json_string(form_stage_name(g->list[i].stage)));
		put(o, "stage_label", json_string(stage_label(g->list[i].stage)));
		put(o, "kind", json_string(g->list[i].paper ? "paper" : "answer"));
		put(o, "key", json_string(g->list[i].key));
		put(o, "label", json_string(g->list[i].label));
		put(o, "asks", json_string(g->list[i].of_office ? "office" : "person"));
		json_array_append_new(rows, o);
	}
	return rows;
}

static enum status
put_documents(struct op *op, const struct case_file *c, json_t *o)
{
	json_t *rows = json_array();
	struct case_document *list;
	size_t n;

	put(o, "documents", rows);
	TRY(store_document_list(op, c->id, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_document(&list[i]));
	return ST_OK;
}

json_t *
shape_note(struct op *op, const struct case_note *n)
{
	json_t *note = json_object();

	put(note, "id", json_integer(n->id));
	put(note, "at", shape_instant(n->at));
	put(note, "by", json_string(n->by));
	put(note, "text", json_string(note_told(op, n->text, n->headed)));
	put(note, "entrusted", json_boolean(n->entrusted));
	return note;
}

static enum status
put_notes(struct op *op, const struct case_file *c, json_t *o)
{
	json_t *rows = json_array();
	struct case_note *list;
	size_t n;

	put(o, "notes", rows);
	TRY(store_note_list(op, c->id, NOTES_SHOWN, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_note(op, &list[i]));
	return ST_OK;
}

/* ---- history ---- */

/* Columns whose change means something to a clerk. */
static const struct {
	const char *table, *column, *label;
} told[] = {
	{ "case_file", "state", N_("State") },
	{ "case_file", "unit", N_("Unit") },
	{ "case_file", "owner_id", N_("Owner") },
	{ "case_file", "offered_to", N_("Offered to") },
	{ "case_file", "due_day", N_("Due") },
	{ "case_file", "wait_reason", N_("On hold for") },
	{ "case_file", "wait_day", N_("On hold until") },
	{ "case_file", "result", N_("Result") },
	{ "case_file", "result_reason", N_("Reason") },
	{ "case_file", "proposed_by", N_("Decided by") },
	{ "case_file", "asked", N_("Asked") },
	{ "case_document", "reason", N_("Reason") },
	{ "handover", "answer", N_("Answer") },
	{ "handover", "reason", N_("Reason") },
};

/* Codes of the file in words; everything else as it is. */
static const char *
in_words(struct op *op, const char *column, const char *value)
{
	const struct state_list *list = strcmp(column, "state") == 0 ? &case_states
	    : strcmp(column, "result") == 0 ? &results : NULL;
	int state = list && value ? state_by_name(list, value) : -1;
	const struct staff *owner;
	struct unit unit;

	if (!value || state >= 0)
		return value ? state_label(list, state) : NULL;
	if ((strcmp(column, "unit") == 0 || strcmp(column, "offered_to") == 0) &&
	    store_unit_find(op, value, &unit) == ST_OK)
		return unit.name;
	if ((strcmp(column, "owner_id") == 0 || strcmp(column, "proposed_by") == 0) &&
	    store_staff_known(op, strtoll(value, NULL, 10), NULL, -1, &owner) == ST_OK && owner)
		return owner->name;
	return value;
}

static json_t *
shape_change(const char *field, const char *label, const char *before, const char *after)
{
	json_t *o = json_object();

	put(o, "field", json_string(field));
	put(o, "label", json_string(label));
	put(o, "old", shape_text(before));
	put(o, "new", shape_text(after));
	return o;
}

/* The part of a composite key after the case: a field, a paper. */
static const char *
own_part(const struct change *ch)
{
	const char *blank = strchr(ch->id, ' ');

	return blank ? blank + 1 : ch->id;
}

struct history {
	struct op *op;
	int64_t case_id;
	const struct case_file *file;
	const struct form *form; /* or NULL */
	struct case_document *documents;
	size_t n_documents;
	int64_t *headed;         /* notes */
	size_t n_headed;
};

static const char *
note_in_words(const struct history *h, const struct change *ch, const char *value)
{
	bool headed = false;

	for (size_t i = 0; i < h->n_headed; i++)
		headed |= h->headed[i] == strtoll(ch->id, NULL, 10);
	return note_told(h->op, value, headed);
}

static const char *
paper_label(const struct history *h, const char *key)
{
	for (size_t i = 0; i < h->n_documents; i++)
		if (strcmp(h->documents[i].key, key) == 0)
			return h->documents[i].name;
	return key;
}

/* An answer as people read it; NULL: none. */
static const char *
told_answer(struct op *op, const struct form_field *field, const char *text)
{
	json_t *names;
	const char *words = NULL;

	if (!text || !*text)
		return NULL;
	names = json_object();
	if (answer_people_names(op, field, text, names) == ST_OK)
		words = form_value_tell(op->mem, field, text, names);
	json_decref(names);
	return words ? words : text;
}

static json_t *
shape_answer_change(const struct history *h, const struct change *ch)
{
	const char *key = own_part(ch), *label = NULL, *old = ch->before, *new = ch->after;
	const struct form_field *field = h->form ? form_find(h->form, key) : NULL;

	if (field && !answer_is_shown(h->op, h->file, field))
		return shape_change(key, form_label(h->form, key, h->op->lang), NULL, NULL);
	if (field) {
		label = form_label(h->form, key, h->op->lang);
		old = told_answer(h->op, field, old);
		new = told_answer(h->op, field, new);
	}
	return shape_change(key, label ? label : key, old, new);
}

/* NULL: nothing a clerk wants to read. */
static json_t *
tell_change(const struct history *h, const struct change *ch)
{
	if (strcmp(ch->table, "case_answer") == 0 && strcmp(ch->column, "value") == 0)
		return shape_answer_change(h, ch);
	if (strcmp(ch->table, "case_document") == 0 && strcmp(ch->column, "state") == 0) {
		int old = state_by_name(&paper_states, ch->before);
		int new = state_by_name(&paper_states, ch->after);

		if (new == PAPER_MISSING && old < 0)
			return NULL; /* the checklist as it began */
		return shape_change(own_part(ch), paper_label(h, own_part(ch)),
		    old < 0 ? NULL : state_label(&paper_states, old),
		    new < 0 ? NULL : state_label(&paper_states, new));
	}
	if (strcmp(ch->table, "case_note") == 0)
		return strcmp(ch->column, "text") == 0 ? shape_change(ch->column, _("Note"),
		    note_in_words(h, ch, ch->before), note_in_words(h, ch, ch->after)) : NULL;
	for (size_t i = 0; i < COUNT_OF(told); i++)
		if (strcmp(ch->table, told[i].table) == 0 &&
		    strcmp(ch->column, told[i].column) == 0 && (ch->before || ch->after))
			return shape_change(ch->column, tr(told[i].label),
			    in_words(h->op, ch->column, ch->before),
			    in_words(h->op, ch->column, ch->after));
	return NULL;
}

/* The case that a change is about: in its row's key, or in a column beside it;
 * 0 where the event does not tell. */
static int64_t
case_of_change(const struct event *e, const struct change *ch)
{
	if (strncmp(ch->table, "case_", 5) == 0 && strcmp(ch->table, "case_note") != 0)
		return strtoll(ch->id, NULL, 10);
	for (size_t i = 0; i < e->n_changes; i++) {
		const struct change *beside = &e->changes[i];

		if (strcmp(beside->table, ch->table) == 0 && strcmp(beside->id, ch->id) == 0 &&
		    strcmp(beside->column, "case_id") == 0 && beside->after)
			return strtoll(beside->after, NULL, 10);
	}
	return 0;
}

/* One act may change many cases: each tells of itself only. */
static bool
is_about_us(const struct history *h, const struct event *e, const struct change *ch)
{
	int64_t id = case_of_change(e, ch);

	return id == 0 || id == h->case_id;
}

/* Acts that are no transition of their own. */
static const struct {
	const char *command, *label;
} other_acts[] = {
	{ "case.open", N_("Taken in") },
	{ "case.next", N_("Claim") },
	{ "case.unseal", N_("Note opened") },
	{ "disclosure.give", N_("Told others") },
	{ "consent.withdraw", N_("Consent withdrawn") },
	{ "visit.new", N_("Asked again") },
};

/* The act in a word or two, as on the keys; else what the command is for. */
static const char *
act_label(const char *command)
{
	const struct workflow *const flows[] = { &case_workflow, &handover_workflow,
	    &visit_workflow };
	const struct command *c = command_find(command);

	for (size_t i = 0; i < COUNT_OF(other_acts); i++)
		if (strcmp(other_acts[i].command, command) == 0)
			return tr(other_acts[i].label);
	for (size_t i = 0; i < COUNT_OF(flows); i++)
		for (size_t j = 0; j < flows[i]->n; j++)
			if (strcmp(flows[i]->table[j].command, command) == 0)
				return tr(flows[i]->table[j].label);
	return c ? tr(c->help) : command;
}

static json_t *
shape_event(const struct history *h, const struct event *e)
{
	json_t *o = json_object(), *changes = json_array();

	put(o, "at", shape_instant(e->at));
	put(o, "by", shape_text(e->behalf ? arena_printf(h->op->mem, _("%s for %s"), e->by,
	    e->behalf) : e->by));
	put(o, "command", json_string(e->command));
	put(o, "label", json_string(act_label(e->command)));
	put(o, "changes", changes);
	/* what it began with stands in the file itself */
	for (size_t i = 0; strcmp(e->command, "case.open") != 0 && i < e->n_changes; i++) {
		json_t *change = is_about_us(h, e, &e->changes[i])
		    ? tell_change(h, &e->changes[i]) : NULL;

		if (change)
			json_array_append_new(changes, change);
	}
	return o;
}

static enum status
put_history(struct op *op, const struct case_file *c, json_t *o)
{
	struct history h = { .op = op, .case_id = c->id, .file = c };
	json_t *rows = json_array();
	struct event *events;
	size_t n;

	put(o, "history", rows);
	TRY(case_form(op, c, &h.form));
	TRY(store_document_list(op, c->id, &h.documents, &h.n_documents));
	TRY(store_note_headed(op, c->id, &h.headed, &h.n_headed));
	TRY(store_event_history(op, "case", c->id, HISTORY_SHOWN, &events, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_event(&h, &events[i]));
	return ST_OK;
}

/* ---- the whole ---- */

static json_t *
shape_sentences(const char *const *sentences, size_t n)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, json_string(sentences[i]));
	return rows;
}

static enum status
put_blocks(struct op *op, const struct case_file *c, json_t *o)
{
	const char **sentences;
	struct gaps gaps;
	size_t n;

	put(o, "missing", json_array());
	TRY(gaps_of_case(op, c, &gaps));
	if (c->state < CASE_DECIDED)
		put(o, "missing", shape_gaps(&gaps));
	TRY(case_blocks(op, c, &gaps, &sentences, &n));
	put(o, "blocks", shape_sentences(sentences, n));
	return ST_OK;
}

/* What waits for a second person, or did: by whom, since when. */
static json_t *
shape_proposal(const struct case_file *c)
{
	json_t *o;

	if (!c->proposed_by)
		return json_null();
	o = json_object();
	put(o, "by", json_string(c->proposed_by_name));
	put(o, "at", shape_instant(c->proposed_at));
	return o;
}

/* How it can be decided, and for which of it a second person is needed. */
static enum status
put_results(struct op *op, const struct case_file *c, json_t *o)
{
	json_t *choices = json_array();

	put(o, "results", choices);
	for (int i = RESULT_GRANTED; i < (int)results.n; i++) {
		json_t *choice = json_object();
		const char *why = NULL;

		put(choice, "code", json_string(state_name(&results, i)));
		put(choice, "label", json_string(state_label(&results, i)));
		json_array_append_new(choices, choice);
		if (c->state < CASE_DECIDED)
			TRY(approval_wanted(op, c, (enum result)i, &why));
		put(choice, "approval", shape_text(why));
	}
	return ST_OK;
}

static void
put_result(const struct case_file *c, json_t *o)
{
	put(o, "result", c->result ? json_string(state_name(&results, (int)c->result))
	                           : json_null());
	put(o, "result_label", c->result ? json_string(state_label(&results, (int)c->result))
	                                 : json_null());
	put(o, "result_reason", shape_text(c->result_reason));
	put(o, "proposal", shape_proposal(c));
}

enum status
put_folder(struct op *op, const struct case_file *c, json_t *o)
{
	struct handover h;
	const char *renews;
	json_t *handover;
	enum status s;

	put(o, "wait_reason", shape_text(c->wait_reason));
	put(o, "visit", shape_id(c->visit_id));
	put_result(c, o);
	TRY(put_results(op, c, o));
	TRY(store_radar_renews(op, c->service_code, op->by->unit, &renews));
	put(o, "renews", shape_text(renews));
	TRY(put_case_form(op, c, o));
	TRY(put_documents(op, c, o));
	TRY(put_notes(op, c, o));
	TRY(put_restrictions(op, c->person_id, c->id, false, o));
	TRY(put_history(op, c, o));
	TRY(put_blocks(op, c, o));
	TRY(store_handover_of_case(op, c->id, &h));
	s = shape_handover(op, &h, NULL, &handover);
	put(o, "handover", handover);
	return s;
}

static enum status
show(struct call *call)
{
	struct case_file c;
	enum sight sight;
	json_t *o;

	if (!arg_id(call, "id"))
		return ST_OK;
	TRY(case_look(call->op, arg_id(call, "id"), &c, &sight));
	TRY(put_case(call, &c));
	o = json_object_get(call->out, "case");
	put(o, "may", shape_may(case_may(call->op, &c)));
	if (sight != SIGHT_FULL) {
		look_hit(call->op, c.person_id);
		return ST_OK;
	}
	look_file(call->op, c.person_id);
	return put_folder(call->op, &c, o);
}

/* A paper for the person is written in their language, not in the clerk's. */
enum status
run_case_show(struct call *call)
{
	const enum lang own = call->op->lang;
	enum status s;

	if (arg_text(call, "lang"))
		lang_by_code(arg_text(call, "lang"), &call->op->lang);
	lang_set(call->op->lang);
	s = show(call);
	call->op->lang = own;
	lang_set(own);
	return s;
}

static const char *const langs[] = { "de", "en", NULL };

static const struct arg show_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the case (its id)")),
	ARG_OF("lang", OPTIONAL, N_("language of all labels, if not yours"), langs),
	PURPOSE_ARG, ARG_END
};
const struct command cmd_case_show = {
	.name = "case.show", .args = show_args, .flags = CMD_SENSITIVE,
	.help = N_("a whole case, with its history and what may be done"), .run = run_case_show,
};
