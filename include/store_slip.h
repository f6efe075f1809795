/*
 * store_slip.h - layer 2: texts of what people take home, a language at a
 * time, as loaded from data/texts.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_SLIP_H
#define TRESEN_STORE_SLIP_H

#include "store.h"

struct slip_language {
	const char *code, *name; /* name: as its speakers write it */
	bool rtl;
	bool checked;            /* by a native speaker */
};
struct slip_text {
	const char *key, *text;
};

/* German, English, then by code. */
MUST_CHECK enum status store_slip_languages(struct op *op, struct slip_language **list,
                                            size_t *n);
MUST_CHECK enum status store_slip_texts(struct op *op, const char *language,
                                        struct slip_text **list, size_t *n);
/* The name that stands for a German one; *text NULL: none. */
MUST_CHECK enum status store_slip_name(struct op *op, const char *language, const char *de,
                                       const char **text);

/* ---- loading: tresen-admin ---- */

/* Forgets all languages, before they are put. */
MUST_CHECK enum status store_slip_clear(struct op *op);
/* *fresh false: it is there already. */
MUST_CHECK enum status store_slip_language_put(struct op *op, const struct slip_language *l,
                                               bool *fresh);
MUST_CHECK enum status store_slip_text_put(struct op *op, const char *language, const char *key,
                                           const char *text);
MUST_CHECK enum status store_slip_name_put(struct op *op, const char *language, const char *de,
                                           const char *text, bool *fresh);

/* German names of papers that have no words in a language. */
MUST_CHECK enum status store_slip_unworded(struct op *op, const char *language,
                                           const char ***papers, size_t *n);

#endif
