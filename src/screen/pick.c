/*
 * pick.c - layer 3: a list from which one is chosen by typing.  Opened by
 * pick() and its kin; the answer goes to the screen that asked.  Must never
 * act itself.
 */
#include "desk.h"
#include "text.h"

#include <string.h>

struct state {
	const char *title;
	struct pick_item *items;
	size_t n;
	unsigned (*picked)(struct screen *s, const char *code);
	struct column columns[2];
	int widest;              /* of what is said of an item */
	struct table table;
	struct edit filter;
};

#define LABEL_WIDTH_MIN 20
#define LABEL_WIDTH_MAX 54
#define MARGIN 6                 /* sign, gap between the columns, a blank at the end */

/* Every word typed begins a word of the item: "res ext". */
static bool
matches(struct arena *a, const struct pick_item *item, const char *wanted)
{
	const char *all = arena_printf(a, " %s %s %s", text_search_form(a, item->label, true),
	    text_search_form(a, item->code, true),
	    item->extra ? text_search_form(a, item->extra, true) : "");
	char *save = NULL, *words = arena_strdup(a, wanted);

	for (char *w = strtok_r(words, " ", &save); w; w = strtok_r(NULL, " ", &save))
		if (!strstr(all, arena_printf(a, " %s", w)))
			return false;
	return true;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const char *wanted = text_search_form(s->page, st->filter.text ? st->filter.text : "",
	    true);

	table_begin(&st->table, s->page);
	for (size_t i = 0; i < st->n; i++)
		if (matches(s->page, &st->items[i], wanted))
			table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN,
			    (const char *[]){ st->items[i].label, st->items[i].extra });
	table_end(&st->table);
	return ST_OK;
}

static int
label_width(const struct pick_item *items, size_t n)
{
	int width = LABEL_WIDTH_MIN;

	for (size_t i = 0; i < n; i++)
		if (shown_width(items[i].label) > width)
			width = shown_width(items[i].label);
	return width < LABEL_WIDTH_MAX ? width : LABEL_WIDTH_MAX;
}

unsigned
pick(struct screen *s, const char *title, const struct pick_item *items, size_t n,
     unsigned (*picked)(struct screen *s, const char *code))
{
	struct screen *own;
	struct state *st;

	screen_open(s, "pick", NULL);
	own = s->desk->top;
	st = own->state;
	st->title = arena_strdup(own->mem, title);
	st->items = arena_array(own->mem, struct pick_item, n ? n : 1);
	st->n = n;
	st->picked = picked;
	st->columns[0].width = label_width(items, n);
	st->widest = 0;
	for (size_t i = 0; i < n; i++) {
		int width = items[i].extra ? shown_width(items[i].extra) : 0;

		st->widest = width > st->widest ? width : st->widest;
		st->items[i] = (struct pick_item){
			.code = arena_strdup(own->mem, items[i].code),
			.label = arena_strdup(own->mem, items[i].label),
			.extra = arena_strdup(own->mem, items[i].extra ? items[i].extra : ""),
		};
	}
	desk_reload(s->desk);
	return DRAW;
}

static void
open_pick(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	(void)args;
	st->columns[0] = (struct column){ N_("Choose"), LABEL_WIDTH_MIN, LEFT, 0 };
	st->columns[1] = (struct column){ "", 0, LEFT, 0 };
	table_init(&st->table, s->mem, st->columns, COUNT_OF(st->columns),
	    N_("Nothing fits what you typed. Delete a letter to see more."));
	edit_init(&st->filter, s->mem, "", 200);
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = st->title;
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	int col = 1 + draw_text(1, 1, 30, STYLE_PLAIN, _("Type to choose:")) + 1;
	int room = body.cols - st->columns[0].width - MARGIN;
	int64_t here = table_at(&st->table);

	/* a column that cuts anything: what is said of the item in full */
	if (st->widest > room)
		body.rows -= list_foot(body, here ? first_sentence(st->items[here - 1].extra) : "");
	table_draw(&st->table, body, TABLE_MARKED);
	edit_draw(&st->filter, 1, col, body.cols - col - 1, true);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->table, .edit = &st->filter };
}

static unsigned
edited(struct screen *s)
{
	struct state *st = s->state;

	table_restart(&st->table);
	return RELOAD;
}

static unsigned
act_choose(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	if (st->table.n_rows > 0)
		return desk_answer(s, st->picked, st->items[table_at(&st->table) - 1].code);
	return NOTHING;
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Choose"), .act = act_choose,
	  .help = N_("choose what is under the cursor") },
	{ 0 }
};

const struct screen_class screen_pick = {
	.name = "pick",
	.title = N_("Choose"),
	.about = N_("Type a few letters until the list is short, move with the arrows."),
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.open = open_pick,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
	.edited = edited,
};
