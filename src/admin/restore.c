/*
 * restore.c - layer 5: `tresen-admin restore`: a backup becomes the office
 * again.  The file that was there is kept aside, and the roll-back is an event
 * of the office from then on.
 *
 * All is made and looked at under another name, while the office is held so
 * that nobody can open it; then names change.  A crash between the two
 * renamings leaves no office, never a mixture of two.
 */
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
#include "backup.h"
#include "store_admin.h"
#include "store_copy.h"

struct restore {
	struct op *op;
	const char *backup, *office;
	const char *part;        /* what becomes the office */
	const char *aside;       /* where the old one goes */
	bool there;              /* is an old one */
	int64_t old_last;        /* its last event; 0: not known */
	int held;                /* keeps others out of it; -1: nothing to keep */
	int in, out;
	bool ready;              /* the names are changing: nothing may be removed */
	struct still still;
};

/* ---- the office that is there ---- */

static void
old_last_read(struct restore *r)
{
	struct op look = *r->op;
	const char *why;
	int64_t at;

	if (db_open(look.mem, r->office, &look.db, &why) != ST_OK)
		return; /* damaged, perhaps: that is why we are here */
	if (store_event_last(&look, &r->old_last, &at) != ST_OK)
		r->old_last = 0;
	db_close(look.db);
}

/* From here on nobody opens it, until this process ends. */
static enum status
old_hold(struct restore *r)
{
	int pid;

	r->there = access(r->office, F_OK) == 0;
	if (!r->there)
		return ST_OK;
	old_last_read(r);
	if (office_alone(r->office, &r->held, &pid))
		return ST_OK;
	if (pid < 0)
		return op_fail(r->op, ST_STORE, _("%s cannot be opened: %s. Restore as the user "
		    "who owns it, or as root."), r->office, strerror(errno));
	return op_fail(r->op, ST_BUSY, _("Somebody has %s open (process %d). Stop the sockets and "
	    "services of tresen or let everybody log off, then restore again."), r->office, pid);
}

/* ---- the office that will be ---- */

/* It belongs to whom the office belonged: one of two engine users to both of them, as
 * the old one did, so that none of them is shut out by a restore. */
static bool
give_to_owner(struct restore *r)
{
	bool shared = r->there && office_is_shared(r->office);
	struct stat st;

	if (stat(r->there ? r->office : folder_of(r->op->mem, r->office), &st) != 0)
		return false;
	if (geteuid() == 0 && fchown(r->out, st.st_uid, st.st_gid) != 0)
		return false;
	return !shared || (fchown(r->out, (uid_t)-1, st.st_gid) == 0 &&
	    fchmod(r->out, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP) == 0);
}

