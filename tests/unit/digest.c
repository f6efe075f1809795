/*
 * digest.c - unit tests of SHA-256 against the examples of FIPS 180-4
 * (include/digest.h).
 */
#include <check.h>
#include <string.h>

#include "digest.h"

Suite *suite_digest(void);

static const struct {
	const char *text, *hex;
} examples[] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
	  "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
	  "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1" },
};

START_TEST(examples_of_the_standard)
{
	char hex[DIGEST_HEX + 1];

	ck_assert_str_eq(digest_hex(examples[_i].text, strlen(examples[_i].text), hex),
	                 examples[_i].hex);
}
END_TEST

Suite *
suite_digest(void)
{
	Suite *s = suite_create("digest");
	TCase *c = tcase_create("digest");

	tcase_add_loop_test(c, examples_of_the_standard, 0, COUNT_OF(examples));
	suite_add_tcase(s, c);
	return s;
}
