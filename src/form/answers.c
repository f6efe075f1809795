/*
 * answers.c - layer 1: a form together with answers: what is seen, what is
 * wrong, which papers, how soon.  Called by the engine, which believes only
 * this, and by the form view.  Must never trust the shape of the JSON.
 */
#include "inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

/* ---- labels ---- */

const struct form_field *
form_find(const struct form *f, const char *key)
{
	for (size_t i = 0; i < f->field_count; i++)
		if (f->fields[i].key && strcmp(f->fields[i].key, key) == 0)
			return &f->fields[i];
	return NULL;
}

static const char *
say_in(const struct form_text *t, enum lang lang)
{
	for (size_t i = 0; i < FORM_LANGS; i++) {
		const char *text = t->in[((size_t)lang + i) % FORM_LANGS];

		if (text)
			return text;
	}
	return "";
}

const char *
form_say(const struct form_text *t)
{
	return say_in(t, lang_current());
}

const char *
form_label(const struct form *f, const char *key, enum lang lang)
{
	const struct form_field *field = form_find(f, key);

	return field ? say_in(&field->label, lang) : NULL;
}

/* ---- reading answers ---- */

/* Stands for JSON that is no answer at all: an array, a fraction. */
static const char no_answer[] = "\x7f";

/* The answer as text, in the JSON itself or in buffer; NULL if not given. */
static const char *
answer_text(const json_t *answers, const struct form_field *field,
            char buffer[static FORM_VALUE_BUFFER])
{
	const json_t *json = json_object_get(answers, field->key);
	bool whole = field->type == FORM_NUMBER || field->type == FORM_MONEY;
	const char *text;

	if (!json || json_is_null(json))
		return NULL;
	text = json_string_value(json);
	if (text)
		return text[strspn(text, " \t\n")] ? text : NULL;
	if (json_is_boolean(json) && field->type == FORM_YES_NO)
		return json_is_true(json) ? "yes" : "no";
	if (!json_is_integer(json) || !whole)
		return no_answer;
	snprintf(buffer, FORM_VALUE_BUFFER, "%" PRId64, (int64_t)json_integer_value(json));
	return buffer;
}

static bool
is_true(const struct form_expr *show, const struct value *values)
{
	return !show || form_expr_eval(show, values) == TRUTH_YES;
}

/* Fills in values and, where given, what is seen.  A number's text is not
 * kept: conditions compare it as a number. */
static void
evaluate(const struct form *f, const json_t *answers, struct value values[FORM_FIELDS_MAX],
         bool *seen)
{
	char buffer[FORM_VALUE_BUFFER];

	for (size_t i = 0; i < f->field_count; i++)
		values[i] = (struct value){ 0 };
	for (size_t i = 0; i < f->field_count; i++) {
		size_t at = f->order[i];
		const struct form_field *field = &f->fields[at];
		bool shown = is_true(f->sections[field->section].show, values) &&
		    is_true(field->show, values);
		const char *text = shown ? answer_text(answers, field, buffer) : NULL;

		if (text && text != no_answer)
			form_value_read(field, text, &values[at]);
		if (seen)
			seen[at] = shown;
	}
}

void
form_seen(const struct form *f, const json_t *answers, bool seen[FORM_FIELDS_MAX])
{
	struct value values[FORM_FIELDS_MAX];

	evaluate(f, answers, values, seen);
}

bool
form_visible(const struct form *f, const json_t *answers, const struct form_field *field)
{
	bool seen[FORM_FIELDS_MAX];

	form_seen(f, answers, seen);
	return seen[field - f->fields];
}

/* ---- checking ---- */

static const char *
missing_sentence(struct arena *a, const struct form_field *field)
{
	return arena_printf(a, _("\"%s\" is still missing. %s"), form_say(&field->label),
	                    form_value_wanted(a, field));
}

static size_t
unknown_keys(struct arena *a, const struct form *f, const json_t *answers,
             struct form_problem *problems)
{
	/* jansson walks only what it may change; nothing is changed. */
	json_t *walked = (json_t *)(uintptr_t)answers;
	size_t n = 0;

	for (void *it = json_object_iter(walked); it; it = json_object_iter_next(walked, it)) {
		const char *key = json_object_iter_key(it);

		if (!form_find(f, key))
			problems[n++] = (struct form_problem){
				.field = arena_strdup(a, key),
				.sentence = arena_printf(a, _("The form \"%s\" has no field "
				    "\"%s\"; leave it out."), f->key, text_visible(a, key, false)),
			};
	}
	return n;
}

