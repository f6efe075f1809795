/*
 * rules_radar.h - layer 1: what ends by itself, how soon, and in which words.
 * Part of rules.h by noun: pure functions, told the day.
 *
 * Stages come as data: weeks before the end at which an item rises, blanks
 * between ("8 3 1").  The day of the end is the last day that holds.
 */
#ifndef TRESEN_RULES_RADAR_H
#define TRESEN_RULES_RADAR_H

#include "base.h"

#define RADAR_AHEAD (-1)         /* no stage reached yet */
#define RADAR_OVER 0             /* has ended */

/* The last stage that has been reached, in weeks; or one of the above. */
int radar_stage(const char *stages, int ends, int today);
/* "8 weeks", "last week", "over"; "" for RADAR_AHEAD. */
char *radar_stage_label(struct arena *a, int stage);
/* Days before the end at which the first stage is reached. */
int radar_horizon(const char *stages);
/* "ends in 6 weeks", "ends tomorrow", "ended 3 days ago" */
char *radar_distance(struct arena *a, int ends, int today);

#endif
