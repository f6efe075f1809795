/*
 * plan.c - no question walks through a large table: every statement that a
 * working day asks is looked up in SQLite's query plan.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/store/search.h"
#include "harness_op.h"
#include "store_case.h"
#include "store_handover.h"
#include "store_catalogue.h"
#include "store_household.h"
#include "store_look.h"
#include "store_proposal.h"
#include "store_search.h"
#include "store_work.h"

/* Tables that grow with the office. */
static const char *const large[] = {
	"event", "event_object", "case_file", "case_note", "case_answer", "case_document",
	"visit", "visit_step", "person", "person_name", "spelling", "spelling_key", "spelling_people",
	"person_spelling", "k", "handover", "reply", "c",
	"v", "p", "h", "o", "e", "n", "household", "household_member", "household_residence", "task",
	"m", "t", "r", "person_identifier", "person_contact", "person_address",
	"person_language", "person_document", "person_proposal", "looked", "l", "f",
};

static bool
is_scan_of_large(const char *detail)
{
	char table[64] = "";

	if (sscanf(detail, "SCAN %63s", table) != 1)
		return false;
	for (size_t i = 0; i < COUNT_OF(large); i++)
		if (strcmp(table, large[i]) == 0)
			return true;
	return false;
}

static bool
is_of_each_hit(const char *sql)
{
	return strstr(sql, "FROM person_name WHERE person_id") || strstr(sql, "FROM spelling") ||
	    strstr(sql, "count(*) FROM (SELECT 1 FROM looked") || strstr(sql, "FROM code WHERE");
}

static void
look_at_plan(sqlite3 *sqlite, const char *sql)
{
	char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
	sqlite3_stmt *q = NULL;

	ck_assert_msg(sqlite3_prepare_v2(sqlite, explain, -1, &q, NULL) == SQLITE_OK, "%s", sql);
	while (sqlite3_step(q) == SQLITE_ROW) {
		const char *detail = (const char *)sqlite3_column_text(q, 3);

		ck_assert_msg(!is_scan_of_large(detail), "%s\nin: %s", detail, sql);
		/* asked for each hit, or at each key: a table to sort in costs more than them */
		ck_assert_msg(!strstr(detail, "TEMP B-TREE") || !is_of_each_hit(sql),
		    "%s\nin: %s", detail, sql);
		/* a range that holds all of the past, visit by visit */
		ck_assert_msg(!strstr(detail, "(site=? AND day<?)") &&
		    !strstr(detail, "SEARCH v USING INTEGER PRIMARY KEY (rowid>?)"),
		    "%s\nin: %s", detail, sql);
	}
	sqlite3_finalize(q);
	sqlite3_free(explain);
}

/* In every order, of all undecided cases, of one state, of closed ones. */
static void
ask_pages(struct op *op, struct case_filter *f)
{
	static const unsigned states[] = { CASE_UNDECIDED, CASE_LIVE, 1u << CASE_CLOSED };
	struct case_file *cases;
	size_t n;

	for (size_t i = 0; i < COUNT_OF(states); i++)
		for (f->sort = CASE_BY_RANK; f->sort <= CASE_BY_AGE; f->sort++)
			for (f->owner_id = -1; f->owner_id <= 1; f->owner_id++) {
				f->states = states[i];
				ck_assert_int_eq(store_case_page(op, f, &cases, &n), ST_OK);
			}
}

/* Households, and tasks by unit, by person, by household, first page and next. */
static void
ask_households(struct op *op)
{
	struct task_filter filters[] = {
		{ .unit = "residence" }, { .person_id = 1 }, { .household_id = 1 },
		{ .unit = "residence", .state = TASK_DONE, .person_id = 1 },
	};
	struct task_rule *rules;
	struct home home;
	struct stay *stays;
	struct task task, *tasks;
	int64_t id, late;
	size_t n;

	ck_assert_int_eq(store_home_find(op, 1, &home), ST_OK);
	ck_assert_int_eq(store_home_of(op, 1, op->today, &id), ST_OK);
	ck_assert_int_eq(store_stay_list(op, 1, &stays, &n), ST_OK);
	ck_assert_int_eq(store_task_rules(op, ACT_BIRTH, op->today, &rules, &n), ST_OK);
	ck_assert_int_eq(store_task_find(op, 1, &task), ST_OK);
	ck_assert_int_eq(store_task_counts(op, "residence", &id, &late), ST_OK);
	for (size_t i = 0; i < 2 * COUNT_OF(filters); i++) {
		struct task_filter *f = &filters[i / 2];

		f->limit = 10;
		f->after_id = i % 2 ? 5 : 0;
		f->after_day = op->today;
		ck_assert_int_eq(store_task_page(op, f, &tasks, &n), ST_OK);
	}
}

