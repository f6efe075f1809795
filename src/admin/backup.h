/*
 * backup.h - layer 5: what backup, restore and salvage share.
 */
#ifndef TRESEN_ADMIN_BACKUP_H
#define TRESEN_ADMIN_BACKUP_H

#include "sealed.h"
#include "store_admin.h"

#define BACKUP_PART ".part"      /* behind the name of one that is being written */

/* What a file that stands still turned out to be. */
struct still {
	struct faults faults;
	int64_t derived;         /* of them: only what can be made anew */
	int64_t last, last_at;   /* event */
};
MUST_CHECK enum status still_look(struct op *op, int fd, const char *name, struct still *out);

/* A new file in folder that has no name; < 0: errno. */
int file_nameless(struct arena *mem, const char *folder);
/* Where path lies; in mem. */
char *folder_of(struct arena *mem, const char *path);
/* All of from to where to stands; name: of what is written. */
MUST_CHECK enum status file_pour(struct op *op, int from, int to, const char *name);
/* *n stays as it is where text is NULL. */
MUST_CHECK enum status count_read(struct op *op, const char *text, int most, int *n);

/* ---- backup_name.c ---- */

/* 20261123T081400Z, to stand in the name of a file. */
char *file_stamp(struct arena *mem, int64_t at);
/* office-20261123T081400Z.db; of a faulty one ...Z.unsound.db; + .sealed. */
char *backup_name(struct arena *mem, const char *office, int64_t at, bool sound, bool sealed);
/* Removes what runs that were killed have left unfinished. */
void backups_tidy(struct op *op, int folder, const char *office);
/* Removes all backups of this office but the newest keep, among the sound ones
 * or among the others. */
MUST_CHECK enum status backups_thin(struct op *op, int folder, const char *office, int keep,
                                    bool sound);

#endif
