/*
 * errand.c - writes that wait for the office lock are done along by whoever gets
 * it: as their own session would have done them, once, and by their own session
 * when that one is killed over it, or too long about it.
 *
 * The test holds the lock itself until all stand where it wants them.
 */
#include "../command/harness_desk.h"

#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/store/errands.h"

#define LOCK 0                   /* of the two semaphores */
#define ROUNDS 25

struct rush {
	struct office *office;
	struct office_lock lock;
	struct errand_area *area;
	int64_t person;
	unsigned dice;
};

static struct rush
rush_new(void)
{
	struct rush r = { .office = office_new(), .dice = 7 };
	struct desk *d = desk_open(r.office, "res1");
	struct stat st;
	struct db db = { .errands = NULL };

	r.person = a_person(d, "Haddad");
	desk_do(d, "case.claim", "{s:I, s:s}", "id", a_case(d, r.person), "request_id", "first");
	desk_close(d);
	ck_assert_int_eq(stat(office_db(r.office), &st), 0);
	office_lock_init(&r.lock, &st);
	db.lock = r.lock;
	r.area = area_open(&db);
	ck_assert_ptr_nonnull(r.area);
	return r;
}

static void
rush_over(struct rush *r)
{
	office_sound(r->office);
	area_close(r->area);
	office_free(r->office);
}

static struct desk *
sit_down(struct rush *r, const char *login, const char *lang)
{
	struct desk *d = desk_open(r->office, NULL);

	desk_do(d, "session.hello", "{s:i, s:s, s:s, s:s}", "protocol", 1, "client", login,
	    "lang", lang, "as", login);
	d->login = login;
	return d;
}

static int64_t
pool_case(struct rush *r)
{
	struct desk *d = desk_open(r->office, "res1");
	int64_t id = a_case(d, r->person);

	desk_close(d);
	return id;
}

static void
claim(struct desk *d, int64_t id, const char *request)
{
	desk_send(d, "case.claim", json_pack("{s:I, s:s}", "id", (json_int_t)id, "request_id",
	    request));
}

/* ---- where they stand ---- */

static void
shut(struct rush *r)
{
	ck_assert(office_lock_take(&r->lock, DEADLINE_MS));
}

static void
await_helm(struct rush *r)
{
	int64_t until = ticks_ms() + DEADLINE_MS;

	while (semctl(r->lock.id, LOCK, GETNCNT) != 1) {
		ck_assert_msg(ticks_ms() < until, "nobody stands in line");
		sched_yield();
	}
}

static int
waiting(const struct rush *r)
{
	int n = 0;

	for (int i = 0; i < ERRAND_SLOTS; i++)
		n += r->area->slot[i].state == ERRAND_WAITS;
	return n;
}

static void
await_waiting(struct rush *r, int n)
{
	int64_t until = ticks_ms() + DEADLINE_MS;

	while (waiting(r) != n) {
		ck_assert_msg(ticks_ms() < until, "%d wait, not %d", waiting(r), n);
		sched_yield();
	}
}

static void
nothing_left(const struct rush *r)
{
	static const char none[ERRAND_BYTES];

	for (int i = 0; i < ERRAND_SLOTS; i++) {
		ck_assert_int_eq(r->area->slot[i].state, ERRAND_NONE);
		ck_assert_mem_eq(r->area->bytes[i], none, sizeof(none));
	}
}

static void
done_once_as(struct rush *r, const char *request, const char *login)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event e JOIN staff s ON s.id = e.staff_id"
	    " WHERE e.request_id = '%s' AND s.login = '%s' AND e.terminal = '%s'", request,
	    login, login);
	ck_assert_msg(office_number_of(r->office, sql) == 1, "%s: %lld times by %s", request,
	    (long long)office_number_of(r->office, sql), login);
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event WHERE request_id = '%s'", request);
	ck_assert_int_eq(office_number_of(r->office, sql), 1);
}

static void
is_told(struct desk *d, int64_t id, const char *label)
{
	json_t *reply = desk_reply(d);

	ck_assert_str_eq(reply_status(reply), "OK");
	ck_assert_int_eq(num(reply, "result.case.id"), id);
	ck_assert_str_eq(str(reply, "result.case.owner"), d->login);
	if (label)
		ck_assert_str_eq(str(reply, "result.case.state_label"), label);
}

/* ---- the tests ---- */

START_TEST(done_while_its_own_session_is_stopped)
{
	struct rush r = rush_new();
	int64_t one = pool_case(&r), other = pool_case(&r);
	struct desk *a = sit_down(&r, "res1", "de"), *b = sit_down(&r, "res2", "de");

	shut(&r);
	claim(a, one, "one");
	await_helm(&r);
	claim(b, other, "other");
	await_waiting(&r, 1);
	kill(b->engine, SIGSTOP);
	office_lock_give(&r.lock);
	is_told(a, one, "in Arbeit");
	done_once_as(&r, "one", "res1");
	done_once_as(&r, "other", "res2");
	kill(b->engine, SIGCONT);
	is_told(b, other, "in Arbeit");
	nothing_left(&r);
	/* who did it is told of it as of anything that others do */
	json_array_clear(a->news);
	desk_hear(a, "case", DEADLINE_MS);
	desk_close(a);
	desk_close(b);
	rush_over(&r);
}
END_TEST

