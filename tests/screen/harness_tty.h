/*
 * harness_tty.h - private to the harness: a terminal as harness.c drives it
 * and harness_see.c looks at it.
 */
#ifndef TRESEN_TEST_HARNESS_TTY_H
#define TRESEN_TEST_HARNESS_TTY_H

#include <sys/types.h>
#include <vterm.h>

#include "harness.h"

struct tty {
	int fd;
	pid_t pid;
	int status;              /* of the child, once pid is 0 */
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	long sent;               /* keys */
	long keys, reloads;      /* of the last marker */
	int marker_rows, marker_cols;
	char at[32];             /* the screen that is shown */
	long markers;
	char *raw;
	size_t raw_used, raw_room;
	size_t scanned;          /* raw bytes before this held no open marker */
	size_t marker_bytes, counted; /* for tty_take_bytes */
	char row_text[1024];
};

/* Fails the test, with the screen as it is. */
_Noreturn void give_up(struct tty *t, const char *file, int line, const char *what,
                       const char *text);

#endif
