/*
 * file.c - layer 1: form files and code lists from disk, as somebody wrote
 * them.  Called by tresen-admin and by the preview.  Never prints.
 */
#include "form_file.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BYTES_MAX (256 * 1024)

const char *
form_data_folder(struct arena *a)
{
	static const char *const beside[] = { "../data", "../../data", "../share/tresen/data" };
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const char *home;

	self[n > 0 ? n : 0] = '\0';
	home = dirname(self);
	for (size_t i = 0; i < COUNT_OF(beside); i++) {
		char *folder = arena_printf(a, "%s/%s", home, beside[i]);

		if (access(arena_printf(a, "%s/catalogue", folder), R_OK) == 0)
			return folder;
	}
	return "data";
}

enum status
form_text_read(struct op *op, const char *path, const char **text)
{
	FILE *f = fopen(path, "re");
	bool broken = false;
	char *bytes;
	size_t n = 0;

	*text = bytes = arena_alloc(op->mem, BYTES_MAX + 1);
	if (f) {
		n = fread(bytes, 1, BYTES_MAX + 1, f);
		broken = ferror(f) != 0;
		fclose(f);
	}
	if (!f || broken)
		return op_fail(op, ST_NOT_FOUND, _("%s cannot be read."), path);
	if (n > BYTES_MAX)
		return op_fail(op, ST_INVALID, _("%s is too long for a form."), path);
	bytes[n] = '\0';
	if (strlen(bytes) < n)
		return op_fail(op, ST_INVALID, _("%s holds a zero byte; save it as a text in UTF-8."),
		               path);
	return ST_OK;
}

/* ---- code lists ---- */

struct shelf {
	struct op *op;
	const char *folder;
	struct form_errors *errors; /* of the first list that is not sound */
	bool broken;
};

static const struct form_list *
find_list(void *self, const char *name)
{
	struct shelf *s = self;
	const char *path = arena_printf(s->op->mem, "%s/catalogue/lists/%s.conf", s->folder, name);
	struct form_errors errors;
	struct form_list *list;
	const char *text = NULL;

	if (form_text_read(s->op, path, &text) != ST_OK)
		return NULL;
	list = form_list_parse(s->op->mem, arena_printf(s->op->mem, "lists/%s.conf", name), text,
	                       &errors);
	if (!list && !s->broken) {
		s->broken = true;
		*s->errors = errors;
	}
	return list;
}

const char *
form_file_name(const char *path)
{
	return strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
}

enum status
form_file_read_with(struct op *op, const struct form_lists *lists, const char *path,
                    struct form_file *file)
{
	const char *text = NULL;

	TRY(form_text_read(op, path, &text));
	*file = (struct form_file){ .path = path, .source = text };
	file->form = form_parse_with(op->mem, form_file_name(path), text, lists, &file->errors);
	op->fail = (struct failure){ 0 };    /* a list that is not there is an error of the form */
	return ST_OK;
}

enum status
form_file_open(struct op *op, const char *folder, const char *path, struct form_file *file)
{
	struct form_errors of_list = { 0 };
	struct shelf shelf = { .op = op, .folder = folder, .errors = &of_list };
	struct form_lists lists = { find_list, &shelf };
	const char *text = NULL;

	TRY(form_text_read(op, path, &text));
	*file = (struct form_file){ .path = path, .source = text };
	file->form = form_open(op->mem, form_file_name(path), text, &lists, &file->errors);
	op->fail = (struct failure){ 0 };
	return ST_OK;
}

enum status
form_file_read(struct op *op, const char *folder, const char *path, struct form_file *file)
{
	struct form_errors of_list = { 0 };
	struct shelf shelf = { .op = op, .folder = folder, .errors = &of_list };
	struct form_lists lists = { find_list, &shelf };

	TRY(form_file_read_with(op, &lists, path, file));
	if (shelf.broken)
		file->errors = of_list;
	if (shelf.broken)
		file->form = NULL;
	return ST_OK;
}
