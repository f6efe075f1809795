/*
 * verify_guess.c - layer 2: which column of an event was it?  Called by
 * verify_chain.c for an event whose hash does not fit.  A hash tells that
 * something was changed, not what: so each column is tried with what it may
 * have held, and where the hash fits then, it was that one for certain.
 * Only reads, ends after a bounded effort, and never tells a value.
 *
 * Tried are: nothing at all, one byte other, the end cut off or one byte
 * longer, what events nearby have, each second between the events before and
 * after, each object less or another one.
 */
#include "guess.h"

#define EFFORT (32 << 20)        /* bytes hashed for one event, then it stays unknown */
#define NEARBY 200               /* events to either side */
#define SECONDS_MOST 20000
#define TOPICS_MOST 1024
#define COLUMN_AT 1
#define COLUMN_TOPICS 8
#define REASON CHAIN_COLUMNS_N   /* of those that are hashed apart */
#define CHANGESET (CHAIN_COLUMNS_N + 1)

struct guess {
	struct op *op;
	struct arena *mem;
	const struct chain_walk *w;
	struct chain_event e;    /* as it may have been */
	unsigned char *salt;
	const unsigned char *prev; /* NULL: what was in the payload is looked for */
	int64_t effort;          /* left */
	bool found;
};

static const char *const columns[CHAIN_COLUMNS_N] = {
	"seq", "at", "staff_id", "unit", "site", "terminal", "command", "request_id", "topics",
};

/* ---- trying ---- */

static int64_t
size_of(const struct chain_event *e)
{
	int64_t n = 200 + (int64_t)e->n_objects * 30;

	for (int i = 0; i < CHAIN_COLUMNS_N; i++)
		n += (int64_t)e->column[i].n;
	return n;
}

static bool
go_on(const struct guess *g)
{
	return !g->found && g->effort > 0;
}

/* Was it that?  Once it was, or all effort is spent, nothing more is tried. */
static void
is_it(struct guess *g)
{
	unsigned char hash[CHAIN_HASH];

	if (!go_on(g))
		return;
	if (g->prev) {
		g->effort -= size_of(&g->e);
		chain_hash(g->prev, &g->e, g->w->payload.at, hash);
		g->found = memcmp(hash, g->w->hash.at, CHAIN_HASH) == 0;
	} else {
		g->effort -= (int64_t)(g->e.reason.n + g->e.changeset.n) + 100;
		chain_payload((struct slice){ g->salt, CHAIN_SALT }, &g->e, hash);
		g->found = memcmp(hash, g->w->payload.at, CHAIN_HASH) == 0;
	}
}

/* Bytes in the place of a column, at NULL: none. */
static void
put(struct guess *g, int column, const void *at, size_t n)
{
	struct chain_value *v;

	if (column == CHANGESET) {
		g->e.changeset = (struct slice){ at, n };
		return;
	}
	v = column == REASON ? &g->e.reason : &g->e.column[column];
	v->at = at;
	v->n = n;
}

static void
put_back(struct guess *g, int column)
{
	const struct chain_event *e = &g->w->event;

	if (column == CHANGESET)
		put(g, column, e->changeset.at, e->changeset.n);
	else if (column == REASON)
		put(g, column, e->reason.at, e->reason.n);
	else
		put(g, column, e->column[column].at, e->column[column].n);
}

/* One byte other, some less at the end, one more. */
static void
try_bytes(struct guess *g, int column, const void *was, size_t n)
{
	unsigned char *other = arena_alloc(g->mem, n + 1);

	if (n)
		memcpy(other, was, n);
	put(g, column, other, n);
	for (size_t i = 0; i < n && go_on(g); i++) {
		const unsigned char byte = other[i];

		for (int b = 1; b < 256 && go_on(g); b++) {
			other[i] = (unsigned char)(byte ^ b);
			is_it(g);
		}
		other[i] = byte;
	}
	for (size_t less = n; less > 0 && go_on(g); is_it(g))
		put(g, column, other, --less);
	put(g, column, other, n + 1);
	for (int b = 0; b < 256 && go_on(g); b++) {
		other[n] = (unsigned char)b;
		is_it(g);
	}
	put_back(g, column);
}

static void
try_value(struct guess *g, int column)
{
	const struct chain_event *e = &g->w->event;
	const struct chain_value *v = column == REASON ? &e->reason : &e->column[column];

	put(g, column, NULL, 0);
	is_it(g);
	put(g, column, "", 0);
	is_it(g);
	try_bytes(g, column, v->at, v->n);
}

