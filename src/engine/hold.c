/*
 * hold.c - layer 5: answers that are held back: writes that a client asks for
 * together, without waiting for each answer, go to the disk by one sync, and
 * are answered after it.  Called by serve.c.  Must never send what is not on disk,
 * and never hold an answer while there is nothing left to do.
 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

#include "run.h"

#define HOLD_MS 3                /* nobody sees that */
#define SEND_TIMEOUT_MS 5000     /* for a client that does not read */

/* A read could take its time, and a hello opens another office. */
static bool
may_be_held(const struct session *s, const struct rpc_request *request)
{
	const struct command *c = command_find(request->method);

	return s->db && request->id && c && (c->flags & CMD_WRITE);
}

bool
hold_begin(struct session *s, const struct rpc_request *request, bool *held)
{
	*held = may_be_held(s, request) && (s->held.n > 0 || rpc_has_more(&s->in));
	if (!*held)
		return hold_end(s);
	if (s->held.n == 0)
		s->held.since = clock_ticks();
	db_put_off(s->db);
	return true;
}

bool
hold_answer(struct session *s, const struct rpc_request *request, char *line)
{
	struct held *h = &s->held;

	h->answer[h->n].id = json_incref(request->id);
	h->answer[h->n++].line = line;
	if (h->n < HELD_MOST && !s->over && rpc_has_more(&s->in) &&
	    clock_ticks() < h->since + HOLD_MS)
		return true;
	return hold_end(s);
}

/* Also who was refused is told so: they ask again. */
static void
doubt(struct held *h, struct op *op, enum status why)
{
	for (int i = 0; i < h->n; i++) {
		json_t *error = error_reply(op, h->answer[i].id, status_exit(why), why, NULL);

		free(h->answer[i].line);
		h->answer[i].line = rpc_line(error);
		json_decref(error);
	}
}

/* All of them as the one text that the client is sent. */
static char *
join(const struct held *h)
{
	size_t n = 1;
	char *text, *at;

	for (int i = 0; i < h->n; i++)
		n += strlen(h->answer[i].line);
	text = at = malloc(n);
	if (!text)
		bug("out of memory for a message");
	for (int i = 0; i < h->n; i++)
		at = stpcpy(at, h->answer[i].line);
	return text;
}

bool
hold_end(struct session *s)
{
	struct held *h = &s->held;
	enum status settled;
	struct op op;
	char *text;
	bool sent;

	if (h->n == 0)
		return true;
	op = op_start(s);
	settled = db_settle(&op);
	if (settled != ST_OK)
		doubt(h, &op, settled);
	text = join(h);
	sent = rpc_send_line(s->fd, text, SEND_TIMEOUT_MS);
	free(text);
	for (int i = 0; i < h->n; i++) {
		json_decref(h->answer[i].id);
		free(h->answer[i].line);
	}
	h->n = 0;
	return sent;
}
