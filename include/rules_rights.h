/*
 * rules_rights.h - layer 1: who may do what, on whose things.  One table,
 * src/rules/rights.c; engine, lists, manual, tests and `staff why` read it.
 */
#ifndef TRESEN_RULES_RIGHTS_H
#define TRESEN_RULES_RIGHTS_H

#include "rules.h"

/*
 * How far a right reaches: a set.  A thing lies within it that stands to the
 * actor in one of these ways; 0: not at all.
 */
#define REACH_LIST(X)                                                          \
	X(REACH_OWN, 0, N_("what you have yourself, or nobody yet"))           \
	X(REACH_UNIT, 1, N_("what your unit is responsible for"))              \
	X(REACH_OFFERED, 2, N_("what is offered to your unit"))                \
	X(REACH_SITE, 3, N_("what waits or lies at your site"))                \
	X(REACH_ALL, 4, N_("everything of the office"))                        \
	X(REACH_FIGURES, 5, N_("figures only, no single person or case"))      \
	X(REACH_EMERGENCY, 6, N_("what you have opened in an emergency, for a time"))

enum reach {
#define X(id, bit, label) id = 1 << (bit),
	REACH_LIST(X)
#undef X
};
#define REACHES 7
#define ROLES 6

/* Kinds of the unit that a thing belongs to.  What belongs to none (a person,
 * a visit for the counter itself) is open. */
enum unit_kind { UNIT_OPEN, UNIT_CLOSED, UNIT_KINDS };

/* One row of the table: a command, and how far it reaches for each role in
 * the order of ROLE_LIST, on things of open and of closed units. */
struct right {
	const char *command;
	unsigned char reach[UNIT_KINDS][ROLES];
	bool copies;             /* it also says whose things a copy has, see right_sight */
};
extern const struct right rights[];
extern const size_t rights_count;

/* The set of enum reach; 0 for a command that the table does not know. */
unsigned right_reach(const char *command, enum role role, enum unit_kind kind);
/* Does it reach anything at all?  figures_only: the actor works in a unit that
 * sees counts, never people, whatever the role says. */
bool right_any(const char *command, enum role role, bool figures_only);
bool right_known(const char *command);
/* The row by which a command shows things of units: that of their list; who reads
 * no list of them is shown them by a command that copies, by its own row. */
const char *right_sight(const char *command, const char *list, enum role role);
/* Roles (a set) for which a command reaches anything. */
unsigned right_roles(const char *command);

/* How the actor stands to a thing: the set of enum reach that it lies within. */
unsigned facts_reach(const struct facts *f);
/* REFUSE_NOTHING if the right reaches it, else the reason against it. */
enum refusal right_refusal(const char *command, const struct facts *f);

/* ---- records that are kept from most ---- */

/* Blocked: kept and not worked with (Art. 18 DSGVO, § 84 SGB X). */
#define RESTRICTION_LIST(X)                                                    \
	X(RESTRICTION_BLOCKED, "blocked", N_("blocked"))                       \
	X(RESTRICTION_RESERVED, "reserved", N_("for named people only"))
enum restriction_kind {
#define X(id, name, label) id,
	RESTRICTION_LIST(X)
#undef X
};
extern const struct state_list restriction_kinds;

/* How the actor stands to a restriction; a stand-in inherits nothing. */
struct restriction_facts {
	enum restriction_kind kind;
	enum role role;
	bool own_unit;           /* the actor's unit answers for it */
	bool named;
	bool emergency;          /* opened by the actor in one, and not shut yet */
};
enum keep {
	KEEP_NOTHING,
	KEEP_READ,               /* in sight, and nothing of it can be changed */
	KEEP_ALL,                /* as if it were not there */
};
/* Who oversees restrictions is who may list them (restriction.list). */
enum keep restriction_keep(const struct restriction_facts *f);

const char *reach_label(enum reach one);

#endif
