/*
 * kill.c - engines and clients are killed at random in the middle of mixed
 * work.  Afterwards the file is sound, every change that was acknowledged is
 * there, and none is there twice.
 *
 * TRESEN_KILL_MS says for how long: 30 s, and ten times that in make soak.
 */
#include "../command/harness_desk.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 6
#define KILL_MS 30000

/* What a worker tells when the engine has said "done". */
struct told {
	char request[32];
	char command[24];
};

/* Shared between the test and its workers. */
struct shared {
	volatile int stop;
	volatile pid_t engine[WORKERS];
};

struct fault {
	struct office *office;
	struct shared *shared;
	pid_t worker[WORKERS];
	int generation[WORKERS];
	int pipe[2];
	struct told *told;
	size_t n, room;
	unsigned dice;
	int kills;
};

static int
roll(unsigned *dice, int sides)
{
	*dice = *dice * 1664525u + 1013904223u;
	return (int)((*dice >> 8) % (unsigned)sides);
}

/* ---- a worker: a client that repeats until it is answered ---- */

static json_t *
work_of(unsigned *dice, bool front, const char **command)
{
	json_int_t id = 1 + roll(dice, 60);

	switch (roll(dice, 5)) {
	case 0:
		*command = front ? "visit.new" : "case.open";
		return front ? json_pack("{s:s}", "concern", "S02")
		             : json_pack("{s:i, s:s}", "person", 1, "service", "S02");
	case 1:
		*command = front ? "visit.next" : "case.next";
		return json_object();
	case 2:
		*command = front ? "visit.finish" : "case.release";
		return json_pack("{s:I}", "id", id);
	case 3:
		*command = front ? "visit.edit" : "case.note";
		return json_pack("{s:I, s:s}", "id", id, front ? "note" : "text", "a few words");
	default:
		*command = "person.new";
		return json_pack("{s:s, s:s}", "family", "Haddad", "given", "Rania");
	}
}

static struct desk *
sit_down(struct fault *f, int k)
{
	for (;;) {
		struct desk *d = desk_try_open(f->office, k % 2 ? "front1" : "res1");

		if (d) {
			f->shared->engine[k] = d->engine;
			return d;
		}
	}
}

_Noreturn static void
work(struct fault *f, int k)
{
	unsigned dice = (unsigned)(k * 7919 + f->generation[k] * 104729 + 1);
	struct desk *d = sit_down(f, k);

	for (int i = 0; !f->shared->stop; i++) {
		struct told told = { .request = "" };
		const char *command;
		json_t *params = work_of(&dice, k % 2, &command), *reply;

		snprintf(told.request, sizeof(told.request), "w%d-%d-%d", k, f->generation[k], i);
		snprintf(told.command, sizeof(told.command), "%s", command);
		json_object_set_new(params, "request_id", json_string(told.request));
		while (!(reply = desk_try_with(d, command, json_incref(params)))) {
			desk_kill(d);
			d = sit_down(f, k);
		}
		if (json_object_get(reply, "result") &&
		    write(f->pipe[1], &told, sizeof(told)) != (ssize_t)sizeof(told))
			_exit(1);
		json_decref(params);
	}
	desk_kill(d);
	_exit(0);
}

static void
start_worker(struct fault *f, int k)
{
	f->generation[k]++;
	f->shared->engine[k] = 0;
	f->worker[k] = fork();
	ck_assert_int_ge(f->worker[k], 0);
	if (f->worker[k] == 0)
		work(f, k);
}

/* ---- the test: listens and kills ---- */

static void
listen_for(struct fault *f, int ms)
{
	struct pollfd p = { .fd = f->pipe[0], .events = POLLIN };
	int64_t until = ticks_ms() + ms, left;

	while ((left = until - ticks_ms()) > 0 && poll(&p, 1, (int)left) > 0) {
		if (f->n == f->room) {
			f->room = f->room * 2 + 1024;
			f->told = realloc(f->told, f->room * sizeof(*f->told));
			ck_assert_ptr_nonnull(f->told);
		}
		ck_assert_int_eq(read(f->pipe[0], &f->told[f->n], sizeof(struct told)),
		    sizeof(struct told));
		f->n++;
	}
}

