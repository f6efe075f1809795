/*
 * hello.c - layer 5: the first request of a session: which protocol, which
 * office, and who is asking.  Called by run.c.  Must never let in whom the
 * kernel does not name, but for the owner of a training office.
 */
#include "engine.h"
#include "run.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#define CLIENT_NAME_MAX 60

void
hello_language(struct session *s, const json_t *params)
{
	const char *code = json_string_value(json_object_get(params, "lang"));

	if (code)
		lang_by_code(code, &s->lang);
	lang_set(s->lang);
}

static void
take_client(struct session *s, const json_t *params)
{
	const char *name = json_string_value(json_object_get(params, "client"));

	free(s->client);
	s->client = strdup(text_first(s->mem, text_visible(s->mem, name ? name : "", false),
	    CLIENT_NAME_MAX));
}

static enum status
check_protocol(struct op *op, const json_t *params)
{
	int64_t asked = json_integer_value(json_object_get(params, "protocol"));

	if (asked == TRESEN_PROTOCOL)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "protocol",
	    _("This engine speaks protocol %d, the client %lld. Install the same version of both."),
	    TRESEN_PROTOCOL, (long long)asked);
}

/* Who this is: by uid; in a training office of one's own, by wish. */
static enum status
identify(struct session *s, struct op *op, const char *as, bool training)
{
	bool may_choose = training && s->peer == db_owner(s->db);

	if (!as)
		return store_staff_find(op, NULL, (int64_t)s->peer, &op->by);
	if (!may_choose)
		return op_fail_field(op, ST_DENIED, "as",
		    _("Acting as somebody else works only in a training office of your own."));
	TRY(store_staff_find(op, as, -1, &op->by));
	if (op->by)
		return ST_OK;
	return op_fail_field(op, ST_NOT_FOUND, "as",
	    _("Nobody here has the login \"%s\". Start without --as, and choose."), as);
}

static enum status
put_demo_staff(struct op *op, json_t *out)
{
	json_t *rows = json_array();
	struct staff *list;
	size_t n;

	json_object_set_new(out, "demo", rows);
	TRY(store_staff_list(op, NULL, true, &list, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_staff(&list[i]));
	return ST_OK;
}

static enum status
say_office(struct op *op, bool training, json_t *out)
{
	const char *name, *created;
	char iso[21], day[11], made[11];
	int64_t at;

	TRY(store_office_get(op, "name", &name));
	TRY(store_office_get(op, "created_at", &created));
	json_object_set_new(out, "protocol", json_integer(TRESEN_PROTOCOL));
	json_object_set_new(out, "server", json_string("tresen-engine/" TRESEN_VERSION));
	json_object_set_new(out, "office", json_pack("{s:s, s:b, s:s?}", "name", name,
	    "training", training, "made",
	    instant_parse(created, &at) ? day_iso(clock_day(at), made) : NULL));
	json_object_set_new(out, "now", json_string(instant_iso(op->now, iso)));
	json_object_set_new(out, "today", json_string(day_iso(op->today, day)));
	return ST_OK;
}

static enum status
greet(struct session *s, struct op *op, const json_t *params, json_t *out)
{
	const char *as = json_string_value(json_object_get(params, "as")), *training;
	struct call call = { .op = op, .out = out };
	bool train;

	TRY(store_office_get(op, "training", &training));
	train = strcmp(training, "yes") == 0;
	TRY(identify(s, op, as, train));
	TRY(say_office(op, train, out));
	if (!op->by && !(train && s->peer == db_owner(s->db)))
		return op_fail(op, ST_DENIED,
		    _("You are not registered here. Ask the administrator to add you."));
	TRY(key_fits(s, op));
	s->staff_id = op->by ? op->by->id : 0;
	if (!op->by) {
		json_object_set_new(out, "staff", json_null());
		return put_demo_staff(op, out);
	}
	json_object_set_new(out, "may", command_names(op->by));
	return command_find("staff.me")->run(&call);
}

static enum status
open_office(struct session *s, const char **why)
{
	enum status st;

	TRY(db_open(s->mem, s->path, &s->db, why));
	st = key_take(s, why);
	if (st == ST_OK)
		return ST_OK;
	db_close(s->db);
	s->db = NULL;
	return st;
}

/* A refusal that says where else to go: the client goes there by itself. */
static json_t *
refuse_hello(struct session *s, struct op *op, const json_t *id, enum status st)
{
	json_t *reply = error_reply(op, id, status_exit(st), st, NULL);
	json_t *data = json_object_get(json_object_get(reply, "error"), "data");

	if (s->elsewhere)
		json_object_set_new(data, "socket", json_string(s->elsewhere));
	return reply;
}

json_t *
hello(struct session *s, const struct rpc_request *request)
{
	json_t *out = json_object();
	const char *why = NULL;
	unsigned topics;
	enum status st;
	struct op op;

	hello_language(s, request->params);
	take_client(s, request->params);
	s->elsewhere = NULL;
	op = op_start(s);
	st = check_protocol(&op, request->params);
	if (st == ST_OK && !s->db) {
		st = open_office(s, &why);
		if (st != ST_OK)
			op_fail(&op, st, "%s", why);
	}
	op.db = s->db;
	if (st == ST_OK)
		st = db_begin_read(&op);
	if (st == ST_OK) {
		st = greet(s, &op, request->params, out);
		db_end_read(&op);
	}
	if (st == ST_OK)
		st = db_changes(&op, s->staff_id, &topics);
	if (st == ST_OK)
		return rpc_result(request->id, out);
	json_decref(out);
	return refuse_hello(s, &op, request->id, st);
}
