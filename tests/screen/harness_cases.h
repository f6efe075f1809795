/*
 * harness_cases.h - cases for the stories of the back office.
 */
#ifndef TRESEN_TEST_HARNESS_CASES_H
#define TRESEN_TEST_HARNESS_CASES_H

#include "harness_story.h"

/*
 * Up to three cases S02, taken in by Okafor and offered to the residence unit:
 * 2026-000001 Haddad, title ends 25 Nov; 2026-000002 Nguyen, 30 Nov;
 * 2026-000003 Abdi, 3 Dec.  Ids of cases and hand-overs are 1, 2, 3.
 */
void cases_offered(int n);
/* The same, accepted: they lie in the pool. */
void cases_in_pool(int n);

#endif
