/*
 * folder.c - layer 3: what lies in a case file: notes, papers, answers, and
 * what bars its decision.  Called by command/case.c.
 */
#include <string.h>

#include "guard.h"
#include "intake.h"

static enum status
touch_case(struct op *op, struct case_file *c)
{
	TRY(store_case_save(op, c));
	return store_case_find(op, c->id, c);
}

enum status
case_note(struct op *op, int64_t id, const char *text, bool open, struct case_file *c,
          int64_t *note_id)
{
	const char *clean;

	TRY(guard_case(op, &(struct attempt){ "case.note", id, 0, NULL, NULL }, c));
	TRY(clean_text(op, "text", text, TEXT_LONG, true, &clean));
	if (!*clean)
		return op_fail_field(op, ST_INVALID, "text", _("The note is empty. Write it first."));
	TRY(store_note_add(op, id, clean, open ? NOTE_OPEN : NOTE_TYPED, note_id));
	return touch_case(op, c);
}

enum status
case_unseal(struct op *op, int64_t id, int64_t note_id, struct case_file *c,
            struct case_note *note)
{
	TRY(guard_case(op, &(struct attempt){ "case.note", id, 0, NULL, NULL }, c));
	TRY(store_note_find(op, id, note_id, note));
	if (!note->id)
		return op_fail_field(op, ST_NOT_FOUND, "note", _("Your unit has written no note %lld "
		    "there. The case shows its notes."), (long long)note_id);
	if (!note->entrusted)
		return ST_OK; /* it is open */
	TRY(store_note_open(op, note));
	note->entrusted = false;
	return touch_case(op, c);
}

static enum status
find_document(struct op *op, const struct case_file *c, const char *key, struct case_document *d)
{
	struct case_document *list;
	struct paper paper;
	size_t n;

	TRY(store_document_list(op, c->id, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].key, key) == 0) {
			*d = list[i];
			return ST_OK;
		}
	/* not on the checklist, but people bring it: welcome, if it has a name */
	TRY(store_paper_find(op, NULL, key, &paper));
	if (!paper.key)
		return op_fail_field(op, ST_INVALID, "key",
		    _("There is no paper %s. The case shows which ones it needs."), key);
	*d = (struct case_document){ .key = paper.key, .name = paper.name,
	    .name_de = paper.name_de, .name_en = paper.name_en, .position = (int)n };
	return ST_OK;
}

enum status
case_document(struct op *op, int64_t id, const char *key, enum paper_state state,
              const char *reason, struct case_file *c, struct case_document *d)
{
	bool judged = state == PAPER_VERIFIED || state == PAPER_WAIVED;
	TRY(guard_case(op, &(struct attempt){ "case.document", id, 0, reason, NULL }, c));
	/* anyone may record what was brought; its worth the unit judges */
	if (judged && strcmp(op->by->unit, c->unit) != 0)
		return refuse(op, REFUSE_UNIT, case_number(op, c));
	TRY(find_document(op, c, key, d));
	if (d->state == state && !reason)
		return ST_OK; /* recorded already: by whom and when stays */
	if (state == PAPER_WAIVED && !(reason && *reason))
		return op_fail_field(op, ST_INVALID, "reason",
		    _("A paper is waived with a reason: it stays in the file. Give it."));
	d->state = state;
	d->changed_at = op->now;
	TRY(clean_text(op, "reason", reason, TEXT_SHORT, false, &d->reason));
	TRY(store_document_put(op, id, d));
	return touch_case(op, c);
}

/* ---- answers ---- */

static const struct answer *
stored_answer(const struct answer *list, size_t n, const char *field)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].field, field) == 0)
			return &list[i];
	return NULL;
}

/* Nobody overwrites anybody: the first field that both have changed. */
static enum status
check_clash(struct op *op, const struct case_file *c, int64_t seen, const struct answer *stored,
            size_t n_stored, const struct form_pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct answer *a = stored_answer(stored, n_stored, pairs[i].field);
		enum status s;

		if (!seen || !a || a->version <= seen ||
		    strcmp(a->value, pairs[i].value ? pairs[i].value : "") == 0)
			continue;
		s = clash(op, arena_printf(op->mem, _("Case %s"), case_number(op, c)),
		    a->changed_by_name, a->changed_at);
		op->fail.field = pairs[i].field;
		return s;
	}
	return ST_OK;
}

json_t *
merged_answers(const struct answer *stored, size_t n, const json_t *answers)
{
	json_t *all = json_object();

	for (size_t i = 0; i < n; i++)
		if (*stored[i].value)
			json_object_set_new(all, stored[i].field, json_string(stored[i].value));
	json_object_update(all, (json_t *)(uintptr_t)answers);
	return all;
}

