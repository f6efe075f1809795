/*
 * codelists.c - layer 5: catalogue/lists/NAME.conf: choices that many forms
 * share, into the office.  Called by catalogue.c.  Must never take an entry
 * away: somebody has chosen it.
 */
#include "admin.h"

#include <glob.h>
#include <libgen.h>
#include <string.h>

#include "formfile.h"
#include "store_form.h"

static bool
has_entry(const struct form_list *list, const char *key)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->entries[i].key, key) == 0)
			return true;
	return false;
}

/* What was there stays readable: it is withdrawn, not taken away. */
static enum status
check_successor(struct op *op, const struct form_list *list)
{
	struct form_errors errors;
	const struct form_list *old;
	const char *source;
	int version;

	TRY(store_list_find(op, list->name, &version, &source));
	old = source ? form_list_parse(op->mem, list->name, source, &errors) : NULL;
	if (old && old->version > list->version)
		return op_fail(op, ST_INVALID, _("lists/%s.conf is version %d, the office has %d "
		    "already. Give it the next number."), list->name, list->version, old->version);
	for (size_t i = 0; old && i < old->count; i++)
		if (!has_entry(list, old->entries[i].key))
			return op_fail(op, ST_INVALID, _("lists/%s.conf: the entry \"%s\" of version "
			    "%d is gone. Keep it, with withdrawn = true."), list->name,
			    old->entries[i].key, old->version);
	return ST_OK;
}

enum status
code_list_load(struct op *op, const char *path)
{
	const char *file = basename(arena_strdup(op->mem, path));
	struct form_errors errors;
	struct form_list *list;
	const char *source;

	TRY(form_text_read(op, path, &source));
	list = form_list_parse(op->mem, arena_printf(op->mem, "lists/%s", file), source, &errors);
	if (!list)
		return op_fail(op, ST_INVALID, "%s", errors.text[0]);
	if (strcmp(arena_printf(op->mem, "%s.conf", list->name), file) != 0)
		return op_fail(op, ST_INVALID, _("lists/%s has the name \"%s\". Call the file "
		    "%s.conf."), file, list->name, list->name);
	if (list->version < 1)
		return op_fail(op, ST_INVALID, _("lists/%s has no version. Count them from 1: "
		    "version = 1;"), file);
	TRY(check_successor(op, list));
	return store_list_put(op, list->name, list->version, source);
}

enum status
code_lists_load(struct op *op, const char *folder)
{
	char *pattern = arena_printf(op->mem, "%s/catalogue/lists/*.conf", folder);
	enum status s = ST_OK;
	glob_t found;

	/* an office without any list is one */
	if (glob(pattern, 0, NULL, &found) != 0)
		return ST_OK;
	for (size_t i = 0; s == ST_OK && i < found.gl_pathc; i++)
		s = code_list_load(op, found.gl_pathv[i]);
	globfree(&found);
	return s;
}
