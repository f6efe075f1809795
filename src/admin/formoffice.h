/*
 * formoffice.h - layer 5: what tresen-admin does with the answers that cases of
 * an office hold; the acts of `tresen-admin form` that publish.c does not do.
 */
#ifndef TRESEN_ADMIN_FORMOFFICE_H
#define TRESEN_ADMIN_FORMOFFICE_H

#include "admin.h"

/* How often each field of a form is answered, by version. */
MUST_CHECK enum status form_usage(struct call *call);
/* Moves the answers of undecided cases to the newest version. */
MUST_CHECK enum status form_migrate_cases(struct call *call);

#endif
