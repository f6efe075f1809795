/*
 * errands.c - an errand is taken by who has the office lock, and by nobody else.
 */
#include <check.h>
#include <unistd.h>

#include "../../src/store/errands.h"
#include "../screen/harness_office.h"

#define SLOT 5

Suite *suite_errands(void);

/* As a session that was killed over it would have left it. */
static void
lay_out(struct errand_area *area, int64_t staff_id)
{
	area->slot[SLOT].staff_id = staff_id;
	area->slot[SLOT].lang = LANG_EN;
	area->used = SLOT + 1;
	area->slot[SLOT].state = ERRAND_WAITS;
}

/* Whoever could not get the lock would wait for it again with each of them. */
START_TEST(without_the_lock_none_is_taken)
{
	struct office *office = office_new();
	struct op op = { .mem = arena_new() };
	struct errand_area *area;
	struct errand taken;
	const char *why;

	clock_init();
	ck_assert_int_eq(db_open(op.mem, office_db(office), &op.db, &why), ST_OK);
	area = area_open(op.db);
	ck_assert_ptr_nonnull(area);
	ck_assert_int_eq(db_begin_write(&op), ST_OK);
	ck_assert(!errand_take(op.db, LANG_EN, &taken));
	db_rollback(&op);
	lay_out(area, 42);
	ck_assert(!errand_take(op.db, LANG_EN, &taken));
	ck_assert_int_eq(area->slot[SLOT].state, ERRAND_WAITS);
	db_gather(op.db);
	ck_assert_int_eq(db_begin_write(&op), ST_OK);
	ck_assert(errand_take(op.db, LANG_EN, &taken));
	ck_assert_int_eq(taken.staff_id, 42);
	errand_answer(op.db, NULL);
	db_rollback(&op);
	ck_assert_int_eq(db_leave(&op), ST_OK);
	ck_assert_int_eq(area->slot[SLOT].state, ERRAND_NONE);
	area_close(area);
	db_close(op.db);
	arena_free(op.mem);
	office_free(office);
}
END_TEST

Suite *
suite_errands(void)
{
	Suite *s = suite_create("errands");
	TCase *t = tcase_create("errands");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, without_the_lock_none_is_taken);
	suite_add_tcase(s, t);
	return s;
}
