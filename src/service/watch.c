/*
 * watch.c - layer 3: is this reading unusual?  Called by the engine for each
 * look, before it is kept: what is noted then is as provable as the look.
 */
#include "service_look.h"

#include <string.h>

#include "service.h"
#include "text.h"

#define HOUR 3600
#define TOLD_ONCE_IN 600         /* seconds: a script that is refused writes no flood of events */

struct watch {
	struct op *op;
	int64_t person, midnight;
	int most[WATCH_SIGNS];
};

/* n looks have the sign, this one counted: noted, and told at the very number. */
static void
note(const struct watch *w, enum watch_sign sign, int64_t n, bool each)
{
	if (w->most[sign] == 0 || (!each && n < w->most[sign]))
		return;
	op_touch(w->op, watch_kind(sign), w->person);
	if (n == w->most[sign])
		op_touch(w->op, LOOK_ALARM, sign);
}

/* The refusal takes the place of the looks; told to the officer now and then. */
static enum status
refuse(const struct watch *w, enum watch_sign sign)
{
	struct op *op = w->op;
	int64_t told;

	op->touched = NULL;
	op->reason = NULL;
	TRY(store_look_events(op, LOOK_REFUSED, op->now - TOLD_ONCE_IN + 1, &told));
	if (told == 0) {
		op_touch(op, LOOK_REFUSED, w->person);
		op_touch(op, watch_kind(sign), w->person);
		op_touch(op, LOOK_ALARM, sign);
	}
	return op_fail(op, ST_DENIED, sign == WATCH_STOP
	    ? _("You have opened %d files within an hour. Nothing more is shown for now, and the "
	        "data protection officer has been told. Talk to them or to your supervisor.")
	    : _("You have searched %d times within an hour. Nothing more is shown for now, and the "
	        "data protection officer has been told. Talk to them or to your supervisor."),
	    w->most[sign]);
}

/* A sign that counts different files of this day. */
static enum status
note_kind(const struct watch *w, enum watch_sign sign)
{
	int64_t n;

	if (w->most[sign] == 0)
		return ST_OK;
	TRY(store_look_people(w->op, watch_kind(sign), w->midnight, w->person, &n));
	note(w, sign, n + 1, true);
	return ST_OK;
}

static enum status
is_late(struct op *op, bool *late)
{
	const char *from, *until;
	int *holidays, now;
	char hhmm[6];
	size_t n;

	TRY(store_office_get(op, "work_from", &from));
	TRY(store_office_get(op, "work_until", &until));
	now = watch_minutes(clock_hhmm(op->now, hhmm));
	*late = *from && *until && (now < watch_minutes(from) || now >= watch_minutes(until) ||
	    day_weekday(op->today) >= 5);
	if (*late || !*from)
		return ST_OK;
	TRY(store_holidays(op, op->today, &holidays, &n));
	*late = n > 0 && holidays[0] == op->today;
	return ST_OK;
}

/* How many files: this one counts, whether it was among them already or not. */
static enum status
count_files(const struct watch *w)
{
	int64_t hour, day;

	TRY(store_look_files(w->op, w->op->now - HOUR + 1, w->person, &hour));
	if (w->most[WATCH_STOP] > 0 && hour >= w->most[WATCH_STOP])
		return refuse(w, WATCH_STOP);
	TRY(store_look_files(w->op, w->midnight, w->person, &day));
	note(w, WATCH_HOUR, hour + 1, false);
	note(w, WATCH_DAY, day + 1, false);
	return ST_OK;
}

/* The reader's own family name: the person's, or of somebody who lives there. */
static enum status
watch_family(const struct watch *w, const char *name)
{
	struct op *op = w->op;
	const char **home;
	size_t n;

	if (w->most[WATCH_OWN] > 0 && watch_same_family(op->mem, op->by->name, name))
		return note_kind(w, WATCH_OWN);
	if (w->most[WATCH_HOME] == 0)
		return ST_OK;
	TRY(store_look_home(op, w->person, &home, &n));
	for (size_t i = 0; i < n; i++)
		if (watch_same_family(op->mem, op->by->name, home[i]))
			return note_kind(w, WATCH_HOME);
	return ST_OK;
}

static enum status
watch_file(const struct watch *w)
{
	const char *name;
	bool locked, late;

	TRY(count_files(w));
	TRY(store_look_person(w->op, w->person, &name, &locked));
	if (!w->op->reason)
		TRY(note_kind(w, WATCH_UNSTATED));
	if (locked)
		TRY(note_kind(w, WATCH_LOCKED));
	TRY(watch_family(w, name));
	TRY(is_late(w->op, &late));
	return late ? note_kind(w, WATCH_LATE) : ST_OK;
}

static enum status
watch_list(struct watch *w)
{
	int64_t n;

	if (!w->op->touched)
		return ST_OK;
	w->person = w->op->touched->id;
	TRY(store_look_events(w->op, LOOK_HIT, w->op->now - HOUR + 1, &n));
	if (w->most[WATCH_STOP_LISTS] > 0 && n >= w->most[WATCH_STOP_LISTS])
		return refuse(w, WATCH_STOP_LISTS);
	note(w, WATCH_LISTS, n + 1, false);
	return ST_OK;
}

static enum status
begin(struct op *op, struct watch *w)
{
	*w = (struct watch){ .op = op, .midnight = clock_midnight(op->today),
		.person = look_main(op) };
	return store_watch_list(op, role_name(op->by->role), w->most);
}

enum status
watch_reading(struct op *op)
{
	const struct touched *looks = op->touched;
	struct watch w;

	TRY(begin(op, &w));
	if (!w.person)
		return watch_list(&w);
	for (const struct touched *t = looks; t; t = t->next)
		if (strcmp(t->kind, LOOK_FILE) == 0) {
			w.person = t->id;
			TRY(watch_file(&w));
		}
	return ST_OK;
}

enum status
watch_limit(struct op *op)
{
	struct watch w;
	int64_t hour;

	if (op->command && strcmp(op->command, LOOK_MAKES) == 0)
		return ST_OK;
	TRY(begin(op, &w));
	TRY(store_look_files(op, op->now - HOUR + 1, w.person, &hour));
	return w.most[WATCH_STOP] > 0 && hour >= w.most[WATCH_STOP] ? refuse(&w, WATCH_STOP)
	                                                            : ST_OK;
}
