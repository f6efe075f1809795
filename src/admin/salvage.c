/*
 * salvage.c - layer 5: `tresen-admin salvage`: a new office from what can be
 * read of a damaged one, and what is lost.  For the day on which there is no
 * backup, or none that is new enough.  Must never write to the damaged file.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "admin.h"
#include "backup.h"
#include "store_copy.h"

/* A copy to read from: SQLite would change the index of the log. */
static enum status
copy_one(struct op *op, const char *from_path, const char *to_path, bool must)
{
	int from = open(from_path, O_RDONLY | O_CLOEXEC), to = -1;
	enum status s;

	if (from < 0 && !must && errno == ENOENT)
		return ST_OK;
	if (from < 0)
		return op_fail(op, ST_NOT_FOUND, _("%s could not be read: %s."), from_path,
		    strerror(errno));
	unlink(to_path);
	to = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	s = to < 0 ? op_fail(op, ST_STORE, _("%s cannot be written: %s."), to_path,
	    strerror(errno)) : file_pour(op, from, to, to_path);
	close(from);
	if (to >= 0)
		close(to);
	return s;
}

static void
tell(const char *path, const struct salvaged *r)
{
	printf(tr_n("%lld event was read", "%lld events were read", r->events),
	    (long long)r->events);
	if (r->whole) {
		printf(_(", and none is missing: the office was made anew from them, nothing is "
		    "lost.\n"));
		return;
	}
	printf(_(", %lld are missing between them, %lld cannot be repeated.\n"),
	    (long long)r->lost_events, (long long)r->unsound);
	printf(tr_n("%lld row was taken as it stood in the file.\n",
	    "%lld rows were taken as they stood in the file.\n", r->rows_taken),
	    (long long)r->rows_taken);
	for (size_t i = 0; i < r->losses.n; i++)
		printf("  %s\n", r->losses.text[i]);
	printf(_("Compare with the last backup before people work with %s.\n"), path);
}

static enum status
fill(struct op *op, const char *path, const char *copy, struct salvaged *r)
{
	const char *why = NULL;
	bool search;
	int from, to;
	enum status s = db_create(op->mem, path, &op->db, &why);

	if (s == ST_OK)
		s = store_salvage(op, copy, r);
	else
		op->fail.sentence = why;
	if (s != ST_OK && op->db)
		db_discard(op, path);
	if (s != ST_OK)
		return s;
	/* one file, for whoever takes it along */
	s = db_fold_log(op);
	db_close(op->db);
	op->db = NULL;
	if (s != ST_OK)
		return s;
	/* what people are found by */
	s = db_migrate(op->mem, path, &from, &to, &search, &why);
	if (s != ST_OK)
		op->fail.sentence = why;
	return s;
}

static enum status
run(struct call *call)
{
	struct op *op = &call->op;
	const char *path = call->rest[0], *copy, *log;
	struct salvaged r = { .events = 0 };
	enum status s;

	if (!path) {
		call->exit_code = EXIT_USAGE;
		return op_fail(op, ST_INVALID, _("usage: tresen-admin salvage DAMAGED NEW"));
	}
	copy = arena_printf(op->mem, "%s.salvaging", path);
	log = arena_printf(op->mem, "%s-wal", copy);
	s = copy_one(op, call->path, copy, true);
	if (s == ST_OK)
		s = copy_one(op, arena_printf(op->mem, "%s-wal", call->path), log, false);
	if (s == ST_OK)
		s = fill(op, path, copy, &r);
	unlink(copy);
	unlink(log);
	unlink(arena_printf(op->mem, "%s-shm", copy));
	if (s != ST_OK)
		return s;
	tell(path, &r);
	printf(_("Now look at it: tresen-admin check %s\n"), path);
	call->exit_code = r.whole ? 0 : status_exit(ST_STORE);
	return ST_OK;
}

const struct verb verb_salvage = {
	.name = "salvage", .usage = "DAMAGED NEW", .words = 1,
	.help = N_("make a new office from what can be read of a damaged file, and say what is "
	           "lost"),
	.run = run,
};
