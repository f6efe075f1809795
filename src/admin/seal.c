/*
 * seal.c - layer 5: `tresen-admin seal`: signs what happened up to now, and
 * brings it to a witness off this machine.  Runs as a user who cannot read the
 * office: all it gets are the hashes that `tresen-admin log` hands out, from
 * the first one on, and it signs nothing that does not continue what it has
 * signed before.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "admin.h"
#include "checkpoint.h"
#include "hashes.h"

#define WITNESS_SECONDS 60       /* then its program is stopped */
#define RETRY_SECONDS 300        /* a witness that could not be reached */

struct sealer {
	struct op *op;
	const struct options *with;
	struct sign_key key;
	const char *into, *origin;
	struct tree tree;
	struct checkpoints book;         /* what was signed before */
	size_t known;                    /* of it, found again in the log */
	int64_t sealed;                  /* events */
	int64_t since;                   /* instant: the first one that is not */
	const char *unsent;              /* a checkpoint that no witness has yet */
	int64_t tried;                   /* instant */
};

/* Have so many seconds gone by?  A clock that was set back has not stood still. */
static bool
is_due(int64_t since, int seconds)
{
	int64_t now = clock_now();

	return now < since || now - since >= seconds;
}

/* ---- where checkpoints go ---- */

static bool
write_whole(int fd, const char *note)
{
	ssize_t n = (ssize_t)strlen(note), written = write(fd, note, (size_t)n);

	if (written >= 0 && written < n)
		errno = ENOSPC;
	return written == n;
}

/* Half a note, on a disk that is full, would keep this from ever sealing again. */
static bool
append(const char *path, const char *note)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	off_t end = fd >= 0 ? lseek(fd, 0, SEEK_END) : -1;
	bool written = end >= 0 && write_whole(fd, note) && fsync(fd) == 0;
	int error = errno;

	if (end >= 0 && !written && ftruncate(fd, end) != 0)
		log_line("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	errno = error;
	return written;
}

/* The office's own file in the folder of a witness: tresen-0123456789abcdef.checkpoints */
static bool
append_in_folder(struct sealer *s, const char *note)
{
	char *path = arena_printf(s->op->mem, "%s/%s.checkpoints", s->with->witness, s->origin);

	*strrchr(path, '/') = '-';
	return append(path, note);
}

/* The program gets the note on its standard input; no words, no shell. */
static bool
hand_to_program(const char *program, const char *note)
{
	int end[2], status;
	pid_t pid;

	if (pipe2(end, O_CLOEXEC) != 0)
		return false;
	signal(SIGPIPE, SIG_IGN); /* it may be gone before it has read anything */
	pid = fork();
	if (pid == 0) {
		signal(SIGPIPE, SIG_DFL);
		dup2(end[0], STDIN_FILENO);
		alarm(WITNESS_SECONDS);
		execl(program, program, (char *)NULL);
		_exit(127);
	}
	close(end[0]);
	/* a note is shorter than what a pipe holds: this never waits */
	if (pid > 0 && write(end[1], note, strlen(note)) < 0)
		log_line("%s: %s", program, strerror(errno));
	close(end[1]);
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 0;
}

/* A witness that is away is tried again: a later checkpoint proves the earlier too. */
static void
send_out(struct sealer *s)
{
	const struct options *with = s->with;
	bool sent = true;

	if (!s->unsent)
		return;
	s->tried = clock_now();
	if (with->witness && !append_in_folder(s, s->unsent)) {
		log_line(_("The witness %s does not take the checkpoint: %s. It is tried again."),
		    with->witness, strerror(errno));
		sent = false;
	}
	if (with->witness_command && !hand_to_program(with->witness_command, s->unsent)) {
		log_line(_("%s did not take the checkpoint. It is tried again."),
		    with->witness_command);
		sent = false;
	}
	if (sent)
		s->unsent = NULL;
}

/* ---- sealing ---- */

static enum status
seal(struct sealer *s)
{
	struct checkpoint c = { .origin = s->origin, .size = (int64_t)s->tree.size,
		.at = clock_now() };
	char iso[21];

	tree_root(&s->tree, c.root);
	s->unsent = checkpoint_note(s->op->mem, &c, &s->key);
	if (!append(s->into, s->unsent))
		return op_fail(s->op, ST_STORE, _("%s cannot be written: %s. Nothing is sealed."),
		    s->into, strerror(errno));
	s->sealed = c.size;
	printf(_("%s: %lld events are sealed.\n"), instant_iso(c.at, iso), (long long)c.size);
	fflush(stdout);
	send_out(s);
	return ST_OK;
}

