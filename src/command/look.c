/*
 * look.c - layer 4: commands about looks at people's files.
 */
#include "shape.h"

#include <string.h>

#define DAYS_USUAL 31            /* of a list that names no day */
#define DAYS_MOST 400

static json_t *
shape_purpose(const struct purpose *p)
{
	json_t *o = json_object();

	put(o, "code", json_string(p->code));
	put(o, "label", json_string(p->name));
	put(o, "key", json_string(p->key));
	put(o, "worded", json_boolean(p->worded));
	return o;
}

/* Those that can be stated; the others follow from work. */
static enum status
put_purposes(struct call *call)
{
	json_t *rows = json_array();
	struct purpose *list;
	size_t n;

	put(call->out, "purposes", rows);
	TRY(store_purpose_list(call->op, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].key)
			json_array_append_new(rows, shape_purpose(&list[i]));
	return ST_OK;
}

/* Whose file it would be; nobody is asked about a case that they may not see,
 * or see no more than the head of. */
static enum status
find_person(struct call *call, int64_t *person)
{
	int64_t case_id = arg_id(call, "case");
	struct case_file c;
	struct person p;
	enum sight sight;

	*person = 0;
	if (case_id) {
		TRY(case_look(call->op, case_id, &c, &sight));
		if (sight == SIGHT_FULL)
			*person = c.person_id;
		return ST_OK;
	}
	if (!arg_id(call, "person"))
		return op_fail_field(call->op, ST_INVALID, "person",
		    _("Name a person, or a case."));
	TRY(person_show(call->op, arg_id(call, "person"), &p));
	*person = p.id;
	return ST_OK;
}

static enum status
run_purpose(struct call *call)
{
	const char *purpose = NULL, *words = NULL;
	int64_t person;

	TRY(find_person(call, &person));
	if (person)
		TRY(purpose_known(call->op, person, arg_id(call, "case"), &purpose));
	if (purpose)
		TRY(purpose_say(call->op, purpose, &words));
	put(call->out, "ask_purpose", json_boolean(person && !purpose));
	put(call->out, "purpose", shape_text(purpose));
	put(call->out, "purpose_label", shape_text(words));
	return put_purposes(call);
}

/* ---- who looked at whom ---- */

static const struct {
	const char *kind, *label;
} kinds[] = {
	{ LOOK_FILE, N_("file opened") },
	{ LOOK_SEEN, N_("file changed") },
	{ LOOK_HIT, N_("stood in a list") },
	{ LOOK_REFUSED, N_("refused") },
};

static const char *
kind_label(const char *kind)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return tr(kinds[i].label);
	return kind;
}

static json_t *
shape_reader(const struct look_row *look, bool who)
{
	json_t *o = json_object();

	put(o, "id", who ? json_integer(look->staff_id) : json_null());
	put(o, "login", shape_text(who ? look->login : NULL));
	put(o, "name", shape_text(who ? look->name : NULL));
	put(o, "role", json_string(role_name(look->role)));
	put(o, "role_label", json_string(role_label(look->role)));
	put(o, "unit", shape_text(look->unit));
	put(o, "unit_label", shape_text(look->unit_name));
	return o;
}

static json_t *
shape_signs(struct op *op, const char *signs)
{
	json_t *rows = json_array();
	char *save = NULL, *copy = arena_strdup(op->mem, signs);

	for (char *kind = strtok_r(copy, " ", &save); kind; kind = strtok_r(NULL, " ", &save)) {
		enum watch_sign sign = watch_by_kind(kind);

		if (sign != WATCH_SIGNS)
			json_array_append_new(rows, json_pack("{s:s, s:s}", "sign",
			    state_name(&watch_signs, (int)sign), "label",
			    state_label(&watch_signs, (int)sign)));
	}
	return rows;
}

/* What it was for, in words too; of a closed unit's cases outside of it: that
 * it was the unit's own work. */