START_TEST(everybody_hears_their_own_language)
{
	static const char *const langs[] = { "de", "en", "de", "en" };
	static const char *const labels[] = { "in Arbeit", "in work" };
	struct rush r = rush_new();
	struct desk *d[COUNT_OF(langs)];
	int64_t ids[COUNT_OF(langs)];

	for (size_t i = 0; i < COUNT_OF(langs); i++) {
		ids[i] = pool_case(&r);
		d[i] = sit_down(&r, i < 2 ? "res1" : "res2", langs[i]);
	}
	shut(&r);
	for (size_t i = 0; i < COUNT_OF(langs); i++) {
		claim(d[i], ids[i], (const char *[]){ "q0", "q1", "q2", "q3" }[i]);
		if (i == 0)
			await_helm(&r);
		await_waiting(&r, (int)i);
	}
	office_lock_give(&r.lock);
	for (size_t i = 0; i < COUNT_OF(langs); i++) {
		is_told(d[i], ids[i], labels[i % 2]);
		desk_close(d[i]);
	}
	nothing_left(&r);
	rush_over(&r);
}
END_TEST

START_TEST(nobody_gets_rights_by_another)
{
	struct rush r = rush_new();
	int64_t one = pool_case(&r), other = pool_case(&r);
	struct desk *a = sit_down(&r, "res1", "en"), *b = sit_down(&r, "front1", "en");
	struct desk *c = sit_down(&r, "res2", "en");

	shut(&r);
	claim(a, one, "one");
	await_helm(&r);
	claim(b, other, "other");
	await_waiting(&r, 1);
	claim(c, one, "late");
	await_waiting(&r, 2);
	office_lock_give(&r.lock);
	is_told(a, one, NULL);
	ck_assert_str_eq(reply_status(desk_reply(b)), "DENIED");
	ck_assert_str_eq(reply_status(desk_reply(c)), "CONFLICT");
	ck_assert_str_eq(str(c->last, "error.data.winner.current.owner"), "res1");
	ck_assert_int_eq(office_number_of(r.office,
	    "SELECT count(*) FROM event WHERE request_id IN ('other', 'late')"), 0);
	nothing_left(&r);
	desk_close(a);
	desk_close(b);
	desk_close(c);
	rush_over(&r);
}
END_TEST

/* What it asked for may be done, and its place is somebody else's. */
START_TEST(a_killed_one_is_waited_for_by_nobody)
{
	struct rush r = rush_new();
	int64_t one = pool_case(&r), other = pool_case(&r);
	struct desk *a = sit_down(&r, "res1", "en"), *b = sit_down(&r, "res2", "en");

	shut(&r);
	claim(a, one, "one");
	await_helm(&r);
	claim(b, other, "other");
	await_waiting(&r, 1);
	desk_kill(b);
	office_lock_give(&r.lock);
	is_told(a, one, NULL);
	nothing_left(&r);
	b = sit_down(&r, "res2", "en");
	claim(b, other, "other");
	is_told(b, other, NULL);
	ck_assert_int_eq(office_number_of(r.office,
	    "SELECT count(*) FROM event WHERE request_id = 'other'"), 1);
	desk_close(a);
	desk_close(b);
	rush_over(&r);
}
END_TEST

/* ---- killed with errands in hand ---- */

static int
roll(unsigned *dice, int sides)
{
	*dice = *dice * 1664525u + 1013904223u;
	return (int)((*dice >> 8) % (unsigned)sides);
}

static void
spend_micros(int64_t micros)
{
	int64_t until = clock_micros() + micros;

	while (clock_micros() < until)
		continue;
}

/* Three wait; the one at the helm is killed some time after it has got the lock. */
static void
kill_the_helm(struct rush *r, int round, const int64_t ids[3])
{
	const char *const logins[] = { "res1", "res2", "res1" };
	char request[3][32];
	struct desk *d[3];

	for (int i = 0; i < 3; i++) {
		d[i] = sit_down(r, logins[i], "en");
		snprintf(request[i], sizeof(request[i]), "r%d-%d", round, i);
	}
	shut(r);
	for (int i = 0; i < 3; i++) {
		claim(d[i], ids[i], request[i]);
		if (i == 0)
			await_helm(r);
		await_waiting(r, i);
	}
	office_lock_give(&r->lock);
	spend_micros(roll(&r->dice, 12000));
	desk_kill(d[0]);
	is_told(d[1], ids[1], NULL);
	is_told(d[2], ids[2], NULL);
	d[0] = sit_down(r, logins[0], "en");
	claim(d[0], ids[0], request[0]);
	is_told(d[0], ids[0], NULL);
	for (int i = 0; i < 3; i++) {
		done_once_as(r, request[i], logins[i]);
		desk_do(d[i], "case.release", "{s:I}", "id", ids[i]);
		desk_close(d[i]);
	}
}

