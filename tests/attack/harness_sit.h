/*
 * harness_sit.h - a clerk of the town before a terminal: the real client, as
 * their own unix user, over the socket of the office.
 */
#ifndef TRESEN_TEST_HARNESS_SIT_H
#define TRESEN_TEST_HARNESS_SIT_H

#include "../screen/harness.h"
#include "harness_town.h"

/* Sits down; env is what stands before the program in the shell line, or "". */
struct tty *sits(uid_t uid, const char *env);
/* The same with these words behind the program instead of the office's.  Everybody
 * stands in a folder of the town where anybody may write. */
struct tty *sits_at(uid_t uid, const char *env, const char *what);
void stands_up(struct tty *t);
/* The clocks of clients go on to this instant, with nobody at their keys. */
void leaves_the_desk(const char *until);

/* All engines are whole, a colleague works, so is the file, and the log is proven. */
void all_is_well(void);

#endif
