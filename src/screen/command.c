/*
 * command.c - layer 3: any command of the engine, with its arguments asked
 * one by one.  Opened by the palette.  Knows no command: all it shows comes
 * from session.commands.
 */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

struct state {
	struct table table;
	const json_t *command;   /* its entry in session.commands */
	json_t *given;           /* name -> text, as typed */
	const char *asking;      /* argument that a question is open for */
};

static const struct column columns[] = {
	{ N_("Argument"), 14, LEFT, 0 },
	{ N_("Value"), 24, LEFT, 0 },
	{ N_("What it is"), 0, LEFT, 0 },
};

static void
done(struct screen *s)
{
	struct state *st = s->state;

	json_decref(st->given);
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *arg;
	size_t i;

	table_begin(&st->table, s->page);
	json_array_foreach(at(st->command, "args"), i, arg)
		table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN, (const char *[]){
			text_at(arg, "name"),
			text_at(st->given, text_at(arg, "name")),
			arena_printf(s->page, "%s%s", text_at(arg, "help"),
			    truth_at(arg, "required") ? _(" (needed)") : ""),
		});
	table_end(&st->table);
	return ST_OK;
}

/* ---- asking ---- */

static unsigned
take(struct screen *s, const char *text)
{
	struct state *st = s->state;

	if (*text)
		json_object_set_new(st->given, st->asking, json_string(text));
	else
		json_object_del(st->given, st->asking);
	screen_typed(s);
	return RELOAD;
}

static unsigned ask_next(struct screen *s);

static unsigned
answered(void *on, const char *text)
{
	unsigned reaction = take(on, text);

	return *text ? reaction | ask_next(on) : reaction;
}

static unsigned
picked(struct screen *s, const char *code)
{
	return take(s, code) | ask_next(s);
}

static unsigned
ask_for(struct screen *s, const json_t *arg)
{
	struct state *st = s->state;
	const json_t *values = at(arg, "values"), *value;
	size_t n = json_array_size(values), i;
	struct pick_item *items = arena_array(s->mem, struct pick_item, n ? n : 1);

	st->asking = text_at(arg, "name");
	json_array_foreach(values, i, value)
		items[i] = (struct pick_item){ json_string_value(value),
			json_string_value(value), NULL };
	if (n > 0)
		return pick(s, text_at(arg, "help"), items, n, picked);
	return ask_line(s, arena_printf(s->mem, "%s (%s):", text_at(arg, "name"),
	    text_at(arg, "help")), text_at(st->given, st->asking), answered);
}

/* The next one that is needed; when all are there the clerk looks once more. */
static unsigned
ask_next(struct screen *s)
{
	struct state *st = s->state;
	const json_t *arg;
	size_t i;

	json_array_foreach(at(st->command, "args"), i, arg)
		if (truth_at(arg, "required") && !at(st->given, text_at(arg, "name")))
			return ask_for(s, arg);
	say(s, TONE_NOTE, _("Everything needed is there. F2 runs the command."));
	return DRAW;
}

static void
open_command(struct screen *s, const json_t *args)
{
	struct state *st = s->state;
	const json_t *command;
	size_t i;

	json_array_foreach(all_commands(s), i, command)
		if (strcmp(text_at(command, "name"), text_at(args, "name")) == 0)
			st->command = command;
	st->given = json_object();
	ask_next(s);
}

/* ---- running ---- */

static json_t *
ids(const char *text)
{
	json_t *list = json_array();
	char *end;

	for (; *text; text = end + strspn(end, ", ")) {
		json_array_append_new(list, json_integer(strtoll(text, &end, 10)));
		if (end == text)
			break;
	}
	return list;
}

json_t *
command_value(const char *type, const char *text)
{
	json_t *value = NULL;
	char *end;
	long long number = strtoll(text, &end, 10);

	if ((strcmp(type, "id") == 0 || strcmp(type, "int") == 0) && *text && !*end)
		return json_integer(number);
	if (strcmp(type, "bool") == 0 && strcmp(text, "true") == 0)
		return json_true();
	if (strcmp(type, "bool") == 0 && strcmp(text, "false") == 0)
		return json_false();
	if (strcmp(type, "ids") == 0)
		return ids(text);
	if (strcmp(type, "json") == 0)
		value = json_loads(text, JSON_DECODE_ANY, NULL);
	return value ? value : json_string(text);
}

static json_t *
params_of(const struct state *st)
{
	json_t *params = json_object();
	const json_t *arg;
	size_t i;

	json_array_foreach(at(st->command, "args"), i, arg) {
		const char *text = json_string_value(at(st->given, text_at(arg, "name")));

		if (text)
			json_object_set_new(params, text_at(arg, "name"),
			    command_value(text_at(arg, "type"), text));
	}
	return params;
}

static unsigned
act_run(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const json_t *result;

	if (ask_once(s, &result, text_at(st->command, "name"), params_of(st)) != ST_OK)
		return DRAW;
	screen_open(s, "result", json_pack("{s:O, s:O}", "name",
	    json_object_get(s->args, "name"), "result", result));
	screen_drop_draft(s);
	return DRAW;
}

static unsigned
act_set(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	int64_t n = table_at(&st->table);

	return n ? ask_for(s, json_array_get(at(st->command, "args"), (size_t)n - 1)) : act_run(s);
}

/* ---- what was typed ---- */

static json_t *
draft(const struct screen *s)
{
	const struct state *st = s->state;

	return json_copy(st->given);
}

static void
restore(struct screen *s, const json_t *typed)
{
	struct state *st = s->state;

	if (json_is_object(typed)) {
		json_decref(st->given);
		st->given = json_deep_copy(typed);
	}
	s->prompt = (struct prompt){ 0 };
	desk_reload(s->desk);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	int64_t n = table_at(&st->table);
	const json_t *arg = n ? json_array_get(at(st->command, "args"), (size_t)n - 1) : NULL;

	h->left = arena_printf(frame_mem(), "%s · %s", text_at(st->command, "name"),
	    text_at(st->command, "help"));
	h->load = text_at(arg, "help");
}

static json_t *
subject(const struct screen *s)
{
	const struct state *st = s->state;

	return json_pack("{s:s}", "what", text_at(st->command, "name"));
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Give a value"), .act = act_set,
	  .help = N_("give or change the value under the cursor") },
	{ .keys = "F2 r", .label = N_("Run"), .act = act_run,
	  .help = N_("run the command with these values") },
	{ 0 }
};

const struct screen_class screen_command = {
	.name = "command",
	.title = N_("Command"),
	.about = N_("A command and its values. Give what is needed, then run it."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("This command needs nothing more. Press F2 to run it.") },
	.bindings = bindings,
	.open = open_command,
	.load = load,
	.head = head,
	.subject = subject,
	.draft = draft,
	.restore = restore,
	.done = done,
};
