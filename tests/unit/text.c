/*
 * text.c - text of people: what may be stored, what may be shown, clusters,
 * widths, and the search form with names that are hard.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

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

START_TEST(law_is_cited_as_each_language_does)
{
	static const struct { const char *german, *english; } cases[] = {
		{ "§ 81 Abs. 4 AufenthG", "§ 81(4) AufenthG" },
		{ "§ 81 Abs. 3 und 7 AufenthG", "§ 81(3) and (7) AufenthG" },
		{ "§ 25 Abs. 1 bis 3 AufenthG", "§ 25(1) to (3) AufenthG" },
		{ "§ 5 Abs. 1 Nr. 4, 5 S. 2 SGB V", "§ 5(1) no. 4, 5 sentence 2 SGB V" },
		{ "§§ 9, 26 Abs. 3 und 4, 35 AufenthG", "§§ 9, 26(3) and (4), 35 AufenthG" },
		{ "§ 60a Abs. 2c und 2d AufenthG", "§ 60a(2c) and (2d) AufenthG" },
		{ "Art. 7, 9 Abs. 2 lit. a DSGVO", "Art. 7, 9(2)(a) DSGVO" },
		{ "§ 52a Abs. 2 AufenthV i. V. m. § 1", "§ 52a(2) AufenthV with § 1" },
		{ "§ 9 Abs. 2 S. 6, Abs. 3 AufenthG", "§ 9(2) sentence 6, (3) AufenthG" },
		{ "", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		lang_set(LANG_EN);
		ck_assert_str_eq(text_cited(mem, cases[i].german), cases[i].english);
		lang_set(LANG_DE);
		ck_assert_str_eq(text_cited(mem, cases[i].german), cases[i].german);
	}
	ck_assert_ptr_null(text_cited(mem, NULL));
}
END_TEST

START_TEST(characters_are_counted_not_bytes)
{
	ck_assert_uint_eq(text_length(""), 0);
	ck_assert_uint_eq(text_length("Rania"), 5);
	ck_assert_uint_eq(text_length("\xE6\xBC\xA2\xC3\xBC!"), 3);
	ck_assert_str_eq(text_first(mem, "abc", 5), "abc");
	ck_assert_str_eq(text_first(mem, "ab\xC3\xBC", 2), "ab");
	ck_assert_str_eq(text_first(mem, "ab\xC3\xBC", 3), "ab\xC3\xBC");
	/* u with two marks is one cluster: whole or not at all */
	ck_assert_str_eq(text_first(mem, "au\xCC\x88\xCC\x81", 3), "a");
	ck_assert_str_eq(text_first(mem, "au\xCC\x88\xCC\x81", 4), "au\xCC\x88\xCC\x81");
}
END_TEST

START_TEST(what_is_stored)
{
	ck_assert_str_eq(text_clean(mem, "  Rania   Haddad ", false), "Rania Haddad");
	ck_assert_str_eq(text_clean(mem, "u\xCC\x88", false), "\xC3\xBC"); /* NFC */
	ck_assert_str_eq(text_clean(mem, "", false), "");
	ck_assert_str_eq(text_clean(mem, "one\ntwo", true), "one\ntwo");
	ck_assert_ptr_null(text_clean(mem, "a\x1b[2Jb", false));
	ck_assert_ptr_null(text_clean(mem, "a\x07", true));
	ck_assert_ptr_null(text_clean(mem, "a\xC2\x9B" "31m", false)); /* C1: CSI */
	ck_assert_ptr_null(text_clean(mem, "a\x7F", false));
	ck_assert_ptr_null(text_clean(mem, "a\xFF", false));
	ck_assert_ptr_null(text_clean(mem, "\xC0\x80", false)); /* overlong NUL */
	ck_assert_ptr_null(text_clean(mem, "\xED\xA0\x80", false)); /* surrogate */
}
END_TEST

