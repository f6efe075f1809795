/*
 * seal.c - unit tests of sealing (include/seal.h): only the key opens, only at
 * its place, and nothing of the text is left to see.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "seal.h"

#define SECRET "cannot sleep since the letter"

static char dir[64], path[96];
static struct arena *mem;
static const char *why;
static const struct seal_place here = { "case_note", "text", "7" };

static void
begin(void)
{
	strcpy(dir, "/tmp/tresen-seal-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/key", dir);
	mem = arena_new();
	why = NULL;
}

static void
end(void)
{
	unlink(path);
	rmdir(dir);
	arena_free(mem);
}

static struct seal *
a_key(void)
{
	struct seal *s;

	ck_assert_msg(seal_add_key(mem, path, &why), "%s", why);
	s = seal_read(mem, path, &why);
	ck_assert_msg(s != NULL, "%s", why);
	return s;
}

START_TEST(what_is_sealed_opens_again)
{
	static const char *const texts[] = { "", "x", SECRET, "ä\nö\n",
		"0123456789012345678901234567890123456789012345678901234567890123456789" };
	struct seal *s = a_key();

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		char *sealed = seal_text(s, mem, &here, texts[i]);

		ck_assert(seal_is(sealed) && !seal_is(texts[i]));
		ck_assert_ptr_null(strstr(sealed, "sleep"));
		ck_assert_str_eq(unseal_text(s, mem, &here, sealed), texts[i]);
		ck_assert_str_ne(sealed, seal_text(s, mem, &here, texts[i]));
	}
	/* yes and no, one paper and another: not to be told apart by length */
	ck_assert_uint_eq(strlen(seal_text(s, mem, &here, "yes")),
	    strlen(seal_text(s, mem, &here, SECRET)));
	seal_free(s);
}
END_TEST

/* Swapped with another row, another column, another table: it does not open. */
START_TEST(it_opens_at_its_place_only)
{
	static const struct seal_place others[] = { { "case_note", "text", "8" },
		{ "case_note", "tex", "t7" }, { "case_notet", "ext", "7" }, { "event", "text", "7" } };
	struct seal *s = a_key();
	char *sealed = seal_text(s, mem, &here, SECRET);

	for (size_t i = 0; i < COUNT_OF(others); i++)
		ck_assert_ptr_null(unseal_text(s, mem, &others[i], sealed));
	for (size_t i = 9; sealed[i]; i++) { /* behind mark and id */
		char was = sealed[i];

		sealed[i] = was == 'A' ? 'B' : 'A';
		ck_assert_ptr_null(unseal_text(s, mem, &here, sealed));
		sealed[i] = was;
	}
	ck_assert_ptr_null(unseal_text(s, mem, &here, "\x01"));
	ck_assert_ptr_null(unseal_text(s, mem, &here, "\x01 0"));
	ck_assert_ptr_null(unseal_text(NULL, mem, &here, sealed));
	seal_free(s);
}
END_TEST

START_TEST(a_new_key_seals_and_the_old_one_opens)
{
	struct seal *old = a_key(), *both, *other;
	char *before = seal_text(old, mem, &here, SECRET), *after;

	both = a_key();
	ck_assert_str_ne(seal_id(old), seal_id(both));
	after = seal_text(both, mem, &here, SECRET);
	ck_assert_str_eq(unseal_text(both, mem, &here, before), SECRET);
	ck_assert_ptr_null(unseal_text(old, mem, &here, after));
	ck_assert_str_eq(seal_name(old, mem, &here, "PASS"), seal_name(both, mem, &here, "PASS"));
	ck_assert_str_ne(seal_name(old, mem, &here, "PASS"), seal_name(old, mem, &here, "PHOTO"));
	unlink(path);
	other = a_key();
	ck_assert_ptr_null(unseal_text(other, mem, &here, before));
	ck_assert_str_ne(seal_name(old, mem, &here, "PASS"), seal_name(other, mem, &here, "PASS"));
	seal_free(old);
	seal_free(both);
	seal_free(other);
}
END_TEST

static void
write_key(const char *text)
{
	FILE *f;

	unlink(path);
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	ck_assert_int_eq(chmod(path, 0400), 0);
}

/* Typed off the sheet in the safe it is the same key; one digit wrong is none. */
START_TEST(a_sheet_of_paper_is_the_key)
{
	struct seal *s = a_key(), *again;
	char *paper = seal_paper(s, mem), *sealed = seal_text(s, mem, &here, SECRET);
	struct stat st;

	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0400);
	write_key(paper);
	again = seal_read(mem, path, &why);
	ck_assert_ptr_nonnull(again);
	ck_assert_str_eq(unseal_text(again, mem, &here, sealed), SECRET);
	paper[12] = paper[12] == '0' ? '1' : '0';
	write_key(paper);
	ck_assert_ptr_null(seal_read(mem, path, &why));
	ck_assert_ptr_nonnull(strstr(why, "digit"));
	seal_free(s);
	seal_free(again);
}
END_TEST

