/*
 * admin.h - layer 5: what the verbs of tresen-admin share.  A verb is one file
 * with one entry of the table in main.c.
 */
#ifndef TRESEN_ADMIN_H
#define TRESEN_ADMIN_H

#include <sys/types.h>

#include "base.h"
#include "store.h"

/* Options of all verbs; each verb says which ones it takes. */
struct options {
	bool training;
	const char *demo;        /* S, M, L */
	const char *seed, *uid, *name, *role, *unit, *site, *counter;
	const char *on;          /* last day of somebody who leaves */
	bool all, reuse;         /* of staff: who has left, too; their login goes to another */
	bool dry_run;
	bool man;                /* as a page of the manual */
	const char *encoding, *rejects; /* of a file that is read; where its bad rows go */
	const char *answers, *today, *stage; /* of form-try */
	const char *to, *keep;   /* of backup: the public key; how many stay */
	const char *size;        /* of a ballast, in MB */
	const char *key;         /* of restore: the secret one; else that of closed units */
	bool paper, rotate, join; /* of key */
	const char *split;       /* of key: in how many parts */
	const char *into, *witness, *witness_command; /* of seal: where checkpoints go */
	const char *checkpoint, *public_key; /* of verify */
	bool follow;             /* of seal and log: goes on */
	const char *data;        /* folder with catalogue/, demo/; forms/ beside it */
};

/* One call of a verb.  op.db is open where the verb asked for it. */
struct call {
	struct op op;
	const char *path;        /* the office file, or the first form */
	const char *const *rest; /* further words, NULL at the end */
	struct options with;
	int exit_code;           /* 0: that of the status */
	size_t counted;          /* what a transaction has to tell */
};

struct verb {
	const char *name, *usage, *help;
	const char *options;     /* names of those it takes, blank between */
	int words;               /* most further words after OFFICE */
	bool opens;              /* the office file exists and is opened first */
	bool bare;               /* needs no office file */
	enum status (*run)(struct call *call);
};

#define EXIT_CANNOT_MAKE 73

extern const struct verb verb_rights, verb_init, verb_check, verb_verify, verb_migrate, verb_staff,
    verb_catalogue, verb_import, verb_duplicates, verb_form_check, verb_form_try, verb_form_diff,
    verb_form, verb_backup, verb_backup_key, verb_restore, verb_ballast,
    verb_salvage, verb_retention, verb_key, verb_seal, verb_seal_key, verb_log;

/* The folder of data files: beside the program's build folder or installed.
 * In mem. */
const char *data_folder(struct arena *mem, const char *given);

/* To standard error, a line each. */
void print_lines(const char *const *lines, size_t n);

/* Runs change in one write transaction; its event has this command. */
MUST_CHECK enum status in_transaction(struct op *op, const char *command,
                                      enum status (*change)(struct op *op, void *data),
                                      void *data);

/* After a migration: events from before the chain are chained, in an event. */
MUST_CHECK enum status chain_bring(struct op *op);

/* The unix user who runs this program, for the record. */
const char *admin_name(struct arena *mem);

/* ---- check.c ---- */

struct faults;
/*
 * Everything that check looks at.  *derived counts the faults that migrate
 * mends; tell: a line to standard output for each look.
 */
MUST_CHECK enum status office_look(struct op *op, struct faults *f, int64_t *derived, bool tell);

/* ---- key.c ---- */

/* Puts a new key on top of a key file, or makes the file, and has the office
 * seal with it from now on. */
MUST_CHECK enum status key_add(struct op *op, const char *path, const char **why);
/* Opens what is sealed, if the key is there: --key, else beside the office. */
MUST_CHECK enum status key_use(struct call *call);

/* ---- sealkey.c ---- */

/* A file with this text, which is not there yet. */
MUST_CHECK enum status file_new(struct op *op, const char *path, mode_t mode, const char *text);

/* ---- ballast.c ---- */