/* Whatever bytes come in, nothing below 0x20, no C1 and no bidi goes out. */
START_TEST(what_is_shown_is_harmless)
{
	unsigned dice = 1;

	for (int round = 0; round < 20000; round++) {
		char in[24];
		const char *out;

		for (size_t i = 0; i < sizeof(in) - 1; i++) {
			dice = dice * 1664525u + 1013904223u;
			in[i] = (char)(dice >> 24 ? dice >> 24 : 1);
		}
		in[sizeof(in) - 1] = '\0';
		out = text_visible(mem, in, false);
		ck_assert(text_valid(out, strlen(out)));
		for (const unsigned char *c = (const unsigned char *)out; *c; c++) {
			ck_assert_uint_ge(*c, 0x20);
			ck_assert_uint_ne(*c, 0x7F);
			ck_assert(!(c[0] == 0xC2 && c[1] < 0xA0));
			ck_assert(!(c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0xAA && c[2] <= 0xAE));
			ck_assert(!(c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9));
		}
	}
	ck_assert_str_ne(text_visible(mem, "a\x1b[2J", false), "a[2J");
}
END_TEST

START_TEST(a_line_moves_together)
{
	ck_assert_str_eq(text_close_up(mem, "Offen 3   meine 0    spät 1  "),
	    "Offen 3  meine 0  spät 1  ");
	ck_assert_str_eq(text_close_up(mem, ""), "");
	ck_assert_str_eq(text_close_up(mem, "   ẞ"), "  ẞ");
}
END_TEST

START_TEST(clusters_stay_whole)
{
	static const char *const texts[] = {
		"a", "e\xCC\x81x", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", /* ZWJ */
		"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", "\xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4\xB7",
	};
	const char *text = "x e\xCC\x81 y";

	ck_assert_uint_eq(text_cluster("e\xCC\x81x"), 3);
	ck_assert_uint_eq(text_cluster(""), 0);
	ck_assert_uint_eq(text_cluster_before("e\xCC\x81", 3), 3);
	ck_assert_uint_eq(text_cluster_before("abc", 0), 0);
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		size_t n = text_cluster(texts[i]);

		ck_assert_uint_gt(n, 0);
		ck_assert_uint_eq(text_cluster_before(texts[i], n), n);
	}
	for (int columns = 1; columns < 8; columns++) {
		const char *cut = text_cut(mem, text, columns);

		ck_assert_int_le(text_width(cut), columns);
		ck_assert(text_valid(cut, strlen(cut)));
		ck_assert_int_eq(text_width(text_pad(mem, text, columns)), columns);
	}
	ck_assert_int_eq(text_width("\xE6\xBC\xA2\xE5\xAD\x97"), 4); /* two wide ones */
}
END_TEST

START_TEST(lines_break_at_blanks)
{
	char **lines;
	size_t n = text_wrap(mem, "Die Karte der Aufenthaltserlaubnis liegt bereit.", 12, &lines);

	ck_assert_uint_gt(n, 3);
	ck_assert_str_eq(lines[0], "Die Karte");
	for (size_t i = 0; i < n; i++)
		ck_assert_int_le(text_width(lines[i]), 12);
	/* a window as narrow as nothing */
	ck_assert_uint_eq(text_wrap(mem, "Karte", -3, &lines), 5);
}
END_TEST

