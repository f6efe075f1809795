/*
 * store_copy.h - layer 2: the office file as a whole: a copy of one moment,
 * looking at a file that stands still, being alone with one.  For tresen-admin;
 * part of store.h by noun.
 */
#ifndef TRESEN_STORE_COPY_H
#define TRESEN_STORE_COPY_H

#include "store_admin.h"

/*
 * Writes the office as it is at one moment into the empty file fd, while
 * others go on reading and writing: takes no lock that anybody waits for.
 * What they write meanwhile stays in the log.
 */
MUST_CHECK enum status store_copy(struct op *op, int fd);

/*
 * Opens a file that nobody writes to, such as a copy, for reading.  Needs no
 * name: it may be gone from its folder.  name: what the sentence calls it.
 */
MUST_CHECK enum status db_open_still(struct arena *mem, int fd, const char *name, struct db **db,
                                     const char **why);

/*
 * Takes all of the log into the file: nothing that was deleted stands in it
 * any more, and the file is whole without it.  ST_BUSY while somebody reads.
 */
MUST_CHECK enum status db_fold_log(struct op *op);

/*
 * Takes into the file what a long piece of work has just written, so that the log
 * stays short: who saves waits for a little of it, often, and never for all.
 */
MUST_CHECK enum status db_fold_some(struct op *op);

/* The last event: its number and when it was; 0, 0 in an empty office. */
MUST_CHECK enum status store_event_last(struct op *op, int64_t *seq, int64_t *at);

/*
 * Keeps everybody else out of the file at path until *fd is closed, whatever
 * program they have.  False: somebody has it open (*pid, 0 if unknown), or it
 * cannot be opened (errno, *pid -1).  The caller may not have it open itself.
 */
MUST_CHECK bool office_alone(const char *path, int *fd, int *pid);

/* Do two engine users share the file at path, by their group and its mode? */
bool office_is_shared(const char *path);

/* What could be got out of a damaged file. */
struct salvaged {
	bool whole;              /* every event was there: nothing is lost */
	int64_t events, lost_events; /* read; known to be missing between those */
	int64_t unsound, misfits; /* whose changes cannot be read; changes that do not fit */
	int64_t rows_taken;      /* from the file, where events do not say so */
	struct faults losses;    /* what cannot be read, by table */
};
/*
 * Fills the new, empty office of op from the damaged file at path, which may
 * have its log beside it and is only read.  ST_STORE: not even its tables can
 * be found.
 */
MUST_CHECK enum status store_salvage(struct op *op, const char *path, struct salvaged *out);

#endif
