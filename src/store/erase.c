/*
 * erase.c - layer 2: cases and people are deleted for good, see
 * store_retention.h.  Called by tresen-admin retention.  The plan is made in a
 * view (erase_choose.c, erase_part.c, erase_told.c); here its parts go, each in
 * one transaction with what search, drafts and events have of it.
 *
 * None of this may be in an event itself: while rows go the recorder is off.
 */
#include "erase.h"

#include <stdlib.h>

#include "record.h"
#include "store_copy.h"
#include "store_search.h"

#define DAY 86400                /* a client that has lost its line asks again by then */
#define REPLIES_AT_ONCE 500
/* A chunk takes parts until then, and then cuts the events that tell of them:
 * about as long again.  Nobody who saves waits for more than one of them. */
#define ROWS_US 8000
#define ROWS_MOST 200            /* also where they go quickly: who saves has a turn */
#define EVENTS_BYTES 450000      /* of 64 KB in an import, of 1 KB otherwise */

/* Nothing goes by a figure that the office does not have. */
enum status
erase_since(struct op *op, enum retention_term term, int *day)
{
	TRY(store_retention_since(op, term, day));
	if (*day != DAY_NONE)
		return ST_OK;
	return op_fail(op, ST_STORE, _("The class \"%s\" of retention.conf is missing: it says how "
	    "long what is kept beside cases stays. Load the catalogue, then delete: tresen-admin "
	    "catalogue"), retention_terms[term]);
}

/* ---- the plan ---- */

static enum status
plan_make(struct op *op, struct erase_plan *p)
{
	int64_t at;

	TRY(erase_choose(op, p));
	TRY(erase_parts_make(op, p));
	return store_event_last(op, &p->planned, &at);
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t
distinct(struct list *numbers)
{
	const int64_t *number = numbers->items;
	int64_t n = 0;

	if (numbers->n > 1)
		qsort(numbers->items, numbers->n, numbers->size, by_number);
	for (size_t i = 0; i < numbers->n; i++)
		n += i == 0 || number[i] != number[i - 1];
	return n;
}

/* How many events tell of all parts. */
static int64_t
events_that_tell(const struct erase_plan *p)
{
	struct list seqs = { .size = sizeof(int64_t) };

	for (size_t i = 0; i < p->n_parts; i++)
		for (const struct erase_told *t = p->parts[i]->told; t; t = t->next)
			*(int64_t *)list_add(p->mem, &seqs) = t->seq;
	return distinct(&seqs);
}

enum status
store_erase_plan(struct op *op, int64_t run, struct erase_plan **plan)
{
	struct arena *mem = arena_new(), *own = op->mem;
	struct erase_plan *p = arena_make(mem, struct erase_plan);
	enum status s;

	*plan = p;
	*p = (struct erase_plan){ .mem = mem, .run = run, .edges.size = sizeof(struct erase_edge),
	    .tables.size = sizeof(struct erase_table), .cut.size = sizeof(int64_t) };
	op->mem = mem;
	guard_lift(op->db);
	s = db_begin_read(op);
	if (s == ST_OK)
		s = plan_make(op, p);
	db_end_read(op);
	guard_set(op->db);
	if (s == ST_OK)
		s = erase_told_find(op, p);
	op->mem = own;
	if (s == ST_OK)
		p->sum.events = events_that_tell(p);
	else
		op->fail.sentence = arena_strdup(own, op->fail.sentence);
	return s;
}

void
store_erase_free(struct erase_plan *p)
{
	struct erase_table *tables;

	if (!p)
		return;
	tables = p->tables.items;
	for (size_t i = 0; i < p->tables.n; i++)
		sqlite3_finalize(tables[i].drop);
	arena_free(p->mem);
}

const struct erased *
store_erase_sum(const struct erase_plan *p)
{
	return &p->sum;
}

int64_t
store_erase_cut(struct erase_plan *p)
{
	return distinct(&p->cut);
}

size_t
store_erase_touched(const struct erase_plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_parts; i++)
		n += p->parts[i]->stale;
	return n;
}

/* ---- rows ---- */

static enum status
drop_prepare(struct op *op, struct erase_table *t)
{
	const char *text = arena_printf(op->mem, "DELETE FROM %s WHERE (%s) = (?1", t->name, t->keys);
	int n = 1;

	for (const char *c = t->keys; *c; c++)
		if (*c == ',')
			text = arena_printf(op->mem, "%s, ?%d", text, ++n);
	if (sqlite3_prepare_v2(op->db->sqlite, arena_printf(op->mem, "%s)", text), -1, &t->drop,
	        NULL) == SQLITE_OK)
		return ST_OK;
	return db_failed(op);
}

