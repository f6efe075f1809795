/*
 * rules_household.h - layer 1: who lives with whom.  An act on a household is
 * planned here, on copies of the rows: the preview shows the plan and the act
 * writes the same plan, so that the two cannot differ.  Part of rules.h by
 * noun: pure, told the day.
 *
 * What every plan keeps: a person lives in one household at a time; the
 * periods of one person do not overlap; on each day that somebody lives in a
 * household exactly one of them is head of the need community and at most one
 * has the role of head; it has exactly one residence; a period once recorded
 * is closed, never written over, except by a correction of what was never so.
 */
#ifndef TRESEN_RULES_HOUSEHOLD_H
#define TRESEN_RULES_HOUSEHOLD_H

#include "rules.h"

#define MEMBER_ROLE_LIST(X)                                                    \
	X(MEMBER_HEAD, "head", N_("head"))                                     \
	X(MEMBER_SPOUSE, "spouse", N_("spouse"))                               \
	X(MEMBER_PARTNER, "partner", N_("partner"))                            \
	X(MEMBER_CHILD, "child", N_("child"))                                  \
	X(MEMBER_OTHER, "other", N_("other member"))

/* decides need levels: § 3a AsylbLG */
#define DWELLING_LIST(X)                                                       \
	X(DWELLING_FLAT, "flat", N_("flat"))                                   \
	X(DWELLING_SHARED, "shared", N_("shared accommodation"))               \
	X(DWELLING_RECEPTION, "reception", N_("reception centre"))             \
	X(DWELLING_INSTITUTION, "institution", N_("residential institution"))

/* what can happen to a household; the names are those of tasks.conf */
#define ACT_LIST(X)                                                            \
	X(ACT_NEW, "new", N_("New household"))                                 \
	X(ACT_BIRTH, "birth", N_("Birth"))                                     \
	X(ACT_MOVE_IN, "move_in", N_("Move in"))                               \
	X(ACT_MOVE_OUT, "move_out", N_("Move out"))                            \
	X(ACT_SEPARATION, "separation", N_("Separation"))                      \
	X(ACT_MOVE, "move", N_("Household moves"))                             \
	X(ACT_HEAD, "head", N_("Head of the need community"))                  \
	X(ACT_CORRECTION, "correction", N_("Correction"))

#define X(id, name, label) id,
enum member_role { MEMBER_ROLE_LIST(X) };
enum dwelling_kind { DWELLING_LIST(X) };
enum act { ACT_LIST(X) };
#undef X
extern const struct state_list member_roles, dwelling_kinds, household_acts;

/* ---- rows ---- */

enum row_mark { ROW_KEPT, ROW_NEW, ROW_CHANGED };

/* A period in which a person belongs to a household. */
struct stay {
	int64_t id, household_id;
	int64_t person_id;               /* 0: about to be born */
	int64_t record_id;               /* the record it was written for, linked to person_id; 0:
	                          * that one */
	const char *name, *born;         /* of the person; born may be NULL */
	bool locked;                     /* against disclosure, today */
	enum member_role role;
	bool need_head;                  /* head of the need community */
	int from, until;                 /* until: last day, DAY_NONE: still there */
	enum row_mark mark;
};

/* A period in which a household lives somewhere. */
struct dwelling {
	int64_t id;
	enum dwelling_kind kind;
	const char *street, *postcode, *city; /* the last two may be NULL */
	int from, until;
	enum row_mark mark;
};

/* A household with all its periods. */
struct home {
	int64_t id, version;             /* id 0: about to begin */
	int from, until;                 /* until DAY_NONE: somebody lives in it */
	struct stay *stays;
	size_t n_stays;
	struct dwelling *dwellings;
	size_t n_dwellings;
	int64_t *gone_stays, *gone_dwellings; /* ids of rows that a correction takes out */
	size_t n_gone_stays, n_gone_dwellings;
	int64_t changed_at, changed_by;
	const char *changed_by_name;
	enum row_mark mark;
	bool hidden;                     /* some stays are kept from the actor and left out, and
	                                  * the places where only they have lived */
	bool unwritable;                 /* ... or for them to read only */
};

/* Has a correction left nothing of it? */
bool home_gone(const struct home *h);
/* The period of a person that covers the day; NULL: not there then. */
struct stay *home_member(const struct home *h, int64_t person, int day);
/* Whoever is head of the need community on that day; NULL: nobody there. */
struct stay *home_head(const struct home *h, int day);
struct dwelling *home_dwelling(const struct home *h, int day);
/* First day of the unbroken time that a period belongs to. */
int stay_since(const struct home *h, const struct stay *s);
/* Years on that day; what is not known of born counts as January or the first;
 * -1: not known.  A year of life ends the day before the birthday. */
int age_on(const char *born, int day);
#define ADULT_YEARS 18                   /* § 2 BGB */

/* ---- acts ---- */

/* Somebody who joins or leaves. */
struct mover {
	int64_t id;                      /* 0: about to be born */
	const char *name, *born;
	const struct stay *stays;        /* everywhere; needed of who joins from outside */
	size_t n_stays;
};

struct household_act {
	enum act kind;
	int day;
	const struct mover *movers;
	size_t n_movers;
	enum member_role role;           /* of who joins an existing household */
	int64_t head;                    /* of what begins, or (ACT_HEAD) from now on; 0: by rule */
	int64_t successor;               /* head of who stays; 0: by rule */
	const struct dwelling *to;       /* where it goes; NULL: nowhere named */
	/* ACT_CORRECTION: day is the day it was recorded for, movers all whom it is about */
	int right;                       /* the day it was; DAY_NONE: it never was */
	bool only;                       /* nobody else on that day */
};

/* In: the households as they are.  Out: as they will be, marked rows to be
 * written.  there: where movers go; used says whether there is one. */
struct household_plan {
	struct home here, there;
	bool used;
	const struct stay *about;        /* period that stands against it */
	const struct mover *who;         /* mover concerned; NULL: none */
	int since;                       /* day that stands against it */
};

enum plan_refusal {
	PLAN_OK,
	PLAN_ENDED,                      /* nobody lives in it any more */
	PLAN_BEFORE,                     /* it began later (since) */
	PLAN_NOT_MEMBER,                 /* who does not live in it then */
	PLAN_LIVES_HERE,                 /* who lives in it already */
	PLAN_LIVES_ELSEWHERE,            /* who lives in about->household_id */
	PLAN_CHANGED_LATER,              /* something was recorded for since */
	PLAN_NOBODY_STAYS,               /* a separation parts, all of them move */
	PLAN_SAME_HOME,
	PLAN_NO_HEAD,                    /* the head chosen does not live there then */
	PLAN_IS_HEAD,                    /* is head already */
	PLAN_NOTHING_THEN,               /* nothing was recorded for that day */
	PLAN_BETWEEN,                    /* something else stands between the days: since */
	PLAN_NOT_WHOLE,                  /* a day (since) would be without one head or residence */
};

/* Room for new rows comes from mem; plan->here and there are changed. */
enum plan_refusal household_plan(struct arena *mem, const struct household_act *act,
                                 struct household_plan *plan);

#endif
