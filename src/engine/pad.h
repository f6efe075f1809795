/*
 * pad.h - private to engine/: what is written down before an answer leaves, until
 * the log has it; see pad.c.
 */
#ifndef TRESEN_ENGINE_PAD_H
#define TRESEN_ENGINE_PAD_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base.h"

/* A place in OFFICE.db-shown, this process's own for as long as it lives. */
struct pad {
	int fd;                  /* -1: none could be had */
	off_t at;
	bool second;             /* what stands there was written into its second half */
};

void pad_take(struct pad *p, const char *office);
/* What was written before is gone then; false: nothing was written for sure. */
bool pad_write(struct pad *p, const json_t *what);
void pad_clear(const struct pad *p);
void pad_leave(struct pad *p);

/* What a process that is gone has left, from *at on; NULL: no more.  It stays
 * with this process until pad_settle, done: it need not be kept any longer. */
json_t *pad_left(const struct pad *p, off_t *at);
void pad_settle(const struct pad *p, off_t at, bool done);

/* ---- from there into the log ---- */

struct session;
struct op;
/* Appends the event of a look: the objects touched.  look.c. */
MUST_CHECK enum status look_append(struct op *op, int64_t staff_id, const char *command,
                                   const char *client);
/* What killed processes left.  left.c. */
void left_keep(struct session *s, const struct pad *pad);

#endif
