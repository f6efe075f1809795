/*
 * scan.c - a document is scanned: what is read, whose it is, what a wrong
 * digit costs, with the keys that scripts rely on.
 */
#include "harness_desk.h"

#include <string.h>

Suite *suite_scan(void);

#define SCAN_KEYS                                                              \
	"format kind kind_label issuer issuer_label number family given names_cut born sex" \
	" nationality nationality_label nationality_known expires optional fields checks valid"
#define LINE_1 "P<SYRHADDAD<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<<"
#define GOOD LINE_1 "|N012345679SYR9005031F2801016<<<<<<<<<<<<<<06"
#define WRONG_BORN LINE_1 "|N012345679SYR9005032F2801016<<<<<<<<<<<<<<06"
#define WRONG_NUMBER LINE_1 "|N012345678SYR9005031F2801016<<<<<<<<<<<<<<06"

static json_t *
scan(struct desk *d, const char *mrz)
{
	return desk_do(d, "person.scan", "{s:s}", "mrz", mrz);
}

START_TEST(a_good_document_tells_all)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	json_t *r = scan(d, GOOD);

	keys_are(r, "scan people");
	keys_are(at(r, "scan"), SCAN_KEYS);
	ck_assert_str_eq(str(r, "scan.format"), "TD3");
	ck_assert_str_eq(str(r, "scan.kind"), "passport");
	ck_assert_str_eq(str(r, "scan.issuer"), "SYR");
	ck_assert_str_eq(str(r, "scan.number"), "N01234567");
	ck_assert_str_eq(str(r, "scan.family"), "HADDAD");
	ck_assert_str_eq(str(r, "scan.given"), "RANIA");
	ck_assert_str_eq(str(r, "scan.born"), "1990-05-03");
	ck_assert_str_eq(str(r, "scan.sex"), "f");
	ck_assert_str_eq(str(r, "scan.nationality"), "SYR");
	ck_assert_str_eq(str(r, "scan.expires"), "2028-01-01");
	ck_assert(json_is_null(at(r, "scan.optional")));
	ck_assert(json_is_true(at(r, "scan.valid")));
	ck_assert_uint_eq(json_array_size(at(r, "scan.checks")), 5);
	keys_are(at(r, "scan.checks.0"), "field label expected found holds");
	ck_assert_uint_eq(json_array_size(at(r, "people")), 0);
	desk_close(d);
	office_free(o);
}
END_TEST

