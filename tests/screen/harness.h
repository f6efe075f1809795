/*
 * harness.h - the real programs in a pseudo-terminal, seen through libvterm.
 *
 * No function here sleeps.  After keys the harness waits for the idle marker
 * of the client (TRESEN_SYNC) until it has counted them; a deadline that
 * passes fails the test and prints the screen.  Each test has an office of its
 * own, so that suites run side by side in any order.
 */
#ifndef TRESEN_TEST_HARNESS_H
#define TRESEN_TEST_HARNESS_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>

/* What must happen has happened by then, also on a machine that stood still for a
 * while: whoever waits for less fails there, and for longer proves nothing more. */
#define DEADLINE_MS 60000

/* ---- an office: a directory of its own, a training database, a clock ---- */

struct office;

/* Unchecked fixtures for tcase_add_unchecked_fixture: the database is made
 * once a program and copied for each test. */
void office_prepare(void);
/* With the demo staff and nothing else; Monday 2026-11-23, 09:14 in Berlin. */
struct office *office_new(void);
void office_free(struct office *o);
const char *office_db(const struct office *o);
const char *office_dir(const struct office *o);
/* Sets the clock of everybody in this office: "2026-11-23T08:15:00Z". */
void office_clock(struct office *o, const char *instant);
/* Runs a one-shot command as login and returns what it printed ("case list
 * --json"), to be freed; *exit_code may be NULL: then it must be 0. */
char *office_run(struct office *o, const char *login, const char *command, int *exit_code);
/* Publishes the form of tests/forms/everything.form under another key. */
void office_publish(struct office *o, const char *key, int version);

/* ---- a terminal with a clerk before it ---- */

struct tty;

struct setup {
	const char *as;          /* login, NULL: the list of demo staff */
	const char *lang;        /* --lang, NULL: en */
	const char *term;        /* NULL: xterm-256color */
	const char *locale;      /* LANG, NULL: C.UTF-8 */
	const char *env;         /* one more "NAME=value", or NULL */
	int rows, cols;          /* 0: 24x80 */
	const char *shell;       /* run this line instead of the client, or NULL */
};

/* Starts the client and waits for its first frame. */
struct tty *tty_open(struct office *o, struct setup setup);
/* Kills it if it still runs. */
void tty_close(struct tty *t);

/* Is the question what a file is looked at for answered by itself ("c")?  False
 * in the stories that are about it. */
extern bool tty_states_purpose;

/* Presses keys by name, "F2 j Enter Space ^W", and waits for the frame. */
void tty_keys(struct tty *t, const char *names);
/* Types text, a key a character, and waits for the frame. */
void tty_type(struct tty *t, const char *text);
/* Sends bytes as they are; they count as so many keys. */
void tty_bytes(struct tty *t, const char *bytes, int keys);
/* Text through the clipboard (bracketed paste): one key. */
void tty_paste(struct tty *t, const char *text);
/* Resizes the window and waits for a frame of that size. */
void tty_resize(struct tty *t, int rows, int cols);
/* Claims a size that no terminal can show, and waits for a frame: it is not looked at. */
void tty_claim(struct tty *t, int rows, int cols);
/* Waits until text can be seen: for what others do. */
void tty_await(struct tty *t, const char *text);
/* The same for what is said in the middle of a request, when no frame ends. */
void tty_await_notice(struct tty *t, const char *text);
/* Waits until the screen has been loaded more often than now. */
void tty_await_reload(struct tty *t);
/* Waits until the clock goes on: at most ms milliseconds in which nothing
 * may come; returns the bytes that came all the same. */
size_t tty_idle_bytes(struct tty *t, int ms);
/* Signals: SIGHUP, SIGTERM, SIGKILL, SIGSTOP (returns once it stands), SIGCONT. */
void tty_signal(struct tty *t, int number);
/* The engine that this client has started. */
int tty_engine(struct tty *t);
/* Waits for the end of the program; its exit code, or 128 + signal. */
int tty_wait(struct tty *t);
/* The same with a signal, after frames have piled up that nobody reads. */
int tty_end_unread(struct tty *t, int number);
/* Presses a key that ends the program; returns as tty_wait. */
int tty_leave(struct tty *t, const char *name);
/* Everything that was sent since the last call, without markers. */
size_t tty_take_bytes(struct tty *t);
/* The raw bytes of the whole session. */
const char *tty_raw(const struct tty *t, size_t *n);

/* ---- what can be seen ---- */

/* A line without blanks at its end; until the next call. */
const char *tty_row(struct tty *t, int row);
/* The name of the class of the screen that is shown ("queue"). */
const char *tty_at(const struct tty *t);
/* Row of the first line that contains text, -1 if none. */
int tty_find(struct tty *t, const char *text);

#define tty_sees(t, text) tty_sees_at(t, text, __FILE__, __LINE__)
#define tty_lacks(t, text) tty_lacks_at(t, text, __FILE__, __LINE__)
#define tty_row_is(t, row, text) tty_row_is_at(t, row, text, __FILE__, __LINE__)
#define tty_row_has(t, row, text) tty_row_has_at(t, row, text, __FILE__, __LINE__)
/* All rows, each ended by a line break; blanks at line ends do not count. */
#define tty_screen_is(t, text) tty_screen_is_at(t, text, __FILE__, __LINE__)
/* The hardware cursor stands in a line that contains text. */
#define tty_cursor_on(t, text) tty_cursor_on_at(t, text, __FILE__, __LINE__)

void tty_sees_at(struct tty *t, const char *text, const char *file, int line);
void tty_lacks_at(struct tty *t, const char *text, const char *file, int line);
void tty_row_is_at(struct tty *t, int row, const char *text, const char *file, int line);
void tty_row_has_at(struct tty *t, int row, const char *text, const char *file, int line);
void tty_screen_is_at(struct tty *t, const char *text, const char *file, int line);
void tty_cursor_on_at(struct tty *t, const char *text, const char *file, int line);

struct look {
	bool bold, underline, reverse, coloured;
};

struct cell {
	char text[32];           /* " " for a blank, "" for the right half of a wide sign */
	struct look look;
	int colour;              /* of the 16 of a terminal, -1: its own */
};

struct cell tty_cell(struct tty *t, int row, int col);
/* How the first cell of text looks; text must be there. */
struct look tty_look(struct tty *t, const char *text);
/* Is there a cell with a colour of its own anywhere? */
bool tty_any_colour(struct tty *t);
void tty_cursor(struct tty *t, int *row, int *col);

#endif
