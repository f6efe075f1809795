/*
 * chain.h - private to store/: the hash chain of the events.  What is hashed
 * is written down in tresen-internals(7): whoever changes it here changes it
 * there, and tests/proof.py.
 */
#ifndef TRESEN_STORE_CHAIN_H
#define TRESEN_STORE_CHAIN_H

#include "changeset.h"
#include "store_chain.h"

#define CHAIN_SALT 16

/* Columns that are hashed one by one, in this order; reason and changeset, which
 * the law may want gone, are hashed under a salt. */
#define CHAIN_COLUMNS                                                          \
	"seq, at, staff_id, unit, site, terminal, command, request_id, topics"
#define CHAIN_COLUMNS_N 9
#define CHAIN_COMMAND 6

/* A column's value: text, a number as its digits, or at NULL for none. */
struct chain_value {
	const void *at;
	size_t n;
	char digits[21];
};
void chain_int(struct chain_value *v, int64_t number);
void chain_text(struct chain_value *v, const char *text); /* NULL: none */

struct chain_object {
	const char *kind;
	size_t n_kind;
	int64_t id;
};

/* All of an event that its hash covers; objects by kind and id, rising. */
struct chain_event {
	struct chain_value column[CHAIN_COLUMNS_N], reason;
	struct slice changeset;
	const struct chain_object *objects;
	size_t n_objects;
};

struct chain_link {
	int64_t seq;
	unsigned char salt[CHAIN_SALT], payload[CHAIN_HASH], hash[CHAIN_HASH];
};

/* Draws the salt and fills in payload and hash of link; prev: the hash of the
 * event before, zeros for the first. */
void chain_seal(const struct chain_event *e, const unsigned char prev[CHAIN_HASH],
                struct chain_link *link);
/* SHA-256 of salt, reason and changeset. */
void chain_payload(struct slice salt, const struct chain_event *e, unsigned char hash[CHAIN_HASH]);
void chain_hash(const unsigned char prev[CHAIN_HASH], const struct chain_event *e,
                const unsigned char payload[CHAIN_HASH], unsigned char hash[CHAIN_HASH]);

/* The number and the hash of the newest event; 0 and zeros: there is none. */
MUST_CHECK enum status chain_end(struct op *op, struct chain_link *last);

/* The events of the file one after the other, each with its objects. */
struct chain_walk {
	struct op *op;
	sqlite3_stmt *events, *objects;
	bool object;             /* objects stands on a row */
	struct arena *mem;       /* of the event at hand */
	/* the event at hand, valid until the next */
	int64_t seq, at;
	struct chain_event event;
	struct slice salt, payload, hash;
	int64_t strays;          /* objects of events that are not there */
};
MUST_CHECK enum status chain_walk_start(struct op *op, struct chain_walk *w);
MUST_CHECK enum status chain_walk_next(struct chain_walk *w, bool *row);
void chain_walk_end(struct chain_walk *w);

#endif