/* Keeps the usual room beside the office, unless it has some. */
MUST_CHECK enum status ballast_new(struct op *op, const char *office);

/* ---- catalogue.c, checklists.c, codelists.c, concerns.c, fees.c, ... ---- */

/* Loads folder/catalogue and folder/../forms in one transaction. */
MUST_CHECK enum status catalogue_load(struct op *op, const char *folder);
/* After a migration: figures that an older tresen did not ask for, from folder; what
 * the office has set stays.  Where they cannot be read it is told. */
MUST_CHECK enum status catalogue_bring(struct op *op, const char *folder);
/* Says so if another tresen has loaded what is in the office at path. */
MUST_CHECK enum status catalogue_tell_older(struct op *op, const char *path);
struct conf;
struct config_setting_t;
/* What every entry has: code, de, en; its place in the file is its position. */
struct named;
MUST_CHECK enum status named_read(struct conf *c, const struct config_setting_t *entry,
                                  const char *code, struct named *n);
/* Countries and languages, which of them are frequent, which are close. */
MUST_CHECK enum status countries_read(struct conf *c);
MUST_CHECK enum status languages_read(struct conf *c);
/* What people say and what is done then; the fees. */
MUST_CHECK enum status concerns_read(struct conf *c);
MUST_CHECK enum status fees_read(struct conf *c);
/* Fails at this place unless there is a service of this code. */
MUST_CHECK enum status service_points_to(struct conf *c, const struct config_setting_t *at,
                                         const char *code);
/* The part of it that is lists of papers, includes resolved. */
MUST_CHECK enum status checklists_read(struct conf *c);
/* By what right something entrusted is told, and what people consent to. */
MUST_CHECK enum status bases_read(struct conf *c);
/* The part of it that is tasks of the units. */
MUST_CHECK enum status tasks_read(struct conf *c);
/* A sound form becomes a version of the office. */
struct form_file;
MUST_CHECK enum status form_publish(struct op *op, const struct form_file *file);
/* After a migration: forms in use become versions of the office, and those that
 * came with this program are published, as far as they fit. */
MUST_CHECK enum status forms_bring(struct op *op, const char *folder);
/* One code list, by the path of its file. */
MUST_CHECK enum status code_list_load(struct op *op, const char *path);
/* Which results of a service (an entry of it) need a second person; and, once
 * the forms are there, whether those have the amounts that are named. */
MUST_CHECK enum status approvals_read(struct conf *c, const struct config_setting_t *entry,
                                      const char *code, const char *valid_from);
MUST_CHECK enum status approvals_check(struct op *op);
/* Its code lists, folder/catalogue/lists. */
MUST_CHECK enum status code_lists_load(struct op *op, const char *folder);
/* texts/LANGUAGE.conf of a data folder: the languages there are from now on. */
MUST_CHECK enum status texts_load(struct op *op, const char *folder);
/* The part of it that is kinds of expiry. */
MUST_CHECK enum status radar_read(struct conf *c);
/* The part of it that says how long cases are kept. */
MUST_CHECK enum status retention_read(struct conf *c);
/* Has the office none of the terms that no case has?  It gets those that it lacks. */
MUST_CHECK enum status retention_lacks(struct op *op, bool *lacks);
MUST_CHECK enum status retention_bring(struct conf *c);
MUST_CHECK enum status purposes_read(struct conf *c);
MUST_CHECK enum status watch_read(struct conf *c);

/* ---- staff.c ---- */

/* Adds the demo staff of folder/catalogue/demo_staff.conf. */
MUST_CHECK enum status demo_staff_load(struct op *op, const char *folder);

/* ---- demo.c ---- */

#define DEMO_DAYS (5 * 365)      /* of invented past */

/* size: S, M or L. */
MUST_CHECK enum status demo_generate(struct op *op, const char *folder, char size,
                                     uint64_t seed);

#endif
