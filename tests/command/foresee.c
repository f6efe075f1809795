/*
 * foresee.c - a preview is the act without its last step: it reads only, and so it
 * is answered while somebody else is saving, and leaves nothing behind.  What it
 * says is tried with each act; that no screen previews in vain, in tests/screen.
 */
#include "base.h"
#include "harness_desk.h"

#include <sqlite3.h>
#include <stdio.h>

Suite *suite_foresee(void);

static struct office *o;

/* Persons 1 and 2 live in household 1, and 3 in none; social work has a case with a
 * note. */
static void
setup(void)
{
	struct desk *res, *soc;
	int64_t id;

	office_prepare();
	o = office_new();
	res = desk_open(o, "res1");
	soc = desk_open(o, "soc1");
	a_person(res, "Haddad");
	a_person(res, "Quellenbach");
	a_person(res, "Kovac");
	desk_do(res, "household.new", "{s:i, s:s, s:s, s:s}", "person", 1, "kind", "flat", "street",
	    "Ringstr. 5", "from", "2026-01-01");
	desk_do(res, "household.move_in", "{s:i, s:i, s:s, s:s}", "id", 1, "person", 2, "role",
	    "partner", "from", "2026-02-01");
	id = num(desk_do(soc, "case.open", "{s:i, s:s}", "person", 1, "service", "S20"), "case.id");
	desk_do(soc, "case.claim", "{s:I}", "id", id);
	desk_do(soc, "case.note", "{s:I, s:s}", "id", id, "text", "needs help");
	desk_close(res);
	desk_close(soc);
}

static void
teardown(void)
{
	office_free(o);
}

#define FLAT "\"kind\":\"flat\",\"street\":\"Hof 1\",\"from\":\"2026-11-23\""

/* Not merge.propose, which shows two files: that they were seen is saved first. */
static const struct {
	const char *login, *method, *args;
} acts[] = {
	{ "res1", "household.new", "\"person\":3," FLAT },
	{ "res1", "household.birth", "\"id\":1,\"family\":\"Haddad\",\"born\":\"2026-11-20\"" },
	{ "res1", "household.move_in", "\"id\":1,\"person\":3,\"role\":\"child\","
	  "\"from\":\"2026-11-23\"" },
	{ "res1", "household.move_out", "\"id\":1,\"person\":2," FLAT },
	{ "res1", "household.separate", "\"id\":1,\"persons\":[2]," FLAT },
	{ "res1", "household.move", "\"id\":1," FLAT },
	{ "res1", "household.head", "\"id\":1,\"person\":2,\"from\":\"2026-11-23\"" },
	{ "res1", "household.correct", "\"id\":1,\"day\":\"2026-02-01\",\"right\":\"2026-03-01\","
	  "\"reason\":\"misheard\"" },
	{ "soc1", "consent.give", "\"person\":1,\"body\":\"medical\",\"body_name\":\"Weiss\","
	  "\"scope\":\"health\"" },
	{ "soc1", "disclosure.give", "\"case\":1000000001,\"to\":\"residence\",\"basis\":\"danger\","
	  "\"fields\":\"note.1000000001\",\"reason\":\"help\"" },
	{ "super1", "person.reserve", "\"id\":1,\"staff\":\"res2\",\"reason\":\"threatened\"" },
};

START_TEST(a_preview_only_reads)
{
	struct desk *d = desk_open(o, acts[_i].login);
	int64_t before = office_number_of(o, HAS_CHANGED);
	char line[512];
	sqlite3 *saves;
	json_t *args;

	snprintf(line, sizeof(line), "{%s,\"preview\":true}", acts[_i].args);
	args = json_loads(line, 0, NULL);
	ck_assert_msg(args != NULL, "%s", line);
	ck_assert_int_eq(sqlite3_open_v2(office_db(o), &saves, SQLITE_OPEN_READWRITE, NULL), 0);
	ck_assert_int_eq(sqlite3_exec(saves, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	desk_done_at(desk_ask_with(d, acts[_i].method, args), acts[_i].method, _i);
	sqlite3_close(saves);
	desk_do(d, "staff.me", NULL);
	ck_assert_int_eq(office_number_of(o, HAS_CHANGED), before);
	desk_close(d);
}
END_TEST

Suite *
suite_foresee(void)
{
	Suite *s = suite_create("foresee");
	TCase *t = tcase_create("foresee");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_preview_only_reads, 0, (int)COUNT_OF(acts));
	suite_add_tcase(s, t);
	return s;
}
