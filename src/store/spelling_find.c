/*
 * spelling_find.c - layer 2: which spellings of the vocabulary may be meant by
 * a part of a name.  Called by service/find.c, stage after stage: the cheap
 * keys first.  Reads no person.
 */
#include "store_search.h"

#include <stdlib.h>

#include "db.h"

#define ROWS_OF_A_KEY 3000       /* of one key: the rest is too far away to matter */
#define BEGINNINGS 2500          /* spellings that begin so */
#define CANDIDATES_MAX 250       /* that are kept */
#define SIBLINGS_OF 6            /* near spellings whose others are looked up */
#define SIBLINGS_FROM 70
#define GLUED_LOSS 5             /* points, where only what stands behind a particle fits */

struct lookup {
	struct op *op;
	struct search_unit *u;
	struct name_probe probe, glued; /* glued.form NULL: none */
	struct list rows;        /* struct candidate, not yet judged */
};

static void
read_candidate(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct candidate *)item = (struct candidate){ .spelling_id = col_int(q, 0),
	    .form = col_text(op, q, 1), .people = col_int(q, 2) };
}

static enum status
add_rows(struct lookup *l, sqlite3_stmt *q)
{
	enum status s;

	while (db_next(l->op, q, &s))
		read_candidate(l->op, q, list_add(l->op->mem, &l->rows));
	return s;
}

static enum status
add_by_keys(struct lookup *l, const int64_t *keys, size_t n)
{
	static const char sql[] =
	    "SELECT s.id, s.form, s.people FROM spelling_key k"
	    " CROSS JOIN spelling s ON s.id = k.spelling_id WHERE k.key = ?1 LIMIT ?2";

	for (size_t i = 0; i < n; i++) {
		sqlite3_stmt *q = db_query(l->op, sql);

		bind_int(q, 1, keys[i]);
		bind_int(q, 2, ROWS_OF_A_KEY);
		TRY(add_rows(l, q));
	}
	return ST_OK;
}

static enum status
add_beginnings(struct lookup *l, const char *form)
{
	static const char sql[] = "SELECT id, form, people FROM spelling"
	                          " WHERE form >= ?1 AND form < ?1 || '[' LIMIT ?2";
	sqlite3_stmt *q = db_query(l->op, sql);

	bind_text(q, 1, form);
	bind_int(q, 2, BEGINNINGS);
	return add_rows(l, q);
}

static enum status
add_exact(struct lookup *l, const char *form)
{
	static const char sql[] = "SELECT id, form, people FROM spelling WHERE form = ?1";
	sqlite3_stmt *q = db_query(l->op, sql);

	bind_text(q, 1, form);
	return add_rows(l, q);
}

static enum status
add_form(struct lookup *l, const char *form, unsigned kinds)
{
	int64_t keys[NAME_KEYS_MAX];

	if (kinds & NAME_KEY_SKELETON)
		TRY(add_exact(l, form));
	if (l->u->open && kinds & NAME_KEY_SKELETON)
		TRY(add_beginnings(l, form));
	/* many begin with the same consonants: only where no letters fit */
	if (l->u->open && kinds & NAME_KEY_BEGIN && l->u->best < LIKE_SPELLING)
		TRY(add_by_keys(l, keys, name_begin_keys(form, keys)));
	return add_by_keys(l, keys, name_keys(form, kinds & ~(unsigned)NAME_KEY_BEGIN, keys));
}

/* ---- judging ---- */

static int
like_of(const struct lookup *l, const char *form)
{
	int like = name_like(&l->probe, form, l->u->open), glued;

	if (!l->glued.form)
		return like;
	glued = name_like(&l->glued, form, l->u->open);
	like -= GLUED_LOSS;
	return glued > like ? glued : like;
}

static int
by_form(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return strcmp(x->form, y->form);
}

/* The likest first, of two alike the more frequent. */
static int
by_likeness(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->like != y->like)
		return y->like - x->like;
	return x->people < y->people ? 1 : x->people > y->people ? -1 : 0;
}

static size_t
unique(struct candidate *list, size_t n)
{
	size_t kept = 0;

	if (n > 0)
		qsort(list, n, sizeof(*list), by_form);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || strcmp(list[kept - 1].form, list[i].form) != 0)
			list[kept++] = list[i];
		else if (list[i].like > list[kept - 1].like)
			list[kept - 1].like = list[i].like;
	return kept;
}

/* What was there stays judged; what came is judged once; the best are kept. */
static void
judge(struct lookup *l)
{
	struct search_unit *u = l->u;
	struct candidate *list = l->rows.items;
	size_t n = unique(list, l->rows.n), kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (!list[i].like)
			list[i].like = like_of(l, list[i].form);
		if (list[i].like >= LIKE_SLIP)
			list[kept++] = list[i];
	}
	if (kept > CANDIDATES_MAX) {
		qsort(list, kept, sizeof(*list), by_likeness);
		kept = CANDIDATES_MAX;
		qsort(list, kept, sizeof(*list), by_form);
	}
	u->list = list;
	u->n = kept;
	u->best = 0;
	for (size_t i = 0; i < kept; i++)
		if (list[i].like > u->best)
			u->best = list[i].like;
}

/*
 * What is near a slip may be a spelling that the person does not have: the
 * others of the same name count too, as far as they are like the near one.
 */
static enum status
add_siblings(struct lookup *l)
{
	struct candidate near[SIBLINGS_OF];
	size_t n = 0;

	if (l->u->n > 1)
		qsort(l->u->list, l->u->n, sizeof(*l->u->list), by_likeness);
	while (n < l->u->n && n < SIBLINGS_OF && l->u->list[n].like >= SIBLINGS_FROM) {
		near[n] = l->u->list[n];
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		int64_t keys[NAME_KEYS_MAX];
		struct name_probe probe;
		struct candidate *rows;
		size_t before = l->rows.n;

		name_probe(near[i].form, false, &probe);
		TRY(add_by_keys(l, keys, name_keys(near[i].form, NAME_KEY_SKELETON, keys)));
		rows = l->rows.items;
		for (size_t k = before; k < l->rows.n; k++)
			rows[k].like = name_like(&probe, rows[k].form, false) * near[i].like / 100;
	}
	return ST_OK;
}

enum status
store_search_lookup(struct op *op, struct search_unit *u, unsigned kinds)
{
	struct lookup l = { .op = op, .u = u, .rows = { .size = sizeof(struct candidate) } };

	name_probe(u->form, u->bare, &l.probe);
	if (u->glued)
		name_probe(u->glued, u->bare, &l.glued);
	for (size_t i = 0; i < u->n; i++)
		*(struct candidate *)list_add(op->mem, &l.rows) = u->list[i];
	TRY(add_form(&l, u->form, kinds));
	if (u->glued)
		TRY(add_form(&l, u->glued, kinds));
	judge(&l);
	if (!(kinds & NAME_KEY_LETTER) || u->best >= LIKE_SPELLING)
		return ST_OK;
	l.rows.n = u->n;
	TRY(add_siblings(&l));
	judge(&l);
	return ST_OK;
}

int
search_unit_like(const struct search_unit *u, const char *form)
{
	struct candidate key = { .form = form }, *found = NULL;

	if (u->n > 0)
		found = bsearch(&key, u->list, u->n, sizeof(*u->list), by_form);
	return found ? found->like : 0;
}
