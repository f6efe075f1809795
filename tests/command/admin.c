/*
 * admin.c - tresen-admin as an administrator runs it: making, checking and
 * staffing an office file, and what it says when something is wrong.
 */
#include "harness_admin.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store.h"

/* ---- init ---- */

START_TEST(init_makes_a_private_file)
{
	struct stat st;

	ck_assert_int_eq(admin("init %s", office), 0);
	ck_assert_int_eq(stat(office, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	ck_assert_int_eq(admin("check %s", office), 0);
	ck_assert_int_eq(admin("staff %s list", office), 0);
	ck_assert_str_eq(said, "");
}
END_TEST

/* Room that is really there: a file of holes would keep none. */
START_TEST(a_real_office_has_a_ballast)
{
	ck_assert_int_eq(admin("init %s", office), 0);
	shell("test $(stat -c '%%a %%s' %s-ballast | tr ' ' -) = 600-67108864", office);
	shell("test $(stat -c %%b %s-ballast) -ge 131072", office);
	ck_assert_int_eq(admin("ballast %s release", office), 0);
	ck_assert_int_eq(admin("ballast %s release", office), 66);
	ck_assert_int_eq(admin("ballast %s restore --size 3", office), 0);
	shell("test $(stat -c %%s %s-ballast) = 3145728", office);
	/* one that is too large is refused, and takes none away */
	ck_assert_int_ne(admin("ballast %s restore --size $(($(df -m --output=avail %s | tail -n 1)"
	    " / 2 + 100))", office, office), 0);
	ck_assert_int_eq(admin("ballast %s", office), 0);
	ck_assert_ptr_nonnull(strstr(said, "is 3 MB"));
	/* one that is there keeps its size; one that is not is made */
	ck_assert_int_eq(admin("migrate %s", office), 0);
	shell("test $(stat -c %%s %s-ballast) = 3145728; rm %s-ballast", office, office);
	ck_assert_int_eq(admin("migrate %s", office), 0);
	shell("test -e %s-ballast", office);
	ck_assert_int_eq(admin("ballast %s sink", office), 64);
	office_lock_remove(office);
	shell("rm %s*", office);
	ck_assert_int_eq(admin("init %s --training", office), 0);
	shell("! test -e %s-ballast", office);
}
END_TEST

START_TEST(init_leaves_an_existing_file_alone)
{
	shell("echo mine > %s", office);
	ck_assert_int_eq(admin("init %s", office), 73);
	ck_assert_ptr_nonnull(strstr(said, "is there already and stays as it is"));
	shell("grep -qx mine %s", office);
}
END_TEST

START_TEST(training_has_the_fixed_logins)
{
	static const char *const logins[] = {
		"front1", "front2", "front3", "branch1", "res1", "res2", "ben1", "soc1", "super1",
		"steer1", "dpo1", "admin1",
	};

	ck_assert_int_eq(admin("init %s --training", office), 0);
	ck_assert_int_eq(admin("staff %s list", office), 0);
	for (size_t i = 0; i < COUNT_OF(logins); i++)
		ck_assert_msg(strstr(said, logins[i]), "%s is missing in:\n%s", logins[i], said);
	ck_assert_int_eq(count("SELECT count(*) FROM staff"), (int)COUNT_OF(logins));
}
END_TEST

static const struct { const char *words; int code; const char *sentence; } wrong[] = {
	{ "", 64, "usage:" },
	{ "frobnicate x.db", 64, "there is no such verb" },
	{ "init", 64, "usage: tresen-admin init" },
	{ "init %s --demo X", 65, "Choose S, M or L" },
	{ "init %s --seed many", 65, "is no number" },
	{ "init %s --uid 7", 64, "does not belong here" },
	{ "init /nowhere/office.db", 73, "Name another place" },
	{ "init %s --data /nowhere", 66, "/nowhere/catalogue/office.conf cannot be read" },
	{ "check %s", 66, "tresen-admin init" },
	{ "check /etc/passwd", 74, "/etc/passwd" },
	{ "check /etc", 66, "is a folder. Name the office file in it" },
	{ "migrate /etc/passwd", 74, "/etc/passwd" },
	{ "staff %s list", 66, "There is no office file" },
	{ "form-check /nowhere.form", 66, "/nowhere.form cannot be read" },
	{ "form-check forms/person.form --today soon", 65, "is no day" },
	{ "form-check tests/runner.c", 65, "cannot be read: syntax error" },
	{ "form-try forms/person.form --answers 5", 65, "Give an object" },
	{ "form-try forms/person.form --stage soon", 65, "is no stage" },
	{ "form-diff forms/person.form", 65, "Name two forms" },
};

START_TEST(forms_are_checked_tried_and_compared)
{
	ck_assert_int_eq(admin("form-check forms/person.form forms/counselling.form"), 0);
	ck_assert_ptr_nonnull(strstr(said, "forms/person.form: sound. person version "));
	ck_assert_int_eq(admin("form-try forms/counselling.form "
	                       "--answers '{\"area\":\"letter\"}'"), 0);
	ck_assert_ptr_nonnull(strstr(said, "\"answer_by\""));
	ck_assert_int_eq(admin("form-diff forms/person.form forms/person.form"), 0);
	ck_assert_ptr_nonnull(strstr(said, "no difference"));
}
END_TEST

START_TEST(mistakes_are_told)
{
	char words[256];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(words, sizeof(words), wrong[_i].words, office);
#pragma GCC diagnostic pop
	ck_assert_int_eq(admin("%s", words), wrong[_i].code);
	ck_assert_msg(strstr(said, wrong[_i].sentence), "%s: %s", words, said);
	/* nothing half-made stays behind */
	ck_assert_int_ne(access(office, F_OK), 0);
}
END_TEST

/* An empty file would keep the next try out. */
START_TEST(no_half_made_office_stays)
{
	/* a name that leaves no room for that of its log */
	ck_assert_int_eq(admin("init $(dirname %s)/$(printf %%0250d 0)", office), 73);
	shell("! ls $(dirname %s) | grep 000", office);
	ck_assert_int_eq(command_of("umask 0777; %s/tresen-admin init %s", program_folder(),
	    office), 0);
	shell("test $(stat -c %%a %s) = 600", office);
}
END_TEST

/* ---- staff ---- */

#define OKAFOR "--name 'Ada Okafor' --role clerk --unit residence --site main"

START_TEST(a_colleague_is_added_once)
{
	ck_assert_int_eq(admin("init %s", office), 0);
	ck_assert_int_eq(admin("staff %s add okafor --uid 1007 " OKAFOR, office), 0);
	ck_assert_int_eq(admin("staff %s list", office), 0);
	ck_assert_ptr_nonnull(strstr(said, "okafor"));
	ck_assert_ptr_nonnull(strstr(said, "1007"));
	ck_assert_int_eq(admin("staff %s add okafor --uid 1008 " OKAFOR, office), 1);
	ck_assert_int_eq(admin("staff %s add other --uid 1007 " OKAFOR, office), 1);
	ck_assert_ptr_nonnull(strstr(said, "Ada Okafor"));
	ck_assert_ptr_nonnull(strstr(said, "Choose another one"));
	ck_assert_int_eq(admin("form %s list zz", office), 66);
	ck_assert_ptr_nonnull(strstr(said, "There is no form zz. Which there are, says:"));
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

/* Two administrators at once: what one of them changed the other one's old view of the
 * row does not take back. */
START_TEST(two_change_one_colleague_at_once)
{
	char program[256];

	snprintf(program, sizeof(program), "%s/tresen-admin staff %s change okafor", program_folder(),
	    office);
	ck_assert_int_eq(admin("init %s", office), 0);
	ck_assert_int_eq(admin("staff %s add okafor --uid 1007 " OKAFOR, office), 0);
	for (int i = 0; i < 5; i++) {
		shell("%s --role clerk --unit residence --name A --site main", program);
		shell("%s --role supervisor & %s --unit benefits & %s --name Bo & %s --site branch; "
		    "wait", program, program, program, program);
		ck_assert_int_eq(count("SELECT count(*) FROM staff WHERE role = 'supervisor' AND "
		    "unit = 'benefits' AND name = 'Bo' AND site = 'branch'"), 1);
	}
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

static const struct { const char *words; int code; const char *sentence; } strangers[] = {
	{ "add x --uid 5 --name X --role clerk --unit '' --site main", 66,
	  "no unit \"\". Choose one of: front_office, residence" },
	{ "add x --uid 5 --name X --role clerk --unit residence --site moon", 66,
	  "Choose one of: main, branch" },
	{ "add x --uid 5 --name X --role king --unit residence --site main", 65,
	  "Choose counter, clerk" },
	{ "add x --uid 5 --name '' --role clerk --unit residence --site main", 65, "--name" },
	{ "change x --name X", 66, "tresen-admin staff OFFICE list" },
	{ "add x --uid -5 --name X --role clerk --unit residence --site main", 65, NULL },
	{ "add X! --uid 5 --name X --role clerk --unit residence --site main", 65, NULL },
	{ "add x --uid 5 --name '\033[31m' --role clerk --unit residence --site main", 65, NULL },
	{ "add x --uid 5 --name X --role counter --unit front_office --site main --counter moon-1",
	  66, NULL },
	{ "add x --uid 5", 64, NULL },
	{ "remove x", 64, NULL },
};

START_TEST(a_colleague_must_fit_the_catalogue)
{
	ck_assert_int_eq(admin("init %s", office), 0);
	ck_assert_int_eq(admin("staff %s %s", office, strangers[_i].words), strangers[_i].code);
	ck_assert_msg(!strangers[_i].sentence || strstr(said, strangers[_i].sentence), "%s", said);
	ck_assert_int_eq(count("SELECT count(*) FROM staff"), 0);
}
END_TEST

/* ---- check ---- */

static const struct { const char *harm, *fault; } harms[] = {
	{ "UPDATE case_count SET open = open + 1", "FAULT  counters" },
	{ "DELETE FROM case_count", "FAULT  counters" },
	{ "UPDATE case_note SET text = 'Sesam' WHERE id = 7", "case_note 7: column text" },
	{ "UPDATE case_file SET due_day = '2030-01-01' WHERE id = 70",
	  "case_file 70: column due_day" },
	{ "INSERT INTO case_note (case_id, at, staff_id, unit, text)"
	  " VALUES (1, 1, 1, 'residence', 'Sesam')",
	  "no event made this row" },
	{ "DELETE FROM case_document WHERE case_id = 80", "this row is gone without an event" },
	{ "DELETE FROM event_object; DELETE FROM event WHERE seq = 400",
	  "The events 400 to 400 are gone" },
	{ "DELETE FROM event_object;"
	  "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
	  "FAULT  the present state" },
	{ "UPDATE event SET changeset = substr(changeset, 1, length(changeset) - 9)"
	  " WHERE seq = 400",
	  "Event 400 cannot be repeated" },
	{ "UPDATE visit SET person_id = 99999 WHERE id = 9", "points to a row of person" },
	{ "DELETE FROM spelling_key WHERE key = (SELECT min(key) FROM spelling_key)",
	  "tresen-admin migrate" },
	{ "UPDATE case_file SET offered_to = 'benefits' WHERE id = 66",
	  "Case 66 and its hand-over name different units" },
};

START_TEST(check_sees_what_was_changed_by_hand)
{
	office_copy();
	harm(harms[_i].harm);
	ck_assert_int_eq(admin("check %s", office), 74);
	ck_assert_msg(strstr(said, harms[_i].fault), "%s:\n%s", harms[_i].harm, said);
	/* the administrator learns where, not what stands there */
	ck_assert_ptr_null(strstr(said, "Sesam"));
}
END_TEST

START_TEST(check_only_reads)
{
	office_copy();
	shell("sha256sum < %s > %s.before", office, office);
	ck_assert_int_eq(admin("check %s", office), 0);
	shell("sha256sum < %s | cmp - %s.before", office, office);
}
END_TEST

Suite *suite_admin(void);

Suite *
suite_admin(void)
{
	Suite *s = suite_create("admin");
	TCase *t = tcase_create("admin");

	tcase_add_unchecked_fixture(t, demo_begin, demo_end);
	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, init_makes_a_private_file);
	tcase_add_test(t, a_real_office_has_a_ballast);
	tcase_add_test(t, init_leaves_an_existing_file_alone);
	tcase_add_test(t, training_has_the_fixed_logins);
	tcase_add_test(t, forms_are_checked_tried_and_compared);
	tcase_add_loop_test(t, mistakes_are_told, 0, COUNT_OF(wrong));
	tcase_add_test(t, no_half_made_office_stays);
	tcase_add_test(t, a_colleague_is_added_once);
	tcase_add_test(t, two_change_one_colleague_at_once);
	tcase_add_loop_test(t, a_colleague_must_fit_the_catalogue, 0, COUNT_OF(strangers));
	tcase_add_loop_test(t, check_sees_what_was_changed_by_hand, 0, COUNT_OF(harms));
	tcase_add_test(t, check_only_reads);
	suite_add_tcase(s, t);
	return s;
}
