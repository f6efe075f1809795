/*
 * changeset.c - layer 2: the bytes of a changeset, as SQLite's session
 * extension documents them: it reads what is written here (event.c,
 * replay.c).  Called by record.c; the check of strange bytes by who reads.
 *
 * For each table 'T', the number of columns, a byte a column (its place in
 * the primary key), the name; then its rows: what happened, whether only
 * triggers did it, and the values.
 */
#include "changeset.h"

/* ---- values ---- */

static void
add(struct buffer *b, const void *bytes, size_t n)
{
	if (b->room - b->n < n) {
		size_t room = b->room ? b->room : 512;
		unsigned char *grown;

		while (room - b->n < n)
			room *= 2;
		grown = arena_alloc(b->mem, room);
		if (b->n)
			memcpy(grown, b->at, b->n);
		b->at = grown;
		b->room = room;
	}
	if (n)
		memcpy(b->at + b->n, bytes, n);
	b->n += n;
}

static void
add_byte(struct buffer *b, int byte)
{
	unsigned char c = (unsigned char)byte;

	add(b, &c, 1);
}

/* Seven bits a byte, the highest first; all but the last have the high bit. */
static void
add_length(struct buffer *b, size_t n)
{
	unsigned char bytes[10];
	size_t at = sizeof(bytes) - 1;

	for (bytes[at] = n & 0x7f; n >>= 7;)
		bytes[--at] = (unsigned char)((n & 0x7f) | 0x80);
	add(b, bytes + at, sizeof(bytes) - at);
}

static void
add_eight(struct buffer *b, uint64_t value)
{
	unsigned char bytes[8];

	for (int i = 7; i >= 0; i--, value >>= 8)
		bytes[i] = (unsigned char)(value & 0xff);
	add(b, bytes, sizeof(bytes));
}

/* Types are written as SQLite numbers them; 0 is a value not told. */
void
changeset_value(struct buffer *b, sqlite3_value *v, bool real)
{
	int given = sqlite3_value_type(v);
	int type = given == SQLITE_INTEGER && real ? SQLITE_FLOAT : given;
	const void *bytes;
	uint64_t bits;
	double number;
	size_t n;

	add_byte(b, type);
	switch (type) {
	case SQLITE_INTEGER:
		add_eight(b, (uint64_t)sqlite3_value_int64(v));
		break;
	case SQLITE_FLOAT:
		number = sqlite3_value_double(v);
		memcpy(&bits, &number, sizeof(bits));
		add_eight(b, bits);
		break;
	case SQLITE_TEXT:
	case SQLITE_BLOB:
		bytes = type == SQLITE_TEXT ? (const void *)sqlite3_value_text(v)
		                            : sqlite3_value_blob(v);
		n = (size_t)sqlite3_value_bytes(v);
		add_length(b, n);
		add(b, bytes, n);
		break;
	default:
		break;
	}
}

/* The length at *at, which is moved behind it; false when it does not end. */
static bool
take_length(const unsigned char **at, const unsigned char *end, size_t *n)
{
	*n = 0;
	for (int i = 0; i < 5 && *at < end; i++) {
		unsigned char c = *(*at)++;

		*n = *n << 7 | (c & 0x7f);
		if (!(c & 0x80))
			return true;
	}
	return false;
}

/* Moves *at behind a value; false when it is none. */
static bool
skip_value(const unsigned char **at, const unsigned char *end)
{
	size_t n = 0;

	if (*at == end)
		return false;
	switch (*(*at)++) {
	case 0:
	case SQLITE_NULL:
		return true;
	case SQLITE_INTEGER:
	case SQLITE_FLOAT:
		n = 8;
		break;
	case SQLITE_TEXT:
	case SQLITE_BLOB:
		if (!take_length(at, end, &n))
			return false;
		break;
	default:
		return false;
	}
	if ((size_t)(end - *at) < n)
		return false;
	*at += n;
	return true;
}

/* ---- writing ---- */

void
changeset_table(struct buffer *b, const char *name, int columns, const unsigned char *key)
{
	add_byte(b, 'T');
	add_length(b, (size_t)columns);
	add(b, key, (size_t)columns);
	add(b, name, strlen(name) + 1);
}

