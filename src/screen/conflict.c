/*
 * conflict.c - layer 3: two people changed the same answers: before, theirs,
 * yours, side by side.  Opened by answers.c when a save lost.  What only one
 * side changed merges by itself, and says so.  Must never choose for a clerk
 * between two values.
 */
#include <string.h>

#include "casework.h"
#include "desk.h"

struct state {
	struct table table;
	const struct form *form;
	json_t *winner;          /* who, at, current: of the last reply */
	json_t *mine;            /* field -> value or null: what I changed */
	json_t *kept;            /* field -> "theirs" or "mine": decided */
	const char *editing;     /* field whose value is typed */
	const char *reason;      /* why what the form warns of is right, or NULL */
};

static const struct column columns[] = {
	{ N_("Answer"), 20, LEFT, 0 },
	{ N_("Before"), 0, LEFT, 110 },
	{ N_("Theirs"), 0, LEFT, 0 },
	{ N_("Yours"), 0, LEFT, 0 },
	{ N_("Kept"), 15, LEFT, 0 },
};

static void
open_conflict(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	st->winner = json_incref(json_object_get(args, "winner"));
	st->mine = json_deep_copy(json_object_get(args, "mine"));
	st->kept = json_object();
	desk_say(s->desk, TONE_NOTE, NULL); /* the table says it better */
}

static void
done(struct screen *s)
{
	struct state *st = s->state;

	json_decref(st->winner);
	json_decref(st->mine);
	json_decref(st->kept);
}

/* ---- what differs ---- */

/* A field from three sides; "" is no answer. */
struct sides {
	const struct form_field *field;
	const char *before, *theirs, *mine;
	bool i_changed, they_changed;
};

static struct sides
sides_of(const struct screen *s, const struct form_field *field)
{
	const struct state *st = s->state;
	struct sides d = { .field = field };

	d.before = json_string_value(json_object_get(at(s->args, "before"), field->key));
	d.theirs = json_string_value(json_object_get(at(st->winner, "current.answers"),
	    field->key));
	d.mine = json_string_value(json_object_get(st->mine, field->key));
	d.before = d.before ? d.before : "";
	d.theirs = d.theirs ? d.theirs : "";
	d.mine = d.mine ? d.mine : "";
	d.i_changed = json_object_get(st->mine, field->key) != NULL;
	d.they_changed = !field->compute && strcmp(d.before, d.theirs) != 0;
	return d;
}

static bool
clashes(const struct sides *d)
{
	return d->i_changed && d->they_changed && strcmp(d->mine, d->theirs) != 0;
}

/* "theirs", "mine", or "" while a clash is undecided. */
static const char *
kept(const struct state *st, const struct sides *d)
{
	const char *decided = text_at(st->kept, d->field->key);

	if (*decided)
		return decided;
	return clashes(d) ? "" : d->i_changed ? "mine" : "theirs";
}

static const char *
kept_in_words(const struct state *st, const struct sides *d)
{
	const char *who = text_at(st->winner, "who");

	if (d->i_changed && d->they_changed && !clashes(d))
		return _("both the same");
	if (!d->i_changed)
		return arena_printf(frame_mem(), _("taken from %s"), who);
	if (strcmp(kept(st, d), "mine") == 0)
		return _("yours");
	return strcmp(kept(st, d), "theirs") == 0 ? _("theirs") : _("? h or m");
}

static const char *
shown(const struct state *st, const struct sides *d, const char *value)
{
	return *value ? form_value_tell(frame_mem(), d->field, value,
	    at(st->winner, "current.people")) : "–";
}

static void
add(struct screen *s, const struct sides *d)
{
	struct state *st = s->state;
	bool open = *kept(st, d) == '\0';

	table_add(&st->table, d->field - st->form->fields + 1, open ? STYLE_ALERT : STYLE_PLAIN,
	    (const char *[]){ form_say(&d->field->label), shown(st, d, d->before),
		shown(st, d, d->theirs), d->i_changed ? shown(st, d, d->mine) : "",
		kept_in_words(st, d) });
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	if (!st->form)
		st->form = form_of_case(s, s->mem, at(st->winner, "current"));
	if (!st->form)
		return ST_NOT_FOUND;
	table_begin(&st->table, s->page);
	for (size_t i = 0; i < st->form->field_count; i++) {
		struct sides d = sides_of(s, &st->form->fields[i]);

		if (d.i_changed || d.they_changed)
			add(s, &d);
	}
	table_end(&st->table);
	return ST_OK;
}

