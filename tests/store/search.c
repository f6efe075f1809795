/*
 * search.c - what people are found by: entered, taken out, compared with their
 * names, found wrong in whatever way it is wrong, and made anew.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "../../src/store/db.h"
#include "../../src/store/search.h"
#include "harness_op.h"
#include "store_admin.h"
#include "store_search.h"

static struct office *office;
static struct op op;

#define MUST(call) ck_assert_int_eq((call), ST_OK)

static void
setup(void)
{
	office = office_new();
	op = op_open(office, "res1");
}

static void
teardown(void)
{
	op_close(&op);
	office_free(office);
}

static void
sql(const char *text)
{
	char *why = NULL;

	ck_assert_msg(sqlite3_exec(op.db->sqlite, text, NULL, NULL, &why) == SQLITE_OK, "%s: %s",
	    text, why);
}

static int64_t
person(const char *family, const char *given)
{
	struct person_name names[2] = { { .kind = "main", .family = family, .given = given } };
	struct person p = { .display = family, .names = names, .n_names = 1 };

	MUST(store_person_add(&op, &p));
	return p.id;
}

/* Some people, and what a name has that another one has too. */
static void
add_people(void)
{
	sql("BEGIN");
	person("Haddad", "Rania");
	person("Al-Haddad", "Omar");
	person("Shevchenko", "Olena");
	person("\u0634\u06cc\u0631\u0632\u0627\u062f", NULL);
	sql("COMMIT");
}

static struct faults
look(void)
{
	struct faults f = { .n = 0 };

	MUST(store_verify_search(&op, &f));
	return f;
}

static void
is_sound(void)
{
	struct faults f = look();

	ck_assert_msg(f.found == 0, "%s", f.n ? f.text[0] : "a fault");
}

/* The one who is called so, by the search itself. */
static int64_t
found_by(const char *form)
{
	struct search s = { .n_units = 1 };
	struct counted *best;
	size_t n;

	s.units[0] = (struct search_unit){ .text = form, .form = form, .weight = 1 };
	MUST(store_search_lookup(&op, &s.units[0], NAME_KEY_SKELETON));
	MUST(store_search_people(&op, &s, 1, &best, &n));
	return n > 0 ? best[0].id : 0;
}

static void
migrate(bool anew)
{
	const char *why = "";
	bool search = false;
	int from, to;

	db_close(op.db);
	op.db = NULL;
	MUST(db_migrate(op.mem, office_db(office), &from, &to, &search, &why));
	ck_assert_int_eq(search, anew);
	MUST(db_open(op.mem, office_db(office), &op.db, &why));
}

START_TEST(what_is_entered_is_sound)
{
	is_sound();
	add_people();
	is_sound();
	migrate(false);
}
END_TEST

START_TEST(names_come_and_go)
{
	int64_t id;

	add_people();
	ck_assert_int_eq(found_by("ZEREZGHI"), 0);
	sql("BEGIN");
	id = person("Zerezghi", "Filmon");
	sql("COMMIT");
	ck_assert_int_eq(found_by("SERESGI"), id);
	sql("BEGIN; UPDATE person_name SET family = 'Wolday' WHERE family = 'Zerezghi'");
	ck_assert_int_gt(look().found, 0);
	MUST(store_search_refresh(&op, id));
	sql("COMMIT");
	is_sound();
	ck_assert_int_eq(found_by("WOLDAY"), id);
	ck_assert_int_eq(found_by("ZEREZGHI"), 0);
}
END_TEST

#define OF(form) "(SELECT id FROM spelling WHERE form = '" form "')"

static const struct { const char *harm, *fault; } harms[] = {
	{ "DELETE FROM person_spelling WHERE person_id = (SELECT max(id) FROM person)",
	  "is missing in the search" },
	{ "UPDATE person_spelling SET forms = ' HADDAD/5' WHERE forms LIKE '% RANIA%'",
	  "under other names" },
	{ "UPDATE person_name SET given = 'Layla' WHERE given = 'Rania'", "under other names" },
	{ "INSERT INTO person_spelling VALUES (999999, ' HADDAD/D')", "not in the office" },
	{ "DELETE FROM spelling WHERE form = 'SHEVCHENKO'", "does not know a name of" },
	{ "INSERT INTO spelling (form, people) VALUES ('NOBODY', 0)", "nobody is called so" },
	{ "UPDATE spelling SET people = people + 1 WHERE form = 'HADDAD'", "frequent" },
	{ "DELETE FROM spelling_people WHERE id >> 24 = " OF("OLENA"), "leads to other people" },
	{ "UPDATE spelling_people SET people = x'150000' WHERE id >> 24 = " OF("OLENA"),
	  "leads to other people" },
	{ "INSERT INTO spelling_people VALUES ((999999 << 24), x'150000')", "which is not there" },
	{ "DELETE FROM spelling_key WHERE spelling_id = " OF("SHEVCHENKO") " AND key ="
	  " (SELECT min(key) FROM spelling_key WHERE spelling_id = " OF("SHEVCHENKO") ")",
	  "by all spellings" },
	{ "INSERT INTO spelling_key VALUES (4711, " OF("SHEVCHENKO") ")", "by all spellings" },
	{ "INSERT INTO spelling_key VALUES (4711, 999999)", "which is not there" },
	{ "UPDATE person_spelling SET forms = 'rules 4711' WHERE person_id = 0", "another tresen" },
	{ "DELETE FROM person_spelling WHERE person_id = 0", "another tresen" },
	{ "DELETE FROM spelling; DELETE FROM spelling_key; DELETE FROM spelling_people;"
	  "DELETE FROM person_spelling WHERE person_id <> 0", "is missing in the search" },
};

START_TEST(whatever_is_wrong_is_found_and_made_anew)
{
	struct faults f;
	bool told = false;

	add_people();
	sql(harms[_i].harm);
	f = look();
	for (size_t i = 0; i < f.n; i++) {
		told |= strstr(f.text[i], harms[_i].fault) != NULL;
		/* the administrator learns where, not who */
		ck_assert_ptr_null(strcasestr(f.text[i], "haddad"));
		ck_assert_ptr_null(strcasestr(f.text[i], "shevchenko"));
	}
	ck_assert_msg(told, "%s: %s", harms[_i].harm, f.n > 0 ? f.text[0] : "nothing is found");
	migrate(true);
	is_sound();
	ck_assert_int_ne(found_by("OLENA"), 0);
	ck_assert_int_ne(found_by("SCHEWTSCHENKO"), 0);
	migrate(false);
}
END_TEST

/* Two that were made one are found by the names of both. */
START_TEST(merged_people_stay_in_the_search)
{
	add_people();
	sql("UPDATE person SET merged_into = (SELECT min(id) FROM person)"
	    " WHERE id = (SELECT max(id) FROM person)");
	is_sound();
	sql("DELETE FROM person_spelling WHERE person_id = (SELECT max(id) FROM person)");
	ck_assert_int_eq(look().found, 1);
	migrate(true);
	is_sound();
}
END_TEST

Suite *suite_search(void);
Suite *
suite_search(void)
{
	Suite *s = suite_create("search");
	TCase *t = tcase_create("search");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_entered_is_sound);
	tcase_add_test(t, names_come_and_go);
	tcase_add_loop_test(t, whatever_is_wrong_is_found_and_made_anew, 0, COUNT_OF(harms));
	tcase_add_test(t, merged_people_stay_in_the_search);
	suite_add_tcase(s, t);
	return s;
}
