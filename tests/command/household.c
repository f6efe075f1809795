/*
 * household.c - births, moves and separations over the socket: previewed, then
 * done once; what they leave to the units; who learns of it.
 */
#include "harness_family.h"

#include <stdlib.h>
#include <string.h>

#define HOUSEHOLD_KEYS                                                         \
	"id version day from until residence need_head members past coming residences tasks"
#define MEMBER_KEYS "person locked age role role_label need_head since until"
#define PLAN_KEYS "act act_label stored day households tasks doubles warnings"
#define TASK_KEYS                                                              \
	"id version unit unit_label kind label basis person household due late state state_label" \
	" note opened opened_by changed changed_by may"

/* ---- shapes and history ---- */

START_TEST(who_lived_with_whom_on_a_day)
{
	struct family f = a_family();
	json_t *r = desk_do(f.res, "household.show", "{s:I}", "person", f.lina);

	keys_are(at(r, "household"), HOUSEHOLD_KEYS);
	keys_are(at(r, "household.members.0"), MEMBER_KEYS);
	ck_assert_int_eq(num(r, "household.id"), f.home);
	ck_assert_uint_eq(rows(r, "household.members"), 3);
	ck_assert_str_eq(str(r, "household.need_head.name"), "HADDAD, Rania");
	ck_assert_str_eq(str(r, "household.residence.kind"), "flat");
	keys_are(at(r, "household.tasks.0"), TASK_KEYS);
	r = desk_do(f.res, "household.show", "{s:I, s:s}", "id", f.home, "day", "2024-03-15");
	ck_assert_uint_eq(rows(r, "household.members"), 2);
	ck_assert_str_eq(str(r, "household.coming.0.person.name"), "HADDAD, Sami");
	r = desk_do(f.res, "household.show", "{s:I, s:s}", "person", f.sami, "day", "2024-03-15");
	ck_assert(json_is_null(at(r, "household")));
	desk_refused(f.res, "INVALID", "household.show", NULL);
	desk_refused(f.res, "NOT_FOUND", "household.show", "{s:i}", "id", 999);
	desk_refused(f.res, "NOT_FOUND", "household.show", "{s:i}", "person", 999);
	family_done(&f);
}
END_TEST

/* Takes the numbers of what was made out of a plan: a preview has none. */
static char *
told(const json_t *plan)
{
	char *text = json_dumps(plan, JSON_COMPACT | JSON_SORT_KEYS), *at_id = text;
	char *out = malloc(strlen(text) + 1), *to = out;

	while (*at_id) {
		if (strncmp(at_id, "\"id\":", 5) == 0)
			at_id += strcspn(at_id, ",}");
		else if (strncmp(at_id, "\"stored\":", 9) == 0)
			at_id += strcspn(at_id, ",}");
		else
			*to++ = *at_id++;
	}
	*to = '\0';
	free(text);
	return out;
}

/* The preview says what the act then does, and leaves no trace. */
START_TEST(a_birth_is_previewed_then_done_once)
{
	struct family f = a_family();
	struct office *o = f.office;
	int64_t events = office_number_of(o, HAS_CHANGED);
	int64_t people = office_number_of(o, "SELECT count(*) FROM person");
	char *before, *after;
	json_t *r;

	r = desk_done_at(desk_ask_with(f.res, "household.birth", birth(&f, true, NULL)),
	    __FILE__, __LINE__);
	keys_are(at(r, "plan"), PLAN_KEYS);
	ck_assert(json_is_false(at(r, "plan.stored")));
	ck_assert(json_is_null(at(r, "plan.households.0.after.3.person.id")));
	before = told(at(r, "plan"));
	ck_assert_int_eq(office_number_of(o, HAS_CHANGED), events);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), people);
	for (int i = 0; i < 2; i++)
		r = desk_done_at(desk_ask_with(f.res, "household.birth", birth(&f, false,
		    "once")), __FILE__, __LINE__);
	after = told(at(r, "plan"));
	ck_assert_str_eq(before, after);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM person"), people + 1);
	ck_assert_int_eq(office_number_of(o, HAS_CHANGED), events + 1);
	ck_assert_uint_eq(rows(r, "household.members"), 4);
	/* § 81(2) AufenthG: six months from the birth */
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM task WHERE kind = 'birth_title'"
	    " AND due_day = '2027-05-10' AND unit = 'residence'"), 1);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM task t JOIN person p ON p.id ="
	    " t.person_id WHERE kind = 'birth_copy' AND p.display = 'HADDAD, Mia'"), 1);
	free(before);
	free(after);
	family_done(&f);
}
END_TEST

