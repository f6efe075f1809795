/*
 * rights.c - layer 1: the one table of who may do what, on whose things.
 * Engine, workflow, lists, the manual's matrix, the test of every cell and
 * `staff why` read it; what it does not name is denied.  Must never be gone
 * around: a check that asks for a role by itself is a second truth.
 */
#include "rules_rights.h"

#include <stdlib.h>
#include <string.h>

#define ROOM 512

static int
by_command(const void *a, const void *b)
{
	const struct right *const *x = a, *const *y = b;

	return strcmp((*x)->command, (*y)->command);
}

/* Each row of a list asks several times: the table is sorted at the first question. */
static const struct right *
right_of(const char *command)
{
	static const struct right *sorted[ROOM];
	const struct right wanted = { .command = command }, *key = &wanted, **found;

	if (!sorted[0]) {
		invariant(rights_count <= ROOM);
		for (size_t i = 0; i < rights_count; i++)
			sorted[i] = &rights[i];
		qsort(sorted, rights_count, sizeof(*sorted), by_command);
	}
	found = bsearch(&key, sorted, rights_count, sizeof(*sorted), by_command);
	return found ? *found : NULL;
}

/* Its place in the list, from its bit. */
static size_t
column_of(enum role role)
{
	size_t at = 0;

	while (at < ROLES && !((unsigned)role & 1u << at))
		at++;
	invariant(at < ROLES);
	return at;
}

bool
right_known(const char *command)
{
	return right_of(command) != NULL;
}

unsigned
right_reach(const char *command, enum role role, enum unit_kind kind)
{
	const struct right *r = right_of(command);

	return r ? r->reach[kind][column_of(role)] : 0;
}

static bool
reaches(const struct right *r, enum role role)
{
	size_t at = column_of(role);

	return r->reach[UNIT_OPEN][at] || r->reach[UNIT_CLOSED][at];
}

bool
right_any(const char *command, enum role role, bool figures_only)
{
	const struct right *r = right_of(command);

	if (figures_only && (role & ROLE_OFFICE))
		role = ROLE_STEERING;
	return r && reaches(r, role);
}

const char *
right_sight(const char *command, const char *list, enum role role)
{
	const struct right *r = command ? right_of(command) : NULL;

	return r && r->copies && !right_any(list, role, false) ? command : list;
}

unsigned
right_roles(const char *command)
{
	const struct right *r = right_of(command);
	unsigned roles = 0;

	for (unsigned at = 0; r && at < ROLES; at++)
		if (reaches(r, (enum role)(1u << at)))
			roles |= 1u << at;
	return roles;
}

unsigned
facts_reach(const struct facts *f)
{
	bool home = f->by_site ? f->own_site : f->own_unit;
	unsigned set = REACH_ALL;

	if (home && (f->owner || f->deputy || !f->owned))
		set |= REACH_OWN;
	if (f->own_unit)
		set |= REACH_UNIT;
	if (f->receiver)
		set |= REACH_OFFERED;
	if (f->own_site)
		set |= REACH_SITE;
	if (f->emergency)
		set |= REACH_EMERGENCY;
	return set;
}

enum refusal
right_refusal(const char *command, const struct facts *f)
{
	unsigned reach = right_reach(command, f->role, f->closed ? UNIT_CLOSED : UNIT_OPEN);
	unsigned is = facts_reach(f);

	if (!reach)
		return REFUSE_ROLE;
	if (reach & is)
		return REFUSE_NOTHING;
	if ((reach & REACH_OWN) && (is & (f->by_site ? REACH_SITE : REACH_UNIT)))
		return REFUSE_OWNER;
	if ((reach & REACH_SITE) || ((reach & REACH_OWN) && f->by_site))
		return REFUSE_SITE;
	return reach & (REACH_OWN | REACH_UNIT) ? REFUSE_UNIT : REFUSE_RECEIVER;
}

enum keep
restriction_keep(const struct restriction_facts *f)
{
	unsigned reach = right_reach("restriction.list", f->role, UNIT_OPEN);
	bool all = reach & REACH_ALL, unit = (reach & REACH_UNIT) && f->own_unit;

	if (f->kind == RESTRICTION_BLOCKED)
		return all || unit || f->emergency ? KEEP_READ : KEEP_ALL;
	if (f->named || all)
		return KEEP_NOTHING;
	return f->emergency ? KEEP_READ : KEEP_ALL;
}

const char *
reach_label(enum reach one)
{
	switch (one) {
#define X(id, bit, label) case id: return tr(label);
	REACH_LIST(X)
#undef X
	}
	bug("reach %d", (int)one);
}

