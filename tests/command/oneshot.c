/*
 * oneshot.c - tresen NOUN VERB key=value: what scripts rely on: exit codes,
 * the sentence on standard error, the object with --json.
 */
#include "harness_desk.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "store.h"

static void
exits(struct office *o, const char *login, const char *command, int expected)
{
	int code;
	char *said = office_run(o, login, command, &code);

	ck_assert_msg(code == expected, "%s: exit %d, not %d: %s", command, code, expected, said);
	ck_assert_msg(strlen(said) > 3, "%s: says nothing", command);
	free(said);
}

START_TEST(exit_codes_of_commands)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	char command[64];

	snprintf(command, sizeof(command), "case claim id=%lld",
	    (long long)a_case(d, a_person(d, "Haddad")));
	desk_close(d);
	exits(o, "front1", "visit list", 0);
	exits(o, "front1", "visit new concern=S02 people=2 --json", 0);
	exits(o, "res1", command, 0);
	exits(o, "res2", command, 1);
	exits(o, "front1", "visit nothing", 64);
	exits(o, "front1", "visit new colour=red", 64);
	exits(o, "front1", "visit new", 64);
	exits(o, "front1", "visit new concern", 64);
	exits(o, "front1", "visit new concern=S02 concern=S15", 64);
	exits(o, "front1", "--no-such-option", 64);
	exits(o, "front1", "person new family=Haddad born=2027", 65);
	exits(o, "front1", "visit show id=x", 65);
	exits(o, "front1", "visit show id=4711", 66);
	exits(o, "branch1", "visit next", 66);
	exits(o, "steer1", "person find q=had", 77);
	exits(o, "mallory", "visit list", 66);
	office_free(o);
}
END_TEST

/* What changed is told with what stood there before. */
START_TEST(history_reads_old_and_new)
{
	struct office *o = office_new();
	char *said;

	free(office_run(o, "res1", "person new family=Haddad born=1990", NULL));
	free(office_run(o, "res1", "person edit id=1 born=1990-05-03 reason=passport", NULL));
	said = office_run(o, "res1", "person history id=1", NULL);
	ck_assert_msg(strstr(said, "Date of birth: 1990 → 1990-05-03\n") != NULL, "%s", said);
	ck_assert_msg(strstr(said, "Date of birth: – → 1990\n") != NULL, "%s", said);
	ck_assert_msg(strstr(said, "passport") != NULL, "%s", said);
	free(said);
	office_free(o);
}
END_TEST

/* Whoever reads a list of people can name them to the next command. */
START_TEST(people_in_cells_have_their_number)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	int code;
	char *said;

	a_case(d, a_person(d, "Okonkwo"));
	said = office_run(o, "res1", "case list", &code);
	ck_assert_ptr_nonnull(strstr(said, "1 OKONKWO"));
	free(said);
	/* what is said of nobody takes no column */
	free(office_run(o, "ben1", "person propose id=1 field=born value=1971 reason=pass", &code));
	said = office_run(o, "res1", "person proposals", &code);
	ck_assert_ptr_nonnull(strstr(said, "1971"));
	ck_assert_ptr_null(strstr(said, "settled_by"));
	free(said);
	desk_close(d);
	office_free(o);
}
END_TEST

