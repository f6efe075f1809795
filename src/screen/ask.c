/*
 * ask.c - layer 3: what screens do with the engine's answers and with the
 * clerk's: reading results, lists that page themselves, questions.  Called by
 * screens.  Must never interpret what a result is about.
 */
#include "desk.h"

#include <string.h>

/* A page fills a large terminal; a larger one costs the engine for nothing. */
#define LISTING_PAGE 50
#define LISTING_MOST 500

/* ---- reading results ---- */

const json_t *
at(const json_t *object, const char *path)
{
	while (object && *path) {
		size_t n = strcspn(path, ".");

		object = json_object_getn(object, path, n);
		path += n;
		path += *path == '.';
	}
	return object;
}

const char *
text_at(const json_t *object, const char *path)
{
	const char *text = json_string_value(at(object, path));

	return text ? text : "";
}

int64_t
number_at(const json_t *object, const char *path)
{
	return json_integer_value(at(object, path));
}

bool
truth_at(const json_t *object, const char *path)
{
	return json_is_true(at(object, path));
}

/* ---- lists ---- */

static void
add_items(struct listing *l, const json_t *result)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(result, l->key), i, item) {
		json_array_append(l->rows, (json_t *)(uintptr_t)item);
		l->add(l->s, l->table, item);
	}
	l->next = json_string_value(json_object_get(result, "next"));
	l->table->has_more = l->next != NULL;
}

static enum status
fetch(struct listing *l, const json_t **result)
{
	json_t *params = json_copy(l->params);

	json_object_set_new(params, "limit", json_integer(LISTING_PAGE));
	if (l->next)
		json_object_set_new(params, "after", json_string(l->next));
	return ask_with(l->s, result, l->method, params);
}

static unsigned
more(void *on)
{
	struct listing *l = on;
	const json_t *result;

	if (l->next && fetch(l, &result) == ST_OK)
		add_items(l, result);
	return DRAW;
}

enum status
listing_load(struct listing *l, json_t *params)
{
	size_t had = l->table->n_rows < LISTING_MOST ? l->table->n_rows : LISTING_MOST;
	const json_t *result;
	enum status status;

	l->params = params ? params : json_object();
	desk_hold(l->s, l->params);
	l->next = NULL;
	TRY(fetch(l, &result));
	l->first = result;
	l->rows = json_array();
	desk_hold(l->s, l->rows);
	l->s->rows = l->rows;
	table_begin(l->table, l->s->page);
	l->table->more = more;
	l->table->on = l;
	add_items(l, result);
	for (status = ST_OK; status == ST_OK && l->next && l->table->n_rows < had;) {
		status = fetch(l, &result);
		if (status == ST_OK)
			add_items(l, result);
	}
	table_end(l->table);
	return status;
}

unsigned
listing_turn(struct listing *l)
{
	table_begin(l->table, l->s->page);
	table_unmark(l->table);
	table_restart(l->table);
	return RELOAD;
}

/* ---- telling and asking the clerk ---- */

void
say(struct screen *s, enum tone tone, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	desk_say(s->desk, tone, arena_vprintf(s->page, format, args));
	va_end(args);
}

bool
act_is_told(const struct screen *s)
{
	return s->desk->message && !s->desk->news;
}

unsigned
choose(struct screen *s, const struct binding *choices, const char *format, ...)
{
	va_list args;
	char *question;

	va_start(args, format);
	question = arena_vprintf(s->page, format, args);
	va_end(args);
	return prompt_choose(&s->prompt, s->mem, question, choices);
}

unsigned
ask_line(struct screen *s, const char *question, const char *text,
         unsigned (*answer)(void *on, const char *text))
{
	/* both may be part of the last reply, and line_asked asks the office */
	question = arena_strdup(s->mem, question);
	text = line_asked(s, question, arena_strdup(s->mem, text));
	return prompt_text(&s->prompt, s->mem, question, text, answer);
}

const char *
typed_day(struct screen *s, const char *typed, enum form_when when, const char *question,
          unsigned (*answer)(void *on, const char *text))
{
	const struct form_field day = { .key = "day", .type = FORM_DATE, .when = when };
	const char *why = NULL, *iso;

	if (!*typed)
		return "";
	iso = form_value_parse(s->mem, &day, typed, clock_day(clock_now()), &why);
	if (!iso) {
		say(s, TONE_WARNING, "%s", why);
		ask_line(s, question, typed, answer);
	}
	return iso;
}
