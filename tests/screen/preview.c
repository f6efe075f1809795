/*
 * preview.c - stories of form-preview: a form file as clerks will see it,
 * without an office.
 */
#include "harness_office.h"
#include "harness_story.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

Suite *suite_preview(void);

static char program[PATH_MAX], line[2 * PATH_MAX];

static void
preview(const char *path, int cols)
{
	program_path("tresen", program, sizeof(program));
	snprintf(line, sizeof(line), "exec %s form-preview %s", program, path);
	sit_down_at((struct setup){ .shell = line, .cols = cols });
}

START_TEST(a_form_is_seen_as_clerks_will)
{
	preview("tests/forms/everything.form", 0);
	tty_row_has(t, 0, "Preview · Everything at once, version 1");
	tty_row_has(t, 0, "at intake");
	tty_row_has(t, 1, "▸Work   Family   Proofs ✓");
	tty_row_has(t, 21, "Papers: PASS · to: residence");
	tty_type(t, "n\t");
	tty_row_has(t, 21, "Papers: PASS · to: residence · urgency: soon · due: 30 Nov 2026");
	tty_keys(t, "F8");
	tty_sees(t, "\"form\": \"everything\",");
	tty_keys(t, "Esc F6");
	tty_row_has(t, 0, "at review");
	tty_sees(t, "\"Starts on\" is still missing.");
	ck_assert_int_eq(tty_leave(t, "F10"), 0);
}
END_TEST

START_TEST(its_examples_are_answers)
{
	preview("tests/forms/everything.form", 0);
	tty_keys(t, "F3");
	tty_sees(t, "works, two children");
	tty_keys(t, "Enter");
	tty_sees(t, "Answers of the example \"works, two children\".");
	tty_keys(t, "F4");
	tty_sees(t, "     1   Ada    03.05.2015  yes     12.50  0");
	tty_sees(t, "     2   Ben    2024");
}
END_TEST

static void
write_form(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

#define FORM(label)                                                                        \
	"key = \"a\"; version = 1; valid_from = \"2026-01-01\"; services = [ \"S02\" ];"   \
	"title = { de = \"A\"; en = \"A\"; }; sections = ( { key = \"one\";"              \
	"title = { de = \"E\"; en = \"One\"; }; fields = ( { key = \"f\"; type = \"text\";" \
	"label = { de = \"F\"; en = \"" label "\"; }; } ); } );\n"

START_TEST(who_writes_a_form_reads_it_again)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/a.form", office_dir(office));
	write_form(path, FORM("First"));
	preview(path, 0);
	tty_sees(t, "First");
	tty_type(t, "kept");
	write_form(path, FORM("Second"));
	tty_keys(t, "F5");
	tty_sees(t, "Second                      [ kept");
	write_form(path, "key = 1;\n");
	tty_keys(t, "F5");
	tty_sees(t, "! a.form:");
	tty_sees(t, "Second                      [ kept");
}
END_TEST

/* A long legal basis must not take the end of a long question. */
START_TEST(a_long_question_is_read_to_its_end)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/a.form", office_dir(office));
	write_form(path, "key = \"a\"; version = 1; valid_from = \"2026-01-01\";"
	    "services = [ \"S02\" ]; basis = \"§§ 9, 9a, 18c, 26(3)(4), 28(2), 35 AufenthG\";"
	    "title = { de = \"A\"; en = \"A\"; }; sections = ( { key = \"one\";"
	    "title = { de = \"E\"; en = \"One\"; }; fields = ( { key = \"f\"; type = \"text\";"
	    "label = { de = \"F\"; en = \"F\"; }; ask = { de = \"?\"; en = \"In which town do"
	    " you want to live, who lives there, and have you found a place of your own?\"; };"
	    " } ); } );\n");
	preview(path, 0);
	tty_sees(t, "Ask: \"In which town do you want");
	tty_sees(t, "a place of your own?\"");
}
END_TEST

/* Without a terminal: what an author's editor runs. */
static int
said(const char *arguments, char *to, size_t size)
{
	FILE *f;
	size_t n;
	int status;

	program_path("tresen", program, sizeof(program));
	snprintf(line, sizeof(line), "LANG=C.UTF-8 %s form-preview %s 2>&1", program, arguments);
	f = popen(line, "r");
	ck_assert_ptr_nonnull(f);
	n = fread(to, 1, size - 1, f);
	to[n] = '\0';
	status = pclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(errors_are_told_by_file_and_line)
{
	char path[PATH_MAX], text[4096];

	snprintf(path, sizeof(path), "%s/b.form", office_dir(office));
	write_form(path, "key = \"b\";\nversion = 1;\nnothing = 2;\n");
	ck_assert_int_eq(said(path, text, sizeof(text)), 65);
	ck_assert_ptr_nonnull(strstr(text, "b.form:3: "));
	ck_assert_int_eq(said("no/such.form", text, sizeof(text)), 66);
	ck_assert_ptr_nonnull(strstr(text, "no/such.form cannot be read."));
	ck_assert_int_eq(said("", text, sizeof(text)), 64);
	ck_assert_ptr_nonnull(strstr(text, "Name one form file"));
}
END_TEST

Suite *
suite_preview(void)
{
	return stories("preview", NULL, STORIES(
	    a_form_is_seen_as_clerks_will,
	    its_examples_are_answers,
	    who_writes_a_form_reads_it_again,
	    a_long_question_is_read_to_its_end,
	    errors_are_told_by_file_and_line));
}
