/*
 * check.c - layer 5: `tresen-admin check`: is the office file sound?  Says
 * every fault it finds and what to do, never what stands in a row.
 * `tresen-admin migrate` brings an older file to this program's schema,
 * mends what can be made anew, and publishes the forms that came with it.
 */
#include "admin.h"

#include <stdio.h>
#include <string.h>

#include "service.h"
#include "store_case.h"
#include "store_chain.h"

struct look {
	const char *label;
	enum status (*run)(struct op *op, struct faults *f);
	bool derived;            /* migrate makes it anew */
};
static const struct look looks[];
static const size_t n_looks;

enum status
office_look(struct op *op, struct faults *f, int64_t *derived, bool tell)
{
	for (size_t i = 0; i < n_looks; i++) {
		int64_t before = f->found;

		TRY(looks[i].run(op, f));
		*derived += looks[i].derived ? f->found - before : 0;
		if (tell)
			printf("%s  %s\n", f->found == before ? _("sound") : _("FAULT"),
			    _(looks[i].label));
		fflush(stdout);
		/* a damaged file cannot tell anything else */
		if ((i == 0 && f->found > 0) || f->blind)
			break;
	}
	return ST_OK;
}

static enum status
check(struct call *call)
{
	struct op *op = &call->op;
	struct faults f = { .n = 0 };
	int64_t derived = 0;
	enum status s;

	TRY(db_begin_read(op));
	s = office_look(op, &f, &derived, true);
	db_end_read(op);
	for (size_t i = 0; i < f.n; i++)
		printf("  %s\n", f.text[i]);
	if (s != ST_OK || f.found == 0)
		return s;
	if (f.found == derived)
		return op_fail(op, ST_STORE, tr_n("%lld fault, only in what people are found by. "
		    "Nothing is lost; make it anew: tresen-admin migrate %s", "%lld faults, only in "
		    "what people are found by. Nothing is lost; make it anew: tresen-admin migrate "
		    "%s", f.found), (long long)f.found, call->path);
	return op_fail(op, ST_STORE, tr_n("%lld fault. Keep the file for the investigation and go "
	    "back to the last sound copy.", "%lld faults. Keep the file for the investigation and "
	    "go back to the last sound copy.", f.found), (long long)f.found);
}

/*
 * What the event says is all that can honestly be said: nobody knows what
 * happened to events before they hung together.
 */
static enum status
begin_chain(struct op *op, void *data)
{
	op->reason = arena_printf(op->mem, _("The events 1 to %lld were chained as they were at this "
	    "moment. That they were so before is not proven by it."), (long long)*(int64_t *)data);
	return store_chain_begin(op);
}

enum status
chain_bring(struct op *op)
{
	int64_t events;

	TRY(store_chain_missing(op, &events));
	if (!events)
		return ST_OK;
	TRY(in_transaction(op, CHAIN_BEGIN, begin_chain, &events));
	op->reason = NULL;
	printf(tr_n("%lld event was chained.\n", "%lld events were chained.\n", events),
	    (long long)events);
	return ST_OK;
}

struct notes {
	int64_t *ids;
	size_t n;
};

static enum status
head_notes(struct op *op, void *data)
{
	const struct notes *notes = data;

	for (size_t i = 0; i < notes->n; i++)
		TRY(store_note_head(op, notes->ids[i]));
	return ST_OK;
}

/* The events tell which act left a note: its words tell nothing, anybody may have
 * typed them. */
static enum status
notes_bring(struct op *op)
{
	struct notes notes;

	TRY(note_heads_missing(op, &notes.ids, &notes.n));
	if (notes.n == 0)
		return ST_OK;
	TRY(in_transaction(op, "note.head", head_notes, &notes));
	printf(tr_n("%lld note is known as the reason of an act now.\n",
	    "%lld notes are known as reasons of acts now.\n", (int64_t)notes.n),
	    (long long)notes.n);
	return ST_OK;
}

/* An office of an older tresen has none yet; a training office wants none. */
static enum status
ballast_keep(struct call *call)
{
	const char *training;

	TRY(store_office_get(&call->op, "training", &training));
	if (strcmp(training, "yes") != 0 && ballast_new(&call->op, call->path) != ST_OK)
		printf("%s\n", call->op.fail.sentence);
	return ST_OK;
}

static enum status
migrate(struct call *call)
{
	const char *why = NULL;
	bool search = false;
	int from, to;
	enum status s = db_migrate(call->op.mem, call->path, &from, &to, &search, &why);

	if (s != ST_OK) {
		call->op.fail.sentence = why;
		return s;
	}
	if (from != to)
		printf(_("The file went from schema %d to %d.\n"), from, to);
	else if (!search)
		printf(_("The file has schema %d already; nothing was to be done.\n"), to);
	if (search)
		printf(_("What people are found by was made anew.\n"));
	s = db_open(call->op.mem, call->path, &call->op.db, &why);
	if (s != ST_OK) {
		call->op.fail.sentence = why;
		return s;
	}
	TRY(chain_bring(&call->op));
	TRY(notes_bring(&call->op));
	TRY(ballast_keep(call));
	TRY(catalogue_bring(&call->op, data_folder(call->op.mem, call->with.data)));
	TRY(forms_bring(&call->op, data_folder(call->op.mem, call->with.data)));
	return catalogue_tell_older(&call->op, call->path);
}

static const struct look looks[] = {
	{ N_("pages and indexes of the file"), store_verify_pages, false },
	{ N_("tables, indexes and triggers as the schema has them"), store_verify_schema, false },
	{ N_("rows that point to other rows"), store_verify_references, false },
	{ N_("counters against what they count"), store_verify_counters, false },
	{ N_("open hand-overs against their cases"), store_verify_handovers, false },
	{ N_("who lives with whom, day by day"), store_verify_households, false },
	{ N_("what people are found by, against their names"), store_verify_search, true },
	{ N_("looks by reader, against the events"), store_verify_looks, false },
	{ N_("the present state against the events"), store_verify_events, false },
};
static const size_t n_looks = COUNT_OF(looks);

const struct verb verb_check = {
	.name = "check", .usage = "OFFICE", .opens = true,
	.help = N_("is the file sound? compares counters and events with the state"),
	.run = check,
};

const struct verb verb_migrate = {
	.name = "migrate", .usage = "OFFICE [--data DIR]", .options = "data",
	.help = N_("bring a file of an older tresen to the schema of this one"),
	.run = migrate,
};
