/*
 * disclosed.c - layer 3: what was told of a person to the clerk's unit, or by
 * it: by whom, by what right, why, and each field as it was told.  Opened by
 * person.  Must never ask for more than disclosure.list gives.
 */
#include "disclose.h"

struct state {
	struct table table;
};

void
disclosed_lines(struct screen *s, const json_t *d)
{
	int64_t id = number_at(d, "id");
	const json_t *field;
	size_t i;

	list_say(s, id, STYLE_STRONG, "", arena_printf(s->page, "%s · %s → %s · %s (%s)%s",
	    say_instant(s->page, text_at(d, "at")), text_at(d, "from_label"),
	    text_at(d, "to_label"), text_at(d, "basis_label"), text_at(d, "cite"),
	    truth_at(d, "ended") ? arena_printf(s->page, " · %s", _("over")) : ""));
	list_say(s, id, STYLE_QUIET, "", arena_printf(s->page, "%s: %s", text_at(d, "by"),
	    text_at(d, "reason")));
	json_array_foreach(at(d, "fields"), i, field)
		list_say(s, id, STYLE_PLAIN, "", arena_printf(s->page, "  %s: %s",
		    text_at(field, "label"), text_at(field, "value")));
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const json_t *result, *d;
	size_t i;

	TRY(ask(s, &result, "disclosure.list", "{s:I}", "person",
	    (json_int_t)number_at(s->args, "id")));
	table_begin(&st->table, s->page);
	json_array_foreach(at(result, "disclosures"), i, d)
		disclosed_lines(s, d);
	table_end(&st->table);
	return ST_OK;
}

static void
head(const struct screen *s, struct head *h)
{
	h->left = arena_printf(frame_mem(), "%s · %s", _("Told"), text_at(s->args, "name"));
}

static const char *const topics[] = { "disclosure", "person", NULL };

const struct screen_class screen_disclosed = {
	.name = "disclosed",
	.title = N_("Told"),
	.about = N_("What a closed unit has told yours of a person, or yours others: exactly these "
	    "fields, by this right. Esc goes back."),
	.state_size = sizeof(struct state),
	.list = { .columns = list_lines, .n_columns = 1,
	    .empty = N_("Nothing was told to your unit of this person, or by it.") },
	.topics = topics,
	.load = load,
	.head = head,
};
