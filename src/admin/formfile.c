/*
 * formfile.c - layer 5: form files and code lists from disk.  Called by
 * catalogue.c and form.c.  Never prints, never touches the store.
 */
#include "formfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"

#define BYTES_MAX (256 * 1024)
#define HOLIDAYS_MAX 512

enum status
form_text_read(struct op *op, const char *path, const char **text)
{
	FILE *f = fopen(path, "re");
	char *bytes;
	size_t n;

	if (!f)
		return op_fail(op, ST_NOT_FOUND, _("%s cannot be read."), path);
	*text = bytes = arena_alloc(op->mem, BYTES_MAX + 1);
	n = fread(bytes, 1, BYTES_MAX + 1, f);
	fclose(f);
	if (n > BYTES_MAX)
		return op_fail(op, ST_INVALID, _("%s is too long for a form."), path);
	bytes[n] = '\0';
	return ST_OK;
}

/* ---- code lists ---- */

struct shelf {
	struct op *op;
	const char *folder;
	struct form_errors *errors; /* of the first list that is not sound */
	bool broken;
};

static const struct form_list *
find_list(void *self, const char *name)
{
	struct shelf *s = self;
	const char *path = arena_printf(s->op->mem, "%s/catalogue/lists/%s.conf", s->folder, name);
	struct form_errors errors;
	struct form_list *list;
	const char *text = NULL;

	if (form_text_read(s->op, path, &text) != ST_OK)
		return NULL;
	list = form_list_parse(s->op->mem, arena_printf(s->op->mem, "lists/%s.conf", name), text,
	                       &errors);
	if (!list && !s->broken) {
		s->broken = true;
		*s->errors = errors;
	}
	return list;
}

enum status
form_file_read(struct op *op, const char *folder, const char *path, struct form_file *file)
{
	struct form_errors of_list = { 0 };
	struct shelf shelf = { .op = op, .folder = folder, .errors = &of_list };
	struct form_lists lists = { find_list, &shelf };
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	const char *text = NULL;

	TRY(form_text_read(op, path, &text));
	*file = (struct form_file){ .path = path, .source = text };
	file->form = form_parse_with(op->mem, name, text, &lists, &file->errors);
	op->fail = (struct failure){ 0 };    /* a list that is not there is an error of the form */
	if (shelf.broken)
		file->errors = of_list;
	if (shelf.broken)
		file->form = NULL;
	return ST_OK;
}

/* ---- holidays ---- */

static int
by_day(const void *one, const void *two)
{
	const int *a = one, *b = two;

	return (*a > *b) - (*a < *b);
}

static enum status
office_land(struct op *op, const char *folder, const char **land)
{
	struct conf c;
	config_setting_t *office;
	enum status s;

	TRY(conf_open(op, folder, "catalogue/office.conf", &c));
	s = conf_top(&c, "office", &office);
	if (s == ST_OK)
		s = conf_text(&c, office, "land", CONF_MUST, land);
	if (s == ST_OK)
		*land = arena_strdup(op->mem, *land);
	conf_close(&c);
	return s;
}

static enum status
read_holidays(struct conf *c, const config_setting_t *list, const char *land, int *days,
              size_t *n)
{
	for (int i = 0; i < config_setting_length(list) && *n < HOLIDAYS_MAX; i++) {
		const config_setting_t *entry = config_setting_get_elem(list, (unsigned)i);
		const char *day = NULL, *lands = NULL;

		TRY(conf_day(c, entry, "day", CONF_MUST, &day));
		TRY(conf_text(c, entry, "lands", CONF_MAY, &lands));
		if ((!lands || strstr(lands, land)) && day_parse(day, &days[*n]))
			++*n;
	}
	return ST_OK;
}

enum status
form_file_holidays(struct op *op, const char *folder, struct form_world *world)
{
	int *days = arena_array(op->mem, int, HOLIDAYS_MAX);
	const char *land = "";
	config_setting_t *list;
	struct conf c;
	enum status s;

	TRY(office_land(op, folder, &land));
	TRY(conf_open(op, folder, "catalogue/holidays.conf", &c));
	s = conf_top(&c, "holidays", &list);
	if (s == ST_OK)
		s = read_holidays(&c, list, land, days, &world->holiday_count);
	conf_close(&c);
	if (s != ST_OK)
		return s;
	qsort(days, world->holiday_count, sizeof(*days), by_day);
	world->holidays = days;
	return ST_OK;
}