static enum status
row_delete(struct op *op, const struct erase_row *r, struct erased *out)
{
	struct erase_table *t = r->table;
	const unsigned char *at = r->key.at;
	struct changeset_walk w = { .end = r->key.at + r->key.n };
	int rc;

	if (!t->drop)
		TRY(drop_prepare(op, t));
	for (int i = 1; at < w.end; i++)
		changeset_bind(&w, t->drop, i, &at);
	rc = sqlite3_step(t->drop);
	sqlite3_reset(t->drop);
	if (rc != SQLITE_DONE)
		return db_failed(op);
	out->rows++;
	out->cases += strcmp(t->name, "case_file") == 0;
	out->people += strcmp(t->name, "person") == 0;
	out->visits += strcmp(t->name, "visit") == 0;
	return ST_OK;
}

/* A visit that stays, for the sake of another case, forgets the one that goes. */
static enum status
visit_loosen(struct op *op, const struct erase_plan *p, const struct erase_row *r)
{
	static const char sql[] = "SELECT case_id FROM visit WHERE id = ?1";
	static const char set_sql[] = "UPDATE visit SET case_id = NULL WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t case_id;

	bind_int(q, 1, erase_row_id(r));
	TRY(db_number(op, q, &case_id));
	if (!case_id || !erase_goes(p, "case_file", case_id))
		return ST_OK;
	q = db_query(op, set_sql);
	bind_int(q, 1, erase_row_id(r));
	return db_run(op, q);
}

static enum status
part_delete(struct op *op, const struct erase_part *part, struct erased *out)
{
	for (const struct erase_row *r = part->rows; r; r = r->next) {
		if (!r->goes)
			continue;
		if (strcmp(r->table->name, "person") == 0)
			TRY(store_search_forget(op, erase_row_id(r)));
		TRY(row_delete(op, r, out));
	}
	return ST_OK;
}

/* What stays forgets what goes, as an event tells; then rows go as none does. */
static enum status
part_go(struct op *op, const struct erase_plan *p, struct erase_part *part, struct erased *out)
{
	enum status s = ST_OK;

	part->going = true;
	for (const struct erase_row *r = part->rows; s == ST_OK && r; r = r->next)
		if (!r->goes && strcmp(r->table->name, "visit") == 0)
			s = visit_loosen(op, p, r);
	record_pause(op->db->record, true);
	if (s == ST_OK)
		s = part_delete(op, part, out);
	record_pause(op->db->record, false);
	return s;
}

/* ---- what was typed ---- */

/* Drafts of what goes, by the keys that the client gives them (screen/draft.c). */
static const struct { const char *word, *table; } drafts[] = {
	{ "answers id=", "case_file" }, { "note id=", "case_file" },
	{ "person_edit id=", "person" }, { "person_row person=", "person" },
	{ "household_act person=", "person" }, { "household_act id=", "household" },
	{ "takein visit=", "visit" },
};

static bool
is_of_gone(const struct erase_plan *p, const char *key)
{
	for (size_t i = 0; i < COUNT_OF(drafts); i++) {
		size_t n = strlen(drafts[i].word);

		if (strncmp(key, drafts[i].word, n) == 0)
			return erase_goes(p, drafts[i].table, strtoll(key + n, NULL, 10));
	}
	return false;
}

static enum status
drafts_drop(struct op *op, const struct erase_plan *p)
{
	static const char sql[] = "SELECT staff_id, key FROM draft ORDER BY staff_id, key";
	static const char drop_sql[] = "DELETE FROM draft WHERE staff_id = ?1 AND key = ?2";
	struct draft_key { int64_t staff; const char *key; } *k;
	struct list gone = { .size = sizeof(*k) };
	sqlite3_stmt *q = db_query(op, sql);
	enum status s;

	while (db_next(op, q, &s)) {
		const char *key = col_text(op, q, 1);

		if (!is_of_gone(p, key))
			continue;
		k = list_add(op->mem, &gone);
		*k = (struct draft_key){ col_int(q, 0), key };
	}
	TRY(s);
	k = gone.items;
	for (size_t i = 0; i < gone.n; i++) {
		q = db_query(op, drop_sql);
		bind_int(q, 1, k[i].staff);
		bind_text(q, 2, k[i].key);
		TRY(db_run(op, q));
	}
	return ST_OK;
}

static enum status
typed_drop(struct op *op, int64_t draft_at, int64_t last_reply)
{
	static const char drafts_sql[] = "DELETE FROM draft WHERE saved_at < ?1";
	static const char sql[] = "DELETE FROM reply WHERE id IN (SELECT id FROM reply WHERE id <= ?1"
	                          " ORDER BY id LIMIT ?2)";
	sqlite3_stmt *q = db_query(op, drafts_sql);

	bind_int(q, 1, draft_at);
	TRY(db_run(op, q));
	q = db_query(op, sql);
	bind_int(q, 1, last_reply);
	bind_int(q, 2, REPLIES_AT_ONCE);
	return db_run(op, q);
}

