/*
 * radar.h - private to service/: who looks at the radar.
 */
#ifndef TRESEN_SERVICE_RADAR_PRIVATE_H
#define TRESEN_SERVICE_RADAR_PRIVATE_H

#include "service_radar.h"

/* The unit whose kinds the clerk sees; NULL: all that are of no closed unit. */
const char *radar_reader(struct op *op);

#endif
