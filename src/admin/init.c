/*
 * init.c - layer 5: `tresen-admin init`: makes the file of an office, with
 * its catalogue and forms; for training also with staff, people and work.
 */
#include "admin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_admin.h"
#include "store_seal.h"

#define SEED 1

/* An invented office keeps its key beside it: there is nothing to keep from
 * the one who plays in it. */
static enum status
key_make(struct call *call)
{
	const char *path = arena_printf(call->op.mem, KEY_BESIDE, call->path), *why = NULL;

	if (!call->with.training)
		return ST_OK;
	return key_add(&call->op, path, &why) == ST_OK ? ST_OK :
	    op_fail(&call->op, ST_STORE, "%s", why);
}

static enum status
facts_set(struct op *op, void *data)
{
	const struct options *with = data;
	char now[21];

	TRY(store_office_set(op, "training", with->training ? "yes" : "no"));
	/* made now, however long its invented past is */
	return store_office_set(op, "created_at", instant_iso(clock_now(), now));
}

static enum status
seed_read(struct op *op, const char *text, uint64_t *seed)
{
	char *end;

	if (!text)
		return ST_OK;
	*seed = strtoull(text, &end, 10);
	if (*text >= '0' && *text <= '9' && *end == '\0')
		return ST_OK;
	return op_fail(op, ST_INVALID, _("\"%s\" is no number. A seed is a whole number like 7."),
	               text);
}

static enum status
fill(struct call *call, uint64_t seed)
{
	struct op *op = &call->op;
	const char *folder = data_folder(op->mem, call->with.data);

	/* an invented office is as old as its invented past, and keeps no secrets */
	if (call->with.demo) {
		random_repeat(seed);
		op->today -= DEMO_DAYS;
		op->now -= (int64_t)DEMO_DAYS * 86400;
	}
	TRY(db_bulk(op, true));
	TRY(in_transaction(op, "office.init", facts_set, &call->with));
	TRY(key_make(call));
	TRY(catalogue_load(op, folder));
	if (call->with.training)
		TRY(demo_staff_load(op, folder));
	op->now = clock_now();
	op->today = clock_day(op->now);
	if (call->with.demo)
		TRY(demo_generate(op, folder, call->with.demo[0], seed));
	return db_bulk(op, false);
}

static enum status
options_check(struct call *call, uint64_t *seed)
{
	const char *demo = call->with.demo;

	if (demo && (strlen(demo) != 1 || !strchr("TSML", demo[0])))
		return op_fail(&call->op, ST_INVALID,
		    _("There is no size \"%s\". Choose S, M or L."), demo);
	/* invented people never sit in a real office */
	call->with.training |= demo != NULL;
	return seed_read(&call->op, call->with.seed, seed);
}

static enum status
run(struct call *call)
{
	struct op *op = &call->op;
	const char *why = NULL;
	uint64_t seed = SEED;
	enum status s;

	TRY(options_check(call, &seed));
	if (access(call->path, F_OK) == 0) {
		call->exit_code = EXIT_CANNOT_MAKE;
		return op_fail(op, ST_STORE, _("%s is there already and stays as it is. Choose "
		    "another name or move it away."), call->path);
	}
	s = db_create(op->mem, call->path, &op->db, &why);
	if (s != ST_OK) {
		call->exit_code = EXIT_CANNOT_MAKE;
		op->fail.sentence = why;
		return s;
	}
	s = fill(call, seed);
	/* half an office is none: the next try must not find it */
	if (s != ST_OK)
		db_discard(op, call->path);
	else
		printf(_("%s is ready.\n"), call->path);
	/* an office without it works as well */
	if (s == ST_OK && !call->with.training && ballast_new(op, call->path) != ST_OK)
		printf("%s\n", op->fail.sentence);
	if (s == ST_OK && !call->with.training)
		printf(_("Closed units work in it once it has a key: tresen-admin key %s FILE\n"),
		    call->path);
	return s;
}

const struct verb verb_init = {
	.name = "init", .usage = "OFFICE [--training] [--demo S|M|L] [--seed N] [--data DIR]",
	.help = N_("make the file of an office with its catalogue; it must not exist yet"),
	.options = "training demo seed data",
	.run = run,
};
