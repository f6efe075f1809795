/*
 * cli.c - stories of one-shot commands: what scripts rely on.
 */
#include "harness_office.h"
#include "harness_story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_cli(void);

/* The command ends so and says this. */
static void
expect(const char *login, const char *command, int exit_code, const char *said)
{
	int code;
	char *text = office_run(office, login, command, &code);

	ck_assert_msg(code == exit_code, "tresen %s: exit %d, not %d: %s", command, code,
	    exit_code, text);
	ck_assert_msg(strstr(text, said), "tresen %s does not say \"%s\" but: %s", command, said,
	    text);
	free(text);
}

START_TEST(a_result_is_readable_or_json)
{
	expect("res1", "staff me", 0, "login              res1");
	expect("res1", "staff me --json", 0, "{\"staff\":{\"id\":");
	expect("res1", "--json staff me", 0, "\"login\":\"res1\"");
	expect("front1", "visit new concern=S02 note=x", 0, "ticket");
	expect("front1", "visit list --json", 0, "\"counts\":{");
	expect("front1", "visit show id=1", 0, "  may:\n    command");
}
END_TEST

/* A script gets all columns, and nobody who reads them is told of half. */
START_TEST(a_list_hides_no_column)
{
	run("front1", "person new family=Haddad given=Rania");
	run("res1", "case open person=1 service=S02");
	run("res1", "case claim id=1");
	expect("res1", "case list", 0, " why ");
	expect("res1", "case list", 0, " asked ");
}
END_TEST

START_TEST(exit_codes_say_what_went_wrong)
{
	expect("res1", "foo bar", 64, "there is no such command (see: tresen help): foo");
	expect("res1", "case", 64, "a verb is missing; see: tresen help case");
	expect("res1", "session", 64, "there is no such command");
	expect("res1", "case bar", 64, "there is no such verb; see: tresen help case");
	expect("res1", "case claim", 64, "needs: id");
	expect("res1", "case claim", 64, "what the command takes, says: tresen help case claim");
	expect("res1", "case list =x", 64, "key=value, not: =x");
	expect("res1", "case claim number=3", 64, "no such argument: number=3");
	expect("res1", "case claim 3", 64, "key=value, not: 3");
	expect("res1", "--wrong", 64, "tresen --help");
	expect("res1", "case claim id=x", 65, "id");
	expect("res1", "case claim id=999999", 66, "tresen: ");
	expect("front1", "visit next", 66, "tresen: ");
	expect("front1", "console show", 77, "tresen: ");
	expect("nobody9", "staff me", 66, "\"nobody9\". Start without --as");
}
END_TEST

/* What is empty or out of place is named as such, and where what fits is to be found. */
START_TEST(sentences_say_what_fits)
{
	expect("res1", "case list unit=", 65, "There is no unit \"\" whose cases");
	expect("res1", "case list owner=who", 65, "`tresen staff list` names them all");
	expect("res1", "case show id=2026-000001", 65, "the number that a list shows as id");
	expect("front1", "visit new concern=S02", 0, "waiting");
	expect("front1", "visit next counter=", 65, "There is no counter \"\" at this site");
}
END_TEST

/* All of them are one act, for which the whole office would wait. */
START_TEST(a_list_of_ids_has_an_end)
{
	char line[2048] = "case assign owner=res1 id=1";
	size_t n = strlen(line);

	for (int i = 1; i <= 500; i++, n += 2)
		memcpy(line + n, ",1", 3);
	expect("super1", line, 65, "id takes 500 numbers at most. Do the others after these.");
	line[n - 2] = '\0';
	expect("super1", line, 66, "There is no case 1 here");
}
END_TEST

START_TEST(a_second_one_is_a_conflict)
{
	expect("front1", "visit new concern=S02", 0, "waiting");
	expect("front1", "visit start id=1", 1, "tresen: ");
	expect("front1", "visit finish id=1 outcome=left", 0, "finished");
	expect("front2", "visit finish id=1 outcome=left", 1, "Okafor changed it last.");
}
END_TEST

