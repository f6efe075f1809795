/*
 * backup.c - layer 5: `tresen-admin backup`: the office of one moment as a
 * file, made while people work, looked at before it counts, for one key alone
 * to read if wanted.  `tresen-admin backup-key` makes that key.
 *
 * The copy has no name until it is known to be sound: it lies beside the
 * office, where nobody else comes, and is gone with this process however that
 * ends.  What reaches the folder of backups is written at once in the form it
 * stays in.
 */
#include "backup.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin.h"
#include "store_admin.h"
#include "store_copy.h"

#define PIECE 65536
#define PIECES_A_SYNC 64         /* 4 MB: who saves does not wait for all of it at the end */

struct backup {
	struct op *op;
	const char *office;
	const char *folder;
	const struct seal_key *to; /* NULL: whoever has the file reads it */
	int keep;                /* 0: all */
	int copy;                /* descriptor of the copy */
	struct faults faults;
	int64_t events, last_at;
	int64_t began, copied;   /* clock_ticks */
};

/* ---- the file ---- */

int
file_nameless(struct arena *mem, const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	char *name;

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	/* a file system without such files: the name is gone at once */
	name = arena_printf(mem, "%s/.tresen-XXXXXX", folder);
	fd = mkostemp(name, O_CLOEXEC);
	if (fd >= 0)
		unlink(name);
	return fd;
}

char *
folder_of(struct arena *mem, const char *path)
{
	return dirname(arena_strdup(mem, path));
}

enum status
file_pour(struct op *op, int from, int to, const char *name)
{
	static unsigned char piece[PIECE];
	ssize_t n = lseek(from, 0, SEEK_SET) == 0 ? 1 : -1;

	for (int pieces = 1; n > 0; pieces++) {
		n = read_full(from, piece, sizeof(piece));
		if (n > 0 && !write_all(to, piece, (size_t)n))
			n = -1;
		if (n > 0 && pieces % PIECES_A_SYNC == 0 && fdatasync(to) != 0)
			n = -1;
	}
	if (n == 0)
		return ST_OK;
	return op_fail(op, ST_STORE, _("%s could not be written: %s. Free some space there and "
	    "start again."), name, strerror(errno));
}

/* ---- looking at it ---- */

enum status
still_look(struct op *op, int fd, const char *name, struct still *out)
{
	struct op look = *op;
	const char *why = NULL;
	enum status s = db_open_still(op->mem, fd, name, &look.db, &why);

	if (s != ST_OK)
		return op_fail(op, s, "%s", why);
	look.settings = NULL;
	look.forms = NULL;
	s = db_begin_read(&look);
	if (s == ST_OK)
		s = store_event_last(&look, &out->last, &out->last_at);
	if (s == ST_OK)
		s = office_look(&look, &out->faults, &out->derived, false);
	db_end_read(&look);
	db_close(look.db);
	op->fail = look.fail;
	return s;
}

/* ---- making ---- */

static enum status
copy_make(struct backup *b, struct still *still)
{
	struct op *op = b->op;
	char *beside = folder_of(op->mem, b->office);

	b->copy = file_nameless(op->mem, beside);
	if (b->copy < 0)
		return op_fail(op, ST_STORE, _("%s cannot be written: %s. The copy is made there "
		    "first."), beside, strerror(errno));
	TRY(store_copy(op, b->copy));
	b->copied = clock_ticks();
	return still_look(op, b->copy, b->office, still);
}

static enum status
put(struct backup *b, int folder, int out, const char *part, const char *name)
{
	struct op *op = b->op;

	TRY(b->to ? seal_close(op, b->to, b->copy, out, name) :
	    file_pour(op, b->copy, out, name));
	if (fsync(out) == 0 && renameat(folder, part, folder, name) == 0 && fsync(folder) == 0)
		return ST_OK;
	return op_fail(op, ST_STORE, _("%s could not be written: %s. Free some space there and "
	    "start again."), name, strerror(errno));
}

