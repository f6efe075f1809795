/*
 * command.h - layer 4: the one table of commands.  Screens, one-shot
 * commands, help, the rights matrix, the manual and the load driver all read
 * it; nothing else reaches the services.  JSON in, service call, JSON out.
 */
#ifndef TRESEN_COMMAND_H
#define TRESEN_COMMAND_H

#include <jansson.h>

#include "service.h"
#include "store_catalogue.h"

enum arg_type {
	ARG_ID,                  /* integer, 1 or more */
	ARG_IDS,                 /* one id or an array of them */
	ARG_INT,
	ARG_TEXT,
	ARG_DAY,                 /* YYYY-MM-DD */
	ARG_BIRTH,               /* YYYY[-MM[-DD]] */
	ARG_ENUM,
	ARG_BOOL,
	ARG_JSON,                /* an object, or its text */
};
enum arg_need { OPTIONAL, REQUIRED };

struct arg {
	const char *name;        /* NULL ends the list */
	enum arg_type type;
	enum arg_need need;
	const char *help;        /* English, for _() */
	const char *const *values; /* ARG_ENUM: names, NULL at the end */
};

#define ARG(n, t, w, h) { .name = n, .type = t, .need = w, .help = h }
#define ARG_OF(n, w, h, v) { .name = n, .type = ARG_ENUM, .need = w, .help = h, .values = v }
#define ARG_END { .name = NULL }

enum command_flag {
	CMD_WRITE = 1 << 0,      /* changes something: one transaction, one event */
	CMD_QUIET = 1 << 1,      /* a write that is no event (drafts) */
	CMD_SENSITIVE = 1 << 2,  /* shows people's files, or lists of hits: a look is kept */
	CMD_PREVIEW = 1 << 3,    /* a write that takes preview=true: then it only reads */
	CMD_COPY = 1 << 4,       /* what is shown is taken away: each time is a look */
};

/* A request on its way through a command. */
struct call {
	struct op *op;
	const char *name;        /* of the command: the steps of a workflow share one run */
	const json_t *args;      /* checked against the table */
	json_t *out;             /* the result object, to be filled */
	json_t *told;            /* what goes along with a refusal, or NULL */
	const void *found;       /* what before has found, for run */
};

struct command {
	const char *name;        /* "case.claim" */
	const struct arg *args;
	/* who may is a row in src/rules/rights.c */
	unsigned flags;
	const char *help;        /* English, for _() */
	/* What takes long to look up, before the office waits for the write: in a
	 * view of its own, without the office lock; or NULL. */
	enum status (*before)(struct call *call);
	/* What run begins with, looked at by the next in line while somebody else
	 * still writes: then it is at hand.  What comes of it does not count. */
	enum status (*peek)(struct call *call);
	enum status (*run)(struct call *call);
	/* the object as it is now, for whoever lost a race; or NULL */
	enum status (*current)(struct call *call);
};

extern const struct command *const commands[];   /* NULL at the end */

/* NULL: no such command. */
const struct command *command_find(const char *name);
bool command_may(const struct command *c, const struct staff *by);
/* A write that was asked only what it would do. */
bool command_previews(const struct command *c, const json_t *args);
/* Checks names, types and need of the arguments; sentence and field in op. */
MUST_CHECK enum status command_check(struct op *op, const struct command *c, const json_t *args);
/* The names of those that this clerk may use, for session.hello; the caller's. */
json_t *command_names(const struct staff *by);
/* The table for session.commands; the caller's. */
json_t *command_list(const struct staff *by);
/* A staff object, as staff.me and session.hello say it. */
json_t *shape_staff(const struct staff *s);

/* ---- arguments of a checked call; 0, NULL or DAY_NONE when absent ---- */

int64_t arg_id(const struct call *call, const char *name);
/* What does not fit an int is the largest or smallest one. */
int arg_int(const struct call *call, const char *name, int otherwise);
/* The same in *n; NULL when absent. */
const int *arg_int_if(const struct call *call, const char *name, int *n);
const char *arg_text(const struct call *call, const char *name);
/* Of ARG_IDS, each once, in the order of their first place; returns how many. */
size_t arg_ids(const struct call *call, const char *name, const int64_t **ids);
/* A code that narrows a list; NULL: absent.  ST_NOT_FOUND: the catalogue never had
 * such a one, so that nobody takes an empty list for an answer. */
MUST_CHECK enum status arg_code(struct call *call, const char *name, enum code_kind kind,
                                const char **code);
int arg_day(const struct call *call, const char *name);
bool arg_bool(const struct call *call, const char *name);
/* An object; NULL when absent.  The caller's. */
json_t *arg_json(const struct call *call, const char *name);

#endif
