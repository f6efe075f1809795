/*
 * ticket.c - layer 3: a ticket for somebody who has come: what they want
 * first, then Enter; everything else is one letter away.  Opened by the
 * counter, by a person's screen for that person, by the catalogue with a
 * service.
 */
#include "personform.h"

#include <stdlib.h>
#include <string.h>

enum line { LINE_DRAW = 1, LINE_CONCERN, LINE_PERSON, LINE_LANGUAGE, LINE_PEOPLE, LINE_LANE,
            LINE_NOTE };

struct state {
	json_t *wish;            /* arguments of visit.new */
	const char *person;      /* "HADDAD, Rania *1990", or "" */
	struct table lines;
};

static const struct column columns[] = {
	{ "", 22, LEFT, 0 },
	{ "", 0, LEFT, 0 },
};

static const char *
wished(const struct state *st, const char *key)
{
	return text_at(st->wish, key);
}

static void
wish(struct state *st, const char *key, const char *text)
{
	if (*text)
		json_object_set_new(st->wish, key, json_string(text));
	else
		json_object_del(st->wish, key);
}

/* ---- asking, one thing each ---- */

static unsigned
took_concern(struct screen *s, const char *text)
{
	wish(s->state, "concern", text);
	return RELOAD;
}

static unsigned
act_concern(void *on)
{
	struct screen *s = on;

	return pick_service(s, _("New ticket"), took_concern, took_concern);
}

static void
set_person(struct screen *s, const json_t *person)
{
	struct state *st = s->state;

	json_object_set_new(st->wish, "person", json_integer(number_at(person, "id")));
	st->person = person_line(s->mem, person);
	if (!*wished(st, "language"))
		wish(st, "language", text_at(person, "language"));
}

static unsigned
took_person(struct screen *s, int64_t id)
{
	const json_t *result;

	if (ask(s, &result, "person.show", "{s:I}", "id", id) == ST_OK)
		set_person(s, at(result, "person"));
	return RELOAD;
}

static unsigned
act_person(void *on)
{
	return pick_person(on, "", took_person);
}

static unsigned
took_language(struct screen *s, const char *code)
{
	wish(s->state, "language", code);
	return RELOAD;
}

static unsigned
act_language(void *on)
{
	struct screen *s = on;
	struct pick_item *items;
	size_t n = catalogue_items(s, "languages", "code", &items);

	return pick(s, _("Which language?"), items, n, took_language);
}

static unsigned act_people(void *on);

static unsigned
took_people(void *on, const char *text)
{
	struct screen *s = on;
	struct state *st = s->state;
	long n = strtol(text, NULL, 10);

	if (n < 1) {
		say(s, TONE_WARNING, _("Type how many people came together, such as 3."));
		return act_people(on);
	}
	json_object_set_new(st->wish, "people", json_integer(n));
	return RELOAD;
}

static unsigned
act_people(void *on)
{
	return ask_line(on, _("How many people came together?"), "", took_people);
}

static unsigned
took_reason(void *on, const char *text)
{
	struct screen *s = on;

	wish(s->state, "reason", text);
	return RELOAD;
}

static unsigned
took_lane(struct screen *s, const char *code)
{
	wish(s->state, "lane", code);
	return RELOAD | ask_line(s, _("Why this lane? It is kept:"), wished(s->state, "reason"),
	    took_reason);
}

static unsigned
act_lane(void *on)
{
	struct screen *s = on;
	struct pick_item *items;
	size_t n = catalogue_items(s, "lanes", NULL, &items);

	return pick(s, _("Which lane?"), items, n, took_lane);
}

static unsigned
took_note(void *on, const char *text)
{
	struct screen *s = on;

	wish(s->state, "note", text);
	return RELOAD;
}

static unsigned
act_note(void *on)
{
	struct screen *s = on;

	return ask_line(s, _("Note for the counter:"), wished(s->state, "note"), took_note);
}

/* The visit drawn, or NULL. */
static const json_t *
draw_ticket(struct screen *s)
{
	const struct state *st = s->state;
	const json_t *result;

	if (ask_with(s, &result, "visit.new", json_deep_copy(st->wish)) != ST_OK)
		return NULL;
	say(s, TONE_DONE, _("Ticket %s is drawn: %s."), text_at(result, "visit.ticket"),
	    text_at(result, "visit.concern_label"));
	return at(result, "visit");
}

static unsigned
act_draw(void *on)
{
	struct screen *s = on;

	if (!*wished(s->state, "concern"))
		return act_concern(s);
	return draw_ticket(s) ? CLOSE : DRAW;
}

