/*
 * widget_prompt.h - layer 2: a question on the message line, answered by one
 * key or by a text.  Part of widget.h by noun.
 */
#ifndef TRESEN_WIDGET_PROMPT_H
#define TRESEN_WIDGET_PROMPT_H

#include "widget.h"

struct prompt {
	const char *question;    /* NULL: nothing is asked */
	const struct binding *choices;   /* one key each, or NULL: a text */
	unsigned (*answer)(void *on, const char *text);
	void *on;                /* what the answer acts on */
	struct edit edit;
};

/* question is copied into mem; each choice is shown as "key label". */
unsigned prompt_choose(struct prompt *p, struct arena *mem, const char *question,
                       const struct binding *choices);
unsigned prompt_text(struct prompt *p, struct arena *mem, const char *question,
                     const char *text, unsigned (*answer)(void *on, const char *text));
/* Esc closes; an answer closes before it acts, so it may ask again. */
unsigned prompt_event(struct prompt *p, void *on, const struct event *event);
/* What acts meanwhile, and nothing else does.  None for choices: the question
 * has its keys beside it. */
void prompt_keymaps(struct prompt *p, struct keymaps *maps);
/* On row, and on those above when it is long (prompt_rows; 0: nothing is asked). */
void prompt_draw(const struct prompt *p, int row);
int prompt_rows(const struct prompt *p);

#endif