/* Codes that are no countries of the catalogue, in its words. */
START_TEST(codes_of_documents_become_countries)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	json_t *r = scan(d, "IDD<<T220001293<<<<<<<<<<<<<<<|6408125<2010315D<<<<<<<<<<<<<4|"
	    "MUSTERMANN<<ERIKA<<<<<<<<<<<<<");

	ck_assert_str_eq(str(r, "scan.format"), "TD1");
	ck_assert_str_eq(str(r, "scan.nationality"), "DEU");
	ck_assert_str_eq(str(r, "scan.issuer"), "DEU");
	ck_assert_str_eq(str(r, "scan.fields.7.raw"), "D<<");
	ck_assert_str_eq(str(r, "scan.fields.7.read"), "D");
	ck_assert_str_eq(str(r, "scan.sex"), "x");
	r = scan(d, "P<RKSKRASNIQI<<ARTA<<<<<<<<<<<<<<<<<<<<<<<<<|"
	    "P000000016RKS9005031F2801016<<<<<<<<<<<<<<02");
	ck_assert_str_eq(str(r, "scan.nationality"), "XKX");
	r = scan(d, "PRD<<HADDAD<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<<|"
	    "C01X00T478XXB9005031F2801016<<<<<<<<<<<<<<08");
	ck_assert_str_eq(str(r, "scan.kind"), "travel");
	ck_assert_str_eq(str(r, "scan.nationality"), "XXB");
	ck_assert(json_is_false(at(r, "scan.nationality_known")));
	ck_assert_str_eq(str(r, "scan.nationality_label"), "refugee (convention of 1951)");
	r = scan(d, "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
	    "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
	ck_assert_str_eq(str(r, "scan.nationality"), "UTO");
	ck_assert_str_eq(str(r, "scan.nationality_label"), "UTO");
	ck_assert(json_is_false(at(r, "scan.nationality_known")));
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(a_wrong_digit_is_named_and_nothing_comes_of_its_field)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	json_t *r = desk_refused(d, "INVALID", "person.scan", "{s:s}", "mrz", WRONG_BORN);

	ck_assert_str_eq(str(r, "data.field"), "mrz");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "birth date"));
	keys_are(at(r, "data.scan"), SCAN_KEYS);
	ck_assert(json_is_null(at(r, "data.scan.born")));
	ck_assert_str_eq(str(r, "data.scan.number"), "N01234567");
	ck_assert(json_is_false(at(r, "data.scan.valid")));
	ck_assert_str_eq(str(r, "data.scan.checks.1.field"), "born");
	ck_assert_str_eq(str(r, "data.scan.checks.1.expected"), "1");
	ck_assert_str_eq(str(r, "data.scan.checks.1.found"), "2");
	ck_assert(json_is_false(at(r, "data.scan.checks.1.holds")));
	r = desk_refused(d, "INVALID", "person.scan", "{s:s}", "mrz", "P<SYRHADDAD");
	ck_assert_ptr_null(json_object_get(at(r, "data"), "scan"));
	desk_refused(d, "INVALID", "person.scan", "{s:s}", "mrz", "");
	desk_close(d);
	office_free(o);
}
END_TEST

static void
add_document(struct office *o, int64_t person, const char *kind, const char *number)
{
	char sql[300];

	snprintf(sql, sizeof(sql), "INSERT INTO person_document (person_id, kind, number, checked)"
	    " VALUES (%lld, '%s', '%s', 1) RETURNING id", (long long)person, kind, number);
	ck_assert_int_gt(office_number_of(o, sql), 0);
}

START_TEST(a_document_finds_its_person)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	int64_t married = a_person(d, "Nassar"), namesake = a_person(d, "Haddad"), older;
	json_t *r = desk_do(d, "person.new", "{s:s, s:s, s:s}", "family", "Haddad", "given",
	    "Rania", "born", "1961");

	older = num(r, "person.id");
	r = scan(d, GOOD);
	ck_assert_uint_eq(json_array_size(at(r, "people")), 2);
	keys_within(at(r, "people.0"), "id name born nationality score why");
	ck_assert_int_eq(num(r, "people.0.id"), namesake);
	ck_assert_int_eq(num(r, "people.1.id"), older);
	add_document(o, married, "passport", "N01234567");
	r = scan(d, GOOD);
	ck_assert_int_eq(num(r, "people.0.id"), married);
	ck_assert_int_eq(num(r, "people.0.score"), 100);
	ck_assert_str_eq(str(r, "people.0.why"), "document N01234567");
	ck_assert_int_eq(num(r, "people.1.id"), namesake);
	/* a number that may be misread finds nobody, the name still does */
	r = desk_refused(d, "INVALID", "person.scan", "{s:s}", "mrz", WRONG_NUMBER);
	ck_assert_uint_eq(json_array_size(at(r, "data.people")), 2);
	ck_assert_int_eq(num(r, "data.people.0.id"), namesake);
	desk_close(d);
	office_free(o);
}
END_TEST

