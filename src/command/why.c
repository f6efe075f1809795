/*
 * why.c - layer 4: staff.why: what the table of rights says to whoever asks,
 * as data and as a text to read.
 */
#include "rules_rights.h"
#include "service_why.h"
#include "shape.h"
#include "text.h"

#include <string.h>

static json_t *
shape_why(const struct why *w)
{
	json_t *o = json_object(), *lines = json_array(), *acts = json_array();

	put(o, "about", json_string(w->about));
	put(o, "sees", json_boolean(w->sees));
	for (size_t i = 0; i < w->n_lines; i++)
		json_array_append_new(lines, json_string(w->lines[i]));
	put(o, "lines", lines);
	for (size_t i = 0; i < w->n_acts; i++) {
		const struct why_act *a = &w->acts[i];
		json_t *act = json_object();

		put(act, "command", json_string(a->command));
		put(act, "label", json_string(a->label));
		put(act, "may", json_boolean(a->may));
		put(act, "why", shape_text(a->may ? NULL : a->sentence));
		json_array_append_new(acts, act);
	}
	put(o, "acts", acts);
	return o;
}

static bool
is_said_before(const struct why *w, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (!w->acts[i].may && strcmp(w->acts[i].sentence, w->acts[at].sentence) == 0)
			return true;
	return false;
}

/* Labels of all acts that may be done; or that one sentence is against. */
static const char *
labels(struct op *op, const struct why *w, const char *sentence)
{
	const char *all = "";

	for (size_t i = 0; i < w->n_acts; i++)
		if (sentence ? !w->acts[i].may && strcmp(w->acts[i].sentence, sentence) == 0
		             : w->acts[i].may)
			all = arena_printf(op->mem, "%s%s%s", all, *all ? ", " : "",
			    w->acts[i].label);
	return all;
}

/* The same for people: what is so, what may be done, what not and why. */
static const char *
why_text(struct op *op, const struct why *w)
{
	const char *text = arena_printf(op->mem, "%s\n", w->about), *may = labels(op, w, NULL);

	for (size_t i = 0; i < w->n_lines; i++)
		text = arena_printf(op->mem, "%s%s\n", text, w->lines[i]);
	if (*may)
		text = arena_printf(op->mem, _("%sYou may now: %s.\n"), text, may);
	for (size_t i = 0; i < w->n_acts; i++)
		if (!w->acts[i].may && !is_said_before(w, i))
			text = arena_printf(op->mem, _("%sNot %s: %s\n"), text,
			    labels(op, w, w->acts[i].sentence), w->acts[i].sentence);
	return text;
}

/* "case.claim", also as it is typed: "case claim". */
static const struct command *
command_meant(struct op *op, const char *text)
{
	char *name = arena_strdup(op->mem, text), *blank = strchr(name, ' ');

	if (blank)
		*blank = '.';
	return command_find(name);
}

static enum status
why_of_text(struct call *call, const char *text, struct why *w)
{
	const struct command *c = command_meant(call->op, text);
	bool found;

	if (c)
		return why_command(call->op, c->name, tr(c->help), w);
	TRY(why_typed(call->op, text_visible(call->op->mem, text, false), w, &found));
	if (found)
		return ST_OK;
	return op_fail_field(call->op, ST_INVALID, "what", _("Say what you ask about: a command "
	    "(case.claim), a case number (2026-000012), a ticket of today (A018), or case=, visit=, "
	    "task=, person= with a number."));
}

static enum status
run_why(struct call *call)
{
	static const struct {
		const char *name, *words;
		enum status (*why)(struct op *op, int64_t id, const char *about, struct why *w);
	} things[] = {
		{ "case", N_("Case %lld"), why_case },
		{ "visit", N_("Visit %lld"), why_visit },
		{ "task", N_("Task %lld"), why_task },
		{ "person", N_("Person %lld"), why_person },
	};
	const char *what = arg_text(call, "what");
	struct why w = { 0 };
	enum status s = ST_OK;

	if (what && *what)
		s = why_of_text(call, what, &w);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	for (size_t i = 0; !w.about && s == ST_OK && i < COUNT_OF(things); i++)
		if (arg_id(call, things[i].name))
			s = things[i].why(call->op, arg_id(call, things[i].name),
			    arena_printf(call->op->mem, tr(things[i].words),
			        (long long)arg_id(call, things[i].name)), &w);
#pragma GCC diagnostic pop
	if (s == ST_OK && !w.about)
		s = why_of_text(call, "", &w);
	TRY(s);
	put(call->out, "why", shape_why(&w));
	put(call->out, "text", json_string(why_text(call->op, &w)));
	return ST_OK;
}

static const struct arg why_args[] = {
	ARG("what", ARG_TEXT, OPTIONAL, N_("a command, a case number, a ticket of today")),
	ARG("case", ARG_ID, OPTIONAL, N_("number of a case")),
	ARG("visit", ARG_ID, OPTIONAL, N_("number of a visit")),
	ARG("task", ARG_ID, OPTIONAL, N_("number of a task")),
	ARG("person", ARG_ID, OPTIONAL, N_("number of a person")),
	ARG_END
};

const struct command cmd_staff_why = {
	.name = "staff.why", .args = why_args,
	.help = N_("why you may or may not, see or do not see, and who may instead"),
	.run = run_why,
};
