/*
 * formask.h - layer 3: a form as the office has it, and the world in which its
 * answers are judged.  Used by screens that show a form.
 */
#ifndef TRESEN_SCREEN_FORMASK_H
#define TRESEN_SCREEN_FORMASK_H

#include "screen.h"

/*
 * Asks for a form with its code lists; version 0: the one for today.  form
 * lives in a.  Says on the message line why there is none.
 */
MUST_CHECK enum status form_ask(struct screen *s, struct arena *a, const char *key, int version,
                                const json_t **answer, const struct form **form);
/* Who fills it in, behind form_view_init: the clerk, who looks people up and
 * reads what other units answer. */
void form_begin(struct screen *s, struct form_view *view);
/* The day, and the office's holidays, in s->mem. */
struct form_world form_world_at(struct screen *s, enum form_stage stage);
/*
 * Asks why what a rule warns of is right all the same, for the first warning
 * without a reason; took gets the answer and calls form_took_reason, then goes
 * on with what it was about.  NOTHING: there is none.
 */
unsigned form_ask_reason(struct screen *s, struct form_view *view,
                         unsigned (*took)(void *on, const char *reason));
/* An empty one is not kept: who asks again asks for the same. */
void form_took_reason(struct screen *s, struct form_view *view, const char *reason);

/* Whom the form is about, and which of the screen's functions hands on who was
 * picked: to form_took_person, to form_took_member. */
struct form_picking {
	int64_t of;              /* 0: not in the register yet */
	unsigned (*person)(struct screen *s, int64_t id);
	unsigned (*member)(struct screen *s, const char *code);
};
/* Looks for who the field under the cursor means: one person of the register, or
 * one after the other of the household, and others. */
bool form_wants_person(const struct form_view *view);
unsigned form_pick_person(struct screen *s, struct form_view *view,
                          const struct form_picking *picking);
unsigned form_took_person(struct screen *s, struct form_view *view, int64_t id);
unsigned form_took_member(struct screen *s, struct form_view *view,
                          const struct form_picking *picking, const char *code);
/* What the people in the answers are called, number -> name. */
void form_give_names(struct form_view *view, const json_t *people);

struct paper_line {              /* of the list beside a form */
	const char *label;
	bool here, needed;
};

/* Papers beside a form on a wide terminal; returns the columns taken. */
int form_draw_papers(struct area body, const struct paper_line *lines, size_t n);

/* The pages of a form, the present one marked; in frame_mem. */
const char *form_pages_line(const struct form_view *view);

#endif
