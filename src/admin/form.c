/*
 * form.c - layer 5: tresen-admin form-check, form-try, form-diff: what an
 * office does with a form file before anybody is asked by it.  Must never
 * touch an office file.
 */
#include "admin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formcodes.h"
#include "formfile.h"

/* ---- form-check ---- */

void
print_lines(const char *const *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "%s\n", lines[i]);
}

static void
print_summary(const struct form_file *file)
{
	const struct form *f = file->form;
	size_t documents = f->document_count, examples = f->example_count;

	printf(_("%s: sound. %s version %d: %zu pages, %zu fields, %zu papers, %zu examples.\n"),
	       file->path, f->key, f->version, f->section_count, f->every_count, documents,
	       examples);
}

/* What forms are checked against. */
struct against {
	const char *folder;
	struct form_world world;
	const struct code_book *book; /* NULL: codes are not looked at */
};

struct verdict {
	int unread, unsound;
};

/* Prints all that is wrong with one file.  One that cannot be read hides nothing
 * of the others. */
static enum status
check_file(struct call *call, const struct against *to, const char *path, struct verdict *v)
{
	struct form_errors codes = { 0 };
	struct form_file file;
	const char **red = NULL;
	size_t n = 0;

	if (form_file_read(&call->op, to->folder, path, &file) != ST_OK) {
		print_lines(&call->op.fail.sentence, 1);
		call->op.fail = (struct failure){ 0 };
		v->unread++;
		return ST_OK;
	}
	print_lines(file.errors.text, file.errors.count);
	print_lines(file.errors.notes, file.errors.note_count);
	if (file.form)
		n = form_examples_run(call->op.mem, file.form,
		                      form_file_name(path), &to->world, &red);
	print_lines(red, n);
	if (file.form && to->book)
		TRY(form_codes_check(&call->op, &file, to->book, &codes));
	print_lines(codes.text, codes.count);
	if (file.form && n == 0 && codes.count == 0)
		print_summary(&file);
	else
		v->unsound++;
	return ST_OK;
}

static enum status
world_of(struct call *call, const char *folder, struct form_world *world)
{
	const char *today = call->with.today;

	*world = (struct form_world){ .today = call->op.today, .stage = FORM_INTAKE };
	if (today && !day_parse(today, &world->today))
		return op_fail(&call->op, ST_INVALID, _("\"%s\" is no day. Write it like 2026-07-01."),
		               today);
	return form_file_holidays(&call->op, folder, world);
}

static enum status
check(struct call *call)
{
	struct against to = { .folder = data_folder(call->op.mem, call->with.data) };
	struct code_book book;
	struct verdict v = { 0 };
	int all = 0;

	TRY(world_of(call, to.folder, &to.world));
	if (call->with.data)
		TRY(code_book_read(&call->op, to.folder, &book));
	to.book = call->with.data ? &book : NULL;
	for (const char *path = call->path; path; path = call->rest[all++])
		TRY(check_file(call, &to, path, &v));
	if (v.unread + v.unsound > 0)
		return op_fail(&call->op, v.unsound ? ST_INVALID : ST_NOT_FOUND,
		    tr_n("%d of %d forms is not sound.", "%d of %d forms are not sound.",
		         v.unread + v.unsound), v.unread + v.unsound, all);
	return ST_OK;
}

/* ---- form-try ---- */

static enum status
sound_form(struct call *call, const char *folder, const char *path, struct form **form)
{
	struct form_file file;

	TRY(form_file_read(&call->op, folder, path, &file));
	*form = file.form;
	if (file.form)
		return ST_OK;
	print_lines(file.errors.text, file.errors.count);
	return op_fail(&call->op, ST_INVALID, _("%s is not sound."), path);
}

/* JSON, or "@" and the name of a file that holds it. */
static enum status
answers_read(struct call *call, json_t **answers)
{
	const char *given = call->with.answers ? call->with.answers : "{}";
	json_error_t error;

	*answers = *given == '@' ? json_load_file(given + 1, JSON_REJECT_DUPLICATES, &error)
	                         : json_loads(given, JSON_REJECT_DUPLICATES, &error);
	if (json_is_object(*answers))
		return ST_OK;
	return op_fail(&call->op, ST_INVALID, _("The answers cannot be read: %s. Give an object: "
	               "{\"key\": \"value\"}."), *answers ? _("no object") : error.text);
}

static enum status
stage_read(struct call *call, enum form_stage *stage)
{
	const char *name = call->with.stage;

	for (int s = FORM_DRAFT; name && s < FORM_NEVER; s++)
		if (strcmp(form_stage_name((enum form_stage)s), name) == 0) {
			*stage = (enum form_stage)s;
			return ST_OK;
		}
	return !name ? ST_OK : op_fail(&call->op, ST_INVALID, _("\"%s\" is no stage; use draft, "
	                               "intake, review or decision."), name);
}

static enum status
try(struct call *call)
{
	const char *folder = data_folder(call->op.mem, call->with.data);
	struct form_world world;
	struct form *form = NULL;
	json_t *answers = NULL, *state;
	enum status s;

	TRY(world_of(call, folder, &world));
	TRY(stage_read(call, &world.stage));
	TRY(sound_form(call, folder, call->path, &form));
	s = answers_read(call, &answers);
	if (s == ST_OK) {
		state = form_state_json(form_evaluate(call->op.mem, form, answers, &world));
		json_dumpf(state, stdout, JSON_INDENT(2));
		printf("\n");
		json_decref(state);
	}
	json_decref(answers);
	return s;
}

/* ---- form-diff ---- */

/* What was published once was sound then: today's check has no say in it. */
static enum status
old_form(struct call *call, const char *folder, const char *path, struct form **form)
{
	struct form_file file;

	TRY(form_file_open(&call->op, folder, path, &file));
	*form = file.form;
	if (file.form)
		return ST_OK;
	print_lines(file.errors.text, file.errors.count);
	return op_fail(&call->op, ST_INVALID, _("%s cannot be read as a form."), path);
}

static enum status
diff(struct call *call)
{
	const char *folder = data_folder(call->op.mem, call->with.data);
	struct form *old = NULL, *new = NULL;
	const char *text;

	if (!call->rest[0])
		return op_fail(&call->op, ST_INVALID, _("Name two forms: the old one and the new one."));
	TRY(old_form(call, folder, call->path, &old));
	TRY(sound_form(call, folder, call->rest[0], &new));
	text = form_diff(call->op.mem, old, new);
	printf(_("%s %d → %s %d\n"), old->key, old->version, new->key, new->version);
	printf("%s", *text ? text : _("  Clerks will see no difference.\n"));
	return ST_OK;
}

const struct verb verb_form_check = {
	.name = "form-check", .usage = "FILE... [--today DAY] [--data DIR]", .words = 254,
	.options = "today data", .run = check,
	.help = N_("check forms, and run their examples: all errors, or a line for each that is "
	           "sound; with --data also against that catalogue"),
};

const struct verb verb_form_try = {
	.name = "form-try",
	.usage = "FILE --answers JSON [--today DAY] [--stage STAGE] [--data DIR]",
	.options = "answers today stage data", .run = try,
	.help = N_("print what a form makes of answers, as JSON"),
};

const struct verb verb_form_diff = {
	.name = "form-diff", .usage = "OLD NEW [--data DIR]", .words = 1, .options = "data",
	.run = diff, .help = N_("print what clerks will see that is different"),
};