START_TEST(a_birth_shows_whom_the_child_might_double)
{
	struct family f = a_family();
	json_t *r = desk_do(f.res, "household.birth", "{s:I, s:s, s:s, s:s, s:b}", "id", f.home,
	    "family", "Haddad", "given", "Lina", "born", "2026-11-01", "preview", 1);

	ck_assert_int_eq(num(r, "plan.doubles.0.id"), f.lina);
	ck_assert_uint_gt(rows(r, "plan.warnings"), 0);
	desk_refused(f.res, "INVALID", "household.birth", "{s:I, s:s, s:s}", "id", f.home, "family",
	    "Haddad", "born", "2026-11");
	desk_refused(f.res, "INVALID", "household.birth", "{s:I, s:s, s:s}", "id", f.home, "family",
	    "Haddad", "born", "2026-11-24");
	desk_refused(f.res, "INVALID", "household.birth", "{s:I, s:s, s:s}", "id", f.home, "family",
	    "", "born", "2026-11-01");
	desk_refused(f.res, "INVALID", "household.birth", "{s:I, s:s, s:s, s:I}", "id", f.home,
	    "family", "Haddad", "born", "2026-11-01", "mother", f.lina);
	desk_refused(f.res, "INVALID", "household.birth", "{s:I, s:s, s:s, s:i}", "id", f.home,
	    "family", "Haddad", "born", "2026-11-01", "mother", 999);
	family_done(&f);
}
END_TEST

/* The child's record was made at the counter already: no second one in passing. */
START_TEST(a_birth_makes_no_double)
{
	struct family f = a_family();
	json_t *r;

	person_born(f.res, "Hadad", "Mia", "2026-11-10");
	for (int preview = 0; preview < 2; preview++) {
		json_t *b = birth(&f, preview, NULL);

		r = desk_refused_at(desk_ask_with(f.res, "household.birth", b), "INVALID",
		    __FILE__, __LINE__);
		ck_assert_str_eq(str(r, "data.field"), "reason");
	}
	r = birth(&f, false, NULL);
	json_object_set_new(r, "reason", json_string("two certificates"));
	desk_done_at(desk_ask_with(f.res, "household.birth", r), __FILE__, __LINE__);
	ck_assert_int_eq(office_number_of(f.office, "SELECT count(*) FROM person_pair WHERE state ="
	    " 'different' AND reason = 'two certificates'"), 1);
	family_done(&f);
}
END_TEST

/* ---- two at the same household ---- */