/* Under another name until all of it is on the disk. */
static enum status
copy_put(struct backup *b, int folder, const char *name)
{
	struct op *op = b->op;
	const char *part = arena_printf(op->mem, "%s" BACKUP_PART, name);
	int out;
	enum status s;

	if (faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return op_fail(op, ST_CONFLICT, _("There is a backup %s already. Start again in a "
		    "moment."), name);
	out = openat(folder, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (out < 0)
		return op_fail(op, ST_STORE, _("%s cannot be written into %s: %s."), part,
		    b->folder, strerror(errno));
	/* until it is closed: nobody takes it for a leftover */
	flock(out, LOCK_EX | LOCK_NB);
	s = put(b, folder, out, part, name);
	if (s != ST_OK)
		unlinkat(folder, part, 0);
	close(out);
	return s;
}

static void
tell(const struct backup *b, int folder, const char *name, const struct still *still)
{
	char at[21] = "-";
	struct stat st = { 0 };

	fstatat(folder, name, &st, 0);
	if (still->last)
		instant_iso(still->last_at, at);
	printf(_("%s/%s: %.1f MB, up to event %lld of %s.\n"), b->folder, name,
	    (double)st.st_size / 1e6, (long long)still->last, at);
	printf(_("Copied in %.1f s while people could work, looked at and written in %.1f s "
	    "more.\n"), (double)(b->copied - b->began) / 1e3,
	    (double)(clock_ticks() - b->copied) / 1e3);
}

static enum status
make(struct backup *b, int folder)
{
	struct op *op = b->op;
	struct still still = { .last = 0 };
	const char *name;
	bool sound;

	b->began = clock_ticks();
	backups_tidy(op, folder, b->office);
	TRY(copy_make(b, &still));
	/* what people are found by can be made anew: the copy is good */
	sound = still.faults.found == still.derived;
	name = backup_name(op->mem, b->office, op->now, sound, b->to != NULL);
	TRY(copy_put(b, folder, name));
	tell(b, folder, name, &still);
	for (size_t i = 0; i < still.faults.n; i++)
		printf("  %s\n", still.faults.text[i]);
	if (b->keep)
		TRY(backups_thin(op, folder, b->office, b->keep, sound));
	if (sound)
		return ST_OK;
	return op_fail(op, ST_STORE, tr_n("The office has %lld fault. This copy is kept as it is, "
	    "and older backups are, too; run: tresen-admin check %s", "The office has %lld faults. "
	    "This copy is kept as it is, and older backups are, too; run: tresen-admin check %s",
	    still.faults.found), (long long)still.faults.found, b->office);
}

/* ---- the verbs ---- */

enum status
count_read(struct op *op, const char *text, int most, int *n)
{
	char *end;
	long value;

	if (!text)
		return ST_OK;
	value = strtol(text, &end, 10);
	if (!isdigit((unsigned char)*text) || *end || value < 1 || value > most)
		return op_fail(op, ST_INVALID, _("\"%s\" is no number from 1 to %d."), text, most);
	*n = (int)value;
	return ST_OK;
}

static enum status
backup(struct call *call)
{
	struct backup b = { .op = &call->op, .office = call->path, .folder = call->rest[0],
	    .copy = -1 };
	struct seal_key key;
	int folder = -1;
	enum status s = count_read(b.op, call->with.keep, 9999, &b.keep);

	if (s == ST_OK && !b.folder) {
		call->exit_code = EXIT_USAGE;
		s = op_fail(b.op, ST_INVALID, _("usage: tresen-admin backup OFFICE DIR "
		    "[--to PUBLICKEY] [--keep N]"));
	}
	if (s == ST_OK && call->with.to) {
		s = seal_key_read(b.op, call->with.to, SEAL_PUBLIC, &key);
		b.to = &key;
	}
	if (s == ST_OK) {
		folder = open(b.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (folder < 0)
			s = op_fail(b.op, ST_NOT_FOUND, _("The folder %s cannot be used: %s."),
			    b.folder, strerror(errno));
	}
	if (s == ST_OK)
		s = make(&b, folder);
	if (b.copy >= 0)
		close(b.copy);
	if (folder >= 0)
		close(folder);
	return s;
}

static enum status
backup_key(struct call *call)
{
	const char *secret = call->path, *public = call->rest[0];

	if (!public)
		public = arena_printf(call->op.mem, "%s.pub", secret);
	TRY(seal_keys_make(&call->op, secret, public));
	printf(_("%s is the public key: backups are made for it.\n"), public);
	printf(_("%s is the secret key: without it no such backup can ever be read. Take it off "
	    "this server, onto two media in two places.\n"), secret);
	return ST_OK;
}

const struct verb verb_backup = {
	.name = "backup", .usage = "OFFICE DIR [--to PUBLICKEY] [--keep N]",
	.words = 1, .opens = true, .options = "to keep",
	.help = N_("copy the office while people work, look whether the copy is sound, and put it "
	           "into a folder"),
	.run = backup,
};

const struct verb verb_backup_key = {
	.name = "backup-key", .usage = "SECRET [PUBLIC]", .words = 1,
	.help = N_("make a pair of keys, so that backups can be read with the secret one only"),
	.run = backup_key,
};