/* ---- deciding ---- */

static struct sides
here(const struct screen *s)
{
	const struct state *st = s->state;

	return sides_of(s, &st->form->fields[table_at(&st->table) - 1]);
}

static bool
can_choose(const void *on)
{
	const struct screen *s = on;
	const struct state *st = s->state;

	return st->table.n_rows > 0 && here(s).i_changed;
}

static unsigned
keep(struct screen *s, const char *side)
{
	struct state *st = s->state;

	json_object_set_new(st->kept, here(s).field->key, json_string(side));
	if (st->table.cursor + 1 < st->table.n_rows)
		table_go(&st->table, st->table.rows[st->table.cursor + 1].id);
	return RELOAD;
}

static unsigned act_theirs(void *on) { return keep(on, "theirs"); }
static unsigned act_mine(void *on) { return keep(on, "mine"); }

static unsigned
typed(void *on, const char *text)
{
	struct screen *s = on;
	struct state *st = s->state;
	const struct form_field *field = form_find(st->form, st->editing);
	const char *why = NULL;
	const char *value = form_value_parse(s->page, field, text, clock_day(clock_now()), &why);

	if (!value) {
		say(s, TONE_WARNING, "%s", why);
		return ask_line(s, form_say(&field->label), text, typed);
	}
	json_object_set_new(st->mine, st->editing, *value ? json_string(value) : json_null());
	return keep(s, "mine");
}

static unsigned
act_edit(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	struct sides d = here(s);

	st->editing = d.field->key;
	return ask_line(s, form_say(&d.field->label),
	    form_value_retype(s->page, d.field, d.mine), typed);
}

/* ---- saving ---- */

/* A clash nobody has decided, or NULL. */
static const struct form_field *
undecided(const struct screen *s)
{
	const struct state *st = s->state;

	for (size_t i = 0; i < st->form->field_count; i++) {
		struct sides d = sides_of(s, &st->form->fields[i]);

		if (*kept(st, &d) == '\0')
			return d.field;
	}
	return NULL;
}

/* What has still to be written: mine where it was kept and differs. */
static json_t *
to_write(const struct screen *s)
{
	const struct state *st = s->state;
	json_t *answers = json_object();

	for (size_t i = 0; i < st->form->field_count; i++) {
		struct sides d = sides_of(s, &st->form->fields[i]);

		if (d.i_changed && strcmp(kept(st, &d), "mine") == 0 &&
		    strcmp(d.mine, d.theirs) != 0)
			json_object_set_new(answers, d.field->key,
			    *d.mine ? json_string(d.mine) : json_null());
	}
	return answers;
}

/* The text that was compared is done with: its screen goes too. */
static unsigned
finish(struct screen *s)
{
	struct screen *asker = s->below;

	screen_drop_draft(asker);
	desk_remove(s->desk, asker);
	say(s, TONE_DONE, _("Saved as decided."));
	return CLOSE;
}

/* Somebody was faster once more: what is decided stays so. */
static unsigned
lost_again(struct screen *s)
{
	struct state *st = s->state;
	const struct reply *reply = last_reply(s);

	if (reply->status == ST_CONFLICT && json_is_object(at(reply->winner, "current.answers"))) {
		json_decref(st->winner);
		st->winner = json_incref(reply->winner);
	}
	return RELOAD;
}

static unsigned took_reason(void *on, const char *reason);

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const struct form_field *open = undecided(s);
	json_t *answers;
	enum status status = ST_OK;

	if (open) {
		table_go(&st->table, open - st->form->fields + 1);
		say(s, TONE_WARNING, _("\"%s\" is not decided: h keeps theirs, m keeps yours."),
		    form_say(&open->label));
		return DRAW;
	}
	answers = to_write(s);
	if (json_object_size(answers) > 0)
		status = ask(s, NULL, "case.answer", "{s:I, s:I, s:O, s:O, s:s*}", "id",
		    (json_int_t)number_at(s->args, "id"), "version",
		    (json_int_t)number_at(st->winner, "current.version"), "answers", answers,
		    "reasons", json_object_get(s->args, "reasons"), "reason", st->reason);
	json_decref(answers);
	if (wants_reason(s, status))
		return ask_line(s, last_reply(s)->sentence, "", took_reason);
	return status == ST_OK ? finish(s) : lost_again(s);
}