START_TEST(whoever_is_slower_sees_what_has_changed)
{
	struct family f = a_family();
	struct desk *ben = desk_open(f.office, "ben1");
	int64_t seen = num(desk_do(ben, "household.show", "{s:I}", "id", f.home),
	    "household.version");
	json_t *r = desk_do(f.res, "household.separate", "{s:I, s:I, s:[I, I], s:s, s:s, s:s}", "id",
	    f.home, "version", seen, "persons", f.rania, f.lina, "kind", "shared", "street",
	    "Haus Nord", "from", "2026-11-20");

	ck_assert_uint_eq(rows(r, "plan.households"), 2);
	ck_assert_str_eq(str(r, "household.need_head.name"), "HADDAD, Sami");
	ck_assert_str_eq(str(r, "plan.households.1.after.0.role"), "head");
	r = desk_refused(ben, "CONFLICT", "household.move", "{s:I, s:I, s:s, s:s, s:s}", "id", f.home,
	    "version", seen, "kind", "flat", "street", "Am Markt 1", "from", "2026-11-21");
	ck_assert_str_eq(str(r, "data.winner.who"), "Demir");
	ck_assert_uint_eq(rows(r, "data.winner.current.members"), 1);
	/* the preview says the same as the act would */
	desk_refused(ben, "CONFLICT", "household.move", "{s:I, s:I, s:s, s:s, s:s, s:b}", "id",
	    f.home, "version", seen, "kind", "flat", "street", "Am Markt 1", "from", "2026-11-21",
	    "preview", 1);
	desk_close(ben);
	family_done(&f);
}
END_TEST

START_TEST(nobody_lives_in_two_places)
{
	struct family f = a_family();
	int64_t uncle = person_born(f.res, "Haddad", "Omar", "1960");
	int64_t second = begin(f.res, uncle, "2026-01-01");
	json_t *r;

	r = desk_refused(f.res, "INVALID", "household.move_in", "{s:I, s:I, s:s, s:s}", "id", second,
	    "person", f.sami, "role", "other", "from", "2026-11-01");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "HADDAD, Sami lives in household 1"));
	desk_refused(f.res, "INVALID", "household.new", "{s:I, s:s, s:s, s:s}", "person", f.sami,
	    "kind", "flat", "street", "Am Markt 1", "from", "2026-11-01");
	desk_refused(f.res, "INVALID", "household.move_in", "{s:I, s:I, s:s, s:s}", "id", f.home,
	    "person", f.sami, "role", "other", "from", "2026-11-01");
	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s, s:I}", "id", f.home, "person", f.sami,
	    "from", "2026-11-01", "to_household", second);
	r = desk_do(f.res, "household.show", "{s:I}", "person", f.sami);
	ck_assert_int_eq(num(r, "household.id"), second);
	/* away, and back for a time that is taken */
	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", second, "person", f.sami,
	    "from", "2026-11-10");
	r = desk_refused(f.res, "INVALID", "household.move_in", "{s:I, s:I, s:s, s:s}", "id", f.home,
	    "person", f.sami, "role", "spouse", "from", "2026-11-05");
	ck_assert_str_eq(str(r, "data.field"), "from");
	join(f.res, f.home, f.sami, "spouse", "2026-11-10");
	family_done(&f);
}
END_TEST

/* Two records of one person: whoever lives under one of them lives. */
START_TEST(a_linked_record_still_lives_there)
{
	struct family f = a_family();
	struct desk *super = desk_open(f.office, "super1");
	int64_t twice = person_born(f.res, "Haddad", "Sammy", "1988");
	int64_t merge = num(desk_do(f.res, "merge.propose", "{s:I, s:I, s:s}", "id", twice, "with",
	    f.sami, "reason", "same passport"), "merge.id");

	desk_do(super, "merge.approve", "{s:I}", "id", merge);
	ck_assert_int_eq(num(desk_do(f.res, "household.show", "{s:I}", "person", twice),
	    "household.id"), f.home);
	ck_assert_int_eq(num(desk_do(f.res, "household.show", "{s:I}", "person", f.sami),
	    "household.id"), f.home);
	desk_refused(f.res, "INVALID", "household.new", "{s:I, s:s, s:s, s:s}", "person", twice,
	    "kind", "flat", "street", "Am Markt 1", "from", "2026-11-01");
	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", f.home, "person", twice,
	    "from", "2026-11-01");
	ck_assert(json_is_null(at(desk_do(f.res, "household.show", "{s:I}", "person", twice),
	    "household")));
	desk_close(super);
	family_done(&f);
}
END_TEST

