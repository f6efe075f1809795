/*
 * link.c - layer 1: the client's end of the line.  Connects to an office
 * socket or starts an engine of its own, sends a request, waits for its
 * reply, repeats it once over a new connection when the line was lost.
 * Called by client/ and screen/.  Must never interpret a result.
 */
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* A writer waits 5 s for the office lock; the rest is for a loaded machine. */
#define REPLY_TIMEOUT_MS 20000
/* From here on a clerk wonders whether the key was taken. */
#define SLOW_MS 1000
/* An engine of ours whose line is closed ends by itself, if it runs at all. */
#define END_TIMEOUT_MS 2000

struct link {
	struct link_target target;
	char *as;                /* who we are after link_hello_as */
	char *office;            /* another socket, where the first one sent us; or NULL */
	int fd;                  /* -1: no engine */
	pid_t engine;            /* our own engine, 0 in office mode */
	int64_t last_id;
	struct rpc_buffer in;
	json_t *topics;          /* collected from notifications, or NULL */
	void (*slow)(void);      /* tells that a reply takes long, or NULL */
	bool came_back;          /* over a new line that nobody has asked about yet */
};

void
reply_done(struct reply *r)
{
	json_decref(r->message);
	*r = (struct reply){ 0 };
}

static enum status
reply_fail(struct reply *r, enum status s, const char *sentence)
{
	r->message = json_pack("{s:s}", "message", sentence);
	r->sentence = json_string_value(json_object_get(r->message, "message"));
	return r->status = s;
}

static enum status
unreachable(struct link *l, struct reply *r)
{
	char never[PATH_MAX + 200];

	if (l->target.office && !l->last_id) {
		snprintf(never, sizeof(never), _("The office cannot be reached at %s. Check the path; "
		    "if it is right, ask the administrator."), l->target.office);
		return reply_fail(r, ST_UNREACHABLE, never);
	}
	if (l->target.office)
		return reply_fail(r, ST_UNREACHABLE,
		    _("The office cannot be reached. Wait a moment and try again; what you "
		      "typed is still here."));
	if (l->last_id) /* there was one to send to */
		return reply_fail(r, ST_UNREACHABLE,
		    _("The engine ended before it answered. Try again; if that does not help, "
		      "tell the administrator."));
	return reply_fail(r, ST_UNREACHABLE,
	    _("The engine cannot be started. Check that tresen-engine lies beside tresen."));
}

/* ---- connecting ---- */

static int
connect_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(address.sun_path))
		return -1;
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* The engine lies beside this program, wherever both were put. */
static bool
engine_path(char path[static PATH_MAX])
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n <= 0)
		return false;
	self[n] = '\0';
	return snprintf(path, PATH_MAX, "%s/tresen-engine", dirname(self)) < PATH_MAX &&
	    access(path, X_OK) == 0;
}

/*
 * A session of its own: neither ^C nor the hang-up of the terminal reaches
 * the engine, which leaves when our end of the socket closes.
 */
_Noreturn static void
become_engine(const char *path, const char *db, int fd)
{
	int null = open("/dev/null", O_RDWR);

	setsid();
	dup2(fd, 0);
	dup2(null, 1);
	if (isatty(2))
		dup2(null, 2);
	execl(path, "tresen-engine", "--db", db, (char *)NULL);
	_exit(EXIT_BUG);
}

