/*
 * person.c - a person's record over the socket: names, numbers, contacts,
 * addresses, languages, papers, the lock, and what of it may be wrong.
 */
#include "harness_three.h"

#include <stdio.h>
#include <string.h>

/* ---- names ---- */

START_TEST(names_are_a_list)
{
	int64_t id = a_person(res, "Haddad");
	json_t *r;

	desk_do(res, "person.name", "{s:I, s:s, s:s, s:s, s:s}", "id", id, "kind", "spelling",
	    "family", "حداد", "given", "رانيا", "source", "passport");
	r = desk_do(res, "person.name", "{s:I, s:s, s:s}", "id", id, "kind", "spoken", "family",
	    "Rania");
	ck_assert_uint_eq(json_array_size(at(r, "person.names")), 3);
	ck_assert_str_eq(str(r, "person.names.0.kind"), "main");
	ck_assert_str_eq(str(r, "person.names.1.script"), "Arab");
	ck_assert_str_eq(str(r, "person.names.2.script"), "Latn");
	ck_assert_str_eq(str(r, "person.name"), "HADDAD, Rania");
	/* the main one is no row */
	desk_refused(res, "INVALID", "person.name", "{s:I, s:s, s:s}", "id", id, "kind", "main",
	    "family", "Khalil");
	/* twice is once */
	desk_refused(res, "INVALID", "person.name", "{s:I, s:s, s:s}", "id", id, "kind", "spoken",
	    "family", "Rania");
	desk_refused(res, "INVALID", "person.name", "{s:I, s:s}", "id", id, "kind", "alias");
	/* found by the original */
	ck_assert_int_eq(num(desk_do(front, "person.find", "{s:s}", "q", "حداد"),
	    "people.0.id"), id);
}
END_TEST

START_TEST(a_new_name_keeps_the_old_one_as_asked)
{
	int64_t id = a_person(res, "Haddad");
	json_t *r;

	/* a correction: the history has it, the list does not */
	r = desk_do(res, "person.edit", "{s:I, s:s}", "id", id, "family", "Hadad");
	ck_assert_uint_eq(json_array_size(at(r, "person.names")), 1);
	r = desk_do(res, "person.edit", "{s:I, s:s, s:s, s:s}", "id", id, "family", "Khalil",
	    "keep", "previous", "reason", "married");
	ck_assert_str_eq(str(r, "person.name"), "KHALIL, Rania");
	ck_assert_str_eq(str(r, "person.names.1.kind"), "previous");
	ck_assert_str_eq(str(r, "person.names.1.family"), "Hadad");
	ck_assert_str_eq(str(r, "person.names.1.until"), "2026-11-22");
	r = desk_do(res, "person.edit", "{s:I, s:s, s:s}", "id", id, "given", "Raniya", "keep",
	    "spelling");
	ck_assert_str_eq(str(r, "person.names.1.kind"), "spelling");
	ck_assert(json_is_null(at(r, "person.names.1.until")));
}
END_TEST

START_TEST(letters_of_the_standard_only)
{
	const char *said;
	json_t *r;

	r = desk_refused(front, "INVALID", "person.new", "{s:s}", "family", "Шевченко");
	said = str(r, "message");
	ck_assert_msg(strstr(said, "Ш") && strstr(said, "U+0428"), "%s", said);
	ck_assert_str_eq(str(r, "data.field"), "family");
	desk_refused(front, "INVALID", "person.new", "{s:s, s:s}", "family", "Li", "given", "\xE6\x9D\x8E");
	/* what nobody sees is named */
	r = desk_refused(front, "INVALID", "person.new", "{s:s}", "family", "Had\xC2\xAD" "dad");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "Family name contains a soft hyphen"));
	r = desk_refused(front, "INVALID", "person.new", "{s:s}", "family", "\xE2\x80\xAE" "dad");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "U+202E"));
	r = desk_refused(front, "INVALID", "person.new", "{s:s}", "family", "Had\tdad\033[2J");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "control character"));
	/* decomposed input is stored composed */
	r = desk_do(front, "person.new", "{s:s, s:s}", "family", "S\xCC\x8C" "evc\xCC\x8C" "enko",
	    "given", "Olena");
	ck_assert_str_eq(str(r, "person.names.0.family"), "Ševčenko");
	/* all parts in the family name, a dash as given name */
	r = desk_do(front, "person.new", "{s:s, s:s}", "family", "Gul Agha", "given", "-");
	ck_assert_str_eq(str(r, "person.name"), "GUL AGHA, -");
	r = desk_do(front, "person.new", "{s:s}", "family", "Zahra");
	ck_assert_str_eq(str(r, "person.name"), "ZAHRA");
}
END_TEST

