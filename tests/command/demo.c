/*
 * demo.c - the invented office of trainings: the same for everybody who asks for
 * it, sound, and such that a clerk believes it.
 */
#include "harness_admin.h"

#include <stdlib.h>

#include "store.h"

/* Salts, keys and what is sealed under them too. */
START_TEST(one_seed_one_office)
{
	ck_assert_int_eq(admin("init %s --demo T --seed 5", office), 0);
	office_lock_remove(office);
	shell("mv %s %s.first", office, office);
	shell("rm -f %s-*", office);
	ck_assert_int_eq(admin("init %s --demo T --seed 5", office), 0);
	shell("cmp %s %s.first", office, office);
	office_lock_remove(office);
	shell("rm -f %s %s-*", office, office);
	ck_assert_int_eq(admin("init %s --demo T --seed 6", office), 0);
	shell("! cmp -s %s %s.first", office, office);
}
END_TEST

/* Beside the one that `make check` has built with clang; where nobody has, there is
 * nothing to compare. */
START_TEST(one_office_whichever_compiler)
{
	ck_assert_int_eq(admin("init %s --demo T --seed 5", office), 0);
	office_lock_remove(office);
	shell("mv %s %s.first", office, office);
	shell("rm -f %s-*", office);
	shell("[ ! -x build/clang/tresen-admin ] || {"
	      " build/clang/tresen-admin init %s --demo T --seed 5 && cmp %s %s.first; }", office,
	    office, office);
}
END_TEST

/* A busy morning, a Sunday, a night, the hour that summer time takes away, the
 * doors opened three minutes ago. */
static const char *const moments[] = {
	"2026-11-23T09:40:00Z", "2026-11-22T14:00:00Z", "2026-11-23T23:04:00Z",
	"2026-03-29T01:10:00Z", "2026-11-23T07:03:20Z",
};

/* What no clerk would believe, of those who fill the office. */
static const char *const odd[] = {
	/* nobody was recorded, came or asked for something before they were born */
	"SELECT count(*) FROM person WHERE born > date(created_at + 7200, 'unixepoch')",
	"SELECT count(*) FROM visit v JOIN person p ON p.id = v.person_id WHERE p.born > v.day",
	"SELECT count(*) FROM case_file c JOIN person p ON p.id = c.person_id"
	" WHERE p.born > c.opened_day OR c.decided_day < c.opened_day",
	"SELECT count(*) FROM person_document d JOIN person p ON p.id = d.person_id"
	" WHERE p.born > d.issued_day OR d.issued_day > date(p.created_at + 7200, 'unixepoch')",
	/* nobody decides on a Sunday */
	"SELECT count(*) FROM case_file WHERE state = 'closed' AND strftime('%w', decided_day) = '0'"
	" AND opened_day < (SELECT date(max(opened_day), '-60 days') FROM case_file)",
	/* the number of the register begins with the day of entry */
	"SELECT count(*) FROM person_identifier i JOIN person p ON p.id = i.person_id"
	" WHERE i.kind = 'azr' AND '20' || substr(i.value, 1, 6)"
	" > strftime('%Y%m%d', p.created_at + 7200, 'unixepoch')",
	"SELECT count(*) FROM case_answer a JOIN case_file c ON c.id = a.case_id"
	" JOIN person_identifier i ON i.person_id = c.person_id AND i.kind = 'azr'"
	" WHERE a.field = 'entry' AND replace(a.value, '-', '') <> '20' || substr(i.value, 1, 6)",
	/* what they hold */
	"SELECT count(*) FROM person_term WHERE from_day >= ends_day",
	"SELECT count(*) FROM person_term t JOIN person_nationality n USING (person_id)"
	" WHERE n.country IN ('DEU', 'POL', 'ROU', 'BGR')",
	"SELECT count(*) FROM person_identifier i JOIN person_nationality n USING (person_id)"
	" WHERE i.kind = 'azr' AND n.country = 'DEU'",
	"SELECT count(*) FROM case_answer a JOIN case_file c ON c.id = a.case_id"
	" JOIN person_term t ON t.person_id = c.person_id AND t.status IS NOT NULL"
	" WHERE a.field = 'title_now' AND a.value <> t.status",
	"SELECT count(*) FROM case_file c JOIN service s ON s.id = c.service_id"
	" JOIN person_nationality n USING (person_id) WHERE s.code = 'S38' AND n.country <> 'UKR'",
	/* answers that do not fit who gave them */
	"SELECT count(*) FROM case_answer a JOIN case_file c ON c.id = a.case_id JOIN person p"
	" ON p.id = c.person_id WHERE a.value = 'yes' AND (a.field = 'alone_minor'"
	" AND p.born < date(c.opened_day, '-18 years') OR a.field = 'pregnant' AND p.sex <> 'f')",
	"SELECT count(*) FROM case_answer a JOIN case_file c ON c.id = a.case_id"
	" WHERE a.value = 'yes' AND a.field IN ('partner', 'spouse', 'school', 'minor_child')"
	" AND c.person_id NOT IN (SELECT person_id FROM household_member)",
	"SELECT count(*) FROM case_answer a JOIN case_file c ON c.id = a.case_id"
	" WHERE a.field IN ('passport', 'has_passport') AND (a.value = 'yes') <>"
	" EXISTS (SELECT 1 FROM person_document d WHERE d.person_id = c.person_id)",
	/* a shelter lies in one town */
	"SELECT count(*) FROM (SELECT street FROM person_address WHERE street LIKE 'Unterkunft%'"
	" GROUP BY street HAVING count(DISTINCT postcode) > 1)",
	/* brothers and sisters come months apart, or are twins */
	"SELECT count(*) FROM household_member a JOIN household_member b USING (household_id)"
	" JOIN person p ON p.id = a.person_id JOIN person q ON q.id = b.person_id"
	" WHERE a.role = 'child' AND b.role = 'child' AND p.born NOT LIKE '%-01-01'"
	" AND q.born NOT LIKE '%-01-01' AND length(p.born) = 10 AND length(q.born) = 10"
	" AND julianday(q.born) - julianday(p.born) BETWEEN 1 AND 200"
	" AND p.born < date('2026-01-01') AND q.born < date('2026-01-01')",
};

