/*
 * harness_form.c - the form with every kind of field, filled in by keys, see
 * harness_form.h.
 */
#include "harness_form.h"

#include <stdlib.h>
#include <string.h>

#include "form_file.h"
#include "text.h"

struct form_view v;
bool redraft;

static struct form *
everything(void)
{
	struct op op = { .mem = mem };
	struct form_file file;

	ck_assert_int_eq(form_file_read(&op, "data", "tests/forms/everything.form", &file), ST_OK);
	ck_assert_msg(file.form != NULL, "%s", file.errors.count ? file.errors.text[0] : "");
	return file.form;
}

void
open_form(void)
{
	const struct form_world world = {
		.today = day_from_ymd(2026, 11, 23), .stage = FORM_INTAKE,
	};

	form_view_init(&v, mem, everything(), &world, false);
}

void
form_setup(void)
{
	mem = arena_new();
	redraft = false;
	lang_set(LANG_EN);
	open_form();
}

void
form_teardown(void)
{
	form_view_done(&v);
	arena_free(mem);
}

/* ---- keys, as dispatch hands them on ---- */

/* What one sees of a form: the draft says all of it. */
static char *
seen(void)
{
	json_t *draft = form_view_draft(&v);
	char *dump = json_dumps(draft, JSON_COMPACT | JSON_SORT_KEYS);

	json_decref(draft);
	return dump;
}

/* The client dies, and somebody sits down at another desk. */
static void
die_and_come_back(void)
{
	char *before = seen(), *after;
	json_t *draft = json_loads(before, 0, NULL);

	if (!redraft) {
		free(before);
		json_decref(draft);
		return;
	}
	form_view_done(&v);
	open_form();
	form_view_restore(&v, draft);
	json_decref(draft);
	after = seen();
	ck_assert_str_eq(after, before);
	free(before);
	free(after);
}

/* What the key did; false: nobody wants it. */
static bool
act(const char *name, unsigned *reaction)
{
	struct keymaps maps = { .typing = !v.read_only };
	const struct binding *b;
	void *on;

	keymaps_add(&maps, (struct keymap){ .table = form_view_row_bindings, .on = &v });
	keymaps_add(&maps, (struct keymap){ .table = form_view_bindings, .on = &v });
	if (form_view_edit(&v))
		keymaps_add(&maps, (struct keymap){ .table = edit_bindings,
		    .on = form_view_edit(&v) });
	b = keymaps_find(&maps, key_by_name(name, strlen(name)), &on);
	if (!b)
		return false;
	*reaction = b->act(on);
	if (on == form_view_edit(&v))
		form_view_edited(&v);
	die_and_come_back();
	return true;
}

bool
press_any(const char *name)
{
	unsigned reaction;

	return act(name, &reaction);
}

unsigned
press(const char *name)
{
	unsigned reaction = NOTHING;

	ck_assert_msg(act(name, &reaction), "%s does nothing in %s", name, form_view_at(&v));
	return reaction;
}

void
type(const char *text)
{
	for (size_t n; *text; text += n) {
		n = text_cluster(text);
		if (*text == '\t') {
			press("Tab");
			continue;
		}
		form_view_type(&v, &(struct event){ .key = (unsigned char)*text,
		    .text = arena_strndup(mem, text, n) });
		die_and_come_back();
	}
}

/* Types into a field; what is stored of it. */
const char *
stored(const char *field, const char *typed)
{
	form_view_go(&v, field);
	ck_assert_str_eq(form_view_at(&v), field);
	type(typed);
	press("Tab");
	return json_string_value(json_object_get(v.answers, field));
}

/* And what stands in it then; typed again it is the same. */
void
is_kept(const char *field, const char *typed, const char *canonical, const char *written)
{
	const char *now = stored(field, typed);

	ck_assert_msg(now && strcmp(now, canonical) == 0, "%s: %s became %s", field, typed,
	    now ? now : "nothing");
	form_view_go(&v, field);
	if (!form_view_edit(&v))
		return;
	ck_assert_str_eq(form_view_edit(&v)->text, written);
	press("^U");
	ck_assert_str_eq(stored(field, written), canonical);
}

void
is_at(const char *path)
{
	ck_assert_str_eq(form_view_at(&v), path);
}

void
answers_have(const char *text)
{
	json_t *answers = form_view_answers(&v);
	char *dump = json_dumps(answers, JSON_COMPACT | JSON_SORT_KEYS);

	ck_assert_msg(strstr(dump, text) != NULL, "no %s in %s", text, dump);
	free(dump);
	json_decref(answers);
}

const struct form_finding *
finding(const char *path, enum form_severity severity)
{
	for (size_t i = 0; i < v.state->finding_count; i++)
		if (strcmp(v.state->findings[i].path, path) == 0 &&
		    v.state->findings[i].severity == severity)
			return &v.state->findings[i];
	return NULL;
}

void
fill_all_kinds(void)
{
	is_kept("works", "y", "yes", "");
	is_kept("employer", "Roth GmbH", "Roth GmbH", "Roth GmbH");
	is_kept("start", "3.5.", "2026-05-03", "03.05.2026");
	is_kept("end", "+14", "2026-12-07", "07.12.2026");
	is_kept("hours", "38,5", "38.5", "38.5");
	is_kept("wage", "1640,5", "164050", "1,640.50");
	is_kept("shift", "8", "08:00", "08:00");
	is_kept("contract", "1.1.25 - 31.3.25", "2025-01-01/2025-03-31",
	    "01.01.2025 – 31.03.2025");
	is_kept("passport", "C01X00T47 1.5.2027", "C01X00T47/2027-05-01",
	    "C01X00T47 01.05.2027");
	is_kept("akn", "a 1234567", "A1234567", "A 1234567");
	is_kept("account", "de89370400440532013000", "DE89370400440532013000",
	    "DE89 3704 0044 0532 0130 00");
	is_kept("phone", "0171 123-4567", "01711234567", "01711234567");
	is_kept("mail", "a@example.org", "a@example.org", "a@example.org");
	is_kept("address", "Am Ring 1, 12345 Ort", "Am Ring 1, 12345 Ort", "Am Ring 1, 12345 Ort");
	is_kept("file", "2026-004711", "2026-004711", "2026-004711");
	is_kept("nationality", "syr", "SYR", "SYR");
	is_kept("language", "AR", "ar", "ar");
	is_kept("landlord", "12", "12", "12");
	is_kept("household", "12,15", "12,15", "12,15");
	is_kept("rooms", "3", "3", "3");
	is_kept("note", "one line", "one line", "one line");
	is_kept("level", "sec", "secondary", "");
}

void
add_child(const char *name, const char *born)
{
	form_view_go(&v, "children");
	press("Ins");
	type(name);
	press("Tab");
	type(born);
}

Suite *
form_suite(const char *name, const TTest *const *tests)
{
	Suite *s = suite_create(name);
	TCase *t = tcase_create(name);

	tcase_add_checked_fixture(t, form_setup, form_teardown);
	for (size_t i = 0; tests[i]; i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(s, t);
	return s;
}
