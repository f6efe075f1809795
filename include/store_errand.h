/*
 * store_errand.h - layer 2: errands: a write that waits for the office lock is
 * done along by whoever holds it, in a transaction of its own.
 */
#ifndef TRESEN_STORE_ERRAND_H
#define TRESEN_STORE_ERRAND_H

#include "store.h"

struct errand {
	int64_t staff_id;        /* who asks; what they may is read anew by who does it */
	enum lang lang;
	const char *client;      /* as it named itself, or NULL */
	const char *line;        /* the request as it came; with an id, so that it is done once */
	size_t n;
};

/*
 * Lines up as db_line_up, unless somebody else does it meanwhile: then *result is
 * what came of it, as text in op->mem; it is on disk, and there is nothing to
 * give up.
 */
MUST_CHECK enum status errand_send(struct op *op, const struct errand *e, bool *next,
                                   const char **result);
/*
 * While the lock is held: the errand that waits longest, of those that a session
 * may do which speaks the same language and has the same key; until it is
 * answered.  False: there is none, or it has been enough for one time.
 */
bool errand_take(struct db *db, enum lang lang, struct errand *e);
/* What came of the errand taken last; NULL: who sent it is to do it.  It is told
 * when db_leave has brought it to the disk. */
void errand_answer(struct db *db, const char *result);

#endif