/* Looked for beside the lock; what is found goes a few at a time. */
enum status
store_erase_typed(struct op *op)
{
	static const char sql[] = "SELECT coalesce(max(id), 0) FROM reply WHERE at < ?1";
	sqlite3_stmt *q = db_query(op, sql);
	bool more = true;
	int64_t last;
	int since;

	bind_int(q, 1, op->now - DAY);
	TRY(db_number(op, q, &last));
	TRY(erase_since(op, RETAIN_DRAFT, &since));
	while (more) {
		enum status s;

		TRY(db_begin_write(op));
		s = typed_drop(op, op->now - (int64_t)(op->today - since) * DAY, last);
		more = sqlite3_changes(op->db->sqlite) == REPLIES_AT_ONCE;
		if (s != ST_OK) {
			db_rollback(op);
			return s;
		}
		TRY(db_commit_quietly(op));
	}
	return ST_OK;
}

/* ---- a chunk ---- */

static enum status
run_put(struct op *op, int64_t run, const char *state, int64_t people)
{
	static const char sql[] = "UPDATE retention_run SET state = ?2,"
	                          " people = coalesce(people, 0) + ?3 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, run);
	bind_text(q, 2, state);
	bind_int(q, 3, people);
	return db_run(op, q);
}

/* Whoever takes the approval back stops the rest. */
static enum status
still_approved(struct op *op, int64_t id)
{
	struct retention_run run;

	TRY(store_retention_run(op, id, &run));
	if (strcmp(run.state, "approved") == 0)
		return ST_OK;
	return op_fail(op, ST_CONFLICT, _("Deletion %lld was withdrawn meanwhile: what had gone by "
	    "then is gone, the rest stays."), (long long)id);
}

static enum status
parts_go(struct op *op, struct erase_plan *p, struct erased *out)
{
	struct list cuts = { .size = sizeof(struct erase_told) };
	int64_t from = clock_micros(), bytes = 0;

	do {
		struct erase_part *part = p->parts[p->next++];

		if (part->stale)
			continue;
		TRY(erase_told_lately(op, p, part));
		TRY(part_go(op, p, part, out));
		erase_told_add(op, part, &cuts, &bytes);
	} while (p->next < p->n_parts && bytes < EVENTS_BYTES && out->rows < ROWS_MOST &&
	         clock_micros() - from < ROWS_US);
	TRY(erase_told_cut(op, p, &cuts));
	return drafts_drop(op, p);
}

enum status
store_erase_some(struct op *op, struct erase_plan *p, struct erased *out, bool *more)
{
	*out = (struct erased){ 0 };
	TRY(still_approved(op, p->run));
	TRY(erase_told_since(op, p));
	/* steps of visits go in a run that is at work, and never otherwise */
	TRY(run_put(op, p->run, "running", 0));
	if (p->next < p->n_parts)
		TRY(parts_go(op, p, out));
	TRY(run_put(op, p->run, "approved", out->people));
	TRY(store_scrub_note(op, true));
	p->seen++; /* the event of this transaction */
	*more = p->next < p->n_parts;
	return ST_OK;
}

/* ---- its end ---- */

static enum status
items_left(struct op *op, int64_t run, int64_t *n)
{
	static const char sql[] = "SELECT count(*) FROM retention_item WHERE run_id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, run);
	return db_number(op, q, n);
}

enum status
store_erase_end(struct op *op, int64_t id, struct erased *out)
{
	static const char sql[] =
	    "UPDATE retention_run SET (state, cases, people, done_at) = ('done', ?2, ?3, ?4)"
	    " WHERE id = ?1";
	struct retention_run run;
	sqlite3_stmt *q;

	*out = (struct erased){ 0 };
	TRY(still_approved(op, id));
	TRY(store_retention_run(op, id, &run));
	TRY(items_left(op, id, &out->left));
	out->cases = run.cases - out->left;
	out->people = run.people;
	TRY(store_retention_forget(op, id));
	q = db_query(op, sql);
	bind_int(q, 1, id);
	bind_int(q, 2, out->cases);
	bind_int(q, 3, out->people);
	bind_int(q, 4, op->now);
	return db_run(op, q);
}

/*
 * For each row that goes SQLite would look through every table that might point to
 * it and has no index for that.  erase_choose.c asks the same once, and
 * erase_told.c sees what came to point there since.
 */
enum status
store_erase_prepare(struct op *op)
{
	enum status s;

	/* not at the commits: db_fold_some does it, a little at a time */
	op->db->folds_itself = true;
	guard_lift(op->db);
	s = db_exec(op, "PRAGMA foreign_keys=OFF");
	guard_set(op->db);
	return s;
}
