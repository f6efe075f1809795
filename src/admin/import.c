/*
 * import.c - layer 5: `tresen-admin import`: brings in people from a file while
 * the office goes on working.  Rows that cannot be taken are told and written
 * to a file of their own, to be mended and imported again.
 *
 * Batches are short: clerks wait for the lock no longer than for each other.
 * What a batch has brought in stays; an import that was stopped is run again,
 * and brings nobody twice.
 */
#include "import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin.h"
#include "text.h"

#define BATCH_ROWS 500
#define BATCH_MS 250            /* after these the lock is given back */
#define BUSY_ROUNDS 12           /* of 5 s each */
#define PROGRESS_MS 200

/* Texts with the line where they were met first. */
struct seen {
	struct { const char *text; int line; } *slots;
	size_t n, room;          /* room: a power of two */
};

struct import {
	struct op op;            /* of the batch: its arena dies with it */
	struct arena *mem;       /* of the whole run */
	const char *path;
	const char *text;
	size_t size;
	struct csv csv;
	struct csv_record head;
	struct import_plan plan;
	bool dry;
	const char *rejects_path;
	bool rejects_own;        /* a name of ours, which nobody has */
	FILE *rejects;           /* NULL: nothing was rejected yet */
	struct seen seen;
	int64_t told;
	bool telling;            /* a line of progress is on the terminal */
	struct { int rows, added, there, rejected, doubles; } n;
};

/* ---- telling ---- */

static void
progress_wipe(struct import *im)
{
	if (im->telling)
		fprintf(stderr, "\r%60s\r", "");
	im->telling = false;
}

static void
progress(struct import *im)
{
	int percent = (int)((size_t)(im->csv.at - im->text) * 100 / (im->size ? im->size : 1));

	if (!isatty(STDERR_FILENO) || clock_ticks() - im->told < PROGRESS_MS)
		return;
	im->told = clock_ticks();
	im->telling = true;
	fputc('\r', stderr);
	fprintf(stderr, _("%3d %%   %d rows, %d people brought in"), percent, im->n.rows,
	        im->n.added);
}

static void tell(struct import *im, int line, const char *format, ...) PRINTF(3, 4);

