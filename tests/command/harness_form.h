/*
 * harness_form.h - an office with a service of its own, S90 of the residence
 * unit, and forms for it as a test writes them.
 */
#ifndef TRESEN_TEST_HARNESS_FORM_H
#define TRESEN_TEST_HARNESS_FORM_H

#include "harness_admin.h"
#include "harness_desk.h"

#define NAMED(name) "{ de = \"" name "\"; en = \"" name "\"; };"
#define FIELD(key, more) \
	"{ key = \"" key "\"; label = " NAMED(key) " " more " }"
#define FORM(version, fields, more)                                             \
	"key = \"try\"; version = " version "; valid_from = \"2026-01-01\";\n"  \
	"services = [ \"S90\" ]; title = " NAMED("Try") "\n"                    \
	"sections = ( { key = \"one\"; title = " NAMED("One") " fields = (\n"   \
	fields "\n); } );\n" more "\n"
#define SCHOOL FIELD("school", "type = \"choice\"; list = \"try_schools\";")
#define SCHOOLS(version, entries)                                               \
	"name = \"try_schools\"; version = " version "; entries = ( " entries " );\n"
#define ENTRY(key, more) "{ key = \"" key "\"; label = " NAMED("School " key) " " more " }"

#define RENT FIELD("rent", "type = \"money\";")
#define NOTE FIELD("note", "type = \"text\";")
#define NEXT FORM("2", FIELD("warm", "type = \"money\";") ", " FIELD("pets", "type = \"yes_no\";"), \
	"migrate = ( { from = 1; rename = ( { old = \"rent\"; new = \"warm\"; } );" \
	" ask = [ \"pets\" ]; } );")

extern struct office *form_office;

/* Fixture; unsound: for an office that was changed behind its events' back. */
void form_begin(void);
void form_end(void);
void form_end_unsound(void);

/* Publishes a form as version of the office; the exit code of tresen-admin. */
int publish(const char *source);
/* tresen-admin form on the file that publish wrote last, edited with sed. */
int publish_edited(const char *edit, const char *options);
/* Loads a catalogue with this list of schools; the exit code. */
int load_schools(const char *source);
/* case.open for S90 with answers: the reply; and the case, when it must do. */
json_t *open_with(struct desk *d, const char *answers);
int64_t opened(struct desk *d, const char *answers);

#endif
