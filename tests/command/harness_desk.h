/*
 * harness_desk.h - a desk: one session with a real tresen-engine, spoken to by
 * hand-written lines of JSON-RPC.  Shared by the kinds command, load, fault.
 *
 * No function sleeps: every wait is a poll with a deadline that fails the test.
 */
#ifndef TRESEN_TEST_HARNESS_DESK_H
#define TRESEN_TEST_HARNESS_DESK_H

#include <check.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "../screen/harness_office.h"

struct desk {
	struct office *office;
	const char *login;       /* "" : nobody */
	int fd;
	pid_t engine;
	char *bytes;             /* received, not yet read */
	size_t used, room;
	json_t *last;            /* reply to the last question */
	json_t *news;            /* array of topics of `changed` not yet taken */
	int next_id;
	char asked[80];          /* the last question */
};

/* A desk at a session that is there already: this end of its line, its process. */
struct desk *desk_at(struct office *o, int fd, pid_t engine);
/* Starts an engine and says hello as login (NULL: does not say hello). */
struct desk *desk_open(struct office *o, const char *login);
/* The same; NULL when the engine dies over it. */
struct desk *desk_try_open(struct office *o, const char *login);
/* Closes the line and waits for the engine: it must end well. */
void desk_close(struct desk *d);
/* Kills the engine with SIGKILL. */
void desk_kill(struct desk *d);

/* One line as it is. */
void desk_line(struct desk *d, const char *line);
/* The next message that is no notification; NULL when the line is closed. */
json_t *desk_reply(struct desk *d);

/*
 * A request; the whole reply, until the next call with d.  args: a format of
 * json_pack for the params ("{s:i}", ...), or NULL.
 */
json_t *desk_ask(struct desk *d, const char *method, const char *args, ...);
/* Sends only; desk_reply reads the answer.  Takes the reference to params. */
void desk_send(struct desk *d, const char *method, json_t *params);
/* The same as desk_ask with params as an object, whose reference is taken. */
json_t *desk_ask_with(struct desk *d, const char *method, json_t *params);
/* The same without a failed test when the line breaks: NULL then. */
json_t *desk_try_with(struct desk *d, const char *method, json_t *params);
/* A request that must be done; its result. */
#define desk_do(d, ...) desk_done_at(desk_ask(d, __VA_ARGS__), __FILE__, __LINE__)
json_t *desk_done_at(json_t *reply, const char *file, int line);
/* A request that must be refused with a status, a sentence and its code. */
#define desk_refused(d, status, ...)                                           \
	desk_refused_at(desk_ask(d, __VA_ARGS__), status, __FILE__, __LINE__)
json_t *desk_refused_at(json_t *reply, const char *status, const char *file, int line);

/* "OK", "DENIED", ... of a reply. */
const char *reply_status(const json_t *reply);
/* A value by its path, "case.person.id"; must be there. */
json_t *at(const json_t *o, const char *path);
int64_t num(const json_t *o, const char *path);
const char *str(const json_t *o, const char *path);
/* Do these words stand anywhere in it? */
bool has_words(const json_t *o, const char *words);
/* Fails unless o has exactly the keys named, blanks between. */
void keys_are(const json_t *o, const char *keys);
/* Fails unless o has all the keys named. */
void keys_within(const json_t *o, const char *keys);

/* Waits until a `changed` notification has named a topic; all that was named stays
 * in news. */
void desk_hear(struct desk *d, const char *topic, int ms);
/* The same, and forgets all that was named so far. */
void desk_await_news(struct desk *d, const char *topic, int ms);

/* ---- shortcuts for what nearly every story needs ---- */

int64_t a_person(struct desk *d, const char *family);
/* A case of S02 in the pool of the residence unit; d is a residence clerk. */
int64_t a_case(struct desk *d, int64_t person);
/* tresen-admin VERB on the office file: fails the test when it fails. */
void office_admin(struct office *o, const char *verb);
/* tresen-admin check: fails the test and says why when something is wrong. */
void office_sound(struct office *o);
/* For office_number_of: events that changed something, without looks. */
#define HAS_CHANGED "SELECT count(*) FROM event WHERE length(changeset) > 0"
/* One number out of the office file, read beside the engines. */
int64_t office_number_of(struct office *o, const char *sql);

int64_t ticks_ms(void);

#endif
