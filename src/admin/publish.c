/*
 * publish.c - layer 5: tresen-admin form OFFICE: which versions of a form the
 * office has, and from when to when.  Must never change a version that was
 * published.
 */
#include "admin.h"

#include <stdio.h>
#include <string.h>

#include "formcodes.h"
#include "formfile.h"
#include "formoffice.h"
#include "service_form.h"
#include "store_form.h"
#include "store_retention.h"

/* ---- publishing ---- */

/* Also for what no clerk wrote: forms that ship are checked here alone. */
enum status
form_publish(struct op *op, const struct form_file *file)
{
	const struct form *f = file->form;
	struct form_errors errors;

	TRY(form_codes_check(op, file, NULL, &errors));
	if (errors.count > 0)
		return op_fail(op, ST_INVALID, "%s", errors.text[0]);
	TRY(store_form_publish(op, &(struct form_edition){ .key = f->key, .version = f->version,
	    .valid_from = f->valid_from, .valid_until = f->valid_until,
	    .published_by = admin_name(op->mem) }, file->source));
	for (size_t i = 0; i < f->service_count; i++) {
		TRY(store_service_give_form(op, f->services[i], f->key));
		if (f->retention)
			TRY(store_retention_service_put(op, f->services[i], f->retention));
	}
	return ST_OK;
}

static enum status
check_office(struct op *op, const struct form_file *file)
{
	struct form_errors errors;

	TRY(form_codes_check(op, file, NULL, &errors));
	print_lines(errors.text, errors.count);
	return errors.count == 0 ? ST_OK : op_fail(op, ST_INVALID, _("%s names what the office "
	    "does not have: it was not published."), file->path);
}

/* Sound, green, and not older than what is there. */
static enum status
check_file(struct op *op, const char *path, struct form_file *file)
{
	struct form_lists lists = { form_list_named, op };
	struct form_world world;
	const char **red = NULL;
	size_t n;

	TRY(form_file_read_with(op, &lists, path, file));
	print_lines(file->errors.text, file->errors.count);
	print_lines(file->errors.notes, file->errors.note_count);
	if (!file->form)
		return op_fail(op, ST_INVALID, _("%s is not sound and was not published."), path);
	if (file->form->life == FORM_IS_WITHDRAWN)
		return op_fail(op, ST_INVALID, _("%s says of itself that it is withdrawn. Take "
		    "\"state\" out, or publish another one."), path);
	TRY(form_world_now(op, FORM_INTAKE, &world));
	n = form_examples_run(op->mem, file->form, form_file_name(path), &world, &red);
	print_lines(red, n);
	if (n > 0)
		return op_fail(op, ST_INVALID, _("Examples of %s are red: it was not published."),
		    path);
	return check_office(op, file);
}

/* Is this very text a version already?  ST_CONFLICT: another one is. */
static enum status
is_there(struct op *op, const struct form_file *file, bool *there)
{
	const struct form *f = file->form;
	struct form_edition *list;
	const char *source;
	int version;
	size_t n;

	TRY(store_form_find(op, f->key, f->version, &version, &source));
	*there = source && strcmp(source, file->source) == 0;
	if (source && !*there)
		return op_fail(op, ST_CONFLICT, _("Version %d of the form %s is in use with "
		    "another text. Give the changed form the next version number."), f->version,
		    f->key);
	TRY(store_form_editions(op, f->key, &list, &n));
	if (*there || n == 0 || list[0].version < f->version)
		return ST_OK;
	return op_fail(op, ST_CONFLICT, _("The office has version %d of %s already. Give yours "
	    "the next number."), list[0].version, f->key);
}

/* The version that clerks know; NULL: they know none. */
static enum status
newest_of(struct op *op, const char *key, const struct form **newest)
{
	struct form_edition *list;
	int version;
	size_t n;

	*newest = NULL;
	TRY(store_form_editions(op, key, &list, &n));
	return n ? form_load(op, key, list[0].version, newest, &version) : ST_OK;
}

static void
print_difference(struct op *op, const struct form *old, const struct form *new)
{
	const char *text;

	if (!old)
		return;
	text = form_diff(op->mem, old, new);
	printf(_("%s %d → %s %d\n"), old->key, old->version, new->key, new->version);
	printf("%s", *text ? text : _("  Clerks will see no difference.\n"));
}

static enum status
publish_in(struct op *op, void *data)
{
	op_touch(op, "catalogue", 0);
	return form_publish(op, data);
}

