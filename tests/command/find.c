/*
 * find.c - person.find as a clerk uses it: any spelling and order, other
 * scripts, dates of birth, numbers; says why; survives changes of names.
 */
#include <check.h>
#include <string.h>

#include "base.h"
#include "harness_desk.h"

static struct office *office;
static struct desk *desk;

static void
setup(void)
{
	office = office_new();
	desk = desk_open(office, "res1");
}

static void
teardown(void)
{
	desk_close(desk);
	office_sound(office);
	office_free(office);
}

static int64_t
person(const char *family, const char *given, const char *born)
{
	return num(desk_do(desk, "person.new", "{s:s, s:s, s:s, s:s}", "family", family, "given",
	    given, "born", born, "reason", "somebody else"), "person.id");
}

static json_t *
find(const char *text)
{
	return desk_do(desk, "person.find", "{s:s}", "q", text);
}

static void
finds_first(const char *text, int64_t id)
{
	json_t *r = find(text);

	ck_assert_msg(json_array_size(at(r, "people")) > 0, "nobody for %s", text);
	ck_assert_msg(num(r, "people.0.id") == id, "%s finds %s", text, str(r, "people.0.name"));
}

static bool
is_among(const char *text, int64_t id)
{
	json_t *rows = at(find(text), "people"), *row;
	size_t i;

	json_array_foreach(rows, i, row)
		if (num(row, "id") == id)
			return true;
	return false;
}

START_TEST(any_spelling_order_and_script)
{
	int64_t mohammed = person("Al-Fatlawi", "Mohammed", "1990-05-03");
	int64_t olena = person("Shevchenko", "Olena", "1985");
	int64_t diallo = person("Diallo", "Mamadou Alpha", "1999-01-01");

	finds_first("fatlawi mohammed", mohammed);
	finds_first("Muhamad Alfatlawi", mohammed);
	finds_first("al fatlawi", mohammed);
	finds_first("mohamed fatlavi", mohammed);
	finds_first("mohanmed fatlawi", mohammed);
	finds_first("محمد الفتلاوي", mohammed);
	finds_first("moh fat", mohammed);
	finds_first("Schewtschenko", olena);
	finds_first("Yelena Szewczenko", olena);
	finds_first("Шевченко Олена", olena);
	finds_first("jallow mamadu", diallo);
}
END_TEST

/* What is left out, glued, split or turned by offices and machines. */
START_TEST(a_name_in_pieces)
{
	int64_t doubi = person("Al-Doubi", "Mamdouh", "1970-03-12");
	int64_t raj = person("Chandran", "Rajkumar", "1981-03-29");
	int64_t zade = person("Karimzadeh", "Mahnoush", "1989-03-21");
	int64_t wang = person("Wang", "Xiaoming", "1990-08-01");

	desk_do(desk, "person.name", "{s:I, s:s, s:s}", "id", wang, "kind", "spelling", "family",
	    "王小明");
	for (int i = 0; i < 12; i++)
		person("Doubi", "Ali", i % 2 ? "1980" : "1981");
	finds_first("Al-Doubi Mamdouh", doubi);
	finds_first("al doubi mamduh", doubi);
	finds_first("ممدوح الدوبي", doubi);
	person("Chandran", "Raj Komar", "1999");
	finds_first("Chandran Raj Kumar 29.3.1981", raj);
	ck_assert(is_among("Chandran Raj Kumar", raj));
	finds_first("کریم‌زاده مهنوش", zade);
	finds_first("KARIMZADEH<<MAHNOUSH<<<<", zade);
	finds_first("王小明", wang);
	finds_first("Wang Xiao Ming", wang);
}
END_TEST

START_TEST(dates_of_birth_decide)
{
	int64_t a = person("Haddad", "Rania", "1990-05-03");
	int64_t b = person("Haddad", "Rania", "1990-01-01");
	int64_t c = person("Haddad", "Rania", "1971");

	finds_first("haddad rania 3.5.1990", a);
	finds_first("haddad rania 5.3.1990", a);
	finds_first("rania haddad 01.01.1990", b);
	finds_first("rania haddad 7.8.1971", c);
	finds_first("haddad 1971", c);
	finds_first("3.5.1990", a);
	ck_assert_ptr_nonnull(strstr(str(find("haddad rania 7.8.1971"), "people.0.why"), "1971"));
	finds_first("haddad rania", num(find("haddad rania"), "people.0.id"));
	ck_assert_int_eq(num(desk_do(desk, "person.find", "{s:s, s:s}", "q", "haddad", "born",
	    "1990-05-03"), "people.0.id"), a);
}
END_TEST

