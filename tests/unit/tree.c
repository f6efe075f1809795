/*
 * tree.c - the tree that grows against the one of RFC 6962, 2.1, word by word.
 */
#include <check.h>
#include <sodium.h>
#include <string.h>

#include "tree.h"

#define MOST 70

static unsigned char leaf[MOST][TREE_HASH];

static void
root_by_the_book(size_t from, size_t n, unsigned char root[TREE_HASH])
{
	unsigned char bytes[1 + 2 * TREE_HASH] = { 0 };
	size_t k = 1;

	if (n == 0) {
		crypto_hash_sha256(root, NULL, 0);
		return;
	}
	if (n == 1) {
		memcpy(bytes + 1, leaf[from], TREE_HASH);
		crypto_hash_sha256(root, bytes, 1 + TREE_HASH);
		return;
	}
	while (k * 2 < n)
		k *= 2;
	bytes[0] = 1;
	root_by_the_book(from, k, bytes + 1);
	root_by_the_book(from + k, n - k, bytes + 1 + TREE_HASH);
	crypto_hash_sha256(root, bytes, sizeof(bytes));
}

START_TEST(every_size_has_the_root_of_the_book)
{
	unsigned char root[TREE_HASH], book[TREE_HASH];
	struct tree t = { .size = 0 };

	for (size_t n = 0; n < MOST; n++) {
		tree_root(&t, root);
		root_by_the_book(0, n, book);
		ck_assert_msg(memcmp(root, book, TREE_HASH) == 0, "%zu leaves", n);
		memset(leaf[n], (int)n, TREE_HASH);
		tree_add(&t, leaf[n]);
		ck_assert_uint_eq(t.size, n + 1);
	}
}
END_TEST

/* No leaves: the hash of nothing.  One of zeros: counted by hand, with another tool. */
START_TEST(known_roots)
{
	static const unsigned char zeros[TREE_HASH];
	unsigned char root[TREE_HASH];
	struct tree t = { .size = 0 };
	char hex[2 * TREE_HASH + 1];

	tree_root(&t, root);
	ck_assert_str_eq(sodium_bin2hex(hex, sizeof(hex), root, TREE_HASH),
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	tree_add(&t, zeros);
	tree_root(&t, root);
	ck_assert_str_eq(sodium_bin2hex(hex, sizeof(hex), root, TREE_HASH),
	    "7f9c9e31ac8256ca2f258583df262dbc7d6f68f2a03043d5c99a4ae5a7396ce9");
}
END_TEST

Suite *suite_tree(void);
Suite *
suite_tree(void)
{
	Suite *s = suite_create("tree");
	TCase *t = tcase_create("tree");

	tcase_add_test(t, every_size_has_the_root_of_the_book);
	tcase_add_test(t, known_roots);
	suite_add_tcase(s, t);
	return s;
}