static void
ask_people(struct op *op)
{
	struct proposal proposal, *proposals;
	struct event *events;
	struct person p;
	int64_t *ids;
	size_t n;

	ck_assert_int_eq(store_person_find(op, 1, &p), ST_OK);
	ck_assert_int_eq(store_person_linked(op, 1, &ids, &n), ST_OK);
	ck_assert_int_eq(store_proposal_find(op, 1, &proposal), ST_OK);
	ck_assert_int_eq(store_proposal_by_person(op, 1, 10, &proposals, &n), ST_OK);
	ck_assert_int_eq(store_proposal_open(op, "residence", true, 0, 10, &proposals, &n), ST_OK);
	ck_assert_int_eq(store_proposal_open(op, "residence", false, 3, 10, &proposals, &n), ST_OK);
	ck_assert_int_eq(store_event_history(op, "person", 1, 10, &events, &n), ST_OK);
}

/* What each look at a file asks before it is kept, and who reads them. */
static void
ask_looks(struct op *op)
{
	struct look_filter filters[] = { { .person_id = 1 }, { .staff_id = 1 } };
	struct unusual *unusual;
	struct look_row *looks;
	struct look_work work;
	bool locked;
	const char *text, **names;
	int64_t many;
	size_t n;

	ck_assert_int_eq(store_look_purpose(op, 1, 0, &text), ST_OK);
	ck_assert_int_eq(store_look_work(op, 1, 0, &work), ST_OK);
	ck_assert_int_eq(store_look_files(op, 0, 1, &many), ST_OK);
	ck_assert_int_eq(store_look_people(op, "watch.own", 0, 1, &many), ST_OK);
	ck_assert_int_eq(store_look_events(op, LOOK_HIT, 0, &many), ST_OK);
	ck_assert_int_eq(store_look_person(op, 1, &text, &locked), ST_OK);
	ck_assert_int_eq(store_look_home(op, 1, &names, &n), ST_OK);
	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		filters[i].until = INT64_MAX;
		filters[i].limit = 10;
		ck_assert_int_eq(store_look_list(op, &filters[i], &looks, &n), ST_OK);
	}
	ck_assert_int_eq(store_look_unusual(op, 0, op->today, op->today, &unusual, &n), ST_OK);
}

/* What screens, queues, searches and live news ask. */
static void
ask_cases(struct op *op)
{
	const char *units[] = { "residence", "benefits" };
	struct case_filter f = { .units = units, .n_units = 2,
		.due_before = DAY_NONE, .limit = 10 };
	struct case_file c, *cases;
	struct case_counts counts;
	int64_t id;
	size_t n;

	ask_pages(op, &f);
	f.after_id = 5;
	f.after_day = op->today;
	ask_pages(op, &f);
	ck_assert_int_eq(store_case_find(op, 1, &c), ST_OK);
	ck_assert_int_eq(store_case_by_number(op, 2026, 1, &id), ST_OK);
	ck_assert_int_eq(store_case_by_person(op, 1, " residence ", "residence", 10, &cases, &n),
	    ST_OK);
	ck_assert_int_eq(store_case_ready(op, "main", 3, 10, &cases, &n), ST_OK);
	ck_assert_int_eq(store_case_ready_count(op, "main", NULL, &id), ST_OK);
	ck_assert_int_eq(store_case_twin(op, 1, 1, &id), ST_OK);
	ck_assert_int_eq(store_case_counts(op, "residence", &counts), ST_OK);
}