/* What is no date must not narrow the search to something else. */
START_TEST(a_date_that_is_none_is_refused)
{
	static const char *const none[] = { "1990-13", "1990-02-31", "90", "2031", "1990-5-3" };

	person("Haddad", "Rania", "1990-05-03");
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		json_t *r = desk_refused(desk, "INVALID", "person.find", "{s:s, s:s}", "q", "haddad",
		    "born", none[i]);

		ck_assert_str_eq(str(r, "data.field"), "born");
	}
	desk_do(desk, "person.find", "{s:s, s:s}", "q", "haddad", "born", "");
}
END_TEST

/* Without a name: a year is any day of it, a day is that day. */
START_TEST(a_date_alone_finds_whoever_was_born_then)
{
	int64_t id = person("van der Meulen", "Joost", "1961-02-28");

	person("Nguyen", "Thi", "1962-02-28");
	finds_first("1961", id);
	finds_first("1961-02", id);
	finds_first("02.1961", id);
	finds_first("28.2.1961", id);
	ck_assert_uint_eq(json_array_size(at(find("1961-03"), "people")), 0);
	ck_assert_uint_eq(json_array_size(at(find("1961-02-27"), "people")), 0);
}
END_TEST

static int64_t
citizen(const char *family, const char *given, const char *countries)
{
	int64_t id = person(family, given, "1990-05-03");

	desk_do(desk, "person.edit", "{s:I, s:s}", "id", id, "nationality", countries);
	return id;
}

/* By code, by name in either language, by what its people are called; a name
 * that is a country's, too, stays a name. */
START_TEST(a_word_may_be_the_country)
{
	int64_t kabul = citizen("Nasari", "Gul", "AFG"), aleppo = citizen("Nasari", "Sami", "SYR,IRQ");
	int64_t jordan = citizen("Nasari", "Jordan", "POL");

	finds_first("nasari afg", kabul);
	finds_first("Afghanistan nasari", kabul);
	finds_first("nasari afghane", kabul);
	finds_first("nasari syrien", aleppo);
	finds_first("nasari syria", aleppo);
	finds_first("nasari jordan", jordan);
	ck_assert_ptr_nonnull(strstr(str(find("nasari afg"), "people.0.why"), "Afghanistan"));
	ck_assert_str_eq(str(find("nasari syrien"), "people.0.nationality"), "Iraq, Syria");
	ck_assert_int_eq(num(desk_do(desk, "person.find", "{s:s, s:s}", "q", "nasari",
	    "nationality", "Afghanistan"), "people.0.id"), kabul);
	desk_refused(desk, "INVALID", "person.find", "{s:s, s:s}", "q", "nasari", "nationality",
	    "Atlantis");
}
END_TEST

START_TEST(an_initial_stands_for_a_name)
{
	int64_t muna = person("Qubati", "Muna", "1991-04-04"), sami = person("Qubati", "Sami", "1991");

	finds_first("M. Qubati", muna);
	finds_first("qubati, m.", muna);
	finds_first("S.Qubati 1991", sami);
	ck_assert_int_gt(num(find("M. Qubati"), "people.0.score"), 90);
	ck_assert_ptr_nonnull(strstr(str(find("M. Qubati"), "people.0.why"), "begins"));
}
END_TEST

START_TEST(numbers_find_too)
{
	int64_t id = person("Nassar", "Sami", "1980");

	desk_do(desk, "person.identifier", "{s:I, s:s, s:s}", "id", id, "kind", "azr", "value",
	    "160315789012");
	desk_do(desk, "person.contact", "{s:I, s:s, s:s}", "id", id, "kind", "phone", "value",
	    "+49 151 2345678");
	finds_first("0151 234 5678", id);
	finds_first("1603 1578 9012", id);
	finds_first("160315789012", id);
	ck_assert_uint_eq(json_array_size(at(find("999999999999"), "people")), 0);
}
END_TEST

