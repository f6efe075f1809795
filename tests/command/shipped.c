/*
 * shipped.c - each form that ships goes the way of a case: taken in at the
 * counter with the answers of its first example, handed over to the unit it
 * names, what only that unit answers is answered there, decided.
 */
#include "harness_desk.h"

#include <glob.h>
#include <libconfig.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_shipped(void);


static json_t *json_of(const config_setting_t *s);

static json_t *
json_rows(const config_setting_t *s)
{
	json_t *list = json_array();

	for (int i = 0; i < config_setting_length(s); i++)
		json_array_append_new(list, json_of(config_setting_get_elem(s, (unsigned)i)));
	return list;
}

static json_t *
json_of(const config_setting_t *s)
{
	json_t *group;

	if (config_setting_type(s) == CONFIG_TYPE_STRING)
		return json_string(config_setting_get_string(s));
	if (config_setting_type(s) == CONFIG_TYPE_INT)
		return json_integer(config_setting_get_int(s));
	if (!config_setting_is_group(s))
		return json_rows(s);
	group = json_object();
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *one = config_setting_get_elem(s, (unsigned)i);

		json_object_set_new(group, config_setting_name(one), json_of(one));
	}
	return group;
}

/* Keys of the fields that another unit than the counter answers. */
static json_t *
owned(const config_t *form)
{
	const config_setting_t *sections = config_lookup(form, "sections");
	json_t *keys = json_object();

	for (int i = 0; i < config_setting_length(sections); i++) {
		const config_setting_t *fields = config_setting_get_member(
		    config_setting_get_elem(sections, (unsigned)i), "fields");

		for (int k = 0; k < config_setting_length(fields); k++) {
			const config_setting_t *field = config_setting_get_elem(fields, (unsigned)k);
			const char *key, *owner;

			if (config_setting_lookup_string(field, "owner", &owner) &&
			    config_setting_lookup_string(field, "key", &key))
				json_object_set_new(keys, key, json_string(owner));
		}
	}
	return keys;
}

/* Why each thing that the example is warned of is right. */
static json_t *
reasons_of(const config_setting_t *example)
{
	const config_setting_t *warned = config_setting_get_member(example, "warnings");
	json_t *reasons = json_object();

	for (int i = 0; warned && i < config_setting_length(warned); i++)
		json_object_set_new(reasons, config_setting_get_string_elem(warned, i),
		    json_string("seen and right"));
	return reasons;
}

static const char *
clerk_of(const char *unit)
{
	return strcmp(unit, "benefits") == 0 ? "ben1" : strcmp(unit, "social_work") == 0 ? "soc1"
	     : strcmp(unit, "residence") == 0 ? "res1" : "front1";
}

/* Hands the case over where its form says; the desk of the unit that has it. */
static struct desk *
hand_over(struct office *o, struct desk *front, int64_t id)
{
	json_t *r = desk_do(front, "handover.offer", "{s:I, s:s}", "case", id, "reason", "follows");
	int64_t handover = num(r, "handover.id");
	struct desk *d = desk_open(o, clerk_of(str(r, "handover.to")));

	desk_do(d, "handover.accept", "{s:I}", "id", handover);
	return d;
}

static void
go_round(struct office *o, struct desk *front, const config_t *form, const char *service)
{
	const config_setting_t *example = config_setting_get_elem(
	    config_lookup(form, "examples"), 0);
	json_t *given = json_of(config_setting_get_member(example, "given"));
	json_t *theirs = json_object(), *keys = owned(form), *value, *r;
	struct desk *d = front;
	const char *key;
	int64_t id;

	json_object_foreach(keys, key, value)
		if (json_object_get(given, key)) {
			json_object_set(theirs, key, json_object_get(given, key));
			json_object_del(given, key);
		}
	r = desk_do(front, "case.open", "{s:I, s:s, s:o, s:o}", "person",
	    a_person(front, service), "service", service, "form", given, "reasons",
	    reasons_of(example));
	id = num(r, "case.id");
	if (strcmp(str(r, "case.state"), "intake") == 0)
		d = hand_over(o, front, id);
	desk_do(d, "case.claim", "{s:I}", "id", id);
	if (json_object_size(theirs) > 0)
		desk_do(d, "case.answer", "{s:I, s:O}", "id", id, "answers", theirs);
	r = desk_do(d, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted", "reason",
	    "the rest is in the file");
	ck_assert_str_eq(str(r, "case.state"), "decided");
	json_decref(theirs);
	json_decref(keys);
	if (d != front)
		desk_close(d);
}

START_TEST(every_form_goes_the_way_of_a_case)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	glob_t found;

	ck_assert_int_eq(glob("forms/*.form", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const config_setting_t *services;
		config_t form;

		config_init(&form);
		ck_assert_int_eq(config_read_file(&form, found.gl_pathv[i]), CONFIG_TRUE);
		services = config_lookup(&form, "services");
		for (int k = 0; services && k < config_setting_length(services); k++)
			go_round(o, front, &form, config_setting_get_string_elem(services, k));
		config_destroy(&form);
	}
	globfree(&found);
	desk_close(front);
	office_sound(o);
	office_free(o);
}
END_TEST

Suite *
suite_shipped(void)
{
	Suite *s = suite_create("shipped");
	TCase *t = tcase_create("shipped");

	tcase_add_test(t, every_form_goes_the_way_of_a_case);
	suite_add_tcase(s, t);
	return s;
}
