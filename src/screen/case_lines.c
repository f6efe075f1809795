/*
 * case_lines.c - layer 3: what lies in a case file as lines: papers by how far
 * they are, answers with their labels, notes, history; and the lines above
 * them.  Called by case.c, for each frame anew: the width is the terminal's.
 */
#include "case.h"

#include <string.h>

#include "text.h"

/* Lines of one thing, and things of one part, in an id. */
#define PART_ROOM 1000000000000000LL
#define LINE_ROOM 100

struct out {
	struct arena *mem;
	struct case_line *lines;
	size_t n, room;
	int width;
	enum case_part part;
	const char *label;       /* of the part, until its first line */
	int col;                 /* columns taken in the last line */
};

static void
begin_part(struct out *o, enum case_part part, const char *label)
{
	o->part = part;
	o->label = label;
}

static struct case_line *
new_line(struct out *o, int64_t ref)
{
	struct case_line *line;

	if (o->n == o->room) {
		size_t more = o->room ? o->room * 2 : 32;
		struct case_line *lines = arena_array(o->mem, struct case_line, more);

		if (o->n > 0)
			memcpy(lines, o->lines, o->n * sizeof(*lines));
		o->lines = lines;
		o->room = more;
	}
	line = &o->lines[o->n++];
	line->id = (int64_t)o->part * PART_ROOM + ref * LINE_ROOM;
	line->part = o->part;
	line->label = o->label;
	o->label = NULL;
	o->col = 0;
	return line;
}

static void
put(struct out *o, enum style style, const char *text)
{
	struct case_line *line = &o->lines[o->n - 1];

	invariant(line->n < PIECES_MOST);
	line->pieces[line->n++] = (struct case_piece){ style, text };
	o->col += shown_width(text);
}

/* A text that may need several lines: they begin where its first one does. */
static void
put_wrapped(struct out *o, int64_t ref, enum style style, const char *text)
{
	int indent = o->col;
	char **lines;
	size_t n = shown_lines(text, o->width - indent, &lines);

	for (size_t i = 0; i < n; i++) {
		if (i > 0) {
			new_line(o, ref)->id += (int64_t)i;
			put(o, STYLE_PLAIN, arena_printf(o->mem, "%*s", indent, ""));
		}
		put(o, style, lines[i]);
	}
}

/* Is there room in the last line for width columns and a sign between? */
static bool
has_room(const struct out *o, int width)
{
	return o->col > 0 && o->col + 3 + width <= o->width &&
	    o->lines[o->n - 1].n + 3 <= PIECES_MOST;
}

/* ---- hand-over under way ---- */

static void
put_offer(struct out *o, const json_t *handover)
{
	const char *reason = text_at(handover, "reason");

	if (strcmp(text_at(handover, "state"), "offered") != 0)
		return;
	begin_part(o, PART_OFFER, _("Offered"));
	new_line(o, 0);
	put_wrapped(o, 0, STYLE_STRONG, arena_printf(o->mem, _("to %s by %s, %s%s%s"),
	    text_at(handover, "to_label"), text_at(handover, "offered_by"),
	    say_instant(o->mem, text_at(handover, "offered")), *reason ? ": " : "", reason));
}

/* What a second person is asked to say yes to. */
static void
put_proposal(struct out *o, const json_t *file)
{
	const char *reason = text_at(file, "result_reason");

	if (strcmp(text_at(file, "state"), "proposed") != 0)
		return;
	begin_part(o, PART_OFFER, _("Result"));
	new_line(o, 0);
	put_wrapped(o, 0, STYLE_STRONG, arena_printf(o->mem, "%s, %s, %s%s%s",
	    text_at(file, "result_label"), text_at(file, "proposal.by"),
	    say_instant(o->mem, text_at(file, "proposal.at")), *reason ? ": " : "", reason));
}

/* ---- papers ---- */

/* Most urgent first; a required one that is missing is not like others. */
static const struct paper_group {
	const char *state;
	bool required, any;
	const char *title;
	enum style style;
} paper_groups[] = {
	{ "missing", true, false, N_("– missing:"), STYLE_ALERT },
	{ "received", false, true, N_("+ received:"), STYLE_PLAIN },
	{ "verified", false, true, N_("✓ verified:"), STYLE_GOOD },
	{ "waived", false, true, N_("○ waived:"), STYLE_PLAIN },
	{ "missing", false, false, N_("may follow:"), STYLE_QUIET },
};

static bool
in_group(const json_t *paper, const struct paper_group *g)
{
	return strcmp(text_at(paper, "state"), g->state) == 0 &&
	    (g->any || truth_at(paper, "required") == g->required);
}

#define INDENT 2

