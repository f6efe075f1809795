/*
 * serve.c - layer 5: the loop of one session: read a line, answer it, look for
 * changes of others in between.  Called by main.c.
 */
#include "engine.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define LOOK_EVERY_MS 250        /* for changes of others */
#define SEND_TIMEOUT_MS 5000     /* for a client that does not read */
#define HELLO_TIMEOUT_MS 5000    /* for a stranger who does not say who they are */
#define CROWDED_TIMEOUT_MS 500   /* for one who has too many sessions already */
#define DRAIN_TIMEOUT_MS 2000    /* for one that is still sending when it is left */

static bool
answer(struct session *s, char *line)
{
	bool sent = !line || rpc_send_line(s->fd, line, SEND_TIMEOUT_MS);

	free(line);
	return sent;
}

static bool
tell(struct session *s, json_t *message)
{
	bool sent = !message || rpc_send(s->fd, message, SEND_TIMEOUT_MS);

	json_decref(message);
	return sent;
}

static const char *
protocol_sentence(int code)
{
	switch (code) {
	case RPC_PARSE_ERROR:
		return _("This line is no JSON.");
	case RPC_INVALID_PARAMS:
		return _("params must be an object with names.");
	default:
		return _("This is no JSON-RPC 2.0 request.");
	}
}

static bool
handle_request(struct session *s, const struct rpc_request *request)
{
	bool held;
	char *line;

	if (!hold_begin(s, request, &held))
		return false;
	line = run_request(s, request);
	return held ? hold_answer(s, request, line) : answer(s, line);
}

static bool
refuse_line(struct session *s, const json_t *id, int code)
{
	return hold_end(s) && tell(s, rpc_error(id, code, protocol_sentence(code),
	    json_pack("{s:s}", "status", status_name(ST_INVALID))));
}

/* Who has to wait has their answers meanwhile. */
static bool
keep_pace(struct session *s)
{
	int64_t wait = door_ask(s);

	if (wait == 0)
		return true;
	if (!hold_end(s))
		return false;
	door_wait(wait);
	return true;
}

static bool
handle_line(struct session *s, const char *line, size_t length)
{
	struct rpc_request request;
	int code = rpc_parse(line, length, &request);
	bool sent = keep_pace(s) && (code == 0 ? handle_request(s, &request)
	                                      : refuse_line(s, request.id, code));

	json_decref(request.message);
	/* kept waiting at the door, or asking on, they would fill the house */
	return sent && !s->door.crowded && !s->over;
}

static bool
handle_lines(struct session *s)
{
	enum rpc_read got;
	size_t length;
	char *line;

	while ((got = rpc_next_line(&s->in, &line, &length)) == RPC_LINE)
		if (!handle_line(s, line, length))
			return false;
	if (got != RPC_TOO_LONG)
		return true;
	tell(s, rpc_error(NULL, RPC_INVALID_REQUEST, _("The line is too long. Send at most a "
	    "megabyte at once."), json_pack("{s:s}", "status", status_name(ST_INVALID))));
	rpc_drain(s->fd, DRAIN_TIMEOUT_MS);
	return false;
}

/* Until when a peer whom we need not trust must have said who they are. */
static int64_t
hello_due(const struct session *s)
{
	return s->door.fd < 0 ? INT64_MAX :
	    clock_ticks() + (s->door.crowded ? CROWDED_TIMEOUT_MS : HELLO_TIMEOUT_MS);
}

/* Milliseconds until the next look; for ever while nobody is there to tell. */
static int
time_left(const struct session *s, int64_t look_due, int64_t hello_until)
{
	int64_t due = s->staff_id ? look_due : hello_until;
	int64_t left;

	if (looks_due(s) < due)
		due = looks_due(s);
	left = due - clock_ticks();

	return due == INT64_MAX ? -1 : left < 0 ? 0 : (int)left;
}

/* Requests and notifications until the client leaves, or has to. */
static void
serve_line(struct session *s)
{
	struct pollfd p = { .fd = s->fd, .events = POLLIN };
	int64_t due = 0, hello_until = hello_due(s);
	bool alive = true;

	while (alive && !s->over) {
		int n = poll(&p, 1, time_left(s, due, hello_until));

		if (n < 0 && errno != EINTR)
			break;
		if (n > 0)
			alive = rpc_fill(&s->in, s->fd) == RPC_MORE && handle_lines(s);
		if (!s->staff_id && clock_ticks() >= hello_until)
			break;
		/* also between the requests of a client that never rests */
		if (alive && clock_ticks() >= due) {
			alive = tell(s, run_changes(s));
			due = clock_ticks() + LOOK_EVERY_MS;
		}
		looks_rest(s);
	}
}

void
serve(struct session *s)
{
	s->mem = arena_new();
	looks_open(s);
	door_enter(s);
	serve_line(s);
	looks_close(s);
	door_leave(s);
	db_close(s->db);
	arena_free(s->mem);
	rpc_buffer_free(&s->in);
	free(s->client);
	close(s->fd);
}