static int
spawn_engine(const char *db, pid_t *engine)
{
	char path[PATH_MAX];
	int pair[2];

	if (!engine_path(path) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return -1;
	*engine = fork();
	if (*engine == 0)
		become_engine(path, db, pair[1]);
	close(pair[1]);
	if (*engine > 0)
		return pair[0];
	*engine = 0;
	close(pair[0]);
	return -1;
}

/* One that is stopped or stuck would be waited for without end.  What it had not
 * committed is not done: the same request may be sent to another one. */
static void
end_engine(pid_t engine)
{
	struct pollfd p = { .fd = pidfd_open(engine, 0), .events = POLLIN };

	if (p.fd >= 0) {
		if (poll(&p, 1, END_TIMEOUT_MS) == 0)
			kill(engine, SIGKILL);
		close(p.fd);
	}
	while (waitpid(engine, NULL, 0) < 0 && errno == EINTR)
		continue;
}

static void
disconnect(struct link *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
	rpc_buffer_free(&l->in);
	if (l->engine > 0)
		end_engine(l->engine);
	l->engine = 0;
}

static bool
reconnect(struct link *l)
{
	disconnect(l);
	l->fd = l->target.office ? connect_socket(l->office ? l->office : l->target.office)
	                         : spawn_engine(l->target.db, &l->engine);
	return l->fd >= 0;
}

/* ---- one request ---- */

static void
collect_topics(struct link *l, const json_t *message)
{
	const json_t *params = json_object_get(message, "params");
	json_t *topics = json_object_get(params, "topics");

	if (!json_is_array(topics))
		return;
	if (!l->topics)
		l->topics = json_array();
	json_array_extend(l->topics, topics);
}

static void
read_reply(struct reply *r, json_t *message)
{
	const json_t *error = json_object_get(message, "error");
	const json_t *data = json_object_get(error, "data");

	*r = (struct reply){ .message = message, .status = ST_OK };
	r->result = json_object_get(message, "result");
	if (!error)
		return;
	r->status = status_by_name(json_string_value(json_object_get(data, "status")));
	r->sentence = json_string_value(json_object_get(error, "message"));
	r->field = json_string_value(json_object_get(data, "field"));
	r->winner = json_object_get(data, "winner");
	r->data = json_object_get(error, "data");
}

/* Handles lines that have come: RPC_LINE once the awaited reply is among them,
 * RPC_MORE when it is not yet, RPC_CLOSED after what no engine says. */
static enum rpc_read
take_lines(struct link *l, int64_t awaited, struct reply *r)
{
	char *line;
	size_t length;

	while (rpc_next_line(&l->in, &line, &length) == RPC_LINE) {
		json_t *message = json_loadb(line, length, 0, NULL);
		const json_t *id = json_object_get(message, "id");

		if (awaited && json_is_integer(id) && json_integer_value(id) == awaited) {
			read_reply(r, message);
			return RPC_LINE;
		}
		if (!json_is_string(json_object_get(message, "method"))) {
			json_decref(message);
			return RPC_CLOSED;
		}
		collect_topics(l, message);
		json_decref(message);
	}
	return RPC_MORE;
}

static bool
await_reply(struct link *l, int64_t id, struct reply *r)
{
	int64_t began = clock_ticks();
	bool told = !l->slow;
	enum rpc_read got;

	while ((got = take_lines(l, id, r)) == RPC_MORE) {
		struct pollfd p = { .fd = l->fd, .events = POLLIN };
		int64_t waited = clock_ticks() - began;
		int64_t left = (told ? REPLY_TIMEOUT_MS : SLOW_MS) - waited;

		if (left <= 0 && told)
			return false;
		if (left <= 0) {
			told = true;
			l->slow();
		} else if (poll(&p, 1, (int)left) > 0 && rpc_fill(&l->in, l->fd) != RPC_MORE) {
			return false;
		}
	}
	return got == RPC_LINE;
}

static bool
send_request(struct link *l, const char *method, json_t *params, struct reply *r)
{
	int64_t id = ++l->last_id;
	json_t *m = json_pack("{s:s, s:I, s:s, s:O}", "jsonrpc", "2.0", "id", (json_int_t)id,
	    "method", method, "params", params);
	bool sent = rpc_send(l->fd, m, REPLY_TIMEOUT_MS);

	json_decref(m);
	return sent && await_reply(l, id, r);
}

/* An engine older or newer than this program might mean something else. */
static void
check_engine(struct reply *r)
{
	const json_t *staff = json_object_get(r->result, "staff");

	if (r->status != ST_OK ||
	    (json_integer_value(json_object_get(r->result, "protocol")) == TRESEN_PROTOCOL &&
	     json_is_object(json_object_get(r->result, "office")) &&
	     (!json_is_object(staff) || json_is_array(json_object_get(r->result, "may")))))
		return;
	reply_done(r);
	reply_fail(r, ST_UNREACHABLE, _("The engine of the office speaks another protocol than this "
	    "program. Ask the administrator to install the same version of both."));
}

static bool
say_hello(struct link *l, struct reply *r)
{
	json_t *params = json_pack("{s:i, s:s, s:s}", "protocol", TRESEN_PROTOCOL, "client",
	    l->target.client, "lang", lang_code(l->target.lang));
	bool answered;

	if (l->as)
		json_object_set_new(params, "as", json_string(l->as));
	answered = send_request(l, "session.hello", params, r);
	json_decref(params);
	if (answered)
		check_engine(r);
	return answered;
}

/* An office may have several engines; one that is not ours says which one is. */
static bool
hello(struct link *l, struct reply *r)
{
	const char *socket;

	if (!say_hello(l, r))
		return false;
	socket = json_string_value(json_object_get(r->data, "socket"));
	if (!socket || !l->target.office || l->office)
		return true;
	l->office = strdup(socket);
	reply_done(r);
	return reconnect(l) && say_hello(l, r);
}

/* A lost line: connect again as the same person. */
static bool
come_back(struct link *l)
{
	struct reply r = { 0 };
	bool back = reconnect(l) && hello(l, &r) && r.status == ST_OK;

	reply_done(&r);
	if (back)
		l->came_back = true;
	else
		disconnect(l);
	return back;
}

/* A form is looked at before there is an office. */
static enum status
no_office(json_t *params, struct reply *r)
{
	json_decref(params);
	*r = (struct reply){ 0 };
	return reply_fail(r, ST_UNREACHABLE, _("There is no office behind this."));
}

enum status
link_call(struct link *l, const char *method, json_t *params, struct reply *r)
{
	struct arena *mem;
	bool answered = false;

	if (!l)
		return no_office(params, r);
	mem = arena_new();
	*r = (struct reply){ 0 };
	if (!params)
		params = json_object();
	if (!json_object_get(params, "request_id"))
		json_object_set_new(params, "request_id", json_string(random_id(mem)));
	arena_free(mem);
	if (l->fd >= 0)
		answered = send_request(l, method, params, r);
	if (!answered && come_back(l))
		answered = send_request(l, method, params, r);
	json_decref(params);
	if (answered)
		return r->status;
	disconnect(l);
	return unreachable(l, r);
}

/* ---- the session ---- */

struct link *
link_open(const struct link_target *target, struct reply *r)
{
	struct link *l = calloc(1, sizeof(*l));

	if (!l)
		bug("out of memory");
	*r = (struct reply){ 0 };
	l->target = *target;
	l->as = target->as ? strdup(target->as) : NULL;
	l->fd = -1;
	if (!reconnect(l) || !hello(l, r))
		unreachable(l, r);
	if (r->status == ST_OK)
		return l;
	link_close(l);
	return NULL;
}

enum status
link_hello_as(struct link *l, const char *login, struct reply *r)
{
	char *before = l->as;

	*r = (struct reply){ 0 };
	l->as = strdup(login);
	if ((l->fd < 0 || !hello(l, r)) && (!reconnect(l) || !hello(l, r))) {
		disconnect(l);
		unreachable(l, r);
	}
	if (r->status == ST_OK) {
		free(before);
		return ST_OK;
	}
	free(l->as);
	l->as = before; /* a lost line comes back as whom the engine knew */
	return r->status;
}

void
link_close(struct link *l)
{
	if (!l)
		return;
	disconnect(l);
	json_decref(l->topics);
	free(l->as);
	free(l->office);
	free(l);
}

void
link_when_slow(struct link *l, void (*tell)(void))
{
	l->slow = tell;
}

int
link_fd(const struct link *l)
{
	return l ? l->fd : -1;
}

bool
link_alive(const struct link *l)
{
	return !l || l->fd >= 0;
}

bool
link_retry(struct link *l)
{
	return link_alive(l) || come_back(l);
}

bool
link_came_back(struct link *l)
{
	bool came_back = l && l->came_back;

	if (came_back)
		l->came_back = false;
	return came_back;
}

json_t *
link_changes(struct link *l)
{
	struct pollfd p = { .fd = l->fd, .events = POLLIN };
	struct reply none = { 0 };
	json_t *topics;

	if (l->fd >= 0 && poll(&p, 1, 0) > 0 && rpc_fill(&l->in, l->fd) != RPC_MORE)
		disconnect(l);
	if (l->fd >= 0)
		take_lines(l, 0, &none);
	topics = l->topics;
	l->topics = NULL;
	return topics;
}
