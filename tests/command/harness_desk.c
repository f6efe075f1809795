/*
 * harness_desk.c - sessions with a real engine, see harness_desk.h.
 */
#include "harness_desk.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>


int64_t
ticks_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- the line ---- */

static pid_t
start_engine(struct office *o, int fd)
{
	char engine[PATH_MAX], clock[PATH_MAX + 16];
	char *argv[] = { engine, (char[]){ "--db" }, (char *)(uintptr_t)office_db(o), NULL };
	char *env[] = { clock, (char[]){ "PATH=/usr/bin:/bin" }, (char[]){ "LANG=C.UTF-8" },
		(char[]){ "TZ=Pacific/Auckland" }, NULL };
	posix_spawn_file_actions_t actions;
	pid_t pid;

	program_path("tresen-engine", engine, sizeof(engine));
	snprintf(clock, sizeof(clock), "TRESEN_NOW=%s", office_clock_file(o));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, 0);
	ck_assert_int_eq(posix_spawn(&pid, engine, &actions, NULL, argv, env), 0);
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

struct desk *
desk_at(struct office *o, int fd, pid_t engine)
{
	struct desk *d = calloc(1, sizeof(*d));

	ck_assert_ptr_nonnull(d);
	*d = (struct desk){ .office = o, .login = "", .fd = fd, .engine = engine,
		.news = json_array() };
	return d;
}

static struct desk *
desk_start(struct office *o, const char *login)
{
	struct desk *d;
	int pair[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	d = desk_at(o, pair[0], start_engine(o, pair[1]));
	d->login = login ? login : "";
	close(pair[1]);
	return d;
}

struct desk *
desk_try_open(struct office *o, const char *login)
{
	struct desk *d = desk_start(o, login);
	json_t *reply = desk_try_with(d, "session.hello", json_pack("{s:i, s:s, s:s, s:s}",
	    "protocol", 1, "client", "test/1", "lang", "en", "as", login));

	if (reply && json_object_get(reply, "result"))
		return d;
	desk_kill(d);
	return NULL;
}

struct desk *
desk_open(struct office *o, const char *login)
{
	struct desk *d = login ? desk_try_open(o, login) : desk_start(o, login);

	ck_assert_msg(d != NULL, "no session as %s", login);
	return d;
}

static int
free_desk(struct desk *d)
{
	int status;

	close(d->fd);
	waitpid(d->engine, &status, 0);
	json_decref(d->last);
	json_decref(d->news);
	free(d->bytes);
	free(d);
	return status;
}

void
desk_close(struct desk *d)
{
	int status = free_desk(d);

	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the engine ended with %x",
	    (unsigned)status);
}

void
desk_kill(struct desk *d)
{
	kill(d->engine, SIGKILL);
	free_desk(d);
}

static bool
send_all(struct desk *d, const char *text, size_t left)
{
	while (left > 0) {
		ssize_t n = send(d->fd, text, left, MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			text += n;
			left -= (size_t)n;
		}
	}
	return true;
}

void
desk_line(struct desk *d, const char *line)
{
	char *text;
	int n = asprintf(&text, "%s\n", line);

	/* in one piece, as far as the kernel has room for it */
	ck_assert_int_gt(n, 0);
	send_all(d, text, (size_t)n);
	free(text);
}

/* A message out of the bytes received; NULL: none is whole yet. */
static json_t *
take_message(struct desk *d)
{
	char *end = d->used ? memchr(d->bytes, '\n', d->used) : NULL;
	size_t n = end ? (size_t)(end - d->bytes) : 0;
	json_t *message;

	if (!end)
		return NULL;
	message = json_loadb(d->bytes, n, 0, NULL);
	ck_assert_msg(message != NULL, "no JSON: %.*s", (int)n, d->bytes);
	d->used -= n + 1;
	memmove(d->bytes, end + 1, d->used);
	return message;
}

/* Reads what is there; false when the line is closed or ms have passed. */
static bool
receive(struct desk *d, int ms)
{
	struct pollfd p = { .fd = d->fd, .events = POLLIN };
	ssize_t n;

	if (d->room - d->used < 65536) {
		d->room = d->room * 2 + 65536;
		d->bytes = realloc(d->bytes, d->room);
		ck_assert_ptr_nonnull(d->bytes);
	}
	if (poll(&p, 1, ms) <= 0)
		return false;
	n = recv(d->fd, d->bytes + d->used, d->room - d->used, 0);
	if (n <= 0)
		return false;
	d->used += (size_t)n;
	return true;
}

