/*
 * proof.c - tresen-admin verify: an office is harmed as somebody would who has
 * the file, and two verifiers say where: ours, and tests/proof.py, which
 * knows nothing but the manual.  They must agree.
 */
#include "harness_admin.h"

#include <stdlib.h>
#include <string.h>

#include "store.h"

#define FAULTS_MOST 64

struct verdict {
	int code;
	long long event[FAULTS_MOST];
	size_t n;
};

static char told[SAID_MOST];     /* by ours, the last time */

static int
ascending(const void *a, const void *b)
{
	long long x = *(const long long *)a, y = *(const long long *)b;

	return (x > y) - (x < y);
}

static void
add_fault(struct verdict *v, long long event)
{
	if (v->n < FAULTS_MOST)
		v->event[v->n++] = event;
}

/* What ours says of the chain; faults of the state are told in other words. */
static struct verdict
our_verdict(void)
{
	struct verdict v = { .code = admin("verify %s", office) };
	long long event, last;
	char *line, *at, *text = strdup(said);

	memcpy(told, said, SAID_MOST);
	for (line = strtok_r(text, "\n", &at); line; line = strtok_r(NULL, "\n", &at))
		if (sscanf(line, "  Event %lld of 2", &event) == 1 && strstr(line, " of 20"))
			add_fault(&v, event);
		else if (strstr(line, " are gone, before ") &&
		    sscanf(line, "  The events %lld to %lld", &event, &last) == 2)
			add_fault(&v, event);
	free(text);
	qsort(v.event, v.n, sizeof(v.event[0]), ascending);
	return v;
}

static struct verdict
their_verdict(void)
{
	struct verdict v = { .code = command_of("python3 tests/proof.py %s", office) };
	char *line, *at;

	for (line = strtok_r(said, "\n", &at); line; line = strtok_r(NULL, "\n", &at))
		if (*line >= '0' && *line <= '9')
			add_fault(&v, atoll(line));
	qsort(v.event, v.n, sizeof(v.event[0]), ascending);
	return v;
}

/* Both say the same of the chain: in all, and event by event. */
static void
both_say(const char *harm, int code, size_t faults)
{
	struct verdict ours = our_verdict(), theirs = their_verdict();

	ck_assert_msg(ours.code == code, "%s: %d\n%s", harm, ours.code, told);
	ck_assert_msg(theirs.code == (faults ? 74 : 0), "%s: %d\n%s", harm, theirs.code, said);
	ck_assert_msg(ours.n == faults && theirs.n == faults, "%s: %zu and %zu\n%s", harm, ours.n,
	    theirs.n, told);
	for (size_t i = 0; i < faults; i++)
		ck_assert_msg(ours.event[i] == theirs.event[i], "%s: %lld is %lld\n%s", harm,
		    ours.event[i], theirs.event[i], told);
}

START_TEST(a_sound_office_is_proven)
{
	office_copy();
	both_say("nothing", 0, 0);
	ck_assert_ptr_nonnull(strstr(told, "events are proven"));
}
END_TEST

/* ---- one event is changed ---- */

/* By what it is told: the column, where it can be known, else the event. */
static const struct { const char *change, *told; } changes[] = {
	{ "at = at + 1", "column at" }, { "staff_id = coalesce(staff_id, 0) + 1", "column staff_id" },
	{ "unit = coalesce(unit, '') || 'x'", "column unit" },
	{ "site = iif(site IS NULL, '', NULL)", "column site" },
	{ "terminal = iif(terminal = '', NULL, '')", "column terminal" },
	{ "command = 'case.claim '", "column command" }, { "request_id = '1'", "column request_id" },
	{ "terminal = 'x', topics = topics + 64", "one of its columns" },
	{ "reason = coalesce(reason, '')||' '", "column reason" }, { "reason = 'Because.'", "reason" },
	{ "topics = topics + 64", "column topics" },
	{ "changeset = CAST(changeset || x'00' AS BLOB)", "column changeset" },
	{ "changeset = CAST(substr(changeset, 1, length(changeset) - 1) AS BLOB)", "column changeset" },
	{ "changeset = x''", "changeset" }, { "salt = zeroblob(16)", "salt" },
	{ "salt = CAST(x'00' || substr(salt, 2) AS BLOB)", "column salt" },
	{ "payload = zeroblob(32)", "column payload" }, { "hash = zeroblob(32)", "column hash" },
};

static int
lines_with(const char *text, const char *words)
{
	int n = 0;

	for (; (text = strstr(text, words)); text++)
		n++;
	return n;
}

