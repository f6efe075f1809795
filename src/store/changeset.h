/*
 * changeset.h - private to store/: rows before and after as the bytes of a
 * changeset, and whether bytes are one.
 */
#ifndef TRESEN_STORE_CHANGESET_H
#define TRESEN_STORE_CHANGESET_H

#include "db.h"

#define KEY_NONE 0               /* a column's place in the key: not in it */

/* Values of a row, one behind the other; at NULL: the row is not there. */
struct slice {
	const unsigned char *at;
	size_t n;
};

/* Grows in its arena. */
struct buffer {
	struct arena *mem;
	unsigned char *at;
	size_t n, room;
};

/* real: of a column of real numbers, which SQLite hands over as whole ones if it can. */
void changeset_value(struct buffer *b, sqlite3_value *v, bool real);
/* Begins a table; key: a byte a column, its place in the primary key. */
void changeset_table(struct buffer *b, const char *name, int columns, const unsigned char *key);
bool changeset_differs(struct slice was, struct slice is);
/* A row of that table, which differs; indirect: only triggers changed it. */
void changeset_row(struct buffer *b, int columns, const unsigned char *key, struct slice was,
                   struct slice is, bool indirect);

/*
 * Are these bytes a changeset from the first to the last?  To be asked of what
 * a file holds: SQLite's own reader never ends on some that are not.
 */
bool changeset_is_sound(const void *bytes, size_t n);

/* The changes of a sound changeset, one after the other. */
struct changeset_walk {
	const unsigned char *at, *end;
	/* the change at hand, all of it within the bytes */
	const char *table;
	const unsigned char *key; /* a byte a column, its place in the primary key */
	size_t columns;
	int operation;            /* SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE */
	const unsigned char *old, *new; /* values of each side, one a column; NULL: none */
};
void changeset_walk_start(struct changeset_walk *w, const void *bytes, size_t n);
bool changeset_walk_next(struct changeset_walk *w);
/* Adds the values of the key of the change at hand, in the order of the columns. */
void changeset_walk_key(const struct changeset_walk *w, struct buffer *values);
/* The value of a column on one side of it; as long as the bytes stay. */
struct slice changeset_walk_value(const struct changeset_walk *w, const unsigned char *side,
                                  size_t column);
/* Is the value at at told? */
bool changeset_tells(const unsigned char *at);
/* Is it a whole number, and which? */
bool changeset_number(const unsigned char *at, int64_t *number);
/* Moves *at behind a value of w, which is bound to a parameter unless that is 0; the
 * bytes must stay until the statement has run. */
void changeset_bind(const struct changeset_walk *w, sqlite3_stmt *q, int parameter,
                    const unsigned char **at);

/* Is this row to be left out?  key: values of its key, in the order of columns. */
typedef bool changeset_gone(void *data, const char *table, struct slice key);
/* A sound changeset without the rows that are gone; false: nothing was left out. */
MUST_CHECK bool changeset_without(struct slice all, changeset_gone *gone, void *data,
                                  struct buffer *rest);

#endif
