/*
 * counter.h - layer 3: what the files of the counter's screen share.
 * counter.c loads, counter_keys.c acts, counter_ready.c hands out, counter_show.c
 * draws.
 */
#ifndef TRESEN_SCREEN_COUNTER_H
#define TRESEN_SCREEN_COUNTER_H

#include "screen.h"

enum counter_view { VIEW_WAITING, VIEW_READY, VIEW_ASIDE, N_VIEWS };

struct counter {
	enum counter_view view;
	struct table tables[N_VIEWS];
	const json_t *room;      /* result of visit.list */
	const json_t *office;    /* counts of case.list, NULL: not to be had */
	const json_t *ready;     /* cases to be handed out */
	const json_t *here;      /* whom I have called or serve, or NULL */

	/* What the register says of that person, asked once a visit. */
	struct arena *known;
	int64_t known_visit, known_person;
	const char *case_number, *missing, *to_hand_out;

	json_t *asked;           /* visit or case a question was opened for, as it was */
};

extern const struct column counter_waiting_columns[], counter_ready_columns[],
    counter_aside_columns[];
extern const size_t n_counter_waiting, n_counter_ready, n_counter_aside;

void counter_head(const struct screen *s, struct head *h);
void counter_draw(const struct screen *s, struct area body);

/* Why a key does not act: on the person here, or on the row under the cursor. */
const char *counter_why_here(const void *on);
const char *counter_why_ready(const void *on);
const char *counter_why_aside(const void *on);
const char *counter_why_waiting(const void *on);

extern const struct binding counter_bindings[];

/* The visit or case under the cursor, or NULL. */
const json_t *counter_row(const struct counter *c);
/* Is the person here called, or at the counter already? */
bool counter_has_called(const struct counter *c);
bool counter_is_serving(const struct counter *c);

/* A question is opened about a visit or case, as it is now. */
void counter_ask_about(struct counter *c, const json_t *what);
/* Hands out the case under the cursor. */
unsigned counter_hand_out(void *on);

#endif
