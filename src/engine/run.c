/*
 * run.c - layer 5: one request from identity to reply: who asks, may they, command;
 * writes go on in write.c.  Called by serve.c.  The only way to a command; must
 * never leave a transaction open.
 */
#include "engine.h"
#include "rules_rights.h"
#include "run.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct op
op_start(struct session *s)
{
	arena_reset(s->mem);
	return (struct op){ .mem = s->mem, .db = s->db, .now = clock_now(),
	    .today = clock_day(clock_now()), .lang = s->lang };
}

/* ---- replies ---- */

static json_t *
winner_of(struct op *op, const json_t *current)
{
	char iso[21];
	json_t *o = json_object();

	json_object_set_new(o, "who", json_string(op->fail.winner));
	json_object_set_new(o, "at", json_string(instant_iso(op->fail.winner_at, iso)));
	/* the object alone, without the key that names its kind */
	json_object_set(o, "current", current ? (json_t *)(uintptr_t)current : json_null());
	return o;
}

json_t *
error_reply(struct op *op, const json_t *id, int code, enum status s, const json_t *current)
{
	json_t *data = json_object();

	json_object_set_new(data, "status", json_string(status_name(s)));
	if (op->fail.field)
		json_object_set_new(data, "field", json_string(op->fail.field));
	if (op->fail.winner)
		json_object_set_new(data, "winner", winner_of(op, current));
	return rpc_error(id, code, op->fail.sentence, data);
}

/* ---- a command ---- */

static const json_t *
only_member(const json_t *object)
{
	void *first = json_object_iter((json_t *)(uintptr_t)object);

	return first ? json_object_iter_value(first) : NULL;
}

/* What a conflict lost against, read afresh for the loser: a look like any other. */
static enum status
read_current(struct session *session, struct call *call, const struct command *c)
{
	struct op *op = call->op;
	enum status s;

	op->touched = NULL;
	TRY(db_begin_read(op));
	s = c->current(call);
	if (s != ST_OK)
		json_object_clear(call->out);
	else
		s = look_weigh(session, call, c);
	db_end_read(op);
	return s == ST_OK || s == ST_DENIED ? look_keep(session, op, s) : ST_OK;
}

static json_t *
conflict_reply(struct session *session, struct op *op, const struct command *c,
               const json_t *args, const json_t *id)
{
	struct call call = { .op = op, .name = c->name, .args = args, .out = json_object() };
	struct failure kept = op->fail;
	enum status s = c->current && kept.winner ? read_current(session, &call, c) : ST_OK;
	json_t *reply;

	if (s == ST_OK) {
		s = ST_CONFLICT;
		op->fail = kept;
	}
	reply = error_reply(op, id, status_exit(s), s, only_member(call.out));
	json_decref(call.out);
	return reply;
}

enum status
check_right(struct session *session, struct op *op, const struct command *c)
{
	/* a write keeps the others waiting: it does without the labels */
	TRY(c->flags & CMD_WRITE ? store_staff_actor(op, session->staff_id, &op->by)
	                         : store_staff_by_id(op, session->staff_id, &op->by));
	if (!op->by)
		return op_fail(op, ST_DENIED,
		    _("You are not registered here. Ask the administrator to add you."));
	TRY(key_fits(session, op));
	if (command_may(c, op->by))
		return ST_OK;
	return op_fail(op, ST_DENIED, _("Your role (%s) may not do this. Who may, says: tresen staff "
	    "why what=%s"), role_label(op->by->role), c->name);
}

static enum status
run_read(struct session *session, struct op *op, const struct command *c, struct call *call)
{
	enum status s = db_begin_read(op);

	if (s != ST_OK)
		return s;
	s = check_right(session, op, c);
	if (s == ST_OK)
		s = c->run(call);
	if (s == ST_OK)
		s = look_weigh(session, call, c);
	db_end_read(op);
	return look_keep(session, op, s);
}

/* Adds to a refusal what the command had to say all the same; takes both. */
static json_t *
tell(json_t *told, json_t *reply)
{
	json_t *data = json_object_get(json_object_get(reply, "error"), "data");

	if (told)
		json_object_update_missing(data, told);
	json_decref(told);
	return reply;
}

