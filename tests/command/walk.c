/*
 * walk.c - the workflow as a property: several people do anything at all to
 * visits, cases and hand-overs, in random order.  Whatever they try, after each
 * step every visit is in exactly one state with one clerk at most, every case
 * has one responsible unit, times are only appended, and nothing is lost.
 *
 * TRESEN_WALK_STEPS makes the walks longer (make soak).
 */
#include "harness_desk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 400
#define SEEDS 4

static const char *const logins[] = {
	"front1", "front2", "branch1", "res1", "res2", "ben1", "soc1", "super1",
};
#define PEOPLE (sizeof(logins) / sizeof(logins[0]))

struct walk {
	struct office *office;
	struct desk *desks[PEOPLE];
	sqlite3 *db;             /* reads beside the engines */
	unsigned dice;
	int day, minutes;        /* of the clock since the start */
	int visits, cases, handovers, people;
	int done;                /* steps that changed something */
};

static int
roll(struct walk *w, int sides)
{
	w->dice = w->dice * 1664525u + 1013904223u;
	return (int)((w->dice >> 8) % (unsigned)sides);
}

static const char *
pick(struct walk *w, const char *const *list)
{
	int n = 0;

	while (list[n])
		n++;
	return list[roll(w, n)];
}

/* ---- what people try ---- */

static const char *const units[] = {
	"residence", "benefits", "social_work", "front_office", "steering", NULL,
};
static const char *const services[] = { "S02", "S15", "S20", "S26", NULL };
static const char *const acts_on_visits[] = {
	"visit.next", "visit.start", "visit.recall", "visit.park", "visit.unpark", "visit.absent",
	"visit.readmit", "visit.finish", NULL,
};
static const char *const acts_on_cases[] = {
	"case.claim", "case.release", "case.take", "case.wait", "case.resume", "case.decide",
	"case.handout", "case.close", "case.reopen", "case.note", "case.document", "case.answer",
	"case.assign", "case.next", "handover.offer", NULL,
};
static const char *const acts_on_handovers[] = {
	"handover.accept", "handover.return", "handover.withdraw", NULL,
};
static const char *const verdicts[] = { "granted", "refused", "withdrawn", "settled", NULL };
/* What a paper is worth only the unit says; that somebody brought it, anyone. */
static const char *const papers[] = { "received", "missing", NULL };

/* An id that exists, mostly; the newer ones more often. */
static json_int_t
some(struct walk *w, int n)
{
	return n > 6 && roll(w, 3) ? n - roll(w, 6) : 1 + roll(w, n + 1);
}

/* What a command needs besides the id of its object. */
static const struct {
	const char *command, *args;
} needs[] = {
	{ "case.take", "reason" }, { "case.wait", "reason until" }, { "case.reopen", "reason" },
	{ "case.decide", "result reason" }, { "case.note", "text" }, { "case.answer", "answers" },
	{ "case.document", "key state" }, { "case.assign", "owner" },
	{ "handover.offer", "to reason" }, { "handover.accept", "reason" },
	{ "handover.return", "reason" }, { "handover.withdraw", "reason" },
};

static void
put_arg(struct walk *w, json_t *params, const char *name)
{
	const char *value = strcmp(name, "until") == 0 ? "2026-12-24"
	    : strcmp(name, "result") == 0 ? pick(w, verdicts)
	    : strcmp(name, "key") == 0 ? "PASS"
	    : strcmp(name, "state") == 0 ? pick(w, papers)
	    : strcmp(name, "owner") == 0 ? logins[roll(w, (int)PEOPLE)]
	    : strcmp(name, "to") == 0 ? pick(w, units) : "because";

	json_object_set_new(params, name, strcmp(name, "answers") == 0 ? json_object()
	                                                               : json_string(value));
}

static json_t *
act(struct walk *w, struct desk *d, const char *command, json_int_t id)
{
	bool offer = strcmp(command, "handover.offer") == 0;
	json_t *params = json_object();

	if (strcmp(command, "visit.next") != 0 && strcmp(command, "case.next") != 0)
		json_object_set_new(params, offer ? "case" : "id", json_integer(id));
	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
		char *words, *state = NULL;

		if (strcmp(needs[i].command, command) != 0)
			continue;
		words = strdup(needs[i].args);
		for (char *a = strtok_r(words, " ", &state); a; a = strtok_r(NULL, " ", &state))
			put_arg(w, params, a);
		free(words);
	}
	return desk_ask_with(d, command, params);
}

