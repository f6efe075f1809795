/*
 * cover.c - layer 3: what stands before a screen while its clerk is away.
 * Uncovered by the clerk's PIN, which is chosen here too; without one a screen
 * that was left is given up.  Must never show a word of what lies below.
 */
#include "desk.h"
#include "pin.h"
#include "text.h"

#include <string.h>

#define TRIES 5
#define LEFT_EDGE 4

enum step { COVERED, CHOOSE, REPEAT };

struct state {
	enum step step;
	struct edit typed;
	char *old;               /* the PIN that goes, or NULL */
	char *first;             /* the new one, once typed */
	int wrong;
};

static void
begin(struct screen *s, enum step step)
{
	struct state *st = s->state;

	st->step = step;
	edit_init(&st->typed, s->mem, "", PIN_MOST);
}

static void
open_cover(struct screen *s, const json_t *args)
{
	(void)args;
	desk_say(s->desk, TONE_NOTE, NULL);
	begin(s, COVERED);
}

/* Who covers a screen by a key and has no PIN chooses one first.  One that was left
 * is covered whether the office answers or not. */
static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	bool left = truth_at(s->args, "left");
	const json_t *answer;
	enum status status = ask(s, &answer, "staff.cover", NULL);

	if (status != ST_OK)
		return left ? ST_OK : status;
	s->desk->idle.pin = truth_at(answer, "cover.pin");
	if (!s->desk->idle.pin && !left && st->step == COVERED)
		begin(s, CHOOSE);
	return ST_OK;
}

/* ---- drawing ---- */

static const char *
sentence(const struct screen *s)
{
	const struct state *st = s->state;

	if (st->step == CHOOSE)
		return _("Choose a PIN of at least six signs. It uncovers your screen after you "
		         "were away, and nothing else.");
	if (st->step == REPEAT)
		return _("Type the same PIN once more.");
	if (s->desk->idle.pin)
		return _("This screen is covered. Type your PIN and press Enter; all is as it was.");
	return _("This screen was left and is covered. You have not chosen a PIN: press F10 to leave "
	         "and log in again. What was typed is kept as a draft.");
}

static void
head(const struct screen *s, struct head *h)
{
	(void)s;
	h->left = "tresen";
	h->right = "";
}

static const char *
dots(const struct edit *e)
{
	char *text = arena_strdup(frame_mem(), "");

	for (size_t i = 0; i < e->length; i += text_cluster(e->text + i))
		text = arena_printf(frame_mem(), "%s*", text);
	return text;
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	int width = body.cols - 2 * LEFT_EDGE, row = body.row + body.rows / 3;
	char **lines;
	size_t n = shown_lines(sentence(s), width, &lines);

	for (size_t i = 0; i < n; i++)
		draw_text(row++, LEFT_EDGE, width, STYLE_PLAIN, lines[i]);
	if (st->step == COVERED && !s->desk->idle.pin)
		return;
	draw_format(row + 1, LEFT_EDGE, width, STYLE_STRONG, "%s %s", _("PIN:"), dots(&st->typed));
	draw_cursor(row + 1, LEFT_EDGE + shown_width(_("PIN:")) + 1 + shown_width(dots(&st->typed)));
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .edit = &st->typed };
}

/* ---- acting ---- */

/* The PIN as typed fits; else it is to be typed again, five times at most. */
static bool
fits(struct screen *s, unsigned *reaction)
{
	struct state *st = s->state;
	enum status got = ask(s, NULL, "staff.unlock", "{s:s}", "pin", st->typed.text);

	*reaction = DRAW;
	if (got == ST_OK)
		return true;
	if (got == ST_INVALID && ++st->wrong >= TRIES)
		*reaction = QUIT;
	begin(s, COVERED);
	return false;
}

static unsigned
typed_once(struct screen *s)
{
	struct state *st = s->state;

	st->first = arena_strdup(s->mem, st->typed.text);
	begin(s, REPEAT);
	return DRAW;
}

static unsigned
keep(struct screen *s)
{
	struct state *st = s->state;
	bool same = strcmp(st->first, st->typed.text) == 0;
	json_t *params = json_pack("{s:s, s:s*}", "new", st->first, "old", st->old);

	if (!same)
		say(s, TONE_FAILURE, _("The two are not the same. Choose a PIN once more."));
	begin(s, CHOOSE);
	if (!same) {
		json_decref(params);
		return DRAW;
	}
	if (ask_with(s, NULL, "staff.pin", params) != ST_OK)
		return DRAW;
	s->desk->idle.pin = true;
	begin(s, COVERED);
	return DRAW;
}

static unsigned
act_enter(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	unsigned reaction;

	if (st->step == CHOOSE)
		return typed_once(s);
	if (st->step == REPEAT)
		return keep(s);
	return fits(s, &reaction) ? CLOSE : reaction;
}

/* Another PIN is chosen by who knows the present one. */
static unsigned
act_change(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const char *old = arena_strdup(s->mem, st->typed.text);
	unsigned reaction;

	if (!fits(s, &reaction))
		return reaction;
	st->old = arena_strdup(s->mem, old);
	begin(s, CHOOSE);
	return DRAW;
}

static unsigned
act_back(void *on)
{
	(void)on;
	return CLOSE;
}

static unsigned
act_leave(void *on)
{
	(void)on;
	return QUIT;
}

static bool
is_typed(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->typed.length > 0 && (st->step != COVERED || s->desk->idle.pin);
}

static const char *
why_not(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->step == COVERED && !s->desk->idle.pin ? _("no PIN is chosen")
	                                                 : _("nothing is typed yet");
}

static bool
is_covered(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->step == COVERED && is_typed(on);
}

static bool
is_open(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->step != COVERED;
}

/* A document that somebody scans now belongs to nothing. */
static unsigned
scanned(struct screen *s, const char *zone)
{
	(void)s, (void)zone;
	return NOTHING;
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Go on"), .act = act_enter, .can = is_typed, .why = why_not,
	  .help = N_("go on with the PIN that was typed") },
	{ .keys = "F2 ^N", .label = N_("Another PIN"), .act = act_change, .can = is_covered,
	  .why = why_not, .help = N_("type the PIN that you have, then choose another") },
	{ .keys = "Esc", .label = N_("Back"), .act = act_back, .can = is_open,
	  .help = N_("back without choosing a PIN; the screen is not covered") },
	{ .keys = "F10 ^Q", .label = N_("Leave"), .act = act_leave,
	  .help = N_("leave the program; what was typed is kept as a draft") },
	{ 0 }
};

const struct screen_class screen_cover = {
	.name = "cover",
	.title = N_("Cover the screen"),
	.about = N_("Hides everything until you type your PIN. A screen that nobody touches for some "
	            "minutes is covered by itself."),
	.needs = "staff.unlock",
	.menu = true,
	.alone = true,
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.open = open_cover,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
	.scanned = scanned,
};
