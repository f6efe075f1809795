/*
 * disclose.c - layer 3: what of a case is to be told, to whom, by what right and
 * why: a list to be marked.  Opened by case.c and by requests.c.  Must never tell
 * anything itself: disclose_preview.c does, once all of it has been seen.
 */
#include "disclose.h"

#include <string.h>

struct state {
	struct table table;
	const json_t *fields;    /* of the last load */
	json_t *numbers;         /* key -> number of its row, as long as the screen */
	struct receiver_choice to;
	const char *basis, *basis_label, *reason; /* NULL: not said yet */
	bool going_on;           /* what is missing is asked for, one after the other */
};

static const struct column columns[] = {
	{ N_("What"), 26, LEFT, 0 },
	{ N_("As it would be told"), 0, LEFT, 0 },
};

static const char *
or_null(const char *text)
{
	return *text ? text : NULL;
}

static void
open_disclose(struct screen *s, const json_t *args)
{
	struct state *st = s->state;

	st->numbers = json_object();
	st->to.unit = or_null(text_at(args, "to"));
	st->to.label = or_null(text_at(args, "to_label"));
}

static void
done(struct screen *s)
{
	json_decref(((struct state *)s->state)->numbers);
}

/* A mark stays on its field whatever a colleague writes meanwhile. */
static int64_t
number_of(struct state *st, const char *key)
{
	if (!json_object_get(st->numbers, key))
		json_object_set_new(st->numbers, key,
		    json_integer((json_int_t)json_object_size(st->numbers) + 1));
	return json_integer_value(json_object_get(st->numbers, key));
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *field;
	size_t i;

	TRY(ask(s, &result, "disclosure.fields", "{s:O}", "case",
	    json_object_get(s->args, "id")));
	st->fields = at(result, "fields");
	table_begin(&st->table, s->page);
	json_array_foreach(st->fields, i, field)
		table_add(&st->table, number_of(st, text_at(field, "key")), STYLE_PLAIN,
		    (const char *[]){ text_at(field, "label"), text_at(field, "value") });
	table_end(&st->table);
	return ST_OK;
}

/* ---- going on ---- */

/* Marked only: nobody tells what the cursor happens to stand on. */
static const char *
marked_keys(const struct screen *s)
{
	struct state *st = s->state;
	const json_t *field;
	const char *all = "";
	size_t i;

	json_array_foreach(st->fields, i, field)
		if (table_is_marked(&st->table, number_of(st, text_at(field, "key"))))
			all = arena_printf(s->page, "%s%s%s", all, *all ? " " : "",
			    text_at(field, "key"));
	return all;
}

static json_t *
params_of(const struct screen *s)
{
	const struct state *st = s->state;
	json_t *params = json_pack("{s:O, s:s, s:s, s:s, s:O*}", "case",
	    json_object_get(s->args, "id"), "fields", marked_keys(s), "basis", st->basis, "reason",
	    st->reason, "ask", json_object_get(s->args, "ask"));

	receiver_params(&st->to, params);
	return params;
}

static unsigned act_receiver(void *on);
static unsigned act_basis(void *on);
static unsigned act_reason(void *on);

/* What is still missing, one after the other; then all of it is shown. */
static unsigned
go_on(struct screen *s)
{
	struct state *st = s->state;
	bool nobody = !st->to.unit && !st->to.name;

	if (!st->going_on)
		return DRAW;
	if (nobody || !st->basis || !st->reason)
		return nobody ? act_receiver(s) : !st->basis ? act_basis(s) : act_reason(s);
	st->going_on = false;
	return screen_open(s, "disclose_preview", json_pack("{s:o, s:s, s:b}", "params",
	    params_of(s), "to_label", st->to.label, "outside", st->to.body != NULL));
}

static unsigned
act_preview(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;

	if (!*marked_keys(s)) {
		say(s, TONE_WARNING, _("Mark with x what is to be told: nothing else is."));
		return DRAW;
	}
	st->going_on = true;
	return go_on(s);
}

/* ---- to whom, by what right, why ---- */

