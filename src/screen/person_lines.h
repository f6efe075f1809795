/*
 * person_lines.h - private to src/screen: a person's record as rows of a table
 * and as lines of facts.  Used by person.c; draws nothing, asks nothing.
 */
#ifndef TRESEN_SCREEN_PERSON_LINES_H
#define TRESEN_SCREEN_PERSON_LINES_H

#include "screen.h"

#include "rules_person.h"

/* Columns of the views of a person. */
extern const struct column past_columns[], record_columns[], change_columns[];
extern const size_t past_columns_n, record_columns_n, change_columns_n;

/* Cases and visits; of a row that is a case, its id, else 0. */
void list_past(struct screen *s, struct table *t, const json_t *person);
int64_t past_case(const struct table *t);
/* Rows of all parts; of the row under the cursor its part and number (0: the
 * main name).  False where there is none. */
void list_record(struct screen *s, struct table *t, const json_t *person);
bool record_row(const struct table *t, enum part *part, int64_t *row);
/* Who changed what, newest first. */
void list_changes(struct screen *s, struct table *t, const json_t *history);

/* The key of a part's rows in a person object: "documents". */
const char *rows_key(enum part part);

/* The name, and what must not be overlooked of the record: "HADDAD, Rania · BLOCKED". */
const char *person_title(struct arena *a, const json_t *person);

/* A line above the lists: label and value; value "" is not shown. */
struct fact {
	const char *label;       /* N_() */
	const char *(*say)(struct arena *a, const json_t *person);
	enum style style;
};
extern const struct fact person_facts[];
extern const size_t person_facts_n;

#endif
