/*
 * form_read.h - layer 1: from the text of a form or a code list to what it
 * says, or to all that is wrong with it.  Part of form.h by noun.
 */
#ifndef TRESEN_FORM_READ_H
#define TRESEN_FORM_READ_H

#include "form.h"

struct form_errors {
	const char **text;       /* "residence_extend.form:12: sentence", by line */
	size_t count;
	const char **notes;      /* the same, of what is no error: old translations */
	size_t note_count;
};

/* How a form asks for a code list by name; NULL: nobody knows it. */
struct form_lists {
	const struct form_list *(*find)(void *self, const char *name);
	void *self;
};

/*
 * Reads and checks a form.  name stands in the errors.  Everything returned
 * lives in a.  NULL if anything at all is wrong; errors then has at least one
 * entry, several at once where they can be found.
 *
 * form_parse_with is for a form that somebody wrote: it knows the code lists
 * (NULL: none but those in the form) and tries out whether each field can ever
 * be seen.  form_open is for one that was taken before: it opens at once, and
 * choices from lists that it does not find have no entries and take any code.
 * form_parse is the same without lists.
 */
struct form *form_parse(struct arena *a, const char *name, const char *source,
                        struct form_errors *errors);
struct form *form_open(struct arena *a, const char *name, const char *source,
                       const struct form_lists *lists, struct form_errors *errors);
struct form *form_parse_with(struct arena *a, const char *name, const char *source,
                             const struct form_lists *lists, struct form_errors *errors);
/* Reads a code list; borrows nothing, NULL if anything is wrong. */
struct form_list *form_list_parse(struct arena *a, const char *name, const char *source,
                                  struct form_errors *errors);

#endif
