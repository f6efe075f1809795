/*
 * part.c - links of records that are undone in another order than they were
 * made, and all that must hold for both as long as they stand.
 */
#include "harness_family.h"

#include <string.h>

struct sisters {
	struct office *office;
	struct desk *res, *boss;
	int64_t a, b, c;
};

static struct sisters
begin_sisters(void)
{
	struct sisters s = { .office = office_new() };

	s.res = desk_open(s.office, "res1");
	s.boss = desk_open(s.office, "super1");
	s.a = person_born(s.res, "Kgositsile", "Oarabile", "1987-02-11");
	s.b = person_born(s.res, "Qositsile", "Orabile", "1988");
	s.c = person_born(s.res, "Khositsele", "Neo", "1985");
	return s;
}

static void
end(struct sisters *s)
{
	desk_close(s->res);
	desk_close(s->boss);
	office_sound(s->office);
	office_free(s->office);
}

static int64_t
linked(struct sisters *s, int64_t survivor, int64_t merged, const char *choices)
{
	int64_t id = num(desk_do(s->res, "merge.propose", "{s:I, s:I, s:s, s:s}", "id", survivor,
	    "with", merged, "choices", choices, "reason", "one passport"), "merge.id");

	desk_do(s->boss, "merge.approve", "{s:I}", "id", id);
	return id;
}

static void
part(struct sisters *s, int64_t id)
{
	desk_do(s->boss, "merge.undo", "{s:I, s:s}", "id", id, "reason", "two sisters");
}

static const json_t *
shown(struct sisters *s, int64_t person)
{
	return at(desk_do(s->res, "person.show", "{s:I}", "id", person), "person");
}

static const char *
born(struct sisters *s, int64_t person)
{
	return str(shown(s, person), "born");
}

static void
lock(struct sisters *s, int64_t person, const char *until)
{
	desk_do(s->res, "person.lock", "{s:I, s:s, s:s}", "id", person, "until", until, "reason",
	    "court order");
}

