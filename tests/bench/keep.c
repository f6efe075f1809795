/*
 * keep.c - what keeps an office of the size M, and makes it forget: a backup, a
 * restore, a salvage, a deletion, each while a clerk goes on saving.  Works on a
 * copy of the office.  The targets are the figures of tresen-admin(8).
 */
#include "bench.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WHEN "2037-01-02T09:00:00Z" /* much has had its time then */

static void
shell(const char *format, const char *a, const char *b)
{
	char command[9000];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(command, sizeof(command), format, a, b);
#pragma GCC diagnostic pop
	ended_well(system(command));
}

static void
measure(const char *db, const char *what, double target_s, double target_ms,
        const char *const *words)
{
	double longest, seconds = admin_beside(db, words, &longest);

	row(what, AT_MOST, target_s, seconds, "s");
	row("  a clerk saves meanwhile, longest", AT_MOST, target_ms, longest, "ms");
}

/* Proposed by one, approved by another. */
static void
agree(const char *db)
{
	struct line dpo, admin;
	char params[40];
	const char *reply;

	line_open(&dpo, db, "dpo1");
	line_open(&admin, db, "admin1");
	reply = line_ask(&dpo, "retention.propose", "{}");
	snprintf(params, sizeof(params), "{\"id\":%lld}", number_in(reply, "id"));
	note("cases that have had their time", (double)number_in(reply, "cases"), "");
	if (!strstr(line_ask(&admin, "retention.approve", params), "\"result\""))
		die("retention.approve");
	line_close(&dpo);
	line_close(&admin);
}

void
bench_keep(const char *office)
{
	char dir[4100], db[4200], pattern[4200], restored[4200], salvaged[4200];
	glob_t made;

	snprintf(dir, sizeof(dir), "%s.keep-XXXXXX", office);
	if (!mkdtemp(dir))
		die(dir);
	snprintf(db, sizeof(db), "%s/office.db", dir);
	snprintf(pattern, sizeof(pattern), "%s/office-*.db", dir);
	snprintf(restored, sizeof(restored), "%s/restored.db", dir);
	snprintf(salvaged, sizeof(salvaged), "%s/salvaged.db", dir);
	shell("cp %s %s", office, db);
	shell("! test -e %1$s-wal || cp %1$s-wal %2$s-wal", office, db);
	measure(db, "backup of an office of 435 MB", 10.3, 150,
	    (const char *const[]){ "backup", db, dir, NULL });
	if (glob(pattern, 0, NULL, &made) != 0)
		die(pattern);
	measure(db, "restore of it", 10, 150,
	    (const char *const[]){ "restore", made.gl_pathv[0], restored, NULL });
	measure(db, "salvage of it", 31, 150,
	    (const char *const[]){ "salvage", made.gl_pathv[0], salvaged, NULL });
	globfree(&made);
	setenv("TRESEN_NOW", WHEN, 1);
	agree(db);
	measure(db, "deletion in it", 30, 120,
	    (const char *const[]){ "retention", db, "run", NULL });
	unsetenv("TRESEN_NOW");
	shell("rm -r %s", dir, NULL);
}
