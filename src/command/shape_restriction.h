/*
 * shape_restriction.h - private to command/: what is kept from most, in JSON.
 */
#ifndef TRESEN_COMMAND_SHAPE_RESTRICTION_H
#define TRESEN_COMMAND_SHAPE_RESTRICTION_H

#include "seal.h"
#include "service_restriction.h"
#include "shape.h"

/* "restrictions" of a person (case_id 0), or of a case and its person; ended: those
 * too that do not hold any more, of all cases of the person. */
MUST_CHECK enum status put_restrictions(struct op *op, int64_t person_id, int64_t case_id,
                                        bool ended, json_t *o);
/* "emergency": until when the file is open to the reader so, or null. */
MUST_CHECK enum status put_emergency(struct op *op, int64_t person_id, json_t *o);

#endif
