/*
 * prove.c - layer 5: `tresen-admin verify`: is what happened still what was
 * written down?  The chain of the events, the checkpoints that others keep,
 * and the present state against both.  Says where, never what stands there.
 */
#include "admin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checkpoint.h"
#include "store_chain.h"

#define FILES_MOST 200           /* of checkpoints */

struct proof {
	struct op *op;
	struct faults faults;
	struct chain_seen seen;
	struct tree tree;
	const char *origin;
	struct checkpoints sealed;
	size_t next;             /* of them, to be looked at */
	const struct checkpoint *good, *bad; /* the last that holds, the first that does not */
	bool keyed;              /* signatures were checked */
};

struct step {
	const char *label;
	enum status (*run)(struct proof *p);
};
static const struct step steps[];
static const size_t n_steps;

static enum status
prove_pages(struct proof *p)
{
	return store_verify_pages(p->op, &p->faults);
}

static enum status
prove_schema(struct proof *p)
{
	return store_verify_schema(p->op, &p->faults);
}

/* ---- checkpoints ---- */

/* The root over the events so far, where one was sealed. */
static void
take_hash(void *data, int64_t seq, int64_t at, const unsigned char hash[CHAIN_HASH])
{
	struct proof *p = data;
	unsigned char root[TREE_HASH];

	(void)seq;
	(void)at;
	if (p->tree.size == 0)
		p->origin = checkpoint_origin(p->op->mem, hash);
	tree_add(&p->tree, hash);
	for (; p->next < p->sealed.n; p->next++) {
		const struct checkpoint *c = &p->sealed.at[p->next];

		if ((uint64_t)c->size > p->tree.size)
			return;
		tree_root(&p->tree, root);
		if (memcmp(root, c->root, TREE_HASH) == 0)
			p->good = c;
		else if (!p->bad)
			p->bad = c;
	}
}

static enum status
prove_chain(struct proof *p)
{
	p->seen.saw = take_hash;
	p->seen.data = p;
	return store_verify_chain(p->op, &p->faults, &p->seen);
}

static void
fault(struct proof *p, const char *sentence)
{
	p->faults.found++;
	if (p->faults.n < FAULTS_MAX)
		p->faults.text[p->faults.n++] = sentence;
}

/* Is it of this office, and signed? */
static bool
is_ours(struct proof *p, const struct checkpoint *c)
{
	struct arena *mem = p->op->mem;
	char iso[21];

	if (c->forged)
		fault(p, arena_printf(mem, _("%s: the checkpoint of %s is not signed with this key."),
		    c->file, instant_iso(c->at, iso)));
	else if (!p->origin || strcmp(c->origin, p->origin) != 0)
		fault(p, arena_printf(mem, _("%s: the checkpoint of %s is of an office whose first "
		    "event is another one (%s)."), c->file, instant_iso(c->at, iso), c->origin));
	else
		return true;
	return false;
}

static enum status
prove_sealed(struct proof *p)
{
	struct arena *mem = p->op->mem;
	int64_t good = p->good ? p->good->size : 0;
	char iso[21];

	for (size_t i = 0; i < p->sealed.n; i++)
		if (!is_ours(p, &p->sealed.at[i]))
			return ST_OK;
	if (p->bad)
		fault(p, arena_printf(mem, _("The events %lld to %lld are not those that were sealed "
		    "at %s: one of them was changed, and all hashes after it made anew."),
		    (long long)good + 1, (long long)p->bad->size, instant_iso(p->bad->at, iso)));
	else if (p->next < p->sealed.n)
		fault(p, arena_printf(mem, _("The file ends at event %lld, but %lld were sealed at "
		    "%s: its end was taken out, or an older file stands in its place."),
		    (long long)p->seen.events, (long long)p->sealed.at[p->sealed.n - 1].size,
		    instant_iso(p->sealed.at[p->sealed.n - 1].at, iso)));
	return ST_OK;
}

