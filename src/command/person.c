/*
 * person.c - layer 4: commands of the person register.
 */
#include "shape_person.h"

#include "service_merge.h"

#define HITS_USUAL 10
#define HITS_MOST 50

static struct person_wish
wish_of(const struct call *call)
{
	return (struct person_wish){
		.family = arg_text(call, "family"), .given = arg_text(call, "given"),
		.source = arg_text(call, "source"), .keep = arg_text(call, "keep"),
		.born = arg_text(call, "born"), .sex = arg_text(call, "sex"),
		.nationality = arg_text(call, "nationality"),
		.language = arg_text(call, "language"), .phone = arg_text(call, "phone"),
		.address = arg_text(call, "address"),
	};
}

static enum status
run_new(struct call *call)
{
	struct person_wish wish = wish_of(call);
	struct person p;

	TRY(person_new(call->op, &wish, &p));
	TRY(doubles_note(call->op, p.id, call->found));
	return put_person(call, &p);
}

static enum status
run_edit(struct call *call)
{
	struct person_wish wish = wish_of(call);
	struct person p;

	TRY(person_change(call->op, arg_id(call, "id"), arg_id(call, "version"), &wish, &p));
	return put_person(call, &p);
}

enum status
run_person_show(struct call *call)
{
	struct person p;

	TRY(person_show(call->op, arg_id(call, "id"), &p));
	return put_person(call, &p);
}

static enum status
run_lock(struct call *call)
{
	struct person p;

	TRY(person_lock(call->op, arg_id(call, "id"), arg_id(call, "version"),
	    arg_day(call, "until"), arg_text(call, "reason"), &p));
	return put_person(call, &p);
}

static enum status
run_unlock(struct call *call)
{
	struct person p;

	TRY(person_unlock(call->op, arg_id(call, "id"), arg_id(call, "version"),
	    arg_text(call, "reason"), &p));
	return put_person(call, &p);
}

json_t *
shape_hit(struct op *op, const struct hit *hit)
{
	json_t *o = json_object();
	struct person p;
	const char *label;

	countries_split(op, hit->countries, &p);
	look_hit(op, hit->id);
	put(o, "id", json_integer(hit->id));
	put(o, "name", json_string(hit->display));
	put(o, "born", shape_text(hit->born));
	if (person_nationality_label(op, &p, &label) != ST_OK)
		label = "";
	put(o, "nationality", json_string(label));
	put(o, "locked", json_boolean(hit->locked));
	put(o, "kept", json_boolean(hit->kept));
	put(o, "score", json_integer(hit->score));
	put(o, "why", json_string(hit->why));
	return o;
}

static enum status
run_find(struct call *call)
{
	json_t *rows = json_array();
	struct find_wish wish = { .text = arg_text(call, "q"), .born = arg_text(call, "born"),
		.nationality = arg_text(call, "nationality") };
	struct hit *hits;
	size_t n;

	put(call->out, "people", rows);
	TRY(read_limit(call, HITS_USUAL, HITS_MOST, &wish.limit));
	TRY(person_find(call->op, &wish, &hits, &n));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_hit(call->op, &hits[i]));
	return ST_OK;
}

static const char *const keeps[] = { "previous", "spelling", "wrong", NULL };

#define FAMILY_HELP N_("family name; a single name goes here")
#define PERSON_ARGS                                                            \
	ARG("given", ARG_TEXT, OPTIONAL, N_("given names; - where nobody can tell them")), \
	ARG("source", ARG_TEXT, OPTIONAL, N_("paper the main name was read from")), \
	ARG("born", ARG_BIRTH, OPTIONAL, N_("date of birth, as far as known: 1990, 1990-05")), \
	ARG_OF("sex", OPTIONAL, N_("m, f, d (divers) or x (not stated)"), sex_values), \
	ARG("nationality", ARG_TEXT, OPTIONAL, N_("countries, three letters, commas between")), \
	ARG("language", ARG_TEXT, OPTIONAL, N_("language to talk in, such as ar")), \
	ARG("phone", ARG_TEXT, OPTIONAL, N_("telephone number")),              \
	ARG("address", ARG_TEXT, OPTIONAL, N_("where the person lives"))

static const struct arg new_args[] = {
	ARG("family", ARG_TEXT, REQUIRED, FAMILY_HELP), PERSON_ARGS,
	ARG("reason", ARG_TEXT, OPTIONAL,
	    N_("why it is not the person in the register who is so like")), ARG_END
};
static const struct arg edit_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("version", ARG_INT, OPTIONAL, N_("version you have seen")),
	ARG("family", ARG_TEXT, OPTIONAL, FAMILY_HELP), PERSON_ARGS,
	ARG_OF("keep", OPTIONAL, N_("what becomes of a main name that is replaced"), keeps),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("why it is changed, for the history")), ARG_END
};
static const struct arg lock_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("version", ARG_INT, OPTIONAL, N_("version you have seen")),
	ARG("until", ARG_DAY, REQUIRED, N_("last day of the lock")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("why, or by whose order")), ARG_END
};
static const struct arg unlock_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("version", ARG_INT, OPTIONAL, N_("version you have seen")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("why the lock ends")), ARG_END
};
static const struct arg show_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")), PURPOSE_ARG, ARG_END
};
static const struct arg find_args[] = {
	ARG("q", ARG_TEXT, REQUIRED,
	    N_("names in any order and spelling, date of birth, or any number")),
	ARG("born", ARG_BIRTH, OPTIONAL, N_("date of birth, as far as known: 1990, 1990-05")),
	ARG("nationality", ARG_TEXT, OPTIONAL, N_("only people of this country, three letters")),
	ARG("limit", ARG_INT, OPTIONAL, N_("rows at most")), ARG_END
};

const struct command cmd_person_new = {
	.name = "person.new", .args = new_args, .flags = CMD_WRITE,
	.help = N_("make a record for a person; search first"), .before = look_for_doubles,
	.run = run_new,
};
const struct command cmd_person_edit = {
	.name = "person.edit", .args = edit_args, .flags = CMD_WRITE,
	.help = N_("change a person's record"), .run = run_edit, .current = run_person_show,
};
const struct command cmd_person_lock = {
	.name = "person.lock", .args = lock_args, .flags = CMD_WRITE,
	.help = N_("nothing of this person is disclosed until a day (§ 51 BMG)"),
	.run = run_lock, .current = run_person_show,
};
const struct command cmd_person_unlock = {
	.name = "person.unlock", .args = unlock_args, .flags = CMD_WRITE,
	.help = N_("end a lock against disclosure"), .run = run_unlock,
	.current = run_person_show,
};
const struct command cmd_person_show = {
	.name = "person.show", .args = show_args, .flags = CMD_SENSITIVE,
	.help = N_("a person, with the cases and visits you may see"), .run = run_person_show,
};
const struct command cmd_person_find = {
	.name = "person.find", .args = find_args, .flags = CMD_SENSITIVE,
	.help = N_("find people, however their names are spelled"), .run = run_find,
};