static void
ask_rooms(struct op *op)
{
	const struct room_view view = { "main", "residence" };
	struct room_counts room;
	struct visit v, *visits;
	int64_t id;
	size_t n;

	ck_assert_int_eq(store_visit_room(op, &view, 0x1f, 0, 10, &visits, &n), ST_OK);
	ck_assert_int_eq(store_visit_find(op, 1, &v), ST_OK);
	ck_assert_int_eq(store_visit_by_person(op, 1, "residence", 10, &visits, &n), ST_OK);
	ck_assert_int_eq(store_visit_counts(op, &view, &room), ST_OK);
	ck_assert_int_eq(store_visit_by_ticket(op, "main", op->today, 'A', 1, &id), ST_OK);
}

static void
ask_search(struct op *op)
{
	struct search s = { .n_units = 2, .n_born = 1, .born = { { 1990, 5, 3 } } };
	struct person_name *names;
	struct numbered *numbers;
	struct counted *people;
	struct found found;
	int64_t *ids;
	size_t n;

	s.units[0] = (struct search_unit){ .form = "HADDAD", .weight = 1 };
	s.units[1] = (struct search_unit){ .form = "RANI", .weight = 1, .open = true };
	for (size_t i = 0; i < s.n_units; i++)
		ck_assert_int_eq(store_search_lookup(op, &s.units[i], ~0u), ST_OK);
	ck_assert_int_eq(store_search_people(op, &s, 10, &people, &n), ST_OK);
	ck_assert_int_eq(store_search_read(op, 1, &found), ST_OK);
	ck_assert_int_eq(read_names(op, 1, &names, &n), ST_OK);
	ck_assert_int_eq(store_search_born(op, "1990", true, 10, &ids, &n), ST_OK);
	ck_assert_int_eq(store_search_number(op, "123456", "654321", &numbers, &n), ST_OK);
}

static void
ask_handovers(struct op *op)
{
	struct handover h, *handovers;
	struct basket basket;
	struct load *loads;
	size_t n;

	ck_assert_int_eq(store_handover_find(op, 1, &h), ST_OK);
	ck_assert_int_eq(store_handover_of_case(op, 1, &h), ST_OK);
	ck_assert_int_eq(store_handover_list(op, "residence", true, 0, 10, &handovers, &n), ST_OK);
	ck_assert_int_eq(store_handover_list(op, "residence", false, 3, 10, &handovers, &n), ST_OK);
	ck_assert_int_eq(store_basket(op, "residence", &basket), ST_OK);
	ck_assert_int_eq(store_load_list(op, "residence", &loads, &n), ST_OK);
}

static void
ask_everything(struct op *op)
{
	struct saved_reply reply;
	struct event *events;
	struct code *codes;
	unsigned topics;
	size_t n;

	ask_cases(op);
	ask_rooms(op);
	ask_people(op);
	ask_looks(op);
	ask_search(op);
	ask_handovers(op);
	ask_households(op);
	ck_assert_int_eq(store_code_begun(op, "country", 'A', &codes, &n), ST_OK);
	ck_assert_int_eq(store_event_history(op, "case", 1, 10, &events, &n), ST_OK);
	ck_assert_int_eq(store_reply_find(op, "r", &reply), ST_OK);
	ck_assert_int_eq(db_changes(op, 1, &topics), ST_OK);
}

START_TEST(nothing_is_searched_page_by_page)
{
	struct office *o = office_new();
	struct op op = op_open(o, "res1");
	sqlite3_stmt *q = NULL;

	ask_everything(&op);
	while ((q = sqlite3_next_stmt(op.db->sqlite, q)))
		look_at_plan(op.db->sqlite, sqlite3_sql(q));
	op_close(&op);
	office_free(o);
}
END_TEST

Suite *suite_plan(void);
Suite *
suite_plan(void)
{
	Suite *s = suite_create("plan");
	TCase *t = tcase_create("plan");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, nothing_is_searched_page_by_page);
	suite_add_tcase(s, t);
	return s;
}
