/*
 * guess.h - private to store/: which column of an event was changed.
 */
#ifndef TRESEN_STORE_GUESS_H
#define TRESEN_STORE_GUESS_H

#include "chain.h"

#define GUESS_OBJECT "event_object"

/* Of the event at hand, whose hash does not fit; NULL: it cannot be told. */
MUST_CHECK enum status chain_guess_column(struct op *op, const struct chain_walk *w,
                                          const unsigned char prev[CHAIN_HASH],
                                          const char **column);
/* Whose payload is not that of its salt, reason and changeset. */
MUST_CHECK enum status chain_guess_payload(struct op *op, const struct chain_walk *w,
                                           const char **column);

#endif