START_TEST(killed_with_errands_in_hand)
{
	struct rush r = rush_new();
	int64_t ids[] = { pool_case(&r), pool_case(&r), pool_case(&r) };

	for (int i = 0; i < ROUNDS; i++)
		kill_the_helm(&r, i, ids);
	rush_over(&r);
}
END_TEST

/* ---- stopped with errands in hand ---- */

#define CROWD 4
#define NOW "2026-11-23T08:14:00Z\n"

/* Each act reads the clock of the office once, as it begins: whoever begins one now
 * waits there until the clock has been told what time it is. */
static int
stop_the_clock(const struct rush *r)
{
	char fresh[PATH_MAX];
	int fd;

	snprintf(fresh, sizeof(fresh), "%s/fifo", office_dir(r->office));
	ck_assert_int_eq(mkfifo(fresh, 0600), 0);
	fd = open(fresh, O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(rename(fresh, office_clock_file(r->office)), 0);
	return fd;
}

static const struct errand_slot *
slot_in(const struct rush *r, enum errand_state state)
{
	for (int i = 0; i < ERRAND_SLOTS; i++)
		if (ERRAND_STATE(r->area->slot[i].state) == state)
			return &r->area->slot[i];
	return NULL;
}

/* The first of those that stand in line has the lock, and the errand of another in
 * its hands: whose slot. */
static const struct errand_slot *
stop_the_helm(struct rush *r, struct desk *helm, int *clock)
{
	int64_t until = ticks_ms() + DEADLINE_MS;
	const struct errand_slot *taken;

	*clock = stop_the_clock(r);
	office_lock_give(&r->lock);
	while (!(taken = slot_in(r, ERRAND_TAKEN))) {
		ck_assert_msg(ticks_ms() < until, "nobody takes it");
		sched_yield();
	}
	kill(helm->engine, SIGSTOP);
	office_clock(r->office, "2026-11-23T08:14:00Z");
	return taken;
}

static void
goes_on(struct desk *helm, int clock)
{
	kill(helm->engine, SIGCONT);
	ck_assert_int_eq(write(clock, NOW, sizeof(NOW) - 1), sizeof(NOW) - 1);
	close(clock);
}

static void
is_busy(struct rush *r, int64_t id)
{
	char command[64];
	int code;

	snprintf(command, sizeof(command), "case claim id=%lld", (long long)id);
	free(office_run(r->office, "res1", command, &code));
	ck_assert_int_eq(code, 75);
}

/* Whoever waits is told so in time; what is in hand is neither taken away nor done
 * twice when it goes on, and asked again it is as if it had been there at once. */
START_TEST(stopped_with_errands_in_hand)
{
	struct rush r = rush_new();
	struct desk *d[CROWD];
	const struct errand_slot *taken;
	int64_t ids[CROWD], more = pool_case(&r);
	const char *const request[CROWD] = { "s0", "s1", "s2", "s3" };
	int clock;

	for (int i = 0; i < CROWD; i++) {
		ids[i] = pool_case(&r);
		d[i] = sit_down(&r, i % 2 ? "res2" : "res1", "en");
	}
	shut(&r);
	for (int i = 0; i < CROWD; i++) {
		claim(d[i], ids[i], request[i]);
		if (i == 0)
			await_helm(&r);
		await_waiting(&r, i);
	}
	taken = stop_the_helm(&r, d[0], &clock);
	is_busy(&r, more);
	for (int i = 1; i < CROWD; i++)
		ck_assert_str_eq(reply_status(desk_reply(d[i])), "BUSY");
	ck_assert_int_eq(ERRAND_STATE(taken->state), ERRAND_TAKEN);
	ck_assert_ptr_nonnull(strstr(r.area->bytes[taken - r.area->slot], "case.claim"));
	ck_assert_ptr_null(slot_in(&r, ERRAND_WAITS));
	goes_on(d[0], clock);
	is_told(d[0], ids[0], NULL);
	nothing_left(&r);
	ck_assert_int_eq(office_number_of(r.office, "SELECT count(*) FROM event WHERE request_id"
	    " IN ('s1', 's2', 's3')"), 1);
	for (int i = 1; i < CROWD; i++) {
		claim(d[i], ids[i], request[i]);
		is_told(d[i], ids[i], NULL);
		done_once_as(&r, request[i], d[i]->login);
	}
	for (int i = 0; i < CROWD; i++)
		desk_close(d[i]);
	nothing_left(&r);
	rush_over(&r);
}
END_TEST

Suite *suite_errand(void);
Suite *
suite_errand(void)
{
	Suite *s = suite_create("errand");
	TCase *t = tcase_create("errand");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, done_while_its_own_session_is_stopped);
	tcase_add_test(t, everybody_hears_their_own_language);
	tcase_add_test(t, nobody_gets_rights_by_another);
	tcase_add_test(t, a_killed_one_is_waited_for_by_nobody);
	tcase_add_test(t, killed_with_errands_in_hand);
	tcase_add_test(t, stopped_with_errands_in_hand);
	suite_add_tcase(s, t);
	return s;
}