static json_t *
arrive(struct walk *w, struct desk *d)
{
	if (roll(w, 2))
		return desk_ask(d, "case.open", "{s:I, s:s}", "person", some(w, w->people),
		    "service", pick(w, services));
	return desk_ask(d, "visit.new", "{s:s, s:I}", "concern", pick(w, services), "person",
	    some(w, w->people));
}

/* Anything, whether it may be done or not. */
static json_t *
try_blindly(struct walk *w, struct desk *d)
{
	switch (roll(w, 4)) {
	case 0:
		return act(w, d, pick(w, acts_on_visits), some(w, w->visits));
	case 1:
		return act(w, d, pick(w, acts_on_handovers), some(w, w->handovers));
	case 2:
		return desk_ask(d, "visit.edit", "{s:I, s:I, s:I}", "id", some(w, w->visits),
		    "case", some(w, w->cases), "person", some(w, w->people));
	default:
		return act(w, d, pick(w, acts_on_cases), some(w, w->cases));
	}
}

/* Something that the engine itself offered: then it must not be refused. */
static json_t *
try_offered(struct walk *w, struct desk *d)
{
	bool visit = roll(w, 2);
	json_int_t id = some(w, visit ? w->visits : w->cases);
	json_t *reply = desk_ask(d, visit ? "visit.show" : "case.show", "{s:I}", "id", id), *may;
	char command[40];
	const char *status;

	if (strcmp(reply_status(reply), "OK") != 0)
		return reply;
	may = at(reply, visit ? "result.visit.may" : "result.case.may");
	if (json_array_size(may) == 0)
		return reply;
	snprintf(command, sizeof(command), "%s",
	    str(json_array_get(may, (size_t)roll(w, (int)json_array_size(may))), "command"));
	reply = strcmp(command, "visit.edit") == 0
	    ? desk_ask(d, command, "{s:I, s:s}", "id", id, "note", "here") : act(w, d, command, id);
	status = reply_status(reply);
	/* INVALID: an owner or a unit that was rolled does not fit */
	ck_assert_msg(strcmp(status, "OK") == 0 || strcmp(status, "INVALID") == 0,
	    "%s offered %s, then: %s", d->login, command, str(reply, "error.message"));
	return reply;
}

static void
try_something(struct walk *w)
{
	struct desk *d = w->desks[roll(w, (int)PEOPLE)];
	int what = roll(w, 10);
	json_t *reply = what < 2 ? arrive(w, d) : what < 5 ? try_blindly(w, d) : try_offered(w, d);
	const char *status = reply_status(reply);

	ck_assert_msg(strcmp(status, "STORE") != 0 && strcmp(status, "BUSY") != 0, "%s: %s", status,
	    strcmp(status, "OK") ? str(reply, "error.message") : "");
	w->done += strcmp(status, "OK") == 0;
	if (roll(w, 4) == 0) {
		char now[64];

		w->minutes += roll(w, 9);
		snprintf(now, sizeof(now), "2026-11-%02dT%02d:%02d:00Z", 23 + w->day,
		    8 + w->minutes / 60, w->minutes % 60);
		if (w->minutes < 15 * 60)
			office_clock(w->office, now);
	}
}

/* ---- what must hold ---- */

