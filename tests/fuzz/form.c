/*
 * form.c - fuzz target: any text as a form, and any answers to the forms that
 * are taken.  What is accepted must keep the promises of include/form.h.
 */
#include <stdlib.h>
#include <string.h>

#include "form_answers.h"

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
	struct form_checklists lists = { no_items, NULL };
	struct form_problem *problems;
	struct form_paper *papers;
	json_t *answers = json_object(), *settled;

	for (size_t i = 0; i < f->field_count; i++)
		type_in(a, &f->fields[i], line_of(&source), answers);
	for (size_t i = 0; i < f->field_count; i++)
		type_in(a, &f->fields[i], usual[i % COUNT_OF(usual)], answers);
	invariant(form_validate(a, f, answers, FORM_DRAFT, TODAY, &problems) == 0);
	settled = form_settle(a, f, answers);
	invariant(form_validate(a, f, settled, FORM_DRAFT, TODAY, &problems) == 0);
	invariant(form_urgent_day(f, settled) == form_urgent_day(f, answers));
	form_documents(a, f, settled, &lists, &papers);
	json_decref(settled);
	json_decref(answers);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	char *source = arena_strndup(a, size ? (const char *)data : "", size);
	struct form_errors errors;
	struct form *f = form_parse(a, "fuzz", source, &errors);

	invariant(!f == (errors.count > 0));
	if (f)
		answer(a, f, source);
	arena_free(a);
	return 0;
}
