/*
 * left.c - layer 5: whom killed processes have shown and did not come to say: what
 * they left on the pad becomes the events that they would have written, at the
 * moment at which it was shown.  Called by look.c before a session shows anybody.
 */
#include "engine.h"
#include "pad.h"

static const char *
text_of(const json_t *what, const char *key)
{
	return json_string_value(json_object_get(what, key));
}

static int64_t
number_of(const json_t *what, const char *key)
{
	return json_integer_value(json_object_get(what, key));
}

static enum status
keep(struct session *s, const json_t *what)
{
	int64_t staff_id = number_of(what, "staff"), at = number_of(what, "at");
	const json_t *mark;
	struct op op;
	size_t i;

	arena_reset(s->mem);
	op = (struct op){ .mem = s->mem, .db = s->db, .now = at, .today = clock_day(at),
	    .lang = s->lang };
	TRY(store_staff_actor(&op, staff_id, &op.by));
	json_array_foreach(json_object_get(what, "marks"), i, mark)
		op_touch(&op, json_string_value(json_array_get(mark, 0)),
		    json_integer_value(json_array_get(mark, 1)));
	return look_append(&op, staff_id, text_of(what, "command"), text_of(what, "client"));
}

void
left_keep(struct session *s, const struct pad *pad)
{
	json_t *what;
	off_t at = 0;

	while ((what = pad_left(pad, &at))) {
		bool done = keep(s, what) == ST_OK;

		pad_settle(pad, at, done);
		json_decref(what);
		if (!done)
			return; /* the next session tries again */
	}
}
