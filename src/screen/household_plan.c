/*
 * household_plan.c - layer 3: what an act would change, and doing it.  Opened
 * by household_act.c with {"command", "params"}, above which it stands: Esc
 * goes back to what was typed.  The engine plans; nothing is guessed here.
 */
#include "desk.h"

struct state {
	const json_t *result;    /* of the command with preview */
	struct table table;
};

static const struct column columns[] = {
	{ N_("Day"), 12, LEFT, 0 },
	{ N_("What"), 0, LEFT, 0 },
	{ N_("Whom"), 18, LEFT, 0 },
};

static void
open_plan(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	table_init(&st->table, s->mem, columns, COUNT_OF(columns), N_("Nothing would change."));
}

static void
add(struct screen *s, enum style style, const char *day, const char *what, const char *whom)
{
	struct table *t = &((struct state *)s->state)->table;

	table_add(t, (int64_t)t->n_rows + 1, style, (const char *[]){ day, what, whom });
}

static const char *
side_name(struct screen *s, const json_t *side)
{
	return truth_at(side, "begins") ? _("new household")
	    : arena_printf(s->page, _("household %lld"), (long long)number_at(side, "id"));
}

static void
add_changes(struct screen *s, const json_t *plan)
{
	const json_t *side, *change;
	const char *day = say_date(s->page, text_at(plan, "day"));
	size_t i, j;

	add(s, STYLE_STRONG, _("from"), _("This will change:"), "");
	json_array_foreach(at(plan, "households"), i, side)
		json_array_foreach(at(side, "changes"), j, change)
			add(s, STYLE_PLAIN, day, arena_printf(s->page, "%s: %s", side_name(s, side),
			    text_at(change, "label")), text_at(change, "person.name"));
}

static void
add_tasks(struct screen *s, const json_t *plan)
{
	const json_t *tasks = at(plan, "tasks"), *task;
	size_t i;

	if (json_array_size(tasks) > 0)
		add(s, STYLE_STRONG, _("due"), _("These tasks will open:"), "");
	json_array_foreach(tasks, i, task)
		add(s, STYLE_PLAIN, say_date(s->page, text_at(task, "due")),
		    arena_printf(s->page, "%s: %s", text_at(task, "unit_label"),
		    text_at(task, "label")), text_at(task, "person.name"));
}

/* People whom the child's record might double. */
static void
add_doubles(struct screen *s, const json_t *plan)
{
	const json_t *hits = at(plan, "doubles"), *hit;
	size_t i;

	if (json_array_size(hits) > 0)
		add(s, STYLE_STRONG, _("born"), _("Registered already under such a name:"), "");
	json_array_foreach(hits, i, hit)
		add(s, STYLE_ALERT, text_at(hit, "born"), text_at(hit, "why"), text_at(hit, "name"));
}

static json_t *
params_of(const struct screen *s, const char *key, json_t *value)
{
	json_t *params = json_copy(json_object_get(s->args, "params"));

	json_object_set_new(params, key, value);
	return params;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result;

	TRY(ask_with(s, &result, text_at(s->args, "command"), params_of(s, "preview", json_true())));
	st->result = result;
	table_begin(&st->table, s->page);
	add_changes(s, at(result, "plan"));
	add_tasks(s, at(result, "plan"));
	add_doubles(s, at(result, "plan"));
	table_end(&st->table);
	return ST_OK;
}

/* ---- doing it ---- */

/* The plan was made on the household as it was: whoever was faster is told,
 * and what would change now is shown.  Nobody does what they have not seen. */
static unsigned
act_do(void *on)
{
	struct screen *s = on, *form = s->below;
	struct state *st = s->state;
	int64_t version = number_at(st->result, "household.version");
	const json_t *result;
	size_t n;

	if (ask_with(s, &result, text_at(s->args, "command"), version ? params_of(s, "version",
	    json_integer(version)) : params_of(s, "preview", json_false())) != ST_OK)
		return RELOAD;
	n = json_array_size(at(result, "plan.tasks"));
	if (n == 0)
		say(s, TONE_DONE, _("Recorded: %s."), text_at(result, "plan.act_label"));
	else
		say(s, TONE_DONE, tr_n("Recorded: %s. %d task is open now.",
		    "Recorded: %s. %d tasks are open now.", (int64_t)n),
		    text_at(result, "plan.act_label"), (int)n);
	screen_drop_draft(form);
	desk_remove(s->desk, form);
	return CLOSE;
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), _("%s · preview"), text_at(st->result, "plan.act_label"));
	h->load = _("Nothing is stored yet. F10 does it once, Esc goes back to what was typed.");
}

/* The whole row that the cursor is on, where a column cuts it. */
static const char *
row_in_full(const struct table *t)
{
	const char *const *cells = t->n_rows > 0 ? t->rows[t->cursor].cells : NULL;

	return cells ? arena_printf(frame_mem(), "%s  %s  %s", cells[0], cells[1], cells[2]) : "";
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	const json_t *w;
	size_t i;

	json_array_foreach(at(st->result, "plan.warnings"), i, w) {
		int used = draw_wrapped((struct area){ body.row, 1, 2, body.cols - 2 }, STYLE_ALERT,
		    arena_printf(frame_mem(), "! %s", json_string_value(w)));

		body.row += used;
		body.rows -= used;
	}
	draw_wrapped((struct area){ body.row + body.rows - 2, 1, 2, body.cols - 2 }, STYLE_QUIET,
	    row_in_full(&st->table));
	body.rows -= 3;
	table_draw(&st->table, body, TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->table };
}

static const struct binding bindings[] = {
	{ .keys = "F10 ^S", .label = N_("Do it"), .act = act_do,
	  .help = N_("record it as shown, and open the tasks") },
	{ 0 }
};

const struct screen_class screen_household_plan = {
	.name = "household_plan",
	.title = N_("Preview"),
	.about = N_("What would change and which tasks would open. Nothing is stored before F10."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.open = open_plan,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
