/*
 * person.c - a person's record in the file: rows of every part written, read
 * in their order and taken away, what of them holds today, proposals, and who
 * keeps which field.
 */
#include <check.h>
#include <string.h>

#include "harness_op.h"
#include "store_proposal.h"

static struct office *office;
static struct op op;

static void
setup(void)
{
	office = office_new();
	op = op_open(office, "res1");
	ck_assert_int_eq(db_begin_write(&op), ST_OK);
}

static void
teardown(void)
{
	ck_assert_int_eq(db_commit(&op, &(struct event_head){ .command = "person.edit" }), ST_OK);
	op_close(&op);
	office_free(office);
}

#define MUST(call) ck_assert_int_eq((call), ST_OK)

static int64_t
new_person(const char *family)
{
	struct person_name name = { .kind = "main", .family = family, .given = "Rania" };
	struct person p = { .display = family, .names = &name, .n_names = 1 };

	MUST(store_person_add(&op, &p));
	return p.id;
}

/* One valid row of each part, in the order of its fields. */
static const struct person_part examples[PARTS] = {
	[PART_NAME] = { .value = { "spelling", "حداد", "رانيا", "Arab", "Pass", "2020-01-01" } },
	[PART_IDENTIFIER] = { .value = { "azr", "1803 12004711", "AZR", "2026-11-01" },
		.plain = "180312004711", .mark = true },
	[PART_CONTACT] = { .value = { "phone", "0151 23", "abends", "2026-11-01" },
		.plain = "321510" },
	[PART_ADDRESS] = { .value = { "Hafenstr. 1", "20457", "Hamburg", "DEU", "Pass",
		"2026-11-01" } },
	[PART_LANGUAGE] = { .value = { "ar", "native", "needed" }, .mark = true },
	[PART_DOCUMENT] = { .value = { "passport", "N1", "SYR", "2020-01-01", "2030-01-01",
		"seen" }, .mark = true },
};

static void
is_same(const struct person_part *a, const struct person_part *b)
{
	for (int i = 0; i < PART_FIELDS_MAX; i++) {
		ck_assert(!a->value[i] == !b->value[i]);
		if (a->value[i])
			ck_assert_str_eq(a->value[i], b->value[i]);
	}
	ck_assert(a->mark == b->mark);
	if (b->plain)
		ck_assert_str_eq(a->plain, b->plain);
}

START_TEST(each_part_comes_back_as_it_went_in)
{
	enum part part = (enum part)_i;
	struct person_part row = examples[part];
	int64_t id = new_person("Haddad");
	struct part_rows rows;
	struct person p;

	MUST(store_part_save(&op, id, part, &row));
	ck_assert_int_gt(row.row, 0);
	MUST(store_part_list(&op, id, part, &rows));
	ck_assert_uint_eq(rows.n, 1);
	is_same(&rows.list[0], &examples[part]);
	row.value[part_specs[part].principal] = "XYZ";
	MUST(store_part_save(&op, id, part, &row));
	MUST(store_person_find(&op, id, &p));
	ck_assert_uint_eq(p.parts[part].n, 1);
	ck_assert_str_eq(p.parts[part].list[0].value[part_specs[part].principal], "XYZ");
	/* nobody's row goes with somebody else's number */
	MUST(store_part_drop(&op, new_person("Khalil"), part, row.row));
	MUST(store_part_list(&op, id, part, &rows));
	ck_assert_uint_eq(rows.n, 1);
	MUST(store_part_drop(&op, id, part, row.row));
	MUST(store_part_list(&op, id, part, &rows));
	ck_assert_uint_eq(rows.n, 0);
}
END_TEST

START_TEST(what_holds_today_is_current)
{
	int64_t id = new_person("Haddad");
	struct person_part old = examples[PART_ADDRESS], now = examples[PART_ADDRESS];
	struct person p;

	old.value[0] = "Ring 1";
	old.value[6] = "2026-11-22";
	now.value[6] = "2026-11-23"; /* its last day is today */
	MUST(store_part_save(&op, id, PART_ADDRESS, &old));
	MUST(store_part_save(&op, id, PART_ADDRESS, &now));
	MUST(store_person_find(&op, id, &p));
	ck_assert_str_eq(p.address, "Hafenstr. 1, 20457 Hamburg");
	ck_assert(!part_holds(&op, PART_ADDRESS, &old));
	ck_assert_ptr_null(p.language);
}
END_TEST

START_TEST(lists_are_in_german_order)
{
	int64_t id = new_person("Ägypten");
	struct person p;

	MUST(store_person_find(&op, id, &p));
	ck_assert_str_eq(p.sort_key, "AEGYPTEN");
}
END_TEST

START_TEST(proposals_lie_with_who_keeps_the_field)
{
	int64_t id = new_person("Haddad");
	static const char *const fields[] = { "born", "given", "identifier.iban", "identifier.azr",
		"phone" };
	struct proposal *list;
	size_t n;

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct proposal r = { .person_id = id, .field = fields[i], .after = "x",
			.reason = "seen" };

		MUST(store_proposal_add(&op, &r));
	}
	MUST(store_proposal_open(&op, "residence", true, 0, 10, &list, &n));
	ck_assert_uint_eq(n, 4);
	MUST(store_proposal_open(&op, "benefits", true, 0, 10, &list, &n));
	ck_assert_uint_eq(n, 2);
	ck_assert_str_eq(list[0].field, "identifier.iban");
	MUST(store_proposal_open(&op, "residence", false, list[0].id, 10, &list, &n));
	ck_assert_uint_eq(n, 2);
	list[0].state = PROPOSAL_REFUSED;
	list[0].answer = "no";
	MUST(store_proposal_settle(&op, &list[0]));
	MUST(store_proposal_by_person(&op, id, 10, &list, &n));
	ck_assert_uint_eq(n, 5);
	MUST(store_proposal_open(&op, "residence", true, 0, 10, &list, &n));
	ck_assert_uint_eq(n, 3);
}
END_TEST

Suite *suite_person(void);

Suite *
suite_person(void)
{
	Suite *s = suite_create("person");
	TCase *t = tcase_create("record");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, each_part_comes_back_as_it_went_in, 0, PARTS);
	tcase_add_test(t, what_holds_today_is_current);
	tcase_add_test(t, lists_are_in_german_order);
	tcase_add_test(t, proposals_lie_with_who_keeps_the_field);
	suite_add_tcase(s, t);
	return s;
}
