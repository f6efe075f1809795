/*
 * letters.c - every letter and sequence of DIN 91379 from data/names: taken as
 * part of a name in either form of Unicode, with the search form the standard
 * gives; and what is not among them.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "rules_person.h"
#include "text.h"

#define LIST "data/names/din91379.tsv"

static struct arena *mem;

static void
setup(void)
{
	mem = arena_new();
}

static void
teardown(void)
{
	arena_free(mem);
}

/* "0043 0328" as text. */
static const char *
letter_of(const char *codes)
{
	char *letter = arena_alloc(mem, 32), *to = letter, *end;

	for (const char *at = codes; *at; at = end)
		to += utf8proc_encode_char((utf8proc_int32_t)strtol(at, &end, 16),
		    (utf8proc_uint8_t *)to);
	return letter;
}

static const char *
decomposed(const char *text)
{
	utf8proc_uint8_t *nfd = utf8proc_NFD((const utf8proc_uint8_t *)text);
	const char *copy = arena_strdup(mem, (const char *)nfd);

	free(nfd);
	return copy;
}

static void
walk(void (*see)(const char *letter, const char *group, const char *search), int *seen)
{
	char line[256];
	FILE *f = fopen(LIST, "r");

	ck_assert_msg(f != NULL, LIST);
	*seen = 0;
	while (fgets(line, sizeof(line), f)) {
		char *rest = line, *codes = strsep(&rest, "\t"), *group = strsep(&rest, "\t");

		if (line[0] == '#')
			continue;
		see(letter_of(codes), group, strsep(&rest, "\t"));
		++*seen;
	}
	fclose(f);
}

/* Among capitals a letter is a capital, with the same search form; two of the
 * list have none. */
static void
see_capital(const char *letter, const char *search)
{
	const char *upper = text_upper(mem, letter);
	utf8proc_int32_t code;

	utf8proc_iterate((const utf8proc_uint8_t *)upper, -1, &code);
	ck_assert_msg(utf8proc_category(code) != UTF8PROC_CATEGORY_LL || strcmp(letter, "ŉ") == 0 ||
	    strcmp(letter, "ĸ") == 0, "%s among capitals is %s", letter, upper);
	ck_assert_str_eq(text_search_form(mem, upper, true), search);
}

static void
see_letter(const char *letter, const char *group, const char *search)
{
	const char *name = arena_printf(mem, "A%sa", letter);

	if (strcmp(group, "bll") != 0)
		return;
	ck_assert_msg(!letters_strange(mem, name), "%s is refused", letter);
	ck_assert_str_eq(text_clean(mem, name, false), name);
	ck_assert_str_eq(text_clean(mem, decomposed(name), false), name);
	ck_assert_str_eq(script_of(letter), "Latn");
	ck_assert_msg(strcmp(text_search_form(mem, letter, true), search) == 0,
	    "%s: search form %s, not %s", letter, text_search_form(mem, letter, true), search);
	/* width and cutting go by cluster: never a mark without its letter */
	ck_assert_int_eq(text_width(letter), strcmp(search, "KH") == 0 && strlen(letter) > 2 ? 2 : 1);
	ck_assert_str_eq(text_cut(mem, name, text_width(name)), name);
	ck_assert_str_eq(text_upper(mem, text_upper(mem, letter)), text_upper(mem, letter));
	see_capital(letter, search);
}

START_TEST(each_letter_of_the_list)
{
	int seen;

	walk(see_letter, &seen);
	ck_assert_int_eq(seen, 930);
}
END_TEST

static void
see_sign(const char *letter, const char *group, const char *search)
{
	bool of_names = strcmp(group, "bll") == 0 || strcmp(group, "bnlreq") == 0 ||
	    strcmp(group, "bnl") == 0;

	(void)search;
	if (strcmp(group, "dc") == 0) /* a mark, told with the letter it stands on */
		return;
	ck_assert_msg(of_names == !letters_strange(mem, letter), "%s of %s", letter, group);
}

START_TEST(signs_of_names_and_no_others)
{
	int seen;

	walk(see_sign, &seen);
	ck_assert_str_eq(letters_strange(mem, "Haddad\xCC\xA6"), "d\xCC\xA6");
	ck_assert_str_eq(letters_codes(mem, "d\xCC\xA6"), "U+0064 U+0326");
	ck_assert_str_eq(letters_strange(mem, "Ivan Шевченко"), "Ш");
	ck_assert_ptr_null(letters_strange(mem, "O’Neill-D'Arcy, Jr."));
}
END_TEST

START_TEST(scripts_are_told_by_the_letters)
{
	ck_assert_str_eq(script_of("Ševčenko"), "Latn");
	ck_assert_str_eq(script_of("Шевченко"), "Cyrl");
	ck_assert_str_eq(script_of("محمد"), "Arab");
	ck_assert_str_eq(script_of("حسینی"), "Arab");
	ck_assert_str_eq(script_of("ተስፋይ"), "Ethi");
	ck_assert_str_eq(script_of("Παπαδόπουλος"), "Grek");
	ck_assert_str_eq(script_of("- 1"), "Zyyy");
}
END_TEST

START_TEST(what_parts_say_of_themselves)
{
	const char *values[PART_FIELDS_MAX] = { "Hafenstr. 1", "20457", "Hamburg" };

	ck_assert_str_eq(address_line(mem, values), "Hafenstr. 1, 20457 Hamburg");
	address_split(mem, "c/o Haddad, Hafenstr. 1, 20457 Hamburg", values);
	ck_assert_str_eq(values[0], "c/o Haddad, Hafenstr. 1");
	ck_assert_str_eq(values[1], "20457");
	ck_assert_str_eq(values[2], "Hamburg");
	address_split(mem, "c/o Haddad, Hafenstr. 1", values);
	ck_assert_str_eq(values[0], "c/o Haddad, Hafenstr. 1");
	ck_assert_ptr_null(values[2]);
	/* both ways of writing it end alike */
	ck_assert_str_eq(contact_plain(mem, "phone", "0151/23 4"), "4321510");
	ck_assert_str_eq(contact_plain(mem, "phone", "+49 151 234"), "43215194");
	ck_assert_str_eq(contact_plain(mem, "email", "Rania@Example.org"), "rania@example.org");
	for (int part = 0; part < PARTS; part++) {
		ck_assert_int_eq(part_by_name(part_specs[part].name), part);
		ck_assert(part_specs[part].fields[part_specs[part].principal].needed);
	}
	ck_assert(field_known("identifier.iban") && !field_known("identifier.nothing"));
	ck_assert_str_eq(field_owned_as("given"), "name");
	ck_assert_str_eq(field_owned_as("identifier.iban"), "identifier.iban");
}
END_TEST

Suite *suite_letters(void);

Suite *
suite_letters(void)
{
	Suite *s = suite_create("letters");
	TCase *t = tcase_create("din91379");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, each_letter_of_the_list);
	tcase_add_test(t, signs_of_names_and_no_others);
	tcase_add_test(t, scripts_are_told_by_the_letters);
	tcase_add_test(t, what_parts_say_of_themselves);
	suite_add_tcase(s, t);
	return s;
}