static const char *
wrong_sentence(struct arena *a, const struct form_field *field, const char *text, int today)
{
	const char *why = text == no_answer ? form_value_wanted(a, field)
	                                    : form_value_check(a, field, text, today);

	return why ? arena_printf(a, "\"%s\": %s", form_say(&field->label), why) : NULL;
}

size_t
form_validate(struct arena *a, const struct form *f, const json_t *answers,
              enum form_stage stage, int today, struct form_problem **problems)
{
	size_t room = f->field_count + json_object_size(answers), n;
	struct form_problem *list = arena_array(a, struct form_problem, room + 1);
	bool seen[FORM_FIELDS_MAX];
	char buffer[FORM_VALUE_BUFFER];

	*problems = list;
	if (answers && !json_is_object(answers)) {
		list[0].sentence = arena_strdup(a, _("Give the answers as an object: "
		                                     "{\"key\": \"value\"}."));
		return 1;
	}
	form_seen(f, answers, seen);
	n = unknown_keys(a, f, answers, list);
	for (size_t i = 0; i < f->field_count; i++) {
		const struct form_field *field = &f->fields[i];
		const char *text = seen[i] ? answer_text(answers, field, buffer) : NULL;
		const char *why = text ? wrong_sentence(a, field, text, today) : NULL;
		bool missing = seen[i] && !text && field->required <= stage;

		if (missing)
			why = missing_sentence(a, field);
		if (why)
			list[n++] = (struct form_problem){ field->key, why, missing };
	}
	return n;
}

json_t *
form_settle(struct arena *a, const struct form *f, const json_t *answers)
{
	json_t *settled = json_object();
	bool seen[FORM_FIELDS_MAX];
	char buffer[FORM_VALUE_BUFFER];

	form_seen(f, answers, seen);
	for (size_t i = 0; i < f->field_count; i++) {
		const struct form_field *field = &f->fields[i];
		const char *text = seen[i] ? answer_text(answers, field, buffer) : NULL;

		if (text)
			text = text_clean(a, text, field->type == FORM_LINES);
		if (text && *text)
			json_object_set_new(settled, field->key, json_string(text));
	}
	return settled;
}

size_t
form_pairs(struct arena *a, const json_t *answers, struct form_pair **pairs)
{
	struct form_pair *list = arena_array(a, struct form_pair, json_object_size(answers) + 1);
	size_t n = 0;
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)answers, key, value) {
		struct form_pair *p = &list[n++];

		p->field = arena_strdup(a, key);
		if (json_is_string(value) && *json_string_value(value))
			p->value = arena_strdup(a, json_string_value(value));
		else if (json_is_integer(value))
			p->value = arena_printf(a, "%lld", (long long)json_integer_value(value));
		else if (json_is_boolean(value))
			p->value = json_is_true(value) ? "yes" : "no";
	}
	*pairs = list;
	return n;
}

int
form_urgent_day(const struct form *f, const json_t *answers)
{
	struct value values[FORM_FIELDS_MAX];
	int earliest = DAY_NONE;

	evaluate(f, answers, values, NULL);
	for (size_t i = 0; i < f->field_count; i++) {
		int day = (int)values[i].number;

		if (!f->fields[i].urgent || !values[i].known)
			continue;
		if (earliest == DAY_NONE || day < earliest)
			earliest = day;
	}
	return earliest;
}

/* ---- papers ---- */

struct papers {
	struct form_paper *list;
	size_t count, room;
};

static void
add_paper(struct arena *a, struct papers *p, const char *key, bool required)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->list[i].key, key) == 0) {
			p->list[i].required |= required;
			return;
		}
	if (p->count == p->room) {
		struct form_paper *grown = arena_array(a, struct form_paper, p->room * 2 + 16);

		if (p->count > 0)
			memcpy(grown, p->list, p->count * sizeof(*grown));
		p->list = grown;
		p->room = p->room * 2 + 16;
	}
	p->list[p->count++] = (struct form_paper){ arena_strdup(a, key), required };
}

size_t
form_documents(struct arena *a, const struct form *f, const json_t *answers,
               const struct form_checklists *lists, struct form_paper **papers)
{
	struct value values[FORM_FIELDS_MAX];
	struct papers p = { 0 };

	evaluate(f, answers, values, NULL);
	for (size_t i = 0; i < f->document_count; i++) {
		const struct form_document *d = &f->documents[i];
		const struct form_paper *items = NULL;
		size_t n = 0;

		if (!is_true(d->show, values))
			continue;
		if (d->key)
			add_paper(a, &p, d->key, d->required);
		else
			n = lists->items(lists->self, d->list, &items);
		for (size_t k = 0; k < n; k++)
			add_paper(a, &p, items[k].key, items[k].required);
	}
	*papers = p.list;
	return p.count;
}
