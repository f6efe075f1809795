/*
 * refused.c - what a command does not take in, though each of its values is of the
 * right kind: by which field it is refused, in which words, and that nothing of it
 * is kept.  hostile.c sends values that are of no kind at all.
 */
#include "base.h"
#include "harness_desk.h"

#include <stdio.h>
#include <string.h>

Suite *suite_refused(void);

static struct office *o;
static int64_t blocked;           /* a restriction, of person 3 */

/* Person 1 with a case of residence (1) and one of social work, which has a note and
 * a disclosure; person 2 lives with her; requests 1 and 2 about her, 2 is answered. */
static void
setup(void)
{
	struct desk *res, *soc, *super;
	int64_t id;

	office_prepare();
	o = office_new();
	res = desk_open(o, "res1");
	soc = desk_open(o, "soc1");
	super = desk_open(o, "super1");
	a_person(res, "Haddad");
	a_person(res, "Quellenbach");
	desk_do(res, "case.claim", "{s:I}", "id", a_case(res, 1));
	desk_do(res, "household.new", "{s:i, s:s, s:s, s:s}", "person", 1, "kind", "flat", "street",
	    "Ringstr. 5", "from", "2026-01-01");
	desk_do(res, "household.move_in", "{s:i, s:i, s:s, s:s}", "id", 1, "person", 2, "role",
	    "child", "from", "2026-02-01");
	id = num(desk_do(soc, "case.open", "{s:i, s:s}", "person", 1, "service", "S20"), "case.id");
	desk_do(soc, "case.claim", "{s:I}", "id", id);
	desk_do(soc, "case.note", "{s:I, s:s}", "id", id, "text", "needs help");
	desk_do(res, "disclosure.ask", "{s:i, s:s, s:s}", "person", 1, "to", "social_work",
	    "question", "does she need help?");
	id = num(desk_do(res, "disclosure.ask", "{s:i, s:s, s:s}", "person", 1, "to", "social_work",
	    "question", "with what?"), "ask.id");
	desk_do(soc, "disclosure.refuse", "{s:I, s:s}", "id", id, "reason", "ask her");
	blocked = num(desk_do(super, "person.block", "{s:I, s:s, s:s}", "id", a_person(res, "Kovac"),
	    "reason", "disputed", "reference", "her letter"), "restriction.id");
	desk_close(res);
	desk_close(soc);
	desk_close(super);
}

static void
teardown(void)
{
	office_free(o);
}

#define SOC_CASE "\"case\":1000000001"
#define TELL SOC_CASE ",\"to\":\"residence\",\"basis\":\"danger\""

