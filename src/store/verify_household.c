/*
 * verify_household.c - layer 2: do the periods of people and households agree?
 * Called by tresen-admin check.  Names rows by their number, never people.
 */
#include "verify.h"

#define END "'9999-12-31'"

static enum status
look(struct op *op, struct faults *f, const char *sql, const char *sentence)
{
	sqlite3_stmt *q = db_query(op, sql);
	int64_t n = 0;
	enum status s;

	while (db_next(op, q, &s)) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		fault_add(op, f, &n, tr(sentence), (long long)col_int(q, 0));
#pragma GCC diagnostic pop
	}
	return s;
}

/* A person lives in one household at a time. */
static enum status
look_at_people(struct op *op, struct faults *f)
{
	static const char sql[] =
	    "SELECT DISTINCT a.person_id FROM household_member a JOIN household_member b"
	    " ON b.person_id = a.person_id AND b.id > a.id"
	    " AND b.from_day <= coalesce(a.until_day, " END ")"
	    " AND a.from_day <= coalesce(b.until_day, " END ") ORDER BY 1";

	return look(op, f, sql, N_("Person %lld lives in two households at once."));
}

/* No period leaves the time of its household, or ends before it begins. */
static enum status
look_at_times(struct op *op, struct faults *f)
{
	static const char members[] =
	    "SELECT m.id FROM household_member m JOIN household h ON h.id = m.household_id"
	    " WHERE m.from_day < h.from_day OR m.until_day < m.from_day"
	    " OR coalesce(m.until_day, " END ") > coalesce(h.until_day, " END ") ORDER BY 1";
	static const char residences[] =
	    "SELECT r.id FROM household_residence r JOIN household h ON h.id = r.household_id"
	    " WHERE r.from_day < h.from_day OR r.until_day < r.from_day"
	    " OR coalesce(r.until_day, " END ") > coalesce(h.until_day, " END ") ORDER BY 1";

	TRY(look(op, f, members, N_("Member row %lld lies outside the time of its household.")));
	return look(op, f, residences,
	    N_("Residence row %lld lies outside the time of its household."));
}

/*
 * On each day exactly one head, one residence, and at most one with the role
 * of head.  Enough are the days on which something begins.
 */
static enum status
look_at_days(struct op *op, struct faults *f)
{
	static const char sql[] =
	    "WITH d (household_id, day) AS ("
	    "  SELECT household_id, from_day FROM household_member"
	    "  UNION SELECT household_id, from_day FROM household_residence"
	    "  UNION SELECT m.household_id, date(m.until_day, '+1 day') FROM household_member m"
	    "   JOIN household h ON h.id = m.household_id AND m.until_day IS NOT h.until_day"
	    "   WHERE m.until_day IS NOT NULL)"
	    " SELECT DISTINCT d.household_id FROM d WHERE"
	    " (SELECT count(*) FROM household_member m WHERE m.household_id = d.household_id"
	    "  AND m.need_head = 1 AND d.day BETWEEN m.from_day AND coalesce(m.until_day, " END ")) <> 1"
	    " OR (SELECT count(*) FROM household_member m WHERE m.household_id = d.household_id"
	    "  AND m.role = 'head' AND d.day BETWEEN m.from_day AND coalesce(m.until_day, " END ")) > 1"
	    " OR (SELECT count(*) FROM household_residence r WHERE r.household_id = d.household_id"
	    "  AND d.day BETWEEN r.from_day AND coalesce(r.until_day, " END ")) <> 1 ORDER BY 1";

	return look(op, f, sql,
	    N_("Household %lld has a day without exactly one head and one residence."));
}

/* A household is open exactly while somebody lives in it. */
static enum status
look_at_ends(struct op *op, struct faults *f)
{
	static const char sql[] =
	    "SELECT h.id FROM household h WHERE (h.until_day IS NULL) IS NOT EXISTS"
	    " (SELECT 1 FROM household_member m WHERE m.household_id = h.id"
	    "  AND m.until_day IS NULL) ORDER BY 1";

	return look(op, f, sql, N_("Household %lld is open without members, or ended with some."));
}

enum status
store_verify_households(struct op *op, struct faults *f)
{
	TRY(look_at_people(op, f));
	TRY(look_at_times(op, f));
	TRY(look_at_days(op, f));
	return look_at_ends(op, f);
}
