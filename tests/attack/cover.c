/*
 * cover.c - a clerk leaves the desk: somebody else at the keyboard sees
 * nothing and gets nowhere, and what was typed waits for its owner.
 */
#include "harness_sit.h"

#include <string.h>

Suite *suite_cover(void);

/* Away for longer than office.conf allows: the screen is covered, the key that
 * woke it does nothing else. */
static void
stays_away(struct tty *t, const char *until)
{
	leaves_the_desk(until);
	tty_keys(t, "j");
	tty_sees(t, "is covered");
}

static void
sees_nothing(struct tty *t)
{
	tty_lacks(t, "Okafor");
	tty_lacks(t, "Haddad");
	tty_lacks(t, "Waiting");
}

static void
chooses_a_pin(struct tty *t, const char *pin)
{
	tty_keys(t, "^_");
	tty_sees(t, "Choose a PIN");
	tty_type(t, pin);
	tty_lacks(t, pin);
	tty_keys(t, "Enter");
	tty_type(t, pin);
	tty_keys(t, "Enter");
	tty_sees(t, "Type your PIN");
}

START_TEST(the_pin_uncovers)
{
	struct tty *t = sits(OKAFOR, "");

	tty_keys(t, "F6");
	tty_type(t, "Haddad");
	chooses_a_pin(t, "4711ab");
	sees_nothing(t);
	/* no key of elsewhere acts, nor do those of what lies below */
	tty_keys(t, "^K ^P F1 F3 Esc Tab ^L");
	sees_nothing(t);
	tty_keys(t, "^U");
	tty_type(t, "4711aB");
	tty_keys(t, "Enter");
	tty_sees(t, "not your PIN");
	sees_nothing(t);
	tty_type(t, "4711ab");
	tty_keys(t, "Enter");
	tty_sees(t, "Haddad");
	/* for the next time too, without being asked to choose */
	stays_away(t, "2026-11-23T08:21:00Z");
	sees_nothing(t);
	tty_type(t, "4711ab");
	tty_keys(t, "Enter");
	tty_sees(t, "Haddad");
	stands_up(t);
	shell("! grep -rl 4711ab %s/own %s/log", house, house);
	ck_assert_int_eq(count("SELECT count(*) FROM staff_pin WHERE hash LIKE '$argon2id$%'"), 1);
}
END_TEST

START_TEST(without_a_pin_the_session_ends)
{
	struct tty *t = sits(OKAFOR, "");

	stays_away(t, "2026-11-23T08:21:00Z");
	sees_nothing(t);
	tty_keys(t, "Esc Enter x ^K");
	sees_nothing(t);
	ck_assert_int_eq(tty_leave(t, "F10"), 0);
	tty_close(t);
	/* who covers by a key and goes before choosing has not left it open */
	t = sits(OKAFOR, "");
	tty_keys(t, "^_");
	stays_away(t, "2026-11-23T08:21:00Z");
	tty_keys(t, "Esc");
	sees_nothing(t);
	/* after an hour nobody comes back */
	leaves_the_desk("2026-11-23T09:30:00Z");
	ck_assert_int_eq(tty_leave(t, "j"), 0);
	tty_close(t);
}
END_TEST

/* Nothing is left open because the office is not there, and nothing typed is lost. */
START_TEST(covered_without_a_line)
{
	struct tty *t = sits(OKAFOR, "");

	tty_keys(t, ":");
	tty_type(t, "case note");
	tty_keys(t, "Enter");
	leaves_the_desk("2026-11-23T08:17:00Z");
	tty_type(t, "4711");
	tty_keys(t, "Enter");
	colleague_goes();
	shell("mv %s %s.away && pkill -KILL -P %d", door, door, (int)engine);
	tty_await(t, "cannot be reached");
	tty_type(t, "Haddad calls on Thursday");
	tty_keys(t, "Enter");
	stays_away(t, "2026-11-23T08:30:00Z");
	sees_nothing(t);
	stays_away(t, "2026-11-23T10:30:00Z");
	sees_nothing(t);
	shell("mv %s.away %s", door, door);
	tty_await(t, "what you see is up to date");
	leaves_the_desk("2026-11-23T11:40:00Z");
	ck_assert_int_eq(tty_leave(t, "j"), 0);
	tty_close(t);
	t = sits(OKAFOR, "");
	tty_sees(t, "Haddad calls on Thursday");
	stands_up(t);
	colleague_comes();
}
END_TEST

