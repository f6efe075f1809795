/*
 * login.c - stories at the door of a training office: who are you, the help,
 * windows of all sizes, poor terminals.
 */
#include "harness.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

Suite *suite_login(void);

static struct office *office;
static struct tty *t;

static void
setup(void)
{
	office = office_new();
	t = NULL;
}

static void
teardown(void)
{
	if (t)
		tty_close(t);
	office_free(office);
}

START_TEST(a_clerk_chooses_who_they_are)
{
	t = tty_open(office, (struct setup){ 0 });
	tty_sees(t, "Who are you?");
	tty_sees(t, "front1");
	tty_cursor_on(t, "front1");
	tty_keys(t, "j j j");
	tty_cursor_on(t, "branch1");
	tty_keys(t, "End");
	tty_cursor_on(t, "admin1");
	tty_keys(t, "Enter");
	tty_lacks(t, "Who are you?");
	tty_row_has(t, 0, "administrator");
	ck_assert_int_eq(tty_leave(t, "q"), 0);
}
END_TEST

START_TEST(nothing_is_sent_that_nobody_needs)
{
	t = tty_open(office, (struct setup){ 0 });
	ck_assert_uint_lt(tty_take_bytes(t), 2048);
	tty_keys(t, "j");
	ck_assert_uint_le(tty_take_bytes(t), 180);
	tty_keys(t, "k");
	ck_assert_uint_le(tty_take_bytes(t), 180);
	ck_assert_uint_eq(tty_idle_bytes(t, 300), 0);
}
END_TEST

START_TEST(help_tells_what_each_key_does)
{
	t = tty_open(office, (struct setup){ 0 });
	tty_keys(t, "?");
	tty_row_has(t, 0, "Help · Who are you?");
	tty_sees(t, "Enter                 work as the person under the cursor");
	tty_sees(t, "Down, j               to the next row");
	tty_sees(t, "F10, ^Q, q            leave the program");
	tty_keys(t, "Esc");
	tty_sees(t, "front1");
}
END_TEST

START_TEST(a_window_may_have_any_size)
{
	t = tty_open(office, (struct setup){ 0 });
	tty_keys(t, "j j");
	tty_cursor_on(t, "front3");
	tty_resize(t, 10, 40);
	tty_sees(t, "This window is too small.");
	tty_lacks(t, "front3");
	tty_resize(t, 1, 5);
	tty_resize(t, 30, 100);
	tty_cursor_on(t, "front3");
	tty_row_has(t, 29, "? Help");
	tty_resize(t, 24, 80);
	tty_cursor_on(t, "front3");
}
END_TEST

/* A key pressed blindly must do nothing. */
START_TEST(nobody_acts_on_what_they_cannot_see)
{
	t = tty_open(office, (struct setup){ .rows = 20, .cols = 80 });
	tty_keys(t, "j Enter");
	tty_resize(t, 24, 80);
	tty_sees(t, "Who are you?");
	tty_cursor_on(t, "front1");
}
END_TEST

START_TEST(function_keys_of_all_terminals)
{
	static const char *const dialects[] = { "\033OP", "\033[11~", "\033[[A" };

	t = tty_open(office, (struct setup){ .term = "xterm" });
	for (size_t i = 0; i < sizeof(dialects) / sizeof(dialects[0]); i++) {
		tty_bytes(t, dialects[i], 1);
		tty_row_has(t, 0, "Help");
		tty_keys(t, "Esc");
		tty_row_has(t, 0, "tresen");
	}
}
END_TEST

START_TEST(typed_ahead_is_typed)
{
	t = tty_open(office, (struct setup){ 0 });
	tty_bytes(t, "jj?\033OBqj", 6);
	tty_cursor_on(t, "branch1");
}
END_TEST

START_TEST(no_colour_where_none_is_wanted)
{
	t = tty_open(office, (struct setup){ .env = "NO_COLOR=1" });
	ck_assert(!tty_any_colour(t));
	ck_assert(tty_look(t, "front1").bold == false);
	ck_assert(tty_look(t, "Login").underline);
}
END_TEST

/* Puts text into the clerk's own settings. */
static void
settle(const char *text)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/.config", office_dir(office));
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/.config/tresen.conf", office_dir(office));
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

START_TEST(settings_are_the_clerks_own)
{
	char *said;
	int exit_code;

	settle("theme = \"high-contrast\"; ascii = true;");
	t = tty_open(office, (struct setup){ 0 });
	ck_assert(tty_look(t, "front1").bold);
	tty_cursor_on(t, ">");
	settle("theme = \"pink\";");
	said = office_run(office, "res1", "staff me", &exit_code);
	ck_assert_int_eq(exit_code, 78);
	ck_assert_ptr_nonnull(strstr(said, "high-contrast"));
	free(said);
}
END_TEST

static void
sends_only_ascii(void)
{
	size_t n;
	const char *raw = tty_raw(t, &n);

	for (size_t i = 0; i < n; i++)
		ck_assert_msg((unsigned char)raw[i] < 0x80, "byte %zu is 0x%02x", i,
		    (unsigned char)raw[i]);
}

START_TEST(ascii_where_the_locale_has_no_more)
{
	t = tty_open(office, (struct setup){ .locale = "C", .lang = "de" });
	tty_keys(t, "? Esc j");
	tty_cursor_on(t, ">");
	sends_only_ascii();
}
END_TEST

START_TEST(ascii_where_it_is_asked_for)
{
	t = tty_open(office, (struct setup){ .env = "TRESEN_ASCII=1" });
	tty_keys(t, "? Esc");
	sends_only_ascii();
}
END_TEST

START_TEST(old_terminals_show_the_same)
{
	static const char *const terms[] = { "linux", "vt100", "screen", "xterm" };

	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		t = tty_open(office, (struct setup){ .term = terms[i] });
		tty_sees(t, "Who are you?");
		tty_keys(t, "j");
		tty_cursor_on(t, "front2");
		tty_close(t);
	}
	t = NULL;
}
END_TEST

START_TEST(the_terminal_is_given_back)
{
	const char *raw;
	size_t n;

	t = tty_open(office, (struct setup){ 0 });
	tty_signal(t, SIGTERM);
	ck_assert_int_eq(tty_wait(t), 0);
	raw = tty_raw(t, &n);
	ck_assert_ptr_nonnull(memmem(raw, n, "\033[?1049l", 8));
}
END_TEST

Suite *
suite_login(void)
{
	Suite *s = suite_create("login");
	TCase *c = tcase_create("login");

	tcase_add_unchecked_fixture(c, office_prepare, NULL);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, a_clerk_chooses_who_they_are);
	tcase_add_test(c, nothing_is_sent_that_nobody_needs);
	tcase_add_test(c, help_tells_what_each_key_does);
	tcase_add_test(c, a_window_may_have_any_size);
	tcase_add_test(c, nobody_acts_on_what_they_cannot_see);
	tcase_add_test(c, function_keys_of_all_terminals);
	tcase_add_test(c, typed_ahead_is_typed);
	tcase_add_test(c, no_colour_where_none_is_wanted);
	tcase_add_test(c, settings_are_the_clerks_own);
	tcase_add_test(c, ascii_where_the_locale_has_no_more);
	tcase_add_test(c, ascii_where_it_is_asked_for);
	tcase_add_test(c, old_terminals_show_the_same);
	tcase_add_test(c, the_terminal_is_given_back);
	suite_add_tcase(s, c);
	return s;
}
