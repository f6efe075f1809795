/*
 * household_act.c - layer 3: what is asked before an act on a household.
 * Opened by the household's screen with {"id", "act", "people": [{"id",
 * "name"}]} and, for a correction, the "day" that stands there; its preview,
 * household_plan.c, does the act.
 */
#include "desk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formask.h"

struct known {                   /* somebody named in a field, and their number */
	const char *name;
	int64_t id;
};

struct state {
	struct form_view view;
	json_t *home;            /* the household when it was opened; null: begins */
	struct known who, with;  /* with: the household that they join */
};

static enum status
ask_home(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result;

	if (!number_at(s->args, "id"))
		return ST_OK;
	TRY(ask(s, &result, "household.show", "{s:I}", "id", (json_int_t)number_at(s->args, "id")));
	json_decref(st->home);
	st->home = json_deep_copy(at(result, "household"));
	return ST_OK;
}

static enum status
ask_form(struct screen *s)
{
	struct state *st = s->state;
	struct form_world world = form_world_at(s, FORM_INTAKE);
	const struct form *form;
	const json_t *result;

	TRY(form_ask(s, s->mem, "household", 0, &result, &form));
	form_view_init(&st->view, s->mem, form, &world, false);
	return ST_OK;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	json_t *answers;

	if (st->view.form)
		return ST_OK; /* what is being typed stays */
	TRY(ask_home(s));
	TRY(ask_form(s));
	answers = json_pack("{s:s}", "act", text_at(s->args, "act"));
	if (*text_at(s->args, "day"))
		json_object_set(answers, "day", json_object_get(s->args, "day"));
	form_view_fill(&st->view, answers);
	json_decref(answers);
	form_view_go_first(&st->view);
	return ST_OK;
}

static void
done(struct screen *s)
{
	struct state *st = s->state;

	form_view_done(&st->view);
	json_decref(st->home);
}

/* ---- drafts ---- */

static json_t *
known_draft(const struct known *k)
{
	return json_pack("{s:s, s:I}", "name", k->name ? k->name : "", "id", (json_int_t)k->id);
}

static void
known_restore(struct screen *s, struct known *k, const json_t *draft)
{
	k->name = arena_strdup(s->mem, text_at(draft, "name"));
	k->id = number_at(draft, "id");
}

static json_t *
draft(const struct screen *s)
{
	const struct state *st = s->state;

	return json_pack("{s:o, s:o, s:o}", "form", form_view_draft(&st->view), "who",
	    known_draft(&st->who), "with", known_draft(&st->with));
}

static void
restore(struct screen *s, const json_t *saved)
{
	struct state *st = s->state;

	form_view_restore(&st->view, at(saved, "form"));
	known_restore(s, &st->who, at(saved, "who"));
	known_restore(s, &st->with, at(saved, "with"));
}

/* ---- who is meant ---- */

static const json_t *
member_named(const struct state *st, const char *name)
{
	const json_t *m, *found = NULL;
	size_t i, n = 0;

	json_array_foreach(at(st->home, "members"), i, m)
		if (strncasecmp(text_at(m, "person.name"), name, strlen(name)) == 0) {
			found = m;
			n++;
		}
	return n == 1 ? found : NULL;
}

static unsigned
picked_member(struct screen *s, const char *code)
{
	struct state *st = s->state;
	const json_t *m;
	size_t i;

	json_array_foreach(at(st->home, "members"), i, m)
		if (number_at(m, "person.id") == strtoll(code, NULL, 10))
			form_view_put(&st->view, "mother", text_at(m, "person.name"));
	screen_typed(s);
	return DRAW;
}

static unsigned
pick_member(struct screen *s)
{
	struct state *st = s->state;
	const json_t *members = at(st->home, "members"), *m;
	struct pick_item *items = arena_array(s->page, struct pick_item,
	    json_array_size(members) + 1);
	size_t i;

	json_array_foreach(members, i, m)
		items[i] = (struct pick_item){ arena_printf(s->page, "%lld",
		    (long long)number_at(m, "person.id")), text_at(m, "person.name"),
		    text_at(m, "person.born") };
	return pick(s, _("Mother"), items, json_array_size(members), picked_member);
}

