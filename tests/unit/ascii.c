/*
 * ascii.c - unit tests of text on terminals that know ASCII only
 * (include/text.h).
 */
#include <check.h>

#include "text.h"

Suite *suite_ascii(void);

static struct arena *mem;

static void
setup(void)
{
	mem = arena_new();
}

static void
teardown(void)
{
	arena_free(mem);
}

static const struct {
	const char *text, *ascii;
} texts[] = {
	{ "Yıldız Həsənov", "Yildiz Hesenov" }, { "Łukasz Müßig", "Lukasz Muessig" },
	{ "Đorđević Æsa", "Dordevic AEsa" }, { "‹ ▸ ›", "< > >" }, { "上", "?" },
	{ "+20 −1", "+20 -1" }, { "↑ ↓ ○ m² «Duldung»", "^ v o m2 \"Duldung\"" },
};

START_TEST(letters_become_the_latin_ones_they_come_from)
{
	ck_assert_str_eq(text_ascii(mem, texts[_i].text), texts[_i].ascii);
}
END_TEST

Suite *
suite_ascii(void)
{
	Suite *s = suite_create("ascii");
	TCase *c = tcase_create("ascii");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, letters_become_the_latin_ones_they_come_from, 0,
	    COUNT_OF(texts));
	suite_add_tcase(s, c);
	return s;
}
