/*
 * store_form.h - layer 2: forms by version, what became of each, and code lists
 * of their fields.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_FORM_H
#define TRESEN_STORE_FORM_H

#include "store.h"

struct form_edition {
	const char *key;
	int version;
	bool withdrawn;
	int valid_from, valid_until; /* days; DAY_NONE: open */
	int64_t published_at, withdrawn_at; /* 0: not withdrawn */
	const char *published_by, *withdrawn_by; /* unix users */
};

/* version 0: the newest that is published and valid today.  *source NULL: none. */
MUST_CHECK enum status store_form_find(struct op *op, const char *key, int version,
                                       int *found_version, const char **source);
/* By key, the newest first; key NULL: all. */
MUST_CHECK enum status store_form_editions(struct op *op, const char *key,
                                           struct form_edition **list, size_t *n);
/*
 * Publishes a version.  What is there with the same text stays as it is,
 * withdrawn or not; with another text: ST_CONFLICT.
 */
MUST_CHECK enum status store_form_publish(struct op *op, const struct form_edition *e,
                                          const char *source);
/* Forms that were loaded before there were editions. */
MUST_CHECK enum status store_form_unpublished(struct op *op, struct form_edition **list,
                                              size_t *n);
/* New cases get it no more. */
MUST_CHECK enum status store_form_withdraw(struct op *op, const char *key, int version,
                                           const char *by);

/* ---- cases and their answers ---- */

struct form_use {
	int version;
	const char *field;       /* NULL: the cases of this version */
	int64_t count;
};
/* How many cases have a version, and how many of them answer a field; by
 * version, then by field.  key: of the form. */
MUST_CHECK enum status store_form_usage(struct op *op, const char *key, struct form_use **list,
                                        size_t *n);
/* Undecided cases with a version before this one, by id; after: the last one
 * seen, 0: from the start.  Without the key those of closed units are left out. */
struct form_case {
	int64_t id;
	int version;
};
MUST_CHECK enum status store_form_cases(struct op *op, const char *key, int before, int64_t after,
                                        int limit, struct form_case **list, size_t *n);
/* The case has another version from now on. */
MUST_CHECK enum status store_case_move_form(struct op *op, int64_t case_id, int from, int to);
/* The version from which a case came to this one; 0: it began with it. */
MUST_CHECK enum status store_case_came_from(struct op *op, int64_t case_id, int version,
                                            int *from);

/* Why somebody went on although a rule warned. */
struct case_warning {
	const char *path;        /* "children[2].born"; "": the form as a whole */
	const char *rule;        /* its German words; "": a choice that is no longer offered */
	const char *reason;
};
MUST_CHECK enum status store_warning_list(struct op *op, int64_t case_id,
                                          struct case_warning **list, size_t *n);
/* Adds it or changes its reason; by and when come from the op. */
MUST_CHECK enum status store_warning_put(struct op *op, int64_t case_id,
                                         const struct case_warning *w);

/* ---- code lists ---- */

/* The newest version of a code list; *source NULL: there is none. */
MUST_CHECK enum status store_list_find(struct op *op, const char *name, int *version,
                                       const char **source);
/* The same rule as for forms: a version stays what it is. */
MUST_CHECK enum status store_list_put(struct op *op, const char *name, int version,
                                      const char *source);

#endif
