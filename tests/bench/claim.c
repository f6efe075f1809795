/*
 * claim.c - writing: sessions that claim and release cases, as fast as they
 * can and at the pace of people.  One process drives them all, so that the two
 * cores are the engines'.
 */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define SESSIONS_MOST 200
#define ROUNDS 5                 /* of the disk and of the sessions in turn */
#define RAW_MS 600
#define SATURATED_MS 1200
#define PACED_MS 12000
#define PACE_MS 2000
#define OPS_MOST 200000
#define AHEAD_MOST 2

struct run {
	struct line line[SESSIONS_MOST];
	long long id[SESSIONS_MOST];      /* of the case that a session works on */
	bool has[SESSIONS_MOST];
	int waits[SESSIONS_MOST];         /* for so many answers */
	int ahead;                        /* the most that one waits for */
	double sent[SESSIONS_MOST][AHEAD_MOST];
	double due[SESSIONS_MOST];        /* paced: when to write next */
	int done[SESSIONS_MOST];
	int n;
	int ready;                        /* epoll: asking 200 one by one takes time from them */
	double *ms;
	size_t n_ms;
};

/* Commits a second that the bare disk can do, beside the office file. */
static double
raw_syncs(const char *db)
{
	char path[512], page[4096] = "";
	double until;
	int fd, n = 0;

	snprintf(path, sizeof(path), "%s.raw", db);
	fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		die(path);
	for (int i = 0; i < 1000; i++)
		if (pwrite(fd, page, sizeof(page), i * 4096) != (ssize_t)sizeof(page))
			die(path);
	fsync(fd);
	for (until = now_ms() + RAW_MS; now_ms() < until; n++)
		if (pwrite(fd, page, sizeof(page), n % 1000 * 4096) < 0 || fdatasync(fd) != 0)
			die(path);
	close(fd);
	unlink(path);
	return n / (RAW_MS / 1000.0);
}

/* Claims its case, or releases it again. */
static void
write_once(struct run *r, int s)
{
	static int requests;
	char params[96];

	/* as every client: so that it is done once, however often it is sent */
	snprintf(params, sizeof(params), "{\"id\":%lld,\"request_id\":\"bench-%d-%d\"}", r->id[s],
	    (int)getpid(), ++requests);
	r->sent[s][r->waits[s]++] = now_ms();
	line_send(&r->line[s], r->has[s] ? "case.release" : "case.claim", params);
	r->has[s] = !r->has[s];
}

/* Gives each session an open case of its own. */
static void
choose_cases(struct run *r)
{
	const char *at = line_ask(&r->line[0], "case.list",
	    "{\"state\":\"open\",\"owner\":\"none\",\"sort\":\"number\",\"limit\":500}");

	for (int s = 0; s < r->n; s++) {
		at = strstr(at, "{\"id\":");
		/* the person's id follows in the same row: step over it */
		while (at && strncmp(strchr(at, ',') + 1, "\"number\"", 8) != 0)
			at = strstr(at + 1, "{\"id\":");
		if (!at)
			die("too few open cases in the office");
		r->id[s] = atoll(at + 6);
		at++;
	}
}

static void
collect(struct run *r, int s, bool count)
{
	const char *reply;

	while ((reply = line_take(&r->line[s], false))) {
		if (!strstr(reply, "\"result\"")) {
			fputs(reply, stderr);
			die("a claim failed");
		}
		if (count && r->n_ms < OPS_MOST) {
			r->ms[r->n_ms++] = now_ms() - r->sent[s][0];
			r->done[s]++;
		}
		memmove(r->sent[s], r->sent[s] + 1, (AHEAD_MOST - 1) * sizeof(r->sent[s][0]));
		r->waits[s]--;
	}
}

static void
listen_to_all(struct run *r)
{
	r->ready = epoll_create1(EPOLL_CLOEXEC);
	for (int s = 0; s < r->n; s++) {
		struct epoll_event e = { .events = EPOLLIN, .data.u32 = (unsigned)s };

		if (epoll_ctl(r->ready, EPOLL_CTL_ADD, r->line[s].fd, &e) != 0)
			die("epoll");
	}
}

static void
sit_down(struct run *r, const char *db, int n)
{
	memset(r, 0, sizeof(*r));
	r->n = n;
	r->ahead = 1;
	r->ms = malloc(OPS_MOST * sizeof(*r->ms));
	for (int s = 0; s < n; s++)
		line_open(&r->line[s], db, s % 2 ? "res2" : "res1");
	listen_to_all(r);
	choose_cases(r);
	/* once there and back: a session's first write reads the schema and
	 * prepares its statements; 200 do not begin in the same second */
	for (int s = 0; s < n; s++)
		for (int i = 0; i < 2; i++) {
			write_once(r, s);
			while (r->waits[s] > 0)
				collect(r, s, false);
		}
}

/* Lets each write whose time has come; when the next one's comes. */
static double
write_all_due(struct run *r, double now, double until, double pace_ms)
{
	double next = until;

	for (int s = 0; s < r->n; s++) {
		while (r->waits[s] < r->ahead && r->due[s] <= now) {
			write_once(r, s);
			r->due[s] += pace_ms;
		}
		if (r->waits[s] < r->ahead && r->due[s] < next)
			next = r->due[s];
	}
	return next;
}

