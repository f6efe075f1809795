/*
 * disclosure.c - layer 3: what leaves a closed unit, see service_disclosure.h.
 * Called by command/disclosure.c.  Must never answer differently because there
 * is a file, or none.
 */
#include "service_disclosure.h"

#include <stdio.h>
#include <string.h>

#include "guard.h"
#include "rules_rights.h"
#include "service_form.h"

#define NOTES_TOLD 200

/* ---- what a case has to tell ---- */

struct telling {
	struct op *op;
	const struct case_file *c;
	struct tellable *list;
	size_t n, room;
};

static void
add(struct telling *t, const char *key, const char *label, const char *value)
{
	if (!value || !*value || t->n == t->room)
		return;
	t->list[t->n++] = (struct tellable){ key, label, value };
}

static void
add_head(struct telling *t)
{
	const struct case_file *c = t->c;

	add(t, "service", _("Service"), c->service_name);
	add(t, "state", _("State"), case_state_label(c->state, c->result));
	add(t, "wait_reason", _("On hold for"), c->wait_reason);
	add(t, "result", _("Result"), c->result ? state_label(&results, (int)c->result) : NULL);
	add(t, "result_reason", _("Reason"), c->result_reason);
}

static enum status
add_answers(struct telling *t, const struct form *form, const struct answer *list, size_t n)
{
	struct op *op = t->op;

	for (size_t i = 0; i < n; i++) {
		const struct form_field *field = form ? form_find(form, list[i].field) : NULL;

		add(t, arena_printf(op->mem, "answer.%s", list[i].field),
		    field ? form_label(form, list[i].field, op->lang) : list[i].field,
		    field && *list[i].value ? form_value_show(op->mem, field, list[i].value)
		                            : list[i].value);
	}
	return ST_OK;
}

static void
add_papers(struct telling *t, const struct case_document *list, size_t n)
{
	struct op *op = t->op;

	for (size_t i = 0; i < n; i++) {
		const char *state = state_label(&paper_states, (int)list[i].state);

		add(t, arena_printf(op->mem, "paper.%s", list[i].key), list[i].name,
		    list[i].reason ? arena_printf(op->mem, "%s: %s", state, list[i].reason) : state);
	}
}

/* Oldest first: that is how they were told. */
static void
add_notes(struct telling *t, const struct case_note *list, size_t n)
{
	struct op *op = t->op;
	char day[11];

	for (size_t i = n; i-- > 0;)
		add(t, arena_printf(op->mem, "note.%lld", (long long)list[i].id),
		    arena_printf(op->mem, _("Note of %s"), day_iso(clock_day(list[i].at), day)),
		    note_told(op, list[i].text, list[i].headed));
}

static enum status
tellable_of(struct op *op, const struct case_file *c, struct tellable **list, size_t *n)
{
	struct telling t = { .op = op, .c = c };
	struct case_document *papers;
	struct answer *answers;
	struct case_note *notes;
	const struct form *form;
	size_t n_answers, n_papers, n_notes;

	TRY(case_form(op, c, &form));
	TRY(store_answer_list(op, c->id, &answers, &n_answers));
	TRY(store_document_list(op, c->id, &papers, &n_papers));
	TRY(store_note_list(op, c->id, NOTES_TOLD, &notes, &n_notes));
	t.room = n_answers + n_papers + n_notes + 8;
	t.list = arena_array(op->mem, struct tellable, t.room);
	add_head(&t);
	TRY(add_answers(&t, form, answers, n_answers));
	add_papers(&t, papers, n_papers);
	add_notes(&t, notes, n_notes);
	*list = t.list;
	*n = t.n;
	return ST_OK;
}

/* A case that the reader's own closed unit has. */
static enum status
own_entrusted(struct op *op, int64_t id, struct case_file *c)
{
	enum sight sight;

	TRY(named_as(op, "case", case_look(op, id, c, &sight)));
	if (sight != SIGHT_FULL || strcmp(c->unit, op->by->unit) != 0)
		return refuse(op, REFUSE_UNIT, case_number(op, c));
	if (c->unit_closed)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "case", _("What is in this case is not entrusted. Hand "
	    "it over, or let the other unit look at it."));
}

enum status
disclosure_choices(struct op *op, int64_t case_id, struct case_file *c, struct tellable **list,
                   size_t *n)
{
	TRY(own_entrusted(op, case_id, c));
	return tellable_of(op, c, list, n);
}

/* ---- telling ---- */

static enum status
check_unit(struct op *op, const char *to, struct unit *unit)
{
	TRY(store_unit_find(op, to, unit));
	if (strcmp(to, op->by->unit) == 0)
		return op_fail_field(op, ST_INVALID, "to",
		    _("That is your own unit. Choose another one."));
	if (!unit->figures_only)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "to", _("%s works with figures only and is told of no "
	    "person. Choose another unit."), unit->name);
}

