/*
 * main.c - the figures of the product beside their targets: make bench.
 * bench OFFICE.db [screen|queue|claim|memory|forms|import|rights|proof|keep|people ...]
 */
#include "bench.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void
die(const char *what)
{
	fprintf(stderr, "bench: %s (%s)\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

double
quantile(double *values, size_t n, double share)
{
	if (n == 0)
		die("nothing was measured");
	qsort(values, n, sizeof(*values), ascending);
	return values[(size_t)((double)(n - 1) * share)];
}

void
row(const char *what, enum better better, double target, double measured, const char *unit)
{
	bool good = better == AT_MOST ? measured <= target : measured >= target;

	printf("%-52s %s %8.2f %10.2f %-5s %s\n", what, better == AT_MOST ? "<=" : ">=", target,
	    measured, unit, good ? "" : "MISSED");
	fflush(stdout);
}

void
note(const char *what, double measured, const char *unit)
{
	printf("%-52s             %9.2f %s\n", what, measured, unit);
	fflush(stdout);
}

const char *
program(const char *name)
{
	static char path[PATH_MAX + 32];
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n < 0)
		die("/proc/self/exe");
	self[n] = '\0';
	dirname(self); /* .../tests, cut in place */
	snprintf(path, sizeof(path), "%s/%s", dirname(self), name);
	return path;
}

double
pss_mb(pid_t pid)
{
	char path[64], text[128];
	double kb = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", (int)pid);
	f = fopen(path, "r");
	while (f && fgets(text, sizeof(text), f))
		if (strncmp(text, "Pss:", 4) == 0)
			kb = atof(text + 4);
	if (f)
		fclose(f);
	if (kb < 0)
		die("cannot read the memory of a process");
	return kb / 1024;
}

/* ---- sessions ---- */

void
line_open(struct line *l, const char *db, const char *login)
{
	const char *engine = program("tresen-engine");
	char hello[128];
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		die("socketpair");
	*l = (struct line){ .fd = pair[0], .room = 1 << 16, .bytes = malloc(1 << 16) };
	l->engine = fork();
	if (l->engine == 0) {
		dup2(pair[1], 0);
		execl(engine, engine, "--db", db, (char *)NULL);
		_exit(127);
	}
	close(pair[1]);
	snprintf(hello, sizeof(hello), "{\"protocol\":1,\"lang\":\"de\",\"as\":\"%s\"}", login);
	if (!strstr(line_ask(l, "session.hello", hello), "\"result\""))
		die("no session: is the office a training office of your own?");
}

void
line_close(struct line *l)
{
	close(l->fd);
	waitpid(l->engine, NULL, 0);
	free(l->bytes);
}

void
line_send(struct line *l, const char *method, const char *params)
{
	char text[512];
	int n = snprintf(text, sizeof(text), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\","
	    "\"params\":%s}\n", method, params);

	if (send(l->fd, text, (size_t)n, MSG_NOSIGNAL) != n)
		die("an engine has gone");
}

/* The next whole message that has come already; NULL: none. */
static const char *
next_message(struct line *l)
{
	char *end;

	l->used -= l->taken;
	memmove(l->bytes, l->bytes + l->taken, l->used);
	l->taken = 0;
	end = memchr(l->bytes, '\n', l->used);
	if (!end)
		return NULL;
	*end = '\0';
	l->taken = (size_t)(end - l->bytes) + 1;
	return l->bytes;
}

const char *
line_take(struct line *l, bool wait)
{
	for (;;) {
		const char *message = next_message(l);
		ssize_t n;

		/* news alone is no answer */
		if (message && (strstr(message, "\"id\":1,") || strstr(message, "\"id\":1}")))
			return message;
		if (message)
			continue;
		if (l->used + 4096 > l->room)
			l->bytes = realloc(l->bytes, l->room *= 2);
		n = recv(l->fd, l->bytes + l->used, l->room - l->used, wait ? 0 : MSG_DONTWAIT);
		if (n <= 0 && !(n < 0 && errno == EAGAIN))
			die("an engine has gone");
		if (n < 0)
			return NULL;
		l->used += (size_t)n;
	}
}

const char *
line_ask(struct line *l, const char *method, const char *params)
{
	line_send(l, method, params);
	return line_take(l, true);
}

long long
number_in(const char *text, const char *key)
{
	char quoted[40];
	const char *at;

	snprintf(quoted, sizeof(quoted), "\"%s\":", key);
	at = strstr(text, quoted);
	return at ? atoll(at + strlen(quoted)) : -1;
}

static const struct {
	const char *name;
	void (*run)(const char *db);
	bool alone;              /* wants a file of its own: only if it is named */
} parts[] = {
	{ "screen", bench_screen, false }, { "queue", bench_queue, false },
	{ "claim", bench_claim, false }, { "memory", bench_memory, false },
	{ "forms", bench_forms, false }, { "import", bench_import, false },
	{ "rights", bench_rights, false }, { "proof", bench_proof, false },
	{ "keep", bench_keep, true }, { "people", bench_people, true },
};

int
main(int argc, char **argv)
{
	struct rlimit files = { 4096, 4096 };

	if (argc < 2) {
		fputs("usage: bench OFFICE.db [screen|queue|claim|memory|forms|import|rights|proof|keep"
		    "|people ...]\n", stderr);
		return 64;
	}
	setrlimit(RLIMIT_NOFILE, &files);
	signal(SIGPIPE, SIG_IGN);
	printf("%-52s %11s %10s\n", "", "target", "measured");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		bool wanted = argc == 2 && !parts[i].alone;

		for (int a = 2; a < argc; a++)
			wanted |= strcmp(argv[a], parts[i].name) == 0;
		if (wanted)
			parts[i].run(argv[1]);
	}
	return EXIT_SUCCESS;
}