/* A notification goes to the news. */
static bool
is_news(struct desk *d, json_t *message)
{
	if (json_object_get(message, "id"))
		return false;
	ck_assert_str_eq(str(message, "method"), "changed");
	json_array_extend(d->news, at(message, "params.topics"));
	return true;
}

json_t *
desk_reply(struct desk *d)
{
	int64_t until = ticks_ms() + DEADLINE_MS;

	json_decref(d->last);
	d->last = NULL;
	for (;;) {
		json_t *message = take_message(d);

		if (message && !is_news(d, message))
			return d->last = message;
		if (message)
			json_decref(message);
		else if (!receive(d, (int)(until - ticks_ms())))
			break;
	}
	ck_assert_msg(ticks_ms() < until, "no reply to %s within %d ms", d->asked, DEADLINE_MS);
	return NULL;
}

void
desk_send(struct desk *d, const char *method, json_t *params)
{
	json_t *message = json_pack("{s:s, s:i, s:s, s:o}", "jsonrpc", "2.0", "id", ++d->next_id,
	    "method", method, "params", params ? params : json_object());
	char *line = json_dumps(message, JSON_COMPACT);

	snprintf(d->asked, sizeof(d->asked), "%s", method);
	desk_line(d, line);
	free(line);
	json_decref(message);
}

json_t *
desk_try_with(struct desk *d, const char *method, json_t *params)
{
	json_t *reply;

	desk_send(d, method, params);
	reply = desk_reply(d);
	if (reply)
		ck_assert_int_eq(num(reply, "id"), d->next_id);
	return reply;
}

json_t *
desk_ask_with(struct desk *d, const char *method, json_t *params)
{
	json_t *reply = desk_try_with(d, method, params);

	ck_assert_msg(reply != NULL, "%s: the engine closed the line", method);
	return reply;
}

json_t *
desk_ask(struct desk *d, const char *method, const char *args, ...)
{
	json_error_t error;
	json_t *params = NULL;
	va_list list;

	va_start(list, args);
	if (args)
		params = json_vpack_ex(&error, 0, args, list);
	va_end(list);
	ck_assert_msg(!args || params, "%s: %s", args, args ? error.text : "");
	return desk_ask_with(d, method, params);
}

/* ---- looking at replies ---- */

const char *
reply_status(const json_t *reply)
{
	return json_object_get(reply, "result") ? "OK" : str(reply, "error.data.status");
}

static void
fail_with(const json_t *o, const char *expected, const char *file, int line)
{
	char *text = json_dumps(o, JSON_COMPACT);

	ck_abort_msg("%s:%d: expected %s, got %.2000s", file, line, expected, text);
}

json_t *
desk_done_at(json_t *reply, const char *file, int line)
{
	json_t *result = json_object_get(reply, "result");

	if (!result)
		fail_with(reply, "a result", file, line);
	return result;
}

