/*
 * case.c - layer 4: commands that move a case.  Looking is in case_show.c,
 * lists in case_list.c.
 */
#include "shape.h"

#include "case_show.h"

static enum status
run_open(struct call *call)
{
	json_t *answers = arg_json(call, "form"), *reasons = arg_json(call, "reasons");
	struct case_wish wish = {
		.person_id = arg_id(call, "person"), .visit_id = arg_id(call, "visit"),
		.service = arg_text(call, "service"), .answers = answers,
		.reasons = reasons, .form_version = arg_int(call, "form_version", 0),
	};
	struct case_file c;
	enum status s = case_open(call->op, &wish, &c);

	json_decref(reasons);
	json_decref(answers);
	return s == ST_OK ? put_case(call, &c) : s;
}

static enum status
run_claim(struct call *call)
{
	struct case_file c;

	TRY(case_claim(call->op, arg_id(call, "id"), arg_id(call, "version"), &c));
	return put_case(call, &c);
}

static enum status
run_next(struct call *call)
{
	struct case_file c;

	TRY(case_next(call->op, arg_text(call, "unit"), &c));
	return put_case(call, &c);
}

static enum status
run_release(struct call *call)
{
	struct case_file c;

	TRY(case_release(call->op, arg_id(call, "id"), arg_id(call, "version"), &c));
	return put_case(call, &c);
}

static enum status
run_take(struct call *call)
{
	struct case_file c;

	TRY(case_take(call->op, arg_id(call, "id"), arg_id(call, "version"),
	    arg_text(call, "reason"), &c));
	return put_case(call, &c);
}

static enum status
run_wait(struct call *call)
{
	struct case_file c;

	TRY(case_wait(call->op, arg_id(call, "id"), arg_id(call, "version"),
	    arg_text(call, "reason"), arg_day(call, "until"), &c));
	return put_case(call, &c);
}

static enum status
run_resume(struct call *call)
{
	struct case_file c;

	TRY(case_resume(call->op, arg_id(call, "id"), arg_id(call, "version"), &c));
	return put_case(call, &c);
}

static enum status
run_decide(struct call *call)
{
	enum result result = (enum result)state_by_name(&results, arg_text(call, "result"));
	struct case_file c;

	TRY(case_decide(call->op, arg_id(call, "id"), arg_id(call, "version"), result,
	    arg_text(call, "reason"), &c));
	return put_case(call, &c);
}

/* Approve, send back, withdraw: what waits for a second person. */
static enum status
run_settle(struct call *call)
{
	struct case_file c;

	TRY(case_settle(call->op, call->name, arg_id(call, "id"), arg_id(call, "version"),
	    arg_text(call, "reason"), &c));
	return put_case(call, &c);
}

static enum status
run_handout(struct call *call)
{
	struct case_file c;

	TRY(case_hand_out(call->op, arg_id(call, "id"), arg_id(call, "version"), &c));
	return put_case(call, &c);
}

static enum status
run_close(struct call *call)
{
	struct case_file c;

	TRY(case_close(call->op, arg_id(call, "id"), arg_id(call, "version"), &c));
	return put_case(call, &c);
}

static enum status
run_reopen(struct call *call)
{
	struct case_file c;

	TRY(case_reopen(call->op, arg_id(call, "id"), arg_id(call, "version"),
	    arg_text(call, "reason"), &c));
	return put_case(call, &c);
}

static enum status
run_note(struct call *call)
{
	struct case_file c;
	json_t *note = json_object();
	int64_t note_id = 0;
	enum status s;

	put(call->out, "note", note);
	s = case_note(call->op, arg_id(call, "id"), arg_text(call, "text"),
	    json_is_false(json_object_get(call->args, "entrusted")), &c, &note_id);
	if (s != ST_OK)
		return s;
	put(note, "id", json_integer(note_id));
	return put_case(call, &c);
}

static enum status
run_unseal(struct call *call)
{
	struct case_note note;
	struct case_file c;

	TRY(case_unseal(call->op, arg_id(call, "id"), arg_id(call, "note"), &c, &note));
	put(call->out, "note", shape_note(call->op, &note));
	return put_case(call, &c);
}

