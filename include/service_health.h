/*
 * service_health.h - layer 3: how the office file is, as far as that can be
 * said at once.  Figures of the file, never of a person or a case.
 */
#ifndef TRESEN_SERVICE_HEALTH_H
#define TRESEN_SERVICE_HEALTH_H

#include "base.h"

struct health_line {
	const char *key, *label; /* "free", _("Free on the disk") */
	const char *value;       /* "12.4 GB" */
	const char *advice;      /* what to do; NULL: nothing needs to be done */
};

#define HEALTH_LINES_MAX 12
MUST_CHECK enum status office_health(struct op *op, struct health_line **list, size_t *n);

#endif
