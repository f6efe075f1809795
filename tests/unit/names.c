/*
 * names.c - names however they are spelled: the examples of the fold rules,
 * scripts, particles, what is one name and what is not.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "rules_name.h"
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

static const char *
form(const char *text)
{
	struct name_unit units[NAME_UNITS_MAX];

	ck_assert_uint_ge(name_units(mem, text, units), 1);
	return units[0].form;
}

/* Would a search for one come upon the other? */
static bool
meet(const char *a, const char *b)
{
	int64_t x[NAME_KEYS_MAX], y[NAME_KEYS_MAX];
	size_t n = name_keys(form(a), NAME_KEY_SKELETON, x);
	size_t m = name_keys(form(b), NAME_KEY_SKELETON, y);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			if (x[i] == y[k])
				return true;
	return false;
}

static int
like(const char *a, const char *b)
{
	struct name_probe p;

	name_probe(form(a), false, &p);
	return name_like(&p, form(b), false);
}

static const struct {
	const char *fold, *one, *other;
} examples[] = {
#include "names_examples.inc"
};

START_TEST(examples_of_the_folds_meet)
{
	for (size_t i = 0; i < COUNT_OF(examples); i++) {
		ck_assert_msg(meet(examples[i].one, examples[i].other),
		    "folds.tsv, %s: %s and %s have no skeleton in common", examples[i].fold,
		    examples[i].one, examples[i].other);
		ck_assert_msg(like(examples[i].one, examples[i].other) >= LIKE_SLIP,
		    "folds.tsv, %s: %s and %s are not alike (%d)", examples[i].fold,
		    examples[i].one, examples[i].other, like(examples[i].one, examples[i].other));
	}
}
END_TEST

/* Other scripts meet the Latin spellings in their consonants. */
START_TEST(scripts_meet)
{
	static const char *const pairs[][2] = {
		{ "محمد", "Mohammed" }, { "حداد", "Haddad" }, { "الفتلاوي", "Fatlawi" },
		{ "حسینی", "Hosseini" }, { "Шевченко", "Schewtschenko" }, { "Сергій", "Sergej" },
		{ "Олена", "Yelena" }, { "ተስፋይ", "Tesfay" }, { "ኣብርሃም", "Abraham" },
		{ "Παπαδοπουλος", "Papadopoulos" }, { "გიორგი", "Giorgi" },
		/* vowels left out bring letters together that are not one sound */
		{ "ممتاز", "Mumtaz" }, { "دهقان", "Dehghan" }, { "اسحاق", "Ishaq" },
		{ "ضیایی", "Ziaei" }, { "کاظمی", "Kazemi" }, { "Μαρία", "Maria" },
		{ "ګلاب", "Gulab" },
		/* a script without a table: as typed, and no other */
		{ "王小明", "王小明" }, { "שרה", "שרה" },
	};

	for (size_t i = 0; i < COUNT_OF(pairs); i++)
		ck_assert_msg(meet(pairs[i][0], pairs[i][1]), "%s (%s) and %s", pairs[i][0],
		    form(pairs[i][0]), pairs[i][1]);
	ck_assert(!meet("王小明", "王大明"));
	ck_assert(!meet("שרה", "רות"));
}
END_TEST

START_TEST(particles_go_with_what_they_belong_to)
{
	struct name_unit u[NAME_UNITS_MAX];

	ck_assert_uint_eq(name_units(mem, "Abd al-Rahman", u), 3);
	ck_assert_str_eq(u[2].form, "RAHMAN");
	ck_assert_str_eq(u[2].glued, "ABDALRAHMAN");
	ck_assert_int_eq(u[1].particle, PARTICLE_ARTICLE);
	ck_assert(meet("Abdulrahman", "Abdelrahman"));
	ck_assert(meet("Alfatlawi", "Fatlawi"));
	ck_assert_uint_eq(name_units(mem, "N'Diaye", u), 1);
	ck_assert_str_eq(u[0].form, "NDIAYE");
	ck_assert_uint_eq(name_units(mem, " -, . ", u), 0);
}
END_TEST

START_TEST(what_is_not_one_name_is_not_alike)
{
	static const char *const others[][2] = {
		{ "Mohammed", "Ibrahim" }, { "Rania", "Haddad" }, { "Ali", "Omar" },
		{ "Shevchenko", "Kovalenko" }, { "Diallo", "Keita" },
	};

	for (size_t i = 0; i < COUNT_OF(others); i++)
		ck_assert_msg(like(others[i][0], others[i][1]) < LIKE_SLIP + 5, "%s and %s: %d",
		    others[i][0], others[i][1], like(others[i][0], others[i][1]));
	ck_assert_int_eq(like("Haddad", "HADDAD"), LIKE_SAME);
	ck_assert_int_ge(like("Muhamad", "Mohammed"), LIKE_SPELLING);
	ck_assert_int_lt(like("Muhamad", "Mohammed"), LIKE_SAME);
}
END_TEST

/* Which sounds are near is a table of both ways. */
START_TEST(likeness_has_no_direction)
{
	for (char a = 'A'; a <= 'Z'; a++)
		for (char b = 'A'; b <= 'Z'; b++) {
			const char one[] = { 'R', 'A', a, 'A', 'N', '\0' };
			const char other[] = { 'R', 'A', b, 'A', 'N', '\0' };

			ck_assert_msg(like(one, other) == like(other, one), "%s %s: %d %d", one, other,
			    like(one, other), like(other, one));
		}
	ck_assert_int_gt(like("Rasan", "Razan"), like("Rasan", "Raran"));
	ck_assert_int_gt(like("Ratan", "Radan"), like("Ratan", "Raran"));
}
END_TEST

Suite *suite_names(void);
Suite *
suite_names(void)
{
	Suite *s = suite_create("names");
	TCase *t = tcase_create("names");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, examples_of_the_folds_meet);
	tcase_add_test(t, scripts_meet);
	tcase_add_test(t, particles_go_with_what_they_belong_to);
	tcase_add_test(t, what_is_not_one_name_is_not_alike);
	tcase_add_test(t, likeness_has_no_direction);
	suite_add_tcase(s, t);
	return s;
}