/* A name that fills its field may go on; a name that is a country's is a name. */
START_TEST(names_of_the_zone_are_names)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	json_t *r = desk_do(d, "person.new", "{s:s, s:s, s:s}", "family", "Wickramasinghe", "given",
	    "Mudiyanselage Kasun Chaminda", "born", "1982-03-03");
	int64_t cut = num(r, "person.id");

	desk_do(d, "person.new", "{s:s, s:s, s:s}", "family", "Qasim", "given", "Ali",
	    "nationality", "JOR");
	r = scan(d, "P<LKAWICKRAMASINGHE<<MUDIYANSELAGE<KASUN<CHA|"
	    "N7654321<5LKA8203036M2703039<<<<<<<<<<<<<<<6");
	ck_assert_int_eq(num(r, "people.0.id"), cut);
	ck_assert_int_ge(num(r, "people.0.score"), 90);
	r = scan(d, "P<JORJORDAN<<ALI<<<<<<<<<<<<<<<<<<<<<<<<<<<<|"
	    "E3<<<<<<<7JOR9001011M3001019<<<<<<<<<<<<<<<2");
	ck_assert_uint_eq(json_array_size(at(r, "people")), 0);
	desk_close(d);
	office_free(o);
}
END_TEST

/* The engine reads the zone itself: nobody claims that digits hold. */
START_TEST(a_scanned_document_goes_on_the_record)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	int64_t id = a_person(d, "Haddad");
	json_t *r;

	for (int i = 0; i < 2; i++) { /* twice is once */
		r = desk_do(d, "person.document", "{s:I, s:s}", "id", id, "mrz", GOOD);
		ck_assert_uint_eq(json_array_size(at(r, "person.documents")), 1);
	}
	ck_assert_str_eq(str(r, "person.documents.0.kind"), "passport");
	ck_assert_str_eq(str(r, "person.documents.0.number"), "N01234567");
	ck_assert_str_eq(str(r, "person.documents.0.issuer"), "SYR");
	ck_assert_str_eq(str(r, "person.documents.0.expires"), "2028-01-01");
	ck_assert_str_eq(str(r, "person.documents.0.source"), "mrz");
	ck_assert(json_is_true(at(r, "person.documents.0.checked")));
	r = scan(d, GOOD);
	ck_assert_str_eq(str(r, "people.0.why"), "document N01234567");
	desk_refused(d, "INVALID", "person.document", "{s:I, s:s}", "id", id, "mrz",
	    WRONG_NUMBER);
	r = desk_do(d, "person.document", "{s:I, s:s}", "id", id, "mrz", WRONG_BORN);
	ck_assert(json_is_true(at(r, "person.documents.0.checked")));
	/* typed with blanks and hyphens it is the same number */
	desk_do(d, "person.document", "{s:I, s:s, s:s}", "id", id, "kind", "travel", "number",
	    "c01-x00 t47");
	r = scan(d, "PRD<<NASSAR<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<<"
	    "C01X00T478XXB9005031F2801016<<<<<<<<<<<<<<08");
	ck_assert_int_eq(num(r, "people.0.id"), id);
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

/* § 78 AufenthG: the number of a card links nothing. */
START_TEST(a_residence_card_finds_by_its_name_only)
{
	static const char card[] = "ARD<<YZ7K0M4P16<<<<<<<<<<<<<<<|8507147<3012316AFG<<<<<<<<<<<6|"
	    "AHMADI<<FARZANA<<<<<<<<<<<<<<<";
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	int64_t other = a_person(d, "Karimi");

	add_document(o, other, "residence_card", "YZ7K0M4P1");
	ck_assert_uint_eq(json_array_size(at(scan(d, card), "people")), 0);
	ck_assert_str_eq(str(scan(d, card), "scan.kind"), "residence_card");
	desk_close(d);
	office_free(o);
}
END_TEST

Suite *
suite_scan(void)
{
	Suite *s = suite_create("scan");
	TCase *c = tcase_create("scan");

	tcase_add_test(c, a_good_document_tells_all);
	tcase_add_test(c, codes_of_documents_become_countries);
	tcase_add_test(c, a_wrong_digit_is_named_and_nothing_comes_of_its_field);
	tcase_add_test(c, a_document_finds_its_person);
	tcase_add_test(c, names_of_the_zone_are_names);
	tcase_add_test(c, a_scanned_document_goes_on_the_record);
	tcase_add_test(c, a_residence_card_finds_by_its_name_only);
	suite_add_tcase(s, c);
	return s;
}