/* Section 51 BMG protects the person, whichever record the court's paper is in. */
START_TEST(a_lock_of_either_holds_for_both)
{
	struct sisters s = begin_sisters();
	int64_t id;
	const json_t *r;

	lock(&s, s.b, "2027-05-01");
	id = linked(&s, s.a, s.b, "{}");
	r = shown(&s, s.a);
	ck_assert(json_is_true(at(r, "locked")));
	ck_assert_str_eq(str(r, "lock.until"), "2027-05-01");
	ck_assert(json_is_true(at(desk_do(s.res, "person.find", "{s:s}", "q", "Kgositsile"),
	    "people.0.locked")));
	r = desk_do(s.res, "merge.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "merge.fields.4.field"), "lock");
	part(&s, id);
	ck_assert(json_is_false(at(shown(&s, s.a), "locked")));
	ck_assert(json_is_true(at(shown(&s, s.b), "locked")));
	end(&s);
}
END_TEST

/* Nobody knows whom a lock is for that came while both were one. */
START_TEST(a_lock_that_came_since_stays_on_both)
{
	struct sisters s = begin_sisters();
	int64_t id = linked(&s, s.a, s.b, "{}");

	lock(&s, s.b, "2027-05-01");
	part(&s, id);
	ck_assert(json_is_true(at(shown(&s, s.a), "locked")));
	ck_assert(json_is_true(at(shown(&s, s.b), "locked")));
	end(&s);
}
END_TEST

START_TEST(a_lock_is_no_matter_of_choice)
{
	struct sisters s = begin_sisters();

	lock(&s, s.b, "2027-05-01");
	desk_refused(s.res, "INVALID", "merge.propose", "{s:I, s:I, s:s, s:s}", "id", s.a, "with",
	    s.b, "choices", "{\"lock\":\"survivor\"}", "reason", "one passport");
	end(&s);
}
END_TEST

/* a <- b, c <- a, and the first link is undone first. */
START_TEST(the_inner_link_is_undone_first)
{
	struct sisters s = begin_sisters();
	int64_t inner = linked(&s, s.a, s.b, "{\"born\":\"merged\", \"name\":\"merged\"}");
	int64_t outer = linked(&s, s.c, s.a, "{\"born\":\"merged\", \"name\":\"merged\"}");
	int64_t late = a_case(s.res, s.b);

	ck_assert_str_eq(str(shown(&s, s.b), "name"), "QOSITSILE, Orabile");
	ck_assert_int_eq(num(shown(&s, s.b), "id"), s.c);
	ck_assert_str_eq(str(desk_do(s.res, "merge.show", "{s:I}", "id", inner),
	    "merge.later.0.kind"), "case");
	desk_do(s.boss, "merge.undo", "{s:I, s:s, s:{s:[I]}}", "id", inner, "reason",
	    "two sisters", "assign", "case", late);
	ck_assert_int_eq(num(shown(&s, s.b), "cases.0.id"), late);
	ck_assert_str_eq(born(&s, s.b), "1988");
	/* what the record above had taken of it is gone from there, too */
	ck_assert_str_eq(born(&s, s.c), "1987-02-11");
	ck_assert_str_eq(str(shown(&s, s.c), "name"), "KGOSITSILE, Oarabile");
	part(&s, outer);
	ck_assert_str_eq(born(&s, s.a), "1987-02-11");
	ck_assert_str_eq(born(&s, s.c), "1985");
	ck_assert_str_eq(str(shown(&s, s.c), "name"), "KHOSITSELE, Neo");
	ck_assert_uint_eq(rows(shown(&s, s.c), "names"), 1);
	end(&s);
}
END_TEST

/* a <- b and a <- c, each gives its birthday. */
START_TEST(the_elder_of_two_links_is_undone_first)
{
	struct sisters s = begin_sisters();
	int64_t first = linked(&s, s.a, s.b, "{\"born\":\"merged\"}");
	int64_t second = linked(&s, s.a, s.c, "{\"born\":\"merged\"}");

	part(&s, first);
	ck_assert_str_eq(born(&s, s.a), "1985");
	part(&s, second);
	ck_assert_str_eq(born(&s, s.a), "1987-02-11");
	ck_assert_str_eq(born(&s, s.b), "1988");
	ck_assert_str_eq(born(&s, s.c), "1985");
	end(&s);
}
END_TEST

START_TEST(an_alias_of_another_record_is_left_alone)
{
	struct sisters s = begin_sisters();
	int64_t id;

	desk_do(s.res, "person.name", "{s:I, s:s, s:s, s:s}", "id", s.c, "kind", "alias", "family",
	    "Kgositsile", "given", "Oarabile");
	linked(&s, s.a, s.c, "{}");
	id = linked(&s, s.a, s.b, "{\"name\":\"merged\"}");
	part(&s, id);
	ck_assert_int_eq(office_number_of(s.office,
	    "SELECT count(*) FROM person_name WHERE kind = 'alias'"), 1);
	end(&s);
}
END_TEST

/* What is no list of numbers is refused, not passed over. */
START_TEST(nothing_is_assigned_by_guess)
{
	struct sisters s = begin_sisters();
	int64_t id = linked(&s, s.a, s.b, "{}"), late = a_case(s.res, s.a);

	desk_refused(s.boss, "INVALID", "merge.undo", "{s:I, s:s, s:{s:I}}", "id", id, "reason",
	    "two sisters", "assign", "case", late);
	desk_refused(s.boss, "INVALID", "merge.undo", "{s:I, s:s, s:{s:[s]}}", "id", id, "reason",
	    "two sisters", "assign", "case", "1");
	desk_do(s.boss, "merge.undo", "{s:I, s:s, s:n}", "id", id, "reason", "two sisters",
	    "assign");
	desk_do(s.res, "merge.propose", "{s:I, s:I, s:s, s:n}", "id", s.a, "with", s.b, "reason",
	    "one passport", "choices");
	end(&s);
}
END_TEST

/* Of a link it is shown what each record said before. */
START_TEST(a_link_shows_what_both_had)
{
	struct sisters s = begin_sisters();
	int64_t id = linked(&s, s.a, s.b, "{\"born\":\"merged\"}");
	const json_t *r = desk_do(s.res, "merge.show", "{s:I}", "id", id);

	ck_assert_str_eq(str(r, "merge.fields.1.survivor"), "1987-02-11");
	ck_assert_str_eq(str(r, "merge.fields.1.merged"), "1988");
	ck_assert_str_eq(str(r, "merge.fields.1.choice"), "merged");
	ck_assert_str_eq(str(r, "merge.fields.0.choice"), "survivor");
	r = desk_do(s.res, "merge.list", "{s:I}", "person", s.a);
	ck_assert_str_eq(str(r, "merges.0.merged.born"), "1988");
	end(&s);
}
END_TEST

/* What a link would make of both, without one. */
START_TEST(a_link_is_previewed)
{
	struct sisters s = begin_sisters();
	int64_t events = office_number_of(s.office, HAS_CHANGED);
	const json_t *r = desk_do(s.res, "merge.propose", "{s:I, s:I, s:s, s:b}", "id", s.a, "with",
	    s.b, "choices", "{\"born\":\"merged\"}", "preview", 1);

	ck_assert_str_eq(str(r, "merge.fields.1.choice"), "merged");
	ck_assert_int_eq(num(r, "merge.merged.id"), s.b);
	ck_assert_int_eq(office_number_of(s.office, HAS_CHANGED), events);
	desk_refused(s.res, "INVALID", "merge.propose", "{s:I, s:I}", "id", s.a, "with", s.b);
	desk_refused(s.res, "INVALID", "merge.propose", "{s:I, s:I, s:b}", "id", s.a, "with", s.a,
	    "preview", 1);
	end(&s);
}
END_TEST

/* Homes, tasks and proposals of the record that went under. */
START_TEST(everything_shows_under_the_survivor)
{
	struct sisters s = begin_sisters();
	struct desk *ben = desk_open(s.office, "ben1");
	int64_t home = begin(s.res, s.b, "2026-01-01"), id;
	const json_t *r;

	desk_do(s.res, "household.move", "{s:I, s:s, s:s, s:s}", "id", home, "kind", "shared",
	    "street", "Haus Nord", "from", "2026-02-01");
	desk_do(ben, "person.propose", "{s:I, s:s, s:s, s:s}", "id", s.b, "field", "born", "value",
	    "1989", "reason", "birth certificate");
	id = linked(&s, s.a, s.b, "{}");
	r = desk_do(s.res, "household.show", "{s:I}", "id", home);
	ck_assert_int_eq(num(r, "household.members.0.person.id"), s.a);
	ck_assert_str_eq(str(r, "household.members.0.person.name"), "KGOSITSILE, Oarabile");
	r = desk_do(s.res, "task.list", "{s:I}", "person", s.a);
	ck_assert_uint_gt(rows(r, "tasks"), 0);
	ck_assert_int_eq(num(r, "tasks.0.person.id"), s.a);
	r = desk_do(s.res, "task.list", "{s:I}", "person", s.b);
	ck_assert_uint_gt(rows(r, "tasks"), 0);
	r = desk_do(s.res, "person.proposals", "{s:I}", "id", s.a);
	ck_assert_uint_eq(rows(r, "proposals"), 1);
	ck_assert_int_eq(num(r, "proposals.0.person.id"), s.a);
	/* an act that names either of them means this member */
	desk_do(s.res, "household.birth", "{s:I, s:s, s:s, s:I}", "id", home, "family", "Neo",
	    "born", "2026-10-10", "mother", s.a);
	part(&s, id);
	r = desk_do(s.res, "household.show", "{s:I}", "id", home);
	ck_assert_str_eq(str(r, "household.need_head.name"), "QOSITSILE, Orabile");
	desk_close(ben);
	end(&s);
}
END_TEST

/* A home that is to be left or entered later on counts as well. */
START_TEST(homes_of_both_may_follow_each_other)
{
	struct sisters s = begin_sisters();
	int64_t id = num(desk_do(s.res, "merge.propose", "{s:I, s:I, s:s}", "id", s.a, "with", s.b,
	    "reason", "one passport"), "merge.id"), first = begin(s.res, s.a, "2026-01-01");

	begin(s.res, s.b, "2026-12-01");
	desk_refused(s.boss, "CONFLICT", "merge.approve", "{s:I}", "id", id);
	desk_do(s.res, "household.move_out", "{s:I, s:I, s:s}", "id", first, "person", s.a, "from",
	    "2026-12-01");
	desk_do(s.boss, "merge.approve", "{s:I}", "id", id);
	end(&s);
}
END_TEST

/* Both of the office approve in the same moment, and the proposer in another
 * session. */
START_TEST(a_link_is_approved_once)
{
	struct sisters s = begin_sisters();
	struct desk *roth = desk_open(s.office, "res2"), *twin = desk_open(s.office, "res1");
	int64_t id = num(desk_do(s.res, "merge.propose", "{s:I, s:I, s:s}", "id", s.a, "with", s.b,
	    "reason", "one passport"), "merge.id");

	desk_refused(twin, "DENIED", "merge.approve", "{s:I}", "id", id);
	desk_do(roth, "merge.approve", "{s:I}", "id", id);
	ck_assert_str_eq(str(desk_refused(s.boss, "CONFLICT", "merge.approve", "{s:I}", "id", id),
	    "data.winner.who"), "Roth");
	desk_refused(twin, "CONFLICT", "merge.refuse", "{s:I, s:s}", "id", id, "reason", "no");
	desk_close(roth);
	desk_close(twin);
	end(&s);
}
END_TEST

Suite *suite_part(void);
Suite *
suite_part(void)
{
	Suite *s = suite_create("part");
	TCase *t = tcase_create("part");

	tcase_add_test(t, a_lock_of_either_holds_for_both);
	tcase_add_test(t, a_lock_that_came_since_stays_on_both);
	tcase_add_test(t, a_lock_is_no_matter_of_choice);
	tcase_add_test(t, the_inner_link_is_undone_first);
	tcase_add_test(t, the_elder_of_two_links_is_undone_first);
	tcase_add_test(t, an_alias_of_another_record_is_left_alone);
	tcase_add_test(t, nothing_is_assigned_by_guess);
	tcase_add_test(t, a_link_shows_what_both_had);
	tcase_add_test(t, a_link_is_previewed);
	tcase_add_test(t, everything_shows_under_the_survivor);
	tcase_add_test(t, homes_of_both_may_follow_each_other);
	tcase_add_test(t, a_link_is_approved_once);
	suite_add_tcase(s, t);
	return s;
}
