/*
 * store_chain.h - layer 2: the hash chain of the events, for tresen-admin: to
 * begin it, to prove it, to cut what the law wants gone.  Part of store.h by
 * noun.  What is hashed: tresen-internals(7).
 */
#ifndef TRESEN_STORE_CHAIN_PUBLIC_H
#define TRESEN_STORE_CHAIN_PUBLIC_H

#include "store_admin.h"

#define CHAIN_HASH 32            /* bytes of an event's hash */
/* The command of the event that says: those before were chained later. */
#define CHAIN_BEGIN "chain.begin"

/* How many events stand outside the chain, from the first one on; 0: none. */
MUST_CHECK enum status store_chain_missing(struct op *op, int64_t *events);
/* Chains them as they are now; needs a write transaction, whose event says so. */
MUST_CHECK enum status store_chain_begin(struct op *op);

/* What went by while the chain was proven. */
struct chain_seen {
	int64_t events;          /* the last one's number */
	int64_t begun, begun_at; /* events that were chained later, and when; 0: none */
	/* told of each event in turn, or NULL */
	void (*saw)(void *data, int64_t seq, int64_t at, const unsigned char hash[CHAIN_HASH]);
	void *data;
};
/*
 * The hashes as they stand there, of the events after seen->events, and where
 * they end.  Returns when all of them are on disk, within a view of the caller's.
 */
MUST_CHECK enum status store_chain_hashes(struct op *op, struct chain_seen *seen);
/*
 * Every event's hash anew, one after the other.  Faults say which event, when
 * it was, and which column where that can be told, never a value.
 */
MUST_CHECK enum status store_verify_chain(struct op *op, struct faults *f,
                                          struct chain_seen *seen);

/*
 * Takes away what an event says but for this reason (NULL: none) and the n bytes
 * of this changeset.  Within a write transaction, whose event then names the one
 * that was cut: the act of tresen-admin that deletes what the law wants gone, and
 * nobody else's.
 */
MUST_CHECK enum status store_event_cut(struct op *op, int64_t seq, const char *reason,
                                       const void *changeset, size_t n);

#endif