START_TEST(a_key_that_others_read_is_refused)
{
	seal_free(a_key());
	ck_assert_int_eq(chmod(path, 0440), 0);
	ck_assert_ptr_null(seal_read(mem, path, &why));
	ck_assert_ptr_nonnull(strstr(why, "chmod 400"));
	write_key("# nothing\n");
	ck_assert_ptr_null(seal_read(mem, path, &why));
	unlink(path);
	ck_assert_ptr_null(seal_read(mem, path, &why));
	ck_assert_int_eq(symlink("/dev/null", path), 0);
	ck_assert_ptr_null(seal_read(mem, path, &why));
}
END_TEST

/* ---- in parts ---- */

static const char *
part_file(int number, const char *text)
{
	char *name = arena_printf(mem, "%s/part%d", dir, number);
	FILE *f = fopen(name, "we");

	fputs(text, f);
	fclose(f);
	chmod(name, 0400);
	return name;
}

/* Two keys in three parts; one of them, or of its texts, is another. */
static bool
joins(char *const *texts, int from, int to, bool wrong_digit)
{
	const char *files[5] = { NULL };
	char *joined = arena_printf(mem, "%s/joined", dir);
	bool done;
	int n = 0;

	for (int p = from; p < to; p++) {
		char *text = arena_strdup(mem, texts[p % 3]);
		char *digit = text + strlen(text) - 2;

		if (wrong_digit && p == from)
			*digit = *digit == '0' ? '1' : '0';
		files[n] = part_file(n, text);
		n++;
	}
	done = seal_join(mem, files, joined, &why);
	while (n > 0)
		unlink(files[--n]);
	return done;
}

/* Where root turns the key of the office's own user. */
START_TEST(a_new_key_leaves_the_file_its_owner)
{
	const uid_t owner = geteuid() == 0 ? 65534 : geteuid();
	struct stat st;

	ck_assert(seal_add_key(mem, path, &why));
	ck_assert_int_eq(chown(path, owner, (gid_t)-1), 0);
	ck_assert(seal_add_key(mem, path, &why));
	ck_assert_int_eq(lstat(path, &st), 0);
	ck_assert_uint_eq(st.st_uid, owner);
	ck_assert_uint_eq(st.st_mode & 0777, 0400);
}
END_TEST

START_TEST(all_parts_make_the_key_and_fewer_tell_nothing)
{
	char *joined = arena_printf(mem, "%s/joined", dir);
	char *const *texts, *const *again;
	struct seal *s;

	ck_assert(seal_add_key(mem, path, &why));
	ck_assert(seal_add_key(mem, path, &why));
	s = seal_read(mem, path, &why);
	texts = seal_split(s, mem, 3);
	again = seal_split(s, mem, 3);
	for (int p = 0; p < 3; p++)
		ck_assert_str_ne(texts[p], again[p]);
	ck_assert_ptr_null(texts[3]);
	ck_assert(!joins(texts, 0, 2, false));
	ck_assert_msg(strstr(why, "not all of them"), "%s", why);
	ck_assert(!joins(texts, 1, 3, false));
	ck_assert(!joins(texts, 0, 0, false));
	ck_assert(!joins(texts, 0, 4, false)); /* one of them twice */
	ck_assert_msg(strstr(why, "was named before"), "%s", why);
	ck_assert(!joins(texts, 0, 3, true));
	ck_assert_int_ne(access(joined, F_OK), 0);
	ck_assert_msg(joins(texts, 2, 5, false), "%s", why); /* in any order */
	seal_free(s);
	s = seal_read(mem, joined, &why);
	ck_assert_ptr_nonnull(s);
	ck_assert_str_eq(seal_paper(s, mem), seal_paper(seal_read(mem, path, &why), mem));
	seal_free(s);
	/* and never over a file that is there */
	ck_assert(!joins(texts, 0, 3, false));
	unlink(joined);
}
END_TEST

Suite *suite_seal(void);
Suite *
suite_seal(void)
{
	Suite *s = suite_create("seal");
	TCase *c = tcase_create("seal");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, what_is_sealed_opens_again);
	tcase_add_test(c, it_opens_at_its_place_only);
	tcase_add_test(c, a_new_key_seals_and_the_old_one_opens);
	tcase_add_test(c, a_sheet_of_paper_is_the_key);
	tcase_add_test(c, a_key_that_others_read_is_refused);
	tcase_add_test(c, a_new_key_leaves_the_file_its_owner);
	tcase_add_test(c, all_parts_make_the_key_and_fewer_tell_nothing);
	suite_add_tcase(s, c);
	return s;
}
