/*
 * state.c - layer 1: a whole form under answers: rows and cells, what is seen
 * and computed, in the order in which expressions ask.  Called by engine,
 * client and form-try at each change.  Must never trust the shape of the JSON,
 * and never take longer than the rows it allows.
 */
#include "inside.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

#define ROWS_TOTAL 1000          /* of all repeats of one form together */
#define RESULT_MAX INT64_C(999999999999)

/* Stands for JSON that is no answer at all: an object, a fraction. */
static const char no_answer[] = "\x7f";

/* ---- reading answers ---- */

/* ["a", "b"] and [1, 2] as they are stored: "a,b" */
static const char *
joined(struct arena *a, const json_t *list)
{
	const char *all = "";
	size_t i;
	json_t *one;

	json_array_foreach((json_t *)(uintptr_t)list, i, one) {
		const char *text = json_string_value(one);

		if (json_is_integer(one))
			text = arena_printf(a, "%lld", (long long)json_integer_value(one));
		if (!text || strchr(text, ','))
			return no_answer;
		all = arena_printf(a, "%s%s%s", all, i ? "," : "", text);
	}
	return *all ? all : NULL;
}

static const char *
number_text(struct arena *a, const json_t *json, enum form_type type)
{
	const char *text;
	char *end;

	if (json_is_integer(json))
		return arena_printf(a, "%lld", (long long)json_integer_value(json));
	if (type != FORM_DECIMAL || !json_is_real(json))
		return no_answer;
	text = arena_printf(a, "%.3f", json_real_value(json));
	end = arena_strdup(a, text);
	for (size_t n = strlen(end); n > 0 && (end[n - 1] == '0' || end[n - 1] == '.'); n--) {
		bool point = end[n - 1] == '.';

		end[n - 1] = '\0';
		if (point)
			break;
	}
	return end;
}

/* The answer as text; NULL if not given. */
static const char *
answer_text(struct arena *a, const json_t *json, enum form_type type)
{
	bool number = type == FORM_NUMBER || type == FORM_MONEY || type == FORM_DECIMAL;
	const char *text = json_string_value(json);

	if (!json || json_is_null(json))
		return NULL;
	if (text)
		return text[strspn(text, " \t\n")] ? text : NULL;
	if (json_is_boolean(json) && type == FORM_YES_NO)
		return json_is_true(json) ? "yes" : "no";
	if (json_is_array(json) && (type == FORM_CHOICES || type == FORM_MEMBERS))
		return joined(a, json);
	return number && !json_is_array(json) ? number_text(a, json, type) : no_answer;
}

/* ---- rows and cells ---- */

static const struct form_field *
fields_of(const struct form_state *s, const struct form_field *repeat, size_t *n)
{
	*n = repeat ? repeat->field_count : s->form->field_count;
	return repeat ? repeat->fields : s->form->fields;
}

static void build(struct form_state *s, struct form_row *row, const json_t *answers,
                  size_t *total);

static void
build_rows(struct form_state *s, struct form_row *row, struct form_cell *cell,
           const json_t *list, size_t *total)
{
	size_t n = json_array_size(list);

	if (n > FORM_ROWS_MAX)
		n = FORM_ROWS_MAX;
	if (n > ROWS_TOTAL - *total)
		n = ROWS_TOTAL - *total;
	cell->wrong = list && (!json_is_array(list) || n < json_array_size(list));
	cell->rows = arena_array(s->mem, struct form_row, n + 1);
	cell->row_count = n;
	*total += n;
	for (size_t i = 0; i < n; i++) {
		cell->rows[i] = (struct form_row){
			.repeat = cell->field, .outer = row, .number = i + 1,
		};
		build(s, &cell->rows[i], json_array_get(list, i), total);
	}
}

/* Stored, the rows are a text. */
static json_t *
rows_of(const json_t *json)
{
	const char *text = json_string_value(json);

	if (!json || json_is_null(json) || (text && !*text))
		return NULL;
	return text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL)
	            : json_incref((json_t *)(uintptr_t)json);
}

static void
build(struct form_state *s, struct form_row *row, const json_t *answers, size_t *total)
{
	size_t n;
	const struct form_field *fields = fields_of(s, row->repeat, &n);

	row->cells = arena_array(s->mem, struct form_cell, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct form_cell *cell = &row->cells[i];
		const json_t *json = json_object_get(answers, fields[i].key);

		cell->field = &fields[i];
		if (fields[i].type == FORM_REPEAT) {
			json_t *list = rows_of(json);

			build_rows(s, row, cell, list, total);
			cell->wrong = cell->wrong || (!list && json_is_string(json) &&
			                              *json_string_value(json));
			json_decref(list);
		} else if (!fields[i].compute) {
			const char *text = answer_text(s->mem, json, fields[i].type);

			cell->text = text && text != no_answer ? arena_strdup(s->mem, text) : NULL;
			cell->wrong = text == no_answer;
		}
	}
}

/* ---- settling ---- */

static bool
is_shown(struct form_state *s, struct form_row *row, const struct form_field *field)
{
	struct form_value v;

	if (row->outer && !row->outer->cells[row->repeat->place].seen)
		return false;
	if (!row->outer && s->form->sections[field->section].show) {
		v = form_expr_value(s, row, s->form->sections[field->section].show);
		if (!form_is_yes(&v))
			return false;
	}
	if (!field->show)
		return true;
	v = form_expr_value(s, row, field->show);
	return form_is_yes(&v);
}

