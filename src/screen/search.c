/*
 * search.c - layer 3: one box that finds people while one types.  Opened by
 * "/" from everywhere, and by pick_person for a screen that needs a person.
 * Must never show more than the engine answers.
 */
#include "desk.h"

#include <string.h>

#include "scanned.h"

#define HITS 50
#define TYPED_MAX 200

struct state {
	struct edit wanted;
	struct table hits;
	const json_t *people;    /* the rows of hits, as long as they are shown */
	unsigned (*picked)(struct screen *s, int64_t person); /* NULL: opens */
	const char *zone;        /* of a scanned document that was looked for, or NULL */
};

static const struct column columns[] = {
	{ N_("Person"), 0, LEFT, 0 },
	{ N_("Born"), 10, LEFT, 0 },
	{ N_("Nationality"), 20, LEFT, 0 },
	{ N_("Why found"), 18, LEFT, 0 },
};

static void
open_search(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	table_init(&st->hits, s->mem, columns, COUNT_OF(columns), NULL);
	edit_init(&st->wanted, s->mem, text_at(args, "text"), TYPED_MAX);
	if (*text_at(args, "scan"))
		st->zone = arena_strdup(s->mem, text_at(args, "scan"));
}

static void
add_hit(struct screen *s, const json_t *hit)
{
	struct state *st = s->state;

	table_add(&st->hits, number_at(hit, "id"), STYLE_PLAIN, (const char *[]){
		text_at(hit, "name"), text_at(hit, "born"), text_at(hit, "nationality"),
		truth_at(hit, "locked") ? arena_printf(s->page, _("LOCKED; %s"), text_at(hit, "why"))
		    : text_at(hit, "why"),
	});
}

/* Whose document it may be; the box shows the name that is looked for. */
static const json_t *
look_for_document(struct screen *s)
{
	struct state *st = s->state;
	const json_t *found = scan_ask(s, st->zone), *scan = at(found, "scan");
	const char *given;

	st->hits.empty = N_("Nobody in the register has this document or such a name.");
	if (!scan) {
		st->hits.empty = N_("The document could not be read.");
		return NULL;
	}
	given = text_at(scan, "given");
	edit_set(&st->wanted, arena_printf(s->page, "%s%s%s", text_at(scan, "family"),
	    *given ? " " : "", given));
	if (truth_at(scan, "valid"))
		say(s, TONE_NOTE, "%s", scan_line(s->page, scan));
	return found;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result = NULL, *hit;
	size_t i;

	st->hits.empty = N_("Type parts of names in any order and spelling, a date of birth, or "
	    "any number: of a case, a ticket, a telephone, a document.");
	if (st->zone) {
		result = look_for_document(s);
	} else if (strlen(st->wanted.text) >= 2) {
		TRY(ask(s, &result, "person.find", "{s:s, s:i}", "q", st->wanted.text, "limit",
		    HITS));
		st->hits.empty = N_("Nobody in the register fits this. Try fewer letters or digits.");
	}
	st->people = at(result, "people");
	table_begin(&st->hits, s->page);
	json_array_foreach(at(result, "people"), i, hit)
		add_hit(s, hit);
	table_end(&st->hits);
	return ST_OK;
}

unsigned
pick_person(struct screen *s, const char *text,
            unsigned (*picked)(struct screen *s, int64_t person))
{
	unsigned reaction = screen_open(s, "search", json_pack("{s:s}", "text", text));
	struct state *st = s->desk->top->state;

	if (s->desk->top != s)
		st->picked = picked;
	return reaction;
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	if (st->picked)
		h->left = _("Who is it?");
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	const json_t *hit = st->hits.n_rows ? json_array_get(st->people, st->hits.cursor) : NULL;
	int col = 1 + draw_text(1, 1, 40, STYLE_PLAIN, _("Name, date of birth or number:")) + 1;

	/* why the row under the cursor was found, in full: the column cuts it */
	draw_text(body.row + --body.rows, 3, body.cols - 4, STYLE_PLAIN, truth_at(hit, "kept") ?
	    arena_printf(frame_mem(), _("%s; ^X opens it in an emergency"), text_at(hit, "why")) :
	    text_at(hit, "why"));
	table_draw(&st->hits, body, TABLE_MARKED);
	edit_draw(&st->wanted, 1, col, body.cols - col - 1, true);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->hits, .edit = &st->wanted };
}

/* Also of a line without a name, which W explains. */
static json_t *
subject(const struct screen *s)
{
	const struct state *st = s->state;

	return st->hits.n_rows ? json_pack("{s:I}", "person", (json_int_t)table_at(&st->hits)) : NULL;
}

static unsigned
edited(struct screen *s)
{
	struct state *st = s->state;

	table_restart(&st->hits);
	st->zone = NULL;
	return RELOAD;
}

static unsigned
scanned(struct screen *s, const char *zone)
{
	struct state *st = s->state;

	edited(s);
	st->zone = arena_strdup(s->mem, zone);
	return RELOAD;
}

static bool
is_somebody(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->hits.n_rows > 0;
}

/* Who may not see the person reads who did. */
static unsigned
open_found(struct screen *s, int64_t id)
{
	const struct state *st = s->state;

	if (may(s, "person.show"))
		return screen_open(s, "person", json_pack("{s:I}", "id", id));
	return screen_open(s, "looks", json_pack("{s:I, s:s}", "id", id, "who",
	    text_at(json_array_get(st->people, st->hits.cursor), "name")));
}

static unsigned
act_choose(void *on)
{
	struct screen *s = on, *asker = s->below;
	struct desk *d = s->desk;
	struct state *st = s->state;
	unsigned (*picked)(struct screen *, int64_t) = st->picked;
	int64_t id = table_at(&st->hits);
	const char *zone;

	if (!picked)
		return open_found(s, id);
	zone = st->zone ? arena_strdup(asker->mem, st->zone) : NULL;
	desk_remove(d, s);
	desk_react(d, asker, picked(asker, id));
	if (zone && d->top == asker && asker->class->scanned)
		desk_react(d, asker, asker->class->scanned(asker, zone));
	return DRAW;
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("Choose"), .act = act_choose, .can = is_somebody,
	  .help = N_("the person under the cursor") },
	{ 0 }
};

const struct screen_class screen_search = {
	.name = "search",
	.title = N_("Search"),
	.about = N_("Finds people by parts of their names in any order and spelling, by a date "
	            "of birth, or by any number. A word may be a country."),
	.needs = "person.find",
	.menu = true,
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.open = open_search,
	.load = load,
	.head = head,
	.draw = draw,
	.focus = focus,
	.subject = subject,
	.edited = edited,
	.scanned = scanned,
};