static enum status
publish_one(struct call *call, const char *path)
{
	struct op *op = &call->op;
	const struct form *old, *f;
	struct form_file file;
	bool there = false;
	char day[11];

	TRY(check_file(op, path, &file));
	f = file.form;
	TRY(is_there(op, &file, &there));
	TRY(newest_of(op, f->key, &old));
	if (there) {
		printf(_("%s version %d was published before; nothing was to be done.\n"), f->key,
		       f->version);
		return ST_OK;
	}
	if (!call->with.dry_run)
		TRY(in_transaction(op, "form.publish", publish_in, &file));
	print_difference(op, old, f);
	if (call->with.dry_run)
		printf(_("%s version %d can be published; nothing was written.\n"), f->key,
		       f->version);
	else
		printf(_("%s version %d is published: new cases get it from %s on.\n"), f->key,
		       f->version, day_iso(f->valid_from, day));
	return ST_OK;
}

static enum status
publish(struct call *call)
{
	for (const char *const *path = call->rest + 1; *path; path++)
		TRY(publish_one(call, *path));
	return ST_OK;
}

/* ---- withdrawing ---- */

struct withdrawal {
	const char *key;
	int version;
};

static enum status
withdraw_in(struct op *op, void *data)
{
	const struct withdrawal *w = data;

	op_touch(op, "catalogue", 0);
	return store_form_withdraw(op, w->key, w->version, admin_name(op->mem));
}

/* The version to withdraw: the one named, else the newest that is published. */
static enum status
find_published(struct call *call, struct withdrawal *w)
{
	const char *wanted = call->rest[2];
	struct form_edition *list;
	size_t n;

	TRY(store_form_editions(&call->op, w->key, &list, &n));
	for (size_t i = 0; i < n && !w->version; i++)
		if (!list[i].withdrawn && (!wanted || strcmp(wanted, arena_printf(call->op.mem,
		    "%d", list[i].version)) == 0))
			w->version = list[i].version;
	if (w->version)
		return ST_OK;
	return op_fail(&call->op, ST_NOT_FOUND, _("No such version of %s is published. See: "
	               "tresen-admin form OFFICE list"), w->key);
}

static enum status
withdraw(struct call *call)
{
	struct withdrawal w = { .key = call->rest[1] };
	const char *source;
	int left;

	TRY(find_published(call, &w));
	TRY(in_transaction(&call->op, "form.withdraw", withdraw_in, &w));
	TRY(store_form_find(&call->op, w.key, 0, &left, &source));
	printf(_("%s version %d is withdrawn; cases that have it keep it.\n"), w.key, w.version);
	if (left)
		printf(_("New cases get version %d.\n"), left);
	else
		printf(_("No version is left: its services take in nothing until one is "
		       "published.\n"));
	return ST_OK;
}

/* ---- listing ---- */

static void
print_edition(const struct form_edition *e)
{
	char from[11], until[11], at[21];
	const char *state = e->withdrawn ? _("withdrawn") : _("published");

	printf("%-24s %3d  %-11s %s–%-10s  %.10s %s\n", e->key, e->version, state,
	       day_iso(e->valid_from, from), day_iso(e->valid_until, until),
	       instant_iso(e->withdrawn ? e->withdrawn_at : e->published_at, at),
	       e->withdrawn ? e->withdrawn_by : e->published_by);
}

static enum status
list(struct call *call)
{
	struct form_edition *editions;
	size_t n;

	TRY(store_form_editions(&call->op, call->rest[1], &editions, &n));
	for (size_t i = 0; i < n; i++)
		print_edition(&editions[i]);
	if (n == 0 && call->rest[1])
		return op_fail(&call->op, ST_NOT_FOUND, _("There is no form %s. Which there are, "
		    "says: tresen-admin form OFFICE list"), call->rest[1]);
	return ST_OK;
}

/* ---- the verb ---- */

static const struct {
	const char *name;
	int least, most;         /* further words */
	enum status (*run)(struct call *call);
} acts[] = {
	{ "publish", 1, 100, publish },
	{ "withdraw", 1, 2, withdraw },
	{ "list", 0, 1, list },
	{ "usage", 1, 1, form_usage },
	{ "migrate", 1, 1, form_migrate_cases },
};

static enum status
run(struct call *call)
{
	int words = 0;

	while (call->rest[0] && call->rest[words + 1])
		words++;
	for (size_t i = 0; call->rest[0] && i < COUNT_OF(acts); i++)
		if (strcmp(acts[i].name, call->rest[0]) == 0 && words >= acts[i].least &&
		    words <= acts[i].most)
			return acts[i].run(call);
	call->exit_code = EXIT_USAGE;
	return op_fail(&call->op, ST_INVALID, _("usage: tresen-admin form OFFICE publish FILE... | "
	               "withdraw KEY [VERSION] | list [KEY] | usage KEY | migrate KEY"));
}

const struct verb verb_form = {
	.name = "form", .words = 101, .opens = true, .options = "dry-run key",
	.usage = "OFFICE publish FILE... | withdraw KEY [VERSION] | list [KEY] | usage KEY | "
	         "migrate KEY [--dry-run] [--key SECRET]",
	.help = N_("publish and withdraw versions of forms, see how their fields are used, move "
	           "cases to a new version"),
	.run = run,
};
