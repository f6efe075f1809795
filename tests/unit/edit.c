/*
 * edit.c - unit tests of the line of text (include/widget.h).
 */
#include <check.h>
#include <string.h>

#include "widget.h"

Suite *suite_edit(void);

static struct arena *mem;
static struct edit e;

static void
setup(void)
{
	mem = arena_new();
	edit_init(&e, mem, "", 60);
}

static void
teardown(void)
{
	arena_free(mem);
}

/* Types the characters of an ASCII text. */
static void
type(const char *text)
{
	for (; *text; text++)
		edit_type(&e, &(struct event){ .key = *text, .text = (char[]){ *text, 0 } });
}

static void
press(const char *names)
{
	struct keymaps maps = { .n = 1, .typing = true, .map = { { edit_bindings, &e, NULL } } };
	size_t n;

	for (; *names; names += n + (names[n] == ' ')) {
		n = strcspn(names, " ");
		ck_assert_uint_ne(keymaps_act(&maps, key_by_name(names, n)), PASS);
	}
}

START_TEST(types_where_the_cursor_is)
{
	type("Hadad");
	press("Left Left");
	type("d");
	ck_assert_str_eq(e.text, "Haddad");
	press("Home");
	type("X");
	press("End Backspace");
	ck_assert_str_eq(e.text, "XHadda");
	press("Home Del");
	ck_assert_str_eq(e.text, "Hadda");
}
END_TEST

/* e + combining acute, then a letter of two bytes. */
START_TEST(never_stands_inside_a_sign)
{
	edit_set(&e, "ae\u0301ü");
	press("Left Left");
	ck_assert_uint_eq(e.at, 1);
	press("Del");
	ck_assert_str_eq(e.text, "aü");
	press("End Backspace");
	ck_assert_str_eq(e.text, "a");
	press("Backspace");
	ck_assert_str_eq(e.text, "");
}
END_TEST

START_TEST(deletes_words_and_lines)
{
	type("one two  three");
	press("^W");
	ck_assert_str_eq(e.text, "one two  ");
	press("^W");
	ck_assert_str_eq(e.text, "one ");
	press("^U");
	ck_assert_str_eq(e.text, "");
}
END_TEST

START_TEST(takes_back_word_by_word)
{
	type("one two");
	press("Home Del");
	ck_assert_str_eq(e.text, "ne two");
	press("^Z");
	ck_assert_str_eq(e.text, "one two");
	press("^Z");
	ck_assert_str_eq(e.text, "one ");
	press("^Z ^Z ^Z ^Z");
	ck_assert_str_eq(e.text, "");
}
END_TEST

START_TEST(a_paste_is_one_line_of_text)
{
	edit_type(&e, &(struct event){ .key = K_PASTE, .text = "a\nb\033[31mc\td" });
	ck_assert_str_eq(e.text, "a b[31mc d");
	press("^Z");
	ck_assert_str_eq(e.text, "");
	edit_type(&e, &(struct event){ .key = K_PASTE, .text = "\xff\xfe" });
	ck_assert_str_eq(e.text, "");
	ck_assert_int_eq(e.refused, EDIT_NO_TEXT);
	e.lines = true;
	edit_type(&e, &(struct event){ .key = K_PASTE, .text = "a\nb\033c\td" });
	ck_assert_str_eq(e.text, "a\nbc d");
	ck_assert_int_eq(e.refused, EDIT_TAKEN);
}
END_TEST

START_TEST(is_never_longer_than_allowed)
{
	for (int i = 0; i < 100; i++)
		type("x");
	ck_assert_uint_eq(strlen(e.text), 60);
	ck_assert_int_eq(e.refused, EDIT_FULL);
	press("Home");
	type("y");
	ck_assert_int_eq(e.text[0], 'x');
	press("^U");
	for (int i = 0; i < 100; i++)
		edit_type(&e, &(struct event){ .key = 0x1230, .text = "ሰ" });
	ck_assert_uint_eq(strlen(e.text), 60 * strlen("ሰ"));
	ck_assert_int_eq(e.refused, EDIT_FULL);
}
END_TEST

Suite *
suite_edit(void)
{
	Suite *s = suite_create("edit");
	TCase *c = tcase_create("edit");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, types_where_the_cursor_is);
	tcase_add_test(c, never_stands_inside_a_sign);
	tcase_add_test(c, deletes_words_and_lines);
	tcase_add_test(c, takes_back_word_by_word);
	tcase_add_test(c, a_paste_is_one_line_of_text);
	tcase_add_test(c, is_never_longer_than_allowed);
	suite_add_tcase(s, c);
	return s;
}
