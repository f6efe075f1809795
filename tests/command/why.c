/*
 * why.c - staff.why: the table of rights in plain words, and never a word on
 * what is not for whoever asks.
 */
#include "harness_desk.h"

#include <stdlib.h>
#include <string.h>

static const char *
text_of(struct desk *d, const char *key, json_t *value)
{
	return str(desk_done_at(desk_ask_with(d, "staff.why", json_pack("{s:o}", key, value)),
	    __FILE__, __LINE__), "text");
}

static void
says(const char *text, const char *words)
{
	ck_assert_msg(strstr(text, words) != NULL, "\"%s\" is not said in:\n%s", words, text);
}

static json_t *
act_of(json_t *result, const char *command)
{
	json_t *act;
	size_t i;

	json_array_foreach(at(result, "why.acts"), i, act)
		if (strcmp(str(act, "command"), command) == 0)
			return act;
	ck_abort_msg("no %s", command);
}

START_TEST(a_command_in_plain_words)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *steer = desk_open(o, "steer1");
	const char *text = text_of(res, "what", json_string("case.claim"));

	says(text, "You may do this.");
	says(text, "As back-office clerk you reach: what your unit is responsible for.");
	text = text_of(res, "what", json_string("case assign")); /* as it is typed */
	says(text, "You may not do this: as back-office clerk you have no right to it.");
	says(text, "Roles that may: supervisor.");
	says(text, "Ask for instance: Lindqvist (Residence).");
	says(text_of(steer, "what", json_string("person.show")), "You may not do this");
	desk_refused(res, "INVALID", "staff.why", "{s:s}", "what", "the weather");
	desk_refused(res, "INVALID", "staff.why", NULL);
	desk_close(res);
	desk_close(steer);
	office_free(o);
}
END_TEST

/* What it says may be done can be done, and the reverse. */
START_TEST(a_case_says_what_may_be_done_and_who_else_could)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *other = desk_open(o, "res2");
	int64_t id = a_case(res, a_person(res, "Haddad"));
	json_t *r;

	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_do(other, "staff.why", "{s:I}", "case", id);
	ck_assert(json_is_true(at(r, "why.sees")));
	ck_assert(json_is_false(at(act_of(r, "case.release"), "may")));
	says(str(act_of(r, "case.release"), "why"), "is with somebody else");
	says(str(act_of(r, "case.release"), "why"), "It could be done by: Demir (Residence).");
	ck_assert(json_is_true(at(act_of(r, "case.take"), "may")));
	says(str(act_of(r, "case.handout"), "why"),
	    "It is in work; this is done while it is: decided or ended.");
	says(str(act_of(r, "case.assign"), "why"), "Lindqvist");
	says(str(r, "text"), "It is with Demir.");
	desk_refused(other, "DENIED", "case.release", "{s:I}", "id", id);
	desk_do(res, "staff.delegate", "{s:s, s:s, s:s}", "to", "res2", "until", "2026-11-27",
	    "reason", "holiday");
	r = desk_do(other, "staff.why", "{s:s}", "what", "2026-000001");
	ck_assert(json_is_true(at(act_of(r, "case.release"), "may")));
	says(str(r, "text"), "You stand in for Demir until 2026-11-27");
	says(text_of(res, "case", json_integer(id)), "Roth stands in for you until 2026-11-27.");
	desk_do(other, "case.release", "{s:I}", "id", id);
	desk_close(res);
	desk_close(other);
	office_free(o);
}
END_TEST

START_TEST(a_person_says_whose_their_fields_are)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *res = desk_open(o, "res1");
	struct desk *admin = desk_open(o, "admin1"), *super = desk_open(o, "super1");
	int64_t id = a_person(front, "Haddad");

	says(text_of(res, "person", json_integer(id)), "Of its fields your unit keeps: ");
	says(text_of(super, "person", json_integer(id)), "You may not change it");
	says(text_of(admin, "person", json_integer(id)), "There is nothing by this number");
	says(text_of(res, "person", json_integer(id + 1)), "There is nothing by this number");
	ck_assert_ptr_null(strstr(text_of(res, "person", json_integer(id)), "HADDAD"));
	desk_close(front);
	desk_close(res);
	desk_close(admin);
	desk_close(super);
	office_free(o);
}
END_TEST

START_TEST(tickets_and_tasks_too)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *res = desk_open(o, "res1");

	desk_do(front, "visit.new", "{s:s}", "concern", "a question");
	says(text_of(front, "what", json_string("A001")), "You may now: Call");
	says(text_of(res, "visit", json_integer(1)), "Okafor (Front office)");
	says(text_of(res, "task", json_integer(7)), "There is nothing by this number");
	desk_close(front);
	desk_close(res);
	office_free(o);
}
END_TEST

/* § 203 StGB: the same words, to the letter, with and without such a file. */
START_TEST(nothing_tells_of_an_entrusted_file)
{
	static const char *const outside[] = { "res1", "ben1", "front1", "super1", "dpo1", "admin1" };
	char *answers[2][2];

	for (int with = 0; with < 2; with++) {
		struct office *o = office_new();
		struct desk *soc = desk_open(o, "soc1"), *d;
		int64_t person = a_person(soc, "Haddad");

		if (with)
			desk_do(soc, "case.open", "{s:I, s:s}", "person", person, "service", "S20");
		d = desk_open(o, outside[_i]);
		answers[with][0] = strdup(text_of(d, "case", json_integer(1)));
		answers[with][1] = strdup(text_of(d, "what", json_string("2026-000001")));
		says(answers[with][0], "There is nothing by this number that you may see.");
		desk_close(d);
		desk_close(soc);
		office_free(o);
	}
	for (int i = 0; i < 2; i++) {
		ck_assert_str_eq(answers[0][i], answers[1][i]);
		free(answers[0][i]);
		free(answers[1][i]);
	}
}
END_TEST

Suite *suite_why(void);
Suite *
suite_why(void)
{
	Suite *s = suite_create("why");
	TCase *t = tcase_create("why");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, a_command_in_plain_words);
	tcase_add_test(t, a_case_says_what_may_be_done_and_who_else_could);
	tcase_add_test(t, a_person_says_whose_their_fields_are);
	tcase_add_test(t, tickets_and_tasks_too);
	tcase_add_loop_test(t, nothing_tells_of_an_entrusted_file, 0, 6);
	suite_add_tcase(s, t);
	return s;
}
