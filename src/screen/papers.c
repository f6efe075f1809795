/*
 * papers.c - layer 3: the papers of a case, recorded by single keys.  Opened
 * by the case screen.  Each key acts at once; another key takes it back.
 */
#include <string.h>

#include "casework.h"

struct state {
	struct table table;
	const json_t *file;
	bool started;
	const char *asked;       /* key of the paper that a reason is typed for */
};

static const struct column columns[] = {
	{ N_("Paper"), 0, LEFT, 0 },
	{ N_("State"), 11, LEFT, 0 },
	{ N_("Needed"), 10, LEFT, 0 },
	{ N_("When"), 14, LEFT, 0 },
	{ N_("Who"), 10, LEFT, 92 },
	{ N_("Reason"), 0, LEFT, 110 },
};

static void
add(struct screen *s, struct table *t, const json_t *paper)
{
	bool missing = strcmp(text_at(paper, "state"), "missing") == 0;
	bool needed = truth_at(paper, "required");
	const char *at_instant = text_at(paper, "at");

	table_add(t, (int64_t)t->n_rows + 1, missing && needed ? STYLE_ALERT : STYLE_PLAIN,
	    (const char *[]){
		text_at(paper, "label"), text_at(paper, "state_label"),
		needed ? _("yes") : _("if there"),
		*at_instant ? say_instant(s->page, at_instant) : "", text_at(paper, "by"),
		text_at(paper, "reason"),
	});
}

/* Once: to the paper that it was opened for. */
static void
start(struct screen *s)
{
	struct state *st = s->state;
	const json_t *paper;
	size_t i;

	json_array_foreach(s->rows, i, paper)
		if (!st->started && strcmp(text_at(paper, "key"),
		        text_at(s->args, "start.paper")) == 0)
			table_go(&st->table, (int64_t)i + 1);
	st->started = true;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *answer, *paper;
	size_t i;

	TRY(ask(s, &answer, "case.show", "{s:I}", "id", (json_int_t)number_at(s->args, "id")));
	st->file = at(answer, "case");
	s->rows = at(st->file, "documents");
	table_begin(&st->table, s->page);
	json_array_foreach(s->rows, i, paper)
		add(s, &st->table, paper);
	table_end(&st->table);
	start(s);
	return ST_OK;
}

/* ---- recording ---- */

/* The next one comes under the cursor: papers are gone through in a row. */
static unsigned
record(struct screen *s, const char *key, const char *state, const char *reason)
{
	struct state *st = s->state;
	enum status status = ask(s, NULL, "case.document", "{s:I, s:s, s:s, s:s*}", "id",
	    (json_int_t)number_at(s->args, "id"), "key", key, "state", state, "reason", reason);

	if (status == ST_OK && st->table.cursor + 1 < st->table.n_rows)
		table_go(&st->table, table_at(&st->table) + 1);
	return then_reload(status);
}

static unsigned
record_here(void *on, const char *state)
{
	return record(on, text_at(list_here(on), "key"), state, NULL);
}

static unsigned act_received(void *on) { return record_here(on, "received"); }
static unsigned act_verified(void *on) { return record_here(on, "verified"); }
static unsigned act_missing(void *on) { return record_here(on, "missing"); }

/* Asks until there is a reason, or Esc. */
static unsigned
waive(void *on, const char *reason)
{
	struct screen *s = on;
	const struct state *st = s->state;

	if (!*reason)
		return ask_line(s, _("Why is it not needed?"), "", waive);
	return record(s, st->asked, "waived", reason);
}

static unsigned
act_waived(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->asked = arena_strdup(s->mem, text_at(list_here(s), "key"));
	return waive(s, "");
}

static bool
can_record(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->table.n_rows > 0 && offers(st->file, "case.document");
}

/* What a paper is worth the unit of the case judges. */
static bool
can_judge(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return can_record(on) && strcmp(text_at(st->file, "unit"), text_at(me(s), "unit")) == 0;
}

static const char *
why_record(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return st->table.n_rows > 0 ? why_not(st->file) : NULL;
}

static const char *
why_judge(const void *on)
{
	return can_record(on) ? _("only the unit of the case judges papers") : why_record(on);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	size_t missing = papers_missing(st->file);

	h->left = arena_printf(frame_mem(), _("Papers · %s  %s"), text_at(st->file, "number"),
	    say_person(frame_mem(), at(st->file, "person")));
	h->right = text_at(st->file, "state_label");
	h->load = missing == 0 ? _("Everything needed is there.")
	    : arena_printf(frame_mem(), tr_n("%d needed paper is missing.",
	        "%d needed papers are missing.", (int)missing), (int)missing);
}

/* The paper under the cursor in full, with its reason: narrow columns cut it. */
static int
foot(const struct screen *s, struct area body)
{
	const json_t *paper = list_here(s);
	const char *reason = text_at(paper, "reason");
	struct area below = { body.row + body.rows - 2, 3, 2, body.cols - 4 };

	draw_wrapped(below, STYLE_PLAIN, arena_printf(frame_mem(), "%s%s%s",
	    text_at(paper, "label"), *reason ? ": " : "", reason));
	return 3;
}

static const char *const topics[] = { "case", NULL };

static const struct binding bindings[] = {
	{ .keys = "r Space", .label = N_("Received"), .act = act_received, .can = can_record,
	  .why = why_record, .help = N_("the paper is here") },
	{ .keys = "v", .label = N_("Verified"), .act = act_verified, .can = can_judge,
	  .why = why_judge, .help = N_("the paper is here and was checked") },
	{ .keys = "w", .label = N_("Waived"), .act = act_waived, .can = can_judge, .why = why_judge,
	  .help = N_("the paper is not needed in this case, with the reason") },
	{ .keys = "m Del", .label = N_("Missing"), .act = act_missing, .can = can_record,
	  .why = why_record, .help = N_("the paper is not here") },
	{ 0 }
};

const struct screen_class screen_papers = {
	.name = "papers",
	.title = N_("Papers"),
	.about = N_("The papers of a case. One key records a paper and goes to the next; another "
	            "key corrects it."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("This service needs no papers. Esc goes back to the case."),
	    .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.load = load,
	.head = head,
};