static unsigned
act_slip(void *on)
{
	struct screen *s = on;
	const json_t *visit;

	if (!*wished(s->state, "concern"))
		return act_concern(s);
	visit = draw_ticket(s);
	if (!visit)
		return DRAW;
	return CLOSE | screen_open(s, "slip", json_pack("{s:O}", "visit",
	    json_object_get(visit, "id")));
}

/* ---- the lines ---- */

static const struct {
	const char *label;       /* N_(), with its key */
	unsigned (*act)(void *on);
} lines[] = {
	[LINE_DRAW] = { N_("Draw the ticket"), act_draw },
	[LINE_CONCERN] = { N_("c  Concern"), act_concern },
	[LINE_PERSON] = { N_("p  Person"), act_person },
	[LINE_LANGUAGE] = { N_("l  Language"), act_language },
	[LINE_PEOPLE] = { N_("n  People"), act_people },
	[LINE_LANE] = { N_("u  Urgency"), act_lane },
	[LINE_NOTE] = { N_("o  Note"), act_note },
};

static void
add_line(struct screen *s, enum line line, const char *value)
{
	struct state *st = s->state;

	table_add(&st->lines, line, line == LINE_DRAW ? STYLE_STRONG : STYLE_PLAIN,
	    (const char *[]){ _(lines[line].label), value });
}

static const char *
people(struct screen *s)
{
	const struct state *st = s->state;
	int64_t n = number_at(st->wish, "people");

	return arena_printf(s->page, "%lld", (long long)(n ? n : 1));
}

static const char *
lane(struct screen *s)
{
	const struct state *st = s->state;
	const char *code = wished(st, "lane"), *reason = wished(st, "reason");

	return arena_printf(s->page, *reason ? "%s (%s)" : "%s",
	    catalogue_label(s, "lanes", *code ? code : "normal"), reason);
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	table_begin(&st->lines, s->page);
	add_line(s, LINE_DRAW, "");
	add_line(s, LINE_CONCERN, catalogue_label(s, "services", wished(st, "concern")));
	add_line(s, LINE_PERSON, *st->person ? st->person : _("not known"));
	add_line(s, LINE_LANGUAGE, catalogue_label(s, "languages", wished(st, "language")));
	add_line(s, LINE_PEOPLE, people(s));
	add_line(s, LINE_LANE, lane(s));
	add_line(s, LINE_NOTE, wished(st, "note"));
	table_end(&st->lines);
	return ST_OK;
}

static void
open_ticket(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	st->wish = json_object();
	st->person = "";
	table_init(&st->lines, s->mem, columns, COUNT_OF(columns), NULL);
	if (at(args, "person"))
		set_person(s, at(args, "person"));
	wish(st, "concern", text_at(args, "concern"));
	if (!*wished(st, "concern"))
		act_concern(s);
}

static void
done(struct screen *s)
{
	struct state *st = s->state;

	json_decref(st->wish);
}

static void
draw(const struct screen *s, struct area body)
{
	const struct state *st = s->state;

	table_draw(&st->lines, body, TABLE_HERE);
}

static struct focus
focus(struct screen *s)
{
	struct state *st = s->state;

	return (struct focus){ .table = &st->lines };
}

static unsigned
act_line(void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return lines[table_at(&st->lines)].act(on);
}

static const struct binding bindings[] = {
	{ .keys = "Enter", .label = N_("This line"), .act = act_line,
	  .help = N_("draw the ticket, or change the line under the cursor") },
	{ .keys = "F2 d", .label = N_("Draw"), .act = act_draw, .help = N_("draw the ticket") },
	{ .keys = "F5 s", .label = N_("With slip"), .act = act_slip,
	  .help = N_("draw the ticket, and show it as a slip in the person's language") },
	{ .keys = "c", .act = act_concern, .help = N_("what the person wants") },
	{ .keys = "p", .label = N_("Person"), .act = act_person,
	  .help = N_("who it is, from the register") },
	{ .keys = "l", .label = N_("Language"), .act = act_language,
	  .help = N_("language to talk in") },
	{ .keys = "n", .label = N_("People"), .act = act_people,
	  .help = N_("how many came together") },
	{ .keys = "u", .act = act_lane, .help = N_("an urgent lane, with its reason") },
	{ .keys = "o", .act = act_note, .help = N_("a few words for the counter") },
	{ 0 }
};

const struct screen_class screen_ticket = {
	.name = "ticket",
	.title = N_("New ticket"),
	.about = N_("A ticket for somebody who has come. Only what they want is needed."),
	.needs = "visit.new",
	.menu = true,
	.state_size = sizeof(struct state),
	.bindings = bindings,
	.open = open_ticket,
	.load = load,
	.draw = draw,
	.focus = focus,
	.done = done,
};
