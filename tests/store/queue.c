/*
 * queue.c - pages of cases beside the plain question: whatever is asked for,
 * and however small the pages, together they are all rows in their order.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/store/db.h"
#include "harness_op.h"
#include "store_case.h"
#include "store_work.h"

#define CASES 600
#define DAYS 9                   /* few, so that many cases share one */

static struct office *office;
static struct op op;
static const char *const units[] = { "residence", "benefits", "social_work" };

#define MUST(call) ck_assert_int_eq((call), ST_OK)

static int
day(unsigned i, unsigned step)
{
	return op.today - 4 + (int)(i * step % DAYS);
}

/* Of each state some, of one nearly none. */
static enum case_state
state(unsigned i)
{
	return i % 97 == 0 ? CASE_INTAKE : (enum case_state)(CASE_OPEN + i * 7 % 11 % 6);
}

static void
add_cases(void)
{
	struct person_name name = { .kind = "main", .family = "Haddad" };
	struct person p = { .display = "HADDAD", .names = &name, .n_names = 1 };

	MUST(store_person_add(&op, &p));
	/* the law has changed: each service has another row from a day on */
	MUST(db_exec(&op, "INSERT INTO service SELECT id + 1000, code, '2026-11-01', valid_to,"
	    " name_de, name_en, unit, lane, letter, target_minutes, target_days, basis, checklist,"
	    " form, position FROM service WHERE id <= 3"));
	for (unsigned i = 0; i < CASES; i++) {
		struct case_file c = { .person_id = p.id, .service_id = 1 + i % 3 + i / 7 % 2 * 1000, .site = "main",
			.unit = units[i % 5 % 3], .state = state(i), .opened_at = op.now,
			.opened_day = day(i, 5), .arrived_day = op.today, .due_day = day(i, 7),
			.rank_day = day(i, 4), .asked = 1, .wait_day = DAY_NONE,
			.decided_day = DAY_NONE };

		if (c.state != CASE_OPEN && c.state != CASE_INTAKE)
			c.owner_id = op.by->id + i % 2;
		if (c.state >= CASE_DECIDED)
			c.decided_day = op.today;
		MUST(store_case_add(&op, &c));
	}
}

static void
setup(void)
{
	office = office_new();
	op = op_open(office, "res1");
	MUST(db_begin_write(&op));
	add_cases();
	MUST(db_commit(&op, &(struct event_head){ .command = "case.open" }));
}

static void
teardown(void)
{
	op_close(&op);
	office_free(office);
}

static bool
is_in(const struct case_filter *f, const struct case_file *c)
{
	for (size_t u = 0; u < f->n_units; u++)
		if (strcmp(f->units[u], c->unit) == 0)
			return (f->states & 1u << c->state) &&
			    (!f->owner_id || c->owner_id == (f->owner_id < 0 ? 0 : f->owner_id)) &&
			    (f->due_before == DAY_NONE || c->due_day < f->due_before) &&
			    (!f->service || strcmp(c->service_code, f->service) == 0);
	return false;
}

static int
key_of(const struct case_file *c, enum case_sort sort)
{
	return sort == CASE_BY_RANK ? c->rank_day
	    : sort == CASE_BY_DUE ? c->due_day : c->opened_day;
}

static enum case_sort sorted_by;

static int
in_order(const void *a, const void *b)
{
	const struct case_file *x = a, *y = b;
	int p = key_of(x, sorted_by), q = key_of(y, sorted_by);

	return p != q ? (p < q ? -1 : 1) : x->id < y->id ? -1 : x->id > y->id;
}

/* All cases of the office, whoever has them. */
static struct case_file *
all_cases(size_t *n)
{
	static const char sql[] = "SELECT id FROM case_file";
	struct list list = { .size = sizeof(struct case_file) };
	int64_t ids[2 * CASES];
	sqlite3_stmt *q = db_query(&op, sql);
	bool row;

	*n = 0;
	for (;;) {
		MUST(db_step(&op, q, &row));
		if (!row)
			break;
		ids[(*n)++] = col_int(q, 0);
	}
	for (size_t i = 0; i < *n; i++)
		MUST(store_case_find(&op, ids[i], list_add(op.mem, &list)));
	return list.items;
}

static void
pages_match(struct case_filter f, struct case_file *all, size_t n_all)
{
	struct case_file *page;
	size_t at = 0, n;

	sorted_by = f.sort;
	qsort(all, n_all, sizeof(*all), in_order);
	f.after_id = 0;
	f.after_day = DAY_NONE;
	do {
		MUST(store_case_page(&op, &f, &page, &n));
		for (size_t i = 0; i < n; i++, at++) {
			while (at < n_all && !is_in(&f, &all[at]))
				at++;
			ck_assert_msg(at < n_all && page[i].id == all[at].id,
			    "sort %d states %x owner %lld: %lld is not next", (int)f.sort, f.states,
			    (long long)f.owner_id, (long long)page[i].id);
		}
		if (n > 0) {
			f.after_id = page[n - 1].id;
			f.after_day = key_of(&page[n - 1], f.sort);
		}
	} while (n == (size_t)f.limit);
	while (at < n_all && !is_in(&f, &all[at]))
		at++;
	ck_assert_msg(at == n_all, "sort %d states %x owner %lld: %zu is missing", (int)f.sort,
	    f.states, (long long)f.owner_id, at);
}

START_TEST(pages_are_all_rows_in_their_order)
{
	static const unsigned states[] = {
		CASE_UNDECIDED, CASE_LIVE, CASE_UNDECIDED | 1u << CASE_CLOSED, 1u << CASE_INTAKE,
		1u << CASE_OPEN, 1u << CASE_IN_WORK, 1u << CASE_WAITING, 1u << CASE_DECIDED,
		1u << CASE_HANDED_OUT, 1u << CASE_CLOSED,
	};
	const char *wanted[] = { units[0], units[1], units[2] };
	size_t n;
	struct case_file *all = all_cases(&n);

	ck_assert_uint_ge(n, CASES);
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		struct case_filter f = { .units = wanted, .n_units = 1 + i % 3,
			.states = states[i], .due_before = DAY_NONE,
			.sort = (enum case_sort)_i, .limit = 7 };

		for (f.owner_id = -1; f.owner_id <= op.by->id; f.owner_id++)
			if (f.owner_id <= 0 || f.owner_id == op.by->id)
				pages_match(f, all, n);
		f.owner_id = 0;
		f.due_before = op.today;
		pages_match(f, all, n);
		f.due_before = DAY_NONE;
		f.service = all[0].service_code;
		f.limit = 40;
		pages_match(f, all, n);
	}
}
END_TEST

Suite *suite_queue(void);
Suite *
suite_queue(void)
{
	Suite *s = suite_create("queue");
	TCase *t = tcase_create("queue");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, pages_are_all_rows_in_their_order, CASE_BY_RANK, CASE_BY_AGE + 1);
	suite_add_tcase(s, t);
	return s;
}
