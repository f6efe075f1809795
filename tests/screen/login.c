/*
 * login.c - stories at the door of a training office: who are you, the help,
 * windows of all sizes, poor terminals.
 */
#include "harness_office.h"
#include "harness_story.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

Suite *suite_login(void);

START_TEST(a_clerk_chooses_who_they_are)
{
	sit_down(NULL);
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

/* A newcomer who opens yesterday's office must not wonder at an empty room. */
START_TEST(an_office_of_an_earlier_day_says_so)
{
	sit_down(NULL);
	tty_lacks(t, "This office was made");
	office_clock(office, "2026-11-24T08:00:00Z");
	sit_down(NULL);
	tty_sees(t, "This office was made on 23 Nov 2026; whoever waited then is left over.");
	tty_keys(t, "j");
	tty_cursor_on(t, "front2");
	tty_lacks(t, "This office was made");
}
END_TEST

START_TEST(nothing_is_sent_that_nobody_needs)
{
	sit_down(NULL);
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
	sit_down(NULL);
	tty_keys(t, "?");
	tty_row_has(t, 0, "Help · Who are you?");
	tty_sees(t, "Enter                 work as the person under the cursor");
	tty_sees(t, "Down, j               to the next row");
	tty_sees(t, "F10, ^Q, q            leave the program");
	/* the key that brought it takes it away */
	tty_keys(t, "?");
	tty_sees(t, "front1");
}
END_TEST

START_TEST(a_list_that_goes_on_says_so)
{
	sit_down("front1");
	tty_lacks(t, "↓");
	tty_keys(t, "?");
	tty_sees(t, "↓");
	tty_lacks(t, "↑");
	tty_keys(t, "End");
	tty_lacks(t, "↓");
	tty_sees(t, "↑");
	tty_resize(t, 50, 100);
	tty_lacks(t, "↑");
}
END_TEST

START_TEST(a_window_may_have_any_size)
{
	sit_down(NULL);
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

/* Curses would write beyond what it could get room for. */
START_TEST(a_window_may_claim_any_size)
{
	sit_down(NULL);
	tty_keys(t, "j j");
	for (int i = 0; i < 3; i++) {
		tty_claim(t, 65535, 65535);
		tty_resize(t, 24, 80);
		tty_cursor_on(t, "front3");
		tty_claim(t, 1, 65535);
		tty_claim(t, 65535, 1);
		tty_resize(t, 30, 100);
		tty_cursor_on(t, "front3");
		tty_row_has(t, 29, "? Help");
	}
}
END_TEST

/* A desk that stands still is of no use to anybody, even where a shell would let it. */
START_TEST(nothing_stops_it)
{
	char program[512], line[1200];

	program_path("tresen", program, sizeof(program));
	snprintf(line, sizeof(line), "set -m; %s --db %s --lang en", program, office_db(office));
	sit_down_at((struct setup){ .shell = line });
	/* the shell's child, that is */
	ck_assert_int_eq(kill(tty_engine(t), SIGTSTP), 0);
	tty_keys(t, "j ^Z");
	tty_cursor_on(t, "front2");
	ck_assert_int_eq(tty_leave(t, "q"), 0);
}
END_TEST

/* Where a connection hangs nobody reads what is written: it ends all the same, for
 * there may be a draft to be saved. */
START_TEST(it_ends_without_a_reader)
{
	static const int ends[] = { SIGHUP, SIGTERM };

	for (int i = 0; i < 2; i++) {
		sit_down(NULL);
		tty_keys(t, "?");
		ck_assert_int_eq(tty_end_unread(t, ends[i]), 0);
	}
}
END_TEST

/* A key pressed blindly must do nothing. */
START_TEST(nobody_acts_on_what_they_cannot_see)
{
	sit_down_at((struct setup){ .rows = 20, .cols = 80 });
	tty_keys(t, "j Enter");
	tty_resize(t, 24, 80);
	tty_sees(t, "Who are you?");
	tty_cursor_on(t, "front1");
}
END_TEST

START_TEST(function_keys_of_all_terminals)
{
	static const char *const dialects[] = { "\033OP", "\033[11~", "\033[[A" };

	sit_down_at((struct setup){ .term = "xterm" });
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
	sit_down(NULL);
	tty_bytes(t, "jj?\033OBqj", 6);
	tty_cursor_on(t, "branch1");
}
END_TEST

START_TEST(no_colour_where_none_is_wanted)
{
	sit_down_at((struct setup){ .env = "NO_COLOR=1" });
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
	sit_down(NULL);
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
	sit_down_at((struct setup){ .locale = "C", .lang = "de" });
	tty_keys(t, "? Esc j");
	tty_cursor_on(t, ">");
	sends_only_ascii();
}
END_TEST

/* An umlaut takes two columns there: nothing is cut where there is room. */
START_TEST(ascii_is_measured_as_it_is_shown)
{
	sit_down_at((struct setup){ .as = "super1", .lang = "de", .env = "TRESEN_ASCII=1" });
	tty_keys(t, ":");
	tty_type(t, "vorgeschlagene");
	tty_sees(t, " Vorgeschlagene Aenderungen ");
}
END_TEST

START_TEST(ascii_where_it_is_asked_for)
{
	sit_down_at((struct setup){ .env = "TRESEN_ASCII=1" });
	tty_keys(t, "? Esc");
	sends_only_ascii();
}
END_TEST

START_TEST(old_terminals_show_the_same)
{
	static const char *const terms[] = { "linux", "vt100", "screen", "xterm" };

	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		sit_down_at((struct setup){ .term = terms[i] });
		tty_sees(t, "Who are you?");
		tty_keys(t, "j");
		tty_cursor_on(t, "front2");
	}
}
END_TEST

/* The shell says the idle marker itself: there is no frame to end with one. */
START_TEST(no_screen_where_the_cursor_cannot_be_placed)
{
	static const char *const terms[] = { "dumb", "teletype" };
	char program[4096], line[16384];

	program_path("tresen", program, sizeof(program));
	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		snprintf(line, sizeof(line), "'%s' --db '%s' --as front1; echo ended with $?; "
		    "printf '\\033]7770;k=0;v=0;s=80x24;at=none\\007'; exec cat", program,
		    office_db(office));
		sit_down_at((struct setup){ .term = terms[i], .shell = line });
		tty_sees(t, "is unknown here or cannot show screens. Set");
		tty_sees(t, "ended with 78");
	}
}
END_TEST