static unsigned
picked_who(struct screen *s, int64_t person)
{
	struct state *st = s->state;
	const json_t *result;

	if (ask(s, &result, "person.show", "{s:I}", "id", (json_int_t)person) != ST_OK)
		return DRAW;
	st->who = (struct known){ arena_strdup(s->mem, text_at(result, "person.name")), person };
	form_view_put(&st->view, "who", st->who.name);
	screen_typed(s);
	return DRAW;
}

static unsigned
picked_with(struct screen *s, int64_t person)
{
	struct state *st = s->state;
	const json_t *result;
	const char *name;

	if (ask(s, &result, "household.show", "{s:I}", "person", (json_int_t)person) != ST_OK)
		return DRAW;
	name = text_at(result, "household.need_head.name");
	if (!*name) {
		say(s, TONE_WARNING, _("This person lives in no household. Choose \"a household of "
		    "their own\" instead."));
		return DRAW;
	}
	st->with = (struct known){ arena_strdup(s->mem, name),
	    number_at(result, "household.id") };
	form_view_put(&st->view, "with", name);
	screen_typed(s);
	return DRAW;
}

static const char *
list_at(const struct state *st)
{
	const char *field = form_view_at(&st->view);

	return strcmp(field, "mother") == 0 || strcmp(field, "who") == 0 ||
	    strcmp(field, "with") == 0 ? field : NULL;
}

static unsigned
act_list(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const char *field = list_at(st);

	if (strcmp(field, "mother") == 0)
		return pick_member(s);
	return pick_person(s, form_view_text(&st->view),
	    strcmp(field, "who") == 0 ? picked_who : picked_with);
}

static bool
has_list(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return list_at(st) != NULL;
}

/* ---- the command ---- */

static const struct {
	const char *act, *command;
	bool one, several;       /* is about whom it was opened for */
} commands_of_acts[] = {
	{ "new", "household.new", true, false },
	{ "birth", "household.birth", false, false },
	{ "move_in", "household.move_in", false, false },
	{ "move_out", "household.move_out", true, false },
	{ "separation", "household.separate", false, true },
	{ "move", "household.move", false, false },
	{ "head", "household.head", true, false },
	{ "correction", "household.correct", false, false },
};

static size_t
act_of(const json_t *answers)
{
	size_t i = 0;

	while (i + 1 < COUNT_OF(commands_of_acts) &&
	    strcmp(commands_of_acts[i].act, text_at(answers, "act")) != 0)
		i++;
	return i;
}

/* Puts the number of somebody named in a field; false: told under it. */
static bool
put_known(struct state *st, const json_t *answers, const char *field, const struct known *k,
          const char *key, json_t *params)
{
	const char *typed = text_at(answers, field);

	if (!*typed)
		return true;
	if (!k->id || strcmp(typed, k->name) != 0) {
		form_view_blame(&st->view, field, _("F9 looks for this person in the register."));
		return false;
	}
	json_object_set_new(params, key, json_integer(k->id));
	return true;
}

static bool
put_mother(struct state *st, const json_t *answers, json_t *params)
{
	const char *typed = text_at(answers, "mother");
	const json_t *m = *typed ? member_named(st, typed) : NULL;

	if (!*typed)
		return true;
	if (!m) {
		form_view_blame(&st->view, "mother", _("Nobody in this household is called so. F9 "
		    "lists its members."));
		return false;
	}
	json_object_set(params, "mother", json_object_get(at(m, "person"), "id"));
	return true;
}

/* A birth is not about the member that the cursor happened to stand on. */
static bool
is_about_them(const struct state *st)
{
	size_t act = act_of(st->view.answers);

	return commands_of_acts[act].one || commands_of_acts[act].several ||
	    strcmp(text_at(st->view.answers, "whom"), "chosen") == 0;
}

/* Those whom the screen was opened for; false: told. */
static bool
put_people(struct screen *s, size_t act, json_t *params)
{
	bool one = !commands_of_acts[act].several;
	const json_t *people = at(s->args, "people"), *p;
	size_t n = json_array_size(people), i;
	json_t *ids;

	if (!is_about_them(s->state))
		return true;
	if (n == 0 || (one && n > 1)) {
		say(s, TONE_FAILURE, n == 0 ? _("Go back and choose whom it is about.")
		    : _("This concerns one member only. Go back and mark one."));
		return false;
	}
	ids = json_array();
	json_array_foreach(people, i, p)
		json_array_append(ids, json_object_get(p, "id"));
	if (one)
		json_object_set(params, "person", json_array_get(ids, 0));
	else
		json_object_set(params, "persons", ids);
	json_decref(ids);
	return true;
}

