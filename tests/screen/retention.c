/*
 * retention.c - the story of what has had its time: the data protection officer
 * looks at what is due and proposes, a second person approves, and after the run
 * nothing of it is left.
 */
#include "harness_story.h"
#include "harness_office.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BIRD "Kanarienvogel"

static void
long_ago(void)
{
	run("front1", "person new family=" BIRD " given=Rania born=1990-05-03");
	run("ben1", "case open person=1 service=S18");
	run("ben1", "case claim id=1");
	run("ben1", "case note id=1 text=" BIRD);
	run("ben1", "case decide id=1 result=refused reason=" BIRD);
	run("front1", "case handout id=1");
	run("ben1", "case close id=1");
	office_clock(office, "2037-01-02T09:00:00Z");
}

/* What a command of the shell prints as a number. */
static int
shell(const char *command)
{
	FILE *f = popen(command, "r");
	int n = -1;

	ck_assert_ptr_nonnull(f);
	if (fscanf(f, "%d", &n) != 1)
		n = -1;
	pclose(f);
	return n;
}

static void
run_deletion(void)
{
	char admin[PATH_MAX], command[3 * PATH_MAX];

	program_path("tresen-admin", admin, sizeof(admin));
	snprintf(command, sizeof(command), "TRESEN_NOW=2037-01-02T09:00:00Z %s retention %s run "
	    ">/dev/null; echo $?", admin, office_db(office));
	ck_assert_int_eq(shell(command), 0);
}

static int
traces(const char *word)
{
	char command[3 * PATH_MAX];

	snprintf(command, sizeof(command), "cat %s %s-wal 2>/dev/null | grep -aoi '%s' | wc -l",
	    office_db(office), office_db(office), word);
	return shell(command);
}

START_TEST(two_people_and_nothing_left)
{
	sit_down("dpo1");
	tty_keys(t, ":");
	tty_type(t, "retention due");
	tty_keys(t, "Enter");
	tty_row_has(t, 0, "Retention due");
	tty_sees(t, "2026-000001");
	tty_lacks(t, BIRD);
	tty_keys(t, "p");
	tty_sees(t, "proposed by");
	/* not by the same person */
	tty_keys(t, "a");
	tty_lacks(t, "approved");
	sit_beside("admin1");
	tty_keys(other, ":");
	tty_type(other, "retention due");
	tty_keys(other, "Enter");
	tty_lacks(other, "2026-000001");
	tty_keys(other, "a");
	tty_sees(other, "approved");
	ck_assert_int_gt(traces(BIRD), 0);
	tty_close(t);
	tty_close(other);
	t = other = NULL;
	run_deletion();
	ck_assert_int_eq(traces(BIRD), 0);
	sit_down("dpo1");
	tty_keys(t, ":");
	tty_type(t, "retention due");
	tty_keys(t, "Enter");
	tty_lacks(t, "2026-000001");
}
END_TEST

Suite *suite_retention(void);

Suite *
suite_retention(void)
{
	return stories("retention", long_ago, STORIES(two_people_and_nothing_left));
}