START_TEST(the_terminal_is_given_back)
{
	const char *raw;
	size_t n;

	sit_down(NULL);
	tty_signal(t, SIGTERM);
	ck_assert_int_eq(tty_wait(t), 0);
	raw = tty_raw(t, &n);
	ck_assert_ptr_nonnull(memmem(raw, n, "\033[?1049l", 8));
}
END_TEST

Suite *
suite_login(void)
{
	return stories("login", NULL, STORIES(
	    a_clerk_chooses_who_they_are,
	    an_office_of_an_earlier_day_says_so,
	    nothing_is_sent_that_nobody_needs,
	    help_tells_what_each_key_does,
	    a_list_that_goes_on_says_so,
	    a_window_may_have_any_size,
	    a_window_may_claim_any_size,
	    nothing_stops_it,
	    it_ends_without_a_reader,
	    nobody_acts_on_what_they_cannot_see,
	    function_keys_of_all_terminals,
	    typed_ahead_is_typed,
	    no_colour_where_none_is_wanted,
	    settings_are_the_clerks_own,
	    ascii_where_the_locale_has_no_more,
	    ascii_where_it_is_asked_for, ascii_is_measured_as_it_is_shown,
	    old_terminals_show_the_same,
	    no_screen_where_the_cursor_cannot_be_placed,
	    the_terminal_is_given_back));
}
