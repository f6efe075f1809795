/*
 * case.h - private to src/screen: what case.c, case_lines.c and case_acts.c
 * share.
 */
#ifndef TRESEN_SCREEN_CASE_H
#define TRESEN_SCREEN_CASE_H

#include "casework.h"

struct case_view;                /* what the last frame showed */

struct case_screen {
	const json_t *file;      /* case.show; of the last load */
	const struct form *form; /* NULL: none */
	bool form_asked;
	const char *nationality;
	int64_t version;
	int64_t line;            /* id of the line under the cursor */
	struct case_view *view;

	/* What was answered so far of a question in several steps. */
	const char *until, *result, *to;
	unsigned (*then)(struct screen *s); /* the act, once it is said that drafts wait */
};

/* ---- what is in the file, as lines of a terminal's width ---- */

enum case_part { PART_OFFER, PART_PAPERS, PART_ANSWERS, PART_NOTES, PART_HISTORY,
	PART_BLOCKS };

struct case_piece {
	enum style style;
	const char *text;
};

#define PIECES_MOST 24

struct case_line {
	int64_t id;              /* the cursor follows it over reloads */
	enum case_part part;
	const char *label;       /* of the part, on its first line */
	const char *field;       /* answers: the first one in the line */
	struct case_piece pieces[PIECES_MOST];
	size_t n;
};

/* Lines of at most width columns beside their labels, with_blocks also what
 * bars the next step; in a. */
size_t case_lines(struct arena *a, const struct case_screen *st, int width, bool with_blocks,
                  struct case_line **lines);

void case_head(const struct screen *s, struct head *h);

/* ---- what of it is seen ---- */

struct case_view *case_view_new(struct arena *a);
void case_draw(const struct screen *s, struct area body);
/* The line under the cursor; NULL: none. */
const struct case_line *case_line_here(const struct screen *s);
/* So many lines down, or up. */
unsigned case_move(struct screen *s, int64_t by);
/* Lines that are seen at once. */
int64_t case_page(const struct screen *s);

/* ---- acting ---- */

/* Acts of the file: on is the screen. */
unsigned case_claim(void *on);
unsigned case_release(void *on);
unsigned case_take(void *on);
unsigned case_wait(void *on);
unsigned case_resume(void *on);
unsigned case_decide(void *on);
unsigned case_approve(void *on);
unsigned case_return(void *on);
unsigned case_take_back(void *on);
unsigned case_hand_out(void *on);
unsigned case_close(void *on);
unsigned case_reopen(void *on);
unsigned case_assign(void *on);
unsigned case_hand_over(void *on);
unsigned case_accept(void *on);
unsigned case_send_back(void *on);
unsigned case_withdraw(void *on);
unsigned case_missing(void *on);
unsigned case_slip(void *on);
/* What is told out of the case ("disclose"), or may be ("consents", of the person). */
unsigned case_tell(struct screen *s, const char *screen);

#endif