START_TEST(days_and_places_are_checked)
{
	struct family f = a_family();
	static const char *const never[] = { "2026-12-25", "2005-01-01", "2024-02-29" };
	int64_t child;

	for (size_t i = 0; i < 3; i++)
		desk_refused(f.res, "INVALID", "household.move", "{s:I, s:s, s:s, s:s}", "id", f.home,
		    "kind", "flat", "street", "Am Markt 1", "from", never[i]);
	desk_refused(f.res, "INVALID", "household.move", "{s:I, s:s, s:s, s:s}", "id", f.home, "kind",
	    "flat", "street", " ", "from", "2026-11-01");
	desk_refused(f.res, "INVALID", "household.move", "{s:I, s:s, s:s, s:s, s:s}", "id", f.home,
	    "kind", "flat", "street", "Am Markt 1", "postcode", "4512", "from", "2026-11-01");
	desk_refused(f.res, "INVALID", "household.move_out", "{s:I, s:I, s:s, s:s}", "id", f.home,
	    "person", f.sami, "street", "Am Markt 1", "from", "2026-11-01");
	desk_refused(f.res, "INVALID", "household.move_out", "{s:I, s:I, s:s, s:s, s:s, s:I}", "id",
	    f.home, "person", f.sami, "street", "Am Markt 1", "kind", "flat", "from", "2026-11-01",
	    "to_household", f.home);
	child = person_born(f.res, "Haddad", "Mia", "2026-10");
	desk_refused(f.res, "INVALID", "household.move_in", "{s:I, s:I, s:s, s:s}", "id", f.home,
	    "person", child, "role", "child", "from", "2026-09-30");
	join(f.res, f.home, child, "child", "2026-10-01");
	desk_do(f.res, "household.move", "{s:I, s:s, s:s, s:s}", "id", f.home, "kind", "shared",
	    "street", "Haus Nord", "from", "2026-12-20");
	ck_assert_str_eq(str(desk_do(f.res, "household.show", "{s:I}", "id", f.home),
	    "household.residence.street"), "Ringstraße 5");
	ck_assert_str_eq(str(desk_do(f.res, "household.show", "{s:I, s:s}", "id", f.home, "day",
	    "2026-12-20"), "household.residence.street"), "Haus Nord");
	family_done(&f);
}
END_TEST

START_TEST(the_head_changes_and_the_last_one_ends_it)
{
	struct family f = a_family();
	json_t *r = desk_do(f.res, "household.head", "{s:I, s:I, s:s}", "id", f.home, "person",
	    f.sami, "from", "2026-01-01");

	ck_assert_str_eq(str(r, "household.need_head.name"), "HADDAD, Sami");
	desk_refused(f.res, "INVALID", "household.head", "{s:I, s:I, s:s}", "id", f.home, "person",
	    f.sami, "from", "2026-02-01");
	r = desk_do(f.res, "household.show", "{s:I, s:s}", "id", f.home, "day", "2025-12-31");
	ck_assert_str_eq(str(r, "household.need_head.name"), "HADDAD, Rania");
	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", f.home, "person", f.sami,
	    "from", "2026-03-01");
	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", f.home, "person", f.rania,
	    "from", "2026-04-01");
	r = desk_do(f.res, "household.show", "{s:I}", "id", f.home);
	ck_assert_str_eq(str(r, "household.need_head.name"), "HADDAD, Lina");
	r = desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", f.home, "person", f.lina,
	    "from", "2026-05-01");
	ck_assert_str_eq(str(r, "household.until"), "2026-04-30");
	ck_assert_uint_eq(rows(r, "household.past"), 3);
	desk_refused(f.res, "CONFLICT", "household.move_in", "{s:I, s:I, s:s, s:s}", "id", f.home,
	    "person", f.lina, "role", "child", "from", "2026-06-01");
	family_done(&f);
}
END_TEST

/* ---- any acts ---- */

static unsigned dice = 5;

