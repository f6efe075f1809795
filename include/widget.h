/*
 * widget.h - layer 2: the terminal, and what a screen is made of.  Knows
 * nothing of the office.  Every text passes through text_visible here, so
 * nothing below 0x20 that a person typed can reach a terminal.
 */
#ifndef TRESEN_WIDGET_H
#define TRESEN_WIDGET_H

#include "keys.h"

#define TERM_MIN_ROWS 24
#define TERM_MIN_COLS 80

/* ---- terminal ---- */

enum theme { THEME_COLOR, THEME_MONO, THEME_CONTRAST };

struct term_options {
	enum theme theme;        /* NO_COLOR and colourless terminals win: mono */
	bool ascii;              /* also without a UTF-8 locale, or TRESEN_ASCII=1 */
};

/* Takes the terminal; fatal with EXIT_CONFIG if it cannot be used. */
void term_open(const struct term_options *options);
/* Gives it back.  May be called at any moment, also twice. */
void term_close(void);
/* The one resize path: asks the terminal for its size. */
void term_resize(void);
/* The next frame is sent whole. */
void term_repaint(void);
bool theme_by_name(const char *name, enum theme *theme);

int term_rows(void);
int term_cols(void);
/* Is there room for a screen (80x24)? */
bool term_fits(void);
bool term_ascii(void);

/* A frame: begin, draw, end.  end sends the difference and, for tests, the
 * idle marker: the counters of keys and reloads, the screen that was drawn. */
void frame_begin(void);
void frame_end(long reloads, const char *screen);
/* Memory for the text of this frame, gone with the next. */
struct arena *frame_mem(void);

/* ---- drawing ---- */

enum style {
	STYLE_PLAIN,
	STYLE_STRONG,            /* titles, keys, the selected row's name */
	STYLE_QUIET,             /* what one may overlook */
	STYLE_ALERT,             /* late, failed: always with a word as well */
	STYLE_GOOD,
	STYLE_HEADING,           /* underlined: column headings */
	STYLE_FIELD,             /* where one types */
};

struct area {
	int row, col, rows, cols;
};

/* At most width columns of text, the rest as it is; returns columns used. */
int draw_text(int row, int col, int width, enum style style, const char *text);
int draw_format(int row, int col, int width, enum style style, const char *format, ...)
    PRINTF(5, 6);
/* The same, ending at col + width. */
void draw_right(int row, int col, int width, enum style style, const char *text);
/* Columns that text takes as this terminal shows it. */
int shown_width(const char *text);
/* Its lines of at most columns, as shown; returns how many. */
size_t shown_lines(const char *text, int columns, char ***lines);
/* Lines of text from the top of area; returns rows used. */
int draw_wrapped(struct area area, enum style style, const char *text);
/* Signs at the right end of area: there is more above, or below, than it shows. */
void draw_more(struct area area, bool above, bool below);
/* A line across the terminal, under the blanks of an empty row. */
void draw_rule(int row);
/* Where the hardware cursor stands when the frame is done. */
void draw_cursor(int row, int col);
/* Paints a stretch in a style, whatever stands there. */
void draw_style(int row, int col, int width, enum style style);
/* One sentence on the message line at once, between two frames. */
void draw_notice(const char *text);
/* The bottom line, from the tables; "? Help" always fits. */
void draw_key_bar(int row, const struct keymaps *maps);

/* ---- table ---- */

enum align { LEFT, RIGHT };

struct column {
	const char *title;       /* N_() */
	int width;               /* 0: shares what is left */
	enum align align;
	int from_cols;           /* only on terminals at least so wide */
};

struct row {
	int64_t id;              /* the cursor and the marks follow it */
	enum style style;
	const char *const *cells;
};

struct table_view;               /* what the last frame showed */

struct table {
	const struct column *columns;
	size_t n_columns;
	const char *empty;       /* N_(): what it means that there is nothing */
	unsigned (*more)(void *on);      /* fetches further rows, or NULL */
	void *on;                /* what more gets */
	bool has_more;

	struct row *rows;
	size_t n_rows, room, cursor;
	int64_t at_id;           /* row under the cursor, over reloads */
	int64_t *marks;
	size_t n_marks, marks_room;
	struct arena *mem;       /* marks and view: the screen's */
	struct arena *page;      /* rows: of one load */
	struct table_view *view;
};

/* mem must live as long as the table. */
void table_init(struct table *t, struct arena *mem, const struct column *columns, size_t n,
                const char *empty);
/* Forget the rows; new ones go into page. */
void table_begin(struct table *t, struct arena *page);
/* cells: one text a column, NULL for nothing; copied with their texts. */
void table_add(struct table *t, int64_t id, enum style style, const char *const *cells);
/* Cursor back on its row, marks of vanished rows gone. */
void table_end(struct table *t);
/* Id under the cursor; 0 when there are no rows. */
int64_t table_at(const struct table *t);
void table_go(struct table *t, int64_t id);
/* Other rows are to come: the cursor begins at their first. */
void table_restart(struct table *t);
/* The marked ids, or the one under the cursor. */
size_t table_marked(const struct table *t, const int64_t **ids);
void table_unmark(struct table *t);
bool table_is_marked(const struct table *t, int64_t id);
enum table_focus {
	TABLE_ASIDE,             /* no row stands out */
	TABLE_MARKED,            /* the row stands out, the cursor is elsewhere */
	TABLE_HERE,              /* the cursor stands on the row */
};
void table_draw(const struct table *t, struct area area, enum table_focus focus);
/* Moves; on is a struct table. */
extern const struct binding table_bindings[];
/* Marks for doing something to several; on is a struct table. */
extern const struct binding table_mark_bindings[];

/* ---- one line of text ---- */

/* Why a key that types changed nothing. */
enum edit_refusal { EDIT_TAKEN, EDIT_FULL, EDIT_NO_TEXT };

struct edit {
	char *text;              /* never NULL after edit_init */
	size_t length, room;
	size_t at;               /* cursor, in bytes, between clusters */
	size_t limit;            /* characters at most, as the engine counts */
	struct edit_past *past;  /* for undo, newest first */
	bool in_word;            /* the last key continued a word */
	bool lines;              /* several lines: a paste keeps its breaks */
	enum edit_refusal refused; /* of the last key that types */
	struct arena *mem;
};

void edit_init(struct edit *e, struct arena *mem, const char *text, size_t limit);
/* Replaces the text, cursor at its end; can be undone. */
void edit_set(struct edit *e, const char *text);
/* Types what the event types; PASS if it types nothing. */
unsigned edit_type(struct edit *e, const struct event *event);
/* width columns from col; with the cursor when focused. */
void edit_draw(const struct edit *e, int row, int col, int width, bool focused);
/* All of its lines in area, with the cursor. */
void edit_draw_lines(const struct edit *e, struct area area);
/* To the next (1) or the last (-1) of its lines of at most width columns. */
unsigned edit_go_line(struct edit *e, int width, int step);
/* Where the cursor is among its wrapped lines. */
void edit_find_cursor(const struct edit *e, char **lines, size_t n, size_t *line, int *col);
/* Moves and deletes; on is a struct edit. */
extern const struct binding edit_bindings[];

/* A small picture: one sign a value, highest is full; 0 is blank.  "#" steps in ASCII. */
const char *chart_bars(struct arena *a, const int64_t *values, size_t n);

#endif
