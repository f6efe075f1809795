/*
 * reach.c - every cell of the table of rights, over the socket: each role,
 * each act, on things of its own, of its unit, offered to it, of another unit,
 * of a closed unit, of another site.  What the table allows is not refused for
 * want of a right; what it does not is DENIED, or not even there.  How a thing
 * stands to an actor is said here by hand.
 */
#include "harness_desk.h"
#include "rules_rights.h"
#include "rules_task.h"

#include <sqlite3.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct actor {
	const char *login, *unit, *site;
	enum role role;
} actors[] = {
	{ "front1", "front_office", "main", ROLE_COUNTER },
	{ "branch1", "front_office", "branch", ROLE_COUNTER },
	{ "res1", "residence", "main", ROLE_CLERK },
	{ "soc1", "social_work", "main", ROLE_CLERK },
	{ "super1", "residence", "main", ROLE_SUPERVISOR },
	{ "steer1", "steering", "main", ROLE_STEERING },
	{ "dpo1", "steering", "main", ROLE_DPO },
	{ "admin1", "steering", "main", ROLE_ADMIN },
};
#define ACTORS ((int)COUNT_OF(actors))

enum { MINE, NOBODYS, ANOTHERS };

/* One way a thing can lie in the office. */
struct lie {
	const char *unit, *site;
	bool closed, offered;    /* offered: to the actor's unit */
	int whose;
};

static const struct {
	const char *unit;
	bool closed;
} units[] = {
	{ "front_office", false }, { "residence", false }, { "social_work", true },
};
static const char *const sites[] = { "main", "branch" };
#define LIES (3 * 2 * 2 * 3)

static struct lie
lie_at(int n)
{
	return (struct lie){ .unit = units[n % 3].unit, .closed = units[n % 3].closed,
		.site = sites[n / 3 % 2], .offered = n / 6 % 2, .whose = n / 12 % 3 };
}

/* How a case stands to an actor. */
static unsigned
stands(const struct actor *a, const struct lie *lie)
{
	bool unit = strcmp(a->unit, lie->unit) == 0;

	return REACH_ALL | (unit ? REACH_UNIT : 0) | (lie->offered && !unit ? REACH_OFFERED : 0) |
	    (unit && lie->whose != ANOTHERS ? REACH_OWN : 0) |
	    (strcmp(a->site, lie->site) == 0 ? REACH_SITE : 0);
}

static unsigned
reach(const char *command, const struct actor *a, bool closed)
{
	return right_reach(command, a->role, closed ? UNIT_CLOSED : UNIT_OPEN);
}

static int
first_state(const struct transition *t)
{
	int state = 0;

	while (!(t->from & 1u << state))
		state++;
	return state;
}

/* ---- asking ---- */

static json_t *
arguments(const char *command, const char *key)
{
	static const struct {
		const char *command, *more;
	} needed[] = {
		{ "case.take", "{\"reason\": \"r\"}" },
		{ "case.wait", "{\"reason\": \"r\", \"until\": \"2026-12-24\"}" },
		{ "case.decide", "{\"result\": \"settled\", \"reason\": \"r\"}" },
		{ "case.reopen", "{\"reason\": \"r\"}" },
		{ "case.approve", "{\"version\": 1}" },
		{ "case.return", "{\"reason\": \"r\"}" },
		{ "case.note", "{\"text\": \"t\"}" },
		{ "case.document", "{\"key\": \"PASS\", \"state\": \"received\"}" },
		{ "case.answer", "{\"answers\": {}}" },
		{ "case.assign", "{\"owner\": \"res2\"}" },
		{ "handover.offer", "{\"to\": \"benefits\", \"reason\": \"r\"}" },
		{ "handover.return", "{\"reason\": \"r\"}" },
		{ "visit.finish", "{\"outcome\": \"done\"}" },
		{ "task.drop", "{\"reason\": \"r\"}" },
	};
	json_t *params = json_object(), *more;

	for (size_t i = 0; i < COUNT_OF(needed); i++)
		if (strcmp(needed[i].command, command) == 0) {
			more = json_loads(needed[i].more, 0, NULL);
			json_object_update(params, more);
			json_decref(more);
		}
	json_object_set_new(params, key, json_integer(1));
	return params;
}

