/*
 * verify_search.c - layer 2: does the search know the people by their names,
 * all of them and no others?  Called by tresen-admin check, and before a
 * migration leaves the search as it is.  Only reads, never tells a name.
 */
#include "verify.h"

#include <stdlib.h>

#include "search.h"
#include "store_search.h"

/* Many things to be compared in any order, as one number. */
struct heap {
	int64_t n;
	uint64_t sum;
};

/* A spelling: what the names make of it, and what stands in the file. */
struct spelled {
	int64_t id, told;
	const char *form;
	struct heap bearers, entered, keys;
};

struct look {
	struct op *op;
	struct faults *f;
	struct spelled *of;      /* by id */
	struct spelled **by_form;
	size_t n;
	int64_t people, spellings, rows; /* faults of each kind */
};

static void
throw(struct heap *heap, uint64_t what)
{
	what = (what ^ what >> 30) * 0xBF58476D1CE4E5B9u;
	what = (what ^ what >> 27) * 0x94D049BB133111EBu;
	heap->n++;
	heap->sum += what ^ what >> 31;
}

static bool
same(const struct heap *a, const struct heap *b)
{
	return a->n == b->n && a->sum == b->sum;
}

/* ---- the vocabulary ---- */

static int
by_form(const void *a, const void *b)
{
	return strcmp((*(struct spelled *const *)a)->form, (*(struct spelled *const *)b)->form);
}

static int
form_to(const void *form, const void *b)
{
	return strcmp(form, (*(struct spelled *const *)b)->form);
}

static int
id_to(const void *id, const void *b)
{
	int64_t x = *(const int64_t *)id, y = ((const struct spelled *)b)->id;

	return x < y ? -1 : x > y;
}

static void
read_spelled(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct spelled *)item = (struct spelled){ .id = col_int(q, 0),
	    .form = col_text(op, q, 1), .told = col_int(q, 2) };
}

static enum status
read_vocabulary(struct look *l)
{
	static const char sql[] = "SELECT id, form, people FROM spelling ORDER BY id";

	TRY(db_all(l->op, db_query(l->op, sql), read_spelled, sizeof(*l->of), &l->of, &l->n));
	l->by_form = arena_array(l->op->mem, struct spelled *, l->n + 1);
	for (size_t i = 0; i < l->n; i++)
		l->by_form[i] = &l->of[i];
	if (l->n > 1)
		qsort(l->by_form, l->n, sizeof(*l->by_form), by_form);
	return ST_OK;
}

static struct spelled *
spelled_as(const struct look *l, const char *form)
{
	struct spelled **at = l->n == 0 ? NULL : bsearch(form, l->by_form, l->n,
	    sizeof(*l->by_form), form_to);

	return at ? *at : NULL;
}

static struct spelled *
spelled_by(const struct look *l, int64_t id)
{
	return l->n == 0 ? NULL : bsearch(&id, l->of, l->n, sizeof(*l->of), id_to);
}

/* ---- what the names say ---- */

static uint64_t
bearer(int64_t person_id, unsigned marks)
{
	return (uint64_t)person_id << 4 | marks;
}

static enum status
look_at_person(struct look *l, struct op *scratch, int64_t id)
{
	struct entries e;
	const char *entered;

	TRY(names_as_entries(scratch, id, &e));
	TRY(read_entered(scratch, id, &entered));
	if (!*entered && e.n > 0)
		fault_add(l->op, l->f, &l->people, _("Person %lld is missing in the search."),
		    (long long)id);
	else if (strcmp(entered, entries_as_text(scratch, &e)) != 0)
		fault_add(l->op, l->f, &l->people, _("Person %lld stands in the search under other "
		    "names than their own."), (long long)id);
	for (size_t i = 0; i < e.n; i++) {
		struct spelled *s = spelled_as(l, e.of[i].form);

		if (s)
			throw(&s->bearers, bearer(id, e.of[i].marks));
		else
			fault_add(l->op, l->f, &l->people, _("The search does not know a name of "
			    "person %lld."), (long long)id);
	}
	return ST_OK;
}

static enum status
look_at_people(struct look *l)
{
	static const char sql[] = "SELECT min(id) FROM person WHERE id > ?1";
	struct op scratch = *l->op;
	enum status s = ST_OK;
	int64_t id = 0;

	scratch.mem = arena_new();
	while (s == ST_OK) {
		sqlite3_stmt *q = db_query(&scratch, sql);

		bind_int(q, 1, id);
		s = db_number(&scratch, q, &id);
		if (s != ST_OK || id == 0)
			break;
		s = look_at_person(l, &scratch, id);
		arena_reset(scratch.mem);
	}
	if (s != ST_OK)
		s = op_fail(l->op, s, "%s", scratch.fail.sentence);
	arena_free(scratch.mem);
	return s;
}

