/*
 * consent.c - layer 4: commands about consent: a person releases a closed unit
 * from secrecy, and takes it back.
 */
#include "disclosure_shape.h"

#include "slip.h"

struct receiver
receiver_of(const struct call *call)
{
	return (struct receiver){ .unit = arg_text(call, "to"), .body = arg_text(call, "body"),
	    .name = arg_text(call, "body_name") };
}

json_t *
shape_consent(struct op *op, const struct consent *c)
{
	json_t *o = json_object();

	put(o, "id", shape_id(c->id));
	put_receiver(op, o, &c->to);
	put(o, "scope", json_string(c->scope));
	put(o, "version", json_integer(c->version));
	put(o, "language", json_string(c->language));
	put(o, "given", shape_day(c->given_day));
	put(o, "until", shape_day(c->until_day));
	put(o, "by", json_string(c->given_by_name));
	put(o, "withdrawn", shape_instant(c->ended_at));
	put(o, "holds", json_boolean(c->holds));
	return o;
}

static void
put_read(struct call *call, const struct consent *c, const struct slip *slip)
{
	json_t *o = shape_consent(call->op, c);

	put(o, "checked", json_boolean(c->checked));
	put(call->out, "consent", o);
	put_slip(call, slip);
}

static enum status
run_give(struct call *call)
{
	struct consent c = { .person_id = arg_id(call, "person"), .to = receiver_of(call),
	    .scope = arg_text(call, "scope"), .language = arg_text(call, "language"),
	    .until_day = arg_day(call, "until") };
	struct slip slip;

	TRY(consent_give(call->op, &c, arg_bool(call, "preview"), &slip));
	put_read(call, &c, &slip);
	return ST_OK;
}

static enum status
run_show(struct call *call)
{
	struct consent c;
	struct slip slip;

	TRY(consent_show(call->op, arg_id(call, "id"), &c, &slip));
	look_file(call->op, c.person_id);
	put_read(call, &c, &slip);
	return ST_OK;
}

static enum status
run_withdraw(struct call *call)
{
	struct consent c;

	TRY(consent_withdraw(call->op, arg_id(call, "id"), &c));
	put(call->out, "consent", shape_consent(call->op, &c));
	return ST_OK;
}

static enum status
run_list(struct call *call)
{
	json_t *rows = json_array();
	struct consent *list;
	size_t n;

	put(call->out, "consents", rows);
	TRY(consent_list(call->op, arg_id(call, "person"), &list, &n));
	look_file(call->op, arg_id(call, "person"));
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_consent(call->op, &list[i]));
	return ST_OK;
}

/* ---- the table ---- */

#define PERSON_ARG ARG("person", ARG_ID, REQUIRED, N_("number of the person"))
#define ID_ARG ARG("id", ARG_ID, REQUIRED, N_("number of the consent"))

static const struct arg give_args[] = {
	PERSON_ARG, RECEIVER_ARGS,
	ARG("scope", ARG_TEXT, REQUIRED, N_("about what, as it was said to the person")),
	ARG("language", ARG_TEXT, OPTIONAL, N_("in which the text is read; theirs if left out")),
	ARG("until", ARG_DAY, OPTIONAL, N_("last day it holds; none: until withdrawn")),
	ARG("preview", ARG_BOOL, OPTIONAL, N_("true: only say what is to be read out")), ARG_END
};
static const struct arg id_args[] = { ID_ARG, ARG_END };
static const struct arg list_args[] = { PERSON_ARG, ARG_END };

const struct command cmd_consent_give = {
	.name = "consent.give", .args = give_args, .flags = CMD_WRITE | CMD_PREVIEW,
	.run = run_give,
	.help = N_("a person consents that your unit tells another one something"),
};
const struct command cmd_consent_show = {
	.name = "consent.show", .args = id_args, .flags = CMD_SENSITIVE, .run = run_show,
	.help = N_("a consent, with the text as it was read out"),
};
const struct command cmd_consent_withdraw = {
	.name = "consent.withdraw", .args = id_args, .flags = CMD_WRITE, .run = run_withdraw,
	.help = N_("a person withdraws it: from now on the other unit sees nothing of it"),
};
const struct command cmd_consent_list = {
	.name = "consent.list", .args = list_args, .flags = CMD_SENSITIVE, .run = run_list,
	.help = N_("what a person has consented to towards your unit"),
};