/* Writes what differs from what is stored; empties what is no longer seen. */
static enum status
write_answers(struct op *op, const struct case_file *c, const struct answer *stored,
              size_t n_stored, const struct form_pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct answer *a = stored_answer(stored, n_stored, pairs[i].field);

		if (!a || strcmp(a->value, pairs[i].value) != 0)
			TRY(store_answer_put(op, c->id, &(struct answer){ .field = pairs[i].field,
			    .value = pairs[i].value, .version = c->version + 1 }));
	}
	for (size_t i = 0; i < n_stored; i++) {
		bool gone = *stored[i].value;

		for (size_t j = 0; j < n; j++)
			gone &= strcmp(pairs[j].field, stored[i].field) != 0;
		if (gone)
			TRY(store_answer_put(op, c->id, &(struct answer){
			    .field = stored[i].field, .value = "", .version = c->version + 1 }));
	}
	return ST_OK;
}

enum status
settle_answers(struct op *op, struct case_file *c, const struct asked *asked,
               const struct answer *stored, size_t n_stored)
{
	json_t *settled = form_settle(op->mem, asked->form, asked->answers, asked->world);
	struct asked kept = { .form = asked->form, .answers = settled, .world = asked->world };
	struct service service;
	struct form_hurry hurry;
	struct form_pair *pairs;
	size_t n = form_pairs(op->mem, settled, &pairs);
	enum status s = write_answers(op, c, stored, n_stored, pairs, n);

	if (s == ST_OK)
		s = store_service_by_id(op, c->service_id, &service);
	if (s == ST_OK)
		s = settle_papers(op, c, &kept, service.checklist);
	hurry = form_hurry(kept.form, settled, kept.world);
	if (s == ST_OK)
		s = case_schedule(op, c, &service, &hurry);
	json_decref(settled);
	return s;
}

enum status
case_answer(struct op *op, const struct case_change *change, struct case_file *c)
{
	struct form_world world;
	struct asked asked = { .world = &world, .reasons = change->reasons,
		.reason = op->reason };
	struct answer *stored;
	struct form_pair *pairs;
	size_t n_stored, n;
	json_t *all, *before;
	enum status s;

	TRY(guard_case(op, &(struct attempt){ "case.answer", change->id, 0, NULL, NULL },
	    c));
	TRY(case_form(op, c, &asked.form));
	TRY(form_world_now(op, FORM_DRAFT, &world));
	if (!asked.form)
		return op_fail_field(op, ST_INVALID, "answers",
		    _("This service has no form. Write a note instead."));
	TRY(store_answer_list(op, change->id, &stored, &n_stored));
	n = form_pairs(op->mem, change->answers, &pairs);
	TRY(check_clash(op, c, change->seen, stored, n_stored, pairs, n));
	asked.answers = all = merged_answers(stored, n_stored, change->answers);
	s = check_answers(op, asked.form, all, &world);
	before = merged_answers(stored, n_stored, NULL);
	if (s == ST_OK)
		s = check_warnings(op, &asked, before, FORM_DECISION, c->id);
	if (s == ST_OK)
		s = judge_answers(op, &asked, stored, n_stored);
	if (s == ST_OK)
		s = settle_answers(op, c, &asked, stored, n_stored);
	if (s == ST_OK)
		s = give_reasons(op, c->id, &asked, FORM_DECISION);
	json_decref(before);
	json_decref(all);
	return s == ST_OK ? touch_case(op, c) : s;
}

/* ---- what is missing ---- */

static enum status
block_approval(struct op *op, const struct case_file *c, const char **list, size_t *n)
{
	const char *why;

	TRY(approval_wanted(op, c, c->result, &why));
	list[(*n)++] = arena_printf(op->mem, _("Somebody else must approve what %s has decided%s%s."),
	    c->proposed_by_name ? c->proposed_by_name : "–", why ? ": " : "", why ? why : "");
	return ST_OK;
}

enum status
case_blocks(struct op *op, const struct case_file *c, const struct gaps *g, const char ***blocks,
            size_t *n)
{
	const char **list, *sentence;

	*blocks = list = arena_array(op->mem, const char *, g->n_stops[FORM_DECISION] + 4);
	*n = 0;
	if (c->state == CASE_DECIDED && result_is_handed_out(c->result))
		list[(*n)++] = _("It has not been handed out yet.");
	if (c->state >= CASE_DECIDED)
		return ST_OK;
	if (c->state == CASE_PROPOSED)
		return block_approval(op, c, list, n);
	if (c->state == CASE_INTAKE && (sentence = gaps_sentence(op, g, FORM_INTAKE)))
		list[(*n)++] = sentence;
	if (*n == 0 || g->n > gaps_until(g, FORM_INTAKE))
		sentence = gaps_sentence(op, g, FORM_DECISION);
	else
		sentence = NULL; /* the same once more */
	if (sentence)
		list[(*n)++] = sentence;
	for (size_t i = 0; i < g->n_stops[FORM_DECISION]; i++)
		list[(*n)++] = g->stops[FORM_DECISION][i];
	if (c->offered_to)
		list[(*n)++] = _("The unit it was offered to has not answered.");
	return ST_OK;
}
