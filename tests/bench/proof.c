/*
 * proof.c - what the chain costs: a commit with and without it, in turns within
 * one run, and the proof of a million events.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../src/store/chain.h"
#include "store_case.h"

#define EVENTS 1000000
#define EVENTS_A_COMMIT 1000     /* of the office that is filled */
#define TURNS 40
#define COMMITS_A_TURN 50
#define CASES 10

/* ---- with and without: the linker puts these between event.c and chain.c ---- */

static bool chained = true;
static int64_t last_seq;

enum status __real_chain_end(struct op *op, struct chain_link *last);
enum status __wrap_chain_end(struct op *op, struct chain_link *last);
void __real_chain_seal(const struct chain_event *e, const unsigned char prev[CHAIN_HASH],
                       struct chain_link *link);
void __wrap_chain_seal(const struct chain_event *e, const unsigned char prev[CHAIN_HASH],
                       struct chain_link *link);

enum status
__wrap_chain_end(struct op *op, struct chain_link *last)
{
	if (chained)
		return __real_chain_end(op, last);
	*last = (struct chain_link){ .seq = last_seq };
	return ST_OK;
}

void
__wrap_chain_seal(const struct chain_event *e, const unsigned char prev[CHAIN_HASH],
                  struct chain_link *link)
{
	last_seq = link->seq;
	if (chained)
		__real_chain_seal(e, prev, link);
}

static void
must(enum status s, const struct op *op)
{
	if (s != ST_OK)
		die(op->fail.sentence ? op->fail.sentence : "the store failed");
}

static void
office_open(struct op *op, const char *path)
{
	const char *why = "";

	*op = (struct op){ .mem = arena_new(), .now = 1795421640 };
	op->today = clock_day(op->now);
	if (db_open(op->mem, path, &op->db, &why) != ST_OK)
		die(why);
}

/* What a claim changes, and is about. */
static void
claim_once(struct op *op, int64_t id)
{
	struct case_file c;

	op->touched = NULL;
	must(db_begin_write(op), op);
	must(store_case_find(op, id, &c), op);
	c.state = c.state == CASE_OPEN ? CASE_IN_WORK : CASE_OPEN;
	c.owner_id = c.state == CASE_OPEN ? 0 : op->by->id;
	must(store_case_save(op, &c), op);
	op_touch(op, "case", id);
	must(db_commit(op, &(struct event_head){ .command = "case.claim", .terminal = "bench",
	    .request_id = "0123456789abcdef0123456789abcdef" }), op);
}

static int64_t cases[CASES];

static void
choose_cases(struct op *op)
{
	const char *unit = "residence";
	struct case_filter f = { .units = &unit, .n_units = 1, .states = 1u << CASE_OPEN,
		.due_before = DAY_NONE, .sort = CASE_BY_RANK, .limit = CASES };
	struct case_file *list;
	size_t n;

	must(store_case_page(op, &f, &list, &n), op);
	if (n < CASES)
		die("too few open cases");
	for (size_t i = 0; i < n; i++)
		cases[i] = list[i].id;
}

static double
turn(struct op *op, bool with)
{
	double from = now_ms();

	chained = with;
	for (int i = 0; i < COMMITS_A_TURN; i++)
		claim_once(op, cases[i % CASES]);
	arena_reset(op->mem);
	must(store_staff_find(op, "res1", -1, &op->by), op);
	return now_ms() - from;
}

/* The middle of all pairs: a busy moment of the disk meets one of them. */
static void
compare_commits(const char *db)
{
	double ratio[TURNS], share;
	char path[600], command[1400];
	struct op op;

	snprintf(path, sizeof(path), "%s.commits", db);
	snprintf(command, sizeof(command), "rm -f '%s'*; '%s' init '%s' --training --demo T >&2", path,
	    program("tresen-admin"), path);
	if (system(command) != 0)
		die(command);
	office_open(&op, path);
	must(store_staff_find(&op, "res1", -1, &op.by), &op);
	choose_cases(&op);
	turn(&op, true);
	for (int i = 0; i < TURNS; i++) {
		/* who comes first changes: neither always has the warmer pages */
		double first = turn(&op, i % 2), second = turn(&op, !(i % 2));

		ratio[i] = i % 2 ? second / first : first / second;
	}
	share = quantile(ratio, TURNS, 0.5);
	row("commits with the chain per commits without", AT_LEAST, 0.9, share, "");
	db_discard(&op, path);
}

/* ---- a million events ---- */

static void
fill(const char *path)
{
	struct op op = { .mem = arena_new(), .now = 1795421640 };
	const char *why = "";
	char value[32];

	chained = true;
	if (db_create(op.mem, path, &op.db, &why) != ST_OK)
		die(why);
	must(db_bulk(&op, true), &op);
	for (int i = 0; i < EVENTS; i++) {
		op.touched = NULL;
		op.now += 7;
		must(db_begin_write(&op), &op);
		snprintf(value, sizeof(value), "the %dth of many events", i);
		must(store_office_set(&op, "counter", value), &op);
		op_touch(&op, "case", 1 + i % 50000);
		op_touch(&op, "person", 1 + i % 30000);
		must(db_commit(&op, &(struct event_head){ .command = "case.claim", .terminal = "tresen",
		    .request_id = "0123456789abcdef0123456789abcdef" }), &op);
		if (i % EVENTS_A_COMMIT == 0)
			arena_reset(op.mem);
	}
	must(db_bulk(&op, false), &op);
	db_close(op.db);
	arena_free(op.mem);
}

static void
prove_a_million(const char *db)
{
	char path[600], made[700], command[1400];
	struct faults f = { .n = 0 };
	struct chain_seen seen = { .events = 0 };
	struct op op;
	double from;

	snprintf(path, sizeof(path), "%s.events", db);
	if (access(path, F_OK) != 0) {
		snprintf(made, sizeof(made), "%s.new", path);
		unlink(made);
		fill(made);
		if (rename(made, path) != 0)
			die(path);
	}
	office_open(&op, path);
	must(db_begin_read(&op), &op);
	from = now_ms();
	must(store_verify_chain(&op, &f, &seen), &op);
	note("  the chain of 1,000,000 events", (now_ms() - from) / 1000, "s");
	db_end_read(&op);
	if (f.found || seen.events < EVENTS)
		die("the chain is not sound");
	db_close(op.db);
	snprintf(command, sizeof(command), "'%s' verify '%s' > /dev/null", program("tresen-admin"), path);
	from = now_ms();
	if (system(command) != 0)
		die(command);
	row("verify of 1,000,000 events, and the state", AT_MOST, 10, (now_ms() - from) / 1000, "s");
}

void
bench_proof(const char *db)
{
	clock_init();
	compare_commits(db);
	prove_a_million(db);
}
