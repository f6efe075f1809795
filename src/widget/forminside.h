/*
 * forminside.h - layer 2: what the files of the form view share: formview.c
 * (where the cursor goes), formtype.c (typing and choosing), formrows.c (rows
 * of repeats), formfill.c (answers and drafts), formcheck.c (what is wrong),
 * formkeys.c (keys), formdraw.c, formbox.c, formrowsdraw.c and formfoot.c
 * (paint).
 */
#ifndef TRESEN_WIDGET_FORMINSIDE_H
#define TRESEN_WIDGET_FORMINSIDE_H

#include "formview.h"

/* ---- fields ---- */

/* Those of a row, of the form itself. */
const struct form_field *fv_fields(const struct form_view *v, const struct form_view_row *row,
                                   size_t *n);
/* Under the cursor. */
struct form_view_slot *fv_slot(const struct form_view *v);
/* What the answers make of a field; NULL if there are too many rows for it. */
const struct form_cell *fv_cell(const struct form_view *v, const struct form_view_row *row,
                                size_t i);
const struct form_row *fv_state_row(const struct form_view *v, const struct form_view_row *row);
bool fv_seen(const struct form_view *v, const struct form_view_row *row, size_t i);
/* Chosen from a list, typed, or neither (rows, computed). */
bool fv_is_chosen(const struct form_field *field);
bool fv_is_typed(const struct form_field *field);
/* The unit that alone answers it, if that is another than the one here; NULL. */
const char *fv_other_owner(const struct form_view *v, const struct form_field *field);
/* Only shown here: computed, of another unit, or nothing is answered at all. */
bool fv_is_closed(const struct form_view *v, const struct form_field *field);
/* "rent", "children[2].born"; in a. */
const char *fv_path(struct arena *a, const struct form_view_row *row, const struct form_field *f);
/* Number of a row in its repeat, from 0. */
size_t fv_number(const struct form_view_row *row);
/* Of the field not in a row that holds this row; the field itself at the top. */
size_t fv_top_place(const struct form_view_place *p);

/* ---- answers ---- */

/* The answer in a row, "" if there is none. */
const char *fv_canonical(const struct form_view_row *row, const struct form_field *field);
/* A new one; what follows from it follows at once. */
void fv_set(struct form_view *v, struct form_view_row *row, size_t i, const char *canonical);
void fv_evaluate(struct form_view *v);
/* How the answer stands in its field: typed again it is the same. */
const char *fv_written(const struct form_view *v, const struct form_view_row *row, size_t i);
/* What stands in a field now, readable or not. */
const char *fv_typed(const struct form_view *v, const struct form_view_row *row, size_t i);
/* Reads that as the answer; NULL, or why it is none, in a. */
const char *fv_read(struct form_view *v, struct form_view_row *row, size_t i, struct arena *a);
/* Text (or the key of a choice) as if typed into any field. */
void fv_put(struct form_view *v, struct form_view_row *row, size_t i, const char *text);

/* ---- rows ---- */

/* A row over its answers, and those in it; empty objects are grown. */
struct form_view_row *fv_row_new(struct form_view *v, const struct form_field *repeat,
                                 struct form_view_row *outer, json_t *answers);
bool fv_may_add(const struct form_view *v, const struct form_view_row *row, size_t i);
/* Opens the row under the cursor, or the number-th; false if there is none. */
bool fv_open(struct form_view *v, size_t number);
/* From inside a row to its line in the table, or to the line that adds. */
void fv_close(struct form_view *v, bool to_end);

/* ---- the cursor ---- */

/* How many places it has in a field: 0 if that is not seen. */
size_t fv_stops(const struct form_view *v, const struct form_view_row *row, size_t i);
/* It leaves its field: read for good; comes to a place. */
void fv_depart(struct form_view *v);
/* Why the screen does not take what the form took; NULL: it does. */
const char *fv_judge(const struct form_view *v, const struct form_view_row *row, size_t i);
void fv_arrive(struct form_view *v, struct form_view_place place);
/* The first (1) or last (-1) place in a row. */
bool fv_end_of(const struct form_view *v, struct form_view_row *row, int step,
               struct form_view_place *place);
/* The place of a path, if it is seen. */
bool fv_find(const struct form_view *v, const char *path, struct form_view_place *place);

/* ---- choosing ---- */

size_t fv_option_count(const struct form_field *field);
const char *fv_option_label(const struct form_field *field, size_t i);
/* May it be chosen now? */
bool fv_option_is_open(const struct form_view *v, size_t i);
/* Are letters, as text_search_form has them, anywhere in its label? */
bool fv_leads_inside(struct arena *a, const struct form_field *field, size_t i,
                     const char *letters);
/* Does a word of its label begin with them? */
bool fv_leads_to(struct arena *a, const struct form_field *field, size_t i,
                 const char *letters);
unsigned fv_choose(struct form_view *v, const char *canonical);
unsigned fv_choose_by(struct form_view *v, int step);
unsigned fv_undo(struct form_view *v);

/* ---- what is wrong ---- */

/* The finding at a field, at or behind index from; NULL: none. */
const struct form_finding *fv_finding(const struct form_view *v, const struct form_view_row *row,
                                      size_t i, size_t *from);
/* Is it to be told now, where the cursor is and before anybody asked? */
bool fv_is_told(const struct form_view *v, const struct form_view_row *row, size_t i,
                const struct form_finding *f);
/* To the next field that is needed now and empty, or wrong; false: none. */
bool fv_next_gap(struct form_view *v);
/* Is anything inside a row wrong? */
bool fv_row_is_wrong(const struct form_view *v, const struct form_view_row *row);

/* ---- painting ---- */

#define FV_LABEL_COL 3
#define FV_LABEL_WIDTH 29
#define FV_VALUE_COL (FV_LABEL_COL + FV_LABEL_WIDTH + 1)

/* One pass over the page measures, another paints: row 0 is the first line. */
struct canvas {
	struct area area;
	int top;                 /* row of the page shown first */
	int row;                 /* where the next thing goes */
	int col, cols;           /* of the column of fields being painted */
	bool paint, focused;
	int from, to;            /* rows of the place under the cursor */
};

bool canvas_shows(const struct canvas *c, int row);
int canvas_row(const struct canvas *c, int row);

/* One field with its label; how wide it would like to be. */
void fv_draw_field(const struct form_view *v, struct canvas *c, const struct form_view_row *row,
                   size_t i);
int fv_field_width(const struct form_view *v, const struct form_view_row *row, size_t i);
/* What is wrong with a field or said about it, below it. */
void fv_draw_findings(const struct form_view *v, struct canvas *c,
                      const struct form_view_row *row, size_t i);
/* A repeat as a table. */
void fv_draw_rows(const struct form_view *v, struct canvas *c, struct form_view_row *row,
                  size_t i);
/* The value as people read it, without being edited. */
const char *fv_shown(const struct form_view *v, const struct form_view_row *row, size_t i);
const char *fv_needed_later(const struct form_view *v, const struct form_view_row *row, size_t i);
/* The question to ask, above the page; choices and help, below it. */
void fv_draw_ask(const struct form_view *v, struct area area);
void fv_draw_foot(const struct form_view *v, struct area area);

#endif
