/*
 * harness_admin.c - see harness_admin.h.
 */
#include "harness_admin.h"

#include <libgen.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store.h"


static char folder[PATH_MAX], demo[PATH_MAX];
char office[PATH_MAX + 16];
char said[SAID_MOST];

static int
run(const char *command)
{
	FILE *f = popen(command, "re");
	size_t n;
	int status;

	ck_assert_ptr_nonnull(f);
	n = fread(said, 1, SAID_MOST - 1, f);
	said[n] = '\0';
	status = pclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

const char *
program_folder(void)
{
	static char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	ck_assert_int_gt(n, 0);
	self[n] = '\0';
	/* build/tests/command -> build */
	return dirname(dirname(self));
}

int
admin(const char *format, ...)
{
	char words[4096], command[8192 + PATH_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	snprintf(command, sizeof(command), "%s/tresen-admin %s 2>&1", program_folder(), words);
	return run(command);
}

int
command_of(const char *format, ...)
{
	char command[8192];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	return run(command);
}

void
shell(const char *format, ...)
{
	char command[8192];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	ck_assert_msg(run(command) == 0, "%s: %s", command, said);
}

/* ---- offices ---- */

static void
folder_make(char *path)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(path, PATH_MAX, "%s/tresen-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(path));
	setenv("TRESEN_NOW", "2026-11-23T08:14:00Z", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
}

void
office_begin(void)
{
	folder_make(folder);
	snprintf(office, sizeof(office), "%s/office.db", folder);
}

void
office_end(void)
{
	if (access(office, F_OK) == 0)
		office_lock_remove(office);
	shell("rm -r '%s'", folder);
}

void
demo_begin(void)
{
	folder_make(demo);
	ck_assert_msg(admin("init %s/demo.db --demo T", demo) == 0, "%s", said);
	ck_assert_msg(admin("check %s/demo.db", demo) == 0, "%s", said);
}

void
demo_end(void)
{
	char path[PATH_MAX + 16];

	snprintf(path, sizeof(path), "%s/demo.db", demo);
	office_lock_remove(path);
	shell("rm -r '%s'", demo);
}

void
office_copy(void)
{
	shell("cp '%s/demo.db' '%s'", demo, office);
}

/* ---- looking inside ---- */

static sqlite3 *
office_open(void)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(office, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 10000); /* others may be at work */
	return db;
}

static void
change(sqlite3 *db, const char *text)
{
	int before = sqlite3_total_changes(db);

	ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", text,
	              sqlite3_errmsg(db));
	ck_assert_msg(sqlite3_total_changes(db) > before, "changed nothing: %s", text);
}

void
sql(const char *text)
{
	sqlite3 *db = office_open();

	change(db, text);
	sqlite3_close(db);
}

/* The first value of a query's first row, the caller's. */
static char *
text_of(sqlite3 *db, const char *query)
{
	sqlite3_stmt *q;
	char *text;

	ck_assert_int_eq(sqlite3_prepare_v2(db, query, -1, &q, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	text = strdup((const char *)sqlite3_column_text(q, 0));
	sqlite3_finalize(q);
	return text;
}

void
harm(const char *text)
{
	sqlite3 *db = office_open();
	char *drop = text_of(db, "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema"
	    " WHERE type = 'trigger'");
	char *make = text_of(db, "SELECT group_concat(sql, ';') FROM sqlite_schema"
	    " WHERE type = 'trigger'");

	sqlite3_exec(db, drop, NULL, NULL, NULL);
	change(db, text);
	ck_assert_msg(sqlite3_exec(db, make, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	free(drop);
	free(make);
	sqlite3_close(db);
}

int
count(const char *query)
{
	sqlite3 *db = office_open();
	sqlite3_stmt *q;
	int n;

	ck_assert_msg(sqlite3_prepare_v2(db, query, -1, &q, NULL) == SQLITE_OK, "%s: %s", query,
	              sqlite3_errmsg(db));
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	n = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}
