/*
 * args.c - layer 4: arguments against the table: names, types, need.  Called
 * by engine/run.c before a command runs, and by the commands.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "rules_order.h"
#include "text.h"

#define REQUEST_ID_MAX 64
#define IDS_MOST 500             /* as many as a list has rows */

static const struct arg *
find_arg(const struct command *c, const char *name)
{
	for (const struct arg *a = c->args; a && a->name; a++)
		if (strcmp(a->name, name) == 0)
			return a;
	return NULL;
}

static bool
on_list(const char *const *values, const char *value)
{
	for (; value && *values; values++)
		if (strcmp(*values, value) == 0)
			return true;
	return false;
}

static bool
is_id(const json_t *v)
{
	return json_is_integer(v) && json_integer_value(v) > 0;
}

static bool
is_ids(const json_t *v)
{
	if (is_id(v))
		return true;
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!is_id(json_array_get(v, i)))
			return false;
	return json_array_size(v) > 0;
}

static bool
is_object(const json_t *v)
{
	json_t *parsed;
	bool ok;

	if (json_is_object(v))
		return true;
	parsed = json_is_string(v) ? json_loads(json_string_value(v), JSON_REJECT_DUPLICATES, NULL)
	                           : NULL;
	ok = json_is_object(parsed);
	json_decref(parsed);
	return ok;
}

static bool
is_text(const json_t *v)
{
	return json_is_string(v) &&
	    strlen(json_string_value(v)) == json_string_length(v);
}

/* "done, left" */
static const char *
values_of(struct op *op, const struct arg *a)
{
	const char *all = "";

	for (const char *const *v = a->values; v && *v; v++)
		all = *all ? arena_printf(op->mem, "%s, %s", all, *v) : *v;
	return all;
}

/* "" takes a date away. */
static bool
is_birth(const json_t *v, int today)
{
	return is_text(v) &&
	    (!*json_string_value(v) || birth_valid(json_string_value(v), today));
}

/* NULL, or what the argument must look like: its name, then its values. */
static const char *
type_problem(const struct arg *a, const json_t *v, int today)
{
	const char *text = json_string_value(v);
	int day;

	switch (a->type) {
	case ARG_ID:
		return is_id(v) ? NULL : N_("%s must be the number that a list shows as id, 1 or more.");
	case ARG_IDS:
		return is_ids(v) ? NULL : N_("%s must be one number or a list of numbers.");
	case ARG_INT:
		return json_is_integer(v) ? NULL : N_("%s must be a whole number.");
	case ARG_DAY:
		return text && day_parse(text, &day) ? NULL
		    : N_("%s must be a day such as 2026-11-30.");
	case ARG_ENUM:
		return on_list(a->values, text) ? NULL : N_("%s must be one of: %s.");
	case ARG_BOOL:
		return json_is_boolean(v) ? NULL : N_("%s must be true or false.");
	case ARG_JSON:
		return is_object(v) ? NULL : N_("%s must be a JSON object: {\"key\": \"value\"}.");
	case ARG_BIRTH:
		return is_birth(v, today) ? NULL : N_("%s must be a date of birth as far as it is "
		    "known, and not to come: 1990, 1990-05 or 1990-05-03.");
	case ARG_TEXT:
		return is_text(v) ? NULL : N_("%s must be text.");
	}
	bug("argument type %d", (int)a->type);
}

