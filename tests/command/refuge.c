/*
 * refuge.c - a family that has fled: the files of all who live together are for
 * named people only by one act, each with a restriction of its own.
 */
#include "harness_desk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct story {
	struct office *o;
	struct desk *super1, *res1, *res2, *dpo1;
	int64_t mother, child, husband, home;
};

static int64_t
takes_in(struct desk *d, const char *family, const char *given, const char *born)
{
	return num(desk_do(d, "person.new", "{s:s, s:s, s:s, s:s}", "family", family, "given",
	    given, "born", born, "reason", "both were here"), "person.id");
}

/* A mother with her child; the husband has lived there until last month. */
static struct story
begin(void)
{
	struct story s = { .o = office_new() };

	s.super1 = desk_open(s.o, "super1");
	s.res1 = desk_open(s.o, "res1");
	s.res2 = desk_open(s.o, "res2");
	s.dpo1 = desk_open(s.o, "dpo1");
	s.mother = takes_in(s.res1, "Haddad", "Rania", "1990-05-03");
	s.child = takes_in(s.res1, "Haddad", "Mia", "2015-07-01");
	s.husband = takes_in(s.res1, "Lindenfeld", "Karim", "1988-01-09");
	s.home = num(desk_do(s.res1, "household.new", "{s:I, s:s, s:s, s:s}", "person", s.mother,
	    "kind", "shared", "street", "Ringstr. 5", "from", "2026-01-01"), "household.id");
	desk_do(s.res1, "household.move_in", "{s:I, s:I, s:s, s:s}", "id", s.home, "person",
	    s.child, "role", "child", "from", "2026-01-01");
	desk_do(s.res1, "household.move_in", "{s:I, s:I, s:s, s:s}", "id", s.home, "person",
	    s.husband, "role", "spouse", "from", "2026-01-01");
	desk_do(s.res1, "household.move_out", "{s:I, s:I, s:s}", "id", s.home, "person", s.husband,
	    "from", "2026-11-01");
	return s;
}

static void
end(struct story *s)
{
	desk_close(s->super1);
	desk_close(s->res1);
	desk_close(s->res2);
	desk_close(s->dpo1);
	office_sound(s->o);
	office_free(s->o);
}

#define SAFE "Quellenweg"        /* where they live now */

/* They move on, and the office knows where. */
static void
move_on(struct story *s)
{
	desk_do(s->res1, "household.move", "{s:I, s:s, s:s, s:s, s:s}", "id", s->home, "kind",
	    "shared", "street", SAFE " 77", "postcode", "20095", "from", "2026-11-10");
}

#define ALL(staff) "{s:I, s:s, s:s, s:b}", "id", s.mother, "staff", staff, "reason", \
	"threatened", "household", 1

static size_t
restricted(struct story *s)
{
	return json_array_size(at(desk_do(s->dpo1, "restriction.list", NULL), "restrictions"));
}

START_TEST(all_who_live_there_by_one_act)
{
	struct story s = begin();
	json_t *r = desk_do(s.super1, "person.reserve", ALL("res1"));

	keys_are(r, "restriction people");
	ck_assert_int_eq(num(r, "restriction.person.id"), s.mother);
	ck_assert_uint_eq(json_array_size(at(r, "people")), 2);
	ck_assert_int_eq(num(r, "people.0.id"), s.mother);
	ck_assert_str_eq(str(r, "people.1.name"), "HADDAD, Mia");
	desk_refused(s.res2, "DENIED", "person.show", "{s:I}", "id", s.mother);
	desk_refused(s.res2, "DENIED", "person.show", "{s:I}", "id", s.child);
	desk_do(s.res1, "person.show", "{s:I}", "id", s.child);
	/* who has left it is not concerned, and finds nothing of them */
	desk_do(s.res2, "person.show", "{s:I}", "id", s.husband);
	/* each has its own, that ends for itself */
	r = at(desk_do(s.dpo1, "restriction.list", NULL), "restrictions");
	ck_assert_uint_eq(json_array_size(r), 2);
	ck_assert_str_eq(str(r, "0.reason"), "threatened");
	ck_assert_str_eq(str(r, "1.reason"), "threatened");
	desk_do(s.dpo1, "restriction.end", "{s:I, s:s}", "id", num(r, "0.id"), "reason", "moved on");
	desk_do(s.res2, "person.show", "{s:I}", "id", s.child);
	desk_refused(s.res2, "DENIED", "person.show", "{s:I}", "id", s.mother);
	end(&s);
}
END_TEST

