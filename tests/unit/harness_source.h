/*
 * harness_source.h - small forms written inside a test, for the tests of what
 * src/form makes of a source: it is put together from the fields of its one
 * section and from what stands beside that.
 */
#ifndef TRESEN_TEST_HARNESS_SOURCE_H
#define TRESEN_TEST_HARNESS_SOURCE_H

#include <check.h>

#include "form_read.h"

extern struct arena *mem;
extern struct form_errors errors; /* of the form read last */

void source_setup(void);
void source_teardown(void);

#define TITLE "title = { de = \"T\"; en = \"T\"; };"
#define LABEL "label = { de = \"L\"; en = \"L\"; };"
#define TEXT "text = { de = \"T\"; en = \"T\"; };"
#define FIELD(key, type, more) "{ key = \"" key "\"; type = \"" type "\"; " LABEL more " }"
#define AB "choices = ( { key = \"a\"; " LABEL " }, { key = \"b\"; " LABEL " } );"
#define YN(key, more) FIELD(key, "yes_no", more)
#define ROWS(key, fields, more) FIELD(key, "repeat", "fields = ( " fields " ); " more)

/* A field of each kind that expressions ask for. */
#define EVERY_KIND                                                             \
	YN("yn", "") "," YN("zn", "") "," FIELD("n", "number", "") ","         \
	FIELD("m", "number", "") "," FIELD("eur", "money", "") ","             \
	FIELD("eur2", "money", "") "," FIELD("dec", "decimal", "") ","         \
	FIELD("day", "date", "") "," FIELD("day2", "date", "") ","             \
	FIELD("part", "part_date", "") "," FIELD("text", "text", "") ","       \
	FIELD("at", "time", "") "," FIELD("per", "period", "") ","             \
	FIELD("paper", "document", "") "," FIELD("pick", "choice", AB) ","     \
	FIELD("many", "choices", AB)

/* Form "f" in the file "f.form": fields begin in its line 3, more behind them
 * (in line 5, where they are one line).  NULL, and errors, if it is broken. */
struct form *read_form(int version, const char *fields, const char *more);
/* The same; the test is red if it is broken. */
struct form *good_form(int version, const char *fields, const char *more);

#endif