/* What a shell prints for this line. */
static char *
shell_says(const char *line)
{
	static char said[8192];
	FILE *out = popen(line, "r");
	size_t n;

	ck_assert_ptr_nonnull(out);
	n = fread(said, 1, sizeof(said) - 1, out);
	said[n] = '\0';
	pclose(out);
	return said;
}

/* Without --as: what tresen says to these words, and how it ended. */
static char *
nobody_asks(const char *words)
{
	char program[4096], line[12000];

	program_path("tresen", program, sizeof(program));
	snprintf(line, sizeof(line), "'%s' --lang en %s 2>&1; echo ended with $?", program, words);
	return shell_says(line);
}

START_TEST(help_says_what_it_cannot_know)
{
	char words[4096];
	const char *said = nobody_asks("help");

	ck_assert_ptr_nonnull(strstr(said, "An office lists its commands: tresen --db FILE help."));
	ck_assert_ptr_nonnull(strstr(said, "ended with 0"));
	said = nobody_asks("help case claim");
	ck_assert_ptr_nonnull(strstr(said, "No office is known here."));
	ck_assert_ptr_nonnull(strstr(said, "ended with 78"));
	snprintf(words, sizeof(words), "--db '%s' help case claim", office_db(office));
	said = nobody_asks(words);
	ck_assert_ptr_nonnull(strstr(said, "tresen case claim id="));
	ck_assert_ptr_null(strstr(said, "Your role"));
}
END_TEST

START_TEST(help_comes_from_the_table_of_commands)
{
	expect("res1", "help", 0, "case claim");
	expect("res1", "--help", 0, "case claim");
	expect("res1", "help case", 0, "take an open case");
	expect("res1", "help case claim", 0, "tresen case claim id=");
	expect("res1", "case claim --help", 0, "tresen case claim id=");
	expect("front1", "help console show", 0, "Your role may not use this command.");
	expect("res1", "help nonsense", 64, "nonsense");
}
END_TEST

/* On a terminal nothing breaks in the middle of a word; a script gets whole lines. */
START_TEST(help_is_as_wide_as_the_terminal)
{
	char line[12000], program[4096];
	const char *said;

	program_path("tresen", program, sizeof(program));
	snprintf(line, sizeof(line), "script -qec \"stty cols 80; '%s' --lang en --db '%s' "
	    "help person document\" /dev/null </dev/null", program, office_db(office));
	said = shell_says(line);
	ck_assert_ptr_nonnull(strstr(said, "[number=] [issuer=] [from=]\r\n        [expires=] "));
	ck_assert_ptr_nonnull(strstr(said, "provisional | travel\r\n                        | birth"));
	expect("res1", "help person document", 0, "residence_card|visa|arrival|permission");
}
END_TEST

START_TEST(no_office_is_told_with_its_path)
{
	const char *said = nobody_asks("--office /nowhere/office.sock staff me");

	ck_assert_ptr_nonnull(strstr(said, "cannot be reached at /nowhere/office.sock."));
	ck_assert_ptr_nonnull(strstr(said, "ended with 69"));
}
END_TEST

START_TEST(german_is_asked_for)
{
	expect("res1", "--lang de staff me", 0, "res1");
	expect("res1", "--lang fr staff me", 64, "--lang");
}
END_TEST

Suite *
suite_cli(void)
{
	return stories("cli", NULL, STORIES(
	    a_result_is_readable_or_json,
	    a_list_hides_no_column,
	    exit_codes_say_what_went_wrong,
	    sentences_say_what_fits,
	    a_list_of_ids_has_an_end,
	    a_second_one_is_a_conflict,
	    help_says_what_it_cannot_know,
	    help_comes_from_the_table_of_commands,
	    help_is_as_wide_as_the_terminal,
	    no_office_is_told_with_its_path,
	    german_is_asked_for));
}
