/*
 * shipped.c - unit tests of the forms that ship: each is sound with its
 * examples, fits the catalogue, and fits the screen.
 */
#include <check.h>
#include <glob.h>
#include <libconfig.h>
#include <stdio.h>
#include <string.h>

#include "form_example.h"
#include "form_read.h"
#include "text.h"

Suite *suite_shipped(void);

#define LABEL_COLUMNS 25
#define ASK_COLUMNS 140          /* two lines of the screen */
#define EXAMPLES_LEAST 3
#define SERVICES_LEAST 18
#define NOT_OF_A_SERVICE 2       /* person and household */

static struct arena *mem;
static glob_t found;
static struct form **forms;      /* in the order of found */
static config_t services, checklists, units;

/* ---- reading ---- */

static const char *
file_text(const char *path)
{
	FILE *file = fopen(path, "re");
	char *text = arena_alloc(mem, 1 << 18);
	size_t n;

	if (!file)
		return NULL;
	n = fread(text, 1, (1 << 18) - 1, file);
	fclose(file);
	text[n] = '\0';
	return text;
}

static const struct form_list *
find_list(void *self, const char *name)
{
	const char *path = arena_printf(mem, "data/catalogue/lists/%s.conf", name);
	const char *text = file_text(path);
	struct form_errors errors;

	(void)self;
	return text ? form_list_parse(mem, path, text, &errors) : NULL;
}

static void
open_conf(config_t *c, const char *path)
{
	config_init(c);
	ck_assert_msg(config_read_file(c, path) == CONFIG_TRUE, "%s:%d: %s", path,
	              config_error_line(c), config_error_text(c));
}

static void
setup(void)
{
	const struct form_lists lists = { .find = find_list };
	struct form_errors errors;

	mem = arena_new();
	lang_set(LANG_EN);
	ck_assert_int_eq(glob("forms/*.form", 0, NULL, &found), 0);
	forms = arena_array(mem, struct form *, found.gl_pathc);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		forms[i] = form_parse_with(mem, found.gl_pathv[i], file_text(found.gl_pathv[i]),
		                           &lists, &errors);
		ck_assert_msg(forms[i] != NULL, "%s", errors.count ? errors.text[0] : "no error");
		ck_assert_msg(errors.note_count == 0, "%s",
		              errors.note_count ? errors.notes[0] : "");
	}
	open_conf(&services, "data/catalogue/services.conf");
	open_conf(&checklists, "data/catalogue/checklists.conf");
	open_conf(&units, "data/catalogue/units.conf");
}

static void
teardown(void)
{
	config_destroy(&services);
	config_destroy(&checklists);
	config_destroy(&units);
	globfree(&found);
	arena_free(mem);
}

/* ---- the catalogue ---- */

/* The entry of a list whose setting has that value; NULL if there is none. */
static config_setting_t *
entry_of(const config_setting_t *list, const char *setting, const char *value)
{
	for (int i = 0; i < config_setting_length(list); i++) {
		config_setting_t *entry = config_setting_get_elem(list, (unsigned)i);
		const char *text;

		if (config_setting_lookup_string(entry, setting, &text) && strcmp(text, value) == 0)
			return entry;
	}
	return NULL;
}

static bool
is_unit(const char *code)
{
	return entry_of(config_lookup(&units, "units"), "code", code) != NULL;
}

static bool
is_paper(const char *key)
{
	const config_setting_t *lists = config_lookup(&checklists, "checklists");

	for (int i = 0; i < config_setting_length(lists); i++) {
		const config_setting_t *list = config_setting_get_elem(lists, (unsigned)i);

		if (entry_of(config_setting_get_member(list, "items"), "key", key))
			return true;
	}
	return false;
}

static bool
is_among(const char *key, const char *const *keys, size_t n)
{
	size_t i = 0;

	while (i < n && strcmp(keys[i], key) != 0)
		i++;
	return i < n;
}

/* ---- tests ---- */