/* ---- the table ---- */

#define no 0
#define O REACH_OWN
#define U REACH_UNIT
#define F REACH_OFFERED
#define S REACH_SITE
#define A REACH_ALL
#define N REACH_FIGURES          /* numbers */
#define E REACH_EMERGENCY

/* What belongs to no unit is the same in both halves. */
#define ROW(name, ...) { .command = name, .reach = { { __VA_ARGS__ }, { __VA_ARGS__ } } }
#define TWO(name, open, closed_) { .command = name, .reach = { open, closed_ } }
#define COPY(name, open, closed_) { .command = name, .reach = { open, closed_ }, .copies = true }
#define OF(...) { __VA_ARGS__ }

const struct right rights[] = {
	/*                      counter, clerk, supervisor, steering, dpo, admin */
	ROW("staff.me",               O,   O,   O,   O,   O,   O),
	ROW("staff.cover",            O,   O,   O,   O,   O,   O),
	ROW("staff.pin",              O,   O,   O,   O,   O,   O),
	ROW("staff.unlock",           O,   O,   O,   O,   O,   O),
	ROW("staff.list",             A,   A,   A,  no,   A,   A),
	/* what others of the unit are away for is theirs and their supervisor's */
	TWO("staff.delegate",    OF(  O,   O,   A,  no,  no,  no),
	                         OF(  O,   O,   U,  no,  no,  no)),
	TWO("staff.undelegate",  OF(  O,   O,   A,  no,  no,  no),
	                         OF(  O,   O,   U,  no,  no,  no)),
	TWO("staff.delegations", OF(  U,   U,   A,  no,   A,   A),
	                         OF(  U,   U,   U,  no,   A,   A)),
	ROW("staff.why",              O,   O,   O,   O,   O,   O),
	ROW("office.health",         no,  no,  no,  no,  no,   A),
	ROW("catalogue.show",         A,   A,   A,   A,   A,   A),
	ROW("form.show",              A,   A,   A,  no,  no,  no),
	ROW("service.list",           A,   A,   A,   A,   A,   A),
	ROW("service.show",           A,   A,   A,   A,   A,   A),
	ROW("service.find",           A,   A,   A,   A,   A,   A),
	ROW("service.gaps",           A,   A,   A,  no,  no,  no),

	ROW("visit.new",              S,  no,  no,  no,  no,  no),
	ROW("visit.next",             S,  no,  no,  no,  no,  no),
	TWO("visit.list",        OF(  S,   S,   S,  no,  no,  no),
	                         OF(  S,   U,   U,  no,  no,  no)),
	TWO("visit.show",        OF(  A,   A,   A,  no,  no,  no),
	                         OF(  A,   U,   U,  no,  no,  no)),
	TWO("visit.slip",        OF(  A,   A,   A,  no,  no,  no),
	                         OF(  A,   U,   U,  no,  no,  no)),
	ROW("visit.start",            O,  no,  no,  no,  no,  no),
	ROW("visit.recall",           O,  no,  no,  no,  no,  no),
	ROW("visit.park",             O,  no,  no,  no,  no,  no),
	ROW("visit.unpark",           S,  no,  no,  no,  no,  no),
	ROW("visit.absent",           O,  no,  no,  no,  no,  no),
	ROW("visit.readmit",          S,  no,  no,  no,  no,  no),
	TWO("visit.finish",      OF(  O,  no,   A,  no,  no,  no),
	                         OF(  O,  no,   U,  no,  no,  no)),
	ROW("visit.edit",             S,  no,  no,  no,  no,  no),

	/* people are the office's, their fields a unit's (owners.conf) */
	ROW("person.new",             A,   A,  no,  no,  no,  no),
	ROW("person.edit",            A,   A,  no,  no,  no,  no),
	ROW("person.find",            A,   A,   A,  no,   A,  no),
	ROW("person.show",            A,   A,   A,  no,  no,  no),
	ROW("person.scan",            A,   A,   A,  no,  no,  no),
	ROW("person.candidates",      A,   A,   A,  no,  no,  no),
	ROW("person.duplicates",      A,   A,   A,  no,  no,  no),
	ROW("person.different",       A,   A,   A,  no,  no,  no),
	ROW("person.parent",          A,   A,  no,  no,  no,  no),
	ROW("person.parent_drop",     A,   A,  no,  no,  no,  no),
	ROW("person.lock",            A,   A,  no,  no,  no,  no),
	ROW("person.unlock",          A,   A,  no,  no,  no,  no),
	ROW("person.name",            A,   A,  no,  no,  no,  no),
	ROW("person.identifier",      A,   A,  no,  no,  no,  no),
	ROW("person.contact",         A,   A,  no,  no,  no,  no),
	ROW("person.address",         A,   A,  no,  no,  no,  no),
	ROW("person.language",        A,   A,  no,  no,  no,  no),
	ROW("person.document",        A,   A,  no,  no,  no,  no),
	ROW("person.drop",            A,   A,  no,  no,  no,  no),
	ROW("person.history",         A,   A,   A,  no,  no,  no),
	/* the officer's copy for the person has what open units hold */
	COPY("person.export",    OF(  A,   A,   A,  no,   A,  no),
	                         OF(  A,   A,   A,  no,  no,  no)),
	ROW("person.propose",         A,   A,  no,  no,  no,  no),
	ROW("person.proposals",       A,   A,   A,  no,  no,  no),
	ROW("person.accept",          U,   U,  no,  no,  no,  no),
	ROW("person.refuse",          U,   U,  no,  no,  no,  no),
	ROW("person.withdraw",        U,   U,  no,  no,  no,  no),
	/* which unit watches and records which kind of term says radar.conf */
	TWO("person.radar",      OF(  U,   U,   A,  no,  no,  no),
	                         OF(  U,   U,  no,  no,  no,  no)),
	TWO("person.terms",      OF(  U,   U,   A,  no,  no,  no),
	                         OF(  U,   U,  no,  no,  no,  no)),
	ROW("person.term",            U,   U,  no,  no,  no,  no),
	ROW("person.term_end",        U,   U,  no,  no,  no,  no),
	ROW("merge.propose",          A,   A,   A,  no,  no,  no),
	ROW("merge.approve",         no,   A,   A,  no,  no,  no),
	ROW("merge.refuse",           A,   A,   A,  no,  no,  no),
	ROW("merge.undo",            no,   A,   A,  no,  no,  no),
	ROW("merge.show",             A,   A,   A,  no,  no,  no),
	ROW("merge.list",             A,   A,   A,  no,  no,  no),

	ROW("household.show",         A,   A,   A,  no,  no,  no),
	ROW("household.new",          A,   A,  no,  no,  no,  no),
	ROW("household.birth",        A,   A,  no,  no,  no,  no),
	ROW("household.move_in",      A,   A,  no,  no,  no,  no),
	ROW("household.move_out",     A,   A,  no,  no,  no,  no),
	ROW("household.separate",     A,   A,  no,  no,  no,  no),
	ROW("household.move",         A,   A,  no,  no,  no,  no),
	ROW("household.head",         A,   A,  no,  no,  no,  no),
	ROW("household.correct",      A,   A,  no,  no,  no,  no),
	TWO("task.list",         OF(  A,   A,   A,  no,  no,  no),
	                         OF(  U,   U,   U,  no,  no,  no)),
	ROW("task.done",              U,   U,   U,  no,  no,  no),
	ROW("task.drop",              U,   U,   U,  no,  no,  no),
	ROW("task.reopen",            U,   U,   U,  no,  no,  no),

	/* a closed unit tells of its own files only; who asks learns of none */
	ROW("disclosure.bases",       A,   A,   A,  no,   A,  no),
	ROW("disclosure.fields",     no,   U,   U,  no,  no,  no),
	ROW("disclosure.give",       no,   U,   U,  no,  no,  no),
	ROW("disclosure.list",        U,   U,   U,  no,  no,  no),
	ROW("disclosure.book",       no,   U,   U,  no,   A,  no),
	ROW("disclosure.ask",         A,   A,   A,  no,  no,  no),
	ROW("disclosure.refuse",     no,   U,   U,  no,  no,  no),
	ROW("disclosure.asks",        U,   U,   U,  no,  no,  no),
	ROW("consent.give",          no,   U,   U,  no,  no,  no),
	ROW("consent.withdraw",      no,   U,   U,  no,  no,  no),
	ROW("consent.show",          no,   U,   U,  no,  no,  no),
	ROW("consent.list",          no,   U,   U,  no,  no,  no),

	/* who may case.show sees the whole file; who may only hand out, its head */
	ROW("case.open",              U,   U,  no,  no,  no,  no),
	TWO("case.list",         OF(  A,   U,   A,  no,  no,  no),
	                         OF(  U,   U,   U,  no,  no,  no)),
	TWO("case.show",         OF(  A,U|F|E,  A,  no,  no,  no),
	                         OF(U|F, U|F, U|F,  no,  no,  no)),
	TWO("case.gaps",         OF(  A, U|F,   A,  no,  no,  no),
	                         OF(U|F, U|F, U|F,  no,  no,  no)),
	ROW("case.ready",             S,  no,  no,  no,  no,  no),
	ROW("case.claim",             U,   U,  no,  no,  no,  no),
	ROW("case.next",              U,   U,  no,  no,  no,  no),
	ROW("case.take",              U,   U,  no,  no,  no,  no),
	ROW("case.release",           O,   O,  no,  no,  no,  no),
	ROW("case.wait",              O,   O,  no,  no,  no,  no),
	ROW("case.resume",            O,   O,  no,  no,  no,  no),
	ROW("case.answer",            O,   O,  no,  no,  no,  no),
	ROW("case.decide",            O,   O,  no,  no,  no,  no),
	/* never who decided so, whatever their role (service/approval.c) */
	TWO("case.approve",      OF( no,   U,   A,  no,  no,  no),
	                         OF( no,   U,   U,  no,  no,  no)),
	TWO("case.return",       OF( no,   U,   A,  no,  no,  no),
	                         OF( no,   U,   U,  no,  no,  no)),
	ROW("case.withdraw",          O,   O,  no,  no,  no,  no),
	ROW("case.handout",           S,   U,  no,  no,  no,  no),
	ROW("case.close",             S,   U,  no,  no,  no,  no),
	ROW("case.reopen",            U,   U,   U,  no,  no,  no),
	TWO("case.note",         OF(  A, U|F,   A,  no,  no,  no),
	                         OF(U|F, U|F, U|F,  no,  no,  no)),
	ROW("case.unseal",           no,   U,   U,  no,  no,  no),
	TWO("case.document",     OF(  A, U|F,  no,  no,  no,  no),
	                         OF(U|F, U|F,  no,  no,  no,  no)),
	TWO("case.assign",       OF( no,  no,   A,  no,  no,  no),
	                         OF( no,  no, U|F,  no,  no,  no)),
	ROW("handover.offer",         O,   O,  no,  no,  no,  no),
	ROW("handover.accept",        F,   F,  no,  no,  no,  no),
	ROW("handover.return",        F,   F,  no,  no,  no,  no),
	ROW("handover.withdraw",      U,   U,  no,  no,  no,  no),
	ROW("handover.list",        U|F, U|F,  no,  no,  no,  no),

	/* what is blocked or for named people only: even its supervisor must be named.
	 * An emergency opens no closed unit: their key is not with the asker's engine */
	ROW("person.block",          no,  no,   A,  no,   A,  no),
	ROW("person.reserve",        no,  no,   A,  no,   A,  no),
	ROW("case.block",            no,  no,   U,  no,  no,  no),
	ROW("case.reserve",          no,  no,   U,  no,  no,  no),
	ROW("restriction.end",       no,  no,   U,  no,   A,  no),
	ROW("restriction.list",      no,  no,   U,  no,   A,  no),
	ROW("person.emergency",       A,   A,   A,  no,  no,  no),
	ROW("emergency.list",        no,  no,   U,  no,   A,  no),
	ROW("emergency.settle",      no,  no,  no,  no,   A,  no),

	ROW("look.purpose",           A,   A,   A,  no,  no,  no),
	ROW("look.list",             no,  no,  no,  no,   A,  no),
	ROW("look.unusual",          no,  no,  no,  no,   A,  no),

	/* one proposes, another approves: never the same person (service/retention.c);
	 * the administrator sees how many, never which */
	ROW("retention.list",        no,  no,  no,  no,   A,  no),
	ROW("retention.show",        no,  no,  no,  no,   A,   N),
	ROW("retention.hold",        no,  no,  no,  no,   A,  no),
	ROW("retention.propose",     no,  no,  no,  no,   A,  no),
	ROW("retention.approve",     no,  no,  no,  no,   A,   A),
	ROW("retention.withdraw",    no,  no,  no,  no,   A,   A),

	/* baskets are figures; how much a single clerk has is more than that */
	TWO("console.show",      OF( no,  no, A|N,   N,  no,  no),
	                         OF( no,  no, U|N,   N,  no,  no)),

	ROW("draft.save",             O,   O,   O,  no,  no,  no),
	ROW("draft.show",             O,   O,   O,  no,  no,  no),
	ROW("draft.list",             O,   O,   O,  no,  no,  no),
	ROW("draft.drop",             O,   O,   O,  no,  no,  no),
};
const size_t rights_count = COUNT_OF(rights);