START_TEST(an_invented_office_is_sound_at_any_hour)
{
	setenv("TRESEN_NOW", moments[_i], 1);
	ck_assert_int_eq(admin("init %s --demo T", office), 0);
	ck_assert_int_eq(admin("check %s", office), 0);
	/* where words are asked, each question has answers of its own */
	ck_assert_int_gt(count("SELECT count(DISTINCT field) FROM case_answer WHERE field IN"
	                       " ('employer', 'income_from', 'allocated_where', 'new_address')"), 2);
	ck_assert_int_eq(count("SELECT count(*) FROM (SELECT value FROM case_answer"
	                       " WHERE field IN ('employer', 'income_from', 'allocated_where',"
	                       " 'cash_reason', 'passport_effort', 'new_address', 'remarks')"
	                       " GROUP BY value HAVING count(DISTINCT field) > 1)"), 0);
	/* nobody asks for a course, or to be naturalised, at the age of one */
	ck_assert_int_eq(count("SELECT count(*) FROM case_file c JOIN person p"
	                       " ON p.id = c.person_id JOIN service s ON s.id = c.service_id"
	                       " WHERE s.code NOT IN ('S20', 'S45') AND length(p.born) = 10"
	                       " AND p.born > date(c.opened_day, '-18 years')"), 0);
	for (size_t i = 0; i < COUNT_OF(odd); i++)
		ck_assert_msg(count(odd[i]) == 0, "%s", odd[i]);
	/* most couples are a man and a woman, as elsewhere */
	ck_assert_int_gt(count("SELECT 100 * sum(p.sex <> q.sex) / count(*) FROM household_member a"
	    " JOIN household_member b USING (household_id) JOIN person p ON p.id = a.person_id"
	    " JOIN person q ON q.id = b.person_id WHERE a.role = 'head' AND b.role = 'spouse'"), 85);
	ck_assert_int_eq(count("SELECT count(*) FROM visit WHERE state = 'waiting'"
	                       " AND site = 'main'"), 6);
	ck_assert_int_eq(count("SELECT count(*) FROM visit WHERE state <> 'finished' AND day <>"
	                       " (SELECT max(day) FROM visit)"), 0);
	/* the fixed logins are free */
	ck_assert_int_eq(count("SELECT count(*) FROM visit v JOIN staff s ON s.id = v.staff_id"
	                       " WHERE v.state <> 'finished'"
	                       " AND s.login IN ('front1', 'front2', 'front3', 'branch1')"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM event a JOIN event b ON b.seq = a.seq + 1"
	                       " WHERE b.at < a.at"), 0);
	ck_assert_int_ge(count("SELECT count(*) FROM case_file WHERE state IN"
	                       " ('open', 'in_work', 'waiting')"), 70);
}
END_TEST

/* What makes names hard is there (domain: names.md). */
static const struct { const char *sql; int least; } people[] = {
	{ "SELECT count(*) FROM person WHERE born LIKE '%-01-01'", 10 },
	{ "SELECT count(*) FROM person WHERE length(born) < 10", 3 },
	{ "SELECT count(DISTINCT script) FROM person_name", 4 },
	{ "SELECT count(DISTINCT kind) FROM person_identifier WHERE checked = 1", 3 },
	{ "SELECT count(*) FROM person_document WHERE expires_day IS NOT NULL", 100 },
	{ "SELECT count(*) FROM person_language WHERE interpreter = 'needed'", 50 },
	{ "SELECT count(*) FROM person WHERE lock_day IS NOT NULL", 1 },
	{ "SELECT count(*) FROM person_name WHERE given IS NULL", 2 },
	{ "SELECT count(DISTINCT country) FROM person_nationality", 20 },
	{ "SELECT count(*) FROM person a JOIN person b ON a.display = b.display AND a.born = b.born"
	  " AND a.id < b.id", 1 },
	{ "SELECT count(DISTINCT display) FROM person", 350 },
};

START_TEST(invented_people_are_as_hard_as_real_ones)
{
	office_copy();
	for (size_t i = 0; i < COUNT_OF(people); i++)
		ck_assert_msg(count(people[i].sql) >= people[i].least, "%d: %s",
		              count(people[i].sql), people[i].sql);
}
END_TEST

Suite *suite_demo(void);

Suite *
suite_demo(void)
{
	Suite *s = suite_create("demo");
	TCase *t = tcase_create("demo");

	tcase_add_unchecked_fixture(t, demo_begin, demo_end);
	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, one_seed_one_office);
	tcase_add_test(t, one_office_whichever_compiler);
	tcase_add_loop_test(t, an_invented_office_is_sound_at_any_hour, 0, COUNT_OF(moments));
	tcase_add_test(t, invented_people_are_as_hard_as_real_ones);
	suite_add_tcase(s, t);
	return s;
}