/* By reading alone, and so also while somebody else is saving. */
START_TEST(names_are_told_before)
{
	struct story s = begin();
	sqlite3 *saves;
	json_t *r;

	ck_assert_int_eq(sqlite3_open_v2(office_db(s.o), &saves, SQLITE_OPEN_READWRITE, NULL), 0);
	ck_assert_int_eq(sqlite3_exec(saves, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	r = desk_do(s.super1, "person.reserve", "{s:I, s:s, s:s, s:b, s:b}", "id", s.child,
	    "staff", "res1", "reason", "threatened", "household", 1, "preview", 1);
	sqlite3_close(saves);
	ck_assert(json_is_null(at(r, "restriction")));
	ck_assert_int_eq(num(r, "people.0.id"), s.child);
	ck_assert_int_eq(num(r, "people.1.id"), s.mother);
	ck_assert_uint_eq(restricted(&s), 0);
	desk_do(s.super1, "staff.me", NULL);
	ck_assert_int_eq(office_number_of(s.o, "SELECT count(*) FROM event e JOIN event_object b"
	    " ON b.seq = e.seq AND b.kind = 'hit' WHERE e.command = 'person.reserve'"), 2);
	end(&s);
}
END_TEST

/* All of them, or none. */
START_TEST(what_cannot_be_done_leaves_nothing_behind)
{
	struct story s = begin();

	ck_assert_str_eq(str(desk_refused(s.super1, "INVALID", "person.reserve",
	    "{s:I, s:s, s:s, s:b}", "id", s.husband, "staff", "res1", "reason", "r", "household", 1),
	    "data.field"), "household");
	desk_refused(s.super1, "INVALID", "person.reserve", ALL("nobody1"));
	desk_refused(s.res1, "DENIED", "person.reserve", ALL("res1"));
	desk_refused(s.super1, "INVALID", "case.reserve", ALL("res1"));
	ck_assert_uint_eq(restricted(&s), 0);
	end(&s);
}
END_TEST

/* From the file of who has moved out nobody learns where the others have gone. */
START_TEST(the_way_there_is_shut)
{
	static const struct {
		const char *method, *arg;
		bool home;               /* asked by the household's number, else by his */
	} ways[] = {
		{ "household.show", "id", true }, { "person.show", "id", false },
		{ "person.history", "id", false }, { "person.export", "id", false },
		{ "household.show", "person", false }, { "task.list", "person", false },
		{ "task.list", "household", true },
	};
	struct story s = begin();
	json_t *r;

	move_on(&s);
	ck_assert(has_words(desk_do(s.res2, "household.show", "{s:I}", "id", s.home), SAFE));
	desk_do(s.super1, "person.reserve", ALL("res1"));
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		r = desk_ask_with(s.res2, ways[i].method, json_pack("{s:I}", ways[i].arg,
		    ways[i].home ? s.home : s.husband));
		ck_assert_msg(!has_words(r, SAFE) && !has_words(r, "HADDAD"), "%s: %s", ways[i].method,
		    json_dumps(r, 0));
	}
	/* it ends for them with him; how it was in his time stays */
	r = at(desk_do(s.res2, "household.show", "{s:I}", "id", s.home), "household");
	ck_assert_str_eq(str(r, "until"), "2026-10-31");
	ck_assert(json_is_null(at(r, "residence")));
	ck_assert_str_eq(str(r, "residences.0.until"), "2026-10-31");
	ck_assert(has_words(desk_do(s.res1, "household.show", "{s:I}", "id", s.home), SAFE));
	end(&s);
}
END_TEST

/* Nor does it open to others what was for somebody else before. */
START_TEST(who_was_set_aside_before_stays_so)
{
	struct story s = begin();
	json_t *r;

	desk_do(s.super1, "person.reserve", "{s:I, s:s, s:s}", "id", s.child, "staff", "res2",
	    "reason", "adopted");
	r = desk_do(s.super1, "person.reserve", ALL("res1"));
	ck_assert_uint_eq(json_array_size(at(r, "people")), 1);
	desk_do(s.res2, "person.show", "{s:I}", "id", s.child);
	desk_refused(s.res1, "DENIED", "person.show", "{s:I}", "id", s.child);
	/* who sees the list replaces it */
	r = desk_do(s.dpo1, "restriction.list", NULL);
	ck_assert_uint_eq(json_array_size(at(r, "restrictions")), 2);
	end(&s);
}
END_TEST

Suite *suite_refuge(void);
Suite *
suite_refuge(void)
{
	Suite *s = suite_create("refuge");
	TCase *t = tcase_create("refuge");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, all_who_live_there_by_one_act);
	tcase_add_test(t, names_are_told_before);
	tcase_add_test(t, what_cannot_be_done_leaves_nothing_behind);
	tcase_add_test(t, the_way_there_is_shut);
	tcase_add_test(t, who_was_set_aside_before_stays_so);
	suite_add_tcase(s, t);
	return s;
}