static unsigned
took_reason(void *on, const char *reason)
{
	struct screen *s = on;
	struct state *st = s->state;

	st->reason = *reason ? arena_strdup(s->mem, reason) : NULL;
	return st->reason ? act_save(s) : DRAW;
}

static const char *
why(const void *on)
{
	(void)on;
	return _("only the other side changed this answer");
}

static bool
can_edit(const void *on)
{
	return can_choose(on) && here(on).field->type != FORM_REPEAT;
}

static const char *
why_edit(const void *on)
{
	return can_choose(on) ? _("rows are changed in the form itself: Esc") : why(on);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), _("You and %s changed %s at the same time"),
	    text_at(st->winner, "who"), text_at(st->winner, "current.number"));
	h->right = arena_printf(frame_mem(), _("saved %s"),
	    say_instant(frame_mem(), text_at(st->winner, "at")));
	h->load = _("Decide what clashes; the rest is merged. Nothing of yours is lost.");
}

struct side {
	const char *title, *value;
	int rows;
};

/* One under the other; a value that has more lines than its room says so. */
static void
draw_sides(const struct side *sides, size_t n, int indent, struct area area)
{
	area.col += indent;
	area.cols -= indent;
	for (size_t i = 0; i < n; i++) {
		char **lines;

		area.rows = sides[i].rows;
		draw_text(area.row, area.col - indent, indent - 1, STYLE_STRONG, sides[i].title);
		draw_wrapped(area, STYLE_PLAIN, sides[i].value);
		if (shown_lines(sides[i].value, area.cols, &lines) > (size_t)area.rows)
			draw_text(area.row + area.rows - 1, area.col + area.cols, 1, STYLE_STRONG,
			    "…");
		area.row += area.rows;
	}
}

/* The values under the cursor in full, at the end of body: columns cut them.
 * Returns rows taken. */
static int
draw_values(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	struct area area = { body.row + body.rows, 3, 0, body.cols - 5 };
	const struct sides d = st->table.n_rows > 0 ? here(s) : (struct sides){ 0 };
	struct side sides[] = {
		{ _("Before"), NULL, 0 }, { text_at(st->winner, "who"), NULL, 0 },
		{ _("Yours"), NULL, 0 },
	};
	int indent = 0, all = 0, most = (body.rows - 4) / (int)COUNT_OF(sides);

	if (st->table.n_rows == 0)
		return 0;
	sides[0].value = shown(st, &d, d.before);
	sides[1].value = shown(st, &d, d.theirs);
	sides[2].value = shown(st, &d, d.i_changed ? d.mine : d.before);
	for (size_t i = 0; i < COUNT_OF(sides); i++)
		if (shown_width(sides[i].title) + 2 > indent)
			indent = shown_width(sides[i].title) + 2;
	for (size_t i = 0; i < COUNT_OF(sides); i++) {
		char **lines;
		int rows = (int)shown_lines(sides[i].value, area.cols - indent, &lines);

		sides[i].rows = rows < most ? rows : most;
		all += sides[i].rows;
	}
	area.row -= all;
	draw_sides(sides, COUNT_OF(sides), indent, area);
	return all + 1;
}

static int
foot(const struct screen *s, struct area body)
{
	return draw_values(s, body);
}

static const struct binding bindings[] = {
	{ .keys = "h", .label = N_("Theirs"), .act = act_theirs, .can = can_choose, .why = why,
	  .help = N_("keep their value") },
	{ .keys = "m", .label = N_("Yours"), .act = act_mine, .can = can_choose, .why = why,
	  .help = N_("keep your value") },
	{ .keys = "e Enter", .label = N_("Edit"), .act = act_edit, .can = can_edit, .why = why_edit,
	  .help = N_("type another value and keep that") },
	{ .keys = "F10 ^S", .label = N_("Save decisions"), .act = act_save,
	  .help = N_("save what was decided") },
	{ 0 }
};

const struct screen_class screen_conflict = {
	.name = "conflict",
	.title = N_("Both changed it"),
	.about = N_("Somebody saved the same case while you typed. For each answer that both "
	            "changed choose whose is kept, then save. Esc goes back to your text."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing differs any more. F10 goes on."),
	    .foot = foot },
	.bindings = bindings,
	.open = open_conflict,
	.load = load,
	.head = head,
	.done = done,
};
