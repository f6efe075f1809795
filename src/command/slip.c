/*
 * slip.c - layer 4: what people take home: the list of what is missing, the
 * ticket.  For scripts as data, for people as text.
 */
#include "slip.h"

#include "shape.h"

#include "case_show.h"

static json_t *
shape_language(const struct slip_language *l)
{
	json_t *o = json_object();

	put(o, "code", json_string(l->code));
	put(o, "name", json_string(l->name));
	put(o, "rtl", json_boolean(l->rtl));
	put(o, "checked", json_boolean(l->checked));
	return o;
}

void
put_slip(struct call *call, const struct slip *slip)
{
	json_t *rows = json_array();

	put(call->out, "language", shape_text(slip->language));
	put(call->out, "speaks", shape_text(slip->speaks));
	put(call->out, "near", shape_text(slip->near));
	put(call->out, "languages", rows);
	for (size_t i = 0; i < slip->n_languages; i++)
		json_array_append_new(rows, shape_language(&slip->languages[i]));
	put(call->out, "text", json_string(slip->text));
}

static enum status
run_case_gaps(struct call *call)
{
	struct case_file c;
	enum sight sight;
	struct gaps gaps;
	struct slip slip;

	TRY(case_look(call->op, arg_id(call, "id"), &c, &sight));
	if (sight != SIGHT_FULL)
		return op_fail_field(call->op, ST_DENIED, "id",
		    _("Case %s belongs to another unit. Only that unit knows what is missing."),
		    case_number(call->op, &c));
	TRY(gaps_of_case(call->op, &c, &gaps));
	if (c.state >= CASE_DECIDED)
		gaps.n = 0;
	look_file(call->op, c.person_id);
	put(call->out, "number", json_string(case_number(call->op, &c)));
	put(call->out, "missing", shape_gaps(&gaps));
	TRY(slip_of_case(call->op, &c, &gaps, arg_text(call, "language"), &slip));
	put_slip(call, &slip);
	return ST_OK;
}

static enum status
run_service_gaps(struct call *call)
{
	json_t *answers = arg_json(call, "form");
	struct matter m = { arg_text(call, "service"), answers, arg_text(call, "brought") };
	struct gaps gaps;
	struct slip slip;
	enum status s = gaps_of_matter(call->op, &m, &gaps);

	if (s == ST_OK)
		s = slip_of_matter(call->op, &m, &gaps, arg_text(call, "name"),
		    arg_text(call, "speaks"), arg_text(call, "language"), &slip);
	json_decref(answers);
	if (s != ST_OK)
		return s;
	put(call->out, "missing", shape_gaps(&gaps));
	put_slip(call, &slip);
	return ST_OK;
}

static enum status
run_visit_slip(struct call *call)
{
	struct slip slip;
	struct visit v;

	TRY(visit_show(call->op, arg_id(call, "id"), &v));
	visit_mask(call->op, &v);
	if (v.person_id)
		look_file(call->op, v.person_id);
	put(call->out, "ticket", json_string(visit_ticket(call->op, &v)));
	TRY(slip_of_visit(call->op, &v, arg_text(call, "language"), &slip));
	put_slip(call, &slip);
	return ST_OK;
}

#define LANGUAGE_ARG                                                           \
	ARG("language", ARG_TEXT, OPTIONAL, N_("language of the text, if not the person's own"))

static const struct arg case_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the case (its id)")), LANGUAGE_ARG, ARG_END
};
static const struct arg service_args[] = {
	ARG("service", ARG_TEXT, REQUIRED, N_("code of the service, such as S02")),
	ARG("form", ARG_JSON, OPTIONAL, N_("answers to the intake form, as JSON")),
	ARG("brought", ARG_TEXT, OPTIONAL, N_("papers that are here, such as \"PASS PHOTO\"")),
	ARG("name", ARG_TEXT, OPTIONAL, N_("name of the person")),
	ARG("speaks", ARG_TEXT, OPTIONAL, N_("language the person speaks")), LANGUAGE_ARG, ARG_END
};
static const struct arg visit_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the visit (its id)")), LANGUAGE_ARG, ARG_END
};

const struct command cmd_case_gaps = {
	.name = "case.gaps", .args = case_args, .flags = CMD_SENSITIVE,
	.help = N_("what a case lacks, and by when; as a list for the person too"),
	.run = run_case_gaps,
};
const struct command cmd_service_gaps = {
	.name = "service.gaps", .args = service_args,
	.help = N_("what a matter lacks before it is a case; as a list for the person too"),
	.run = run_service_gaps,
};
const struct command cmd_visit_slip = {
	.name = "visit.slip", .args = visit_args,
	.flags = CMD_SENSITIVE,
	.help = N_("the ticket as a text for the person, in their language"),
	.run = run_visit_slip,
};
