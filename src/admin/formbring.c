/*
 * formbring.c - layer 5: what tresen-admin migrate does about forms: those in
 * use become versions of the office, and what this tresen brings along is
 * published.  Must never stop for a form that does not fit: the office has its
 * own, and is told.
 */
#include "admin.h"

#include <glob.h>
#include <stdio.h>

#include "form_file.h"
#include "store_form.h"

/* ---- forms of the time before there were versions of an office ---- */

static enum status
adopt_in(struct op *op, void *data)
{
	struct form_edition *list;
	const char *source;
	int version;
	size_t n;

	(void)data;
	op_touch(op, "catalogue", 0);
	TRY(store_form_unpublished(op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		list[i].published_by = admin_name(op->mem);
		TRY(store_form_find(op, list[i].key, list[i].version, &version, &source));
		TRY(store_form_publish(op, &list[i], source));
	}
	return ST_OK;
}

static enum status
adopt(struct op *op)
{
	struct form_edition *list;
	size_t n;

	TRY(store_form_unpublished(op, &list, &n));
	if (n == 0)
		return ST_OK;
	TRY(in_transaction(op, "form.publish", adopt_in, NULL));
	printf(_("Forms in use that became versions of the office: %zu.\n"), n);
	return ST_OK;
}

/* ---- what this tresen brings along ---- */

static void
tell(struct op *op, const char *path)
{
	printf(_("%s was not taken: %s\n"), form_file_name(path), op->fail.sentence);
	op->fail = (struct failure){ 0 };
}

static enum status
publish_in(struct op *op, void *data)
{
	op_touch(op, "catalogue", 0);
	return form_publish(op, data);
}

static enum status
bring_form(struct op *op, const char *folder, const char *path)
{
	struct form_edition *editions;
	struct form_file file;
	size_t n;

	TRY(form_file_read(op, folder, path, &file));
	if (!file.form)
		return op_fail(op, ST_INVALID, "%s", file.errors.text[0]);
	TRY(store_form_editions(op, file.form->key, &editions, &n));
	/* the office has gone on by itself */
	if (n > 0 && editions[0].version >= file.form->version)
		return ST_OK;
	TRY(in_transaction(op, "form.publish", publish_in, &file));
	printf(_("%s version %d is published.\n"), file.form->key, file.form->version);
	return ST_OK;
}

static enum status
list_in(struct op *op, void *data)
{
	op_touch(op, "catalogue", 0);
	return code_list_load(op, data);
}

static enum status
bring_list(struct op *op, const char *folder, const char *path)
{
	struct form_errors errors;
	const struct form_list *list;
	const char *source, *there;
	int version;

	(void)folder;
	TRY(form_text_read(op, path, &source));
	list = form_list_parse(op->mem, path, source, &errors);
	if (!list)
		return op_fail(op, ST_INVALID, "%s", errors.text[0]);
	TRY(store_list_find(op, list->name, &version, &there));
	if (version >= list->version)
		return ST_OK;
	return in_transaction(op, "catalogue.load", list_in, arena_strdup(op->mem, path));
}

/* How many were not taken. */
static size_t
bring(struct op *op, const char *folder, const char *files,
      enum status (*one)(struct op *op, const char *folder, const char *path))
{
	size_t refused = 0;
	glob_t found;

	if (glob(arena_printf(op->mem, "%s/%s", folder, files), 0, NULL, &found) != 0)
		return 0;
	for (size_t i = 0; i < found.gl_pathc; i++)
		if (one(op, folder, found.gl_pathv[i]) != ST_OK) {
			tell(op, found.gl_pathv[i]);
			refused++;
		}
	globfree(&found);
	return refused;
}

enum status
forms_bring(struct op *op, const char *folder)
{
	size_t refused;

	TRY(adopt(op));
	refused = bring(op, folder, "catalogue/lists/*.conf", bring_list);
	refused += bring(op, folder, "../forms/*.form", bring_form);
	if (refused > 0)
		printf("%s\n", _("What was not taken comes with the catalogue of this tresen: "
		       "tresen-admin catalogue OFFICE"));
	return ST_OK;
}