static unsigned
took_name(void *on, const char *name)
{
	struct state *st = ((struct screen *)on)->state;

	if (receiver_name(on, name, &st->to))
		return go_on(on);
	st->to = (struct receiver_choice){ 0 };
	st->going_on = false;
	return DRAW;
}

static unsigned
picked_receiver(struct screen *s, const char *code)
{
	struct state *st = s->state;

	if (receiver_take(s, code, &st->to))
		return ask_line(s, _("Which one, by name?"), "", took_name);
	return go_on(s);
}

static unsigned
act_receiver(void *on)
{
	return receiver_pick(on, _("Who is to be told?"), false, picked_receiver);
}

static unsigned
picked_basis(struct screen *s, const char *code)
{
	struct state *st = s->state;
	struct pick_item *items;
	size_t n = basis_items(s, false, &items);

	st->basis = arena_strdup(s->mem, code);
	st->basis_label = st->basis;
	for (size_t i = 0; i < n; i++)
		if (strcmp(items[i].code, code) == 0)
			st->basis_label = arena_strdup(s->mem, items[i].label);
	return go_on(s);
}

static unsigned
act_basis(void *on)
{
	struct pick_item *items;
	size_t n = basis_items(on, false, &items);

	return pick(on, _("By what right?"), items, n, picked_basis);
}

static unsigned
took_reason(void *on, const char *reason)
{
	struct screen *s = on;
	struct state *st = s->state;

	if (*reason) {
		st->reason = arena_strdup(s->mem, reason);
		return go_on(s);
	}
	st->going_on = false;
	say(s, TONE_WARNING, _("Say why: the receiver reads it, and the file keeps it."));
	return DRAW;
}

static unsigned
act_reason(void *on)
{
	const struct state *st = ((struct screen *)on)->state;

	return ask_line(on, _("Why is it told? The receiver reads it:"),
	    st->reason ? st->reason : "", took_reason);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), _("Tell out of %s"), text_at(s->args, "number"));
	h->right = text_at(s->args, "name");
	h->load = arena_printf(frame_mem(), _("To: %s   By: %s   Marked: %d"),
	    st->to.label ? st->to.label : "–", st->basis_label ? st->basis_label : "–",
	    (int)st->table.n_marks);
}

/* The field under the cursor in full, and what was asked. */
static int
foot(const struct screen *s, struct area body)
{
	const struct state *st = s->state;
	const struct row *row = st->table.n_rows ? &st->table.rows[st->table.cursor] : NULL;
	const char *question = text_at(s->args, "question");
	struct area below = { body.row + body.rows - 3, 1, 3, body.cols - 2 };

	if (*question) {
		draw_format(below.row, 1, below.cols, STYLE_STRONG, _("Asked: %s"), question);
		below.row++;
		below.rows--;
	}
	if (row)
		draw_wrapped(below, STYLE_QUIET, row->cells[1]);
	return 4;
}

static bool
marks(const struct screen *s)
{
	(void)s;
	return true;
}

static const char *const topics[] = { "case", NULL };

static const struct binding bindings[] = {
	{ .keys = "F2 Enter", .label = N_("Preview"), .act = act_preview,
	  .help = N_("see exactly what would be told; from there it is told") },
	{ .keys = "F3 t", .label = N_("To whom"), .act = act_receiver,
	  .help = N_("the unit, or the body outside the office, that is told") },
	{ .keys = "F4 b", .label = N_("By what right"), .act = act_basis,
	  .help = N_("the provision that allows it, or the person's consent") },
	{ .keys = "F5 r", .label = N_("Reason"), .act = act_reason,
	  .help = N_("why it is told; the receiver reads it") },
	{ 0 }
};

const struct screen_class screen_disclose = {
	.name = "disclose",
	.title = N_("Tell others"),
	.about = N_("What lies in this case. Mark with x what another unit, or somebody outside, is "
	            "to know: they see these fields as they stand here and nothing else."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns),
	    .empty = N_("Nothing lies in this case yet."), .marks = marks, .foot = foot },
	.bindings = bindings,
	.topics = topics,
	.open = open_disclose,
	.load = load,
	.head = head,
	.done = done,
};
