/*
 * tree.h - layer 0: the Merkle tree of RFC 6962 over hashes, as it grows.
 * Only its right edge is kept: a million leaves cost as much as one.
 */
#ifndef TRESEN_TREE_H
#define TRESEN_TREE_H

#include "base.h"

#define TREE_HASH 32             /* bytes of a leaf, and of a root */

struct tree {
	uint64_t size;
	unsigned char edge[64][TREE_HASH]; /* roots of the full trees in it, smallest first */
};

/* One leaf more; its data is a hash already. */
void tree_add(struct tree *t, const unsigned char leaf[TREE_HASH]);
void tree_root(const struct tree *t, unsigned char root[TREE_HASH]);

#endif
