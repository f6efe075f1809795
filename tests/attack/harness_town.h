/*
 * harness_town.h - an office with real unix users: the engine is one, the
 * clerks are others, and somebody is on no list.  Only root can play them all;
 * without root the suites are left out, and say so.
 */
#ifndef TRESEN_TEST_HARNESS_TOWN_H
#define TRESEN_TEST_HARNESS_TOWN_H

#include <jansson.h>
#include <sys/types.h>

#include "../command/harness_admin.h"
#include "../screen/harness.h"

#define ENGINE 64990u            /* uids that no machine gives to anybody */
#define OKAFOR 64991u            /* front office, main site: counter */
#define DEMIR 64992u             /* residence, main site: clerk */
#define NOBODY_HERE 64993u       /* on no list */
#define ROTH 64994u              /* residence, main site: supervisor */
#define WEISS 64995u             /* social work, main site: clerk */
#define FUCHS 64989u             /* front office, a branch: the colleague beside */

/* The folder of this town: anybody may look into it. */
extern char house[];
/* The socket of the office. */
extern char door[];
/* The engine that listens. */
extern pid_t engine;

/* Suite of tests, each in a town of its own; empty without root. */
#define TESTS(...) ((const TTest *const[]){ __VA_ARGS__, NULL })
Suite *town_suite(const char *name, const TTest *const *tests);
/* The same for tests that are added to it; NULL without root. */
TCase *town_case(const char *name);

/* In each town a colleague saves from the beginning to the end, ten times a second,
 * whatever the test does; that all of it was saved is the last thing it asserts.
 * Where a test takes the office away, the colleague goes before, and may come back. */
void colleague_goes(void);
void colleague_comes(void);

/* The one engine of the town serves the closed unit, too: its key lies beside the file. */
void key_beside(void);

/* Gives up all rights but those of uid; what fails ends the process. */
void become(uid_t uid);
/* Milliseconds that act took in a process of uid's; the test fails where it
 * says false. */
#define AS(uid, act) play(uid, act, #act)
int64_t play(uid_t uid, bool (*act)(void), const char *what);
/* The same beside: begun now, waited for by play_ends. */
pid_t play_begins(uid_t uid, bool (*act)(void));
void play_ends(pid_t pid, const char *what);
/* Runs a shell line as uid with the client in $TRESEN; its exit code, what it
 * printed in said. */
int shell_as(uid_t uid, const char *format, ...) PRINTF(2, 3);

/* ---- a client written by hand ---- */

/* A new line to the engine; the process ends when nobody opens. */
int come_in(void);
bool tell(int fd, const char *line);
/* The next line of the engine, the caller's; NULL when it is gone. */
json_t *hear(int fd);
/* Says a line; is the answer's status this one, NULL for a result?  What else
 * came is printed. */
bool gets_status(int fd, const char *line, const char *status);
/* Says a line that must succeed; its result, the caller's. */
json_t *asks(int fd, const char *line);
/* A session that has said hello. */
int session(void);

#define ASKING(method, params)                                                 \
	"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" method "\",\"params\":{" params "}}\n"
#define HELLO ASKING("session.hello", "\"protocol\":1,\"lang\":\"en\"")

#endif
