/*
 * harness_office.h - what harness.c needs of an office besides harness.h.
 */
#ifndef TRESEN_TEST_HARNESS_OFFICE_H
#define TRESEN_TEST_HARNESS_OFFICE_H

#include "harness.h"

/* A file that holds the instant of this office (TRESEN_NOW). */
const char *office_clock_file(const struct office *o);
/* A program built beside the tests: build/san/tests/screen -> build/san/NAME. */
void program_path(const char *name, char *to, size_t size);

#endif
