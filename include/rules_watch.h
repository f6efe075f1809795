/*
 * rules_watch.h - layer 1: why reading files may be unusual, as signs.  Part of
 * rules.h by noun.  From how many on stands in watch.conf.
 */
#ifndef TRESEN_RULES_WATCH_H
#define TRESEN_RULES_WATCH_H

#include "rules.h"

/* The names stand in watch.conf and behind "watch." in event_object. */
#define WATCH_LIST(X)                                                          \
	X(WATCH_HOUR, "hour", N_("many files in an hour"))                     \
	X(WATCH_DAY, "day", N_("many files in a day"))                         \
	X(WATCH_LISTS, "lists", N_("many searches in an hour"))                \
	X(WATCH_UNSTATED, "unstated", N_("files without a purpose"))           \
	X(WATCH_LOCKED, "locked", N_("files locked against disclosure"))       \
	X(WATCH_OWN, "own", N_("people of the same family name"))              \
	X(WATCH_HOME, "home", N_("people who live with that family name"))     \
	X(WATCH_LATE, "late", N_("outside working hours"))                     \
	X(WATCH_STOP, "stop", N_("stopped: too many files in an hour"))        \
	X(WATCH_STOP_LISTS, "stop_lists", N_("stopped: too many searches in an hour"))

enum watch_sign {
#define X(id, name, label) id,
	WATCH_LIST(X)
#undef X
	WATCH_SIGNS
};
extern const struct state_list watch_signs;

/* "watch.hour": the kind of object that notes the sign with an event. */
const char *watch_kind(enum watch_sign sign);
/* WATCH_SIGNS for a kind that is none. */
enum watch_sign watch_by_kind(const char *kind);

/* Minutes of the day, "06:30"; -1: no time. */
int watch_minutes(const char *hhmm);
/* Does somebody of this name (names of staff end with the family name) have a
 * family name in common with a person, as "HADDAD, Rania" or in any spelling? */
bool watch_same_family(struct arena *a, const char *staff, const char *person);

#endif