static enum status
look_for_strangers(struct look *l)
{
	static const char sql[] =
	    "SELECT s.person_id FROM person_spelling s WHERE s.person_id <> ?1"
	    " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = s.person_id) ORDER BY 1";
	sqlite3_stmt *q = db_query(l->op, sql);
	enum status s;

	bind_int(q, 1, RULES_ROW);
	while (db_next(l->op, q, &s))
		fault_add(l->op, l->f, &l->people, _("The search has person %lld, who is not in the "
		    "office."), (long long)col_int(q, 0));
	return s;
}

/* ---- what stands in the file ---- */

static void
nobodys_row(struct look *l, int64_t id)
{
	fault_add(l->op, l->f, &l->rows, _("The search has a row of spelling %lld, which is not "
	    "there."), (long long)id);
}

static enum status
look_at_bearers(struct look *l)
{
	static const char sql[] = "SELECT id, people FROM spelling_people ORDER BY id";
	sqlite3_stmt *q = db_query(l->op, sql);
	enum status end;

	while (db_next(l->op, q, &end)) {
		const uint8_t *bytes;
		struct spelled *s;
		int64_t id, first;
		size_t n;

		id = col_int(q, 0) >> CHUNK_OF_SPELLING_BITS;
		first = (col_int(q, 0) - chunk_row(id, 0)) << CHUNK_BITS;
		s = spelled_by(l, id);
		if (!s)
			nobodys_row(l, id);
		bytes = sqlite3_column_blob(q, 1);
		n = (size_t)sqlite3_column_bytes(q, 1) / BEARER_BYTES;
		for (size_t i = 0; s && i < n; i++)
			throw(&s->entered, bearer(first + bearer_number(bytes, i),
			    bearer_marks(bytes, i)));
	}
	return end;
}

static enum status
look_at_keys(struct look *l)
{
	static const char sql[] = "SELECT key, spelling_id FROM spelling_key ORDER BY key, spelling_id";
	sqlite3_stmt *q = db_query(l->op, sql);
	enum status end;

	while (db_next(l->op, q, &end)) {
		struct spelled *s;

		s = spelled_by(l, col_int(q, 1));
		if (s)
			throw(&s->keys, (uint64_t)col_int(q, 0));
		else
			nobodys_row(l, col_int(q, 1));
	}
	return end;
}

/* ---- both together ---- */

static bool
has_its_keys(const struct spelled *s)
{
	int64_t keys[NAME_KEYS_MAX];
	size_t n = name_keys(s->form, KEY_KINDS_STORED, keys);
	struct heap wanted = { 0 };

	for (size_t i = 0; i < n; i++)
		throw(&wanted, (uint64_t)keys[i]);
	return same(&wanted, &s->keys);
}

static void
compare(struct look *l, const struct spelled *s)
{
	long long id = (long long)s->id;

	if (s->bearers.n == 0)
		fault_add(l->op, l->f, &l->spellings, _("Spelling %lld stands in the search, and "
		    "nobody is called so."), id);
	else if (!same(&s->bearers, &s->entered))
		fault_add(l->op, l->f, &l->spellings, _("Spelling %lld leads to other people than "
		    "those called so."), id);
	else if (s->told != s->bearers.n)
		fault_add(l->op, l->f, &l->spellings, _("Spelling %lld is said to be more or less "
		    "frequent than it is."), id);
	else if (!has_its_keys(s))
		fault_add(l->op, l->f, &l->spellings, _("Spelling %lld is not found by all spellings "
		    "of the same name."), id);
}

enum status
store_verify_search(struct op *op, struct faults *f)
{
	struct look l = { .op = op, .f = f };
	const char *rules;

	TRY(read_entered(op, RULES_ROW, &rules));
	/* then nearly everything differs, and one sentence says why */
	if (strcmp(rules, rules_as_text(op)) != 0) {
		fault_add(op, f, &l.rows, _("The search was made by the rules for names of another "
		    "tresen."));
		return ST_OK;
	}
	TRY(read_vocabulary(&l));
	TRY(look_at_people(&l));
	TRY(look_for_strangers(&l));
	TRY(look_at_bearers(&l));
	TRY(look_at_keys(&l));
	for (size_t i = 0; i < l.n; i++)
		compare(&l, &l.of[i]);
	return ST_OK;
}