/* Each of these counts rows that must not be. */
static const char *const never[] = {
	/* a visit's state is the one its last step began, and its arrival the first */
	"SELECT count(*) FROM visit v WHERE v.state IS NOT (SELECT s.state FROM visit_step s"
	" WHERE s.visit_id = v.id ORDER BY s.step DESC LIMIT 1)",
	"SELECT count(*) FROM visit v WHERE v.arrived_at IS NOT (SELECT s.at FROM visit_step s"
	" WHERE s.visit_id = v.id AND s.step = 1)",
	/* called or served: by one clerk of that site; waiting or absent: by none */
	"SELECT count(*) FROM visit v LEFT JOIN staff s ON s.id = v.staff_id"
	" WHERE (v.state IN ('called', 'serving')) > (s.id IS NOT NULL AND s.site = v.site)",
	"SELECT count(*) FROM visit WHERE state IN ('waiting', 'absent') AND staff_id IS NOT NULL",
	"SELECT count(*) FROM visit WHERE (state = 'finished') IS NOT (finished_at IS NOT NULL)",
	/* one unit is responsible, and whoever has the case works there */
	"SELECT count(*) FROM case_file c JOIN staff s ON s.id = c.owner_id"
	" WHERE s.unit <> c.unit",
	"SELECT count(*) FROM case_file WHERE state = 'open' AND owner_id IS NOT NULL",
	"SELECT count(*) FROM case_file WHERE state IN ('in_work', 'waiting')"
	" AND owner_id IS NULL",
	"SELECT count(*) FROM case_file WHERE (state = 'waiting') IS NOT (wait_day IS NOT NULL)",
	"SELECT count(*) FROM case_file WHERE (state IN ('decided', 'handed_out', 'closed'))"
	" IS NOT (result IS NOT NULL)",
	/* offered: while one hand-over is open, and to that unit */
	"SELECT count(*) FROM case_file c LEFT JOIN handover h"
	" ON h.case_id = c.id AND h.state = 'offered'"
	" WHERE c.offered_to IS NOT h.to_unit OR (h.id IS NOT NULL AND h.from_unit <> c.unit)",
	/* what was once written of a visit's times stands as it was */
	"SELECT count(*) FROM (SELECT * FROM seen EXCEPT SELECT * FROM visit_step)",
	"SELECT count(*) FROM visit_step a JOIN visit_step b"
	" ON b.visit_id = a.visit_id AND b.step = a.step + 1 WHERE b.at < a.at",
	"SELECT count(*) FROM visit WHERE version < (SELECT max(step) FROM visit_step"
	" WHERE visit_id = id)",
};

static int
count(struct walk *w, const char *sql)
{
	sqlite3_stmt *q = NULL;
	int n;

	ck_assert_msg(sqlite3_prepare_v2(w->db, sql, -1, &q, NULL) == SQLITE_OK, "%s: %s", sql,
	    sqlite3_errmsg(w->db));
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	n = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	return n;
}

/* How many there are: never fewer than before. */
static void
recount(struct walk *w, const char *table, int *n)
{
	char sql[64];
	int now;

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
	now = count(w, sql);
	ck_assert_msg(now >= *n, "%s: %d, were %d", table, now, *n);
	*n = now;
}

static void
must_hold(struct walk *w, int step)
{
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		ck_assert_msg(count(w, never[i]) == 0, "after step %d: %s", step, never[i]);
	ck_assert_int_eq(sqlite3_exec(w->db, "INSERT INTO seen SELECT * FROM visit_step EXCEPT"
	    " SELECT * FROM seen", NULL, NULL, NULL), SQLITE_OK);
	recount(w, "visit", &w->visits);
	recount(w, "case_file", &w->cases);
	recount(w, "handover", &w->handovers);
}

static int
steps_asked(void)
{
	const char *asked = getenv("TRESEN_WALK_STEPS");

	return asked ? atoi(asked) : STEPS;
}

START_TEST(anything_in_any_order)
{
	struct walk w = { .office = office_new(), .dice = (unsigned)_i * 7919u + 1, .people = 6 };
	int steps = steps_asked();

	for (size_t i = 0; i < PEOPLE; i++)
		w.desks[i] = desk_open(w.office, logins[i]);
	for (int i = 0; i < w.people; i++)
		a_person(w.desks[0], "Haddad");
	ck_assert_int_eq(sqlite3_open(office_db(w.office), &w.db), SQLITE_OK);
	sqlite3_db_config(w.db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	ck_assert_int_eq(sqlite3_exec(w.db,
	    "CREATE TEMP TABLE seen AS SELECT * FROM visit_step", NULL, NULL, NULL), SQLITE_OK);
	for (int i = 0; i < steps; i++) {
		if (i == steps / 2) { /* overnight, with people still in the room */
			w.day = 1;
			w.minutes = 0;
		}
		try_something(&w);
		must_hold(&w, i);
	}
	ck_assert_msg(w.done > steps / 8, "only %d of %d steps did anything", w.done, steps);
	sqlite3_close(w.db);
	for (size_t i = 0; i < PEOPLE; i++)
		desk_close(w.desks[i]);
	office_sound(w.office);
	office_free(w.office);
}
END_TEST

Suite *suite_walk(void);
Suite *
suite_walk(void)
{
	Suite *s = suite_create("walk");
	TCase *t = tcase_create("walk");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, anything_in_any_order, 0, SEEDS);
	suite_add_tcase(s, t);
	return s;
}
