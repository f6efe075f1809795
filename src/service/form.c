/*
 * form.c - layer 3: forms as the office has them, and the world in which their
 * answers are judged.  Called by commands and the other files of service/.
 */
#include "service_form.h"

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

enum status
form_load(struct op *op, const char *key, int version, const struct form **form, int *found)
{
	struct form_lists lists = { form_list_named, op };
	struct form_errors errors;
	const char *source;

	*form = NULL;
	TRY(store_form_find(op, key, version, found, &source));
	if (!source)
		return ST_OK;
	*form = form_open(op->mem, key, source, &lists, &errors);
	if (!*form)
		bug("stored form %s %d: %s", key, *found, errors.text[0]);
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