static enum status
run_document(struct call *call)
{
	int state = state_by_name(&paper_states, arg_text(call, "state"));
	struct case_document d;
	struct case_file c;

	TRY(case_document(call->op, arg_id(call, "id"), arg_text(call, "key"),
	    (enum paper_state)state, arg_text(call, "reason"), &c, &d));
	put(call->out, "document", shape_document(&d));
	return put_case(call, &c);
}

static enum status
run_answer(struct call *call)
{
	json_t *answers = arg_json(call, "answers"), *reasons = arg_json(call, "reasons");
	struct case_change change = { .id = arg_id(call, "id"), .seen = arg_id(call, "version"),
		.answers = answers, .reasons = reasons };
	struct case_file c;
	enum status s = case_answer(call->op, &change, &c);

	json_decref(reasons);
	json_decref(answers);
	return s == ST_OK ? put_case(call, &c) : s;
}

static enum status
assign_one(struct call *call, int64_t id, json_t *rows)
{
	struct case_file c;
	json_t *o;

	TRY(case_assign(call->op, id, arg_text(call, "owner"), arg_text(call, "reason"), &c));
	TRY(shape_case(call->op, &c, &o));
	json_array_append_new(rows, o);
	return ST_OK;
}

/* All of them or none: one act, one event. */
static enum status
run_assign(struct call *call)
{
	json_t *rows = json_array();
	const int64_t *ids;
	size_t n = arg_ids(call, "id", &ids);

	put(call->out, "cases", rows);
	for (size_t i = 0; i < n; i++)
		TRY(assign_one(call, ids[i], rows));
	return ST_OK;
}

/* Also for those that begin with something else, or with many: then it is none. */
static enum status
peek(struct call *call)
{
	const json_t *id = json_object_get(call->args, "id");
	enum sight sight;
	struct case_file c;

	if (json_is_integer(id) &&
	    case_look(call->op, json_integer_value(id), &c, &sight) != ST_OK)
		call->op->fail = (struct failure){ 0 };
	return ST_OK;
}

#define ID_ARG ARG("id", ARG_ID, REQUIRED, N_("number of the case (its id)"))
#define VERSION_ARG ARG("version", ARG_INT, OPTIONAL, N_("version you have seen"))
#define WHY_ARGS                                                                \
	ARG("reason", ARG_TEXT, OPTIONAL, N_("why what the form warns of is right")), \
	ARG("reasons", ARG_JSON, OPTIONAL,                                      \
	    N_("the same for each of it, as JSON: path and reason"))
#define REASON_ARG(need) ARG("reason", ARG_TEXT, need, N_("why; it is kept"))