/* The answer of a cell is that of the table. */
static void
cell(struct desk *d, const char *command, const char *key, bool allowed, bool seen,
     const char *what)
{
	const char *status = reply_status(desk_ask_with(d, command, arguments(command, key)));
	bool refused = strcmp(status, "DENIED") == 0 || strcmp(status, "NOT_FOUND") == 0;

	ck_assert_msg(refused != allowed, "%s by %s on %s: %s", command, d->login, what, status);
	if (!allowed && seen)
		ck_assert_msg(strcmp(status, "DENIED") == 0, "%s by %s on %s: %s", command, d->login,
		    what, status);
	ck_assert_msg(strcmp(status, "STORE") != 0, "%s by %s on %s", command, d->login, what);
}

/* One connection beside the engines, that waits for no disk: thousands of
 * things are laid out. */
static sqlite3 *file;

static void
file_open(struct office *o)
{
	ck_assert_int_eq(sqlite3_open_v2(office_db(o), &file, SQLITE_OPEN_READWRITE, NULL), 0);
	sqlite3_db_config(file, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_busy_timeout(file, 5000);
	ck_assert_int_eq(sqlite3_exec(file, "PRAGMA synchronous = OFF", NULL, NULL, NULL), 0);
}

static void
file_close(struct office *o)
{
	sqlite3_close(file);
	office_free(o);
}

static void PRINTF(1, 2)
change(const char *format, ...)
{
	va_list args;
	char *sql = NULL;

	va_start(args, format);
	ck_assert_int_gt(vasprintf(&sql, format, args), 0);
	va_end(args);
	ck_assert_msg(sqlite3_exec(file, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
	    sqlite3_errmsg(file));
	free(sql);
}

static const char *
owner_of(const struct actor *a, const struct lie *lie)
{
	return lie->whose == NOBODYS ? "" : lie->whose == MINE ? a->login : "front3";
}

/* ---- cases ---- */

static void
one_case(struct office *o)
{
	struct desk *d = desk_open(o, "res1");

	a_case(d, a_person(d, "Haddad"));
	desk_close(d);
	change("INSERT INTO handover (id, version, case_id, from_unit, to_unit, state, missing,"
	    " offered_at, offered_by, due_day) VALUES (1, 1, 1, 'residence', 'benefits',"
	    " 'returned', '', 1, 1, '2026-11-24')");
}

/* The case lies so, in this state; and the hand-over goes with it. */
static void
lay_case(const struct actor *a, const struct lie *lie, int state)
{
	bool done = state >= CASE_DECIDED;
	char offered[64] = "NULL";

	if (lie->offered)
		snprintf(offered, sizeof(offered), "'%s'", a->unit);
	change("BEGIN IMMEDIATE; DELETE FROM handover WHERE id > 1; UPDATE handover SET"
	    " state = '%s', from_unit = '%s', to_unit = '%s'",
	    lie->offered ? "offered" : "returned", lie->unit, lie->offered ? a->unit : "benefits");
	change("UPDATE case_file SET unit = '%s', site = '%s', state = '%s', offered_to = %s,"
	    " owner_id = (SELECT id FROM staff WHERE login = '%s'), decided_day = %s,"
	    " result = %s, wait_day = NULL, version = 1, proposed_by = NULL; COMMIT", lie->unit, lie->site,
	    state_name(&case_states, state), offered, owner_of(a, lie), done ? "'2026-11-23'" : "NULL",
	    done ? "'settled'" : "NULL");
}

static bool
case_is_seen(const struct actor *a, const struct lie *lie, int state)
{
	unsigned is = stands(a, lie);

	return (reach("case.show", a, lie->closed) & is) ||
	    ((state == CASE_DECIDED || state == CASE_HANDED_OUT) &&
	        (reach("case.handout", a, lie->closed) & is));
}

static const char *
told(const struct lie *lie)
{
	static char text[100];
	static const char *const whose[] = { "mine", "nobody's", "another's" };

	snprintf(text, sizeof(text), "one of %s at %s, %s%s", lie->unit, lie->site,
	    whose[lie->whose], lie->offered ? ", offered to them" : "");
	return text;
}

START_TEST(each_act_on_each_case)
{
	const struct actor *a = &actors[_i];
	struct office *o = office_new();
	struct desk *d;

	file_open(o);
	one_case(o);
	d = desk_open(o, a->login);
	for (size_t i = 0; i < case_workflow.n; i++)
		for (int n = 0; n < LIES; n++) {
			const struct transition *t = &case_workflow.table[i];
			struct lie lie = lie_at(n);

			/* a unit offers nothing to itself; who may nothing, may nothing anywhere */
			if ((lie.offered && strcmp(lie.unit, a->unit) == 0) ||
			    (n > 0 && !right_any(t->command, a->role, false)))
				continue;
			lay_case(a, &lie, first_state(t));
			/* whoever claims what is offered to them accepts it first */
			cell(d, t->command, strncmp(t->command, "handover.", 9) ? "id" : "case",
			    ((reach(t->command, a, lie.closed) & stands(a, &lie)) &&
			        !((t->guards & GUARD_SECOND) && lie.whose == MINE)) ||
			        (lie.offered && strcmp(t->command, "case.claim") == 0 &&
			            reach("handover.accept", a, lie.closed)),
			    case_is_seen(a, &lie, first_state(t)), told(&lie));
		}
	desk_close(d);
	file_close(o);
}
END_TEST

static bool
has_case(struct desk *d, const char *path, json_t *params, const char *command)
{
	json_t *reply = desk_ask_with(d, command, params), *rows, *row;
	size_t i;

	if (!json_object_get(reply, "result"))
		return false;
	rows = at(json_object_get(reply, "result"), path);
	json_array_foreach(rows, i, row)
		if (num(row, "id") == 1)
			return true;
	return false;
}

/* Lists, the file itself and the person's page agree with the table. */
START_TEST(each_list_has_the_rows_that_the_table_says)
{
	const struct actor *a = &actors[_i];
	struct office *o = office_new();
	struct desk *d;

	file_open(o);
	one_case(o);
	d = desk_open(o, a->login);
	for (int n = 0; n < LIES; n++) {
		struct lie lie = lie_at(n);
		bool seen;

		if (lie.offered && strcmp(lie.unit, a->unit) == 0)
			continue;
		lay_case(a, &lie, CASE_IN_WORK);
		seen = case_is_seen(a, &lie, CASE_IN_WORK);
		cell(d, "case.show", "id", seen, false, told(&lie));
		cell(d, "case.gaps", "id", seen, false, told(&lie));
		ck_assert_msg(has_case(d, "cases", json_object(), "case.list") ==
		    ((reach("case.list", a, lie.closed) & stands(a, &lie)) != 0),
		    "case.list by %s: %s", a->login, told(&lie));
		ck_assert_msg(has_case(d, "person.cases", json_pack("{s:i}", "id", 1),
		    "person.show") == seen, "person.show by %s: %s", a->login, told(&lie));
	}
	desk_close(d);
	file_close(o);
}
END_TEST

START_TEST(each_answer_to_each_handover)
{
	const struct actor *a = &actors[_i];
	struct office *o = office_new();
	struct desk *d;

	file_open(o);
	one_case(o);
	d = desk_open(o, a->login);
	for (size_t i = 0; i < handover_workflow.n; i++)
		for (int n = 0; n < LIES; n++) {
			const struct transition *t = &handover_workflow.table[i];
			struct lie lie = lie_at(n);
			unsigned is;

			if (lie.offered && strcmp(lie.unit, a->unit) == 0)
				continue;
			lay_case(a, &lie, CASE_OPEN);
			change("UPDATE handover SET state = 'offered'");
			is = stands(a, &lie);
			cell(d, t->command, "id", reach(t->command, a, lie.closed) & is,
			    is & (REACH_UNIT | REACH_OFFERED), told(&lie));
		}
	desk_close(d);
	file_close(o);
}
END_TEST

/* ---- visits ---- */

static void
one_visit(struct office *o)
{
	struct desk *d = desk_open(o, "front1");

	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	desk_close(d);
}

static void
lay_visit(const struct actor *a, const struct lie *lie,
          const struct transition *t)
{
	bool earlier = t->guards & GUARD_EARLIER;

	change("UPDATE visit SET number = (SELECT max(number) + 1 FROM visit), site = '%s',"
	    " staff_id = (SELECT id FROM staff WHERE login = '%s'), state = '%s',"
	    " day = '%s', service_id = (SELECT id FROM service WHERE unit = '%s' LIMIT 1),"
	    " finished_at = NULL, outcome = NULL WHERE id = 1", lie->site,
	    owner_of(a, lie), state_name(&visit_states, first_state(t)),
	    earlier ? "2026-11-20" : "2026-11-23", lie->unit);
}

/* A visit belongs to a site; what it is about, to a unit.  Overnight nobody
 * has kept anybody, and only who is called or served is with somebody. */
static unsigned
visit_stands(const struct actor *a, const struct lie *lie, const struct transition *t)
{
	bool site = strcmp(a->site, lie->site) == 0;
	int state = first_state(t);
	bool kept = state == VISIT_CALLED || state == VISIT_SERVING;

	return REACH_ALL | (site ? REACH_SITE : 0) |
	    (strcmp(a->unit, lie->unit) == 0 ? REACH_UNIT : 0) |
	    (site && (lie->whose != ANOTHERS || !kept || (t->guards & GUARD_EARLIER))
	        ? REACH_OWN : 0);
}

/* A waiting room is that of the own site, whatever a right reaches besides. */
static void
is_listed(struct desk *d, const struct actor *a, const struct lie *lie, unsigned is)
{
	json_t *reply = desk_ask(d, "visit.list", NULL), *visit;
	bool listed = false;
	size_t i;

	if (json_object_get(reply, "result"))
		json_array_foreach(at(json_object_get(reply, "result"), "visits"), i, visit)
			listed |= num(visit, "id") == 1;
	ck_assert_msg(listed == ((is & REACH_SITE) && (reach("visit.list", a, lie->closed) & is)),
	    "visit.list by %s: %s", a->login, told(lie));
}

START_TEST(each_step_of_each_visit)
{
	const struct actor *a = &actors[_i];
	struct office *o = office_new();
	struct desk *d;

	file_open(o);
	one_visit(o);
	d = desk_open(o, a->login);
	for (size_t i = 0; i < visit_workflow.n; i++)
		for (int n = 0; n < LIES; n++) {
			const struct transition *t = &visit_workflow.table[i];
			struct lie lie = lie_at(n);
			unsigned is = visit_stands(a, &lie, t);
			bool seen = reach("visit.show", a, lie.closed) & is;

			if (lie.offered || strcmp(t->command, "visit.next") == 0)
				continue; /* nobody calls one by number */
			lay_visit(a, &lie, t);
			cell(d, "visit.show", "id", seen, false, told(&lie));
			is_listed(d, a, &lie, is);
			cell(d, t->command, "id", seen && (reach(t->command, a, lie.closed) & is),
			    seen, told(&lie));
		}
	desk_close(d);
	file_close(o);
}
END_TEST

/* ---- tasks ---- */

START_TEST(each_answer_to_each_task)
{
	const struct actor *a = &actors[_i];
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");

	file_open(o);
	a_person(d, "Haddad");
	desk_close(d);
	change("INSERT INTO task (id, version, unit, kind, name_de, name_en, person_id, due_day,"
	    " state, opened_at, opened_by, changed_at, changed_by) VALUES (1, 1, 'residence', 'k',"
	    " 'd', 'e', 1, '2026-11-24', 'open', 1, 1, 1, 1)");
	d = desk_open(o, a->login);
	for (size_t i = 0; i < task_workflow.n; i++)
		for (size_t u = 0; u < COUNT_OF(units); u++) {
			const struct transition *t = &task_workflow.table[i];
			struct lie lie = { .unit = units[u].unit, .closed = units[u].closed,
				.site = "main", .whose = NOBODYS };
			unsigned is = stands(a, &lie);

			change("UPDATE task SET unit = '%s', state = '%s'", lie.unit,
			    state_name(&task_states, first_state(t)));
			cell(d, t->command, "id", reach(t->command, a, lie.closed) & is,
			    reach("task.list", a, lie.closed) & is, told(&lie));
		}
	desk_close(d);
	file_close(o);
}
END_TEST

Suite *suite_reach(void);
Suite *
suite_reach(void)
{
	Suite *s = suite_create("reach");
	TCase *t = tcase_create("reach");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_loop_test(t, each_act_on_each_case, 0, ACTORS);
	tcase_add_loop_test(t, each_list_has_the_rows_that_the_table_says, 0, ACTORS);
	tcase_add_loop_test(t, each_answer_to_each_handover, 0, ACTORS);
	tcase_add_loop_test(t, each_step_of_each_visit, 0, ACTORS);
	tcase_add_loop_test(t, each_answer_to_each_task, 0, ACTORS);
	suite_add_tcase(s, t);
	return s;
}
