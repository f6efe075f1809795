/*
 * household.c - acts on households: any sequence of them, in any order of
 * days, leaves a world in which everybody lives in one place at a time and
 * each household has one head and one residence.  And what the rules choose
 * where the clerk does not.  No engine, no file: only rules.
 */
#include <check.h>
#include <string.h>

#include "rules_task.h"

#define PEOPLE 9
#define HOMES_MAX 400
#define FIRST 20500                      /* a day in 2026 */
#define SPAN 300
#define ACTS 900

static struct arena *mem;
static struct home homes[HOMES_MAX];
static size_t n_homes;
static int64_t last_row;
static unsigned dice;

static const char *const names[PEOPLE] = { "Ali", "Berta", "Can", "Dora", "Emre", "Fatma",
	"Gül", "Hans", "Ida" };
static const char *const births[PEOPLE] = { "1980-01-01", "1985", "1990-05-03", "2015-11-20",
	"2019", NULL, "2009-01-01", "1955", "2024-02-29" };

static void
world_begin(void)
{
	mem = arena_new();
	n_homes = 0;
	last_row = 0;
	dice = 11;
}

static void
world_end(void)
{
	arena_free(mem);
}

static int
roll(int sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (int)((dice >> 8) % (unsigned)sides);
}

static bool
holds(int from, int until, int day)
{
	return from <= day && (until == DAY_NONE || until >= day);
}

/* ---- a world instead of a file ---- */

static struct mover
mover_of(int64_t person)
{
	struct stay *list = arena_array(mem, struct stay, 2000);
	struct mover m = { .id = person, .name = names[person - 1], .born = births[person - 1],
	    .stays = list };

	for (size_t i = 0; i < n_homes; i++)
		for (size_t j = 0; j < homes[i].n_stays; j++)
			if (homes[i].stays[j].person_id == person)
				list[m.n_stays++] = homes[i].stays[j];
	return m;
}

static void
keep(struct home *h)
{
	if (h->mark == ROW_NEW) {
		ck_assert_uint_lt(n_homes, HOMES_MAX);
		h->id = (int64_t)++n_homes;
	}
	for (size_t i = 0; i < h->n_stays; i++) {
		struct stay *s = &h->stays[i];

		if (s->mark == ROW_NEW)
			s->id = ++last_row;
		s->household_id = h->id;
		s->mark = ROW_KEPT;
	}
	for (size_t i = 0; i < h->n_dwellings; i++)
		h->dwellings[i].mark = ROW_KEPT;
	h->mark = ROW_KEPT;
	homes[h->id - 1] = *h;
}

static struct home
copy_of(int64_t id)
{
	struct home h = homes[id - 1];

	h.stays = arena_array(mem, struct stay, h.n_stays + 1);
	memcpy(h.stays, homes[id - 1].stays, h.n_stays * sizeof(*h.stays));
	h.dwellings = arena_array(mem, struct dwelling, h.n_dwellings + 1);
	memcpy(h.dwellings, homes[id - 1].dwellings, h.n_dwellings * sizeof(*h.dwellings));
	return h;
}

static enum plan_refusal
do_act(const struct household_act *act, int64_t here, int64_t there)
{
	struct household_plan plan = { .used = there != 0 };
	enum plan_refusal r;

	if (here)
		plan.here = copy_of(here);
	if (there)
		plan.there = copy_of(there);
	r = household_plan(mem, act, &plan);
	if (r != PLAN_OK)
		return r;
	keep(&plan.here);
	if (plan.used)
		keep(&plan.there);
	return r;
}

/* ---- what must be so on every day ---- */

static void
home_is_whole(const struct home *h, int day)
{
	int heads = 0, roles = 0, members = 0, dwellings = 0;

	for (size_t i = 0; i < h->n_stays; i++) {
		const struct stay *s = &h->stays[i];

		if (!holds(s->from, s->until, day))
			continue;
		members++;
		heads += s->need_head;
		roles += s->role == MEMBER_HEAD;
	}
	for (size_t i = 0; i < h->n_dwellings; i++)
		dwellings += holds(h->dwellings[i].from, h->dwellings[i].until, day);
	ck_assert_int_eq(holds(h->from, h->until, day), members > 0);
	ck_assert_int_eq(dwellings, members > 0);
	ck_assert_int_eq(heads, members > 0);
	ck_assert_int_le(roles, 1);
}

static void
world_is_whole(void)
{
	for (size_t i = 0; i < n_homes; i++)
		for (size_t j = 0; j < homes[i].n_stays; j++) {
			const struct stay *s = &homes[i].stays[j];

			ck_assert(s->until == DAY_NONE || s->until >= s->from);
		}
	for (int day = FIRST - 15; day <= FIRST + SPAN + 15; day++) {
		for (size_t i = 0; i < n_homes; i++)
			home_is_whole(&homes[i], day);
		for (int64_t p = 1; p <= PEOPLE; p++) {
			struct mover m = mover_of(p);
			int places = 0;

			for (size_t i = 0; i < m.n_stays; i++)
				places += holds(m.stays[i].from, m.stays[i].until, day);
			ck_assert_int_le(places, 1);
		}
	}
}

