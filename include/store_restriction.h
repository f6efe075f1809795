/*
 * store_restriction.h - layer 2: records that are blocked or for named people
 * only, what of them is kept from the actor, and who opened one in an
 * emergency.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_RESTRICTION_H
#define TRESEN_STORE_RESTRICTION_H

#include "rules_rights.h"
#include "store_case.h"

/* ---- kept.c: what is kept from the actor ---- */

/* A record and those linked to it; with its restriction, 0: none. */
enum keep kept_person(struct op *op, int64_t id, int64_t *restriction);
/* A case, by its own restriction or by its person's. */
enum keep kept_case(struct op *op, int64_t id, int64_t *restriction);

/* ---- restriction.c ---- */

struct restriction {
	int64_t id;
	enum restriction_kind kind;
	int64_t person_id;       /* the record it is read under */
	int64_t case_id;         /* 0: the whole record */
	const char *person_name, *person_born;
	int case_year, case_number;
	const char *unit, *unit_name; /* that answers for it; or NULL */
	bool entrusted;          /* its words are a closed unit's */
	const char *reason, *reference; /* reference may be NULL; still sealed without the key */
	int until_day;           /* DAY_NONE: until it is lifted */
	int64_t set_at, ended_at; /* ended_at 0: not lifted */
	const char *set_by_name, *ended_by_name, *end_reason; /* or NULL */
	const char *names, *logins; /* who may open it, ", " between; "" of a block */
	bool holds;              /* today */
};

struct restriction_filter {
	int64_t person_id, case_id; /* of this one only; 0: any */
	const char *unit;        /* that answers for it; NULL: any */
	bool ended;              /* also what does not hold any more */
	int64_t before;          /* id of the last row; 0: from the newest */
	int limit;
};

/* r->person_id and r->case_id, kind, unit, reason, reference, until_day and
 * entrusted are given. */
MUST_CHECK enum status store_restriction_add(struct op *op, struct restriction *r,
                                             const int64_t *staff, size_t n_staff);
MUST_CHECK enum status store_restriction_end(struct op *op, const struct restriction *r,
                                             const char *reason);
/* r->id 0: there is none. */
MUST_CHECK enum status store_restriction_find(struct op *op, int64_t id, struct restriction *r);
/* The one of a kind that holds on exactly this: a person's record (case_id 0), or
 * a case. */
MUST_CHECK enum status store_restriction_on(struct op *op, enum restriction_kind kind,
                                            int64_t person_id, int64_t case_id,
                                            struct restriction *r);
/* The newest first. */
MUST_CHECK enum status store_restriction_list(struct op *op, const struct restriction_filter *f,
                                              struct restriction **list, size_t *n);

/* ---- emergency.c ---- */

struct emergency {
	int64_t id, person_id;
	const char *person_name, *person_born;
	const char *login, *staff_name, *unit_name; /* who opened it, and of which unit */
	const char *reason, *units; /* labels of those whose files they were, ", " between */
	int64_t at, until_at;
	int64_t settled_at;      /* 0: not yet */
	const char *settled_by_name, *remark;
	bool justified;
};

/* Opens the file to the actor until e->until_at; person_id and reason are given. */
MUST_CHECK enum status store_emergency_add(struct op *op, struct emergency *e);
/* Until when the file is open to the actor so; 0: it is not. */
MUST_CHECK enum status store_emergency_until(struct op *op, int64_t person_id, int64_t *until);
/* When the next of a clerk's ends; INT64_MAX: none is open. */
MUST_CHECK enum status store_emergency_ends(struct op *op, int64_t staff_id, int64_t *at);
/* e->id 0: there is none. */
MUST_CHECK enum status store_emergency_find(struct op *op, int64_t id, struct emergency *e);
MUST_CHECK enum status store_emergency_settle(struct op *op, int64_t id, bool justified,
                                              const char *remark);
/* The newest first; unit NULL: of all; settled: those too that are. */
MUST_CHECK enum status store_emergency_list(struct op *op, const char *unit, bool settled,
                                            int64_t before, int limit, struct emergency **list,
                                            size_t *n);

#endif
