/*
 * slip.c - layer 3: the slip a person takes home: what was asked for, what is
 * here, what is missing, who works on it.  In their language, or in German and
 * English.  Opened after a take-in.  Must never say more than the case does.
 */
#include <string.h>

#include "desk.h"
#include "outfile.h"
#include "text.h"

#define SLIP_COLS 72
#define LINES_MAX 200

struct state {
	const char *lines[LINES_MAX];
	size_t n;
	const char *number;
	const char *file;        /* where it was saved, or NULL */
	struct table table;
};

static const struct column columns[] = { { N_("For the person"), 0, LEFT, 0 } };

/* ---- writing it ---- */

static void
put(struct screen *s, const char *text)
{
	struct state *st = s->state;
	char **lines;
	size_t n = text_wrap(s->mem, text_visible(s->mem, text, false), SLIP_COLS, &lines);

	if (n == 0 && st->n < LINES_MAX)
		st->lines[st->n++] = "";
	for (size_t i = 0; i < n && st->n < LINES_MAX; i++)
		st->lines[st->n++] = lines[i];
}

static void
put_papers(struct screen *s, const json_t *c, bool here, const char *title)
{
	const json_t *paper;
	bool any = false;
	size_t i;

	json_array_foreach(at(c, "documents"), i, paper) {
		bool missing = strcmp(text_at(paper, "state"), "missing") == 0;

		if (missing == here || (missing && !truth_at(paper, "required")))
			continue;
		if (!any)
			put(s, title);
		any = true;
		put(s, arena_printf(s->mem, "  - %s", text_at(paper, "label")));
	}
	if (any)
		put(s, "");
}

static void
put_all(struct screen *s, const json_t *c)
{
	struct arena *a = s->mem;
	const char *due = text_at(c, "due"), *unit = text_at(c, "handover.to_label");

	put(s, arena_printf(a, "%s, %s", text_at(s->desk->hello, "office.name"),
	    say_date(a, text_at(c, "opened"))));
	put(s, arena_printf(a, _("Your number: %s"), text_at(c, "number")));
	put(s, arena_printf(a, _("Name: %s"), text_at(c, "person.name")));
	put(s, arena_printf(a, _("It is about: %s"), text_at(c, "service_label")));
	put(s, "");
	put_papers(s, c, true, _("We have received from you:"));
	put_papers(s, c, false, _("Please bring or send, it is still missing:"));
	put(s, arena_printf(a, _("%s works on it now."), *unit ? unit : text_at(c, "unit_label")));
	if (*due)
		put(s, arena_printf(a, _("We plan to be done by %s."), say_date(a, due)));
	put(s, _("When you ask about it, please say your number. This slip is no decision and no "
	    "residence title."));
}

static enum status
write_in(struct screen *s, enum lang lang)
{
	const enum lang own = lang_current();
	struct state *st = s->state;
	const json_t *result;

	TRY(ask(s, &result, "case.show", "{s:O, s:s}", "id", json_object_get(s->args, "case"),
	    "lang", lang_code(lang)));
	st->number = arena_strdup(s->mem, text_at(result, "case.number"));
	lang_set(lang);
	put_all(s, at(result, "case"));
	lang_set(own);
	return ST_OK;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	enum lang lang;

	st->n = 0;
	if (lang_by_code(text_at(s->args, "language"), &lang)) {
		TRY(write_in(s, lang));
	} else {
		TRY(write_in(s, LANG_DE));
		put(s, "");
		put(s, "* * *");
		put(s, "");
		TRY(write_in(s, LANG_EN));
	}
	table_begin(&st->table, s->page);
	for (size_t i = 0; i < st->n; i++)
		table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN, &st->lines[i]);
	table_end(&st->table);
	return ST_OK;
}

static void
open_slip(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	table_init(&st->table, s->mem, columns, COUNT_OF(columns), NULL);
}

/* ---- saving it ---- */

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const char *all = "", *path;

	for (size_t i = 0; i < st->n; i++)
		all = arena_printf(s->page, "%s%s\n", all, st->lines[i]);
	path = outfile_save(s, st->number, all);
	if (path)
		st->file = path;
	return DRAW;
}

static unsigned
act_close(void *on)
{
	(void)on;
	return CLOSE;
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), _("Slip for case %s"), st->number);
	h->load = st->file;
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;

	table_draw(&st->table, body, TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->table };
}

static const struct binding bindings[] = {
	{ .keys = "F2 s", .label = N_("Save"), .act = act_save,
	  .help = N_("save the slip as a text file in tresen-slips, in your home") },
	{ .keys = "Enter", .label = N_("Done"), .act = act_close,
	  .help = N_("back to the counter") },
	{ 0 }
};

const struct screen_class screen_slip = {
	.name = "slip",
	.title = N_("Slip"),
	.about = N_("What the person takes home. Save it to print it."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.open = open_slip,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
};
