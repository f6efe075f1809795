/*
 * monkey.c - someone leans on the keyboard, at each kind of desk: nothing
 * breaks, every key is consumed, a frame follows.  The keys are the same in
 * each run.
 */
#include "harness.h"

#include <stdint.h>
#include <string.h>

Suite *suite_monkey(void);

#define PRESSES 400

static const char *const logins[] = { "front1", "res1", "super1", "soc1" };

/* Without those that leave; Esc returns often, so that all screens are met. */
static const char *const keys[] = {
	"Up", "Down", "Left", "Right", "Home", "End", "Ins", "Del", "PgUp", "PgDn", "Tab",
	"Shift-Tab", "Backspace", "Enter", "Enter", "Enter", "Esc", "Esc", "Esc", "Space",
	"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "?", "/", ":", "j", "k", "g", "G",
	"a", "b", "c", "d", "e", "f", "h", "i", "l", "m", "n", "o", "p", "r", "s", "t", "u", "v",
	"w", "x", "X", "y", "z", "1", "2", "3", "0", "-", ".", "^W", "^U", "^Z", "^K", "^P",
};

static uint64_t state;

static size_t
below(size_t n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (size_t)((state * 0x2545F4914F6CDD1D) >> 33) % n;
}

START_TEST(nothing_breaks)
{
	struct office *office = office_new();
	struct tty *t = tty_open(office, (struct setup){ .as = logins[_i] });

	state = 0x7472657365 + (uint64_t)_i;
	for (int i = 0; i < PRESSES; i++) {
		tty_keys(t, keys[below(sizeof(keys) / sizeof(keys[0]))]);
		if (below(40) == 0)
			tty_resize(t, 20 + (int)below(40), 70 + (int)below(120));
	}
	tty_resize(t, 24, 80);
	tty_row_has(t, 23, "Help");
	ck_assert_int_eq(tty_leave(t, "^Q"), 0);
	tty_close(t);
	office_free(office);
}
END_TEST

Suite *
suite_monkey(void)
{
	Suite *s = suite_create("monkey");
	TCase *c = tcase_create("monkey");

	tcase_add_unchecked_fixture(c, office_prepare, NULL);
	tcase_add_loop_test(c, nothing_breaks, 0, (int)(sizeof(logins) / sizeof(logins[0])));
	suite_add_tcase(s, c);
	return s;
}