static const struct dwelling flat = { .kind = DWELLING_FLAT, .street = "Ring 5" };
static const struct dwelling shared = { .kind = DWELLING_SHARED, .street = "Heim 1" };

/* Time goes on, and clerks record late or ahead. */
static enum plan_refusal
any_act(int day)
{
	struct mover movers[3];
	struct household_act act = { .kind = (enum act)roll(7), .day = day + roll(24) - 12,
	    .movers = movers, .role = (enum member_role)(1 + roll(4)) };
	int64_t here = n_homes ? 1 + roll((int)n_homes) : 0;
	int64_t there = 0;
	int first = roll(PEOPLE);

	act.n_movers = act.kind == ACT_SEPARATION ? 1 + (size_t)roll(3) : 1;
	for (size_t i = 0; i < act.n_movers; i++)
		movers[i] = mover_of(1 + (first + (int)i) % PEOPLE);
	if (act.kind == ACT_NEW)
		here = 0;
	else if (!here)
		return PLAN_NO_HEAD;
	if (act.kind == ACT_NEW || act.kind == ACT_SEPARATION || act.kind == ACT_MOVE)
		act.to = roll(2) ? &flat : &shared;
	if (act.kind == ACT_MOVE_OUT && roll(2))
		there = 1 + roll((int)n_homes);
	else if (act.kind == ACT_MOVE_OUT && roll(2))
		act.to = &shared;
	if (act.kind == ACT_HEAD)
		act.head = 1 + roll(PEOPLE);
	if (!roll(4))
		act.successor = 1 + roll(PEOPLE);
	return do_act(&act, here, there);
}

START_TEST(any_acts_keep_the_world_whole)
{
	size_t done[PLAN_IS_HEAD + 1] = { 0 };

	dice = (unsigned)_i * 7919 + 3;
	for (int i = 0; i < ACTS; i++)
		done[any_act(FIRST + i * SPAN / ACTS)]++;
	world_is_whole();
	ck_assert_uint_gt(done[PLAN_OK], 60);
	/* every refusal is met on the way */
	for (size_t i = 0; i <= PLAN_IS_HEAD; i++)
		ck_assert_msg(done[i] > 0, "refusal %zu never happened", i);
}
END_TEST

/* ---- a family ---- */

#define ALI 1
#define BERTA 2
#define CAN 3
#define DORA 4
#define EMRE 5

static void
join(int64_t person, enum member_role role, int day)
{
	struct mover m = mover_of(person);
	struct household_act act = { .kind = ACT_MOVE_IN, .day = day, .movers = &m, .n_movers = 1,
	    .role = role };

	ck_assert_int_eq(do_act(&act, 1, 0), PLAN_OK);
}

/* Ali, his wife Berta, their children Dora and Emre, his brother Can. */
static void
a_family(void)
{
	struct mover m = mover_of(ALI);
	struct household_act act = { .kind = ACT_NEW, .day = FIRST, .movers = &m, .n_movers = 1,
	    .to = &flat };

	ck_assert_int_eq(do_act(&act, 0, 0), PLAN_OK);
	join(BERTA, MEMBER_SPOUSE, FIRST + 1);
	join(DORA, MEMBER_CHILD, FIRST + 1);
	join(EMRE, MEMBER_CHILD, FIRST + 2);
	join(CAN, MEMBER_OTHER, FIRST + 3);
}

static enum plan_refusal
part(const int64_t *people, size_t n, int day, int64_t head)
{
	struct mover movers[4];
	struct household_act act = { .kind = ACT_SEPARATION, .day = day, .movers = movers,
	    .n_movers = n, .to = &shared, .head = head };

	for (size_t i = 0; i < n; i++)
		movers[i] = mover_of(people[i]);
	return do_act(&act, 1, 0);
}

static void
member_is(int64_t home, int64_t person, int day, enum member_role role, bool head)
{
	const struct stay *s = home_member(&homes[home - 1], person, day);

	ck_assert_ptr_nonnull(s);
	ck_assert_str_eq(state_name(&member_roles, (int)s->role),
	    state_name(&member_roles, (int)role));
	ck_assert_int_eq(s->need_head, head);
}