static void
put_below(struct out *o, size_t group, size_t row)
{
	new_line(o, (int64_t)group)->id += (int64_t)row;
	put(o, STYLE_PLAIN, arena_printf(o->mem, "%*s", INDENT, ""));
}

/* "+ received: passport · photo", as many in a line as fit. */
static void
put_group(struct out *o, const json_t *papers, size_t group)
{
	const struct paper_group *g = &paper_groups[group];
	const json_t *paper;
	size_t i, n = 0, row = 0;
	char **lines;

	json_array_foreach(papers, i, paper) {
		const char *label = text_at(paper, "label");

		if (!in_group(paper, g))
			continue;
		if (n == 0) {
			new_line(o, (int64_t)group);
			put(o, g->style, _(g->title));
			put(o, STYLE_PLAIN, " ");
		} else if (has_room(o, shown_width(label))) {
			put(o, STYLE_QUIET, " · ");
		} else {
			put_below(o, group, ++row);
		}
		if (o->col > INDENT && o->col + shown_width(label) > o->width)
			put_below(o, group, ++row);
		for (size_t k = 0, of = shown_lines(label, o->width - o->col, &lines); k < of; k++) {
			if (k > 0)
				put_below(o, group, ++row);
			put(o, STYLE_PLAIN, lines[k]);
		}
		n++;
	}
}

static void
put_papers(struct out *o, const json_t *papers)
{
	begin_part(o, PART_PAPERS, _("Papers"));
	for (size_t i = 0; i < COUNT_OF(paper_groups); i++)
		put_group(o, papers, i);
	if (json_array_size(papers) == 0) {
		new_line(o, 0);
		put(o, STYLE_QUIET, _("none needed"));
	}
}

/* ---- answers ---- */

#define VALUE_LEAST 20           /* columns beside a label */

/* A long one begins a line and may go on below itself. */
static void
put_answer(struct out *o, int64_t ref, const char *field, const char *label, const char *value)
{
	if (has_room(o, shown_width(label) + shown_width(value)))
		put(o, STYLE_QUIET, " · ");
	else
		new_line(o, ref)->field = field;
	if (o->col + shown_width(label) + VALUE_LEAST > o->width) {
		put_wrapped(o, ref, STYLE_PLAIN, arena_printf(o->mem, "%s%s", label, value));
		return;
	}
	put(o, STYLE_QUIET, label);
	put_wrapped(o, ref, STYLE_PLAIN, value);
}

/* What the form warned of goes with why it was right all the same. */
static const char *
with_reasons(struct arena *a, const char *key, const char *value, const json_t *reasons)
{
	size_t n = strlen(key);
	const char *path;
	json_t *reason;

	json_object_foreach((json_t *)(uintptr_t)reasons, path, reason)
		if (strncmp(path, key, n) == 0 && (!path[n] || path[n] == '[' || path[n] == '.'))
			value = arena_printf(a, _("%s (all the same: %s)"), value,
			    json_string_value(reason));
	return value;
}

static void
put_answers(struct out *o, const struct form *form, const json_t *file)
{
	const json_t *answers = at(file, "answers"), *names = at(file, "people");

	begin_part(o, PART_ANSWERS, _("Answers"));
	o->col = 0;
	for (size_t i = 0; i < form->field_count; i++) {
		const struct form_field *f = &form->fields[i];
		const char *value = text_at(answers, f->key);

		if (*value)
			put_answer(o, (int64_t)i, f->key,
			    arena_printf(o->mem, "%s: ", form_say(&f->label)),
			    with_reasons(o->mem, f->key, form_value_tell(o->mem, f, value,
			        names), at(file, "reasons")));
	}
	if (o->label) {
		new_line(o, 0);
		put(o, STYLE_QUIET, _("nothing asked yet"));
	}
}

/* ---- notes and history, newest first ---- */

/* Room of "24. März 13:05". */
#define DATED 14

static void
put_dated(struct out *o, int64_t ref, const json_t *thing, const char *text)
{
	const char *when = say_instant(o->mem, text_at(thing, "at"));

	new_line(o, ref);
	put(o, STYLE_QUIET, arena_printf(o->mem, "%s ", text_pad(o->mem, when, DATED)));
	put_wrapped(o, ref, STYLE_PLAIN,
	    arena_printf(o->mem, "%s: %s", text_at(thing, "by"), text));
}

static void
put_notes(struct out *o, const json_t *notes)
{
	const json_t *note;
	size_t i;

	begin_part(o, PART_NOTES, _("Notes"));
	json_array_foreach(notes, i, note)
		put_dated(o, number_at(note, "id"), note, truth_at(note, "entrusted")
		    ? arena_printf(o->mem, "[%s] %s", _("entrusted"), text_at(note, "text"))
		    : text_at(note, "text"));
}