enum status
command_check(struct op *op, const struct command *c, const json_t *args)
{
	const char *name, *problem;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)args, name, v) {
		const struct arg *a = find_arg(c, name);

		if (strcmp(name, "request_id") == 0) {
			/* a clerk who asks for exactly-once must not get less */
			if (!is_text(v) || !*json_string_value(v) ||
			    text_length(json_string_value(v)) > REQUEST_ID_MAX)
				return op_fail_field(op, ST_INVALID, name,
				    _("A request id is text of 1 to %d characters."),
				    REQUEST_ID_MAX);
			continue;
		}
		if (!a)
			return op_fail_field(op, ST_INVALID, name,
			    _("%s has no argument %s. See the help of the command."), c->name,
			    text_visible(op->mem, name, false));
		problem = json_is_null(v) ? NULL : type_problem(a, v, op->today);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		if (problem)
			return op_fail_field(op, ST_INVALID, name, tr(problem), name,
			    values_of(op, a));
#pragma GCC diagnostic pop
		/* all of them are one act, for which everybody else waits */
		if (json_array_size(v) > IDS_MOST)
			return op_fail_field(op, ST_INVALID, name,
			    _("%s takes %d numbers at most. Do the others after these."), name,
			    IDS_MOST);
	}
	for (const struct arg *a = c->args; a && a->name; a++) {
		v = json_object_get(args, a->name);
		if (a->need == REQUIRED && (!v || json_is_null(v)))
			return op_fail_field(op, ST_INVALID, a->name,
			    _("%s must be given (%s)."), a->name, tr(a->help));
	}
	return ST_OK;
}

bool
command_previews(const struct command *c, const json_t *args)
{
	return (c->flags & CMD_PREVIEW) && json_is_true(json_object_get(args, "preview"));
}

int64_t
arg_id(const struct call *call, const char *name)
{
	return json_integer_value(json_object_get(call->args, name));
}

int
arg_int(const struct call *call, const char *name, int otherwise)
{
	const json_t *v = json_object_get(call->args, name);
	int64_t n = json_is_integer(v) ? json_integer_value(v) : otherwise;

	return n > INT_MAX ? INT_MAX : n < INT_MIN ? INT_MIN : (int)n;
}

const int *
arg_int_if(const struct call *call, const char *name, int *n)
{
	*n = arg_int(call, name, 0);
	return json_is_integer(json_object_get(call->args, name)) ? n : NULL;
}

const char *
arg_text(const struct call *call, const char *name)
{
	return json_string_value(json_object_get(call->args, name));
}

int
arg_day(const struct call *call, const char *name)
{
	const char *text = arg_text(call, name);
	int day;

	return text && day_parse(text, &day) ? day : DAY_NONE;
}

bool
arg_bool(const struct call *call, const char *name)
{
	return json_is_true(json_object_get(call->args, name));
}

json_t *
arg_json(const struct call *call, const char *name)
{
	json_t *v = json_object_get(call->args, name);

	if (json_is_string(v))
		return json_loads(json_string_value(v), 0, NULL);
	return json_is_null(v) ? NULL : json_incref(v);
}

size_t
arg_ids(const struct call *call, const char *name, const int64_t **ids)
{
	const json_t *v = json_object_get(call->args, name);
	size_t given = json_is_integer(v) ? 1 : json_array_size(v), n = 0;
	int64_t *list = arena_array(call->op->mem, int64_t, given + 1);

	for (size_t i = 0; i < given; i++) {
		int64_t id = json_integer_value(json_is_integer(v) ? v : json_array_get(v, i));
		size_t at = 0;

		while (at < n && list[at] != id)
			at++;
		list[at] = id;
		n += at == n;
	}
	*ids = list;
	return n;
}

enum status
arg_code(struct call *call, const char *name, enum code_kind kind, const char **code)
{
	static const char *const unknown[CODE_KINDS] = {
		[CODE_UNIT] = N_("There is no unit \"%s\". `tresen catalogue show` lists them."),
		[CODE_SERVICE] = N_("There is no service %s. `tresen service list` lists them."),
		[CODE_RECEIVER] = N_("There is no unit and no kind of body \"%s\". `tresen disclosure "
		    "bases` lists them."),
		[CODE_BASIS] = N_("There is no basis \"%s\". `tresen disclosure bases` lists them."),
	};
	bool known = true;

	*code = arg_text(call, name);
	if (*code)
		TRY(store_code_known(call->op, kind, *code, &known));
	if (known)
		return ST_OK;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return op_fail_field(call->op, ST_NOT_FOUND, name, tr(unknown[kind]), *code);
#pragma GCC diagnostic pop
}
