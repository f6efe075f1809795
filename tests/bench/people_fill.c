/*
 * people_fill.c - writes the invented register into an office file, as the
 * office would, but without waiting for the disk.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../../src/store/db.h"
#include "bench.h"
#include "people.h"
#include "store_admin.h"
#include "store_work.h"

#define TELL_EVERY 100000

static void
check(struct op *op, enum status s)
{
	if (s != ST_OK)
		die(op->fail.sentence ? op->fail.sentence : "the register cannot be written");
}

static void
add(struct op *op, uint32_t i, int64_t *id)
{
	char family[160], given[320] = "", text[160], display[500];
	struct person_name name = { .kind = "main", .family = family };
	struct person p = { .display = display, .names = &name, .n_names = 1 };
	struct citizen c;

	citizen_make(i, &c);
	part_text(&c.parts[0], family, sizeof(family));
	for (int k = 1; k < c.n; k++) {
		part_text(&c.parts[k], text, sizeof(text));
		strcat(*given ? strcat(given, " ") : given, text);
	}
	name.given = given;
	snprintf(display, sizeof(display), "%s, %s", family, given);
	p.born = c.born;
	check(op, store_person_add(op, &p));
	*id = p.id;
}

int64_t
people_fill(const char *path)
{
	struct op op = { .mem = arena_new(), .now = 1795421640 };
	struct arena *scratch = arena_new(), *whole = op.mem;
	int64_t first = 0, id;
	const char *why = "";

	if (db_open(op.mem, path, &op.db, &why) != ST_OK)
		die(why);
	check(&op, store_staff_find(&op, "res1", -1, &op.by));
	check(&op, db_bulk(&op, true));
	check(&op, db_exec(&op, "BEGIN"));
	op.mem = scratch;
	for (uint32_t i = 0; i < PEOPLE; i++) {
		add(&op, i, &id);
		op.touched = NULL;
		first = first ? first : id;
		arena_reset(scratch);
		if ((i + 1) % TELL_EVERY == 0)
			fprintf(stderr, "\r%u people", i + 1);
	}
	fputc('\n', stderr);
	op.mem = whole;
	db_reset_all(op.db);
	check(&op, db_exec(&op, "COMMIT"));
	check(&op, db_bulk(&op, false));
	db_close(op.db);
	arena_free(scratch);
	arena_free(whole);
	return first;
}

static double
megabytes(struct op *op, const char *tables)
{
	static const char sql[] = "SELECT sum(pgsize) FROM dbstat WHERE aggregate = 1"
	                          " AND instr(' ' || ?1 || ' ', ' ' || name || ' ')";
	sqlite3_stmt *q = db_query(op, sql);
	int64_t bytes;

	bind_text(q, 1, tables);
	check(op, db_number(op, q, &bytes));
	return (double)bytes / 1e6;
}

static double
count(struct op *op, const char *sql)
{
	int64_t n;

	check(op, db_number(op, db_query(op, sql), &n));
	return (double)n;
}

/* Without what others do on the machine. */
static double
worked_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

/* All that a new person costs while others wait, but for the disk. */
static void
measure_entering(struct op *op)
{
	static double ms[2000], worked[2000];
	struct arena *scratch = arena_new(), *whole = op->mem;
	size_t n = sizeof(ms) / sizeof(ms[0]);

	op->mem = scratch;
	for (size_t i = 0; i < n; i++) {
		int64_t id;
		double from, work;

		check(op, db_exec(op, "BEGIN"));
		from = now_ms();
		work = worked_ms();
		add(op, PEOPLE + (uint32_t)i, &id);
		worked[i] = worked_ms() - work;
		ms[i] = now_ms() - from;
		db_reset_all(op->db);
		check(op, db_exec(op, "ROLLBACK"));
		op->touched = NULL;
		arena_reset(scratch);
	}
	op->mem = whole;
	arena_free(scratch);
	note("entering a person, p50", quantile(ms, n, 0.5), "ms");
	row("entering a person, p99", AT_MOST, 1, quantile(ms, n, 0.99), "ms");
	note("  of it its own work, p99", quantile(worked, n, 0.99), "ms");
}

int64_t
people_sizes(const char *path)
{
	struct op op = { .mem = arena_new(), .now = 1795421640 };
	const char *why = "";
	int64_t newest;

	if (db_open(op.mem, path, &op.db, &why) != ST_OK)
		die(why);
	check(&op, store_staff_find(&op, "res1", -1, &op.by));
	check(&op, db_number(&op, db_query(&op, "SELECT max(at) FROM event"), &newest));
	note("the search's tables", megabytes(&op, "spelling spelling_key spelling_people"
	    " person_spelling sqlite_autoindex_spelling_1"), "MB");
	note("people and their names without it", megabytes(&op, "person person_name"
	    " person_nationality person_name_person person_born"), "MB");
	note("distinct spellings", count(&op, "SELECT count(*) FROM spelling"), "");
	note("keys", count(&op, "SELECT count(*) FROM spelling_key"), "");
	measure_entering(&op);
	db_close(op.db);
	arena_free(op.mem);
	return newest;
}