START_TEST(a_name_that_is_gone_finds_nobody)
{
	int64_t id = person("Zerezghi", "Filmon", "1991");

	finds_first("zerezghi", id);
	desk_do(desk, "person.edit", "{s:I, s:s}", "id", id, "family", "Wolday");
	finds_first("wolday", id);
	finds_first("weldai", id);
	ck_assert(!is_among("zerezghi", id));
	ck_assert_int_eq(office_number_of(office, "SELECT count(*) FROM spelling WHERE form ="
	    " 'ZEREZGHI'"), 0);
	ck_assert_int_eq(office_number_of(office, "SELECT count(*) FROM spelling_key k LEFT JOIN"
	    " spelling s ON s.id = k.spelling_id WHERE s.id IS NULL"), 0);
}
END_TEST

START_TEST(a_hit_says_why)
{
	person("Haddad", "Mohammed", "1990");
	ck_assert_ptr_nonnull(strstr(str(find("Haddad Muhamad "), "people.0.why"),
	    "Muhamad ~ Mohammed"));
	ck_assert_int_eq(num(find("Haddad Mohammed "), "people.0.score"), 100);
	ck_assert_int_lt(num(find("Haddad Muhamad "), "people.0.score"), 100);
}
END_TEST

/* Who cannot be among those wanted is not read: that must change nothing. */
START_TEST(few_are_the_first_of_many)
{
	static const char *const families[] = { "Haddad", "Hadad", "Al-Haddad", "Haddadi",
		"Haddad Khalil" };
	static const char *const given[] = { "Rania", "Raniya", "Rania Maria", "Ranja", "Maria",
		"Maria Rania Layla" };
	static const char *const asked[] = { "haddad rania", "rania haddad", "hadad raniya",
		"al haddad ranya", "haddad rania maria", "hdadad rania", "maria haddad 1990",
		"m haddad", "rania" };

	for (size_t i = 0; i < COUNT_OF(families); i++)
		for (size_t k = 0; k < COUNT_OF(given); k++)
			person(families[i], given[k], i % 2 ? "1990-05-03" : "1991");
	for (size_t i = 0; i < COUNT_OF(asked); i++) {
		json_t *few = json_incref(at(desk_do(desk, "person.find", "{s:s, s:i}", "q",
		    asked[i], "limit", 3), "people"));
		json_t *many = at(desk_do(desk, "person.find", "{s:s, s:i}", "q", asked[i],
		    "limit", 30), "people");

		ck_assert_msg(json_array_size(few) == 3, "%s: %zu", asked[i],
		    json_array_size(few));
		for (size_t k = 0; k < 3; k++)
			ck_assert_msg(json_equal(json_array_get(few, k), json_array_get(many, k)),
			    "%s: place %zu", asked[i], k);
		json_decref(few);
	}
}
END_TEST

/* Who types a few letters of each name is understood, in any order. */
START_TEST(names_half_typed_are_beginnings)
{
	int64_t ahmad = person("Hassan", "Ahmad", "1988-04-01"), mohamed;

	person("Ebrahimi", "Mahsa", "1972-09-18"); /* like mohhass, as a slip */
	person("Ahmeti", "Luan", "1991-01-02");
	mohamed = person("Mohamed", "Hassan", "1990-01-02");
	finds_first("ahm has", ahmad);
	finds_first("has ahm", ahmad);
	finds_first("moh hass", mohamed);
	finds_first("hass moh", mohamed);
	ck_assert_int_ge(num(find("moh hass"), "people.0.score"), 90);
}
END_TEST

Suite *suite_find(void);
Suite *
suite_find(void)
{
	Suite *s = suite_create("find");
	TCase *t = tcase_create("find");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, any_spelling_order_and_script);
	tcase_add_test(t, a_name_in_pieces);
	tcase_add_test(t, dates_of_birth_decide);
	tcase_add_test(t, a_date_that_is_none_is_refused);
	tcase_add_test(t, a_date_alone_finds_whoever_was_born_then);
	tcase_add_test(t, a_word_may_be_the_country);
	tcase_add_test(t, an_initial_stands_for_a_name);
	tcase_add_test(t, numbers_find_too);
	tcase_add_test(t, a_name_that_is_gone_finds_nobody);
	tcase_add_test(t, a_hit_says_why);
	tcase_add_test(t, few_are_the_first_of_many);
	tcase_add_test(t, names_half_typed_are_beginnings);
	suite_add_tcase(s, t);
	return s;
}
