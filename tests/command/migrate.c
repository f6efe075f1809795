/*
 * migrate.c - an office of the time before a second person approved: its cases
 * stay what they are, and may wait for approval from then on.
 */
#include "harness_admin.h"

#include <check.h>
#include <string.h>

Suite *suite_migrate(void);

/* The steps before that one, as they stand beside the sources, and some work. */
static void
make_old_office(void)
{
	shell("steps=$(ls data/schema/*.sql | sed '/-approval.sql/,$d'); n=0;"
	    "for f in $steps; do n=$((n+1)); cat $f;"
	    "echo \"INSERT INTO schema_step VALUES ($n, $(cksum < $f | cut -d' ' -f1));\"; done"
	    " > %s.sql; echo \"PRAGMA application_id=1414681422; PRAGMA user_version=$n;"
	    "INSERT INTO unit (code, name_de, name_en, position) VALUES ('u', 'U', 'U', 1);"
	    "INSERT INTO site (code, name_de, name_en, position) VALUES ('s', 'S', 'S', 1);"
	    "INSERT INTO staff (id, login, name, role, unit, site) VALUES (1, 'a', 'A', 'clerk', 'u',"
	    " 's');"
	    "INSERT INTO service (id, code, valid_from, name_de, name_en, unit, lane, letter, basis,"
	    " position) VALUES (1, 'S1', '2020-01-01', 'D', 'D', 'u', 'back', 'A', 'b', 1);"
	    "INSERT INTO person (id, version, display, sort_key, created_at, changed_at) VALUES"
	    " (1, 1, 'P', 'p', 1, 1);"
	    "WITH c (id, state) AS (VALUES (1, 'open'), (2, 'waiting'), (3, 'decided'))"
	    " INSERT INTO case_file (id, version, year, number, person_id, service_id, site, unit,"
	    " state, opened_at, opened_day, arrived_day, due_day, due_why, rank_day, decided_day,"
	    " changed_at, changed_by) SELECT id, 1, 2026, id, 1, 1, 's', 'u', state, 1, '2026-11-02',"
	    " '2026-11-02', '2026-12-01', 'target', '2026-12-01',"
	    " CASE state WHEN 'decided' THEN '2026-11-03' END, 1, 1 FROM c;\" >> %s.sql;"
	    "umask 077; python3 -c \"import sqlite3, sys; d = sqlite3.connect(sys.argv[1]);"
	    "d.executescript(open(sys.argv[1] + '.sql').read())\" %s", office, office, office);
}

START_TEST(cases_of_before_may_wait_for_approval)
{
	make_old_office();
	ck_assert_int_eq(admin("migrate %s", office), 0);
	ck_assert_ptr_nonnull(strstr(said, "Load it again: tresen-admin catalogue "));
	/* every figure that the program asks for is there, before that */
	ck_assert_int_eq(count("SELECT count(*) FROM retention_rule"), 3);
	ck_assert_int_eq(count("SELECT value FROM office WHERE key = 'came_back_days'"), 60);
	ck_assert_int_eq(count("SELECT value FROM office WHERE key = 'urgent_days'"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM pragma_integrity_check"
	    " WHERE integrity_check = 'ok'"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM case_file WHERE proposed_by IS NULL"), 3);
	ck_assert_int_eq(count("SELECT open * 100 + waiting * 10 + proposed FROM case_count"), 110);
	ck_assert_int_eq(count("UPDATE case_file SET state = 'proposed', proposed_by = 1"
	    " WHERE id = 1 RETURNING id"), 1);
	ck_assert_int_eq(count("SELECT open * 100 + waiting * 10 + proposed FROM case_count"), 11);
	/* what rows are checked by is not less than it was */
	command_of("python3 -c \"import sqlite3, sys; d = sqlite3.connect(sys.argv[1]);"
	    "d.execute(\\\"UPDATE case_file SET state = 'nonsense' WHERE id = 2\\\")\" %s 2>&1", office);
	ck_assert_ptr_nonnull(strstr(said, "CHECK constraint failed"));
}
END_TEST

START_TEST(a_catalogue_of_this_tresen_is_not_asked_for)
{
	ck_assert_int_eq(admin("init %s", office), 0);
	ck_assert_int_eq(admin("migrate %s", office), 0);
	ck_assert_ptr_null(strstr(said, "tresen-admin catalogue"));
}
END_TEST

Suite *
suite_migrate(void)
{
	Suite *s = suite_create("migrate");
	TCase *t = tcase_create("migrate");

	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, cases_of_before_may_wait_for_approval);
	tcase_add_test(t, a_catalogue_of_this_tresen_is_not_asked_for);
	suite_add_tcase(s, t);
	return s;
}