START_TEST(the_wife_leaves_with_a_child)
{
	const int64_t who[] = { DORA, BERTA };
	int day = FIRST + 100;

	a_family();
	ck_assert_int_eq(part(who, 2, day, 0), PLAN_OK);
	member_is(2, BERTA, day, MEMBER_HEAD, true);
	member_is(2, DORA, day, MEMBER_CHILD, false);
	member_is(1, ALI, day, MEMBER_HEAD, true);
	member_is(1, BERTA, day - 1, MEMBER_SPOUSE, false);
	ck_assert_ptr_null(home_member(&homes[0], BERTA, day));
	ck_assert_int_eq(home_dwelling(&homes[1], day)->kind, DWELLING_SHARED);
	world_is_whole();
}
END_TEST

/* The husband goes: his wife is head of those who stay, since when is kept. */
START_TEST(the_head_leaves)
{
	const int64_t who[] = { ALI, EMRE };
	int day = FIRST + 50;

	a_family();
	ck_assert_int_eq(part(who, 2, day, 0), PLAN_OK);
	member_is(1, BERTA, day, MEMBER_HEAD, true);
	member_is(1, BERTA, day - 1, MEMBER_SPOUSE, false);
	ck_assert_int_eq(stay_since(&homes[0], home_member(&homes[0], BERTA, day)), FIRST + 1);
	member_is(2, ALI, day, MEMBER_HEAD, true);
	world_is_whole();
}
END_TEST

START_TEST(a_couple_leaves_the_brother)
{
	const int64_t who[] = { BERTA, ALI, DORA, EMRE };
	int day = FIRST + 50;

	a_family();
	ck_assert_int_eq(part(who, 4, day, BERTA), PLAN_OK);
	member_is(2, BERTA, day, MEMBER_HEAD, true);
	member_is(2, ALI, day, MEMBER_SPOUSE, false);
	member_is(2, EMRE, day, MEMBER_CHILD, false);
	member_is(1, CAN, day, MEMBER_HEAD, true);
	world_is_whole();
}
END_TEST

/* Beside the head that they had already everyone is what they were. */
START_TEST(the_head_takes_all_but_the_brother)
{
	const int64_t who[] = { ALI, BERTA, DORA, EMRE };
	int day = FIRST + 50;

	a_family();
	ck_assert_int_eq(part(who, 4, day, ALI), PLAN_OK);
	member_is(2, ALI, day, MEMBER_HEAD, true);
	member_is(2, BERTA, day, MEMBER_SPOUSE, false);
	member_is(2, DORA, day, MEMBER_CHILD, false);
	world_is_whole();
}
END_TEST

START_TEST(not_all_of_them_can_part)
{
	const int64_t all[] = { ALI, BERTA, DORA, EMRE }, can[] = { CAN };

	a_family();
	ck_assert_int_eq(part(can, 1, FIRST + 40, 0), PLAN_OK);
	ck_assert_int_eq(part(all, 4, FIRST + 50, 0), PLAN_NOBODY_STAYS);
	ck_assert_int_eq(part(can, 1, FIRST + 50, 0), PLAN_NOT_MEMBER);
	ck_assert_int_eq(part(all, 1, FIRST, 0), PLAN_CHANGED_LATER);
	ck_assert_int_eq(part(all, 1, FIRST - 1, 0), PLAN_BEFORE);
}
END_TEST

