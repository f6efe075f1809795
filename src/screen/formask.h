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
/* The day, and the office's holidays, in s->mem. */
struct form_world form_world_at(struct screen *s, enum form_stage stage);
/* The pages of a form, the present one marked; in frame_mem. */
const char *form_pages_line(const struct form_view *view);

#endif