/* One side of an update: what differs, and in the old one also the key. */
static void
add_side(struct buffer *b, int columns, const unsigned char *key, struct slice was,
         struct slice is, bool old)
{
	const unsigned char *was_end = was.at + was.n, *is_end = is.at + is.n;

	for (int i = 0; i < columns; i++) {
		const unsigned char *w = was.at, *v = is.at;
		bool same;

		invariant(skip_value(&was.at, was_end) && skip_value(&is.at, is_end));
		same = was.at - w == is.at - v && memcmp(w, v, (size_t)(was.at - w)) == 0;
		if (same && !(old && key[i] != KEY_NONE))
			add_byte(b, 0);
		else if (old)
			add(b, w, (size_t)(was.at - w));
		else
			add(b, v, (size_t)(is.at - v));
	}
}

bool
changeset_differs(struct slice was, struct slice is)
{
	if (!was.at || !is.at)
		return was.at || is.at;
	return was.n != is.n || memcmp(was.at, is.at, is.n) != 0;
}

void
changeset_row(struct buffer *b, int columns, const unsigned char *key, struct slice was,
              struct slice is, bool indirect)
{
	add_byte(b, !was.at ? SQLITE_INSERT : !is.at ? SQLITE_DELETE : SQLITE_UPDATE);
	add_byte(b, indirect);
	if (!was.at) {
		add(b, is.at, is.n);
	} else if (!is.at) {
		add(b, was.at, was.n);
	} else {
		add_side(b, columns, key, was, is, true);
		add_side(b, columns, key, was, is, false);
	}
}

/* ---- reading ---- */

/* One row's values; not_told: some may be missing, but none of the key. */
static bool
skip_row(const unsigned char **at, const unsigned char *end, const unsigned char *key, size_t n,
         bool may_miss, bool may_miss_key)
{
	for (size_t i = 0; i < n; i++) {
		bool told = *at < end && **at != 0;

		if (!told && !(key[i] == KEY_NONE ? may_miss : may_miss_key))
			return false;
		if (!skip_value(at, end))
			return false;
	}
	return true;
}

static bool
skip_change(const unsigned char **at, const unsigned char *end, const unsigned char *key, size_t n)
{
	int operation;

	if (end - *at < 2 || (*at)[1] > 1)
		return false;
	operation = **at;
	*at += 2;
	if (operation == SQLITE_INSERT || operation == SQLITE_DELETE)
		return skip_row(at, end, key, n, false, false);
	return operation == SQLITE_UPDATE && skip_row(at, end, key, n, true, false) &&
	    skip_row(at, end, key, n, true, true);
}

/* A table's name and key, and its changes: at least one. */
static bool
skip_table(const unsigned char **at, const unsigned char *end)
{
	const unsigned char *key, *name;
	bool has_key = false;
	size_t n;

	if (*(*at)++ != 'T' || !take_length(at, end, &n) || n == 0 || (size_t)(end - *at) < n)
		return false;
	key = *at;
	for (size_t i = 0; i < n; i++)
		has_key |= key[i] != KEY_NONE;
	name = *at += n;
	*at = memchr(name, '\0', (size_t)(end - name));
	if (!has_key || !*at || *at == name)
		return false;
	for (++*at; *at < end && **at != 'T';)
		if (!skip_change(at, end, key, n))
			return false;
	return true;
}

bool
changeset_is_sound(const void *bytes, size_t n)
{
	const unsigned char *at = bytes, *end = at + n;

	while (at < end)
		if (!skip_table(&at, end))
			return false;
	return true;
}

void
changeset_walk_start(struct changeset_walk *w, const void *bytes, size_t n)
{
	*w = (struct changeset_walk){ .at = bytes, .end = (const unsigned char *)bytes + n };
}

static void
walk_into_table(struct changeset_walk *w)
{
	w->at++;
	invariant(take_length(&w->at, w->end, &w->columns));
	w->key = w->at;
	w->table = (const char *)(w->at += w->columns);
	w->at += strlen(w->table) + 1;
}