static void
tell(struct import *im, int line, const char *format, ...)
{
	va_list args;

	progress_wipe(im);
	printf("%s:%d: ", im->path, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

/* ---- rejected rows ---- */

/* people.csv: people.rejects.csv, people.rejects-2.csv ... whichever is free:
 * somebody may be mending the last one. */
static const char *
rejects_name(struct arena *mem, const char *path)
{
	const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/'), *name;
	size_t n = dot && (!slash || dot > slash) ? (size_t)(dot - path) : strlen(path);
	int round = 1;

	do {
		name = round == 1 ? arena_printf(mem, "%.*s.rejects.csv", (int)n, path)
		    : arena_printf(mem, "%.*s.rejects-%d.csv", (int)n, path, round);
		round++;
	} while (access(name, F_OK) == 0);
	return name;
}

/* Holds people's data: for nobody else to read. */
static enum status
rejects_open(struct import *im)
{
	int fd = open(im->rejects_path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC |
	    (im->rejects_own ? O_EXCL : O_TRUNC), 0600);
	size_t skip = import_plan_has_reason(&im->plan) ? im->head.first : 0;

	/* one that was there may have been open to others */
	im->rejects = fd < 0 || fchmod(fd, 0600) != 0 ? NULL : fdopen(fd, "w");
	if (!im->rejects)
		return op_fail(&im->op, ST_STORE, _("%s cannot be written: %s. Name another file "
		               "with --rejects."), im->rejects_path, strerror(errno));
	fprintf(im->rejects, "reason%c%.*s\n", im->csv.separator, (int)(im->head.raw_length - skip),
	        im->head.raw + skip);
	return ST_OK;
}

static enum status
reject(struct import *im, const struct csv_record *r, const char *why)
{
	size_t skip = import_plan_has_reason(&im->plan) ? r->first : 0;
	const char *reason;

	im->n.rejected++;
	tell(im, r->line, "%s", why);
	if (im->dry)
		return ST_OK;
	if (!im->rejects)
		TRY(rejects_open(im));
	reason = arena_printf(im->op.mem, _("line %d: %s"), r->line, why);
	fprintf(im->rejects, "%s%c%.*s\n", csv_field(im->op.mem, reason, im->csv.separator),
	        im->csv.separator, (int)(r->raw_length - skip), r->raw + skip);
	return ST_OK;
}

static enum status
rejects_close(struct import *im)
{
	bool bad = im->rejects && (ferror(im->rejects) != 0);

	if (im->rejects && fclose(im->rejects) != 0)
		bad = true;
	im->rejects = NULL;
	if (!bad)
		return ST_OK;
	return op_fail(&im->op, ST_STORE, _("%s is not whole: %s. Free some space and import "
	               "again."), im->rejects_path, strerror(errno));
}

/* ---- what this file has said already ---- */

static size_t
slot_of(const struct seen *s, const char *text)
{
	uint64_t hash = 14695981039346656037u;
	size_t at;

	for (const char *c = text; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	for (at = hash & (s->room - 1); s->slots[at].text; at = (at + 1) & (s->room - 1))
		if (strcmp(s->slots[at].text, text) == 0)
			break;
	return at;
}

static void
seen_grow(struct import *im)
{
	struct seen old = im->seen, *s = &im->seen;

	s->room = old.room ? old.room * 2 : 4096;
	s->slots = arena_alloc(im->mem, s->room * sizeof(*s->slots));
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].text)
			s->slots[slot_of(s, old.slots[i].text)] = old.slots[i];
}

/* The line where text was met before; 0: it is new, and kept. */
static int
seen_before(struct import *im, const char *text, int line)
{
	struct seen *s = &im->seen;
	size_t at;

	if (s->n * 2 >= s->room)
		seen_grow(im);
	at = slot_of(s, text);
	if (s->slots[at].text)
		return s->slots[at].line;
	s->slots[at].text = arena_strdup(im->mem, text);
	s->slots[at].line = line;
	s->n++;
	return 0;
}

/* ---- rows ---- */

static bool
same_person(const struct newcomer *who, const struct resident *r)
{
	return strcmp(who->display, r->display) == 0 &&
	    (!who->born || !r->born || strcmp(who->born, r->born) == 0);
}

/* Brought in before, by this row or under this AZR number. */
static enum status
known(struct import *im, const struct newcomer *who, bool *known)
{
	struct op *op = &im->op;
	struct resident r;

	TRY(store_import_find(op, who->digest, &r));
	*known = r.id != 0;
	if (*known || !who->azr)
		return ST_OK;
	TRY(store_import_azr(op, who->azr, &r));
	*known = r.id != 0;
	if (*known && !same_person(who, &r))
		tell(im, who->line, _("%s is not brought in: the AZR number stands with %s (person "
		     "%lld). Compare the two."), who->display, r.display, (long long)r.id);
	return ST_OK;
}

/* The same row or AZR number further up in this file. */
static bool
repeated(struct import *im, const struct newcomer *who)
{
	int line = seen_before(im, who->digest, who->line);

	if (!line && who->azr)
		line = seen_before(im, who->azr, who->line);
	if (line)
		tell(im, who->line, _("%s is not brought in again: line %d has the same row or AZR "
		     "number."), who->display, line);
	return line != 0;
}

/* Told, never merged: whether they are one person a clerk decides. */
static enum status
doubles_tell(struct import *im, const struct newcomer *who)
{
	struct resident *list, like = { 0 };
	size_t n;
	const char *key = arena_printf(im->op.mem, "%s\n%s", who->born, who->display);
	int line;

	if (!who->born)
		return ST_OK;
	line = seen_before(im, key, who->line);
	TRY(store_import_same(&im->op, who, &list, &n));
	if (n == 0 && !line)
		TRY(import_double(&im->op, who, &like));
	if (n > 0)
		tell(im, who->line, _("likely double: %s *%s has the name and date of birth of "
		     "person %lld."), who->display, who->born, (long long)list[0].id);
	else if (line)
		tell(im, who->line, _("likely double: %s *%s has the name and date of birth of "
		     "line %d."), who->display, who->born, line);
	else if (like.id)
		tell(im, who->line, _("likely double: %s *%s is called much like person %lld (%s), "
		     "born on the same day."), who->display, who->born, (long long)like.id,
		     like.display);
	im->n.doubles += n > 0 || line || like.id;
	return ST_OK;
}

static enum status
row_put(struct import *im, const struct newcomer *who)
{
	bool there;
	int64_t id;

	TRY(known(im, who, &there));
	if (there || repeated(im, who)) {
		im->n.there++;
		return ST_OK;
	}
	TRY(doubles_tell(im, who));
	im->n.added++;
	return im->dry ? ST_OK : store_import_add(&im->op, who, &id);
}

/* ---- batches ---- */

static enum status
begin(struct import *im)
{
	struct op *op = &im->op;
	enum status s = ST_BUSY;

	op->touched = NULL;
	op->now = clock_now();
	if (im->dry)
		return db_begin_read(op);
	for (int i = 0; i < BUSY_ROUNDS && s == ST_BUSY; i++)
		s = db_begin_write(op);
	return s;
}

static enum status
end(struct import *im)
{
	if (im->op.touched)
		return db_commit(&im->op, &(struct event_head){ .command = "person.import" });
	/* nobody was new: nothing has happened */
	db_rollback(&im->op);
	return ST_OK;
}

/* Puts rows until the lock has been held long enough; *done counts them. */
static enum status
some_put(struct import *im, struct newcomer *const *rows, size_t n, size_t *done)
{
	int64_t since;

	TRY(begin(im));
	since = clock_ticks();
	do {
		enum status s = row_put(im, rows[(*done)++]);

		if (s != ST_OK) {
			db_rollback(&im->op);
			return s;
		}
	} while (*done < n && clock_ticks() - since < BATCH_MS);
	return end(im);
}

static bool
is_empty(const struct csv_record *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->fields[i][strspn(r->fields[i], " \t")])
			return false;
	return r->n > 0;
}

