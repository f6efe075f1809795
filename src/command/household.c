/*
 * household.c - layer 4: commands of households.  Each act is one command;
 * with preview=true it answers what it would change and stores nothing.
 */
#include "household_shape.h"

#include <string.h>

static enum status
put_household(struct call *call, const struct home *home, int day)
{
	json_t *o;
	enum status s = shape_home(call->op, home, day, &o);

	for (size_t i = 0; i < home->n_stays; i++)
		look_hit(call->op, home->stays[i].person_id);

	put(call->out, "household", o);
	return s;
}

static int
day_or_today(const struct call *call, const char *name)
{
	int day = arg_day(call, name);

	return day == DAY_NONE ? call->op->today : day;
}

static enum status
run_show(struct call *call)
{
	int64_t id = arg_id(call, "id"), person = arg_id(call, "person");
	int day = day_or_today(call, "day");
	struct home home;

	if (!id && !person)
		return op_fail_field(call->op, ST_INVALID, "person",
		    _("Name a person, or the number of a household."));
	if (id)
		TRY(household_show(call->op, id, &home));
	else
		TRY(household_of(call->op, person, day, &home));
	if (person || home.n_stays > 0)
		look_file(call->op, person ? person : home.stays[0].person_id);
	return put_household(call, &home, day);
}

/* For whoever lost: the household as it is now. */
static enum status
run_current(struct call *call)
{
	struct home home;

	TRY(household_show(call->op, arg_id(call, "id"), &home));
	return put_household(call, &home, call->op->today);
}

/* ---- acts ---- */

static const struct {
	const char *command;
	enum act act;
} acts[] = {
	{ "household.new", ACT_NEW }, { "household.birth", ACT_BIRTH },
	{ "household.move_in", ACT_MOVE_IN }, { "household.move_out", ACT_MOVE_OUT },
	{ "household.separate", ACT_SEPARATION }, { "household.move", ACT_MOVE },
	{ "household.head", ACT_HEAD }, { "household.correct", ACT_CORRECTION },
};

static enum act
act_of(const struct call *call)
{
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		if (strcmp(acts[i].command, call->name) == 0)
			return acts[i].act;
	bug("%s is no act", call->name);
}

/* What every act may name; an act refuses what is not in its table. */
static struct household_wish
wish_of(const struct call *call)
{
	struct household_wish wish = {
		.act = act_of(call), .id = arg_id(call, "id"), .seen = arg_id(call, "version"),
		.to_household = arg_id(call, "to_household"), .head = arg_id(call, "head"),
		.successor = arg_id(call, "successor"), .mother = arg_id(call, "mother"),
		.kind = arg_text(call, "kind"), .street = arg_text(call, "street"),
		.postcode = arg_text(call, "postcode"), .city = arg_text(call, "city"),
		.day = arg_day(call, "from"), .right = arg_day(call, "right"),
		.reason = arg_text(call, "reason"), .role = MEMBER_OTHER,
	};

	if (arg_text(call, "role"))
		wish.role = (enum member_role)state_by_name(&member_roles, arg_text(call, "role"));
	if (wish.act == ACT_CORRECTION)
		wish.day = arg_day(call, "day");
	if (wish.act == ACT_HEAD)
		wish.head = arg_id(call, "person");
	else
		wish.n_people = arg_ids(call, arg_id(call, "person") ? "person" : "persons",
		    &wish.people);
	return wish;
}

static enum status
run_act(struct call *call)
{
	struct household_change *c = arena_make(call->op->mem, struct household_change);
	struct household_wish wish = wish_of(call);
	struct person_wish child = {
		.family = arg_text(call, "family"), .given = arg_text(call, "given"),
		.born = arg_text(call, "born"), .sex = arg_text(call, "sex"),
		.nationality = arg_text(call, "nationality"),
	};
	bool preview = arg_bool(call, "preview");

	if (wish.act == ACT_BIRTH)
		wish.child = &child;
	TRY(household_prepare(call->op, &wish, c));
	if (!preview)
		TRY(household_carry_out(call->op, c));
	TRY(put_household(call, preview ? &c->before : &c->plan.here, call->op->today));
	put(call->out, "plan", shape_plan(call->op, c, !preview));
	return ST_OK;
}

/* ---- the table ---- */

#define X(id, name, label) name,
static const char *const dwelling_values[] = { DWELLING_LIST(X) NULL };
#undef X
/* a head is made by household.head or by the rule, never by moving in */
static const char *const role_values[] = { "spouse", "partner", "child", "other", NULL };

#define ID_ARG ARG("id", ARG_ID, REQUIRED, N_("number of the household"))
#define PERSON_ARG ARG("person", ARG_ID, REQUIRED, N_("number of the person"))
#define DWELLING_ARGS(need)                                                    \
	ARG_OF("kind", need, N_("what kind of place they live in"), dwelling_values), \
	ARG("street", ARG_TEXT, need, N_("street and number, or the house and room")), \
	ARG("postcode", ARG_TEXT, OPTIONAL, N_("five digits")),                \
	ARG("city", ARG_TEXT, OPTIONAL, N_("town"))