/* Letters of DIN 91379 and the names that people write in many ways. */
START_TEST(names_in_search_form)
{
	static const struct {
		const char *name, *expanded, *plain;
	} cases[] = {
		{ "Müller", "MUELLER", "MULLER" }, { "Groß", "GROSS", "GROSS" },
		{ "Ångström", NULL, "ANGSTROM" }, { "Łukasz", "LUKASZ", "LUKASZ" },
		{ "Đorđević", NULL, "DORDEVIC" }, { "Ðorðe", NULL, NULL },
		{ "Yıldız", "YILDIZ", "YILDIZ" }, { "İnönü", "INOENUE", "INONU" },
		{ "Şahin", "SAHIN", "SAHIN" }, { "Nguyễn", "NGUYEN", "NGUYEN" },
		{ "O'Brien", NULL, NULL }, { "al-Haddad", NULL, NULL },
		{ "  Abu   Bakr ", "ABU BAKR", "ABU BAKR" }, { "Jean-Luc", NULL, NULL },
		{ "Æsa", NULL, NULL }, { "Þór", NULL, NULL }, { "1. FC", "1 FC", "1 FC" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *e = text_search_form(mem, cases[i].name, true);
		const char *p = text_search_form(mem, cases[i].name, false);

		if (cases[i].expanded)
			ck_assert_str_eq(e, cases[i].expanded);
		if (cases[i].plain)
			ck_assert_str_eq(p, cases[i].plain);
		ck_assert_uint_eq(strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "), strlen(p));
		ck_assert(*p && p[0] != ' ' && p[strlen(p) - 1] != ' ' && !strstr(p, "  "));
		/* the form of a form is itself */
		ck_assert_str_eq(text_search_form(mem, p, false), p);
	}
	ck_assert_str_eq(text_search_form(mem, "u\xCC\x88" "ber", true), "UEBER");
	/* other scripts stay, folded by case */
	ck_assert_str_eq(text_search_form(mem, "Шевченко", false),
	    text_search_form(mem, "ШЕВЧЕНКО", false));
	ck_assert_str_ne(text_search_form(mem, "حداد", false), "");
}
END_TEST

START_TEST(upper_case_of_names)
{
	ck_assert_str_eq(text_upper(mem, "Yıldız"), "YILDIZ");
	ck_assert_str_eq(text_upper(mem, "Müller"), "MÜLLER");
	ck_assert_str_eq(text_upper(mem, "Groß-Weißhaupt"), "GROẞ-WEIẞHAUPT");
	ck_assert_str_eq(text_search_form(mem, text_upper(mem, "Groß"), true), "GROSS");
	ck_assert_str_eq(text_upper(mem, "ibrahim"), "IBRAHIM");
}
END_TEST

START_TEST(arenas_hand_out_zeroes)
{
	struct arena *a = arena_new();

	for (int round = 0; round < 3; round++) {
		for (size_t n = 1; n < 200000; n = n * 3 + 1) {
			unsigned char *p = arena_alloc(a, n);

			ck_assert_uint_eq((uintptr_t)p % _Alignof(max_align_t), 0);
			for (size_t i = 0; i < n; i++)
				ck_assert_uint_eq(p[i], 0);
			memset(p, 0xA5, n);
		}
		ck_assert_str_eq(arena_printf(a, "%s %d", "visit", 18), "visit 18");
		ck_assert_str_eq(arena_strndup(a, "abcdef", 3), "abc");
		arena_reset(a);
	}
	arena_free(a);
}
END_TEST

/* A page of ours keeps its marks of direction in a file, and loses them on a
 * terminal; what turns others never gets through. */
START_TEST(pages_keep_harmless_marks_only)
{
	static const char page[] = "\xe2\x80\x8f" "a \xe2\x81\xa8" "b" "\xe2\x81\xa9\n\xe2\x80\xae" "c\x1b";

	ck_assert_str_eq(text_page(mem, page, true), "\xe2\x80\x8f" "a \xe2\x81\xa8" "b"
	    "\xe2\x81\xa9\n⸮c␛");
	ck_assert_str_eq(text_page(mem, page, false), "a b\n⸮c␛");
}
END_TEST

Suite *suite_text(void);
Suite *
suite_text(void)
{
	Suite *s = suite_create("text");
	TCase *t = tcase_create("text");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_stored);
	tcase_add_test(t, law_is_cited_as_each_language_does);
	tcase_add_test(t, characters_are_counted_not_bytes);
	tcase_add_test(t, what_is_shown_is_harmless);
	tcase_add_test(t, pages_keep_harmless_marks_only);
	tcase_add_test(t, a_line_moves_together);
	tcase_add_test(t, clusters_stay_whole);
	tcase_add_test(t, lines_break_at_blanks);
	tcase_add_test(t, names_in_search_form);
	tcase_add_test(t, upper_case_of_names);
	tcase_add_test(t, arenas_hand_out_zeroes);
	suite_add_tcase(s, t);
	return s;
}
