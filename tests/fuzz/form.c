/*
 * form.c - fuzz target: any text as a form, and any answers to the forms that
 * are taken.  What is accepted must keep the promises of include/form.h.
 */
#include <stdlib.h>
#include <string.h>

#include "form_example.h"
#include "form_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TODAY 20780              /* 2026-11-23 */

/* A line of the input as a typed answer. */
static const char *
line_of(const char **at)
{
	static char line[64];
	size_t n = strcspn(*at, "\n");
	size_t kept = n < sizeof(line) ? n : sizeof(line) - 1;

	memcpy(line, *at, kept);
	line[kept] = '\0';
	*at += n + ((*at)[n] == '\n');
	return line;
}

/* What was taken is canonical, and what is shown of it can be typed again. */
static void
type_in(struct arena *a, const struct form_field *field, const char *typed, json_t *answers)
{
	const char *why, *again;
	const char *canonical = form_value_parse(a, field, typed, TODAY, &why);

	invariant(!canonical == (why != NULL));
	if (!canonical || !*canonical)
		return;
	invariant(!form_value_check(a, field, canonical, TODAY));
	json_object_set_new(answers, field->key, json_string(canonical));
	again = form_value_show(a, field, canonical);
	if (field->type == FORM_DATE || field->type == FORM_MONEY || field->type == FORM_YES_NO) {
		again = form_value_parse(a, field, again, TODAY, &why);
		invariant(again && strcmp(again, canonical) == 0);
	}
}

static size_t
no_items(void *self, const char *list, const struct form_paper **papers)
{
	(void)self;
	(void)list;
	*papers = NULL;
	return 0;
}

static void
answer(struct arena *a, const struct form *f, const char *source)
{
	static const char *const usual[] = { "yes", "no", "1", "3.5.", "today", "1.640,00", "a" };
	const struct form_world world = { .today = TODAY, .stage = FORM_DRAFT };
	struct form_checklists lists = { no_items, NULL };
	struct form_problem *problems;
	struct form_paper *papers;
	json_t *answers = json_object(), *settled;

	for (size_t i = 0; i < f->field_count; i++)
		type_in(a, &f->fields[i], line_of(&source), answers);
	for (size_t i = 0; i < f->field_count; i++)
		type_in(a, &f->fields[i], usual[i % COUNT_OF(usual)], answers);
	invariant(form_validate(a, f, answers, &world, &problems) == 0);
	settled = form_settle(a, f, answers, &world);
	invariant(form_validate(a, f, settled, &world, &problems) == 0);
	invariant(form_hurry(f, settled, &world).due == form_hurry(f, answers, &world).due);
	form_documents(a, f, settled, &world, &lists, &papers);
	json_decref(settled);
	json_decref(answers);
}

/* The same answers, evaluated, settled and evaluated again, say the same; the
 * state can be told as JSON; nothing takes for ever. */
static void
evaluate(struct arena *a, const struct form *f, const json_t *answers)
{
	struct form_world world = { .today = TODAY, .stage = FORM_DECISION };
	struct form_state *s = form_evaluate(a, f, answers, &world);
	json_t *settled = form_settle(a, f, answers, &world), *told = form_state_json(s);
	struct form_state *again = form_evaluate(a, f, settled, &world);
	const char **red;

	invariant(told);
	for (size_t i = 0; i < f->field_count; i++)
		invariant(s->root->cells[i].seen == again->root->cells[i].seen);
	form_examples_run(a, f, "fuzz", &world, &red);
	invariant(!*form_diff(a, f, f));
	json_decref(told);
	json_decref(settled);
}

/* Rows of anything, in every repeat. */
static json_t *
wild_answers(struct form_field *const *fields, size_t n, int depth)
{
	static const char *const wild[] = { "yes", "1", "2026-01-01", "a", "\x01", "[]", "9e9" };
	json_t *answers = json_object();

	for (size_t i = 0; i < n; i++)
		if (fields[i]->type != FORM_REPEAT) {
			json_object_set_new(answers, fields[i]->key,
			                    json_string(wild[i % COUNT_OF(wild)]));
		} else if (depth > 0) {
			json_t *row = wild_answers(fields, n, depth - 1);

			json_object_set_new(answers, fields[i]->key,
			                    json_pack("[O,o,s]", row, row, "no row"));
		}
	return answers;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	char *source = arena_strndup(a, size ? (const char *)data : "", size);
	struct form_errors errors;
	struct form *f = form_parse(a, "fuzz", source, &errors);
	json_t *wild;

	invariant(!f == (errors.count > 0));
	if (f) {
		wild = wild_answers(f->every, f->every_count, 2);
		answer(a, f, source);
		evaluate(a, f, wild);
		json_decref(wild);
		f = form_parse_with(a, "fuzz", source, NULL, &errors);
		invariant(!f == (errors.count > 0));
	}
	arena_free(a);
	return 0;
}