START_TEST(several_nationalities_or_none)
{
	int64_t id = a_person(res, "Haddad");
	json_t *r = desk_do(res, "person.edit", "{s:I, s:s}", "id", id, "nationality", "SYR, IRQ");

	ck_assert_uint_eq(json_array_size(at(r, "person.nationality")), 2);
	ck_assert_str_eq(str(r, "person.nationality.0"), "IRQ");
	r = desk_do(res, "person.edit", "{s:I, s:s}", "id", id, "nationality", "XXA");
	ck_assert_uint_eq(json_array_size(at(r, "person.nationality")), 1);
	desk_refused(res, "INVALID", "person.edit", "{s:I, s:s}", "id", id, "nationality", "XXA,SYR");
	r = desk_refused(res, "INVALID", "person.edit", "{s:I, s:s}", "id", id, "nationality", "ZZZ");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "XXA"));
	/* everyday words, and each country once */
	r = desk_do(res, "person.edit", "{s:I, s:s}", "id", id, "nationality", "staatenlos");
	ck_assert_str_eq(str(r, "person.nationality.0"), "XXA");
	r = desk_do(res, "person.edit", "{s:I, s:s}", "id", id, "nationality", "Unclear");
	ck_assert_str_eq(str(r, "person.nationality.0"), "XXX");
	r = desk_do(res, "person.edit", "{s:I, s:s}", "id", id, "nationality",
	    "Sri Lanka; österreich, AUT SY syrisch D");
	ck_assert_uint_eq(json_array_size(at(r, "person.nationality")), 4);
	ck_assert_str_eq(str(r, "person.nationality_label"), "Austria, Germany, Sri Lanka, Syria");
}
END_TEST

/* ---- numbers and papers ---- */

START_TEST(numbers_are_checked_by_kind)
{
	int64_t id = a_person(res, "Haddad");
	json_t *r;

	r = desk_do(res, "person.identifier", "{s:I, s:s, s:s, s:s}", "id", id, "kind", "iban",
	    "value", "DE89 3704 0044 0532 0130 00", "source", "bank card");
	ck_assert(json_is_true(at(r, "person.identifiers.0.checked")));
	ck_assert_str_eq(str(r, "person.identifiers.0.value"), "DE89 3704 0044 0532 0130 00");
	desk_refused(res, "INVALID", "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind",
	    "iban", "value", "DE89370400440532013001");
	/* the same number, typed otherwise */
	desk_refused(res, "INVALID", "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind",
	    "iban", "value", "DE89370400440532013000");
	/* a card's number is the card's */
	desk_refused(res, "INVALID", "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind",
	    "card", "value", "L01X00T47");
	desk_refused(res, "INVALID", "person.identifier", "{s:I, s:s}", "id", id, "value", "1");
	r = desk_do(res, "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind", "azr", "value",
	    "180312 004711");
	ck_assert_uint_eq(json_array_size(at(r, "person.identifiers")), 2);
	/* shown as it is printed, however it was typed */
	r = desk_do(res, "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind", "iban", "value",
	    "at611904300234573201");
	ck_assert_str_eq(str(r, "person.identifiers.2.value"), "AT61 1904 3002 3457 3201");
	r = desk_do(res, "person.history", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "history.0.changes.0.new"), "IBAN AT61 1904 3002 3457 3201");
	/* first whose it is, then that it stands there */
	desk_refused(soc, "DENIED", "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind",
	    "iban", "value", "AT61 1904 3002 3457 3201");
}
END_TEST

START_TEST(papers_with_their_days)
{
	int64_t id = a_person(res, "Haddad"), row;
	json_t *r = desk_do(res, "person.document", "{s:I, s:s, s:s, s:s, s:s, s:s}", "id", id,
	    "kind", "passport", "number", "n 0011 22", "issuer", "SYR", "from", "2020-02-01",
	    "expires", "2026-12-31");

	ck_assert_str_eq(str(r, "person.documents.0.number"), "N001122");
	row = num(r, "person.documents.0.row");
	/* issued tomorrow, ended before it began */
	desk_refused(res, "INVALID", "person.document", "{s:I, s:s, s:s, s:s}", "id", id, "kind",
	    "visa", "number", "1", "from", "2026-11-24");
	desk_refused(res, "INVALID", "person.document", "{s:I, s:s, s:s, s:s, s:s}", "id", id,
	    "kind", "visa", "number", "1", "from", "2026-01-02", "expires", "2026-01-01");
	/* twice is once, whoever issued it */
	desk_refused(res, "INVALID", "person.document", "{s:I, s:s, s:s}", "id", id, "kind",
	    "passport", "number", "N001122");
	desk_refused(res, "INVALID", "person.document", "{s:I, s:I, s:s}", "id", id, "row", row,
	    "until", "2019-01-01");
	r = desk_do(res, "person.document", "{s:I, s:I, s:s}", "id", id, "row", row, "until",
	    "2026-11-01");
	ck_assert(json_is_false(at(r, "person.documents.0.holds")));
	ck_assert_str_eq(str(r, "person.documents.0.expires"), "2026-12-31");
	r = desk_do(res, "person.document", "{s:I, s:I, s:s}", "id", id, "row", row, "until", "");
	ck_assert(json_is_true(at(r, "person.documents.0.holds")));
	desk_refused(res, "NOT_FOUND", "person.document", "{s:I, s:I, s:s}", "id", id, "row",
	    (int64_t)99, "until", "2026-11-01");
}
END_TEST

