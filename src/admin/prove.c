/*
 * prove.c - layer 5: `tresen-admin verify`: is what happened still what was
 * written down?  The chain of the events, the checkpoints that others keep,
 * and the present state against both.  Says where, never what stands there.
 */
#include "admin.h"

#include <stdio.h>

#include "store_chain.h"

struct proof {
	struct op *op;
	struct faults faults;
	struct chain_seen seen;
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
prove_chain(struct proof *p)
{
	return store_verify_chain(p->op, &p->faults, &p->seen);
}

static enum status
prove_state(struct proof *p)
{
	return store_verify_events(p->op, &p->faults);
}

static enum status
prove_all(struct proof *p)
{
	for (size_t i = 0; i < n_steps; i++) {
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
}

static enum status
run(struct call *call)
{
	struct proof p = { .op = &call->op };
	enum status s;

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
	{ N_("each event by its hash, and the one before"), prove_chain },
	{ N_("the present state against the events"), prove_state },
};
static const size_t n_steps = COUNT_OF(steps);

const struct verb verb_verify = {
	.name = "verify", .usage = "OFFICE", .opens = true,
	.help = N_("is what happened still what was written down? says where it is not"),
	.run = run,
};
