/*
 * key.c - layer 5: `tresen-admin key`: the key to what is entrusted to closed
 * units.  The office knows its name, a file outside the office holds it.  Must
 * never put a key into the office file, and never print one unasked.
 */
#include "admin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "seal.h"
#include "store_seal.h"

/* ---- the key of an office ---- */

static enum status
name_key(struct op *op, void *id)
{
	return store_office_set(op, "seal_key", id);
}

static enum status
use_key(struct op *op, const char *path, const char **why)
{
	struct seal *s = seal_read(op->mem, path, why);
	const char *id = s ? arena_strdup(op->mem, seal_id(s)) : NULL;

	seal_free(s);
	if (!s)
		return ST_STORE;
	*why = NULL;
	return in_transaction(op, "office.key", name_key, (void *)(uintptr_t)id);
}

enum status
key_add(struct op *op, const char *path, const char **why)
{
	enum status s;

	if (!seal_add_key(op->mem, path, why))
		return ST_STORE;
	s = use_key(op, path, why);
	if (s != ST_OK) {
		*why = *why ? *why : op->fail.sentence;
		return s;
	}
	return db_unlock(op->mem, op->db, path, why);
}

enum status
key_use(struct call *call)
{
	struct op *op = &call->op;
	const char *path = call->with.key, *why = NULL;
	enum status s;

	if (!path)
		path = arena_printf(op->mem, KEY_BESIDE, call->path);
	if (!call->with.key && access(path, F_OK) != 0)
		return ST_OK;
	s = db_unlock(op->mem, op->db, path, &why);
	return s == ST_OK ? ST_OK : op_fail(op, s, "%s", why);
}

/* ---- the verb ---- */

static enum status
failed(struct call *call, const char *why)
{
	return op_fail(&call->op, ST_STORE, "%s", why);
}

/* A key is there, or one that the office has never known is made. */
static enum status
make_key(struct call *call, const char *path)
{
	struct op *op = &call->op;
	const char *id, *why = NULL;
	enum status s;

	TRY(store_office_get(op, "seal_key", &id));
	if (*id)
		return op_fail(op, ST_NOT_FOUND, _("This office is sealed with the key %s, and there "
		    "is no %s. Bring its file, or type it from the sheet in the safe: without it "
		    "nobody reads what was entrusted."), id, path);
	s = key_add(op, path, &why);
	if (s != ST_OK)
		return failed(call, why);
	TRY(store_office_get(op, "seal_key", &id));
	printf(_("%s holds the new key %s. Give it to the engine of the closed units alone, and put "
	    "a copy into the safe: tresen-admin key %s %s --paper\n"), path, id, call->path, path);
	return ST_OK;
}

static enum status
turn_key(struct call *call, const char *path)
{
	const char *why = NULL, *id;

	if (key_add(&call->op, path, &why) != ST_OK)
		return failed(call, why);
	TRY(store_office_get(&call->op, "seal_key", &id));
	printf(_("From now on the office seals with the key %s. Keep the older ones in %s: they open "
	    "what was sealed before. Put a new copy into the safe.\n"), id, path);
	return ST_OK;
}

static enum status
print_key(struct call *call, const char *path)
{
	const char *why = NULL;
	struct seal *s = seal_read(call->op.mem, path, &why);

	if (!s)
		return failed(call, why);
	printf(_("Keys of the office %s. Whoever has this sheet and the office file reads what was\n"
	    "entrusted; whoever has lost it and the key file never does again. To bring them\n"
	    "back, type the lines below into a file that only its owner may read.\n\n"),
	    call->path);
	fputs(seal_paper(s, call->op.mem), stdout);
	seal_free(s);
	return ST_OK;
}

/* ---- in parts ---- */

/* A part is a file beside the key, to be carried away from it. */
static enum status
split_key(struct call *call, const char *path)
{
	struct arena *mem = call->op.mem;
	const char *why = NULL;
	int n = atoi(call->with.split);
	struct seal *s;
	char *const *texts;
	enum status st = ST_OK;

	if (n < 2 || n > SEAL_PARTS_MOST)
		return op_fail(&call->op, ST_INVALID, _("A key is split into 2 to %d parts: --split 3"),
		    SEAL_PARTS_MOST);
	s = seal_read(mem, path, &why);
	if (!s)
		return failed(call, why);
	texts = seal_split(s, mem, n);
	seal_free(s);
	for (int p = 0; st == ST_OK && p < n; p++)
		st = file_new(&call->op, arena_printf(mem, "%s.part%d", path, p + 1), 0400, texts[p]);
	if (st == ST_OK)
		printf(_("%s.part1 to %s.part%d are made. Print each, or put it on a medium of its own; "
		    "give each to somebody else, and delete the files here. All of them are needed to "
		    "bring the key back, and fewer tell nothing of it.\n"), path, path, n);
	return st;
}

static enum status
join_key(struct call *call, const char *path)
{
	const char *why = NULL;

	if (!seal_join(call->op.mem, call->rest + 1, path, &why) ||
	    db_unlock(call->op.mem, call->op.db, path, &why) != ST_OK)
		return failed(call, why);
	printf(_("%s is the key of this office.\n"), path);
	return ST_OK;
}

static enum status
run(struct call *call)
{
	const char *path = call->rest[0], *why = NULL;

	if (!path)
		return op_fail(&call->op, ST_INVALID, _("Name the key file, outside the folder of the "
		    "office: tresen-admin key %s FILE"), call->path);
	if (call->with.join)
		return join_key(call, path);
	if (call->rest[1])
		return op_fail(&call->op, ST_INVALID, _("Only --join takes more files than the key."));
	if (access(path, F_OK) != 0)
		return make_key(call, path);
	/* the right one, or nothing happens */
	if (db_unlock(call->op.mem, call->op.db, path, &why) != ST_OK)
		return failed(call, why);
	if (call->with.rotate)
		return turn_key(call, path);
	if (call->with.paper)
		return print_key(call, path);
	if (call->with.split)
		return split_key(call, path);
	printf(_("%s is the key of this office.\n"), path);
	return ST_OK;
}

const struct verb verb_key = {
	.name = "key", .usage = "OFFICE FILE [--paper | --rotate | --split N | --join PART...]",
	.opens = true, .words = 1 + SEAL_PARTS_MOST,
	.help = N_("make the key to what is entrusted to closed units, print it for the safe, or "
	    "change it"),
	.options = "paper rotate split join", .run = run,
};