/* A message as a line; takes it. */
static char *
line_of(json_t *message)
{
	char *line = rpc_line(message);

	json_decref(message);
	return line;
}

static json_t *
refusal(struct session *session, struct call *call, const struct command *c,
        const struct rpc_request *request, enum status s)
{
	if (call->told) {
		call->out = json_object();
		s = look_told(session, call, c, s);
		json_decref(call->out);
	}
	return tell(call->told, s == ST_CONFLICT ?
	    conflict_reply(session, call->op, c, request->params, request->id) :
	    error_reply(call->op, request->id, status_exit(s), s, NULL));
}

static char *
run_command(struct session *session, struct op *op, const struct command *c,
            const struct rpc_request *request)
{
	struct call call = { .op = op, .name = c->name, .args = request->params,
	    .out = json_object() };
	bool writes = (c->flags & CMD_WRITE) && !command_previews(c, request->params);
	enum status s = command_check(op, c, request->params);
	char *text = NULL, *line;

	if (s == ST_OK)
		s = writes ? run_write(session, request, c, &call, &text)
		           : run_read(session, op, c, &call);
	if (s == ST_OK && !text)
		return line_of(rpc_result(request->id, call.out));
	if (s == ST_STORE)
		session->over = db_is_lost(op);
	json_decref(call.out);
	line = s == ST_OK ? rpc_result_line(request->id, text)
	                  : line_of(refusal(session, &call, c, request, s));
	free(text);
	return line;
}

/* ---- the rest of a session ---- */

static json_t *
tell_commands(struct session *s, const struct rpc_request *request)
{
	struct op op = op_start(s);
	json_t *out = json_object();

	if (s->staff_id && store_staff_by_id(&op, s->staff_id, &op.by) != ST_OK)
		op.by = NULL;
	json_object_set_new(out, "commands", command_list(op.by));
	return rpc_result(request->id, out);
}

static json_t *
refuse_request(struct session *s, const json_t *id, int code, enum status st,
               const char *sentence)
{
	struct op op = op_start(s);

	op_fail(&op, st, "%s", sentence);
	return error_reply(&op, id, code, st, NULL);
}

static json_t *
crowded(struct session *s, const struct rpc_request *request)
{
	hello_language(s, request->params);
	return refuse_request(s, request->id, status_exit(ST_BUSY), ST_BUSY,
	    _("You have too many sessions open at once. Close one and try again."));
}

static char *
dispatch(struct session *s, const struct rpc_request *request)
{
	const struct command *c = command_find(request->method);
	struct op op;

	if (s->door.crowded)
		return line_of(crowded(s, request));
	if (strcmp(request->method, "session.hello") == 0)
		return line_of(hello(s, request));
	if (!s->db)
		return line_of(refuse_request(s, request->id, status_exit(ST_DENIED), ST_DENIED,
		    _("Say session.hello first.")));
	if (strcmp(request->method, "session.commands") == 0)
		return line_of(tell_commands(s, request));
	if (!c)
		return line_of(refuse_request(s, request->id, RPC_NO_METHOD, ST_INVALID,
		    _("There is no such command. session.commands lists them.")));
	if (!s->staff_id)
		return line_of(refuse_request(s, request->id, status_exit(ST_DENIED), ST_DENIED,
		    _("Say who you are first: session.hello with \"as\".")));
	op = op_start(s);
	op.command = c->name;
	return run_command(s, &op, c, request);
}

/* First what the request before has shown. */
static char *
keep_and_dispatch(struct session *s, const struct rpc_request *request)
{
	struct op op = op_start(s);
	enum status kept = look_next(s, &op, request);

	return kept == ST_OK ? dispatch(s, request)
	                     : line_of(error_reply(&op, request->id, status_exit(kept), kept,
	                           NULL));
}

char *
run_request(struct session *s, const struct rpc_request *request)
{
	char *line = keep_and_dispatch(s, request);

	if (request->id)
		return line;
	free(line);
	return NULL;
}
