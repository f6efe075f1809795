/*
 * sealed_history.c - layer 2: what an event tells of sealed columns, opened for
 * who has the key.  Called by event.c.  What cannot be opened is not told.
 */
#include "sealed.h"

#include <stdlib.h>

/* Columns with a sealed text in a row that is otherwise plain. */
static const struct {
	const char *table, *column;
} texts[] = {
	{ "case_note", "text" }, { "case_file", "wait_reason" }, { "case_file", "result_reason" },
	{ "restriction", "reason" }, { "restriction", "reference" }, { "restriction", "end_reason" },
};

/* NULL stays NULL.  False: this connection has no key to it. */
static bool
open_value(struct op *op, const struct change *ch, const char **value)
{
	const struct seal_place at = { ch->table, ch->column, ch->id };

	*value = text_open(op, &at, *value);
	return !seal_is(*value);
}

static bool
is_text(const struct change *ch)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (strcmp(ch->table, texts[i].table) == 0 &&
		    strcmp(ch->column, texts[i].column) == 0)
			return true;
	return false;
}

static const struct box *
box_of(const struct change *ch)
{
	const struct box *const boxes[] = { &answer_box, &document_box, &warning_box };

	for (size_t i = 0; i < COUNT_OF(boxes); i++)
		if (strcmp(ch->table, boxes[i]->table) == 0)
			return boxes[i];
	return NULL;
}

static void
tell(struct op *op, struct list *told, const struct change *ch, const char *word,
     const char *column, const char *before, const char *after)
{
	*(struct change *)list_add(op->mem, told) = (struct change){ .table = ch->table,
	    .id = arena_printf(op->mem, "%lld %s", strtoll(ch->id, NULL, 10), word),
	    .column = column, .before = before, .after = after };
}

/* What changed in a sealed row, under the names of its columns. */
static void
open_box(struct op *op, const struct box *b, const struct change *ch, struct list *told)
{
	int64_t case_id = strtoll(ch->id, NULL, 10);
	const char *name = strchr(ch->id, ' '), *was[BOX_PARTS] = { NULL }, *is[BOX_PARTS] = { NULL };
	bool had, has;

	if (strcmp(ch->column, b->column) != 0 || b == &warning_box)
		return;
	had = box_open(op, b, case_id, name + 1, ch->before, was);
	has = box_open(op, b, case_id, name + 1, ch->after, is);
	if (!had && !has)
		return;
	if (b == &answer_box) {
		tell(op, told, ch, has ? is[0] : was[0], "value", was[1], is[1]);
		return;
	}
	tell(op, told, ch, has ? is[0] : was[0], "state", was[5], is[5]);
	tell(op, told, ch, has ? is[0] : was[0], "reason", was[6], is[6]);
}

static bool
is_sealed_row(const struct change *ch)
{
	const char *name = strchr(ch->id, ' ');

	return name && seal_is(name + 1);
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* A row that goes and one that comes, with the same name and column once they are
 * open, are one change; or none, when it was only shut or opened. */
static void
join(struct list *told)
{
	struct change *all = told->items;
	size_t kept = 0;

	for (size_t i = 0; i < told->n; i++) {
		for (size_t j = 0; box_of(&all[i]) && j < i; j++) {
			if (strcmp(all[j].column, all[i].column) != 0 ||
			    strcmp(all[j].id, all[i].id) != 0 ||
			    strcmp(all[j].table, all[i].table) != 0)
				continue;
			if (!all[i].before)
				all[i].before = all[j].before;
			if (!all[i].after)
				all[i].after = all[j].after;
			all[j].before = all[j].after = NULL;
		}
	}
	for (size_t i = 0; i < told->n; i++)
		if (!same(all[i].before, all[i].after))
			all[kept++] = all[i];
	told->n = kept;
}

void
changes_open(struct op *op, struct list *changes)
{
	struct list told = { .size = sizeof(struct change) };
	const struct change *all = changes->items;

	for (size_t i = 0; i < changes->n; i++) {
		struct change ch = all[i];
		const struct box *b = box_of(&ch);

		if (b && is_sealed_row(&ch))
			open_box(op, b, &ch, &told);
		else if (!is_text(&ch) ||
		    (open_value(op, &ch, &ch.before) && open_value(op, &ch, &ch.after)))
			*(struct change *)list_add(op->mem, &told) = ch;
	}
	join(&told);
	*changes = told;
}
