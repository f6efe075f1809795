/*
 * rights.c - what the right of a request costs: the clerk read afresh, for
 * whom they stand in today, and the row of the table.
 */
#include "bench.h"

#include "rules_rights.h"
#include "store.h"

#define ROUNDS 200
#define EACH 100                 /* a clock reading costs more than a few checks */

static double
one_round(struct op *op, int64_t id, struct arena *mem)
{
	double from = now_ms();

	for (int i = 0; i < EACH; i++) {
		const char *command = rights[(size_t)i % rights_count].command;

		if (store_staff_actor(op, id, &op->by) != ST_OK || !op->by)
			die("the clerk cannot be read");
		(void)right_any(command, op->by->role, op->by->figures_only);
	}
	arena_reset(mem);
	return (now_ms() - from) * 1000 / EACH;
}

void
bench_rights(const char *path)
{
	struct op op = { .mem = arena_new(), .now = clock_now() };
	const struct staff *clerk;
	const char *why = "";
	struct arena *open = arena_new();
	double us[ROUNDS];
	int64_t id;

	op.today = clock_day(op.now);
	if (db_open(open, path, &op.db, &why) != ST_OK)
		die(why);
	if (db_begin_read(&op) != ST_OK ||
	    store_staff_find(&op, "res1", -1, &clerk) != ST_OK || !clerk)
		die("no clerk res1");
	id = clerk->id;
	for (int i = 0; i < ROUNDS; i++)
		us[i] = one_round(&op, id, op.mem);
	/* on a busy machine a round may wait for its turn, which is no check's cost */
	row("rights: one check, median of 200 rounds", AT_MOST, 10, quantile(us, ROUNDS, 0.5),
	    "us");
	note("rights: one check, p90", quantile(us, ROUNDS, 0.9), "us");
	db_end_read(&op);
	db_close(op.db);
	arena_free(op.mem);
	arena_free(open);
}
