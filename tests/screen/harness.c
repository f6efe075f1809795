/*
 * harness.c - drives the terminals of the screen tests, see harness.h.
 * harness_see.c looks at them, harness_office.c makes the offices.
 */
#include "harness_tty.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base.h"
#include "harness_office.h"

/* Longer than anything takes on a loaded machine under sanitizers. */

/* ---- reading what the client sends ---- */

/* ESC ] 7770 ; k=12 ; v=3 ; s=80x24 ; at=queue BEL */
static void
scan_markers(struct tty *t)
{
	static const char head[] = "\033]7770;";

	for (;;) {
		char *from = t->raw + t->scanned;
		size_t left = t->raw_used - t->scanned;
		char *start = memmem(from, left, head, sizeof(head) - 1);
		char *end = start ? memchr(start, '\a', t->raw_used - (size_t)(start - t->raw))
		                  : NULL;

		if (!end)
			return;
		if (sscanf(start + sizeof(head) - 1, "k=%ld;v=%ld;s=%dx%d;at=%31[a-z_]",
		        &t->keys, &t->reloads, &t->marker_cols, &t->marker_rows, t->at) != 5)
			give_up(t, __FILE__, __LINE__, "the marker is broken", "");
		t->markers++;
		t->marker_bytes += (size_t)(end + 1 - start);
		t->scanned = (size_t)(end + 1 - t->raw);
	}
}

static void
take_bytes(struct tty *t, const char *bytes, size_t n)
{
	if (t->raw_used + n >= t->raw_room) {
		t->raw_room = (t->raw_used + n + 1) * 2;
		t->raw = realloc(t->raw, t->raw_room);
		ck_assert_ptr_nonnull(t->raw);
	}
	memcpy(t->raw + t->raw_used, bytes, n);
	t->raw_used += n;
	t->raw[t->raw_used] = '\0';	/* a marker is read as a text */
	vterm_input_write(t->vt, bytes, n);
	scan_markers(t);
}

/* Reads once, waiting at most ms; false when nothing came. */
static bool
read_some(struct tty *t, int ms)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	char bytes[16384];
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return false;
	n = read(t->fd, bytes, sizeof(bytes));
	if (n > 0)
		take_bytes(t, bytes, (size_t)n);
	return n > 0;
}

typedef bool condition(struct tty *t, const void *what);

static void
wait_until(struct tty *t, condition *is_met, const void *what, const char *name)
{
	int64_t until = clock_ticks() + DEADLINE_MS;

	while (!is_met(t, what)) {
		int64_t left = until - clock_ticks();

		if (left <= 0)
			give_up(t, __FILE__, __LINE__, "deadline passed waiting for", name);
		if (!read_some(t, (int)left) && clock_ticks() < until)
			give_up(t, __FILE__, __LINE__, "the client is gone, waiting for", name);
	}
}

static bool
has_caught_up(struct tty *t, const void *what)
{
	(void)what;
	return t->markers > 0 && t->keys >= t->sent;
}

/* ---- starting ---- */

static void
set_environment(const struct office *o, const struct setup *s)
{
	clearenv();
	setenv("PATH", "/usr/bin:/bin", 1);
	setenv("HOME", office_dir(o), 1);
	setenv("TERM", s->term ? s->term : "xterm-256color", 1);
	setenv("LANG", s->locale ? s->locale : "C.UTF-8", 1);
	setenv("TRESEN_NOW", office_clock_file(o), 1);
	setenv("TRESEN_SYNC", "1", 1);
	setenv("ASAN_OPTIONS", "abort_on_error=1", 1);
	if (s->env)
		putenv(strdup(s->env));
}

_Noreturn static void
become_client(const struct office *o, const struct setup *s)
{
	char program[4096];

	set_environment(o, s);
	if (s->shell)
		execl("/bin/sh", "sh", "-c", s->shell, (char *)NULL);
	program_path("tresen", program, sizeof(program));
	if (s->as)
		execl(program, "tresen", "--db", office_db(o), "--lang",
		    s->lang ? s->lang : "en", "--as", s->as, (char *)NULL);
	else
		execl(program, "tresen", "--db", office_db(o), "--lang",
		    s->lang ? s->lang : "en", (char *)NULL);
	fprintf(stderr, "cannot run %s: %s\n", program, strerror(errno));
	_exit(127);
}

