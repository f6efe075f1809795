/*
 * proposal.c - who keeps which field of a person's record: what a unit does not
 * keep it proposes, and the unit that keeps it accepts.
 */
#include "harness_three.h"

#include <stdio.h>
#include <string.h>

/* A record of the front office; the day after it was made. */
static int64_t
an_old_person(void)
{
	int64_t id = a_person(front, "Haddad");

	office_clock(three_office, "2026-11-24T08:14:00Z");
	return id;
}

START_TEST(what_a_unit_does_not_keep_it_proposes)
{
	int64_t id = an_old_person(), proposal;
	json_t *r;

	r = desk_refused(front, "DENIED", "person.edit", "{s:I, s:s}", "id", id, "born", "1991");
	ck_assert_msg(strstr(str(r, "message"), "Residence"), "%s", str(r, "message"));
	ck_assert_str_eq(str(r, "data.field"), "born");
	/* what did not change needs no owner; what everybody keeps is changed */
	desk_do(front, "person.edit", "{s:I, s:s, s:s}", "id", id, "born", "1990-05-03", "phone",
	    "0151 234");
	r = desk_do(front, "person.show", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "person.may_change")), 3);
	desk_refused(front, "INVALID", "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "born", "value", "1991-13", "reason", "passport");
	desk_refused(front, "INVALID", "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "born", "value", "1991", "reason", "");
	desk_refused(front, "INVALID", "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "phone", "value", "0151", "reason", "told");
	/* as codes, words and numbers are read */
	r = desk_do(front, "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "identifier.iban", "value", "de89370400440532013000", "reason", "card");
	ck_assert_str_eq(str(r, "proposal.value_label"), "DE89 3704 0044 0532 0130 00");
	desk_do(front, "person.withdraw", "{s:I}", "id", num(r, "proposal.id"));
	r = desk_do(front, "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "nationality", "value", "syrisch, Côte d'Ivoire", "reason", "told");
	ck_assert_str_eq(str(r, "proposal.value"), "CIV,SYR");
	ck_assert_str_eq(str(r, "proposal.value_label"), "Côte d'Ivoire, Syria");
	desk_do(front, "person.withdraw", "{s:I}", "id", num(r, "proposal.id"));
	r = desk_do(front, "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field", "born",
	    "value", "1991-05-03", "reason", "passport shown at the counter");
	proposal = num(r, "proposal.id");
	ck_assert_str_eq(str(r, "proposal.before"), "1990-05-03");
	desk_refused(soc, "CONFLICT", "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "born", "value", "1991-05-03", "reason", "told");
	/* nothing has changed; the owner sees it, and only the owner accepts */
	r = desk_do(res, "person.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "person.born"), "1990-05-03");
	ck_assert_int_eq(num(r, "person.proposals.0.id"), proposal);
	ck_assert_int_eq(num(desk_do(res, "person.proposals", NULL), "proposals.0.id"), proposal);
	ck_assert_uint_eq(json_array_size(at(desk_do(front, "person.proposals", NULL),
	    "proposals")), 0);
	ck_assert_int_eq(num(desk_do(front, "person.proposals", "{s:s}", "box", "out"),
	    "proposals.0.id"), proposal);
	desk_refused(front, "DENIED", "person.accept", "{s:I}", "id", proposal);
	r = desk_do(res, "person.accept", "{s:I}", "id", proposal);
	ck_assert_str_eq(str(r, "proposal.state"), "accepted");
	ck_assert_str_eq(str(desk_do(front, "person.show", "{s:I}", "id", id), "person.born"),
	    "1991-05-03");
	desk_refused(res, "CONFLICT", "person.accept", "{s:I}", "id", proposal);
}
END_TEST

START_TEST(a_proposal_is_for_the_value_that_stood_there)
{
	int64_t id = an_old_person(), first, second;
	json_t *r;

	first = num(desk_do(front, "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "family", "value", "Hadad", "reason", "passport"), "proposal.id");
	second = num(desk_do(front, "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "nationality", "value", "SYR", "reason", "passport"), "proposal.id");
	desk_do(res, "person.edit", "{s:I, s:s}", "id", id, "family", "El Haddad");
	r = desk_refused(res, "CONFLICT", "person.accept", "{s:I}", "id", first);
	ck_assert_msg(strstr(str(r, "message"), "El Haddad"), "%s", str(r, "message"));
	desk_refused(res, "INVALID", "person.refuse", "{s:I, s:s}", "id", first, "reason", "");
	r = desk_do(res, "person.refuse", "{s:I, s:s}", "id", first, "reason", "corrected already");
	ck_assert_str_eq(str(r, "proposal.answer"), "corrected already");
	desk_refused(res, "DENIED", "person.withdraw", "{s:I}", "id", second);
	r = desk_do(front, "person.withdraw", "{s:I}", "id", second);
	ck_assert_str_eq(str(r, "proposal.state"), "withdrawn");
}
END_TEST

START_TEST(rows_have_owners_by_kind)
{
	int64_t id = an_old_person(), proposal;
	struct desk *ben = desk_open(three_office, "ben1");

	desk_refused(front, "DENIED", "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind",
	    "azr", "value", "180312004711");
	desk_refused(res, "DENIED", "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind",
	    "iban", "value", "DE89370400440532013000");
	desk_do(ben, "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind", "iban", "value",
	    "DE89370400440532013000");
	desk_refused(front, "INVALID", "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "identifier.azr", "value", "18", "reason", "letter");
	proposal = num(desk_do(front, "person.propose", "{s:I, s:s, s:s, s:s}", "id", id, "field",
	    "identifier.azr", "value", "180312004711", "reason", "letter"), "proposal.id");
	desk_do(res, "person.accept", "{s:I}", "id", proposal);
	ck_assert_uint_eq(json_array_size(at(desk_do(front, "person.show", "{s:I}", "id", id),
	    "person.identifiers")), 2);
	desk_refused(soc, "DENIED", "person.address", "{s:I, s:s}", "id", id, "street", "Ring 1");
	desk_close(ben);
}
END_TEST

START_TEST(who_made_the_record_corrects_it_the_same_day)
{
	int64_t id = a_person(front, "Haddad");

	desk_do(front, "person.edit", "{s:I, s:s}", "id", id, "born", "1991");
	desk_do(front, "person.document", "{s:I, s:s, s:s}", "id", id, "kind", "passport",
	    "number", "N1");
	desk_refused(soc, "DENIED", "person.edit", "{s:I, s:s}", "id", id, "born", "1992");
}
END_TEST

Suite *suite_proposal(void);

Suite *
suite_proposal(void)
{
	Suite *s = suite_create("proposal");
	TCase *t = tcase_create("owners");

	tcase_add_checked_fixture(t, three_sit_down, three_leave);
	tcase_add_test(t, what_a_unit_does_not_keep_it_proposes);
	tcase_add_test(t, a_proposal_is_for_the_value_that_stood_there);
	tcase_add_test(t, rows_have_owners_by_kind);
	tcase_add_test(t, who_made_the_record_corrects_it_the_same_day);
	suite_add_tcase(s, t);
	return s;
}
