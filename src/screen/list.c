/*
 * list.c - layer 3: what screens have in common that are one table: how it
 * begins, what is under its cursor, how it is drawn above what the screen says of
 * that, and rows that are lines of a text.  Called for each class with a list by desk and frame.
 * Must never ask.
 */
#include "desk.h"

#include <string.h>

#include "text.h"

#define MARGIN 4                 /* the cursor's sign, and a blank at the end */

const struct column list_lines[] = { { "", 0, LEFT, 0 } };

void
list_open(struct screen *s)
{
	const struct list *list = &s->class->list;

	table_init(s->state, s->mem, list->columns, list->n_columns, list->empty);
}

void
list_draw(const struct screen *s, struct area body)
{
	const struct list *list = &s->class->list;

	if (list->foot)
		body.rows -= list->foot(s, body);
	table_draw(s->state, body, TABLE_HERE);
}

const json_t *
list_here(const struct screen *s)
{
	const struct table *t = s->state;

	return t->n_rows > 0 ? json_array_get(s->rows, t->cursor) : NULL;
}

bool
list_has(const void *on)
{
	return ((const struct table *)((const struct screen *)on)->state)->n_rows > 0;
}

int
list_foot(struct area body, const char *text)
{
	int rows = shown_width(text) > body.cols - MARGIN ? 2 : 1;

	draw_wrapped((struct area){ body.row + body.rows - rows, MARGIN - 1, rows,
	    body.cols - MARGIN }, STYLE_PLAIN, text);
	return 2;
}

const char *
first_sentence(const char *text)
{
	const char *end = strstr(text, ". ");

	return end ? arena_strndup(frame_mem(), text, (size_t)(end + 1 - text)) : text;
}

/* A table cuts what does not fit: lines are broken before. */
void
list_say(struct screen *s, int64_t id, enum style style, const char *hang, const char *text)
{
	struct table *t = s->state;
	char **lines;
	size_t n = text_wrap(s->page, term_ascii() ? text_ascii(s->page, text) : text,
	    term_cols() - MARGIN - text_width(hang), &lines);

	for (size_t i = 0; i < n; i++)
		table_add(t, id ? id : (int64_t)t->n_rows + 1, style, (const char *[]){
			i == 0 ? lines[i] : arena_printf(s->page, "%s%s", hang, lines[i]) });
}

void
list_page(struct screen *s, const char *page)
{
	struct table *t = s->state;
	char *line = text_page(s->page, page, false);

	while (line && *line) {
		char *end = strchr(line, '\n');

		if (end)
			*end++ = '\0';
		table_add(t, (int64_t)t->n_rows + 1, STYLE_PLAIN, (const char *[]){ line });
		line = end;
	}
}
