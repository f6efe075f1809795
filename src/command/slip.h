/*
 * slip.h - private to command/: what people take home or hear, in JSON.
 */
#ifndef TRESEN_COMMAND_SLIP_H
#define TRESEN_COMMAND_SLIP_H

#include "command.h"
#include "service_slip.h"

/* "text", its "language" (null: German and English), all "languages", the one that
 * is "near" to what somebody "speaks". */
void put_slip(struct call *call, const struct slip *slip);

#endif
