/*
 * table.c - unit tests of lists: the cursor stays on its row, marks stay on
 * theirs, further rows are fetched at the end (include/widget.h).
 */
#include <check.h>

#include "widget.h"

Suite *suite_table(void);

static struct arena *mem;
static struct table t;
static int asked_for_more;

static const struct column columns[] = { { "Name", 0, LEFT, 0 } };

static void
setup(void)
{
	mem = arena_new();
	table_init(&t, mem, columns, 1, NULL);
	asked_for_more = 0;
}

static void
teardown(void)
{
	arena_free(mem);
}

/* Rows with these ids, ended by 0. */
static void
fill(const int64_t *ids)
{
	table_begin(&t, mem);
	for (; *ids; ids++)
		table_add(&t, *ids, STYLE_PLAIN, (const char *[]){ "x" });
	table_end(&t);
}

static void
press(const char *name)
{
	struct keymaps maps = { .n = 2, .map = { { table_mark_bindings, &t, NULL },
		{ table_bindings, &t, NULL } } };

	ck_assert_uint_ne(keymaps_act(&maps, key_by_name(name, __builtin_strlen(name))), PASS);
}

START_TEST(the_cursor_stays_on_its_row)
{
	fill((int64_t[]){ 11, 12, 13, 14, 0 });
	press("Down");
	press("Down");
	ck_assert_int_eq(table_at(&t), 13);
	fill((int64_t[]){ 13, 10, 11, 0 });
	ck_assert_int_eq(table_at(&t), 13);
	ck_assert_uint_eq(t.cursor, 0);
}
END_TEST

START_TEST(a_row_that_goes_leaves_the_cursor_in_place)
{
	fill((int64_t[]){ 11, 12, 13, 0 });
	press("Down");
	fill((int64_t[]){ 11, 13, 0 });
	ck_assert_int_eq(table_at(&t), 13);
	fill((int64_t[]){ 11, 0 });
	ck_assert_int_eq(table_at(&t), 11);
	fill((int64_t[]){ 0 });
	ck_assert_int_eq(table_at(&t), 0);
	press("Down");
	press("x");
	fill((int64_t[]){ 7, 8, 0 });
	ck_assert_int_eq(table_at(&t), 7);
}
END_TEST

START_TEST(marks_follow_their_rows)
{
	const int64_t *ids;

	fill((int64_t[]){ 11, 12, 13, 0 });
	ck_assert_uint_eq(table_marked(&t, &ids), 1);
	ck_assert_int_eq(ids[0], 11);
	press("x");
	press("x");
	ck_assert_uint_eq(table_marked(&t, &ids), 2);
	fill((int64_t[]){ 12, 13, 0 });
	ck_assert_uint_eq(table_marked(&t, &ids), 1);
	ck_assert_int_eq(ids[0], 12);
	press("X");
	ck_assert(!table_is_marked(&t, 12));
}
END_TEST

static unsigned
more(void *on)
{
	struct table *table = on;

	asked_for_more++;
	table_add(table, 100 + asked_for_more, STYLE_PLAIN, (const char *[]){ "x" });
	table->has_more = asked_for_more < 2;
	return DRAW;
}

START_TEST(the_end_of_a_page_fetches_the_next)
{
	fill((int64_t[]){ 11, 12, 0 });
	t.more = more;
	t.on = &t;
	t.has_more = true;
	press("Down");
	ck_assert_int_eq(asked_for_more, 0);
	press("Down");
	ck_assert_int_eq(asked_for_more, 1);
	ck_assert_int_eq(table_at(&t), 101);
	press("End");
	ck_assert_int_eq(table_at(&t), 102);
	press("End");
	ck_assert_int_eq(asked_for_more, 2);
}
END_TEST

Suite *
suite_table(void)
{
	Suite *s = suite_create("table");
	TCase *c = tcase_create("table");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, the_cursor_stays_on_its_row);
	tcase_add_test(c, a_row_that_goes_leaves_the_cursor_in_place);
	tcase_add_test(c, marks_follow_their_rows);
	tcase_add_test(c, the_end_of_a_page_fetches_the_next);
	suite_add_tcase(s, c);
	return s;
}
