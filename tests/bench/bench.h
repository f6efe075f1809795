/*
 * bench.h - what the parts of the bench share: sessions with an engine, spoken
 * to with as little work as possible, and one table of targets and figures.
 * Called by main.c.  Must run against release builds.
 */
#ifndef TRESEN_BENCH_H
#define TRESEN_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct line {
	int fd;
	pid_t engine;
	char *bytes;
	size_t used, room;
	size_t taken;            /* bytes of the message handed out last */
};

/* The program NAME beside the bench. */
const char *program(const char *name);
/* Starts an engine on db and says hello as login; fatal if it cannot. */
void line_open(struct line *l, const char *db, const char *login);
void line_close(struct line *l);
void line_send(struct line *l, const char *method, const char *params);
/* The next whole message but notifications; until the next call.  NULL when
 * none has come whole; wait: does not return before it is there. */
const char *line_take(struct line *l, bool wait);
/* Sends and waits. */
const char *line_ask(struct line *l, const char *method, const char *params);
/* The number behind "key": in text; -1 when it is not there. */
long long number_in(const char *text, const char *key);

double now_ms(void);
/* Sorts; share 0.5 is the median. */
double quantile(double *values, size_t n, double share);

enum better { AT_MOST, AT_LEAST };
/* A row of the table.  fatal if the bench itself fails: die(). */
void row(const char *what, enum better better, double target, double measured, const char *unit);
/* A figure without a target, to understand the others. */
void note(const char *what, double measured, const char *unit);
_Noreturn void die(const char *what);

/* Proportional share of memory of a process, in MB. */
double pss_mb(pid_t pid);

/* tresen-admin with these words, NULL at the end; it must end well. */
void admin_alone(const char *const *words);
/* The same while a clerk of the office goes on saving: how many seconds it took, and
 * the longest that the clerk waited, in ms. */
double admin_beside(const char *db, const char *const *words, double *longest);
/* Of waitpid or system. */
void ended_well(int status);

void bench_screen(const char *db);
void bench_queue(const char *db);
void bench_claim(const char *db);
void bench_memory(const char *db);
void bench_people(const char *db);
void bench_forms(const char *db);
void bench_import(const char *db);
void bench_proof(const char *db);
void bench_keep(const char *db);
void bench_rights(const char *db);

#endif
