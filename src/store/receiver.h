/*
 * receiver.h - private to store/: who was told, or may be: a unit or a body
 * outside the office, as the columns of a consent and of a disclosure say it.
 */
#ifndef TRESEN_STORE_RECEIVER_H
#define TRESEN_STORE_RECEIVER_H

#include "db.h"
#include "store_disclosure.h"

/* From to_unit, its two names, body and its two names; en: 1 for the English ones. */
struct receiver read_receiver(struct op *op, sqlite3_stmt *q, int first, int en);

#endif
