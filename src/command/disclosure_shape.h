/*
 * disclosure_shape.h - private to command/: how what leaves a closed unit looks in
 * JSON.  Used by disclosure.c, consent.c and the data package of a person.
 */
#ifndef TRESEN_COMMAND_DISCLOSURE_SHAPE_H
#define TRESEN_COMMAND_DISCLOSURE_SHAPE_H

#include "service_disclosure.h"
#include "shape.h"

/* values: the book of others names what was told, and no more. */
json_t *shape_disclosure(struct op *op, const struct disclosure *d, bool values);
json_t *shape_consent(struct op *op, const struct consent *c);
/* "to", "body", "body_name", "to_label" */
void put_receiver(struct op *op, json_t *o, const struct receiver *to);

/* Whom it is about, as arguments of a command. */
struct receiver receiver_of(const struct call *call);
#define RECEIVER_ARGS                                                          \
	ARG("to", ARG_TEXT, OPTIONAL, N_("unit that is told")),                 \
	ARG("body", ARG_TEXT, OPTIONAL,                                         \
	    N_("or a body outside the office: its kind; `disclosure bases` lists them")), \
	ARG("body_name", ARG_TEXT, OPTIONAL, N_("which one, by its name"))

#endif