/* At the head, in the middle, at the end, each for itself. */
START_TEST(a_changed_column_is_found)
{
	char text[256];

	office_copy();
	snprintf(text, sizeof(text), "UPDATE event SET %s WHERE seq IN (1, 3, 700, 1203, 1205,"
	    " (SELECT max(seq) FROM event))", changes[_i].change);
	harm(text);
	both_say(text, 74, 6);
	ck_assert_msg(lines_with(told, changes[_i].told) >= 4, "%s\n%s", text, told);
}
END_TEST

/* ---- several are ---- */

static const struct { const char *name, *harm; size_t faults; } harms[] = {
	{ "head gone", "DELETE FROM event_object WHERE seq < 4; DELETE FROM event WHERE seq < 4", 1 },
	{ "middle gone", "DELETE FROM event_object WHERE seq BETWEEN 500 AND 503;"
	  "DELETE FROM event WHERE seq BETWEEN 500 AND 503", 1 },
	{ "gone and closed up", "DELETE FROM event_object WHERE seq = 2000;"
	  "DELETE FROM event WHERE seq = 2000;"
	  "UPDATE event_object SET seq = -seq WHERE seq BETWEEN 2001 AND 2010;"
	  "UPDATE event SET seq = -seq WHERE seq BETWEEN 2001 AND 2010;"
	  "UPDATE event_object SET seq = -seq - 1 WHERE seq < 0;"
	  "UPDATE event SET seq = -seq - 1 WHERE seq < 0", 11 },
	{ "swapped", "UPDATE event SET seq = 0 WHERE seq = 900; UPDATE event SET seq = 900 WHERE seq"
	  " = 901; UPDATE event SET seq = 901 WHERE seq = 0", 3 },
	{ "put in at the end", "INSERT INTO event SELECT seq + 1, at, staff_id, unit, site, terminal,"
	  "command, request_id, reason, topics, changeset, salt, payload, hash FROM event ORDER BY"
	  " seq DESC LIMIT 1", 1 },
	{ "replaced by another", "INSERT OR REPLACE INTO event SELECT 800, at, staff_id, unit, site,"
	  "terminal, command, request_id, reason, topics, changeset, salt, payload, hash FROM event"
	  " WHERE seq = 801", 2 },
	{ "an object more", "INSERT INTO event_object VALUES ('case', 4711, 1000)", 1 },
	{ "an object less", "DELETE FROM event_object WHERE (kind, id, seq) = (SELECT kind, id, seq"
	  " FROM event_object WHERE seq > 2000 LIMIT 1)", 1 },
	{ "another object", "UPDATE event_object SET id = id + 90000 WHERE (kind, id, seq) = (SELECT"
	  " kind, id, seq FROM event_object WHERE kind = 'case' ORDER BY seq DESC, id LIMIT 1)", 1 },
	{ "cut by nobody", "UPDATE event SET changeset = x'' WHERE seq = 600;"
	  "INSERT INTO event_cut VALUES (600, zeroblob(32))", 1 },
};

START_TEST(what_was_moved_is_found)
{
	office_copy();
	harm(harms[_i].harm);
	both_say(harms[_i].name, 74, harms[_i].faults);
	/* one row more, less or another can be told apart from the rest of the event */
	if (strstr(harms[_i].name, "object"))
		ck_assert_msg(strstr(told, "its rows in event_object"), "%s\n%s", harms[_i].name,
		    told);
}
END_TEST

/* One event is replaced by another with a hash of its own: its successor tells. */
START_TEST(a_replaced_event_is_found)
{
	office_copy();
	harm("UPDATE event SET at = at - 3600 WHERE seq = 1500");
	shell("python3 tests/forge.py %s 1500 1500", office);
	both_say("replaced", 74, 1);
	ck_assert_ptr_nonnull(strstr(told, "Event 1501 of"));
}
END_TEST

/* The end alone: the chain cannot tell, but what the events did is still there. */
START_TEST(an_end_that_is_gone_is_told_by_the_state)
{
	office_copy();
	harm("DELETE FROM event_object WHERE seq > 2390; DELETE FROM event WHERE seq > 2390");
	both_say("end gone", 74, 0);
	ck_assert_ptr_nonnull(strstr(told, "FAULT  the present state against the events"));
	ck_assert_ptr_nonnull(strstr(told, "sound  each event by its hash"));
}
END_TEST

/* ---- what keeps events as they are ---- */