static void
try_numbers(struct guess *g, int column, int64_t from, int64_t to)
{
	struct chain_value number;

	for (; from <= to && go_on(g); from++) {
		chain_int(&number, from);
		put(g, column, number.at, number.n);
		is_it(g);
	}
	put_back(g, column);
}

/* ---- what others have ---- */

static void
take_column(struct op *op, sqlite3_stmt *q, void *item)
{
	*(const char **)item = col_text(op, q, 0);
}

/* A value of events nearby. */
static enum status
try_nearby(struct guess *g, int column)
{
	static const char *const sql[] = {
#define FROM_NEARBY(c) "SELECT DISTINCT " c " FROM event WHERE seq BETWEEN ?1 - ?2 AND ?1 + ?2"
		[2] = FROM_NEARBY("staff_id") " UNION SELECT id FROM staff",
		[3] = FROM_NEARBY("unit") " UNION SELECT code FROM unit",
		[4] = FROM_NEARBY("site") " UNION SELECT code FROM site",
		[5] = FROM_NEARBY("terminal"), [6] = FROM_NEARBY("command"),
		[COLUMN_TOPICS] = FROM_NEARBY("topics"), [REASON] = FROM_NEARBY("reason"),
	};
	const char **texts;
	sqlite3_stmt *q;
	size_t n;

	if (!sql[column])
		return ST_OK;
	q = db_query(g->op, sql[column]);
	bind_int(q, 1, g->w->seq);
	bind_int(q, 2, NEARBY);
	TRY(db_all(g->op, q, take_column, sizeof(const char *), &texts, &n));
	for (size_t i = 0; i < n && go_on(g); i++) {
		put(g, column, texts[i], texts[i] ? strlen(texts[i]) : 0);
		is_it(g);
	}
	put_back(g, column);
	return ST_OK;
}

/* It happened between the events before and after. */
static enum status
try_instants(struct guess *g)
{
	static const char sql[] = "SELECT at FROM event WHERE seq = ?1";
	sqlite3_stmt *q = db_query(g->op, sql);
	int64_t from, to;

	bind_int(q, 1, g->w->seq - 1);
	TRY(db_number(g->op, q, &from));
	q = db_query(g->op, sql);
	bind_int(q, 1, g->w->seq + 1);
	TRY(db_number(g->op, q, &to));
	if (!from)
		from = to - SECONDS_MOST;
	if (!to || to - from > SECONDS_MOST)
		to = from + SECONDS_MOST;
	try_numbers(g, COLUMN_AT, from, to);
	return ST_OK;
}

/* ---- objects ---- */

static struct chain_object
object_of(const char *kind, int64_t id)
{
	return (struct chain_object){ .kind = kind, .n_kind = strlen(kind), .id = id };
}

static int
compare_objects(const struct chain_object *a, const struct chain_object *b)
{
	size_t n = a->n_kind < b->n_kind ? a->n_kind : b->n_kind;
	int order = memcmp(a->kind, b->kind, n);

	if (order || a->n_kind != b->n_kind)
		return order ? order : a->n_kind < b->n_kind ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* The objects without one of them (without n: all), and with one more. */
static void
try_objects(struct guess *g, size_t without, const struct chain_object *more)
{
	const struct chain_event *e = &g->w->event;
	struct chain_object *list = arena_array(g->mem, struct chain_object, e->n_objects + 1);
	size_t n = 0;
	bool placed = !more;

	for (size_t i = 0; i < e->n_objects; i++) {
		if (i == without)
			continue;
		if (!placed && compare_objects(more, &e->objects[i]) < 0) {
			list[n++] = *more;
			placed = true;
		}
		list[n++] = e->objects[i];
	}
	if (!placed)
		list[n++] = *more;
	g->e.objects = list;
	g->e.n_objects = n;
	is_it(g);
	g->e.objects = e->objects;
	g->e.n_objects = e->n_objects;
}

/* That one was there, too, or in the place of another. */
static void
try_object(struct guess *g, const struct chain_object *o)
{
	for (size_t i = 0; i <= g->w->event.n_objects && go_on(g); i++)
		try_objects(g, i, o);
}

/* Numbers of rows that the event changed: what it is about is mostly one of them. */
static void
try_changed_rows(struct guess *g, const char *const *kinds, size_t n)
{
	const struct slice all = g->w->event.changeset;
	struct changeset_walk w;

	if (!changeset_is_sound(all.at, all.n))
		return;
	changeset_walk_start(&w, all.at, all.n);
	while (go_on(g) && changeset_walk_next(&w)) {
		const unsigned char *at = w.old ? w.old : w.new;

		for (size_t i = 0; i < w.columns && go_on(g); i++) {
			int64_t id;
			bool is_number = changeset_number(at, &id);

			changeset_bind(&w, NULL, 0, &at);
			for (size_t k = 0; is_number && k < n && go_on(g); k++) {
				struct chain_object o = object_of(kinds[k], id);

				try_object(g, &o);
			}
		}
	}
}

static void
take_object(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct chain_object *)item = object_of(col_text(op, q, 0), col_int(q, 1));
}