struct tty *
tty_open(struct office *o, struct setup s)
{
	struct tty *t = calloc(1, sizeof(*t));
	struct winsize size;

	ck_assert_ptr_nonnull(t);
	t->rows = s.rows ? s.rows : 24;
	t->cols = s.cols ? s.cols : 80;
	size = (struct winsize){ .ws_row = (unsigned short)t->rows,
		.ws_col = (unsigned short)t->cols };
	t->vt = vterm_new(t->rows, t->cols);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_reset(t->screen, 1);
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	ck_assert_int_ge(t->pid, 0);
	if (t->pid == 0)
		become_client(o, &s);
	wait_until(t, has_caught_up, NULL, "the first frame");
	return t;
}

void
tty_close(struct tty *t)
{
	if (t->pid > 0) {
		kill(t->pid, SIGCONT);
		kill(t->pid, SIGKILL);
		waitpid(t->pid, NULL, 0);
	}
	close(t->fd);
	vterm_free(t->vt);
	free(t->raw);
	free(t);
}

/* ---- pressing keys ---- */

bool tty_states_purpose = true;

/* What a file is looked at for is no part of most stories: somebody is here. */
static void
state_purpose(struct tty *t)
{
	if (tty_states_purpose && (tty_find(t, "Why this file?") == 0 ||
	    tty_find(t, "Wozu diese Akte?") == 0))
		tty_bytes(t, "c", 1);
}

void
tty_bytes(struct tty *t, const char *bytes, int keys)
{
	size_t left = strlen(bytes);

	while (left > 0) {
		ssize_t n = write(t->fd, bytes, left);

		ck_assert_int_gt(n, 0);
		bytes += n;
		left -= (size_t)n;
	}
	t->sent += keys;
	if (keys > 0) {
		wait_until(t, has_caught_up, NULL, "the keys to be consumed");
		state_purpose(t);
	}
}

static const struct {
	const char *name, *bytes;
} keys[] = {
	{ "Up", "\033OA" }, { "Down", "\033OB" }, { "Right", "\033OC" }, { "Left", "\033OD" },
	{ "Home", "\033OH" }, { "End", "\033OF" }, { "Ins", "\033[2~" }, { "Del", "\033[3~" },
	{ "PgUp", "\033[5~" }, { "PgDn", "\033[6~" }, { "Shift-Tab", "\033[Z" },
	{ "F1", "\033OP" }, { "F2", "\033OQ" }, { "F3", "\033OR" }, { "F4", "\033OS" },
	{ "F5", "\033[15~" }, { "F6", "\033[17~" }, { "F7", "\033[18~" }, { "F8", "\033[19~" },
	{ "F9", "\033[20~" }, { "F10", "\033[21~" }, { "F11", "\033[23~" },
	{ "F12", "\033[24~" }, { "Enter", "\r" }, { "Esc", "\033" }, { "Tab", "\t" },
	{ "Backspace", "\177" }, { "Space", " " },
};

static const char *
bytes_of(const char *name)
{
	static char one[2];

	for (size_t i = 0; i < COUNT_OF(keys); i++)
		if (strcmp(keys[i].name, name) == 0)
			return keys[i].bytes;
	ck_assert_msg(!name[1] || (name[0] == '^' && !name[2]), "no key is called %s", name);
	one[0] = name[1] ? (char)(name[1] - '@') : name[0];
	return one;
}

void
tty_keys(struct tty *t, const char *names)
{
	char *all = strdup(names), *state = NULL;

	for (char *name = strtok_r(all, " ", &state); name; name = strtok_r(NULL, " ", &state))
		tty_bytes(t, bytes_of(name), 1); /* one by one: Esc must stand alone */
	free(all);
}

void
tty_type(struct tty *t, const char *text)
{
	int characters = 0;

	for (const char *at = text; *at; at++)
		characters += ((unsigned char)*at & 0xC0) != 0x80;
	tty_bytes(t, text, characters);
}

void
tty_paste(struct tty *t, const char *text)
{
	tty_bytes(t, "\033[200~", 0);
	tty_bytes(t, text, 0);
	tty_bytes(t, "\033[201~", 1);
}

