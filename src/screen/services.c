/*
 * services.c - layer 3: the catalogue: type what somebody wants, see which
 * service that is, what to do, which papers, what it costs.  Opened from
 * everywhere; for the ticket and the take-in by pick_service, to be chosen
 * from.  With {"visit": id} that visit can be taken in.
 */
#include "desk.h"

#include <string.h>

#include "takein.h"

#define HITS 20
#define TYPED_MAX 200
#define LABELS 11                /* columns of the words before the details */
#define DETAIL_ROWS 11
#define LIST_ROWS_MIN 6

struct state {
	struct edit wanted;
	struct table table;
	const json_t *rows;      /* services, as in the table; of the last load */
	const char *title;       /* of who asks, or NULL */
	unsigned (*picked)(struct screen *s, const char *code);
	unsigned (*words)(struct screen *s, const char *text);
};

static const struct column columns[] = {
	{ N_("Service"), 0, LEFT, 0 },
	{ N_("Counter"), 14, LEFT, 0 },
	{ N_("Unit"), 17, LEFT, 0 },
	{ N_("Min"), 3, RIGHT, 0 },
	{ N_("Days"), 5, RIGHT, 0 },
	{ N_("Why found"), 36, LEFT, 130 },
};

static void
open_services(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	table_init(&st->table, s->mem, columns, COUNT_OF(columns),
	    N_("Nothing fits. Say it in other words, or type fewer letters."));
	edit_init(&st->wanted, s->mem, text_at(args, "text"), TYPED_MAX);
}

unsigned
pick_service(struct screen *s, const char *title,
             unsigned (*picked)(struct screen *s, const char *code),
             unsigned (*words)(struct screen *s, const char *text))
{
	unsigned reaction = screen_open(s, "services", NULL);
	struct screen *own = s->desk->top;
	struct state *st = own->state;

	if (own == s)
		return reaction;
	st->title = arena_strdup(own->mem, title);
	st->picked = picked;
	st->words = words;
	if (words)
		st->table.empty = N_("Nothing fits. Enter takes your words as they are.");
	return reaction;
}

/* ---- the list ---- */

static const char *
figure(struct screen *s, const json_t *row, const char *key)
{
	int64_t n = number_at(row, key);

	return n ? arena_printf(s->page, "%lld", (long long)n) : "";
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *row;
	size_t i;

	if (strlen(st->wanted.text) >= 2)
		TRY(ask(s, &result, "service.find", "{s:s, s:i}", "q", st->wanted.text, "limit",
		    HITS));
	else
		TRY(ask(s, &result, "service.list", NULL));
	st->rows = at(result, "services");
	table_begin(&st->table, s->page);
	json_array_foreach(st->rows, i, row)
		table_add(&st->table, (int64_t)i + 1, STYLE_PLAIN, (const char *[]){
			text_at(row, "label"), text_at(row, "act_label"),
			text_at(row, "unit_label"), figure(s, row, "minutes"),
			figure(s, row, "days"), text_at(row, "why") });
	table_end(&st->table);
	return ST_OK;
}

/* The service under the cursor; NULL where there is none. */
static const json_t *
here(const struct screen *s)
{
	const struct state *st = s->state;

	return st->table.n_rows > 0 ? json_array_get(st->rows, st->table.cursor) : NULL;
}

/* ---- what is known of it ---- */

static const char *
joined(const char *all, const char *more)
{
	return *all ? arena_printf(frame_mem(), "%s, %s", all, more) : more;
}

static const char *
papers(const json_t *service, bool required)
{
	const char *all = "";
	const json_t *paper;
	size_t i;

	json_array_foreach(at(service, "papers"), i, paper)
		if (truth_at(paper, "required") == required)
			all = joined(all, text_at(paper, "label"));
	return all;
}

static const char *
fees(const json_t *service)
{
	const char *all = "";
	const json_t *fee;
	bool waived = false;
	size_t i;

	json_array_foreach(at(service, "fees"), i, fee) {
		all = joined(all, arena_printf(frame_mem(), "%s %s%s", text_at(fee, "label"),
		    text_at(fee, "amount"), truth_at(fee, "waiver") ? "*" : ""));
		waived |= truth_at(fee, "waiver");
	}
	return waived ? arena_printf(frame_mem(), "%s   * %s", all, _("free with benefits")) : all;
}

/* One label with its lines; returns rows used. */
static int
draw_detail(struct area area, enum style style, const char *label, const char *text)
{
	if (!*text || area.rows < 1)
		return 0;
	draw_text(area.row, area.col, LABELS, STYLE_QUIET, label);
	area.col += LABELS;
	area.cols -= LABELS;
	return draw_wrapped(area, style, text);
}

