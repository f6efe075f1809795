/*
 * forms.c - forms as the client opens them and evaluates them after each key:
 * the largest that ships, under the answers of its fullest example.
 */
#include "bench.h"

#include <glob.h>
#include <jansson.h>

#include "form_example.h"
#include "form_file.h"

#define ROUNDS 200

struct largest {
	struct form_file file;
	size_t fields;
};

static struct largest
find_largest(struct op *op)
{
	struct largest largest = { .fields = 0 };
	glob_t found;

	if (glob("forms/*.form", 0, NULL, &found) != 0)
		die("forms");
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct form_file file;

		if (form_file_read(op, "data", found.gl_pathv[i], &file) == ST_OK && file.form &&
		    file.form->every_count > largest.fields)
			largest = (struct largest){ file, file.form->every_count };
	}
	globfree(&found);
	return largest;
}

/* As form-check does at each build: read, tried out, and all examples run. */
static void
measure_check(struct op *op)
{
	const struct form_world world = { .today = clock_day(clock_now()), .stage = FORM_INTAKE };
	double began = now_ms();
	glob_t found;

	if (glob("forms/*.form", 0, NULL, &found) != 0)
		die("forms");
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct form_file file;
		const char **red;

		if (form_file_read(op, "data", found.gl_pathv[i], &file) != ST_OK || !file.form ||
		    form_examples_run(op->mem, file.form, found.gl_pathv[i], &world, &red) > 0)
			die(found.gl_pathv[i]);
	}
	row("check all forms that ship, with examples", AT_MOST, 1000, now_ms() - began, "ms");
	note("forms that ship", (double)found.gl_pathc, "");
	globfree(&found);
}

static json_t *
fullest_example(const struct form *f)
{
	json_t *fullest = json_object();

	for (size_t i = 0; i < f->example_count; i++) {
		json_t *given = json_loads(f->examples[i].given, 0, NULL);

		if (json_object_size(given) > json_object_size(fullest)) {
			json_decref(fullest);
			fullest = json_incref(given);
		}
		json_decref(given);
	}
	return fullest;
}

static void
measure_open(const struct form_file *file)
{
	double times[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++) {
		struct arena *a = arena_new();
		struct form_errors errors;
		double began = now_ms();

		if (!form_parse(a, file->path, file->source, &errors))
			die("a form that was sound");
		times[i] = now_ms() - began;
		arena_free(a);
	}
	row("open the largest form", AT_MOST, 5, quantile(times, ROUNDS, 0.5), "ms");
}

static void
measure_key(const struct form_file *file)
{
	const struct form_world world = { .today = clock_day(clock_now()), .stage = FORM_DECISION };
	json_t *answers = fullest_example(file->form);
	struct arena *a = arena_new();
	double times[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++) {
		double began = now_ms();

		arena_reset(a);
		form_evaluate(a, file->form, answers, &world);
		times[i] = now_ms() - began;
	}
	row("evaluate the largest form after a key", AT_MOST, 1, quantile(times, ROUNDS, 0.5),
	    "ms");
	note("its answers", (double)json_object_size(answers), "");
	arena_free(a);
	json_decref(answers);
}

void
bench_forms(const char *db)
{
	struct op op = { .mem = arena_new() };
	struct largest largest;

	(void)db;
	clock_init();
	measure_check(&op);
	largest = find_largest(&op);
	if (!largest.file.form)
		die("no form is sound");
	measure_open(&largest.file);
	measure_key(&largest.file);
	note("its fields", (double)largest.fields, "");
	arena_free(op.mem);
}
