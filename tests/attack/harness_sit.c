/*
 * harness_sit.c - see harness_sit.h.
 */
#include "harness_sit.h"

#include <limits.h>

/* The harness of screens wants an office; it stays empty. */
static struct office *desk;

void
leaves_the_desk(const char *until)
{
	shell("echo %s >%s/clock.new && mv %s/clock.new %s/clock", until, house, house, house);
}

struct tty *
sits_at(uid_t uid, const char *env, const char *what)
{
	char line[2 * PATH_MAX];

	if (!desk)
		desk = office_new();
	snprintf(line, sizeof(line), "cd %s/floor && export HOME=/nowhere && exec setpriv --reuid %u "
	    "--regid %u --clear-groups env TRESEN_NOW=%s/clock %s %s/bin/tresen --lang en %s", house,
	    uid, uid, house, env, house, what);
	/* where whatever should not run could leave a trace */
	shell("mkdir -p -m 1777 %s/floor", house);
	leaves_the_desk("2026-11-23T08:15:00Z");
	return tty_open(desk, (struct setup){ .shell = line });
}

struct tty *
sits(uid_t uid, const char *env)
{
	char what[PATH_MAX];

	snprintf(what, sizeof(what), "--office %s", door);
	return sits_at(uid, env, what);
}

void
stands_up(struct tty *t)
{
	tty_close(t);
}

static bool
colleague_works(void)
{
	return gets_status(session(), ASKING("case.list", ""), NULL);
}

void
all_is_well(void)
{
	AS(DEMIR, colleague_works);
	shell("test -f %s/log && ! grep -iE 'bug|sanitizer|assert|abort|fault' %s/log", house,
	    house);
	ck_assert_msg(admin("check %s", office) == 0, "%s", said);
	ck_assert_msg(admin("verify %s", office) == 0, "%s", said);
}
