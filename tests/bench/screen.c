/*
 * screen.c - the client in a pseudo-terminal: how soon a screen is there, how
 * soon a key is answered, how many bytes that takes over a slow line; and the
 * memory of idle sessions.
 */
#include "bench.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STARTS 25
#define MOVES 200
#define IDLE_SESSIONS 200

struct tty {
	int fd;
	pid_t pid;
	char bytes[65536];       /* since the last marker */
	size_t used;
};

static void
tty_open(struct tty *t, const char *db, const char *login)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };
	const char *client = program("tresen");

	t->used = 0;
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid < 0)
		die("forkpty");
	if (t->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("TRESEN_SYNC", "1", 1);
		setenv("LANG", "C.UTF-8", 1);
		execl(client, client, "--db", db, "--as", login, "--lang", "de", (char *)NULL);
		_exit(127);
	}
}

/* Reads to the end of the next frame; bytes of the frame without the marker. */
static size_t
tty_frame(struct tty *t)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };

	for (;;) {
		char *mark, *end;
		ssize_t n;

		t->bytes[t->used] = '\0';
		mark = strstr(t->bytes, "\033]7770;");
		end = mark ? strchr(mark, '\a') : NULL;
		if (end) {
			size_t frame = (size_t)(mark - t->bytes);

			t->used -= (size_t)(end + 1 - t->bytes);
			memmove(t->bytes, end + 1, t->used);
			return frame;
		}
		if (poll(&p, 1, 10000) <= 0 || t->used + 4096 > sizeof(t->bytes))
			die("no frame from the client");
		n = read(t->fd, t->bytes + t->used, sizeof(t->bytes) - t->used - 1);
		if (n <= 0)
			die("the client has gone");
		t->used += (size_t)n;
	}
}

static void
tty_close(struct tty *t)
{
	kill(t->pid, SIGTERM);
	close(t->fd);
	waitpid(t->pid, NULL, 0);
}

static void
starts(const char *db, const char *login, const char *what)
{
	static struct tty t;
	double ms[STARTS], bytes[STARTS];
	char label[80];

	for (int i = 0; i < STARTS; i++) {
		double from = now_ms();

		tty_open(&t, db, login);
		bytes[i] = (double)tty_frame(&t);
		ms[i] = now_ms() - from;
		tty_close(&t);
	}
	snprintf(label, sizeof(label), "start to painted screen (%s)", what);
	row(label, AT_MOST, 15, quantile(ms, STARTS, 0.5), "ms");
	snprintf(label, sizeof(label), "first paint (%s)", what);
	row(label, AT_MOST, 2048, quantile(bytes, STARTS, 1), "bytes");
}

static void
moves(const char *db, const char *login, const char *what)
{
	static struct tty t;
	double ms[MOVES], bytes[MOVES];
	char label[80];

	tty_open(&t, db, login);
	tty_frame(&t);
	for (int i = 0; i < MOVES; i++) {
		double from = now_ms();

		if (write(t.fd, i / 10 % 2 ? "k" : "j", 1) != 1)
			die("the client has gone");
		bytes[i] = (double)tty_frame(&t);
		ms[i] = now_ms() - from;
	}
	tty_close(&t);
	snprintf(label, sizeof(label), "key to last byte (%s), p95", what);
	row(label, AT_MOST, 2, quantile(ms, MOVES, 0.95), "ms");
	snprintf(label, sizeof(label), "bytes of a move (%s), p95", what);
	row(label, AT_MOST, 180, quantile(bytes, MOVES, 0.95), "bytes");
}

void
bench_screen(const char *db)
{
	starts(db, "front1", "counter");
	starts(db, "res1", "queue");
	moves(db, "front1", "counter");
	moves(db, "res1", "queue");
}

/* ---- memory ---- */

/* The engine that a client has started: its one child. */
static pid_t
child_of(pid_t pid)
{
	char path[64];
	int child = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%d", &child) != 1)
		die("a client without engine");
	fclose(f);
	return child;
}

void
bench_memory(const char *db)
{
	static struct tty t[IDLE_SESSIONS];
	double client = 0, engine = 0;

	for (int i = 0; i < IDLE_SESSIONS; i++) {
		tty_open(&t[i], db, i % 2 ? "res1" : "front1");
		tty_frame(&t[i]);
	}
	for (int i = 0; i < IDLE_SESSIONS; i++) {
		client += pss_mb(t[i].pid);
		engine += pss_mb(child_of(t[i].pid));
	}
	row("memory of an idle engine among 200 (PSS)", AT_MOST, 5, engine / IDLE_SESSIONS, "MB");
	row("memory of an idle client among 200 (PSS)", AT_MOST, 6, client / IDLE_SESSIONS, "MB");
	for (int i = 0; i < IDLE_SESSIONS; i++)
		tty_close(&t[i]);
}