static void
kill_somebody(struct fault *f)
{
	int k = roll(&f->dice, WORKERS);

	f->kills++;
	if (roll(&f->dice, 3)) {
		pid_t engine = f->shared->engine[k];

		if (engine > 1)
			kill(engine, SIGKILL);
		return;
	}
	kill(f->worker[k], SIGKILL);
	waitpid(f->worker[k], NULL, 0);
	start_worker(f, k);
}

static void
go_home(struct fault *f)
{
	int status;

	f->shared->stop = 1;
	for (int k = 0; k < WORKERS; k++) {
		for (int64_t until = ticks_ms() + DEADLINE_MS; waitpid(f->worker[k], &status,
		         WNOHANG) == 0;) {
			listen_for(f, 20); /* a full pipe must not hold them */
			ck_assert_msg(ticks_ms() < until, "worker %d does not end", k);
		}
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "worker %d: %x", k,
		    (unsigned)status);
	}
	listen_for(f, 50);
}

static int
milliseconds_asked(void)
{
	const char *asked = getenv("TRESEN_KILL_MS");

	return asked ? atoi(asked) : KILL_MS;
}

static int
by_request(const void *a, const void *b)
{
	return strcmp(((const struct told *)a)->request, ((const struct told *)b)->request);
}

/* Every one that was told is among the events, as that command, and no event of theirs
 * is there twice. */
static void
compare(struct fault *f, sqlite3_stmt *events)
{
	char before[32] = "";
	size_t found = 0;

	qsort(f->told, f->n, sizeof(*f->told), by_request);
	while (sqlite3_step(events) == SQLITE_ROW) {
		const char *request = (const char *)sqlite3_column_text(events, 0);
		const struct told *t = &f->told[found];

		ck_assert_msg(strcmp(request, before) != 0, "%s is there twice", request);
		snprintf(before, sizeof(before), "%s", request);
		if (found == f->n || strcmp(t->request, request) != 0)
			continue; /* done, and killed before it could tell */
		ck_assert_str_eq((const char *)sqlite3_column_text(events, 1), t->command);
		found++;
	}
	ck_assert_msg(found == f->n, "%s was told and is not there", f->told[found].request);
}

static void
verify(struct fault *f)
{
	static const char sql[] = "SELECT request_id, command FROM event"
	    " WHERE request_id LIKE 'w%' ORDER BY request_id";
	sqlite3_stmt *events;
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open_v2(office_db(f->office), &db, SQLITE_OPEN_READONLY, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &events, NULL), SQLITE_OK);
	compare(f, events);
	sqlite3_finalize(events);
	sqlite3_close(db);
	office_sound(f->office);
}

START_TEST(killed_in_the_middle_of_work)
{
	struct fault f = { .office = office_new(), .dice = 42 };
	struct desk *d = desk_open(f.office, "res1");
	int64_t until;

	a_person(d, "Haddad");
	desk_close(d);
	f.shared = mmap(NULL, sizeof(*f.shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
	    -1, 0);
	ck_assert(f.shared != MAP_FAILED);
	ck_assert_int_eq(pipe2(f.pipe, O_CLOEXEC), 0);
	for (int k = 0; k < WORKERS; k++)
		start_worker(&f, k);
	for (until = ticks_ms() + milliseconds_asked(); ticks_ms() < until;) {
		listen_for(&f, 5 + roll(&f.dice, 60));
		kill_somebody(&f);
	}
	go_home(&f);
	ck_assert_msg(f.n > 50, "only %zu changes between %d kills", f.n, f.kills);
	verify(&f);
	free(f.told);
	office_free(f.office);
}
END_TEST

Suite *suite_kill(void);
Suite *
suite_kill(void)
{
	Suite *s = suite_create("kill");
	TCase *t = tcase_create("kill");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, killed_in_the_middle_of_work);
	suite_add_tcase(s, t);
	return s;
}