/* "passport received → verified, Due 3 Dec 2026" */
static const char *
changes_of(struct arena *a, const json_t *event)
{
	const json_t *change;
	const char *all = "";
	size_t i;

	json_array_foreach(at(event, "changes"), i, change) {
		const char *old = text_at(change, "old"), *new = text_at(change, "new");
		const char *label = text_at(change, "label");

		if (strcmp(label, text_at(event, "label")) == 0)
			label = ""; /* a note is a note */
		all = arena_printf(a, "%s%s%s%s%s%s%s", all, *all ? ", " : "", label,
		    *label ? " " : "", say_date(a, old), *old ? " → " : "",
		    *new ? say_date(a, new) : "–");
	}
	return all;
}

static const char *
event_text(struct arena *a, const json_t *event)
{
	const char *changes = changes_of(a, event);

	return arena_printf(a, "%s%s%s", text_at(event, "label"), *changes ? ": " : "", changes);
}

/* The oldest event is 1 for ever: the cursor stays where it was. */
static void
put_history(struct out *o, const json_t *history)
{
	const json_t *event;
	size_t i;

	begin_part(o, PART_HISTORY, _("History"));
	json_array_foreach(history, i, event)
		put_dated(o, (int64_t)(json_array_size(history) - i), event,
		    event_text(o->mem, event));
}

static void
put_blocks(struct out *o, const json_t *blocks)
{
	const json_t *block;
	size_t i;

	begin_part(o, PART_BLOCKS, _("Blocks"));
	json_array_foreach(blocks, i, block) {
		new_line(o, (int64_t)i);
		put_wrapped(o, (int64_t)i, STYLE_PLAIN, json_string_value(block));
	}
}

size_t
case_lines(struct arena *a, const struct case_screen *st, int width, bool with_blocks,
           struct case_line **lines)
{
	struct out o = { .mem = a, .width = width };

	put_offer(&o, at(st->file, "handover"));
	put_proposal(&o, st->file);
	if (json_is_array(at(st->file, "documents")))
		put_papers(&o, at(st->file, "documents"));
	if (st->form)
		put_answers(&o, st->form, st->file);
	put_notes(&o, at(st->file, "notes"));
	put_history(&o, at(st->file, "history"));
	if (with_blocks)
		put_blocks(&o, at(st->file, "blocks"));
	*lines = o.lines;
	return o.n;
}

/* ---- the head of the screen ---- */

/* A sentence of a form, inside one of ours: without its full stop. */
static const char *
unended(struct arena *a, const char *sentence)
{
	size_t n = strlen(sentence);

	return arena_printf(a, "%.*s", (int)(n - (n > 0 && sentence[n - 1] == '.')), sentence);
}

void
case_head(const struct screen *s, struct head *h)
{
	const struct case_screen *st = s->state;
	const json_t *c = st->file;
	const char *owner = text_at(c, "owner_name"), *due = text_at(c, "due");
	const char *born = text_at(c, "person.born");
	struct arena *a = frame_mem();

	h->left = arena_printf(a, "%s  %s%s%s %s", text_at(c, "number"),
	    say_person(a, at(c, "person")), *born ? " *" : "", born, st->nationality);
	h->right = text_at(c, "state_label");
	h->load = text_at(c, "unit_label");
	if (*owner || strcmp(text_at(c, "state"), "closed") != 0)
		h->load = arena_printf(a, "%s · %s", h->load, *owner ? owner : _("nobody's yet"));
	if (json_array_size(at(c, "restrictions")) > 0)
		h->load = arena_printf(a, "%s · %s", text_at(json_array_get(at(c, "restrictions"), 0),
		    "kind_label"), h->load);
	if (truth_at(c, "person.locked"))
		h->load = arena_printf(a, "%s · %s", _("LOCKED"), h->load);
	if (*text_at(c, "result") && is_undecided(c))
		h->load = arena_printf(a, _("%s · %s by %s"), h->load,
		    text_at(c, "result_label"), text_at(c, "proposal.by"));
	else if (*text_at(c, "result"))
		h->load = arena_printf(a, "%s · %s%s%s", h->load, text_at(c, "result_label"),
		    *text_at(c, "result_reason") ? ": " : "", text_at(c, "result_reason"));
	else if (*text_at(c, "wait_until"))
		h->load = arena_printf(a, _("%s · on hold until %s: %s"), h->load,
		    say_date(a, text_at(c, "wait_until")), text_at(c, "wait_reason"));
	else if (*due)
		h->load = arena_printf(a, "%s · %s (%s)", h->load, unended(a, text_at(c, "why")),
		    say_date(a, due));
	h->load = arena_printf(a, "%s · %s", h->load, text_at(c, "service_label"));
}