/* ---- how to reach them ---- */

START_TEST(moving_ends_the_old_address)
{
	int64_t id = a_person(front, "Haddad");
	json_t *r;

	desk_do(front, "person.address", "{s:I, s:s, s:s, s:s, s:s}", "id", id, "street",
	    "Hafenstr. 1", "postcode", "20457", "city", "Hamburg", "from", "2024-01-01");
	r = desk_do(front, "person.address", "{s:I, s:s, s:s, s:s}", "id", id, "street",
	    "Nordring 40", "city", "Musterstadt", "from", "2026-11-01");
	ck_assert_str_eq(str(r, "person.address"), "Nordring 40, Musterstadt");
	ck_assert_str_eq(str(r, "person.addresses.1.until"), "2026-10-31");
	/* a country in words; what may be chosen is named */
	r = desk_do(front, "person.address", "{s:I, s:s, s:s, s:s, s:s}", "id", id, "street", "Rue 1",
	    "country", "France", "from", "2020-01-01", "until", "2020-12-31");
	ck_assert_str_eq(str(r, "person.addresses.2.country"), "FRA");
	r = desk_refused(front, "INVALID", "person.language", "{s:I, s:s, s:s}", "id", id, "language",
	    "ar", "level", "perfect");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "native, fluent, some, reads"));
	desk_do(front, "person.drop", "{s:I, s:s, s:I, s:s}", "id", id, "what", "address", "row",
	    num(desk_do(front, "person.show", "{s:I}", "id", id), "person.addresses.2.row"),
	    "reason", "not theirs");
	/* one from the past ends where the next began */
	r = desk_do(front, "person.address", "{s:I, s:s, s:s}", "id", id, "street", "Kirchgasse 2",
	    "from", "2025-01-01");
	ck_assert_str_eq(str(r, "person.address"), "Nordring 40, Musterstadt");
	ck_assert_uint_eq(json_array_size(at(r, "person.addresses")), 3);
	/* by the form: what was typed today is corrected, what held before ends */
	r = desk_do(front, "person.edit", "{s:I, s:s}", "id", id, "address",
	    "Goethestr. 5, 50999 Musterstadt");
	ck_assert_str_eq(str(r, "person.addresses.0.postcode"), "50999");
	ck_assert_uint_eq(json_array_size(at(r, "person.addresses")), 4);
	r = desk_do(front, "person.edit", "{s:I, s:s}", "id", id, "address",
	    "Goethestr. 6, 50999 Musterstadt");
	ck_assert_str_eq(str(r, "person.address"), "Goethestr. 6, 50999 Musterstadt");
	ck_assert_uint_eq(json_array_size(at(r, "person.addresses")), 4);
}
END_TEST

/* Somebody with two numbers: the one that is typed is the one that is read. */
START_TEST(the_last_number_is_read)
{
	int64_t id = a_person(front, "Haddad");
	static const char *const numbers[] = { "0151 1", "0221 2" };

	for (size_t i = 0; i < 2; i++)
		desk_do(front, "person.contact", "{s:I, s:s, s:s, s:s}", "id", id, "kind", "phone",
		    "value", numbers[i], "from", "2026-01-01");
	desk_do(front, "person.edit", "{s:I, s:s}", "id", id, "phone", "0151 333");
	ck_assert_str_eq(str(desk_do(front, "person.show", "{s:I}", "id", id), "person.phone"),
	    "0151 333");
}
END_TEST