static int
roll(int sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (int)((dice >> 8) % (unsigned)sides);
}

static void
any_day(json_t *p, const char *key)
{
	char day[11];

	/* few days, so that acts meet */
	snprintf(day, sizeof(day), "2026-%02d-%02d", 9 + roll(3), 1 + 7 * roll(4));
	json_object_set_new(p, key, json_string(day));
}

static json_t *
any_correction(int64_t person)
{
	json_t *p = json_pack("{s:s}", "reason", "written wrong");

	any_day(p, "day");
	if (roll(3))
		any_day(p, "right");
	if (!roll(3))
		json_object_set_new(p, "person", json_integer(person));
	return p;
}

static json_t *
any_act(const int64_t *people, int n, const char **name)
{
	static const char *const acts[] = { "household.new", "household.move_in",
		"household.move_out", "household.separate", "household.move", "household.head",
		"household.birth", "household.correct" };
	int64_t one = people[roll(n)], two = people[roll(n)];
	int act = roll(10) < 6 ? roll(7) : 7;
	json_t *p = act == 7 ? any_correction(one) : json_object();

	*name = acts[act];
	if (act < 7)
		any_day(p, act == 6 ? "born" : "from");
	if (act)
		json_object_set_new(p, "id", json_integer(1 + roll(6)));
	if (act == 6)
		json_object_set_new(p, "family", json_string("Neu"));
	if (act == 3)
		json_object_set_new(p, "persons", json_pack("[I, I]", one, two));
	else if (act != 4 && act < 6)
		json_object_set_new(p, "person", json_integer(one));
	if (act == 1)
		json_object_set_new(p, "role", json_string(roll(2) ? "child" : "partner"));
	if (act == 2 && roll(2))
		json_object_set_new(p, "to_household", json_integer(1 + roll(6)));
	else if (act == 0 || (act >= 2 && act <= 4)) {
		json_object_set_new(p, "kind", json_string(roll(2) ? "flat" : "reception"));
		json_object_set_new(p, "street", json_string("Ring 1"));
	}
	return p;
}

/* The file stays sound, and a preview refuses what the act refuses. */
START_TEST(any_acts_leave_a_sound_file)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "res1");
	int64_t people[8];
	int done = 0, corrected = 0;

	for (int i = 0; i < 8; i++)
		people[i] = person_born(d, "Haddad", "X", i % 3 ? "1990" : "2015-02-03");
	for (int i = 0; i < 400; i++) {
		const char *name;
		json_t *act = any_act(people, 8, &name), *preview = json_copy(act);
		char status[16];

		json_object_set_new(preview, "preview", json_true());
		snprintf(status, sizeof(status), "%s",
		    reply_status(desk_ask_with(d, name, preview)));
		ck_assert_str_eq(reply_status(desk_ask_with(d, name, act)), status);
		done += strcmp(status, "OK") == 0;
		corrected += strcmp(status, "OK") == 0 && strcmp(name, "household.correct") == 0;
	}
	ck_assert_int_gt(done, 20);
	ck_assert_int_gt(corrected, 5);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

Suite *suite_household(void);
Suite *
suite_household(void)
{
	Suite *s = suite_create("household");
	TCase *t = tcase_create("household");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, who_lived_with_whom_on_a_day);
	tcase_add_test(t, a_birth_is_previewed_then_done_once);
	tcase_add_test(t, a_birth_shows_whom_the_child_might_double);
	tcase_add_test(t, a_birth_makes_no_double);
	tcase_add_test(t, whoever_is_slower_sees_what_has_changed);
	tcase_add_test(t, nobody_lives_in_two_places);
	tcase_add_test(t, a_linked_record_still_lives_there);
	tcase_add_test(t, days_and_places_are_checked);
	tcase_add_test(t, the_head_changes_and_the_last_one_ends_it);
	tcase_add_test(t, any_acts_leave_a_sound_file);
	suite_add_tcase(s, t);
	return s;
}
