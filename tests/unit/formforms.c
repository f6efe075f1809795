/*
 * formforms.c - unit tests of filling in a form by keys, each on a form of its
 * own: a long list, and fields that another unit answers.
 */
#include "form_read.h"
#include "harness_form.h"

Suite *suite_formforms(void);

#define LABEL(text) "label = { de = \"" text "\"; en = \"" text "\"; };"
#define TEXT(text) "text = { de = \"" text "\"; en = \"" text "\"; };"
#define TITLE(text) "title = { de = \"" text "\"; en = \"" text "\"; };"

static struct form_world world;

static const struct form *
read_form(const char *text)
{
	struct form_errors errors;
	const struct form *f = form_parse(mem, "f", text, &errors);

	world = (struct form_world){ .today = day_from_ymd(2026, 11, 23), .stage = FORM_INTAKE };
	ck_assert_msg(f != NULL, "%s", errors.count ? errors.text[0] : "");
	return f;
}

/* In the place of the one that is open. */
static void
open_view(const struct form *f)
{
	form_view_done(&v);
	form_view_init(&v, mem, f, &world, false);
}
/* Countries stand in the order of their codes, and are known by them. */
START_TEST(of_a_long_list_the_likeliest_is_taken)
{
	open_view(read_form("key = \"f\"; version = 1; valid_from = \"2026-01-01\"; services = [ \"S\" ];"
	    TITLE("F") "lists = ( { name = \"lands\"; version = 1; entries = ("
	    "  { key = \"ATF\"; " LABEL("French Southern Territories") " },"
	    "  { key = \"COD\"; " LABEL("Congo, Democratic Republic") " },"
	    "  { key = \"COG\"; " LABEL("Congo") " }, { key = \"FRA\"; " LABEL("France") " },"
	    "  { key = \"TLS\"; " LABEL("Timor") " } ); } );"
	    "sections = ( { key = \"one\"; " TITLE("One") " fields = ("
	    "{ key = \"to\"; type = \"country\"; list = \"lands\"; " LABEL("To") " } ); } );"));
	form_view_go(&v, "to");
	type("fra");
	answers_have("{\"to\":\"FRA\"}");
	type("x"); /* leads nowhere, and a country was meant */
	answers_have("{\"to\":\"FRA\"}");
	press("Backspace");
	type("con");
	answers_have("{\"to\":\"COG\"}");
	press("Backspace");
	type("cod");
	answers_have("{\"to\":\"COD\"}");
	press("Backspace");
	type("fren");
	answers_have("{\"to\":\"ATF\"}");
	press("Backspace");
	type("ter");
	answers_have("{\"to\":\"ATF\"}");
}
END_TEST

START_TEST(what_another_unit_answers_is_not_asked)
{
	static const char theirs[] =
	    "key = \"g\"; version = 1; valid_from = \"2026-01-01\";" TITLE("G")
	    "sections = ( { key = \"one\"; " TITLE("One") " fields = ("
	    "{ key = \"mine\"; type = \"text\"; " LABEL("Mine") " },"
	    "{ key = \"theirs\"; type = \"text\"; owner = \"residence\";"
	    "  required_at = \"decision\"; " LABEL("Theirs") " },"
	    "{ key = \"rows\"; type = \"repeat\"; owner = \"social_work\"; " LABEL("Rows")
	    "  fields = ( { key = \"part\"; type = \"text\"; " LABEL("Part") " } ); } ); } );";
	const struct form *f = read_form(theirs);
	json_t *answers;

	open_view(f);
	ck_assert(form_view_go(&v, "theirs"));
	ck_assert_uint_eq(form_view_check(&v, FORM_DECISION), 1);
	open_view(f);
	v.unit = "front_office";
	ck_assert(!form_view_go(&v, "theirs"));
	ck_assert(!form_view_go(&v, "rows"));
	ck_assert_uint_eq(form_view_check(&v, FORM_DECISION), 0);
	v.unit = "residence";
	ck_assert(form_view_go(&v, "theirs"));
	/* once it is answered it is read, and stays as it is */
	answers = json_pack("{s:s, s:[{s:s}]}", "theirs", "known", "rows", "part", "p");
	form_view_fill(&v, answers);
	json_decref(answers);
	v.unit = "front_office";
	ck_assert(form_view_go(&v, "theirs"));
	type("x");
	ck_assert_str_eq(form_view_text(&v), "known");
	ck_assert(form_view_go(&v, "rows[1].part"));
	type("x");
	ck_assert_str_eq(form_view_text(&v), "p");
	ck_assert(form_view_go(&v, "rows[1]"));
	ck_assert(!form_view_go(&v, "rows[2]")); /* no line that adds */
	answers = form_view_changes(&v);
	ck_assert_uint_eq(json_object_size(answers), 0);
	json_decref(answers);
}
END_TEST

/* Whoever took it in was asked for what is warned of there, and nobody yet for
 * what is warned of at review. */
START_TEST(a_warning_is_asked_for_where_it_begins)
{
	static const char paid[] =
	    "key = \"g\"; version = 1; valid_from = \"2026-01-01\";" TITLE("G")
	    "sections = ( { key = \"one\"; " TITLE("One") " fields = ("
	    "{ key = \"hours\"; type = \"number\"; " LABEL("Hours")
	    "  rules = ( { warn = \"hours > 48\"; at = \"intake\"; " TEXT("Many") " } ); },"
	    "{ key = \"wage\"; type = \"money\"; " LABEL("Wage")
	    "  rules = ( { warn = \"wage < 13.90\"; at = \"review\"; " TEXT("Low") " } ); },"
	    "{ key = \"theirs\"; type = \"number\"; owner = \"residence\"; " LABEL("Theirs")
	    "  rules = ( { warn = \"theirs > 1\"; at = \"review\"; " TEXT("Odd") " } ); } ); } );";
	json_t *answers = json_pack("{s:s, s:s, s:s}", "hours", "50", "wage", "1200",
	    "theirs", "2");
	const struct form *f = read_form(paid);

	world.stage = FORM_DECISION;
	open_view(f);
	form_view_fill(&v, answers);
	ck_assert_ptr_null(form_view_warning(&v));
	open_view(f);
	v.unit = "front_office";
	v.reasoned = FORM_INTAKE;
	form_view_fill(&v, answers);
	ck_assert_str_eq(form_view_warning(&v)->path, "wage");
	form_view_reason(&v, "wage", "an apprentice");
	ck_assert_ptr_null(form_view_warning(&v));
	json_decref(answers);
}
END_TEST

Suite *
suite_formforms(void)
{
	return form_suite("formforms", FORM_TESTS(of_a_long_list_the_likeliest_is_taken,
	    what_another_unit_answers_is_not_asked, a_warning_is_asked_for_where_it_begins));
}
