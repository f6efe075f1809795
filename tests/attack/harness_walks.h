/*
 * harness_walks.h - ways of clerks from screen to screen, over all there are:
 * for what must hold on each of them.
 */
#ifndef TRESEN_TEST_HARNESS_WALKS_H
#define TRESEN_TEST_HARNESS_WALKS_H

#include "harness_sit.h"

struct stop {
	uid_t by;                /* before: this colleague does something */
	const char *does;        /* ... in lines of the shell */
	const char *keys;        /* the way from the stop before */
	const char *types;       /* ... and a text, which can be seen then */
	const char *at;          /* the class of the screen; NULL: the end */
	const char *sees;        /* what tells it from other screens of this class */
	const char *says;        /* what is said until the next key, or NULL */
};

struct walk {
	uid_t who;
	void (*before)(void);    /* what the office is like, besides office_at_work; or NULL */
	const char *program;     /* what is run, as a line of the shell; NULL: the office */
	const struct stop *stops;
};

extern const struct walk walks[];
extern const size_t walks_count;

/* Two records of Rania, her husband, a visit, cases 1 (hers) and 2 (his). */
void office_at_work(void);
/* Sits down to walk. */
struct tty *walk_begins(const struct walk *walk);
/* Lines of a clerk's shell; none may fail. */
void walk_does(uid_t who, const char *lines);

#endif