/* All that was signed is still there, and as it was? */
static enum status
add_hash(struct sealer *s, const unsigned char hash[TREE_HASH])
{
	unsigned char root[TREE_HASH];
	const struct checkpoint *c;
	char iso[21];

	if (s->tree.size == 0)
		s->origin = checkpoint_origin(s->op->mem, hash);
	tree_add(&s->tree, hash);
	for (; s->known < s->book.n; s->known++) {
		c = &s->book.at[s->known];
		if ((uint64_t)c->size > s->tree.size)
			break;
		tree_root(&s->tree, root);
		if ((uint64_t)c->size != s->tree.size || memcmp(root, c->root, TREE_HASH) != 0)
			return op_fail(s->op, ST_STORE, _("The events 1 to %lld are not those that "
			    "were sealed at %s. Nothing is sealed any more; keep the file and find "
			    "out with tresen-admin verify."), (long long)c->size,
			    instant_iso(c->at, iso));
	}
	return ST_OK;
}

/* The log has said that this is all for now. */
static enum status
caught_up(struct sealer *s, bool last)
{
	int64_t fresh = (int64_t)s->tree.size - s->sealed;
	const struct checkpoint *c;
	char iso[21];

	if (s->known < s->book.n) {
		c = &s->book.at[s->book.n - 1];
		return op_fail(s->op, ST_STORE, _("The log ends at event %lld, but %lld were sealed "
		    "at %s: an older file stands in its place. Nothing is sealed any more."),
		    (long long)s->tree.size, (long long)c->size, instant_iso(c->at, iso));
	}
	if (fresh == 0)
		return ST_OK;
	if (!s->since)
		s->since = clock_now();
	if (!last && fresh < SEAL_EVENTS && !is_due(s->since, SEAL_SECONDS))
		return ST_OK;
	s->since = 0;
	return seal(s);
}

static int
milliseconds_until(int64_t since, int seconds)
{
	return is_due(since, seconds) ? 0 : (int)(since + seconds - clock_now()) * 1000;
}

/* Milliseconds until something is due without a word from the log; -1: nothing is. */
static int
patience(const struct sealer *s)
{
	int seal = s->since ? milliseconds_until(s->since, SEAL_SECONDS) : -1;
	int retry = s->unsent ? milliseconds_until(s->tried, RETRY_SECONDS) : -1;

	return seal < 0 || (retry >= 0 && retry < seal) ? retry : seal;
}

static enum status
seal_all(struct sealer *s, struct hashes *log)
{
	for (;;) {
		unsigned char hash[TREE_HASH];

		switch (hashes_next(log, hash, s->with->follow ? patience(s) : -1)) {
		case HASHES_ONE:
			TRY(add_hash(s, hash));
			break;
		case HASHES_CAUGHT_UP:
			TRY(caught_up(s, !s->with->follow));
			break;
		case HASHES_LATE:
			TRY(caught_up(s, false));
			if (is_due(s->tried, RETRY_SECONDS))
				send_out(s);
			break;
		case HASHES_END:
			TRY(caught_up(s, true));
			return ST_OK;
		case HASHES_FAILED:
			return op_fail(s->op, ST_BUSY, _("The log of the office could not be read to "
			    "its end. What is sealed stays sealed; start this again."));
		case HASHES_BROKEN:
			return op_fail(s->op, ST_INVALID, _("What came is no log of hashes. Name the "
			    "office file, the socket of tresen-admin log, or - for a pipe."));
		}
	}
}

/* ---- the verb ---- */

static enum status
sealer_open(struct sealer *s, struct call *call)
{
	enum status st;

	if (!call->with.key)
		return op_fail(s->op, ST_INVALID, _("Name the secret key with --key FILE; "
		    "tresen-admin seal-key makes one."));
	TRY(sign_key_read(s->op, call->with.key, true, &s->key));
	s->into = call->with.into ? call->with.into
	    : arena_printf(s->op->mem, "%s.checkpoints", call->with.key);
	st = checkpoints_read(s->op, s->into, &s->key, &s->book);
	if (st != ST_OK && st != ST_NOT_FOUND)
		return st;
	for (size_t i = 0; i < s->book.n; i++)
		if (s->book.at[i].forged)
			return op_fail(s->op, ST_INVALID, _("%s holds checkpoints of another key. "
			    "Name another file with --into."), s->into);
	if (s->book.n)
		s->sealed = s->book.at[s->book.n - 1].size;
	return ST_OK;
}

static enum status
run(struct call *call)
{
	struct sealer s = { .op = &call->op, .with = &call->with };
	struct hashes log;
	enum status st;

	TRY(sealer_open(&s, call));
	TRY(hashes_open(s.op, call->path, call->with.follow, &log));
	st = seal_all(&s, &log);
	hashes_close(&log);
	sodium_memzero(&s.key, sizeof(s.key));
	if (st == ST_OK && s.unsent)
		return op_fail(s.op, ST_BUSY, _("Sealed, but not every witness has it. Try again "
		    "when the witness can be reached."));
	return st;
}

const struct verb verb_seal = {
	.name = "seal", .usage = "OFFICE|SOCKET|- --key FILE [--into FILE] [--witness DIR]"
	    " [--witness-command PROGRAM] [--follow]",
	.options = "key into witness witness-command follow",
	.help = N_("sign what happened up to now, and bring it to a witness"),
	.run = run,
};
