/*
 * tree.c - layer 0: the Merkle tree of RFC 6962, section 2.1.  Called by
 * tresen-admin, to seal what happened and to verify what was sealed.
 */
#include "tree.h"

#include <sodium.h>
#include <string.h>

/* hash may be one of the parts. */
static void
node(const unsigned char left[TREE_HASH], const unsigned char right[TREE_HASH],
     unsigned char hash[TREE_HASH])
{
	unsigned char bytes[1 + 2 * TREE_HASH] = { 1 };

	memcpy(bytes + 1, left, TREE_HASH);
	memcpy(bytes + 1 + TREE_HASH, right, TREE_HASH);
	crypto_hash_sha256(hash, bytes, sizeof(bytes));
}

void
tree_add(struct tree *t, const unsigned char leaf[TREE_HASH])
{
	unsigned char bytes[1 + TREE_HASH] = { 0 }, hash[TREE_HASH];
	int level = 0;

	memcpy(bytes + 1, leaf, TREE_HASH);
	crypto_hash_sha256(hash, bytes, sizeof(bytes));
	/* like carrying a one: two full trees become one of twice the size */
	for (uint64_t n = t->size; n & 1; n >>= 1)
		node(t->edge[level++], hash, hash);
	memcpy(t->edge[level], hash, TREE_HASH);
	t->size++;
}

void
tree_root(const struct tree *t, unsigned char root[TREE_HASH])
{
	bool any = false;
	int level = 0;

	crypto_hash_sha256(root, NULL, 0);
	for (uint64_t n = t->size; n; n >>= 1, level++) {
		if (!(n & 1))
			continue;
		if (any)
			node(t->edge[level], root, root);
		else
			memcpy(root, t->edge[level], TREE_HASH);
		any = true;
	}
}