/* Arguments of the command; NULL: something is wrong, and told. */
static json_t *
params_of(struct screen *s, const json_t *answers)
{
	static const char *const same[] = { "role", "family", "given", "born", "sex", "kind",
		"street", "postcode", "city", "from", "day", "right", "reason" };
	struct state *st = s->state;
	json_t *params = json_object();

	for (size_t i = 0; i < COUNT_OF(same); i++)
		json_object_set(params, same[i], json_object_get(answers, same[i]));
	if (*text_at(answers, "another"))
		json_object_set(params, "reason", json_object_get(answers, "another"));
	if (json_is_object(st->home))
		json_object_set(params, "id", json_object_get(st->home, "id"));
	if (put_known(st, answers, "who", &st->who, "person", params) &&
	    put_known(st, answers, "with", &st->with, "to_household", params) &&
	    put_mother(st, answers, params) && put_people(s, act_of(answers), params))
		return params;
	json_decref(params);
	return NULL;
}

/* The engine's word for an argument, and the field that asks for it. */
static const char *
field_of(const struct state *st, const char *argument)
{
	static const char *const other[][2] = {
		{ "person", "who" }, { "to_household", "with" }, { "persons", "act" },
		{ "head", "act" },
	};

	if (argument && strcmp(argument, "reason") == 0 &&
	    strcmp(text_at(st->view.answers, "act"), "birth") == 0)
		argument = "another";
	for (size_t i = 0; argument && i < COUNT_OF(other); i++)
		if (strcmp(other[i][0], argument) == 0)
			argument = other[i][1];
	return argument && form_find(st->view.form, argument) ? argument : NULL;
}

/* ---- keys ---- */

static unsigned
act_preview(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	json_t *answers, *params;

	if (form_view_check(&st->view, FORM_INTAKE) > 0) {
		say(s, TONE_FAILURE, _("Something is missing. It is marked with !"));
		return DRAW;
	}
	answers = form_view_answers(&st->view);
	params = params_of(s, answers);
	if (params)
		screen_open(s, "household_plan", json_pack("{s:s, s:o}", "command",
		    commands_of_acts[act_of(answers)].command, "params", params));
	json_decref(answers);
	/* refused: it stands under its field */
	if (params && s->desk->top == s && field_of(st, last_reply(s)->field))
		form_view_blame(&st->view, field_of(st, last_reply(s)->field),
		    last_reply(s)->sentence);
	return DRAW;
}

/* ---- drawing ---- */

static const char *
names_of(const json_t *people)
{
	const char *all = "";
	const json_t *p;
	size_t i;

	json_array_foreach(people, i, p)
		all = arena_printf(frame_mem(), "%s%s%s", all, i > 0 ? "; " : "", text_at(p, "name"));
	return all;
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	const char *name = text_at(st->home, "need_head.name"), *people;

	people = names_of(at(s->args, "people"));
	if (*name)
		h->left = arena_printf(frame_mem(), _("Household of %s"), name);
	if (*people && is_about_them(st))
		h->load = arena_printf(frame_mem(), _("Chosen: %s"), people);
}

static struct form_view *
form(struct screen *s)
{
	struct state *st = s->state;

	return &st->view;
}

static const struct binding bindings[] = {
	{ .keys = "F9 Ins", .label = N_("List"), .act = act_list, .can = has_list,
	  .help = N_("choose from the list what the field asks for") },
	{ .keys = "F10 ^S", .label = N_("Preview"), .act = act_preview,
	  .help = N_("show what would change, and store nothing") },
	{ .keys = "F8 ^X", .act = screen_discard, .help = N_("throw away what was typed") },
	{ 0 }
};

const struct screen_class screen_household_act = {
	.name = "household_act",
	.title = N_("Household"),
	.about = N_("A birth, a move, a separation, a correction: what is asked; then F10 shows what "
	            "would change before anything is stored."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.load = load,
	.head = head,
	.form = form,
	.draft = draft,
	.restore = restore,
	.done = done,
};
