/*
 * formfile.c - layer 5: the office's holidays from disk, for forms that count
 * working days.  Called by form.c.  Never prints, never touches the store.
 */
#include "formfile.h"

#include <stdlib.h>
#include <string.h>

#include "conf.h"

#define HOLIDAYS_MAX 512

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
