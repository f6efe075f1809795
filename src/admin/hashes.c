/*
 * hashes.c - layer 5: where the sealer's hashes come from: a pipe, a socket,
 * or an office file, which a child opens: what signs never opens an office.
 * Called by seal.c.
 */
#include "hashes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log.h"
#include "store.h"

#define LINE (2 * TREE_HASH)     /* hex digits */

static enum status
open_socket(struct op *op, const char *path, struct hashes *h)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };

	h->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (h->fd < 0 || strlen(path) >= sizeof(to.sun_path))
		return op_fail(op, ST_INVALID, _("%s is no socket that can be used."), path);
	strcpy(to.sun_path, path);
	if (connect(h->fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return ST_OK;
	return op_fail(op, ST_BUSY, _("%s does not answer: %s. Is tresen-log.socket started?"), path,
	    strerror(errno));
}

_Noreturn static void
read_office(struct op *op, const char *path, bool follow, int fd)
{
	FILE *out = fdopen(fd, "w");
	enum status s = db_open(op->mem, path, &op->db, &op->fail.sentence);

	if (s == ST_OK)
		s = log_print(op, out, follow);
	if (s != ST_OK)
		fprintf(stderr, "%s\n", op->fail.sentence);
	db_close(op->db);
	_exit(status_exit(s));
}

static enum status
open_office(struct op *op, const char *path, bool follow, struct hashes *h)
{
	int end[2];

	if (pipe2(end, O_CLOEXEC) != 0)
		return op_fail(op, ST_STORE, _("%s cannot be read: %s."), path, strerror(errno));
	h->child = fork();
	if (h->child < 0) {
		close(end[0]);
		close(end[1]);
		return op_fail(op, ST_STORE, _("%s cannot be read: %s."), path, strerror(errno));
	}
	if (h->child == 0) {
		close(end[0]);
		read_office(op, path, follow, end[1]);
	}
	close(end[1]);
	h->fd = end[0];
	return ST_OK;
}

enum status
hashes_open(struct op *op, const char *path, bool follow, struct hashes *h)
{
	struct stat st;

	*h = (struct hashes){ .fd = STDIN_FILENO };
	if (strcmp(path, "-") == 0)
		return ST_OK;
	if (stat(path, &st) != 0)
		return op_fail(op, ST_NOT_FOUND, _("%s cannot be read: %s."), path, strerror(errno));
	return S_ISSOCK(st.st_mode) ? open_socket(op, path, h) : open_office(op, path, follow, h);
}

/* What is unread goes to the front, and more behind it. */
static ssize_t
read_more(struct hashes *h)
{
	ssize_t n;

	memmove(h->bytes, h->bytes + h->from, h->to - h->from);
	h->to -= h->from;
	h->from = 0;
	do
		n = read(h->fd, h->bytes + h->to, sizeof(h->bytes) - h->to);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		h->to += (size_t)n;
	return n;
}

/* The end of what came. */
static enum hashes_event
at_end(struct hashes *h, ssize_t n)
{
	int status = 0;

	if (h->child > 0 && waitpid(h->child, &status, 0) == h->child)
		h->child = 0;
	if (status != 0)
		return HASHES_FAILED;
	return n == 0 && h->from == h->to ? HASHES_END : HASHES_BROKEN;
}

enum hashes_event
hashes_next(struct hashes *h, unsigned char hash[TREE_HASH], int patience_ms)
{
	for (;;) {
		const char *at = h->bytes + h->from, *line;
		struct pollfd p = { .fd = h->fd, .events = POLLIN };
		size_t n = h->to - h->from, got;
		ssize_t more;

		line = n ? memchr(at, '\n', n) : NULL;
		if (line) {
			h->from += (size_t)(line - at) + 1;
			if (line == at)
				return HASHES_CAUGHT_UP;
			return line - at == LINE && sodium_hex2bin(hash, TREE_HASH, at, LINE, NULL,
			    &got, NULL) == 0 && got == TREE_HASH ? HASHES_ONE : HASHES_BROKEN;
		}
		if (n > LINE)
			return HASHES_BROKEN;
		if (poll(&p, 1, patience_ms) == 0)
			return HASHES_LATE;
		more = read_more(h);
		if (more <= 0)
			return at_end(h, more);
	}
}

void
hashes_close(struct hashes *h)
{
	if (h->fd > STDIN_FILENO)
		close(h->fd);
	if (h->child > 0)
		waitpid(h->child, NULL, 0);
}
