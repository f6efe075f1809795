/*
 * harness_source.c - small forms written inside a test, see harness_source.h.
 */
#include "harness_source.h"

struct arena *mem;
struct form_errors errors;

void
source_setup(void)
{
	mem = arena_new();
	lang_set(LANG_EN);
}

void
source_teardown(void)
{
	arena_free(mem);
}

struct form *
read_form(int version, const char *fields, const char *more)
{
	const char *source = arena_printf(mem, "key = \"f\"; version = %d; valid_from = "
	    "\"2026-01-01\"; " TITLE "\nsections = ( { key = \"s\"; " TITLE " fields = (\n%s\n"
	    "); } );\n%s", version, fields, more);

	return form_parse_with(mem, "f.form", source, NULL, &errors);
}

struct form *
good_form(int version, const char *fields, const char *more)
{
	struct form *f = read_form(version, fields, more);

	ck_assert_msg(f != NULL, "%s", errors.count ? errors.text[0] : "no error");
	return f;
}