START_TEST(guessing_ends)
{
	struct tty *t = sits(OKAFOR, "");

	chooses_a_pin(t, "4711ab");
	for (int i = 0; i < 4; i++) {
		tty_type(t, "000000");
		tty_keys(t, "Enter");
		tty_sees(t, "not your PIN");
	}
	tty_type(t, "000000");
	ck_assert_int_eq(tty_leave(t, "Enter"), 0);
	tty_close(t);
}
END_TEST

START_TEST(a_pin_is_worth_it)
{
	struct tty *t = sits(OKAFOR, "");
	static const char *const poor[] = { "12345", "111111", "123456", "fedcba" };

	for (size_t i = 0; i < COUNT_OF(poor); i++) {
		tty_keys(t, "^_");
		tty_type(t, poor[i]);
		tty_keys(t, "Enter");
		tty_type(t, poor[i]);
		tty_keys(t, "Enter");
		tty_sees(t, i ? "guessed" : "at least 6 signs");
		tty_keys(t, "Esc");
	}
	chooses_a_pin(t, "4711ab");
	/* another one only for who knows this one */
	tty_type(t, "wrong-one");
	tty_keys(t, "F2");
	tty_sees(t, "not your PIN");
	tty_type(t, "4711ab");
	tty_keys(t, "F2");
	tty_type(t, "0815cd");
	tty_keys(t, "Enter");
	tty_type(t, "0815cd");
	tty_keys(t, "Enter");
	tty_type(t, "0815cd");
	tty_keys(t, "Enter");
	tty_sees(t, "Okafor");
	stands_up(t);
}
END_TEST

static bool
cannot_set_it_unasked(void)
{
	int fd = session();

	return gets_status(fd, ASKING("staff.pin", "\"new\":\"4711ab\""), NULL) &&
	    gets_status(fd, ASKING("staff.pin", "\"new\":\"0815cd\""), "INVALID") &&
	    gets_status(fd, ASKING("staff.pin", "\"new\":\"0815cd\",\"old\":\"4711aB\""), "INVALID") &&
	    gets_status(fd, ASKING("staff.unlock", "\"pin\":\"0815cd\""), "INVALID") &&
	    gets_status(fd, ASKING("staff.unlock", "\"pin\":\"4711ab\""), NULL);
}

START_TEST(the_engine_compares)
{
	AS(OKAFOR, cannot_set_it_unasked);
	all_is_well();
}
END_TEST

/* On terminals without a second screen, too, nothing stays for who comes next. */
START_TEST(nothing_stays_on_the_terminal)
{
	static const char *const terms[] = { "xterm-256color", "linux", "vt220" };

	for (size_t i = 0; i < COUNT_OF(terms); i++) {
		char env[64];
		struct tty *t;

		snprintf(env, sizeof(env), "TERM=%s", terms[i]);
		t = sits(OKAFOR, env);
		tty_keys(t, "F6");
		tty_type(t, "Haddad");
		tty_sees(t, "Haddad");
		tty_keys(t, "Esc Esc");
		ck_assert_int_eq(tty_leave(t, "F10"), 0);
		sees_nothing(t);
		tty_close(t);
	}
}
END_TEST

Suite *
suite_cover(void)
{
	return town_suite("cover", TESTS(the_pin_uncovers, without_a_pin_the_session_ends,
	    covered_without_a_line, guessing_ends, a_pin_is_worth_it, the_engine_compares,
	    nothing_stays_on_the_terminal));
}
