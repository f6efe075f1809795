/*
 * run.h - private to engine/: what run.c, write.c and hello.c share.
 */
#ifndef TRESEN_ENGINE_RUN_H
#define TRESEN_ENGINE_RUN_H

#include "engine.h"

/* One action of this session, with its one reading of the clock. */
struct op op_start(struct session *s);
/* The refusal that op tells of; current: what a conflict lost against, or NULL. */
json_t *error_reply(struct op *op, const json_t *id, int code, enum status s,
                    const json_t *current);

/* Roles are read again at each request: who loses one, loses it now. */
MUST_CHECK enum status check_right(struct session *session, struct op *op,
                                   const struct command *c);
/* A request that changes something, from line to disk.  *text: its result, the
 * caller's, where it was kept as text; otherwise it is in call. */
MUST_CHECK enum status run_write(struct session *session, const struct rpc_request *request,
                                 const struct command *c, struct call *call, char **text);

/* The language that a hello asks for, before anything is said in it. */
void hello_language(struct session *s, const json_t *params);
/* session.hello; its reply, the caller's. */
json_t *hello(struct session *s, const struct rpc_request *request);

#endif