static enum status
put_purpose(struct op *op, const struct look_row *look, bool shut, json_t *o)
{
	const char *purpose = look->purpose, *words = NULL;

	if (shut && purpose && (strcmp(purpose, "working") == 0 ||
	    strcmp(purpose, "review") == 0 || strncmp(purpose, "case", 4) == 0)) {
		purpose = NULL;
		words = _("work of the unit");
	} else if (purpose) {
		TRY(purpose_say(op, purpose, &words));
	} else if (strcmp(look->kind, LOOK_FILE) == 0) {
		words = _("not stated");
	}
	put(o, "purpose", shape_text(purpose));
	put(o, "purpose_label", shape_text(words));
	return ST_OK;
}

enum status
shape_look(struct op *op, const struct look_row *look, bool who, json_t **out)
{
	/* a command on cases would tell that there is one */
	bool shut = look->closed && strcmp(look->unit, op->by->unit) != 0;
	const struct command *c = shut ? NULL : command_find(look->command);
	json_t *o = *out = json_object();

	put(o, "at", shape_instant(look->at));
	put(o, "kind", json_string(look->kind));
	put(o, "kind_label", json_string(kind_label(look->kind)));
	put(o, "staff", shape_reader(look, who));
	put(o, "command", shape_text(shut ? NULL : look->command));
	put(o, "what", shape_text(c ? tr(c->help) : shut ? NULL : look->command));
	put(o, "terminal", shape_text(who ? look->terminal : NULL));
	return put_purpose(op, look, shut, o);
}

/* "SEQ.PERSON" of the last row. */
static enum status
read_place(const struct call *call, struct look_filter *f)
{
	const char *after = arg_text(call, "after");

	if (after && (!digits_until(&after, '.', INT64_MAX - 1, &f->after) ||
	    !digits_until(&after, '\0', INT64_MAX - 1, &f->after_person)))
		return bad_after(call->op);
	return ST_OK;
}

/* from= and to= are days, both within. */
static enum status
read_days(const struct call *call, int usual, int *from, int *to)
{
	*to = arg_day(call, "to") == DAY_NONE ? call->op->today : arg_day(call, "to");
	*from = arg_day(call, "from") == DAY_NONE ? *to - usual : arg_day(call, "from");
	if (*from > *to || *to - *from > DAYS_MOST)
		return op_fail_field(call->op, ST_INVALID, "from",
		    _("from is a day before to, %d days at most."), DAYS_MOST);
	return ST_OK;
}

static enum status
read_staff(const struct call *call, int64_t *id)
{
	const char *login = arg_text(call, "staff");
	const struct staff *found = NULL;

	*id = 0;
	if (!login)
		return ST_OK;
	TRY(store_staff_known(call->op, 0, login, -1, &found));
	if (!found)
		return op_fail_field(call->op, ST_NOT_FOUND, "staff",
		    _("Nobody here has the login \"%s\". `tresen staff list` "
		    "names them all."), login);
	*id = found->id;
	return ST_OK;
}

static enum status
read_filter(struct call *call, struct look_filter *f)
{
	int from, to;

	*f = (struct look_filter){ .person_id = arg_id(call, "person"),
		.hits = arg_bool(call, "hits"), .changes = true };
	TRY(arg_code(call, "unit", CODE_UNIT, &f->unit));
	TRY(read_staff(call, &f->staff_id));
	if (!f->person_id && !f->staff_id)
		return op_fail_field(call->op, ST_INVALID, "person",
		    _("Name a person, or a member of staff."));
	TRY(read_days(call, f->person_id ? DAYS_MOST : DAYS_USUAL, &from, &to));
	f->from = clock_midnight(from);
	f->until = clock_midnight(to + 1);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &f->limit));
	f->limit++;
	return read_place(call, f);
}

