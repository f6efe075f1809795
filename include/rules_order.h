/*
 * rules_order.h - layer 1: who is next and why; days.  Part of rules.h by
 * noun: pure functions, told the time.
 */
#ifndef TRESEN_RULES_ORDER_H
#define TRESEN_RULES_ORDER_H

#include "rules.h"

/* ---- order: who is next, and why ---- */

/*
 * Waiting room: by arrival less the lane's bonus.  The bonus is finite, so
 * nobody waits for ever: whoever came more than the bonus later comes later.
 */
int64_t visit_rank(int64_t arrived_at, int bonus_minutes);

struct waiting {
	int64_t now, arrived_at;
	int bonus_minutes;
	const char *lane_label;
	int limit_minutes;       /* longest wait the house promises */
	bool first;              /* nobody waits longer */
	bool back;               /* was parked or absent and came back */
	int day, today;          /* an earlier day: left over, in no order */
};
/* "waited longest (limit 40)", "came yesterday" */
char *visit_why(struct arena *mem, const struct waiting *w);
/* Minutes a newcomer waits, as a range in steps of five. */
void wait_estimate(int waiting, int counters, int minutes_each, int *low, int *high);

/*
 * Queue: by the day it is due, but no later than age_limit days after it was
 * opened; each time the person asked again moves it a day up.
 */
int case_rank(int due, int opened, int asked, int age_limit);

struct pending {
	int today, due, opened, asked, age_limit;
	int wait_until;          /* DAY_NONE unless on hold */
	bool title_ends;         /* due because a title ends that day */
	bool urgent;             /* due because its form says so */
	bool soon;               /* ... but not so much */
	enum case_state state;
};
/* "title ends tomorrow; waiting 12 days" */
char *case_why(struct arena *mem, const struct pending *p);

/* Whole minutes and days from one to the other; none where the clock was set back. */
int minutes_waited(int64_t since, int64_t until);
int days_waited(int since, int until);

/* ---- days ---- */

/* The n-th working day after day; holidays ascending (§ 31(3) VwVfG). */
int working_day_after(int day, int n, const int *holidays, size_t n_holidays);
/* "today", "tomorrow", "in 3 days", "2 days ago" */
char *day_distance(struct arena *mem, int day, int today);
/* YYYY, YYYY-MM or YYYY-MM-DD, not after today and not before 1880. */
bool birth_valid(const char *born, int today);
/* The same from what people write: "3.5.1990", "5.1990", "1990-05"; false if
 * it is no date of birth. */
bool birth_read(const char *typed, int today, char born[static 11]);

#endif
