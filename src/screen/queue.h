/*
 * queue.h - private to src/screen: what queue.c and queue_narrow.c share.
 */
#ifndef TRESEN_SCREEN_QUEUE_H
#define TRESEN_SCREEN_QUEUE_H

#include "screen.h"

struct queue_view;

struct queue {
	struct table table;
	struct listing listing;
	const struct queue_view *view;
	const char *sort;        /* NULL: rank */
	const char *unit, *unit_label;   /* NULL: all one may see */

	/* Filters; NULL: any.  Codes and how they are called. */
	const char *service, *service_label;
	const char *state, *owner, *owner_label;
	const char *text;

	json_t *giving;          /* ids of cases that are to be given away */
	const char *to;          /* ... to this login */
};

/* Views, filters and orders as parameters of case.list; the caller's. */
json_t *queue_params(const struct queue *q);
/* "Residence · pool · Roth". */
const char *queue_title(const struct queue *q);
/* Does it show cases of several owners? */
bool queue_is_shared(const struct queue *q);
/* The view a clerk begins with, what waits for a second person, and the one a
 * unit is looked at with. */
extern const struct queue_view *const queue_pool, *const queue_proposed, *const queue_all;

/* Bindings: questions that narrow the list. */
unsigned queue_ask_view(void *on);
unsigned queue_ask_sort(void *on);
unsigned queue_ask_filter(void *on);
unsigned queue_clear(void *on);
bool queue_is_narrowed(const void *on);

#endif