static enum status
try_all_objects(struct guess *g)
{
	static const char sql_kinds[] = "SELECT DISTINCT kind FROM event_object";
	static const char sql[] = "SELECT DISTINCT kind, id FROM event_object"
	    " WHERE seq BETWEEN ?1 - ?2 AND ?1 + ?2"
	    " UNION SELECT kind, person_id FROM looked WHERE seq = ?1";
	struct chain_object *others;
	const char **kinds;
	sqlite3_stmt *q;
	size_t n, n_kinds;

	for (size_t i = 0; i < g->w->event.n_objects && go_on(g); i++)
		try_objects(g, i, NULL);
	TRY(db_all(g->op, db_query(g->op, sql_kinds), take_column, sizeof(const char *), &kinds,
	    &n_kinds));
	try_changed_rows(g, kinds, n_kinds);
	q = db_query(g->op, sql);
	bind_int(q, 1, g->w->seq);
	bind_int(q, 2, NEARBY);
	TRY(db_all(g->op, q, take_object, sizeof(*others), &others, &n));
	for (size_t i = 0; i < n && go_on(g); i++)
		try_object(g, &others[i]);
	return ST_OK;
}

/* ---- one event ---- */

/* The cheap ones first: bytes of long texts take most of the effort. */
static enum status
guess_column(struct guess *g, const char **column)
{
	for (int i = COLUMN_AT; i < CHAIN_COLUMNS_N && go_on(g); i++) {
		*column = columns[i];
		TRY(try_nearby(g, i));
	}
	if (go_on(g)) {
		*column = GUESS_OBJECT;
		TRY(try_all_objects(g));
	}
	if (go_on(g)) {
		*column = columns[COLUMN_AT];
		TRY(try_instants(g));
	}
	if (go_on(g)) {
		*column = columns[COLUMN_TOPICS];
		try_numbers(g, COLUMN_TOPICS, 0, TOPICS_MOST);
	}
	for (int i = COLUMN_AT; i < CHAIN_COLUMNS_N && go_on(g); i++) {
		*column = columns[i];
		try_value(g, i);
	}
	return ST_OK;
}

static void
try_salt(struct guess *g)
{
	for (size_t i = 0; i < CHAIN_SALT * 255 && go_on(g); i++) {
		unsigned char *byte = &g->salt[i / 255], was = *byte;

		*byte = (unsigned char)(was ^ (i % 255 + 1));
		is_it(g);
		*byte = was;
	}
}

static enum status
guess_payload(struct guess *g, const char **column)
{
	g->salt = arena_alloc(g->mem, CHAIN_SALT);
	memcpy(g->salt, g->w->salt.at, CHAIN_SALT);
	*column = "reason";
	TRY(try_nearby(g, REASON));
	try_value(g, REASON);
	if (go_on(g)) {
		*column = "salt";
		try_salt(g);
	}
	if (go_on(g)) {
		*column = "changeset";
		try_bytes(g, CHANGESET, g->e.changeset.at, g->e.changeset.n);
	}
	return ST_OK;
}

static enum status
guess_with(struct guess *g, enum status (*guess)(struct guess *g, const char **column),
           const char **column)
{
	enum status s;

	g->mem = arena_new();
	g->e = g->w->event;
	g->effort = EFFORT;
	s = guess(g, column);
	arena_free(g->mem);
	if (!g->found)
		*column = NULL;
	return s;
}

enum status
chain_guess_column(struct op *op, const struct chain_walk *w, const unsigned char prev[CHAIN_HASH],
                   const char **column)
{
	struct guess g = { .op = op, .w = w, .prev = prev };

	return guess_with(&g, guess_column, column);
}

enum status
chain_guess_payload(struct op *op, const struct chain_walk *w, const char **column)
{
	struct guess g = { .op = op, .w = w };

	TRY(guess_with(&g, guess_payload, column));
	/* what the recorder wrote is always whole */
	if (!*column && !changeset_is_sound(w->event.changeset.at, w->event.changeset.n))
		*column = "changeset";
	return ST_OK;
}
