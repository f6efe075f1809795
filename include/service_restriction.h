/*
 * service_restriction.h - layer 3: records that are blocked (Art. 18 DSGVO) or
 * for named people only, and opening one in an emergency.  Part of service.h by
 * noun.
 */
#ifndef TRESEN_SERVICE_RESTRICTION_H
#define TRESEN_SERVICE_RESTRICTION_H

#include "service_find.h"
#include "store_restriction.h"

/* ---- setting and lifting ---- */

struct restriction_wish {
	const char *command;     /* person.block, case.reserve: what it is about, too */
	int64_t id;              /* of the person, or the case */
	const char *reason, *reference;
	const char *staff;       /* logins of who may open it, commas between */
	int until;               /* last day; DAY_NONE: until it is lifted */
	bool household;          /* of whoever lives with the person today, too */
	bool preview;            /* only say whose files it would be */
};
/*
 * For named people only: another list takes the place of the one before.  One
 * row each: first what was asked for, then the household; who of it is kept from
 * the actor already is left as they are.
 */
MUST_CHECK enum status restriction_set(struct op *op, const struct restriction_wish *wish,
                                       struct restriction **list, size_t *n);
/* Only who may see it ends it: of what is for named people, one of them. */
MUST_CHECK enum status restriction_end(struct op *op, int64_t id, const char *reason,
                                       struct restriction *r);
/* Those of the actor's unit whose content is not kept from them; all for the data
 * protection officer. */
MUST_CHECK enum status restriction_list(struct op *op, struct restriction_filter *f,
                                        struct restriction **list, size_t *n);
/* What holds on a person's record (case_id 0) or on a case, as the reader sees it. */
MUST_CHECK enum status restrictions_on(struct op *op, int64_t person_id, int64_t case_id,
                                       bool ended, struct restriction **list, size_t *n);

/* ---- what is kept ---- */

/*
 * ST_DENIED with a sentence that says whom to ask, where a record is kept from
 * the actor, or where it is to be changed and may only be read.
 */
MUST_CHECK enum status person_guard(struct op *op, const char *field, int64_t id);
/* The same for a case; for named people only: as if there were none, *hidden. */
MUST_CHECK enum status case_guard(struct op *op, int64_t id, bool *hidden);
/* A file that may only be read is opened with a purpose. */
MUST_CHECK enum status purpose_needed(struct op *op, int64_t person);
/*
 * Records that are kept from the actor leave the hits; one that is surely the
 * person who was asked for stays as a line without a name that says whom to ask.
 */
MUST_CHECK enum status hits_keep(struct op *op, struct hit *hits, size_t *n);

/* ---- emergencies ---- */

/* Opens a file to the actor for some minutes of the office (emergency_minutes). */
MUST_CHECK enum status emergency_open(struct op *op, int64_t person, const char *reason,
                                      struct emergency *e);
MUST_CHECK enum status emergency_settle(struct op *op, int64_t id, bool justified,
                                        const char *remark, struct emergency *e);
MUST_CHECK enum status emergency_list(struct op *op, bool settled, int64_t before, int limit,
                                      struct emergency **list, size_t *n);

#endif
