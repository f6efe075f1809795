/*
 * write.c - layer 5: a request that changes something: line, transaction, command,
 * event, commit; and those of others that wait for the same lock.  Called by
 * run.c.  Must never leave a transaction open, nor the lock in its hands.
 */
#include "run.h"
#include "store_errand.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct write {
	const struct command *c;
	struct call *call;
	const char *request_id;  /* or NULL */
	bool done_before;        /* the reply of then is in call */
	char *text;              /* the result as it was kept, and as it is sent: made once */
};

/* The reply of a request that has been done already; *reply NULL: not yet. */
static enum status
earlier_reply(struct op *op, const struct write *w, json_t **reply)
{
	struct saved_reply found = { 0 };

	*reply = NULL;
	if (!w->request_id)
		return ST_OK;
	TRY(store_reply_find(op, w->request_id, &found));
	if (!found.reply)
		return ST_OK;
	if (strcmp(found.command, w->c->name) != 0)
		return op_fail_field(op, ST_INVALID, "request_id",
		    _("This request id was used for another command. Choose a new one."));
	*reply = json_loads(found.reply, 0, NULL);
	return ST_OK;
}

static enum status
keep_reply(struct op *op, struct write *w)
{
	if (!w->request_id || (w->c->flags & CMD_QUIET))
		return ST_OK;
	w->text = json_dumps(w->call->out, JSON_COMPACT);
	return store_reply_save(op, w->request_id, w->c->name, w->text);
}

/* Everything of a write between BEGIN and COMMIT. */
static enum status
write_inside(struct session *session, struct op *op, struct write *w)
{
	struct call *call = w->call;
	json_t *reply;

	TRY(check_right(session, op, w->c));
	TRY(earlier_reply(op, w, &reply));
	w->done_before = reply != NULL;
	if (reply) {
		json_decref(call->out);
		call->out = reply;
		return ST_OK;
	}
	/* what cannot be kept as text the command itself refuses */
	if (arg_text(call, "reason"))
		op->reason = text_clean(op->mem, arg_text(call, "reason"), true);
	TRY(w->c->run(call));
	TRY(keep_reply(op, w));
	return look_changed(session, op, w->c);
}

/* One transaction: all of it or nothing. */
static enum status
write_all(struct session *session, struct op *op, struct write *w)
{
	struct event_head head = { w->c->name, w->request_id, session->client };
	enum status s;

	TRY(db_begin_write(op));
	s = write_inside(session, op, w);
	if (s != ST_OK || w->done_before) {
		db_rollback(op);
		return s;
	}
	news_own(session, op);
	return w->c->flags & CMD_QUIET ? db_commit_quietly(op) : db_commit(op, &head);
}

/* ---- errands ---- */

/*
 * Acts on a case: short ones, and many at once; what a session knows of itself
 * does not enter into them but for what struct errand says.  Not where the session
 * has a key of its own: what is entrusted never lies beside others' errands.
 */
static bool
may_be_sent(const struct session *session, const struct write *w)
{
	return w->request_id && w->c->peek && !w->c->before && !session->key;
}

/* As its own session would do it, which has checked the arguments; NULL: it is to do
 * it itself, and be told why. */
static char *
do_errand(struct session *guest, const struct errand *e)
{
	struct rpc_request request;
	struct op op = op_start(guest);
	struct call call = { .op = &op, .out = json_object() };
	struct write w = { .call = &call };
	enum status s = ST_INVALID;

	if (rpc_parse(e->line, e->n, &request) == 0) {
		w.c = command_find(request.method);
		call.name = request.method;
		call.args = request.params;
		w.request_id = arg_text(&call, "request_id");
	}
	if (w.c && w.request_id && may_be_sent(guest, &w))
		s = write_all(guest, &op, &w);
	json_decref(request.message);
	json_decref(call.out);
	json_decref(call.told);
	if (s == ST_OK && !w.done_before)
		return w.text;
	free(w.text);
	return NULL;
}

/* Those who wait for the lock that this session has. */
static void
do_errands(const struct session *session)
{
	struct session guest = { .path = session->path, .other = session->other, .fd = -1,
	    .db = session->db, .lang = session->lang, .door.fd = -1 };
	struct errand e;

	if (session->key)
		return;
	while (errand_take(session->db, session->lang, &e)) {
		char *result;

		if (!guest.mem) {
			guest.mem = arena_new();
			looks_open(&guest);
		}
		guest.staff_id = e.staff_id;
		guest.client = (char *)(uintptr_t)e.client;
		result = do_errand(&guest, &e);
		errand_answer(session->db, result);
		free(result);
	}
	if (guest.mem) {
		looks_close(&guest);
		arena_free(guest.mem);
	}
}

/* ---- in line ---- */

/* A request that has been done already needs no second look. */
static enum status
look_before(struct session *session, struct op *op, const struct write *w,
            enum status (*look)(struct call *call))
{
	json_t *reply = NULL;
	enum status s;

	TRY(db_begin_read(op));
	s = check_right(session, op, w->c);
	if (s == ST_OK)
		s = earlier_reply(op, w, &reply);
	if (s == ST_OK && !reply && look)
		s = look(w->call);
	json_decref(reply);
	db_end_read(op);
	return s;
}

/*
 * The next in line uses the time: who may not act is refused before it keeps
 * anybody waiting, and what a write begins with is at hand when its turn comes.
 * *result: somebody else has done it.
 */
static enum status
line_up(struct session *session, const struct rpc_request *request, const struct write *w,
        const char **result)
{
	struct errand e = { .staff_id = session->staff_id, .lang = session->lang,
	    .client = session->client, .line = request->line, .n = request->length };
	struct op *op = w->call->op;
	bool next;
	enum status s;

	*result = NULL;
	if (may_be_sent(session, w))
		TRY(errand_send(op, &e, &next, result));
	else
		TRY(db_line_up(op, &next));
	if (!next)
		return ST_OK;
	s = look_before(session, op, w, w->c->peek);
	if (s != ST_OK)
		db_rollback(op);
	return s;
}

enum status
run_write(struct session *session, const struct rpc_request *request, const struct command *c,
          struct call *call, char **text)
{
	struct write w = { .c = c, .call = call, .request_id = arg_text(call, "request_id") };
	struct op *op = call->op;
	const char *result;
	enum status s, left;

	*text = NULL;
	if (c->before)
		TRY(look_before(session, op, &w, c->before));
	TRY(line_up(session, request, &w, &result));
	if (result) {
		*text = strdup(result);
		return ST_OK;
	}
	db_gather(op->db);
	s = write_all(session, op, &w);
	do_errands(session);
	left = db_leave(op);
	*text = w.text;
	if (s != ST_OK)
		return look_keep(session, op, s);
	/* who did it may have died before its sync */
	return left == ST_OK && w.done_before ? db_make_durable(op) : left;
}