/* With an environment of its own; the office is named in the command. */
static int
shell_of(struct office *o, const char *program, const char *arguments)
{
	char path[PATH_MAX], command[3 * PATH_MAX];
	int status;

	program_path(program, path, sizeof(path));
	snprintf(command, sizeof(command), "cd '%s' && env -i HOME=. PATH=/usr/bin:/bin '%s' %s"
	    " >out 2>err", office_dir(o), path, arguments);
	status = system(command);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
shell(struct office *o, const char *arguments)
{
	return shell_of(o, "tresen", arguments);
}

START_TEST(exit_codes_of_offices)
{
	struct office *o = office_new();

	ck_assert_int_eq(shell(o, "--office ./no.sock visit list"), 69);
	ck_assert_int_eq(shell(o, "--db ./no.db visit list"), 66);
	ck_assert_int_eq(shell(o, "--db ./clock --as front1 visit list"), 74);
	ck_assert_int_eq(shell(o, "visit list"), 78);
	ck_assert_int_eq(shell(o, "--db office.db --office x visit list"), 64);
	ck_assert_int_eq(shell(o, "--lang fr visit list"), 64);
	ck_assert_int_eq(shell(o, "--db office.db </dev/null"), 78); /* no terminal */
	ck_assert_int_eq(shell(o, "--help"), 0);
	ck_assert_int_eq(shell(o, "--version"), 0);
	ck_assert_int_eq(shell_of(o, "tresen-engine", "--db ./no.db --listen ./no.sock"), 66);
	office_free(o);
}
END_TEST

/* A copy of the client with another engine beside it. */
static void
beside(struct office *o, const char *make_engine, const char *sentence)
{
	char client[PATH_MAX], command[3 * PATH_MAX];

	program_path("tresen", client, sizeof(client));
	snprintf(command, sizeof(command), "cd '%s' && cp '%s' tresen && %s;"
	    " ./tresen --lang en --db office.db visit list 2>&1 | grep -q '%s'", office_dir(o),
	    client, make_engine, sentence);
	ck_assert_msg(system(command) == 0, "%s", sentence);
}

START_TEST(a_lost_engine_is_not_a_missing_one)
{
	struct office *o = office_new();

	beside(o, "rm -f tresen-engine", "cannot be started");
	beside(o, "ln -s /bin/true tresen-engine", "ended before it answered");
	office_free(o);
}
END_TEST

/* Somebody holds the lock: "try again", and nothing was done. */
START_TEST(busy_is_75)
{
	struct office *o = office_new();
	struct office_lock lock;
	struct stat st;

	ck_assert_int_eq(stat(office_db(o), &st), 0);
	office_lock_init(&lock, &st);
	ck_assert(office_lock_take(&lock, 1000));
	exits(o, "front1", "visit new concern=S02", 75);
	exits(o, "front1", "visit list", 0); /* reading goes on */
	office_lock_give(&lock);
	exits(o, "front1", "visit new concern=S02", 0);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM visit"), 1);
	office_free(o);
}
END_TEST

START_TEST(json_is_the_result_alone)
{
	struct office *o = office_new();
	char *said = office_run(o, "front1", "visit new concern=S02 --json", NULL);
	json_t *result = json_loads(said, 0, NULL);

	ck_assert_msg(result != NULL, "%s", said);
	keys_are(result, "visit");
	ck_assert_str_eq(str(result, "visit.ticket"), "A001");
	json_decref(result);
	free(said);
	office_free(o);
}
END_TEST

START_TEST(help_comes_from_the_table)
{
	struct office *o = office_new();
	char *said = office_run(o, "front1", "help case decide", NULL);

	ck_assert_ptr_nonnull(strstr(said, "result"));
	ck_assert_ptr_nonnull(strstr(said, "granted|refused|withdrawn|settled"));
	free(said);
	office_free(o);
}
END_TEST

Suite *suite_oneshot(void);
Suite *
suite_oneshot(void)
{
	Suite *s = suite_create("oneshot");
	TCase *t = tcase_create("oneshot");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, exit_codes_of_commands);
	tcase_add_test(t, history_reads_old_and_new);
	tcase_add_test(t, people_in_cells_have_their_number);
	tcase_add_test(t, exit_codes_of_offices);
	tcase_add_test(t, a_lost_engine_is_not_a_missing_one);
	tcase_add_test(t, busy_is_75);
	tcase_add_test(t, json_is_the_result_alone);
	tcase_add_test(t, help_comes_from_the_table);
	suite_add_tcase(s, t);
	return s;
}
