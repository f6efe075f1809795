/*
 * harness_story.h - what each story has: an office of its own, a clerk before
 * a terminal, often a second one beside them.  A suite is a list of stories.
 */
#ifndef TRESEN_TEST_HARNESS_STORY_H
#define TRESEN_TEST_HARNESS_STORY_H

#include "harness.h"

/* Of the story that runs: made before it, closed after it. */
extern struct office *office;
extern struct tty *t, *other;

/* The clerk sits down: t.  Who sat there before has gone without a word. */
void sit_down(const char *login);
void sit_down_at(struct setup setup);
/* The colleague: other. */
void sit_beside(const char *login);

/* Runs a one-shot command that must succeed. */
void run(const char *login, const char *command);
/* What a one-shot command of login prints contains text. */
void office_has(const char *login, const char *command, const char *text);

/* The id of the object called key in what a command prints: what is kept from
 * others has no small numbers. */
long long run_id(const char *login, const char *command, const char *key);

/* front1 takes in somebody who came for a service, with this command. */
void take_in(const char *visit, const char *lang);

/*
 * The suite of stories: stories("queue", NULL, STORIES(one, another)).  opening,
 * unless NULL, runs before each: what all of them begin with.
 */
#define STORIES(...) ((const TTest *const[]){ __VA_ARGS__, NULL })
Suite *stories(const char *name, void (*opening)(void), const TTest *const *tests);

#endif