static const unsigned char *
walk_over_row(struct changeset_walk *w)
{
	const unsigned char *row = w->at;

	for (size_t i = 0; i < w->columns; i++)
		invariant(skip_value(&w->at, w->end));
	return row;
}

bool
changeset_walk_next(struct changeset_walk *w)
{
	if (w->at == w->end)
		return false;
	if (*w->at == 'T')
		walk_into_table(w);
	w->operation = *w->at;
	w->at += 2;
	w->old = w->operation == SQLITE_INSERT ? NULL : walk_over_row(w);
	w->new = w->operation == SQLITE_DELETE ? NULL : walk_over_row(w);
	return true;
}

struct slice
changeset_walk_value(const struct changeset_walk *w, const unsigned char *side, size_t column)
{
	const unsigned char *from = side;

	for (size_t i = 0; i <= column && i < w->columns; i++) {
		from = side;
		invariant(skip_value(&side, w->end));
	}
	return (struct slice){ from, (size_t)(side - from) };
}

/* Of a row at at; key: a byte a column. */
static void
add_key(struct buffer *values, const unsigned char *at, const unsigned char *end,
        const unsigned char *key, size_t columns)
{
	for (size_t i = 0; i < columns; i++) {
		const unsigned char *from = at;

		invariant(skip_value(&at, end));
		if (key[i] != KEY_NONE)
			add(values, from, (size_t)(at - from));
	}
}

void
changeset_walk_key(const struct changeset_walk *w, struct buffer *values)
{
	add_key(values, w->old ? w->old : w->new, w->end, w->key, w->columns);
}

bool
changeset_tells(const unsigned char *at)
{
	return *at != 0;
}

static uint64_t
take_eight(const unsigned char *at)
{
	uint64_t value = 0;

	for (int i = 0; i < 8; i++)
		value = value << 8 | at[i];
	return value;
}

bool
changeset_number(const unsigned char *at, int64_t *number)
{
	if (*at != SQLITE_INTEGER)
		return false;
	*number = (int64_t)take_eight(at + 1);
	return true;
}

void
changeset_bind(const struct changeset_walk *w, sqlite3_stmt *q, int parameter,
               const unsigned char **at)
{
	const unsigned char *value = *at, *bytes = value + 1;
	uint64_t bits;
	double number;
	size_t n = 0;

	invariant(skip_value(at, w->end));
	if (!parameter)
		return;
	switch (*value) {
	case SQLITE_INTEGER:
		sqlite3_bind_int64(q, parameter, (int64_t)take_eight(bytes));
		return;
	case SQLITE_FLOAT:
		bits = take_eight(bytes);
		memcpy(&number, &bits, sizeof(number));
		sqlite3_bind_double(q, parameter, number);
		return;
	case SQLITE_TEXT:
	case SQLITE_BLOB:
		invariant(take_length(&bytes, *at, &n));
		if (*value == SQLITE_TEXT)
			sqlite3_bind_text(q, parameter, (const char *)bytes, (int)n, SQLITE_STATIC);
		else
			bind_blob(q, parameter, bytes, (int)n);
		return;
	default:
		sqlite3_bind_null(q, parameter);
	}
}

/* ---- leaving out ---- */

bool
changeset_without(struct slice all, changeset_gone *gone, void *data, struct buffer *rest)
{
	const unsigned char *at = all.at, *end = all.at + all.n;
	struct buffer values = { .mem = rest->mem };
	bool taken = false;

	while (at < end) {
		const unsigned char *table = at++, *key, *name;
		bool told = false;
		size_t n;

		invariant(take_length(&at, end, &n));
		key = at;
		name = at += n;
		at += strlen((const char *)name) + 1;
		for (const unsigned char *head_end = at; at < end && *at != 'T';) {
			const unsigned char *change = at;

			invariant(skip_change(&at, end, key, n));
			values.n = 0;
			add_key(&values, change + 2, end, key, n);
			if (gone(data, (const char *)name, (struct slice){ values.at, values.n })) {
				taken = true;
				continue;
			}
			if (!told)
				add(rest, table, (size_t)(head_end - table));
			told = true;
			add(rest, change, (size_t)(at - change));
		}
	}
	return taken;
}