START_TEST(every_example_comes_true)
{
	const struct form_world world = { .today = day_from_ymd(2026, 11, 23),
		.stage = FORM_INTAKE };

	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char **red;
		size_t n = form_examples_run(mem, forms[i], found.gl_pathv[i], &world, &red);

		ck_assert_msg(n == 0, "%s", n ? red[0] : "");
		ck_assert_msg(forms[i]->service_count == 0 ||
		              forms[i]->example_count >= EXAMPLES_LEAST, "%s has %zu examples",
		              found.gl_pathv[i], forms[i]->example_count);
	}
}
END_TEST

/* A service opens the form that says it is for that service, and only that. */
START_TEST(services_and_forms_name_each_other)
{
	const config_setting_t *list = config_lookup(&services, "services");
	size_t served = 0, named = 0;

	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < forms[i]->service_count; k++, served++) {
			const config_setting_t *entry = entry_of(list, "code", forms[i]->services[k]);
			const char *form = "";

			ck_assert_msg(entry != NULL, "no service %s", forms[i]->services[k]);
			config_setting_lookup_string(entry, "form", &form);
			ck_assert_str_eq(form, forms[i]->key);
			ck_assert_int_eq(forms[i]->life, FORM_IS_PUBLISHED);
		}
	for (int i = 0; i < config_setting_length(list); i++)
		named += config_setting_get_member(config_setting_get_elem(list, (unsigned)i),
		                                   "form") != NULL;
	ck_assert_uint_eq(served, named);
	ck_assert_uint_ge(found.gl_pathc, SERVICES_LEAST + NOT_OF_A_SERVICE);
}
END_TEST

START_TEST(units_and_papers_are_those_of_the_catalogue)
{
	const config_setting_t *lists = config_lookup(&checklists, "checklists");

	for (size_t i = 0; i < found.gl_pathc; i++) {
		const struct form *f = forms[i];

		for (size_t k = 0; k < f->every_count; k++)
			ck_assert_msg(!f->every[k]->owner || is_unit(f->every[k]->owner),
			              "%s: owner of %s", f->key, f->every[k]->key);
		for (size_t k = 0; k < f->route_count; k++)
			ck_assert_msg(is_unit(f->routes[k].unit), "%s: %s", f->key, f->routes[k].unit);
		for (size_t k = 0; k < f->document_count; k++) {
			const struct form_document *d = &f->documents[k];

			ck_assert_msg(!d->key || is_paper(d->key), "%s: %s", f->key, d->key);
			ck_assert_msg(!d->list || entry_of(lists, "code", d->list), "%s: %s", f->key,
			              d->list);
		}
	}
}
END_TEST

/* What the register says of the person is filled in by these keys alone: so a
 * new address, or the birth of a child, must be called otherwise. */
START_TEST(the_register_fills_in_only_what_it_knows)
{
	static const char *const of_record[] = {
		"family", "given", "born", "sex", "nationality", "language", "phone", "address",
	};
	static const char *const meant[] = {
		"complaint.phone", "complaint.language", "residence_issue.born",
		"temporary_protection.nationality",
	};

	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < forms[i]->every_count; k++) {
			const struct form_field *field = forms[i]->every[k];

			if (forms[i]->service_count > 0 && !field->parent &&
			    is_among(field->key, of_record, COUNT_OF(of_record)))
				ck_assert_msg(is_among(arena_printf(mem, "%s.%s", forms[i]->key,
				    field->key), meant, COUNT_OF(meant)), "%s: is %s that of the record?",
				    forms[i]->key, field->key);
		}
}
END_TEST

/* "Can you wait, or do you need help today?" has no yes and no no. */
START_TEST(a_yes_or_no_is_asked_for_one_thing)
{
	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < forms[i]->every_count; k++) {
			const struct form_field *field = forms[i]->every[k];
			const char *ask = form_text_in(&field->ask, "de");

			ck_assert_msg(field->type != FORM_YES_NO || !ask || !strstr(ask, ", oder brauchen"),
			    "%s: %s", forms[i]->key, field->key);
		}
}
END_TEST

/* Laws are cited in German, as the forms do: nobody finds a "Land reception act". */
START_TEST(what_a_service_rests_on_is_cited_in_german)
{
	static const char *const english[] = { "act", "rule", "rules", "programme", "applies",
		"consent", "law" };
	const config_setting_t *all = config_lookup(&services, "services");

	for (int i = 0; i < config_setting_length(all); i++) {
		const char *basis = "";

		config_setting_lookup_string(config_setting_get_elem(all, (unsigned)i), "basis", &basis);
		for (size_t k = 0; k < COUNT_OF(english); k++)
			ck_assert_msg(!strstr(arena_printf(mem, " %s ", basis),
			    arena_printf(mem, " %s ", english[k])), "%s", basis);
	}
}
END_TEST

