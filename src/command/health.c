/*
 * health.c - layer 4: office.health, for the administrator.
 */
#include "service_health.h"
#include "shape.h"

static enum status
run_health(struct call *call)
{
	json_t *rows = json_array();
	struct health_line *list;
	bool sound = true;
	size_t n;

	put(call->out, "health", rows);
	TRY(office_health(call->op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		json_t *o = json_object();

		put(o, "key", json_string(list[i].key));
		put(o, "label", json_string(list[i].label));
		put(o, "value", json_string(list[i].value));
		put(o, "advice", shape_text(list[i].advice));
		json_array_append_new(rows, o);
		sound &= list[i].advice == NULL;
	}
	put(call->out, "sound", json_boolean(sound));
	return ST_OK;
}

const struct command cmd_office_health = {
	.name = "office.health",
	.help = N_("how the office file is, as far as that can be said at once"),
	.run = run_health,
};
