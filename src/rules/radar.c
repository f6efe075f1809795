/*
 * radar.c - layer 1: stages before an end, and the words for them.  Called by
 * service/radar.c and command/radar.c.  Pure.
 */
#include "rules_radar.h"

#include <stdlib.h>

#define WEEK 7
#define COUNT_IN_WEEKS 14        /* days; below people count days */

int
radar_stage(const char *stages, int ends, int today)
{
	int reached = RADAR_AHEAD;
	char *rest;

	if (ends < today)
		return RADAR_OVER;
	for (long weeks = strtol(stages, &rest, 10); rest != stages;
	     stages = rest, weeks = strtol(stages, &rest, 10))
		if (ends - today <= weeks * WEEK && (reached < 0 || weeks < reached))
			reached = (int)weeks;
	return reached;
}

char *
radar_stage_label(struct arena *a, int stage)
{
	if (stage == RADAR_AHEAD)
		return arena_strdup(a, "");
	if (stage == RADAR_OVER)
		return arena_strdup(a, _("over"));
	if (stage == 1)
		return arena_strdup(a, _("last week"));
	return arena_printf(a, tr_n("%d week", "%d weeks", stage), stage);
}

int
radar_horizon(const char *stages)
{
	long most = 0;
	char *rest;

	for (long weeks = strtol(stages, &rest, 10); rest != stages;
	     stages = rest, weeks = strtol(stages, &rest, 10))
		most = weeks > most ? weeks : most;
	return (int)most * WEEK;
}

static char *
ended(struct arena *a, int days)
{
	if (days == 1)
		return arena_strdup(a, _("ended yesterday"));
	if (days < COUNT_IN_WEEKS)
		return arena_printf(a, tr_n("ended %d day ago", "ended %d days ago", days), days);
	return arena_printf(a, tr_n("ended %d week ago", "ended %d weeks ago", days / WEEK),
	                    days / WEEK);
}

char *
radar_distance(struct arena *a, int ends, int today)
{
	int days = ends - today;

	if (days < 0)
		return ended(a, -days);
	if (days == 0)
		return arena_strdup(a, _("ends today"));
	if (days == 1)
		return arena_strdup(a, _("ends tomorrow"));
	if (days < COUNT_IN_WEEKS)
		return arena_printf(a, tr_n("ends in %d day", "ends in %d days", days), days);
	return arena_printf(a, tr_n("ends in %d week", "ends in %d weeks", days / WEEK),
	                    days / WEEK);
}
