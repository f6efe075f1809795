/*
 * harness_admin.h - an office file of a test and tresen-admin to work on it.
 */
#ifndef TRESEN_TEST_HARNESS_ADMIN_H
#define TRESEN_TEST_HARNESS_ADMIN_H

#include <check.h>
#include <stdio.h>

#include "base.h"

#define SAID_MOST 65536

extern char office[];            /* path of the file of this test; not yet there */
extern char said[];              /* both outputs of the last program; SAID_MOST */

/* Fixture: an empty folder, and a clock that stands on 2026-11-23. */
void office_begin(void);
void office_end(void);

/* Fixture of a whole case: one invented office, to be copied by its tests. */
void demo_begin(void);
void demo_end(void);
/* The file of this test is a copy of that office. */
void office_copy(void);

/* Where the programs under test lie: build or build/san. */
const char *program_folder(void);
/* Runs tresen-admin with these words, as a shell reads them; its exit code. */
int admin(const char *format, ...) PRINTF(1, 2);
/* Runs a shell command; its exit code. */
int command_of(const char *format, ...) PRINTF(1, 2);
/* Runs one that must succeed. */
void shell(const char *format, ...) PRINTF(1, 2);
/* Changes the office file as no program of ours would. */
void sql(const char *text);
/* The same where triggers would refuse it; they are put back, so that nothing but the
 * harm is to be seen. */
void harm(const char *text);
/* The one number that a query gives. */
int count(const char *query);

#endif