static enum status
batch(struct import *im, bool *more)
{
	struct newcomer **rows;
	struct csv_record r;
	size_t n = 0, done = 0;

	arena_reset(im->op.mem);
	im->op.settings = NULL;
	rows = arena_array(im->op.mem, struct newcomer *, BATCH_ROWS);
	while (n < BATCH_ROWS && (*more = csv_next(&im->csv, im->op.mem, &r))) {
		const char *why;

		/* spreadsheets write the rows that once had something, too */
		if (is_empty(&r))
			continue;
		im->n.rows++;
		rows[n] = import_row_read(im->op.mem, &im->plan, &r, &why);
		if (why)
			TRY(reject(im, &r, why));
		else
			n++;
	}
	while (done < n)
		TRY(some_put(im, rows, n, &done));
	progress(im);
	return ST_OK;
}

/* ---- the whole ---- */

static void
sum_tell(struct import *im)
{
	progress_wipe(im);
	printf(tr_n("%d row read: ", "%d rows read: ", im->n.rows), im->n.rows);
	printf(im->dry ? _("%d would be brought in, %d there already, %d would be rejected.")
	       : _("%d brought in, %d there already, %d rejected."),
	       im->n.added, im->n.there, im->n.rejected);
	putchar('\n');
	if (im->n.doubles)
		printf(tr_n("%d likely double: look at both records before you link them.\n",
		            "%d likely doubles: look at both records before you link them.\n",
		            im->n.doubles), im->n.doubles);
	if (im->n.rejected && !im->dry)
		printf(_("The rejected rows are in %s. Mend them there and import that file.\n"),
		       im->rejects_path);
}

static enum status
rejects_choose(struct import *im, const char *given)
{
	struct stat in, out;

	im->rejects_own = !given;
	im->rejects_path = given ? given : rejects_name(im->mem, im->path);
	if (stat(im->path, &in) == 0 && stat(im->rejects_path, &out) == 0 &&
	    in.st_dev == out.st_dev && in.st_ino == out.st_ino)
		return op_fail(&im->op, ST_INVALID, _("The rejected rows cannot go into the file "
		               "that is read. Name another with --rejects."));
	return ST_OK;
}

static enum status
all(struct import *im, const struct options *with)
{
	bool more = true;

	TRY(import_file_read(&im->op, im->path, with->encoding, &im->text, &im->size));
	TRY(rejects_choose(im, with->rejects));
	csv_open(&im->csv, im->text, im->size);
	if (!csv_next(&im->csv, im->mem, &im->head))
		return op_fail(&im->op, ST_INVALID, _("%s is empty."), im->path);
	TRY(import_plan_read(&im->op, &im->head, &im->plan));
	/* what was read so far lives on; each batch has an arena of its own */
	im->op.mem = arena_new();
	while (more)
		TRY(batch(im, &more));
	return ST_OK;
}

static enum status
run(struct call *call)
{
	struct op *op = &call->op;
	struct import im = { .op = *op, .mem = op->mem, .dry = call->with.dry_run };
	enum status s, closed;

	if (!call->rest[0] || !call->rest[1] || strcmp(call->rest[0], "people") != 0) {
		call->exit_code = EXIT_USAGE;
		return op_fail(op, ST_INVALID, _("usage: tresen-admin import OFFICE people FILE.csv "
		               "[--dry-run] [--encoding NAME] [--rejects FILE]"));
	}
	im.path = call->rest[1];
	s = all(&im, &call->with);
	closed = rejects_close(&im);
	s = s == ST_OK ? closed : s;
	if (im.n.rows)
		sum_tell(&im);
	if (s != ST_OK)
		op->fail.sentence = arena_strdup(op->mem, im.op.fail.sentence);
	else if (im.n.rejected)
		call->exit_code = status_exit(ST_INVALID);
	if (im.op.mem != im.mem)
		arena_free(im.op.mem);
	return s;
}

const struct verb verb_import = {
	.name = "import", .usage = "OFFICE people FILE.csv [--dry-run] [--encoding NAME] "
	                           "[--rejects FILE]",
	.words = 2, .opens = true, .options = "dry-run encoding rejects",
	.help = N_("bring in people from comma separated values; rows that cannot be taken go to "
	           "FILE.rejects.csv"),
	.run = run,
};