/* Writes until the time is over; pace_ms 0: as fast as it goes. */
static void
drive(struct run *r, double ms, double pace_ms)
{
	struct epoll_event ready[SESSIONS_MOST];
	double from = now_ms(), next;

	for (int s = 0; s < r->n; s++)
		r->due[s] = from + pace_ms * s / r->n;
	for (double now = from; now < from + ms; now = now_ms()) {
		int n;

		next = write_all_due(r, now, from + ms, pace_ms);
		n = epoll_wait(r->ready, ready, r->n, next > now ? (int)(next - now) + 1 : 0);
		for (int i = 0; i < n; i++)
			collect(r, (int)ready[i].data.u32, true);
	}
}

/* Until everybody has their answer: the disk is measured alone. */
static void
come_to_rest(struct run *r)
{
	for (int s = 0; s < r->n; s++)
		while (r->waits[s] > 0)
			collect(r, s, false);
}

/* Lets everybody finish and gives all cases back. */
static void
go_home(struct run *r)
{
	come_to_rest(r);
	for (int s = 0; s < r->n; s++)
		if (r->has[s])
			write_once(r, s);
	come_to_rest(r);
	for (int s = 0; s < r->n; s++)
		line_close(&r->line[s]);
	close(r->ready);
	free(r->ms);
}

/* Jain's index: 1 when all have got the same. */
static double
fairness(const struct run *r)
{
	double sum = 0, squares = 0;

	for (int s = 0; s < r->n; s++) {
		sum += r->done[s];
		squares += (double)r->done[s] * r->done[s];
	}
	return sum * sum / (r->n * squares);
}

/* Disk and sessions are measured in turn, within seconds, and the median counts:
 * the disk of a shared machine does 9,000 syncs now and 13,000 a minute later. */
static void
take_turns(struct run *r, const char *db, double rate[ROUNDS], double raw[ROUNDS],
           double share[ROUNDS])
{
	for (int i = 0; i < ROUNDS; i++) {
		size_t before = r->n_ms;

		raw[i] = raw_syncs(db);
		drive(r, SATURATED_MS, 0);
		rate[i] = (double)(r->n_ms - before) / (SATURATED_MS / 1000.0);
		share[i] = rate[i] / raw[i];
		come_to_rest(r);
	}
}

/*
 * Saturated is an office when there is always somebody who waits.  With one session
 * alone that is its own next request, which is on the way before the last one is
 * answered.
 */
static void
saturate(const char *db, int n)
{
	static struct run r;
	double rate[ROUNDS], raw[ROUNDS], share[ROUNDS];
	const char *s = n == 1 ? "" : "s";
	char what[64];

	sit_down(&r, db, n);
	r.ahead = n == 1 ? AHEAD_MOST : 1;
	take_turns(&r, db, rate, raw, share);
	snprintf(what, sizeof(what), "claim, %d session%s: writes per raw fdatasync", n, s);
	row(what, AT_LEAST, 0.35, quantile(share, ROUNDS, 0.5), "");
	snprintf(what, sizeof(what), "claim, %d session%s: longest wait", n, s);
	row(what, AT_MOST, 250, quantile(r.ms, r.n_ms, 1), "ms");
	if (n > 1) {
		snprintf(what, sizeof(what), "claim, %d session%s: fairness (Jain)", n, s);
		row(what, AT_LEAST, 0.99, fairness(&r), "");
	}
	snprintf(what, sizeof(what), "claim, %d session%s: writes", n, s);
	note(what, quantile(rate, ROUNDS, 0.5), "/s");
	note("  raw fdatasync of 4 KB", quantile(raw, ROUNDS, 0.5), "/s");
	go_home(&r);
}

/* One who asks on only when the last answer has come: how long that takes. */
static void
one_by_one(const char *db)
{
	static struct run r;
	double rate[ROUNDS], raw[ROUNDS], share[ROUNDS];

	sit_down(&r, db, 1);
	take_turns(&r, db, rate, raw, share);
	note("claim, 1 session that is never ahead: per raw sync", quantile(share, ROUNDS, 0.5), "");
	note("  a claim and its answer: p50", quantile(r.ms, r.n_ms, 0.5), "ms");
	go_home(&r);
}

void
bench_claim(const char *db)
{
	static const int sessions[] = { 1, 8, 64, 200 };
	static struct run r;

	one_by_one(db);
	for (size_t i = 0; i < sizeof(sessions) / sizeof(sessions[0]); i++)
		saturate(db, sessions[i]);
	sit_down(&r, db, SESSIONS_MOST);
	drive(&r, PACED_MS, PACE_MS);
	note("200 sessions, a write each 2 s: p50", quantile(r.ms, r.n_ms, 0.5), "ms");
	row("200 sessions, a write each 2 s: p99", AT_MOST, 10, quantile(r.ms, r.n_ms, 0.99), "ms");
	go_home(&r);
}