#define FROM_ARG(need) ARG("from", ARG_DAY, need, N_("first day it holds"))
#define ACT_ARGS                                                               \
	ARG("version", ARG_INT, OPTIONAL, N_("version you have seen")),        \
	ARG("preview", ARG_BOOL, OPTIONAL, N_("true: only say what would change"))

static const struct arg show_args[] = {
	ARG("id", ARG_ID, OPTIONAL, N_("number of the household")),
	ARG("person", ARG_ID, OPTIONAL, N_("somebody who lives in it")),
	ARG("day", ARG_DAY, OPTIONAL, N_("as of this day; today if left out")), ARG_END
};
static const struct arg new_args[] = {
	PERSON_ARG, DWELLING_ARGS(REQUIRED), FROM_ARG(REQUIRED), ACT_ARGS, ARG_END
};
static const struct arg birth_args[] = {
	ID_ARG, ARG("family", ARG_TEXT, REQUIRED, N_("family name of the child")),
	ARG("given", ARG_TEXT, OPTIONAL, N_("given names of the child")),
	ARG("born", ARG_BIRTH, REQUIRED, N_("day of birth")),
	ARG_OF("sex", OPTIONAL, N_("m, f, d (divers) or x (not stated)"), sex_values),
	ARG("nationality", ARG_TEXT, OPTIONAL, N_("countries, three letters, commas between")),
	ARG("mother", ARG_ID, OPTIONAL, N_("number of the mother, who lives in the household")),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("why this is another child than one registered "
	    "already")),
	ACT_ARGS, ARG_END
};
static const struct arg move_in_args[] = {
	ID_ARG, PERSON_ARG,
	ARG_OF("role", REQUIRED, N_("what they are to the head of the household"), role_values),
	FROM_ARG(REQUIRED), ACT_ARGS, ARG_END
};
static const struct arg move_out_args[] = {
	ID_ARG, PERSON_ARG, FROM_ARG(REQUIRED),
	ARG("to_household", ARG_ID, OPTIONAL, N_("household they join")),
	ARG_OF("role", OPTIONAL, N_("what they are there; other if left out"), role_values),
	DWELLING_ARGS(OPTIONAL),
	ARG("successor", ARG_ID, OPTIONAL, N_("who becomes head of those who stay")),
	ACT_ARGS, ARG_END
};
static const struct arg separate_args[] = {
	ID_ARG, ARG("persons", ARG_IDS, REQUIRED, N_("numbers of those who leave")),
	FROM_ARG(REQUIRED), DWELLING_ARGS(REQUIRED),
	ARG("head", ARG_ID, OPTIONAL, N_("who becomes head of those who leave")),
	ARG("successor", ARG_ID, OPTIONAL, N_("who becomes head of those who stay")),
	ACT_ARGS, ARG_END
};
static const struct arg move_args[] = {
	ID_ARG, DWELLING_ARGS(REQUIRED), FROM_ARG(REQUIRED), ACT_ARGS, ARG_END
};
static const struct arg head_args[] = {
	ID_ARG, PERSON_ARG, FROM_ARG(REQUIRED), ACT_ARGS, ARG_END
};

static const struct arg correct_args[] = {
	ID_ARG, ARG("day", ARG_DAY, REQUIRED, N_("the wrong day, as it stands there")),
	ARG("right", ARG_DAY, OPTIONAL, N_("the day it was; left out: it never was")),
	ARG("person", ARG_ID, OPTIONAL, N_("only what concerns this member; all of that day if "
	    "left out")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("what shows that it was otherwise")),
	ACT_ARGS, ARG_END
};

#define ACT_COMMAND(symbol, wire, args_, help_, current_)                      \
	const struct command symbol = {                                        \
		.name = wire, .args = args_,                                   \
		.flags = CMD_WRITE | CMD_PREVIEW, .help = help_, .run = run_act, \
		.current = current_,                                           \
	}

const struct command cmd_household_show = {
	.name = "household.show", .args = show_args, .flags = CMD_SENSITIVE,
	.help = N_("who lives with whom, and where, on a day"), .run = run_show,
};
ACT_COMMAND(cmd_household_new, "household.new", new_args,
    N_("begin a household for a person who lives in none"), NULL);
ACT_COMMAND(cmd_household_birth, "household.birth", birth_args,
    N_("a child is born: its record, its place, the tasks"), run_current);
ACT_COMMAND(cmd_household_move_in, "household.move_in", move_in_args,
    N_("somebody moves in who lives in no other household"), run_current);
ACT_COMMAND(cmd_household_move_out, "household.move_out", move_out_args,
    N_("somebody moves out: to another household, a new one, or away"), run_current);
ACT_COMMAND(cmd_household_separate, "household.separate", separate_args,
    N_("some part from the others and begin a household of their own"), run_current);
ACT_COMMAND(cmd_household_move, "household.move", move_args,
    N_("the whole household moves"), run_current);
ACT_COMMAND(cmd_household_head, "household.head", head_args,
    N_("another member becomes head of the need community"), run_current);
ACT_COMMAND(cmd_household_correct, "household.correct", correct_args,
    N_("what was recorded for a day was on another one, or never"), run_current);
