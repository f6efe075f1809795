/*
 * preview.c - layer 4: form-preview: a form file on the screen, without an
 * office and without saving.  Called by main.  Must never open a form with
 * errors: they go to standard error, a line each.
 */
#include "client.h"

#include <stdio.h>

#include "form_file.h"

static int
complain(const struct op *op, const struct form_file *file)
{
	if (op->fail.sentence)
		fprintf(stderr, "tresen: %s\n", op->fail.sentence);
	for (size_t i = 0; i < file->errors.count; i++)
		fprintf(stderr, "%s\n", file->errors.text[i]);
	return file->errors.count ? status_exit(ST_INVALID) : status_exit(ST_NOT_FOUND);
}

int
preview_form(const struct options *o, const struct term_options *options)
{
	struct op op = { .mem = arena_new() };
	struct form_file file = { 0 };
	int exit_code = 0;

	if (o->n_words != 2 || o->help) {
		fprintf(stderr, "%s\n", _("Name one form file: tresen form-preview FILE.form"));
		exit_code = o->help ? 0 : EXIT_USAGE;
	} else if (form_file_read(&op, form_data_folder(op.mem), o->words[1], &file) != ST_OK ||
	    !file.form) {
		exit_code = complain(&op, &file);
	} else {
		run_preview(o->words[1], options);
	}
	arena_free(op.mem);
	return exit_code;
}
