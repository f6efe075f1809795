/*
 * pin.c - layer 4: commands of a covered screen: choosing a PIN, and typing it.
 */
#include "service_pin.h"
#include "shape.h"

/* Making what is kept takes a while: nobody waits for it. */
static enum status
prepare(struct call *call)
{
	const char *hash;

	TRY(pin_prepare(call->op, arg_text(call, "new"), arg_text(call, "old"), &hash));
	call->found = hash;
	return ST_OK;
}

static enum status
run_cover(struct call *call)
{
	struct cover c;

	TRY(pin_cover(call->op, &c));
	put(call->out, "cover", json_pack("{s:i, s:i, s:b}", "cover_minutes", c.minutes,
	    "leave_minutes", c.leave_minutes, "pin", c.pin));
	return ST_OK;
}

static enum status
run_pin(struct call *call)
{
	TRY(pin_keep(call->op, call->found));
	return run_cover(call);
}

static enum status
run_unlock(struct call *call)
{
	put(call->out, "staff", shape_staff(call->op->by));
	return pin_check(call->op, arg_text(call, "pin"));
}

static const struct arg pin_args[] = {
	ARG("new", ARG_TEXT, REQUIRED, N_("the PIN, at least six signs")),
	ARG("old", ARG_TEXT, OPTIONAL, N_("the one chosen before, if any")), ARG_END
};
static const struct arg unlock_args[] = {
	ARG("pin", ARG_TEXT, REQUIRED, N_("your PIN")), ARG_END
};

const struct command cmd_staff_cover = {
	.name = "staff.cover", .help = N_("when a screen that nobody touches is covered"),
	.run = run_cover,
};
const struct command cmd_staff_pin = {
	.name = "staff.pin", .args = pin_args, .flags = CMD_WRITE,
	.help = N_("choose the PIN that uncovers your screen"),
	.before = prepare, .run = run_pin,
};
const struct command cmd_staff_unlock = {
	.name = "staff.unlock", .args = unlock_args,
	.help = N_("uncover the screen"), .run = run_unlock,
};