static const struct {
	const char *login, *method, *args, *status, *field, *words;
} rows[] = {
	{ "soc1", "consent.give", "\"person\":1,\"body\":\"medical\",\"body_name\":\"Weiss\","
	  "\"scope\":\" \"", "INVALID", "scope", "Say about what" },
	{ "soc1", "consent.give", "\"person\":1,\"body\":\"medical\",\"body_name\":\"Weiss\","
	  "\"scope\":\"health\",\"until\":\"2026-11-22\"", "INVALID", "until",
	  "That day is over" },
	{ "soc1", "disclosure.give", TELL ",\"fields\":\"note.1000000001\",\"reason\":\" \"",
	  "INVALID", "reason", "Say why this is disclosed" },
	{ "soc1", "disclosure.give", TELL ",\"fields\":\"note.7\",\"reason\":\"help\"", "INVALID",
	  "fields", "nothing to tell under note.7" },
	{ "soc1", "disclosure.give", TELL ",\"fields\":\" \",\"reason\":\"help\"", "INVALID",
	  "fields", "Say what is disclosed" },
	{ "soc1", "disclosure.give", TELL ",\"fields\":\"note.1000000001\",\"reason\":\"help\","
	  "\"ask\":99", "NOT_FOUND", "ask", "has not asked about this person" },
	{ "res1", "disclosure.ask", "\"person\":1,\"to\":\"social_work\",\"question\":\" \"",
	  "INVALID", "question", "Say what you need to know" },
	{ "res1", "disclosure.ask", "\"person\":1,\"to\":\"benefits\",\"question\":\"rent?\"",
	  "INVALID", "to", "is in the files" },
	{ "front1", "case.document", "\"id\":1,\"key\":\"PASS\",\"state\":\"verified\"", "DENIED",
	  NULL, NULL },
	{ "res1", "merge.propose", "\"id\":1,\"with\":2,\"reason\":\"same\",\"choices\":"
	  "{\"born\":\"both\"}", "INVALID", "choices", "choose survivor or merged" },
	{ "res1", "merge.propose", "\"id\":1,\"with\":2,\"reason\":\"same\",\"choices\":"
	  "{\"shoes\":\"merged\"}", "INVALID", "choices", "shoes is no field to choose" },
	{ "res1", "person.name", "\"id\":1,\"kind\":\"birth\",\"family\":\"Aziz\",\"script\":\"La\"",
	  "INVALID", "script", "There is no script La" },
	{ "res1", "person.name", "\"id\":1,\"kind\":\"birth\",\"family\":\"Aziz\","
	  "\"from\":\"2026-13-01\"", "INVALID", "from", "must be a day such as" },
	{ "res1", "person.term", "\"id\":1,\"kind\":\"title\",\"status\":\"moon\","
	  "\"ends\":\"2027-01-01\"", "INVALID", "status", "There is no status moon" },
	{ "super1", "person.block", "\"id\":1,\"reason\":\"x\",\"reference\":\"y\","
	  "\"until\":\"2026-11-22\"", "INVALID", "until", "still to come" },
	{ "super1", "person.block", "\"id\":1,\"reason\":\"x\",\"reference\":\" \"", "INVALID",
	  "reference", "Give the reference" },
	{ "dpo1", "look.list", "\"person\":1,\"from\":\"2026-11-23\",\"to\":\"2026-11-22\"", "INVALID", "from",
	  "from is a day before to" },
	{ "dpo1", "look.list", "\"person\":1,\"after\":\"5\"", "INVALID", "after", NULL },
	{ "dpo1", "look.list", "\"person\":1,\"after\":\"5.x\"", "INVALID", "after", NULL },
	{ "super1", "person.duplicates", "\"after\":\"50 1\"", "INVALID", "after", NULL },
	{ "super1", "person.duplicates", "\"after\":\"5000 1 2\"", "INVALID", "after", NULL },
	{ "res1", "household.move_out", "\"id\":1,\"person\":2,\"from\":\"2026-11-23\","
	  "\"to_household\":1", "INVALID", "to_household", "They live there already" },
	{ "res1", "household.separate", "\"id\":1,\"persons\":[1,2],\"from\":\"2026-11-23\","
	  "\"kind\":\"flat\",\"street\":\"Hof 1\"", "INVALID", "persons", "All of them would go" },
	{ "res1", "household.separate", "\"id\":1,\"persons\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,"
	  "16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31],\"from\":\"2026-11-23\","
	  "\"kind\":\"flat\",\"street\":\"Hof 1\"", "INVALID", "persons",
	  "At most 30 people at once" },
	{ "res1", "staff.delegate", "\"to\":\"res1\",\"until\":\"2026-12-01\",\"reason\":\"x\"",
	  "INVALID", "to", "Nobody stands in for themselves" },
	{ "super1", "staff.delegate", "\"for\":\"admin1\",\"to\":\"res1\",\"until\":\"2026-12-01\","
	  "\"reason\":\"x\"", "INVALID", "for", "has no cases and no visits" },
	{ "res1", "staff.pin", "\"new\":\"777777\"", "INVALID", "new", "guessed at once" },
	{ "res1", "staff.pin", "\"new\":\"456789\"", "INVALID", "new", "guessed at once" },
	{ "res1", "staff.pin", "\"new\":\"987654\"", "INVALID", "new", "guessed at once" },
	{ "res1", "staff.pin", "\"new\":\"47381\"", "INVALID", "new", "at least 6 signs" },
};

START_TEST(a_value_that_does_not_fit_is_named)
{
	struct desk *d = desk_open(o, rows[_i].login);
	char line[1024];
	int64_t before;
	json_t *error, *args;

	snprintf(line, sizeof(line), "{%s}", rows[_i].args);
	args = json_loads(line, 0, NULL);
	ck_assert_msg(args != NULL, "%s", line);
	before = office_number_of(o, HAS_CHANGED);
	error = desk_refused_at(desk_ask_with(d, rows[_i].method, args), rows[_i].status,
	    rows[_i].method, _i);
	if (rows[_i].field)
		ck_assert_msg(json_is_string(at(error, "data.field")) &&
		    strcmp(str(error, "data.field"), rows[_i].field) == 0, "%s: field %s",
		    rows[_i].method, json_string_value(at(error, "data.field")));
	if (rows[_i].words)
		ck_assert_msg(strstr(str(error, "message"), rows[_i].words) != NULL, "%s: %s",
		    rows[_i].method, str(error, "message"));
	ck_assert_int_eq(office_number_of(o, HAS_CHANGED), before);
	desk_close(d);
}
END_TEST

/* Its id is an instant, and in no table. */
START_TEST(a_restriction_ends_with_a_reason)
{
	struct desk *super = desk_open(o, "super1");
	json_t *error = desk_refused(super, "INVALID", "restriction.end", "{s:I, s:s}", "id",
	    (json_int_t)blocked, "reason", " ");

	ck_assert_str_eq(str(error, "data.field"), "reason");
	ck_assert_ptr_nonnull(strstr(str(error, "message"), "Give the reason why it ends"));
	desk_close(super);
}
END_TEST

Suite *
suite_refused(void)
{
	Suite *s = suite_create("refused");
	TCase *t = tcase_create("refused");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_value_that_does_not_fit_is_named, 0, (int)COUNT_OF(rows));
	tcase_add_test(t, a_restriction_ends_with_a_reason);
	suite_add_tcase(s, t);
	return s;
}