START_TEST(ages_count_from_the_birthday)
{
	static const struct {
		const char *born;
		int year, month, mday, age;
	} cases[] = {
		{ "2008-11-24", 2026, 11, 23, 17 }, { "2008-11-23", 2026, 11, 23, 18 },
		{ "2008-02-29", 2026, 2, 28, 17 }, { "2008-02-29", 2026, 3, 1, 18 },
		{ "2008", 2026, 1, 1, 18 }, { "2008-12", 2026, 11, 30, 17 },
		{ "2026-11-23", 2026, 11, 23, 0 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		ck_assert_int_eq(age_on(cases[i].born, day_from_ymd(cases[i].year,
		    cases[i].month, cases[i].mday)), cases[i].age);
	ck_assert_int_eq(age_on(NULL, FIRST), -1);
}
END_TEST

/* ---- tasks ---- */

static size_t
tasks_of(const struct household_act *act, const struct household_plan *plan,
         const struct task_rule *rule, int today, struct planned_task **list)
{
	static int christmas[2];
	struct calendar calendar = { .today = today, .holidays = christmas, .n_holidays = 2 };

	christmas[0] = day_from_ymd(2026, 12, 25);
	christmas[1] = day_from_ymd(2026, 12, 26);
	return household_tasks(mem, act, 0, plan, rule, 1, &calendar, list);
}

START_TEST(terms_end_on_working_days)
{
	static const struct {
		int term;
		enum term_unit unit;
		int act[3], today[3], due[3];
	} cases[] = {
		/* from the day of recording: Thursday, Christmas, a weekend between */
		{ 1, TERM_WORKING_DAYS, { 2026, 12, 1 }, { 2026, 12, 24 }, { 2026, 12, 28 } },
		{ 3, TERM_WORKING_DAYS, { 2026, 1, 1 }, { 2026, 11, 23 }, { 2026, 11, 26 } },
		/* from the act: 5 December is a Saturday */
		{ 14, TERM_DAYS, { 2026, 11, 21 }, { 2026, 11, 23 }, { 2026, 12, 7 } },
		{ 6, TERM_MONTHS, { 2026, 8, 31 }, { 2026, 11, 23 }, { 2027, 3, 1 } },
		{ 6, TERM_MONTHS, { 2026, 6, 25 }, { 2026, 11, 23 }, { 2026, 12, 28 } },
		/* over already: today */
		{ 6, TERM_MONTHS, { 2024, 1, 10 }, { 2026, 11, 23 }, { 2026, 11, 23 } },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct task_rule rule = { .act = ACT_MOVE_OUT, .about = ABOUT_EACH,
		    .term = cases[i].term, .term_unit = cases[i].unit };
		struct mover m = { .id = 1, .name = "Ali" };
		struct household_act act = { .kind = ACT_MOVE_OUT, .movers = &m, .n_movers = 1,
		    .day = day_from_ymd(cases[i].act[0], cases[i].act[1], cases[i].act[2]) };
		struct household_plan plan = { .used = false };
		struct planned_task *list;
		char got[11], want[11];

		ck_assert_uint_eq(tasks_of(&act, &plan, &rule, day_from_ymd(cases[i].today[0],
		    cases[i].today[1], cases[i].today[2]), &list), 1);
		ck_assert_str_eq(day_iso(list[0].due, got), day_iso(day_from_ymd(cases[i].due[0],
		    cases[i].due[1], cases[i].due[2]), want));
	}
}
END_TEST

/* Whom a task of a separation is about, and whether it is opened at all. */
START_TEST(conditions_choose_people)
{
	const int64_t who[] = { BERTA, DORA };
	struct mover movers[2];
	struct household_act act = { .kind = ACT_SEPARATION, .day = FIRST + 9, .movers = movers,
	    .n_movers = 2, .to = &shared };
	static const struct {
		enum about about;
		unsigned conditions;
		size_t n;
		int64_t first;
	} cases[] = {
		{ ABOUT_EACH, 0, 2, BERTA }, { ABOUT_EACH, IF_MINOR, 1, DORA },
		{ ABOUT_EACH, IF_ADULT, 1, BERTA }, { ABOUT_HOUSEHOLD, IF_MINORS, 1, BERTA },
		{ ABOUT_HOUSEHOLD, IF_FLAT, 0, 0 }, { ABOUT_HOUSEHOLD, IF_SHARED, 1, BERTA },
		{ ABOUT_REMAINING, IF_FLAT, 1, ALI }, { ABOUT_REMAINING, IF_SHARED, 0, 0 },
	};
	struct household_plan plan = { .used = false };
	struct planned_task *list;

	a_family();
	for (size_t i = 0; i < 2; i++)
		movers[i] = mover_of(who[i]);
	plan.here = copy_of(1);
	ck_assert_int_eq(household_plan(mem, &act, &plan), PLAN_OK);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct task_rule rule = { .act = ACT_SEPARATION, .about = cases[i].about,
		    .conditions = cases[i].conditions };
		size_t n = tasks_of(&act, &plan, &rule, FIRST + 9, &list);

		ck_assert_msg(n == cases[i].n, "case %zu: %zu tasks", i, n);
		if (n)
			ck_assert_int_eq(list[0].person_id, cases[i].first);
	}
}
END_TEST

START_TEST(conditions_are_words)
{
	unsigned set;

	ck_assert(conditions_read(NULL, &set) && set == 0);
	ck_assert(conditions_read("minor flat", &set) && set == (IF_MINOR | IF_FLAT));
	ck_assert(!conditions_read("minor flats", &set));
	ck_assert(!conditions_read("min", &set));
}
END_TEST

Suite *suite_household(void);
Suite *
suite_household(void)
{
	Suite *s = suite_create("household");
	TCase *t = tcase_create("household");

	tcase_add_checked_fixture(t, world_begin, world_end);
	tcase_add_loop_test(t, any_acts_keep_the_world_whole, 0, 6);
	tcase_add_test(t, the_wife_leaves_with_a_child);
	tcase_add_test(t, the_head_leaves);
	tcase_add_test(t, a_couple_leaves_the_brother);
	tcase_add_test(t, the_head_takes_all_but_the_brother);
	tcase_add_test(t, not_all_of_them_can_part);
	tcase_add_test(t, ages_count_from_the_birthday);
	tcase_add_test(t, terms_end_on_working_days);
	tcase_add_test(t, conditions_choose_people);
	tcase_add_test(t, conditions_are_words);
	suite_add_tcase(s, t);
	return s;
}
