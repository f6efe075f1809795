/*
 * harness_look.c - what an office has kept of looks, see harness_look.h.
 */
#include "harness_look.h"

#include <stdio.h>

struct office *o;
struct desk *d;

void
looks_begin(void)
{
	o = office_new();
	d = desk_open(o, "front1");
}

void
looks_end(void)
{
	desk_close(d);
	office_sound(o);
	office_free(o);
}

int64_t
looks(const char *command, const char *kind, int64_t person)
{
	char sql[300];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event e JOIN event_object b"
	    " ON b.seq = e.seq WHERE e.command = '%s' AND b.kind = '%s' AND b.id = %lld"
	    " AND e.topics & 127 = 0 AND length(e.changeset) = 0", command, kind,
	    (long long)person);
	return office_number_of(o, sql);
}

int64_t
all_looks(void)
{
	return office_number_of(o, "SELECT count(DISTINCT seq) FROM event_object"
	    " WHERE kind IN ('look', 'hit')");
}

void
purpose_is(int64_t person, const char *command, const char *purpose)
{
	char sql[300];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event e JOIN event_object b ON b.seq = e.seq"
	    " WHERE e.command = '%s' AND b.kind = 'look' AND b.id = %lld AND e.reason IS '%s'",
	    command, (long long)person, purpose);
	ck_assert_msg(office_number_of(o, sql) == 1, "%s at %lld: not %s", command,
	    (long long)person, purpose);
}