static enum status
part_open(struct restore *r)
{
	r->out = open(r->part, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (r->out >= 0 && flock(r->out, LOCK_EX | LOCK_NB) != 0) {
		close(r->out);
		r->out = -1;
		return op_fail(r->op, ST_BUSY, _("%s is being restored already."), r->office);
	}
	/* one that was killed has left it; its log would be taken for this one's */
	unlink(arena_printf(r->op->mem, "%s-wal", r->part));
	unlink(arena_printf(r->op->mem, "%s-shm", r->part));
	if (r->out >= 0 && ftruncate(r->out, 0) == 0 && fchmod(r->out, 0600) == 0 &&
	    give_to_owner(r))
		return ST_OK;
	return op_fail(r->op, ST_STORE, _("%s cannot be written: %s."), r->part, strerror(errno));
}

static bool
is_database(int fd)
{
	static const char begins[16] = "SQLite format 3";
	char head[sizeof(begins)];

	return pread(fd, head, sizeof(head), 0) == (ssize_t)sizeof(head) &&
	    memcmp(head, begins, sizeof(head)) == 0;
}

static enum status
part_fill(struct restore *r, const char *key_path)
{
	struct op *op = r->op;
	struct seal_key key;
	enum status s;

	r->in = open(r->backup, O_RDONLY | O_CLOEXEC);
	if (r->in < 0)
		return op_fail(op, ST_NOT_FOUND, _("The backup %s cannot be read: %s."), r->backup,
		    strerror(errno));
	if (!seal_is_one(r->in)) {
		if (!is_database(r->in))
			return op_fail(op, ST_INVALID, _("%s is no backup of an office. Name a "
			    "file that tresen-admin backup has made."), r->backup);
		TRY(part_open(r));
		s = file_pour(op, r->in, r->out, r->part);
	} else if (!key_path) {
		return op_fail(op, ST_INVALID, _("%s is sealed. Name the secret key with --key."),
		    r->backup);
	} else {
		TRY(seal_key_read(op, key_path, SEAL_SECRET, &key));
		s = part_open(r);
		if (s == ST_OK)
			s = seal_open(op, &key, r->in, r->out, r->backup);
		seal_key_wipe(&key);
	}
	return s;
}

static enum status
roll_back_note(struct op *op, void *data)
{
	const struct restore *r = data;
	char now[21];

	TRY(store_office_set(op, "restored_from", basename(arena_strdup(op->mem, r->backup))));
	return store_office_set(op, "restored_at", instant_iso(op->now, now));
}

/* The roll-back as an event: from what, up to where, and what is not there any more. */
static enum status
part_record(struct restore *r)
{
	struct op *op = r->op;
	char at[21] = "-";

	TRY(store_event_last(op, &r->still.last, &r->still.last_at));
	if (r->still.last)
		instant_iso(r->still.last_at, at);
	op->reason = arena_printf(op->mem, _("Back to backup %s, up to event %lld of %s."),
	    basename(arena_strdup(op->mem, r->backup)), (long long)r->still.last, at);
	if (r->there)
		op->reason = arena_printf(op->mem, _("%s The replaced file is %s; its last event "
		    "was %lld."), op->reason, basename(arena_strdup(op->mem, r->aside)),
		    (long long)r->old_last);
	return in_transaction(op, "office.restore", roll_back_note, r);
}

/* To this program's schema, with its event, in one file without a log. */
static enum status
part_prepare(struct restore *r, const char *folder)
{
	struct op *op = r->op;
	const char *why = NULL;
	bool search;
	int from, to;
	enum status s = db_migrate(op->mem, r->part, &from, &to, &search, &why);

	if (s == ST_OK)
		s = db_open(op->mem, r->part, &op->db, &why);
	if (s != ST_OK)
		return op_fail(op, s, _("%s cannot be restored: %s"), r->backup, why);
	s = chain_bring(op);
	if (s == ST_OK && from != to)
		s = forms_bring(op, folder);
	if (s == ST_OK)
		s = part_record(r);
	if (s == ST_OK)
		s = db_fold_log(op);
	db_close(op->db);
	op->db = NULL;
	return s;
}

static enum status
part_look(struct restore *r)
{
	struct op *op = r->op;
	struct still seen = { .last = 0 };

	unlink(arena_printf(op->mem, "%s-wal", r->part));
	unlink(arena_printf(op->mem, "%s-shm", r->part));
	TRY(still_look(op, r->out, r->backup, &seen));
	for (size_t i = 0; i < seen.faults.n; i++)
		printf("  %s\n", seen.faults.text[i]);
	if (seen.faults.found)
		return op_fail(op, ST_STORE, tr_n("%lld fault in %s: the office stays as it is. "
		    "Take another backup.", "%lld faults in %s: the office stays as it is. Take "
		    "another backup.", seen.faults.found), (long long)seen.faults.found, r->backup);
	if (fsync(r->out) == 0)
		return ST_OK;
	return op_fail(op, ST_STORE, _("%s cannot be written: %s."), r->part, strerror(errno));
}

/* ---- the change ---- */

static bool
move(struct arena *mem, const char *from, const char *to, const char *end)
{
	return rename(arena_printf(mem, "%s%s", from, end), arena_printf(mem, "%s%s", to, end)) == 0 ||
	    errno == ENOENT;
}

/* The log goes first: it must never lie beside a file that it is not of. */
static bool
names_change(struct restore *r)
{
	struct arena *mem = r->op->mem;

	if (r->there) {
		office_lock_remove(r->office);
		/* whom killed engines of that file have shown its own log must tell */
		if (!move(mem, r->office, r->aside, "-wal") ||
		    !move(mem, r->office, r->aside, "-shown"))
			return false;
	}
	unlink(arena_printf(mem, "%s-wal", r->office));
	unlink(arena_printf(mem, "%s-shm", r->office));
	return (!r->there || rename(r->office, r->aside) == 0) && rename(r->part, r->office) == 0;
}

static enum status
put_in_place(struct restore *r)
{
	struct op *op = r->op;
	int folder = open(folder_of(op->mem, r->office), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done;

	if (r->there && access(r->aside, F_OK) == 0)
		return op_fail(op, ST_CONFLICT, _("There is a file %s already. Start again in a "
		    "moment."), r->aside);
	done = folder >= 0 && names_change(r) && fsync(folder) == 0;
	if (folder >= 0)
		close(folder);
	if (done)
		return ST_OK;
	return op_fail(op, ST_STORE, _("The names could not be changed (%s). What is to be %s lies "
	    "in %s, what it was in %s."), strerror(errno), r->office, r->part, r->aside);
}

static void
tell(const struct restore *r)
{
	char at[21] = "-";

	if (r->still.last)
		instant_iso(r->still.last_at, at);
	printf(_("%s is as it was at event %lld of %s, and sound.\n"), r->office,
	    (long long)r->still.last, at);
	if (!r->there)
		return;
	printf(_("The file it replaces is kept as %s.\n"), r->aside);
	if (r->old_last > r->still.last)
		printf(tr_n("%lld event after that is only there: tell the office what it has to "
		    "do again.\n", "%lld events after that are only there: tell the office what it "
		    "has to do again.\n", r->old_last - r->still.last),
		    (long long)(r->old_last - r->still.last));
}

static enum status
all(struct restore *r, const struct options *with)
{
	struct op *op = r->op;

	TRY(old_hold(r));
	TRY(part_fill(r, with->key));
	TRY(part_prepare(r, data_folder(op->mem, with->data)));
	TRY(part_look(r));
	r->ready = true;
	return put_in_place(r);
}

static void
part_discard(struct restore *r)
{
	if (r->out < 0 || r->ready)
		return;
	office_lock_remove(r->part);
	unlink(arena_printf(r->op->mem, "%s-wal", r->part));
	unlink(arena_printf(r->op->mem, "%s-shm", r->part));
	unlink(r->part);
}

static enum status
run(struct call *call)
{
	struct op *op = &call->op;
	struct restore r = { .op = op, .backup = call->path, .office = call->rest[0], .held = -1,
	    .in = -1, .out = -1 };
	enum status s;

	if (!r.office) {
		call->exit_code = EXIT_USAGE;
		return op_fail(op, ST_INVALID, _("usage: tresen-admin restore BACKUP OFFICE "
		    "[--key SECRET]"));
	}
	/* not where the backups are */
	setenv("SQLITE_TMPDIR", folder_of(op->mem, r.office), 1);
	r.part = arena_printf(op->mem, "%s.restoring", r.office);
	r.aside = arena_printf(op->mem, "%s.replaced-%s", r.office,
	    file_stamp(op->mem, op->now));
	s = all(&r, &call->with);
	if (s == ST_OK)
		tell(&r);
	else
		part_discard(&r);
	if (r.in >= 0)
		close(r.in);
	if (r.out >= 0)
		close(r.out);
	if (r.held >= 0)
		close(r.held);
	return s;
}

const struct verb verb_restore = {
	.name = "restore", .usage = "BACKUP OFFICE [--key SECRET]",
	.words = 1, .options = "key data",
	.help = N_("make a backup the office again, while nobody works; the replaced file is kept"),
	.run = run,
};