static enum status
check_body(struct op *op, struct receiver *to)
{
	const char *choice = "";
	struct body *list;
	size_t n;

	TRY(store_body_list(op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(list[i].code, to->body) == 0)
			to->body_name = op->lang == LANG_DE ? list[i].name_de : list[i].name_en;
		choice = arena_printf(op->mem, "%s%s%s", choice, *choice ? ", " : "", list[i].code);
	}
	if (!to->body_name)
		return op_fail_field(op, ST_INVALID, "body",
		    _("There is no such kind of body. Say one of: %s."), choice);
	TRY(clean_text(op, "body_name", to->name, TEXT_SHORT, false, &to->name));
	if (to->name && *to->name)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "body_name",
	    _("Say which one it is, by its name: the book keeps it."));
}

enum status
receiver_check(struct op *op, struct receiver *to)
{
	struct unit unit;

	if (!to->unit == !to->body)
		return op_fail_field(op, ST_INVALID, "to", _("Say who is told: a unit of the office "
		    "(to), or a body outside it (body, body_name)."));
	if (to->body)
		return check_body(op, to);
	TRY(check_unit(op, to->unit, &unit));
	to->unit_name = unit.name;
	return ST_OK;
}

const char *
receiver_label(struct op *op, const struct receiver *to)
{
	const char *kind = to->body_name ? to->body_name : to->body;

	if (!to->body)
		return to->unit_name;
	return to->name ? arena_printf(op->mem, "%s: %s", kind, to->name)
	                : arena_printf(op->mem, _("%s, outside the office"), kind);
}

static bool
same_receiver(const struct receiver *a, const struct receiver *b)
{
	if (a->unit && b->unit)
		return strcmp(a->unit, b->unit) == 0;
	return a->body && b->body && strcmp(a->body, b->body) == 0 && a->name && b->name &&
	    strcmp(a->name, b->name) == 0;
}

static enum status
find_basis(struct op *op, const char *code, const struct basis **found)
{
	const char *choice = "";
	struct basis *list;
	size_t n;

	TRY(store_basis_list(op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (code && strcmp(list[i].code, code) == 0) {
			*found = &list[i];
			return ST_OK;
		}
		choice = arena_printf(op->mem, "%s%s%s", choice, *choice ? ", " : "", list[i].code);
	}
	return op_fail_field(op, ST_INVALID, "basis", _("Nothing is disclosed without a legal basis. "
	    "Say which one it is, one of: %s."), choice);
}

static enum status
find_consent(struct op *op, int64_t person_id, const struct receiver *to, int64_t *id)
{
	struct consent *list;
	size_t n;

	TRY(store_consent_list(op, person_id, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].holds && same_receiver(&list[i].to, to)) {
			*id = list[i].id;
			return ST_OK;
		}
	return op_fail_field(op, ST_INVALID, "basis", _("No consent to tell %s holds. Record it "
	    "first, or say which law allows it."), receiver_label(op, to));
}

static enum status
pick_fields(struct op *op, const struct case_file *c, const char *fields, struct disclosure *d)
{
	char *save = NULL, *copy = arena_strdup(op->mem, fields);
	struct tellable *all;
	size_t n;

	TRY(tellable_of(op, c, &all, &n));
	d->fields = arena_array(op->mem, struct disclosed, n + 1);
	for (char *key = strtok_r(copy, " ,", &save); key; key = strtok_r(NULL, " ,", &save)) {
		size_t at = 0;

		while (at < n && strcmp(all[at].key, key) != 0)
			at++;
		if (at == n)
			return op_fail_field(op, ST_INVALID, "fields", _("The case has nothing to "
			    "tell under %s. `tresen disclosure fields` lists what it has."), key);
		/* what is named again is told once */
		if (all[at].value)
			d->fields[d->n_fields++] = (struct disclosed){ all[at].label, all[at].value };
		all[at].value = NULL;
	}
	if (d->n_fields)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "fields",
	    _("Say what is disclosed: the receiver sees these fields and nothing else."));
}

/* What was asked for is answered by this. */
static enum status
answer_ask(struct op *op, const struct disclosure_wish *wish, const struct disclosure *d)
{
	struct disclosure_ask a;

	if (!wish->ask_id)
		return ST_OK;
	TRY(store_ask_find(op, wish->ask_id, &a));
	if (!a.id || strcmp(a.to, op->by->unit) != 0 || a.person_id != d->person_id ||
	    !d->to.unit || strcmp(a.from, d->to.unit) != 0)
		return op_fail_field(op, ST_NOT_FOUND, "ask",
		    _("That unit has not asked about this person. Look at the list again."));
	if (strcmp(a.state, "asked") != 0)
		return op_fail_field(op, ST_CONFLICT, "ask", _("%s has answered this already."),
		    a.answered_by_name);
	return wish->preview ? ST_OK : store_ask_answer(op, a.id, d->id, NULL);
}

