/*
 * harness_op.c - an op of somebody on an office of its own, see harness_op.h.
 */
#include "harness_op.h"

#include "store_staff.h"

struct op
op_open(struct office *office, const char *login)
{
	struct op op = { .mem = arena_new(), .now = 1795421640 };
	const char *why = "";

	clock_init();
	op.today = clock_day(op.now);
	ck_assert_msg(db_open(op.mem, office_db(office), &op.db, &why) == ST_OK, "%s", why);
	if (login)
		ck_assert_int_eq(store_staff_find(&op, login, -1, &op.by), ST_OK);
	return op;
}

void
op_close(struct op *op)
{
	if (op->db)
		db_close(op->db);
	op->db = NULL;
	arena_free(op->mem);
}
