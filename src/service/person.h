/*
 * person.h - private to service/: names, and checks that the record of a
 * person and its parts share.
 */
#ifndef TRESEN_SERVICE_PERSON_INSIDE_H
#define TRESEN_SERVICE_PERSON_INSIDE_H

#include "guard.h"

/* The main name as it stands in p->names[0], checked; sets the display name. */
MUST_CHECK enum status name_check_main(struct op *op, struct person *p);
/* A further name: its script where none is given, Latin letters of DIN 91379. */
MUST_CHECK enum status name_check_row(struct op *op, struct person_part *row);
/* Keeps the name that stood there before, as kind, until yesterday. */
MUST_CHECK enum status name_keep(struct op *op, const struct person *p,
                                 const struct person_name *old, const char *kind);

/* What holds from today on, in place of what held until now; "" ends it. */
MUST_CHECK enum status part_replace(struct op *op, struct person *p, enum part part,
                                    const char *value);

/* Is the value one of its first field?  "" and NULL are. */
MUST_CHECK enum status part_check(struct op *op, enum part part, const char *value);

/* Denied with a sentence that names the owners, unless the clerk's unit is one.
 * argument: what of the command it is about. */
MUST_CHECK enum status owner_check(struct op *op, const struct person *p, const char *field,
                                   const char *argument);
/* Would the change be taken?  Writes nothing; p may be changed. */
MUST_CHECK enum status person_try(struct op *op, const struct person_wish *wish,
                                  struct person *p);
MUST_CHECK enum status part_try(struct op *op, const struct person *p,
                                const struct part_wish *wish);

/* Equal texts; none is none. */
bool same_text(const char *a, const char *b);

#endif