/* What is told, to the letter: labels and values, with their lengths. */
static void
digest_of(struct op *op, const struct disclosure *d, char digest[static DIGEST_HEX + 1])
{
	const size_t lengths = 2 * (20 + 1);
	size_t room = 1, n = 0;
	char *all;

	for (size_t i = 0; i < d->n_fields; i++)
		room += strlen(d->fields[i].label) + strlen(d->fields[i].value) + lengths;
	all = arena_alloc(op->mem, room);
	for (size_t i = 0; i < d->n_fields; i++)
		n += (size_t)snprintf(all + n, room - n, "%zu %s%zu %s", strlen(d->fields[i].label),
		    d->fields[i].label, strlen(d->fields[i].value), d->fields[i].value);
	digest_hex(all, n, digest);
}

static enum status
prepare(struct op *op, const struct disclosure_wish *wish, struct disclosure *d)
{
	const struct basis *basis = NULL;
	struct case_file c;

	TRY(own_entrusted(op, wish->case_id, &c));
	*d = (struct disclosure){ .person_id = c.person_id, .person_name = c.person_name,
	    .person_born = c.person_born, .person_locked = c.person_locked, .case_id = c.id,
	    .from = op->by->unit, .from_name = c.unit_name, .to = wish->to, .at = op->now,
	    .by_name = op->by->name };
	TRY(receiver_check(op, &d->to));
	TRY(find_basis(op, wish->basis, &basis));
	d->basis = basis->code;
	d->basis_name = basis->name;
	d->cite = basis->cite;
	TRY(clean_text(op, "reason", wish->reason, TEXT_LONG, true, &d->reason));
	if (!d->reason || !*d->reason)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Say why this is disclosed: the receiver and the book keep it."));
	if (basis->consent)
		TRY(find_consent(op, c.person_id, &d->to, &d->consent_id));
	return pick_fields(op, &c, wish->fields, d);
}

enum status
disclosure_give(struct op *op, const struct disclosure_wish *wish, struct disclosure *d,
                char digest[static DIGEST_HEX + 1])
{
	TRY(prepare(op, wish, d));
	digest_of(op, d, digest);
	if (wish->seen && strcmp(wish->seen, digest) != 0)
		return op_fail(op, ST_CONFLICT, _("What would be told has changed since you looked at "
		    "it. Look at it again."));
	if (!wish->preview)
		TRY(store_disclosure_add(op, d));
	return answer_ask(op, wish, d);
}

/* ---- who knows of it ---- */

enum status
disclosure_list(struct op *op, int64_t person_id, int64_t before, int limit,
                struct disclosure **list, size_t *n)
{
	struct disclosure_filter f = { .person_id = person_id, .before = before, .limit = limit };

	TRY(person_current(op, "person", &f.person_id));
	return store_disclosure_page(op, &f, list, n);
}

/* What went outside the office was for nobody else here, key or not: the book of
 * others has its kind. */
static void
leave_out(struct disclosure *d)
{
	d->to.name = NULL;
	for (size_t i = 0; d->to.body && i < d->n_fields; i++)
		d->fields[i].label = NULL;
}

enum status
disclosure_book(struct op *op, struct disclosure_filter *f, struct disclosure **list, size_t *n)
{
	f->given = true;
	f->all = right_reach("disclosure.book", op->by->role, UNIT_CLOSED) & REACH_ALL;
	if (f->person_id)
		TRY(person_current(op, "person", &f->person_id));
	TRY(store_disclosure_page(op, f, list, n));
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*list)[i].from, op->by->unit) != 0)
			leave_out(&(*list)[i]);
	return ST_OK;
}

/* ---- asking ---- */

enum status
disclosure_ask(struct op *op, int64_t person_id, const char *to, const char *question,
               struct disclosure_ask *a)
{
	struct unit unit;

	*a = (struct disclosure_ask){ .person_id = person_id, .to = to };
	TRY(person_current(op, "person", &a->person_id));
	TRY(check_unit(op, to, &unit));
	if (!unit.closed)
		return op_fail_field(op, ST_INVALID, "to", _("What %s knows is in the files: look "
		    "there. Only units that are bound to secrecy are asked."), unit.name);
	TRY(clean_text(op, "question", question, TEXT_LONG, true, &a->question));
	if (!*a->question)
		return op_fail_field(op, ST_INVALID, "question",
		    _("Say what you need to know, and by what right."));
	TRY(store_ask_add(op, a));
	return store_ask_find(op, a->id, a);
}

enum status
disclosure_refuse(struct op *op, int64_t id, const char *reason, struct disclosure_ask *a)
{
	const char *clean;

	TRY(store_ask_find(op, id, a));
	if (!a->id || strcmp(a->to, op->by->unit) != 0)
		return op_fail_field(op, ST_NOT_FOUND, "id",
		    _("There is no request %lld here. Look at the list again."), (long long)id);
	if (strcmp(a->state, "asked") != 0)
		return op_fail(op, ST_CONFLICT, _("%s has answered this already."),
		    a->answered_by_name);
	TRY(clean_text(op, "reason", reason, TEXT_LONG, true, &clean));
	if (!*clean)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Say why: whoever asked reads it. Do not say whether there is a file."));
	TRY(store_ask_answer(op, id, 0, clean));
	return store_ask_find(op, id, a);
}