static const struct { const char *change, *sentence; } loosened[] = {
	{ "DROP TRIGGER event_stays", "trigger event_stays is gone from the file" },
	{ "DROP TRIGGER event_object_remains", "trigger event_object_remains is gone from the file" },
	{ "DROP TRIGGER event_stays; CREATE TRIGGER event_stays BEFORE UPDATE ON event"
	  " WHEN NEW.seq < 0 BEGIN SELECT RAISE(ABORT, 'no'); END",
	  "trigger event_stays is not what the schema says" },
	{ "CREATE TRIGGER helpful AFTER INSERT ON visit BEGIN UPDATE visit SET note = 'x'"
	  " WHERE id = NEW.id; END", "trigger helpful was added" },
	{ "CREATE TABLE aside AS SELECT 1", "table aside was added" },
	{ "CREATE VIEW seen AS SELECT * FROM person", "view seen was added" },
	{ "DROP INDEX visit_person", "index visit_person is gone from the file" },
	{ "DROP TABLE looked", "table looked is gone from the file" },
	{ "DROP TABLE event_object", "table event_object is gone from the file" },
	{ "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '')"
	  " WHERE name = 'case_note'", "table case_note is not what the schema says" },
};

/* Whoever has the file can take them off, or put others on: it is seen. */
START_TEST(a_changed_schema_is_told)
{
	office_copy();
	shell("python3 -c \"import sqlite3, sys\nsqlite3.connect(sys.argv[1], isolation_level=None)"
	    ".executescript(sys.argv[2])\" %s \"%s\"", office, loosened[_i].change);
	ck_assert_int_eq(admin("verify %s", office), 74);
	ck_assert_msg(strstr(said, loosened[_i].sentence), "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "FAULT  tables, indexes and triggers"));
	ck_assert_int_eq(admin("check %s", office), 74);
	ck_assert_msg(strstr(said, loosened[_i].sentence), "%s", said);
}
END_TEST

/* ---- an office of the time before ---- */

/* Made by the released steps, as they stand beside the sources. */
static void
make_old_office(void)
{
	shell("for f in data/schema/00[1-8]-*.sql; do cat $f; done > %s.sql;"
	    "n=0; for f in data/schema/00[1-8]-*.sql; do n=$((n+1));"
	    "echo \"INSERT INTO schema_step VALUES ($n, $(cksum < $f | cut -d' ' -f1));\"; done"
	    " >> %s.sql; echo \"PRAGMA application_id=1414681422; PRAGMA user_version=8;"
	    "INSERT INTO event (at, command, reason, topics, changeset) VALUES (1700000000, 'a', NULL, 0, x''),"
	    "(1700000000, 'b', '', 0, x''), (1700000000, 'c', 'why', 0, x'');"
	    "INSERT INTO event_object VALUES ('case', 7, 1), ('case', 7, 3), ('visit', 1, 3);\" >> %s.sql;"
	    "umask 077; python3 -c \"import sqlite3, sys; d = sqlite3.connect(sys.argv[1]);"
	    "d.executescript(open(sys.argv[1] + '.sql').read())\" %s", office, office, office, office);
}

START_TEST(older_events_are_chained_and_it_is_told)
{
	make_old_office();
	ck_assert_int_eq(admin("migrate %s", office), 0);
	ck_assert_ptr_nonnull(strstr(said, "3 events were chained."));
	ck_assert_int_eq(count("SELECT count(*) FROM event WHERE command = 'chain.begin' AND seq = 4"
	    " AND reason LIKE '%1 to 3 were chained%not proven%'"), 1);
	both_say("chained later", 0, 0);
	ck_assert_ptr_nonnull(strstr(told, "events 1 to 3 were chained at 2026-11-23T08:14:00Z"));
	/* once is enough */
	ck_assert_int_eq(admin("migrate %s", office), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM event WHERE command = 'chain.begin'"), 1);
	harm("UPDATE event SET reason = NULL WHERE seq = 2");
	both_say("an old one changed", 74, 1);
}
END_TEST

Suite *suite_proof(void);
Suite *
suite_proof(void)
{
	Suite *s = suite_create("proof");
	TCase *t = tcase_create("proof");

	tcase_add_unchecked_fixture(t, demo_begin, demo_end);
	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, a_sound_office_is_proven);
	tcase_add_loop_test(t, a_changed_column_is_found, 0, COUNT_OF(changes));
	tcase_add_loop_test(t, what_was_moved_is_found, 0, COUNT_OF(harms));
	tcase_add_test(t, a_replaced_event_is_found);
	tcase_add_test(t, an_end_that_is_gone_is_told_by_the_state);
	tcase_add_loop_test(t, a_changed_schema_is_told, 0, COUNT_OF(loosened));
	tcase_add_test(t, older_events_are_chained_and_it_is_told);
	suite_add_tcase(s, t);
	return s;
}