static void
compute(struct form_state *s, struct form_row *row, struct form_cell *cell)
{
	struct form_value v = form_expr_value(s, row, cell->field->compute);
	bool range = cell->field->type == FORM_CHOICES || cell->field->type == FORM_TEXT;

	if (v.known == FORM_KNOWN && v.number != v.high && !range)
		v = (struct form_value){ .known = FORM_UNKNOWN };
	if (v.known == FORM_KNOWN && (v.number > RESULT_MAX || v.number < -RESULT_MAX))
		v = (struct form_value){ .known = FORM_FAULT,
		                         .text = N_("The result is too large.") };
	if (v.known == FORM_KNOWN)
		cell->text = form_value_write(s->mem, cell->field, &v);
	cell->value = v;
}

static void
settle_cell(struct form_state *s, struct form_row *row, const struct form_field *field)
{
	struct form_cell *cell = &row->cells[field->place];

	cell->seen = is_shown(s, row, field);
	if (!cell->seen)
		return;
	if (field->type == FORM_REPEAT)
		cell->value = (struct form_value){
			.known = cell->row_count ? FORM_KNOWN : FORM_UNKNOWN,
			.number = (int64_t)cell->row_count, .high = (int64_t)cell->row_count,
		};
	else if (field->compute)
		compute(s, row, cell);
	else if (cell->text)
		cell->wrong = !form_value_read(field, cell->text, &cell->value);
}

/* The field in each of the rows it is in, from row on inwards. */
static void
settle_in(struct form_state *s, struct form_row *row, const struct form_field *field)
{
	const struct form_field *step = field->parent;
	struct form_cell *cell;

	if (row->repeat == field->parent) {
		settle_cell(s, row, field);
		return;
	}
	while (step->parent != row->repeat)
		step = step->parent;
	cell = &row->cells[step->place];
	for (size_t i = 0; i < cell->row_count; i++)
		settle_in(s, &cell->rows[i], field);
}

static struct form_state *
state_of(struct arena *a, const struct form *f, const struct form_world *world)
{
	struct form_state *s = arena_make(a, struct form_state);

	*s = (struct form_state){ .form = f, .world = world, .mem = a, .due = DAY_NONE };
	s->root = arena_make(a, struct form_row);
	return s;
}

struct form_state *
form_settled(struct arena *a, const struct form *f, const json_t *answers,
             const struct form_world *world)
{
	struct form_state *s = state_of(a, f, world);
	size_t total = 0;

	build(s, s->root, answers, &total);
	for (size_t i = 0; i < f->every_count; i++)
		settle_in(s, s->root, f->every[f->order[i]]);
	return s;
}

struct form_state *
form_evaluate(struct arena *a, const struct form *f, const json_t *answers,
              const struct form_world *world)
{
	struct form_state *s = form_settled(a, f, answers, world);

	form_find_out(s, answers);
	return s;
}

/* ---- blank: for checks ---- */

static void
blank_row(struct form_state *s, struct form_row *row)
{
	size_t n;
	const struct form_field *fields = fields_of(s, row->repeat, &n);

	row->cells = arena_array(s->mem, struct form_cell, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct form_cell *cell = &row->cells[i];

		*cell = (struct form_cell){
			.field = &fields[i], .seen = true, .value = { .known = FORM_ANY },
		};
		if (fields[i].type != FORM_REPEAT)
			continue;
		cell->rows = arena_make(s->mem, struct form_row);
		cell->row_count = 1;
		*cell->rows = (struct form_row){ .repeat = &fields[i], .outer = row, .number = 1 };
		blank_row(s, cell->rows);
	}
}

struct form_state *
form_state_blank(struct arena *a, const struct form *f, const struct form_world *world)
{
	struct form_state *s = state_of(a, f, world);

	blank_row(s, s->root);
	return s;
}

/* ---- paths ---- */

const char *
form_path(const struct form_state *s, const struct form_row *row, const struct form_field *field)
{
	if (!row || !row->repeat)
		return field->key;
	return arena_printf(s->mem, "%s[%zu].%s", form_path(s, row->outer, row->repeat), row->number,
	                    field->key);
}

static const struct form_cell *
cell_named(const struct form_state *s, const struct form_row *row, const char *key, size_t n)
{
	size_t count;
	const struct form_field *fields = fields_of(s, row->repeat, &count);

	for (size_t i = 0; i < count; i++)
		if (strlen(fields[i].key) == n && strncmp(fields[i].key, key, n) == 0)
			return &row->cells[i];
	return NULL;
}

const struct form_cell *
form_cell_at(const struct form_state *s, const char *path)
{
	const struct form_row *row = s->root;

	for (;;) {
		size_t n = strcspn(path, "[");
		const struct form_cell *cell = cell_named(s, row, path, n);
		char *end;
		unsigned long at;

		if (!cell || !path[n])
			return cell;
		at = strtoul(path + n + 1, &end, 10);
		if (cell->field->type != FORM_REPEAT || at < 1 || at > cell->row_count ||
		    strncmp(end, "].", 2) != 0)
			return NULL;
		row = &cell->rows[at - 1];
		path = end + 2;
	}
}
