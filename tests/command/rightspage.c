/*
 * rightspage.c - the page tresen-rights(7), as it is shipped, says of each
 * command and role what the table of rights says.
 */
#include "harness_admin.h"
#include "rules_rights.h"

#include <string.h>

static const char *
letters_of(unsigned set, char *text)
{
	static const char order[] = "oufsane";
	size_t n = 0;

	for (int bit = 0; bit < REACHES; bit++)
		if (set & 1u << bit)
			text[n++] = order[bit];
	if (n == 0)
		text[n++] = '.';
	text[n] = '\0';
	return text;
}

static void
wanted_cell(const struct right *r, size_t role, char *text)
{
	char open[REACHES + 1], closed[REACHES + 1];

	letters_of(r->reach[UNIT_OPEN][role], open);
	letters_of(r->reach[UNIT_CLOSED][role], closed);
	sprintf(text, strcmp(open, closed) == 0 ? "%s" : "%s/%s", open, closed);
}

/* Its row in the text of the page; NULL: none. */
static const char *
row_of(const char *page, const char *command)
{
	size_t n = strlen(command);

	for (const char *at = page; (at = strstr(at, command)); at += n)
		if (at[-1] == '\n' && (at[n] == ' ' || at[n] == '\t'))
			return at;
	return NULL;
}

START_TEST(the_shipped_page_is_the_table)
{
	shell("cp %s/man/tresen-rights.7 $(dirname %s)/page", program_folder(), office);
	shell("cat $(dirname %s)/page", office);
	for (size_t i = 0; i < rights_count; i++) {
		const char *at = row_of(said, rights[i].command);
		char wanted[40], got[40] = "";

		ck_assert_msg(at != NULL, "%s is not on the page", rights[i].command);
		at += strcspn(at, "\t");
		for (size_t role = 0; role < ROLES; role++) {
			ck_assert_int_eq(sscanf(at, " %39s", got), 1);
			at += 1 + strcspn(at + 1, "\t\n");
			wanted_cell(&rights[i], role, wanted);
			ck_assert_msg(strcmp(got, wanted) == 0, "%s, role %zu: %s on the page, %s in "
			    "the table", rights[i].command, role, got, wanted);
		}
	}
}
END_TEST

START_TEST(it_is_there_to_be_read_in_either_language)
{
	ck_assert_int_eq(admin("rights"), 0);
	ck_assert_ptr_nonnull(strstr(said, "case.claim"));
	ck_assert_ptr_nonnull(strstr(said, "everything of the office"));
	shell("LANGUAGE=de LC_ALL=de_DE.UTF-8 %s/tresen-admin rights", program_folder());
	ck_assert_ptr_nonnull(strstr(said, "alles im Haus"));
}
END_TEST

Suite *suite_rightspage(void);
Suite *
suite_rightspage(void)
{
	Suite *s = suite_create("rightspage");
	TCase *t = tcase_create("rightspage");

	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, the_shipped_page_is_the_table);
	tcase_add_test(t, it_is_there_to_be_read_in_either_language);
	suite_add_tcase(s, t);
	return s;
}