static void
draw_service(const json_t *service, struct area area)
{
	const struct {
		const char *label, *text;
		enum style style;
	} details[] = {
		{ _("To do"), text_at(service, "advice"), STYLE_PLAIN },
		{ _("Papers"), papers(service, true), STYLE_PLAIN },
		{ _("Basis"), text_at(service, "basis"), STYLE_PLAIN },
		{ _("Found"), text_at(service, "why"), STYLE_PLAIN },
		{ _("Fees"), fees(service), STYLE_PLAIN },
		{ _("If any"), papers(service, false), STYLE_PLAIN },
	};

	area.row += draw_text(area.row, area.col, area.cols, STYLE_STRONG,
	    text_at(service, "label")) > 0;
	area.rows--;
	for (size_t i = 0; i < COUNT_OF(details) && area.rows > 0; i++) {
		int used = draw_detail(area, details[i].style, details[i].label, details[i].text);

		area.row += used;
		area.rows -= used;
	}
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	int col = 1 + draw_text(1, 1, 40, STYLE_PLAIN, _("What is it about?")) + 1;
	struct area list = body, details;

	list.rows = body.rows - DETAIL_ROWS;
	if (list.rows < LIST_ROWS_MIN)
		list.rows = LIST_ROWS_MIN;
	/* few services leave room for all that is known of one: fees are many */
	if (list.rows > (int)st->table.n_rows + 1 && st->table.n_rows > 0)
		list.rows = (int)st->table.n_rows + 1;
	details = (struct area){ body.row + list.rows + 1, body.col + 1,
		body.rows - list.rows - 1, body.cols - 2 };
	table_draw(&st->table, list, TABLE_MARKED);
	if (here(s)) {
		draw_rule(details.row - 1);
		draw_service(here(s), details);
	}
	edit_draw(&st->wanted, 1, col, body.cols - col - 1, true);
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	if (st->title)
		h->left = st->title;
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->table, .edit = &st->wanted };
}

static unsigned
edited(struct screen *s)
{
	struct state *st = s->state;

	table_restart(&st->table);
	return RELOAD;
}

/* ---- acting ---- */

static bool
can_words(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return st->words && *st->wanted.text;
}

static unsigned
act_words(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	return desk_answer(s, st->words, st->wanted.text);
}

static bool
can_choose(const void *on)
{
	const struct state *st = ((const struct screen *)on)->state;

	return st->picked && (here(on) || can_words(on));
}

static unsigned
act_choose(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	return here(s) ? desk_answer(s, st->picked, text_at(here(s), "code")) : act_words(s);
}

static bool
can_ticket(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return !st->picked && here(s) && may(s, "visit.new");
}

static unsigned
act_ticket(void *on)
{
	return screen_open(on, "ticket", json_pack("{s:s}", "concern", text_at(here(on), "code")));
}

static bool
can_take_in(const void *on)
{
	const struct screen *s = on;

	return here(s) && number_at(s->args, "visit") && may(s, "case.open");
}

static unsigned
act_take_in(void *on)
{
	struct screen *s = on, *counter = s->below;
	struct desk *d = s->desk;
	const char *code = arena_strdup(counter->mem, text_at(here(s), "code"));
	int64_t visit = number_at(s->args, "visit");

	desk_remove(d, s);
	desk_react(d, counter, takein_open(counter, visit, code));
	return DRAW;
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Choose"), .act = act_choose, .can = can_choose,
	  .help = N_("the service under the cursor") },
	{ .keys = "F4 ^Y", .label = N_("Take in"), .act = act_take_in, .can = can_take_in,
	  .help = N_("take in whoever is at the counter, with this service") },
	{ .keys = "Enter F6", .label = N_("Ticket"), .act = act_ticket, .can = can_ticket,
	  .help = N_("a ticket for somebody who wants this service") },
	{ .keys = "F3 ^Y", .label = N_("As typed"), .act = act_words, .can = can_words,
	  .help = N_("no service: your words as they are") },
	{ 0 }
};

const struct screen_class screen_services = {
	.name = "services",
	.title = N_("Catalogue"),
	.about = N_("Type what somebody wants, as they say it: in any order, half a word, with "
	            "slips. Below the list stands what to do, which papers, what it costs."),
	.needs = "service.find",
	.menu = true,
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.open = open_services,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
	.edited = edited,
};