START_TEST(contacts_and_languages)
{
	int64_t id = num(desk_do(front, "person.new", "{s:s, s:s, s:s}", "family", "Haddad",
	    "language", "ar", "phone", "0151 234567"), "person.id"), row;
	json_t *r;

	desk_refused(front, "INVALID", "person.contact", "{s:I, s:s, s:s}", "id", id, "kind",
	    "email", "value", "rania");
	desk_refused(front, "INVALID", "person.contact", "{s:I, s:s, s:s}", "id", id, "kind",
	    "phone", "value", "0151/234567");
	r = desk_do(soc, "person.contact", "{s:I, s:s, s:s, s:s}", "id", id, "kind", "phone",
	    "value", "030 1234", "note", "neighbour, evenings");
	ck_assert_str_eq(str(r, "person.phone"), "0151 234567");
	r = desk_do(soc, "person.language", "{s:I, s:s, s:s, s:s}", "id", id, "language", "fr",
	    "level", "some", "interpreter", "needed");
	ck_assert_str_eq(str(r, "person.language"), "ar");
	ck_assert_str_eq(str(r, "person.languages.1.interpreter_label"), "interpreter needed");
	r = desk_do(front, "person.edit", "{s:I, s:s}", "id", id, "language", "fr");
	ck_assert_str_eq(str(r, "person.language"), "fr");
	row = num(r, "person.languages.0.row");
	desk_refused(front, "INVALID", "person.drop", "{s:I, s:s, s:I, s:s}", "id", id, "what",
	    "language", "row", row, "reason", " ");
	r = desk_do(front, "person.drop", "{s:I, s:s, s:I, s:s}", "id", id, "what", "language",
	    "row", row, "reason", "heard wrong");
	ck_assert_str_eq(str(r, "person.language"), "ar");
}
END_TEST

START_TEST(a_lock_shows_wherever_the_person_does)
{
	int64_t id = a_person(res, "Haddad");
	json_t *r;

	desk_refused(res, "INVALID", "person.lock", "{s:I, s:s, s:s}", "id", id, "until",
	    "2026-11-01", "reason", "registry office");
	desk_refused(res, "INVALID", "person.lock", "{s:I, s:s, s:s}", "id", id, "until",
	    "2028-11-22", "reason", "");
	r = desk_do(res, "person.lock", "{s:I, s:s, s:s}", "id", id, "until", "2028-11-22",
	    "reason", "registry office, danger");
	ck_assert(json_is_true(at(r, "person.locked")));
	ck_assert_str_eq(str(r, "person.lock.until"), "2028-11-22");
	ck_assert(json_is_true(at(desk_do(front, "person.find", "{s:s}", "q", "haddad"),
	    "people.0.locked")));
	r = desk_do(res, "person.unlock", "{s:I, s:s}", "id", id, "reason", "lifted");
	ck_assert(json_is_false(at(r, "person.locked")));
	desk_refused(res, "CONFLICT", "person.unlock", "{s:I, s:s}", "id", id, "reason", "again");
}
END_TEST

START_TEST(who_saw_less_is_told_what_stands_there_now)
{
	int64_t id = a_person(res, "Haddad");
	json_t *r;

	desk_do(res, "person.contact", "{s:I, s:i, s:s, s:s}", "id", id, "version", 1, "kind",
	    "phone", "value", "0151 1");
	r = desk_refused(front, "CONFLICT", "person.language", "{s:I, s:i, s:s}", "id", id,
	    "version", 1, "language", "ar");
	ck_assert_str_eq(str(r, "data.winner.current.phone"), "0151 1");
	ck_assert_int_eq(num(r, "data.winner.current.version"), 2);
}
END_TEST

/* ---- history and export ---- */

START_TEST(history_tells_who_when_old_new_and_why)
{
	int64_t id = a_person(res, "Haddad");
	json_t *r;

	desk_do(res, "person.edit", "{s:I, s:s, s:s, s:s}", "id", id, "born", "1990-05-04",
	    "nationality", "SYR", "reason", "passport shown");
	r = desk_do(res, "person.document", "{s:I, s:s, s:s, s:s}", "id", id, "kind", "passport",
	    "number", "N1", "expires", "2027-01-01");
	desk_do(res, "person.document", "{s:I, s:I, s:s}", "id", id, "row",
	    num(r, "person.documents.0.row"), "expires", "2028-01-01");
	r = desk_do(front, "person.history", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "history")), 4);
	desk_do(res, "person.edit", "{s:I, s:s}", "id", id, "sex", "f");
	ck_assert_str_eq(str(desk_do(front, "person.history", "{s:I, s:i}", "id", id, "limit", 1),
	    "history.0.changes.0.new"), "female");
	r = desk_do(front, "person.history", "{s:I, s:i}", "id", id, "limit", 5);
	json_array_remove(at(r, "history"), 0);
	ck_assert_str_eq(str(r, "history.0.changes.0.label"), "Document: Valid until");
	ck_assert_str_eq(str(r, "history.0.changes.0.old"), "2027-01-01");
	ck_assert_str_eq(str(r, "history.0.changes.0.new"), "2028-01-01");
	ck_assert_str_eq(str(r, "history.1.changes.0.new"), "passport N1");
	ck_assert_str_eq(str(r, "history.2.by"), "Demir");
	ck_assert_str_eq(str(r, "history.2.reason"), "passport shown");
	ck_assert_str_eq(str(r, "history.2.changes.0.label"), "Date of birth");
	ck_assert_str_eq(str(r, "history.2.changes.0.old"), "1990-05-03");
	ck_assert_str_eq(str(r, "history.2.changes.1.new"), "Syria");
	ck_assert_str_eq(str(r, "history.3.label"), "Record made");
}
END_TEST