static int
exit_code_of(const char *status)
{
	static const struct { const char *name; int code; } codes[] = {
		{ "INVALID", 65 }, { "NOT_FOUND", 66 }, { "CONFLICT", 1 }, { "DENIED", 77 },
		{ "BUSY", 75 }, { "STORE", 74 },
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (strcmp(codes[i].name, status) == 0)
			return codes[i].code;
	return -1;
}

json_t *
desk_refused_at(json_t *reply, const char *status, const char *file, int line)
{
	json_t *error = json_object_get(reply, "error");

	if (!error || strcmp(str(error, "data.status"), status) != 0)
		fail_with(reply, status, file, line);
	ck_assert_int_eq(num(error, "code"), exit_code_of(status));
	ck_assert_msg(strlen(str(error, "message")) > 10, "%s:%d: no sentence", file, line);
	return error;
}

json_t *
at(const json_t *o, const char *path)
{
	char *words = strdup(path), *state = NULL;
	json_t *v = (json_t *)(uintptr_t)o;

	for (char *w = strtok_r(words, ".", &state); w; w = strtok_r(NULL, ".", &state)) {
		json_t *inner = json_is_array(v) ? json_array_get(v, (size_t)atoi(w))
		                                 : json_object_get(v, w);

		if (!inner)
			fail_with(o, path, __FILE__, __LINE__);
		v = inner;
	}
	free(words);
	return v;
}

int64_t
num(const json_t *o, const char *path)
{
	json_t *v = at(o, path);

	if (!json_is_integer(v))
		fail_with(o, path, __FILE__, __LINE__);
	return json_integer_value(v);
}

const char *
str(const json_t *o, const char *path)
{
	json_t *v = at(o, path);

	if (!json_is_string(v))
		fail_with(o, path, __FILE__, __LINE__);
	return json_string_value(v);
}

bool
has_words(const json_t *o, const char *words)
{
	char *text = json_dumps(o, JSON_COMPACT | JSON_ENCODE_ANY);
	bool is = strstr(text, words) != NULL;

	free(text);
	return is;
}

static size_t
count_within(const json_t *o, const char *keys)
{
	char *words = strdup(keys), *state = NULL;
	size_t n = 0;

	for (char *w = strtok_r(words, " ", &state); w; w = strtok_r(NULL, " ", &state), n++)
		if (!json_object_get(o, w))
			fail_with(o, w, __FILE__, __LINE__);
	free(words);
	return n;
}

void
keys_within(const json_t *o, const char *keys)
{
	count_within(o, keys);
}

void
keys_are(const json_t *o, const char *keys)
{
	if (count_within(o, keys) != json_object_size(o))
		fail_with(o, keys, __FILE__, __LINE__);
}

static bool
has_news(const struct desk *d, const char *topic)
{
	size_t i;
	json_t *v;

	json_array_foreach(d->news, i, v)
		if (strcmp(json_string_value(v), topic) == 0)
			return true;
	return false;
}

void
desk_hear(struct desk *d, const char *topic, int ms)
{
	int64_t until = ticks_ms() + ms;
	json_t *message;

	while (!has_news(d, topic)) {
		while ((message = take_message(d))) {
			ck_assert(is_news(d, message));
			json_decref(message);
		}
		if (has_news(d, topic))
			break;
		ck_assert_msg(ticks_ms() < until && receive(d, (int)(until - ticks_ms())),
		    "no news of %s within %d ms", topic, ms);
	}
}

void
desk_await_news(struct desk *d, const char *topic, int ms)
{
	desk_hear(d, topic, ms);
	json_array_clear(d->news);
}

/* ---- shortcuts ---- */

int64_t
a_person(struct desk *d, const char *family)
{
	/* stories are full of people who are alike: a clerk would have to say why */
	return num(desk_do(d, "person.new", "{s:s, s:s, s:s, s:s}", "family", family, "given",
	    "Rania", "born", "1990-05-03", "reason", "both were here"), "person.id");
}

int64_t
a_case(struct desk *d, int64_t person)
{
	return num(desk_do(d, "case.open", "{s:I, s:s}", "person", person, "service", "S02"),
	    "case.id");
}

void
office_admin(struct office *o, const char *verb)
{
	char admin[PATH_MAX], command[3 * PATH_MAX], said[4096];
	size_t n;
	FILE *f;
	int status;

	program_path("tresen-admin", admin, sizeof(admin));
	snprintf(command, sizeof(command), "'%s' %s '%s' 2>&1", admin, verb, office_db(o));
	f = popen(command, "r");
	ck_assert_ptr_nonnull(f);
	n = fread(said, 1, sizeof(said) - 1, f);
	said[n] = '\0';
	status = pclose(f);
	ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s says: %s", verb, said);
}

void
office_sound(struct office *o)
{
	office_admin(o, "check");
}

int64_t
office_number_of(struct office *o, const char *sql)
{
	sqlite3_stmt *q = NULL;
	sqlite3 *db;
	int64_t value;

	ck_assert_int_eq(sqlite3_open_v2(office_db(o), &db, SQLITE_OPEN_READWRITE, NULL), 0);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_busy_timeout(db, 5000);
	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK, "%s: %s", sql,
	    sqlite3_errmsg(db));
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	value = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return value;
}
