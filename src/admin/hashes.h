/*
 * hashes.h - private to admin/: the log of hashes as the sealer gets it, from
 * wherever it comes.
 */
#ifndef TRESEN_ADMIN_HASHES_H
#define TRESEN_ADMIN_HASHES_H

#include <sys/types.h>

#include "base.h"
#include "tree.h"

struct hashes {
	int fd;
	pid_t child;             /* that reads the office file; 0: none */
	char bytes[65536];
	size_t from, to;         /* unread */
};
enum hashes_event {
	HASHES_ONE, HASHES_CAUGHT_UP, HASHES_LATE, HASHES_END, HASHES_BROKEN,
	HASHES_FAILED            /* the child could not go on, and has said why */
};

/* "-": standard input; a socket; or an office file of one's own, read by a child. */
MUST_CHECK enum status hashes_open(struct op *op, const char *path, bool follow,
                                   struct hashes *h);
/* LATE: nothing came within so many milliseconds; -1 waits for ever. */
MUST_CHECK enum hashes_event hashes_next(struct hashes *h, unsigned char hash[TREE_HASH],
                                         int patience_ms);
void hashes_close(struct hashes *h);

#endif
