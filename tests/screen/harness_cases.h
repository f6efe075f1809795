/*
 * harness_cases.h - cases for the stories of the back office.
 */
#ifndef TRESEN_TEST_HARNESS_CASES_H
#define TRESEN_TEST_HARNESS_CASES_H

#include "harness.h"

/* Runs a one-shot command that must succeed. */
void cases_run(struct office *o, const char *login, const char *command);
/*
 * Up to three cases S02, taken in by Okafor and offered to the residence unit:
 * 2026-000001 Haddad, title ends 25 Nov; 2026-000002 Nguyen, 30 Nov;
 * 2026-000003 Abdi, 3 Dec.  Ids of cases and hand-overs are 1, 2, 3.
 */
void cases_offered(struct office *o, int n);
/* The same, accepted: they lie in the pool. */
void cases_in_pool(struct office *o, int n);

#endif
