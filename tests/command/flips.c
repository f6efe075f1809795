/*
 * flips.c - one byte of the office is changed on the disk: whatever table it
 * was in, or in no table at all, verify finds what it changed and ends as it
 * should.  What is done and judged: tests/flips.py.
 */
#include "harness_admin.h"

#include <stdlib.h>

#define PLACES 36                /* a few in each kind of page; TRESEN_FLIPS: so many */

Suite *suite_flips(void);

/* With pages that nothing is in any more, an end in the log, and a checkpoint. */
static void
make_office(void)
{
	office_copy();
	shell("python3 -c \"import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript("
	    "'CREATE TABLE fill AS WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
	    " WHERE i < 2000) SELECT hex(randomblob(50)) FROM n; DROP TABLE fill;"
	    " PRAGMA wal_checkpoint(TRUNCATE)')\" %s", office);
	ck_assert_int_eq(admin("seal-key %s.key", office), 0);
	ck_assert_int_eq(admin("staff %s add x --uid 7001 --name X --role clerk --unit residence"
	    " --site main", office), 0);
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 0);
}

START_TEST(a_changed_byte_is_found)
{
	const char *more = getenv("TRESEN_FLIPS");
	int places = more ? atoi(more) : PLACES;

	make_office();
	ck_assert_msg(command_of("python3 tests/flips.py %s/tresen-admin %s 4711 %d",
	    program_folder(), office, places) == 0, "%s", said);
}
END_TEST

Suite *
suite_flips(void)
{
	Suite *s = suite_create("flips");
	TCase *t = tcase_create("flips");

	tcase_set_timeout(t, getenv("TRESEN_FLIPS") ? 3600 : 600);
	tcase_add_unchecked_fixture(t, demo_begin, demo_end);
	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, a_changed_byte_is_found);
	suite_add_tcase(s, t);
	return s;
}
