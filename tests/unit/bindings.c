/*
 * bindings.c - unit tests of all binding tables of the house: every key has a
 * name that exists and a sentence of help, none is given away twice.
 */
#include <check.h>
#include <ctype.h>
#include <string.h>

#include "desk.h"

Suite *suite_bindings(void);

/* Does a later entry of the table have this key too?  With a condition of its
 * own (can) it may: only one of the two is ever live. */
static const struct binding *
claimed_again(const struct binding *b, const char *name, size_t length)
{
	if (b->can)
		return NULL;
	for (const struct binding *other = b + 1; other->keys; other++) {
		const char *at = other->keys;

		for (size_t n; *at; at += n + (at[n] == ' ')) {
			n = strcspn(at, " ");
			if (n == length && strncmp(at, name, n) == 0)
				return other;
		}
	}
	return NULL;
}

static void
check_table(const struct binding *table, const char *where)
{
	for (const struct binding *b = table; b && b->keys; b++) {
		const char *at = b->keys;

		ck_assert_msg(b->help && *b->help, "%s: %s has no help", where, b->keys);
		ck_assert_msg(b->act, "%s: %s does nothing", where, b->keys);
		for (size_t n; *at; at += n + (at[n] == ' ')) {
			n = strcspn(at, " ");
			ck_assert_msg(key_by_name(at, n), "%s: no key is called \"%.*s\"", where,
			    (int)n, at);
			ck_assert_msg(!claimed_again(b, at, n), "%s: \"%.*s\" acts twice", where,
			    (int)n, at);
		}
	}
}

START_TEST(every_table_is_sound)
{
	check_table(table_bindings, "table");
	check_table(table_mark_bindings, "marks");
	check_table(edit_bindings, "edit");
	check_table(global_bindings, "everywhere");
	for (size_t i = 0; screen_classes[i]; i++)
		check_table(screen_classes[i]->bindings, screen_classes[i]->name);
}
END_TEST

/* Somebody without function keys, or without letters while typing, can do
 * everything as well. */
START_TEST(function_keys_have_twins)
{
	for (size_t i = 0; screen_classes[i]; i++)
		for (const struct binding *b = screen_classes[i]->bindings; b && b->keys; b++)
			ck_assert_msg(b->keys[0] != 'F' || !isdigit((unsigned char)b->keys[1]) ||
			    strchr(b->keys, ' '),
			    "%s: %s has no twin", screen_classes[i]->name, b->keys);
}
END_TEST

/* What hands learn on one screen must not destroy on another. */
START_TEST(the_same_key_saves_everywhere)
{
	for (size_t i = 0; screen_classes[i]; i++)
		for (const struct binding *b = screen_classes[i]->bindings; b && b->keys; b++) {
			const char *name = screen_classes[i]->name;

			if (strncmp(b->keys, "F10 ", 4) == 0 && strcmp(b->keys, "F10 ^Q") != 0)
				ck_assert_msg(strcmp(b->keys, "F10 ^S") == 0, "%s: %s", name, b->keys);
			if (strstr(b->keys, "^X"))
				ck_assert_msg(strstr(b->help, "throw away") ||
				    strstr(b->help, "without a case"), "%s: %s", name, b->keys);
		}
}
END_TEST

START_TEST(every_screen_says_what_it_is)
{
	for (size_t i = 0; screen_classes[i]; i++) {
		const struct screen_class *c = screen_classes[i];

		ck_assert(c->name && c->title && c->about);
		ck_assert_msg(c->draw || c->form || c->list.columns, "%s draws nothing", c->name);
		ck_assert_ptr_eq(screen_class_by_name(c->name), c);
		ck_assert_msg(!c->draft == !c->restore, "%s: half a draft", c->name);
	}
}
END_TEST

START_TEST(keys_have_names)
{
	ck_assert_int_eq(key_by_name("F12", 3), K_F12);
	ck_assert_int_eq(key_by_name("F13", 3), 0);
	ck_assert_int_eq(key_by_name("Enter", 5), K_ENTER);
	ck_assert_int_eq(key_by_name("^W", 2), 'W' - '@');
	ck_assert_int_eq(key_by_name("^", 1), '^');
	ck_assert_int_eq(key_by_name("Space", 5), ' ');
	ck_assert_int_eq(key_by_name("Ent", 3), 0);
}
END_TEST

Suite *
suite_bindings(void)
{
	Suite *s = suite_create("bindings");
	TCase *c = tcase_create("bindings");

	tcase_add_test(c, every_table_is_sound);
	tcase_add_test(c, function_keys_have_twins);
	tcase_add_test(c, the_same_key_saves_everywhere);
	tcase_add_test(c, every_screen_says_what_it_is);
	tcase_add_test(c, keys_have_names);
	suite_add_tcase(s, c);
	return s;
}