static int
by_size(const void *a, const void *b)
{
	const struct checkpoint *x = a, *y = b;

	return (x->size > y->size) - (x->size < y->size);
}

static enum status
read_sealed(struct proof *p, const struct call *call)
{
	struct sign_key key;

	p->keyed = call->with.public_key != NULL;
	if (p->keyed)
		TRY(sign_key_read(p->op, call->with.public_key, false, &key));
	if (!call->with.checkpoint)
		return ST_OK;
	TRY(checkpoints_read(p->op, call->with.checkpoint, p->keyed ? &key : NULL, &p->sealed));
	for (const char *const *more = call->rest; *more; more++)
		TRY(checkpoints_read(p->op, *more, p->keyed ? &key : NULL, &p->sealed));
	if (p->sealed.n)
		qsort(p->sealed.at, p->sealed.n, sizeof(*p->sealed.at), by_size);
	return ST_OK;
}

/* ---- all of it ---- */

static enum status
prove_state(struct proof *p)
{
	return store_verify_events(p->op, &p->faults);
}

static enum status
prove_all(struct proof *p)
{
	for (size_t i = 0; i < n_steps && !p->faults.blind; i++) {
		int64_t before = p->faults.found;

		TRY(steps[i].run(p));
		printf("%s  %s\n", p->faults.found == before ? _("sound") : _("FAULT"),
		    _(steps[i].label));
		fflush(stdout);
	}
	return ST_OK;
}

/* What the proof does not reach is said, too. */
static void
say_limits(const struct proof *p)
{
	char iso[21];

	if (p->seen.begun)
		printf(_("  The events 1 to %lld were chained at %s, as they were then. That they "
		    "were so before is not proven.\n"), (long long)p->seen.begun,
		    instant_iso(p->seen.begun_at, iso));
	if (p->good)
		printf(_("  The events 1 to %lld are those that were sealed at %s.\n"),
		    (long long)p->good->size, instant_iso(p->good->at, iso));
	if (!p->sealed.n)
		printf("%s", _("  No checkpoint was named: that the end is missing, or that all hashes "
		    "were made anew, cannot be told without one.\n"));
	else if (!p->keyed)
		printf("%s", _("  The signatures of the checkpoints were not checked: name the public key "
		    "with --public-key.\n"));
}

static enum status
run(struct call *call)
{
	struct proof p = { .op = &call->op };
	enum status s;

	TRY(read_sealed(&p, call));
	TRY(db_begin_read(p.op));
	s = prove_all(&p);
	db_end_read(p.op);
	for (size_t i = 0; i < p.faults.n; i++)
		printf("  %s\n", p.faults.text[i]);
	say_limits(&p);
	if (s != ST_OK)
		return s;
	if (p.faults.found)
		return op_fail(p.op, ST_STORE, tr_n("%lld fault. Keep the file for the "
		    "investigation and go back to the last sound copy.", "%lld faults. Keep the "
		    "file for the investigation and go back to the last sound copy.",
		    p.faults.found), (long long)p.faults.found);
	printf(tr_n("%lld event is proven.\n", "%lld events are proven.\n", p.seen.events),
	    (long long)p.seen.events);
	return ST_OK;
}

static const struct step steps[] = {
	{ N_("pages and indexes of the file"), prove_pages },
	{ N_("tables, indexes and triggers as the schema has them"), prove_schema },
	{ N_("each event by its hash, and the one before"), prove_chain },
	{ N_("the events against what was sealed"), prove_sealed },
	{ N_("the present state against the events"), prove_state },
};
static const size_t n_steps = COUNT_OF(steps);

const struct verb verb_verify = {
	.name = "verify", .opens = true, .words = FILES_MOST,
	.usage = "OFFICE [--checkpoint FILE...] [--public-key FILE]",
	.options = "checkpoint public-key",
	.help = N_("is what happened still what was written down? says where it is not"),
	.run = run,
};