static const struct arg open_args[] = {
	ARG("person", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("service", ARG_TEXT, REQUIRED, N_("code of the service, such as S02")),
	ARG("visit", ARG_ID, OPTIONAL, N_("visit it comes from")),
	ARG("form", ARG_JSON, OPTIONAL, N_("answers to the intake form, as JSON")),
	ARG("form_version", ARG_INT, OPTIONAL, N_("version of the form that was asked")), WHY_ARGS,
	ARG_END
};
static const struct arg act_args[] = { ID_ARG, VERSION_ARG, REASON_ARG(OPTIONAL), ARG_END };
static const struct arg reason_args[] = { ID_ARG, VERSION_ARG, REASON_ARG(REQUIRED), ARG_END };
static const struct arg approve_args[] = {
	ID_ARG, ARG("version", ARG_INT, REQUIRED, N_("version you have seen: that is approved")),
	ARG_END
};
static const struct arg next_args[] = {
	ARG("unit", ARG_TEXT, OPTIONAL, N_("your own unit")), ARG_END
};
static const struct arg note_args[] = {
	ID_ARG, ARG("text", ARG_TEXT, REQUIRED, N_("what is to be kept")),
	ARG("entrusted", ARG_BOOL, OPTIONAL, N_("false: others who see the case may read it; a "
	    "closed unit's notes are entrusted otherwise")), ARG_END
};
static const struct arg unseal_args[] = {
	ID_ARG, ARG("note", ARG_ID, REQUIRED, N_("number of the note")), REASON_ARG(REQUIRED), ARG_END
};
static const struct arg document_args[] = {
	ID_ARG, ARG("key", ARG_TEXT, REQUIRED, N_("the paper, such as PASS")),
	ARG_OF("state", REQUIRED, N_("how far it is"), paper_state_values), REASON_ARG(OPTIONAL),
	ARG_END
};
static const struct arg wait_args[] = {
	ID_ARG, VERSION_ARG, ARG("reason", ARG_TEXT, REQUIRED, N_("for what")),
	ARG("until", ARG_DAY, REQUIRED, N_("day on which it comes back")), ARG_END
};
static const struct arg decide_args[] = {
	ID_ARG, VERSION_ARG, ARG_OF("result", REQUIRED, N_("what is decided"), result_values),
	ARG("reason", ARG_TEXT, OPTIONAL, N_("reason; a refusal needs one")), ARG_END
};
static const struct arg answer_args[] = {
	ID_ARG, VERSION_ARG,
	ARG("answers", ARG_JSON, REQUIRED, N_("answers to change, as JSON; null takes one away")),
	WHY_ARGS, ARG_END
};
static const struct arg assign_args[] = {
	ARG("id", ARG_IDS, REQUIRED, N_("numbers of the cases")),
	ARG("owner", ARG_TEXT, REQUIRED, N_("login of the clerk")), REASON_ARG(OPTIONAL), ARG_END
};

#define CASE_COMMAND(symbol, wire, args_, help_, run_)                         \
	const struct command symbol = {                                        \
		.name = wire, .args = args_, .flags = CMD_WRITE,               \
		.help = help_, .run = run_, .peek = peek, .current = run_case_show, \
	}

CASE_COMMAND(cmd_case_open, "case.open", open_args,
    N_("take in what a person wants as a case"), run_open);
CASE_COMMAND(cmd_case_claim, "case.claim", act_args,
    N_("take an open case; fails if someone else has it"), run_claim);
CASE_COMMAND(cmd_case_next, "case.next", next_args,
    N_("claim the most urgent open case of your unit"), run_next);
CASE_COMMAND(cmd_case_release, "case.release", act_args,
    N_("put your case back into the pool"), run_release);
CASE_COMMAND(cmd_case_take, "case.take", reason_args,
    N_("take over a colleague's case, with a reason"), run_take);
CASE_COMMAND(cmd_case_wait, "case.wait", wait_args,
    N_("put your case on hold until a day"), run_wait);
CASE_COMMAND(cmd_case_resume, "case.resume", act_args,
    N_("go on with a case on hold"), run_resume);
CASE_COMMAND(cmd_case_decide, "case.decide", decide_args,
    N_("decide your case; it goes to the counter, or first to a second person who approves it"),
    run_decide);
CASE_COMMAND(cmd_case_approve, "case.approve", approve_args,
    N_("approve what a colleague has decided; then it is decided"), run_settle);
CASE_COMMAND(cmd_case_return, "case.return", reason_args,
    N_("send a decision back to who proposed it, with a reason"), run_settle);
CASE_COMMAND(cmd_case_withdraw, "case.withdraw", act_args,
    N_("take your decision back before it is approved"), run_settle);
CASE_COMMAND(cmd_case_handout, "case.handout", act_args,
    N_("the person has got the decision"), run_handout);
CASE_COMMAND(cmd_case_close, "case.close", act_args,
    N_("close a case that is done"), run_close);
CASE_COMMAND(cmd_case_reopen, "case.reopen", reason_args,
    N_("open a decided or closed case again, with a reason"), run_reopen);
CASE_COMMAND(cmd_case_note, "case.note", note_args,
    N_("write a note into the file"), run_note);
CASE_COMMAND(cmd_case_unseal, "case.unseal", unseal_args,
    N_("a note of your closed unit is entrusted no more"), run_unseal);
CASE_COMMAND(cmd_case_document, "case.document", document_args,
    N_("record a paper: received, verified, missing, waived"), run_document);
CASE_COMMAND(cmd_case_answer, "case.answer", answer_args,
    N_("change answers of the intake form"), run_answer);
CASE_COMMAND(cmd_case_assign, "case.assign", assign_args,
    N_("give cases to a clerk, all or none"), run_assign);
