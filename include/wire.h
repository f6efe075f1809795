/*
 * wire.h - layer 1: JSON-RPC 2.0, one message a line, over a stream socket.
 * Framing and message forms serve both programs; struct link is the client's
 * end.  The protocol itself is described in tresen-protocol(7).
 */
#ifndef TRESEN_WIRE_H
#define TRESEN_WIRE_H

#include <jansson.h>

#include "base.h"

/* A longer line closes the session: nobody types a megabyte. */
#define RPC_LINE_MAX (1u << 20)

#define RPC_PARSE_ERROR (-32700)
#define RPC_INVALID_REQUEST (-32600)
#define RPC_NO_METHOD (-32601)
#define RPC_INVALID_PARAMS (-32602)

/* ---- framing ---- */

enum rpc_read {
	RPC_LINE,                /* a whole line is there */
	RPC_MORE,                /* nothing whole yet */
	RPC_CLOSED,              /* the peer has gone */
	RPC_TOO_LONG,            /* the peer sends without end */
};

struct rpc_buffer {
	char *bytes;
	size_t used, size;
	size_t scanned;          /* no line break before this byte */
	size_t taken;            /* bytes of the line handed out last */
};

void rpc_buffer_free(struct rpc_buffer *b);
/* The next whole line already in b, without its break; valid until the next
 * call with b. */
enum rpc_read rpc_next_line(struct rpc_buffer *b, char **line, size_t *length);
/* Does another whole line lie in b, behind the one handed out last? */
bool rpc_has_more(const struct rpc_buffer *b);
/* Reads once from fd into b; RPC_MORE when something came. */
enum rpc_read rpc_fill(struct rpc_buffer *b, int fd);
/* Writes a line with its break; waits at most timeout_ms in all for a peer that
 * does not read.  False when the peer is lost. */
bool rpc_send_line(int fd, const char *line, int timeout_ms);
/* The same with a message, which it does not own. */
bool rpc_send(int fd, const json_t *message, int timeout_ms);
/* Ends a line on which the peer may still be sending: without this the kernel
 * would throw away what it has not read yet, our last sentence too. */
void rpc_drain(int fd, int timeout_ms);

/* ---- message forms; what they return is the caller's ---- */

struct rpc_request {
	json_t *message;         /* owns the rest; to be json_decref'ed */
	json_t *id;              /* NULL for a notification */
	const char *method;
	json_t *params;          /* an object, possibly empty */
	const char *line;        /* the caller's, as it came */
	size_t length;
};

/* 0, or a JSON-RPC error code; request->id is set where it could be read. */
int rpc_parse(const char *line, size_t length, struct rpc_request *request);
json_t *rpc_result(const json_t *id, json_t *result);
json_t *rpc_error(const json_t *id, int code, const char *sentence, json_t *data);
json_t *rpc_notification(const char *method, json_t *params);
/* As a line with its break. */
char *rpc_line(const json_t *message);
/* rpc_result of a result that is JSON text already. */
char *rpc_result_line(const json_t *id, const char *result);

/* ---- the client's end; a NULL link is no office: each call says so ---- */

struct link;

struct link_target {
	const char *db;          /* local mode: an office file of one's own */
	const char *office;      /* office mode: a unix socket */
	const char *as;          /* training only: act as this login; or NULL */
	const char *client;      /* "tresen/0.1.0" */
	enum lang lang;
};

/* What came back.  Exactly one of result and sentence is set. */
struct reply {
	enum status status;
	json_t *result;
	const char *sentence;    /* in the user's language */
	const char *field;       /* the argument at fault, or NULL */
	json_t *winner;          /* ST_CONFLICT: who, at, current; or NULL */
	json_t *data;            /* all that came with the sentence, or NULL */
	json_t *message;         /* owns all of the above */
};

void reply_done(struct reply *r);

/*
 * Connects or starts an engine and says hello; the result of session.hello is
 * in reply.  NULL when there is no engine, with the sentence in reply.
 */
struct link *link_open(const struct link_target *target, struct reply *reply);
/* The same session as another person (training): says hello again.  Refused,
 * one stays who one was. */
enum status link_hello_as(struct link *l, const char *login, struct reply *reply);
void link_close(struct link *l);

/*
 * One request, waiting for its reply.  Takes the reference to params (NULL:
 * none).  Adds a request id, if it has none, and repeats the request once over a new
 * connection when the line was lost, so that it is done exactly once.
 */
MUST_CHECK enum status link_call(struct link *l, const char *method, json_t *params,
                                 struct reply *reply);
/* Who waits longer than a second for a reply is told so, once a request. */
void link_when_slow(struct link *l, void (*tell)(void));
/* To be polled for notifications between requests. */
int link_fd(const struct link *l);
/*
 * Topics of `changed` notifications since the last call as an array of
 * strings, the caller's; NULL when nothing changed.  Never waits.
 */
json_t *link_changes(struct link *l);
/* False once the engine is lost and could not be had again. */
bool link_alive(const struct link *l);
/* Connects a lost link again, as the same person; true if it is alive now. */
bool link_retry(struct link *l);
/* True once after each return of a lost link: changes in between were not told. */
bool link_came_back(struct link *l);

#endif