/* What a closed unit did is its own; the values stand in the record. */
START_TEST(history_keeps_the_acts_of_a_closed_unit_inside)
{
	int64_t id = a_person(res, "Haddad");

	desk_do(soc, "person.contact", "{s:I, s:s, s:s}", "id", id, "kind", "phone", "value",
	    "0151 234");
	ck_assert_uint_eq(json_array_size(at(desk_do(res, "person.history", "{s:I}", "id", id),
	    "history")), 1);
	ck_assert_uint_eq(json_array_size(at(desk_do(soc, "person.history", "{s:I}", "id", id),
	    "history")), 2);
}
END_TEST

START_TEST(export_holds_all_but_what_is_entrusted)
{
	int64_t id = a_person(res, "Haddad"), ours = a_case(res, id), theirs;
	json_t *r;

	theirs = num(desk_do(soc, "case.open", "{s:I, s:s}", "person", id, "service", "S26"),
	    "case.id");
	desk_do(res, "case.note", "{s:I, s:s}", "id", ours, "text", "brings the contract");
	desk_do(soc, "case.note", "{s:I, s:s}", "id", theirs, "text", "told in confidence");
	desk_do(res, "person.lock", "{s:I, s:s, s:s}", "id", id, "until", "2027-01-01", "reason",
	    "danger");
	desk_do(res, "case.answer", "{s:I, s:{s:s, s:s}}", "id", ours, "answers", "works", "yes",
	    "net_income", "181800");
	r = desk_do(res, "person.export", "{s:I}", "id", id);
	/* an answer as it was asked, not as it is stored */
	ck_assert_msg(strstr(str(r, "text"), "Net income a month: 1,818.00") != NULL, "%s", str(r, "text"));
	ck_assert_ptr_null(strstr(str(r, "text"), "net_income"));
	ck_assert_uint_eq(json_array_size(at(r, "package.person.cases")), 1);
	ck_assert_str_eq(str(r, "package.person.cases.0.notes.0.text"), "brings the contract");
	ck_assert(json_is_true(at(r, "package.locked")));
	ck_assert_str_eq(str(r, "package.changed_by.0"), "Demir");
	ck_assert_ptr_eq(strstr(str(r, "text"), "LOCKED"), str(r, "text"));
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "brings the contract"));
	ck_assert_ptr_null(strstr(str(r, "text"), "told in confidence"));
	r = desk_do(soc, "person.export", "{s:I}", "id", id);
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "told in confidence"));
}
END_TEST

Suite *suite_person(void);

Suite *
suite_person(void)
{
	Suite *s = suite_create("person");
	TCase *t = tcase_create("record");

	tcase_add_checked_fixture(t, three_sit_down, three_leave);
	tcase_add_test(t, names_are_a_list);
	tcase_add_test(t, a_new_name_keeps_the_old_one_as_asked);
	tcase_add_test(t, letters_of_the_standard_only);
	tcase_add_test(t, several_nationalities_or_none);
	tcase_add_test(t, numbers_are_checked_by_kind);
	tcase_add_test(t, papers_with_their_days);
	tcase_add_test(t, moving_ends_the_old_address);
	tcase_add_test(t, the_last_number_is_read);
	tcase_add_test(t, contacts_and_languages);
	tcase_add_test(t, a_lock_shows_wherever_the_person_does);
	tcase_add_test(t, who_saw_less_is_told_what_stands_there_now);
	tcase_add_test(t, history_tells_who_when_old_new_and_why);
	tcase_add_test(t, history_keeps_the_acts_of_a_closed_unit_inside);
	tcase_add_test(t, export_holds_all_but_what_is_entrusted);
	suite_add_tcase(s, t);
	return s;
}