static bool
has_size(struct tty *t, const void *what)
{
	(void)what;
	return t->marker_rows == t->rows && t->marker_cols == t->cols;
}

static void
set_size(struct tty *t, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	ck_assert_int_eq(ioctl(t->fd, TIOCSWINSZ, &size), 0);
}

void
tty_resize(struct tty *t, int rows, int cols)
{
	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vt, rows, cols);
	set_size(t, rows, cols);
	wait_until(t, has_size, NULL, "a frame of the new size");
}

static bool
has_drawn(struct tty *t, const void *what)
{
	return t->markers > *(const long *)what;
}

void
tty_claim(struct tty *t, int rows, int cols)
{
	long now = t->markers;

	set_size(t, rows, cols);
	wait_until(t, has_drawn, &now, "a frame");
}

/* ---- waiting ---- */

static bool
shows(struct tty *t, const void *what)
{
	/* only whole frames count: in the middle of one the cursor is anywhere */
	return t->markers > 0 && t->scanned == t->raw_used && tty_find(t, what) >= 0;
}

void
tty_await(struct tty *t, const char *text)
{
	wait_until(t, shows, text, text);
}

static bool
notes(struct tty *t, const void *what)
{
	return tty_find(t, what) >= 0;
}

void
tty_await_notice(struct tty *t, const char *text)
{
	wait_until(t, notes, text, text);
}

static bool
has_reloaded(struct tty *t, const void *what)
{
	return t->reloads > *(const long *)what;
}

void
tty_await_reload(struct tty *t)
{
	long now = t->reloads;

	wait_until(t, has_reloaded, &now, "a reload");
}

size_t
tty_idle_bytes(struct tty *t, int ms)
{
	size_t before = t->raw_used;
	int64_t until = clock_ticks() + ms;

	while (clock_ticks() < until)
		read_some(t, (int)(until - clock_ticks()));
	return t->raw_used - before;
}

void
tty_signal(struct tty *t, int number)
{
	ck_assert_int_eq(kill(t->pid, number), 0);
	if (number == SIGSTOP)
		ck_assert_int_eq(waitpid(t->pid, &t->status, WUNTRACED), t->pid);
}

int
tty_engine(struct tty *t)
{
	char path[64];
	FILE *f;
	int pid = 0;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)t->pid, (int)t->pid);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%d", &pid) != 1)
		give_up(t, __FILE__, __LINE__, "the client has no engine", "");
	fclose(f);
	return pid;
}

int
tty_wait(struct tty *t)
{
	int64_t until = clock_ticks() + DEADLINE_MS;

	while (t->pid > 0 && waitpid(t->pid, &t->status, WNOHANG) == 0) {
		if (clock_ticks() > until)
			give_up(t, __FILE__, __LINE__, "the client does not end", "");
		read_some(t, 20);
	}
	t->pid = 0;
	while (read_some(t, 0))
		continue;
	return WIFEXITED(t->status) ? WEXITSTATUS(t->status) : 128 + WTERMSIG(t->status);
}

/* A terminal holds some 64 KB; each frame of another size is drawn whole. */
#define FRAMES_UNREAD 100

int
tty_end_unread(struct tty *t, int number)
{
	int64_t until = clock_ticks() + DEADLINE_MS;

	for (int i = 0; i < FRAMES_UNREAD; i++) {
		set_size(t, t->rows + 1 + i % 2, t->cols);
		poll(NULL, 0, 5);
	}
	tty_signal(t, number);
	while (waitpid(t->pid, &t->status, WNOHANG) == 0) {
		if (clock_ticks() > until)
			give_up(t, __FILE__, __LINE__, "the client waits for a reader", "");
		poll(NULL, 0, 5);
	}
	t->pid = 0;
	return WIFEXITED(t->status) ? WEXITSTATUS(t->status) : 128 + WTERMSIG(t->status);
}

int
tty_leave(struct tty *t, const char *name)
{
	tty_bytes(t, bytes_of(name), 0);
	return tty_wait(t);
}

size_t
tty_take_bytes(struct tty *t)
{
	size_t now = t->raw_used - t->marker_bytes, n = now - t->counted;

	t->counted = now;
	return n;
}

const char *
tty_raw(const struct tty *t, size_t *n)
{
	*n = t->raw_used;
	return t->raw;
}