/* They are shown with commas between them. */
START_TEST(choices_of_several_have_no_commas)
{
	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < forms[i]->every_count; k++) {
			const struct form_field *field = forms[i]->every[k];

			for (size_t c = 0; field->type == FORM_CHOICES && c < field->choice_count; c++)
				for (int l = 0; l < FORM_LANGS; l++)
					ck_assert_msg(!strchr(field->choices[c].label.in[l], ','),
					    "%s: %s", forms[i]->key, field->choices[c].label.in[l]);
		}
}
END_TEST

/* "in drei Tagen" is the third day from now; "innerhalb von" is any until then. */
START_TEST(a_term_is_the_same_in_both_languages)
{
	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < forms[i]->urgency_count; k++) {
			const struct form_text *text = &forms[i]->urgencies[k].text;
			const char *en = text->in[LANG_EN], *de = text->in[LANG_DE];

			if (en && de && strstr(en, "within"))
				ck_assert_msg(strstr(de, "innerhalb") != NULL, "%s: %s",
				    found.gl_pathv[i], de);
		}
}
END_TEST

START_TEST(labels_fit_their_column)
{
	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < forms[i]->every_count; k++)
			for (int l = 0; l < FORM_LANGS; l++) {
				const char *label = forms[i]->every[k]->label.in[l];

				ck_assert_msg(text_width(label) <= LABEL_COLUMNS, "%s: %s",
				              forms[i]->key, label);
			}
}
END_TEST

/* Short questions that somebody with little German can follow. */
static void
check_question(const struct form *f, const struct form_field *field)
{
	const char *ask = field->ask.in[LANG_DE];
	bool wanted = f->service_count > 0 && !field->parent && field->required == FORM_INTAKE;

	ck_assert_msg(ask || !wanted, "%s: nobody can ask for %s", f->key, field->key);
	ck_assert_msg(!ask || (text_width(ask) < ASK_COLUMNS && strchr("?.", ask[strlen(ask) - 1])),
	              "%s: %s", f->key, ask);
}

/* What is to be answered goes on a slip, unless the office answers it: the form
 * says which, by its question or plainly. */
static void
check_asks(const struct form *f, const struct form_field *field)
{
	bool wanted = f->service_count > 0 && !field->parent && !field->compute &&
	    field->required != FORM_NEVER;

	ck_assert_msg(!wanted || field->ask.in[LANG_DE] || field->asks != FORM_ASKS_UNSAID,
	              "%s: who answers %s?", f->key, field->key);
}

START_TEST(who_answers_is_said)
{
	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < forms[i]->every_count; k++)
			check_asks(forms[i], forms[i]->every[k]);
}
END_TEST

START_TEST(what_is_needed_at_the_counter_can_be_asked)
{
	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < forms[i]->every_count; k++)
			check_question(forms[i], forms[i]->every[k]);
}
END_TEST

Suite *
suite_shipped(void)
{
	Suite *s = suite_create("shipped");
	TCase *t = tcase_create("shipped");

	tcase_add_unchecked_fixture(t, setup, teardown);
	tcase_add_test(t, every_example_comes_true);
	tcase_add_test(t, services_and_forms_name_each_other);
	tcase_add_test(t, units_and_papers_are_those_of_the_catalogue);
	tcase_add_test(t, the_register_fills_in_only_what_it_knows);
	tcase_add_test(t, a_yes_or_no_is_asked_for_one_thing);
	tcase_add_test(t, what_a_service_rests_on_is_cited_in_german);
	tcase_add_test(t, choices_of_several_have_no_commas);
	tcase_add_test(t, a_term_is_the_same_in_both_languages);
	tcase_add_test(t, labels_fit_their_column);
	tcase_add_test(t, who_answers_is_said);
	tcase_add_test(t, what_is_needed_at_the_counter_can_be_asked);
	suite_add_tcase(s, t);
	return s;
}
