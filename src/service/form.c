/*
 * form.c - layer 3: forms as the office has them, and the world in which their
 * answers are judged.  Called by commands and the other files of service/.
 */
#include "service_form.h"

#include <string.h>

#include "form_read.h"
#include "store_form.h"

const struct form_list *
form_list_named(void *self, const char *name)
{
	struct op *op = self;
	struct form_errors errors;
	const char *source;
	int version;

	if (store_list_find(op, name, &version, &source) != ST_OK || !source)
		return NULL;
	return form_list_parse(op->mem, name, source, &errors);
}

/* A form that this action has read: reading one takes longer than all else. */
struct known_form {
	const char *key;
	int version;
	const struct form *form;
	struct known_form *next;
};

static const struct form *
known(const struct op *op, const char *key, int version)
{
	const struct known_form *k = op->forms;

	while (k && (k->version != version || strcmp(k->key, key) != 0))
		k = k->next;
	return k ? k->form : NULL;
}

static void
know(struct op *op, const char *key, int version, const struct form *form)
{
	struct known_form *k = arena_make(op->mem, struct known_form);

	*k = (struct known_form){ arena_strdup(op->mem, key), version, form, op->forms };
	op->forms = k;
}

enum status
form_load(struct op *op, const char *key, int version, const struct form **form, int *found)
{
	struct form_lists lists = { form_list_named, op };
	struct form_errors errors;
	const char *source;

	*found = version;
	*form = version ? known(op, key, version) : NULL;
	if (*form)
		return ST_OK;
	TRY(store_form_find(op, key, version, found, &source));
	if (!source || (*form = known(op, key, *found)))
		return ST_OK;
	*form = form_open(op->mem, key, source, &lists, &errors);
	if (!*form)
		bug("stored form %s %d: %s", key, *found, errors.text[0]);
	know(op, key, *found, *form);
	return ST_OK;
}

enum status
form_world_now(struct op *op, enum form_stage stage, struct form_world *world)
{
	size_t n;
	int *days;

	/* from the start: answers may lie in the past */
	TRY(store_holidays(op, day_from_ymd(1990, 1, 1), &days, &n));
	*world = (struct form_world){ .today = op->today, .stage = stage, .holidays = days,
		.holiday_count = n };
	return ST_OK;
}

enum status
case_form(struct op *op, const struct case_file *c, const struct form **form)
{
	int version;

	*form = NULL;
	/* of a service that got its form later, older cases have none */
	if (!c->form || !c->form_version)
		return ST_OK;
	return form_load(op, c->form, c->form_version, form, &version);
}