/* Whom it is about, by name: who reads the log must know. */
static enum status
put_subject(struct call *call, int64_t id)
{
	const char *name;
	bool locked;

	put(call->out, "person", json_null());
	if (!id)
		return ST_OK;
	TRY(store_look_person(call->op, id, &name, &locked));
	if (!*name)
		return op_fail_field(call->op, ST_NOT_FOUND, "person",
		    _("There is no person %lld. Search for them again."), (long long)id);
	look_file(call->op, id);
	json_object_set_new(call->out, "person", shape_person_brief(id, name, NULL));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	json_t *rows = json_array();
	struct look_filter f;
	struct look_row *list;
	bool more;
	size_t n;

	put(call->out, "looks", rows);
	TRY(read_filter(call, &f));
	TRY(put_subject(call, f.person_id));
	TRY(store_look_list(call->op, &f, &list, &n));
	more = cut_page(&n, f.limit - 1);
	for (size_t i = 0; i < n; i++) {
		json_t *o;
		enum status s = shape_look(call->op, &list[i], true, &o);

		json_array_append_new(rows, o);
		TRY(s);
		put(o, "event", json_integer(list[i].seq));
		put(o, "person", shape_person_brief(list[i].person_id, list[i].person_name,
		    list[i].person_born));
		put(o, "signs", shape_signs(call->op, list[i].signs));
	}
	put(call->out, "next", more ? json_string(arena_printf(call->op->mem, "%lld.%lld",
	    (long long)list[n - 1].seq, (long long)list[n - 1].person_id)) : json_null());
	return ST_OK;
}

/* ---- what is unusual ---- */

static json_t *
shape_unusual(struct op *op, const struct unusual *u)
{
	const struct look_row reader = { .staff_id = u->staff_id, .login = u->login,
		.name = u->name, .role = u->role, .unit = u->unit, .unit_name = u->unit_name };
	const char *label = state_label(&watch_signs, (int)u->sign);
	json_t *o = json_object();

	put(o, "day", shape_day(u->day));
	put(o, "staff", shape_reader(&reader, true));
	put(o, "sign", json_string(state_name(&watch_signs, (int)u->sign)));
	put(o, "sign_label", json_string(label));
	put(o, "files", json_integer(u->files));
	put(o, "all_files", json_integer(u->looks));
	put(o, "last", shape_instant(u->last_at));
	put(o, "why", json_string(arena_printf(op->mem, _("%s: %lld of %lld"), label,
	    (long long)u->files, (long long)u->looks)));
	return o;
}

static enum status
run_unusual(struct call *call)
{
	json_t *rows = json_array();
	struct unusual *list;
	int64_t staff;
	int from, to, today = 0;
	size_t n;

	put(call->out, "unusual", rows);
	TRY(read_staff(call, &staff));
	TRY(read_days(call, 7, &from, &to));
	TRY(store_look_unusual(call->op, staff, from, to, &list, &n));
	for (size_t i = 0; i < n; i++) {
		today += list[i].day == call->op->today;
		json_array_append_new(rows, shape_unusual(call->op, &list[i]));
	}
	put(call->out, "today", json_integer(today));
	return ST_OK;
}

static const struct arg list_args[] = {
	ARG("person", ARG_ID, OPTIONAL, N_("who saw this person")),
	ARG("staff", ARG_TEXT, OPTIONAL, N_("whom this member of staff saw (login)")),
	ARG("from", ARG_DAY, OPTIONAL, N_("first day")),
	ARG("to", ARG_DAY, OPTIONAL, N_("last day; today if left out")),
	ARG("unit", ARG_TEXT, OPTIONAL, N_("only looks of this unit")),
	ARG("hits", ARG_BOOL, OPTIONAL, N_("true: lists in which people stood, too")),
	LIST_ARGS, ARG_END
};
static const struct arg unusual_args[] = {
	ARG("staff", ARG_TEXT, OPTIONAL, N_("only this member of staff (login)")),
	ARG("from", ARG_DAY, OPTIONAL, N_("first day; a week before the last if left out")),
	ARG("to", ARG_DAY, OPTIONAL, N_("last day; today if left out")), ARG_END
};
static const struct arg purpose_args[] = {
	ARG("person", ARG_ID, OPTIONAL, N_("number of the person")),
	ARG("case", ARG_ID, OPTIONAL, N_("number of a case of theirs (its id)")), ARG_END
};

const struct command cmd_look_purpose = {
	.name = "look.purpose", .args = purpose_args,
	.help = N_("must you say what you look at a file for, and what can be said"),
	.run = run_purpose,
};
const struct command cmd_look_list = {
	.name = "look.list", .args = list_args, .flags = CMD_SENSITIVE,
	.help = N_("who looked at a person, or whom somebody looked at, newest first"),
	.run = run_list,
};
const struct command cmd_look_unusual = {
	.name = "look.unusual", .args = unusual_args,
	.help = N_("reading that is unusual, by day and member of staff, and why"),
	.run = run_unusual,
};
