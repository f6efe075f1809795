/*
 * answers.c - fuzz target: what a client may send as answers, of any shape, to
 * a form with every kind of field; settled, judged, moved to a next version.
 */
#include <stdint.h>

#include "form_example.h"
#include "form_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FORM "tests/forms/everything.form"
#define TODAY 20780

/* Read once: the inputs are many. */
static const struct form *
everything(void)
{
	static const struct form *form;
	static struct arena *a;
	struct form_errors errors;
	const char *source;

	if (form)
		return form;
	a = arena_new();
	invariant(form_text_read(&(struct op){ .mem = a }, FORM, &source) == ST_OK);
	form = form_open(a, FORM, source, NULL, &errors);
	invariant(form);
	return form;
}

/* Of any two states of the same answers: what is kept of them is the same. */
static void
judge(struct arena *a, const struct form *f, const json_t *answers, enum form_stage stage)
{
	const struct form_world world = { .today = TODAY, .stage = stage };
	struct form_state *s = form_evaluate(a, f, answers, &world);
	json_t *once = form_settle(a, f, answers, &world);
	json_t *twice = form_settle(a, f, once, &world), *told = form_state_json(s);
	struct form_problem *problems;
	struct form_migration moved;
	struct form_pair *pairs;

	invariant(told && json_equal(once, twice));
	form_validate(a, f, answers, &world, &problems);
	form_pairs(a, answers, &pairs);
	if (form_migrate(a, &f, 1, f->version - 1, once, &world, &moved))
		json_decref(moved.answers);
	json_decref(told);
	json_decref(twice);
	json_decref(once);
}

/* What is no object is the answer to each field by turns, as a text. */
static json_t *
as_texts(const struct form *f, const uint8_t *data, size_t size)
{
	json_t *answers = json_object(), *text = NULL;

	for (size_t i = 0; i < f->every_count; i++) {
		size_t from = size * (i % 4) / 4;

		text = json_stringn((const char *)data + from, size - from);
		if (text)
			json_object_set_new(answers, f->every[i]->key, text);
	}
	return answers;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *answers = json_loadb((const char *)data, size, 0, NULL);
	struct arena *a = arena_new();

	if (!json_is_object(answers)) {
		json_decref(answers);
		answers = as_texts(everything(), data, size);
	}
	for (enum form_stage stage = FORM_DRAFT; stage < FORM_NEVER; stage++)
		judge(a, everything(), answers, stage);
	arena_free(a);
	json_decref(answers);
	return 0;
}
