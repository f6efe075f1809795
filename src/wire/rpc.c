/*
 * rpc.c - layer 1: framing and message forms of JSON-RPC 2.0.  Called by
 * engine/serve.c and wire/link.c.  Must never act on what a message says.
 */
#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_CHUNK 16384

void
rpc_buffer_free(struct rpc_buffer *b)
{
	free(b->bytes);
	*b = (struct rpc_buffer){ 0 };
}

/* Gives up the line handed out last. */
static void
drop_taken(struct rpc_buffer *b)
{
	if (b->taken == 0)
		return;
	b->used -= b->taken;
	memmove(b->bytes, b->bytes + b->taken, b->used);
	b->taken = b->scanned = 0;
}

enum rpc_read
rpc_next_line(struct rpc_buffer *b, char **line, size_t *length)
{
	char *end;

	drop_taken(b);
	if (b->used == b->scanned)
		return RPC_MORE;
	end = memchr(b->bytes + b->scanned, '\n', b->used - b->scanned);
	if (!end) {
		b->scanned = b->used;
		return b->used >= RPC_LINE_MAX ? RPC_TOO_LONG : RPC_MORE;
	}
	*line = b->bytes;
	*length = (size_t)(end - b->bytes);
	*end = '\0';
	b->taken = *length + 1;
	return RPC_LINE;
}

bool
rpc_has_more(const struct rpc_buffer *b)
{
	return b->used > b->taken && memchr(b->bytes + b->taken, '\n', b->used - b->taken);
}

enum rpc_read
rpc_fill(struct rpc_buffer *b, int fd)
{
	ssize_t n;

	drop_taken(b);
	if (b->size - b->used < READ_CHUNK) {
		b->size = b->size ? b->size * 2 : 2 * READ_CHUNK;
		b->bytes = realloc(b->bytes, b->size);
		if (!b->bytes)
			bug("out of memory for a message");
	}
	/* never wait here: urgent data (MSG_OOB) makes poll call and is nothing to read */
	do
		n = recv(fd, b->bytes + b->used, READ_CHUNK, MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return RPC_MORE;
	if (n <= 0)
		return RPC_CLOSED;
	b->used += (size_t)n;
	return RPC_MORE;
}

/* In all, not for each byte: who takes one now and then would hold us for ever. */
static bool
wait_writable(int fd, int64_t left_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	if (left_ms <= 0)
		return false;
	return poll(&p, 1, (int)left_ms) > 0 || errno == EINTR;
}

bool
rpc_send_line(int fd, const char *line, int timeout_ms)
{
	size_t left = strlen(line);
	const char *at = line;
	int64_t until = clock_ticks() + timeout_ms;

	while (left > 0) {
		ssize_t n = send(fd, at, left, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n > 0) {
			at += n;
			left -= (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			if (!wait_writable(fd, until - clock_ticks()))
				break;
		} else if (errno != EINTR) {
			break;
		}
	}
	return left == 0;
}

bool
rpc_send(int fd, const json_t *message, int timeout_ms)
{
	char *line = rpc_line(message);
	bool sent = rpc_send_line(fd, line, timeout_ms);

	free(line);
	return sent;
}

void
rpc_drain(int fd, int timeout_ms)
{
	int64_t until = clock_ticks() + timeout_ms, left;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char waste[READ_CHUNK];

	shutdown(fd, SHUT_WR);
	while ((left = until - clock_ticks()) > 0 && poll(&p, 1, (int)left) > 0 &&
	    recv(fd, waste, sizeof(waste), MSG_DONTWAIT) > 0)
		continue;
}

/* An id may be a string or a number (JSON-RPC 2.0, section 4). */
static bool
id_ok(const json_t *id)
{
	return !id || json_is_string(id) || json_is_integer(id);
}

int
rpc_parse(const char *line, size_t length, struct rpc_request *r)
{
	const char *version;
	json_t *message = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);

	*r = (struct rpc_request){ .message = message, .line = line, .length = length };
	if (!message)
		return RPC_PARSE_ERROR;
	if (!json_is_object(message) || !id_ok(json_object_get(message, "id")))
		return RPC_INVALID_REQUEST;
	r->id = json_object_get(message, "id");
	version = json_string_value(json_object_get(message, "jsonrpc"));
	r->method = json_string_value(json_object_get(message, "method"));
	r->params = json_object_get(message, "params");
	if (!version || strcmp(version, "2.0") != 0 || !r->method)
		return RPC_INVALID_REQUEST;
	if (!r->params) {
		r->params = json_object();
		json_object_set_new(message, "params", r->params);
	}
	return json_is_object(r->params) ? 0 : RPC_INVALID_PARAMS;
}

static json_t *
envelope(const json_t *id)
{
	json_t *m = json_object();

	json_object_set_new(m, "jsonrpc", json_string("2.0"));
	json_object_set_new(m, "id", id ? json_deep_copy(id) : json_null());
	return m;
}

char *
rpc_line(const json_t *message)
{
	char *line = json_dumps(message, JSON_COMPACT);
	size_t n;

	if (!line)
		bug("a message that is no JSON");
	n = strlen(line);
	line = realloc(line, n + 2);
	if (!line)
		bug("out of memory for a message");
	memcpy(line + n, "\n", 2);
	return line;
}

char *
rpc_result_line(const json_t *id, const char *result)
{
	char *id_text = id ? json_dumps(id, JSON_COMPACT | JSON_ENCODE_ANY) : NULL, *line;

	if (asprintf(&line, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}\n",
	        id_text ? id_text : "null", result) < 0)
		bug("out of memory for a message");
	free(id_text);
	return line;
}

json_t *
rpc_result(const json_t *id, json_t *result)
{
	json_t *m = envelope(id);

	json_object_set_new(m, "result", result);
	return m;
}

json_t *
rpc_error(const json_t *id, int code, const char *sentence, json_t *data)
{
	json_t *m = envelope(id);
	json_t *error = json_object();

	json_object_set_new(error, "code", json_integer(code));
	json_object_set_new(error, "message", json_string(sentence ? sentence : ""));
	if (data)
		json_object_set_new(error, "data", data);
	json_object_set_new(m, "error", error);
	return m;
}

json_t *
rpc_notification(const char *method, json_t *params)
{
	json_t *m = json_object();

	json_object_set_new(m, "jsonrpc", json_string("2.0"));
	json_object_set_new(m, "method", json_string(method));
	json_object_set_new(m, "params", params);
	return m;
}
