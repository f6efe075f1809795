/*
 * files.c - what an office leaves on disk and in /proc, and a clerk with a
 * shell, a copy of SQLite and patience: nothing of it opens.
 */
#include "harness_town.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *suite_files(void);

/* ---- the file of the office and what lies beside it ---- */

/* A session goes on while they try, so that -wal and -shm are there. */
static bool
works(void)
{
	return gets_status(session(), ASKING("visit.new", "\"concern\":\"S02\""), NULL);
}

static bool
is_closed_to_me(const char *path)
{
	char aside[PATH_MAX + 64];

	snprintf(aside, sizeof(aside), "%s-aside", path);
	return open(path, O_RDONLY | O_CLOEXEC) < 0 && errno == EACCES &&
	    open(path, O_WRONLY | O_CLOEXEC) < 0 && errno == EACCES &&
	    open(aside, O_CREAT | O_WRONLY | O_CLOEXEC, 0600) < 0 && unlink(path) != 0 &&
	    rename(path, aside) != 0 && link(path, "/tmp/tresen-linked") != 0 &&
	    chmod(path, 0666) != 0 && truncate(path, 0) != 0;
}

static bool
cannot_open_the_files(void)
{
	static const char *const parts[] = { "", "-wal", "-shm", "-door", "-shown", "-journal" };
	char path[PATH_MAX + 32];

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		snprintf(path, sizeof(path), "%s%s", office, parts[i]);
		if (!is_closed_to_me(path))
			return false;
	}
	return true;
}

static bool
cannot_ask_sqlite(void)
{
	sqlite3 *db;
	int rc = sqlite3_open_v2(office, &db, SQLITE_OPEN_READONLY, NULL);
	char uri[PATH_MAX + 64];

	snprintf(uri, sizeof(uri), "file:%s?immutable=1", office);
	sqlite3_close(db);
	if (rc == SQLITE_OK)
		return false;
	rc = sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
	sqlite3_close(db);
	return rc != SQLITE_OK;
}

START_TEST(the_file_opens_to_nobody)
{
	AS(OKAFOR, works);
	/* they are there: a colleague is at work */
	shell("test -s %s && test -s %s-wal && test -s %s-shm", office, office, office);
	AS(OKAFOR, cannot_open_the_files);
	AS(NOBODY_HERE, cannot_open_the_files);
	AS(OKAFOR, cannot_ask_sqlite);
	ck_assert_int_ne(shell_as(DEMIR, "ls \"${OFFICE%%/*}\""), 0);
	ck_assert_int_ne(shell_as(DEMIR, "cp \"$OFFICE\" /tmp/tresen-copied"), 0);
	ck_assert_int_ne(shell_as(DEMIR, "cat \"$OFFICE-wal\""), 0);
	/* nor do the programs open it for them */
	ck_assert_int_ne(shell_as(DEMIR, "$HOUSE/bin/tresen --db $OFFICE visit list"), 0);
	ck_assert_int_ne(shell_as(DEMIR, "$HOUSE/bin/tresen-admin check $OFFICE"), 0);
	ck_assert_int_ne(shell_as(DEMIR, "$HOUSE/bin/tresen-admin staff $OFFICE add mine --uid %u"
	    " --name Me --role supervisor --unit residence --site main", DEMIR), 0);
	AS(OKAFOR, works);
}
END_TEST

/* A copy of everything is no easier to get at, wherever it is put. */
START_TEST(backups_open_to_nobody)
{
	shell("mkdir -m 755 %s/copies && %s/bin/tresen-admin backup %s %s/copies", house, house,
	    office, house);
	shell("ls %s/copies/* && ! find %s/copies -type f -perm /077 | grep .", house, house);
	ck_assert_int_ne(shell_as(DEMIR, "cat $HOUSE/copies/*"), 0);
	ck_assert_int_ne(shell_as(NOBODY_HERE, "cat $HOUSE/copies/*"), 0);
	ck_assert_int_ne(shell_as(DEMIR, "$HOUSE/bin/tresen-admin backup $OFFICE /tmp"), 0);
	AS(OKAFOR, works);
}
END_TEST

/* Nothing that the engine makes can be read by others, whatever its name. */
START_TEST(all_that_is_made_is_its_own)
{
	AS(OKAFOR, works);
	shell("! find %s/own -perm /077 | grep .", house);
	/* SQLite keeps what is passing in memory, also for who sorts and searches now */
	shell("for p in %d $(cat /proc/%d/task/*/children); do ls -l /proc/$p/fd; done 2>&1 >%s/open; "
	    "grep -q office.db-wal %s/open && ! grep -E 'etilqs|deleted' %s/open", (int)engine,
	    (int)engine, house, house, house);
}
END_TEST

/* ---- the process that holds it ---- */

/* Is this a process that the engine started for a session? */
static bool
is_of_the_engine(const char *pid)
{
	char path[300], line[512] = "";
	int parent = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%s/stat", pid);
	f = fopen(path, "re");
	if (!f)
		return false;
	if (!fgets(line, sizeof(line), f) || sscanf(line, "%*d (%*[^)]) %*c %d", &parent) != 1)
		parent = 0;
	fclose(f);
	return parent == (int)engine;
}

static bool
cannot_look_into(pid_t pid)
{
	static const char *const parts[] = { "mem", "maps", "environ", "fd", "root", "cwd", "exe",
		"stack", "auxv", "io", "map_files", "fdinfo" };
	char path[64], target[PATH_MAX];

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, parts[i]);
		if (readlink(path, target, sizeof(target)) >= 0)
			return false;
		if (strcmp(parts[i], "root") != 0 && strcmp(parts[i], "cwd") != 0 &&
		    strcmp(parts[i], "exe") != 0 && access(path, F_OK) == 0) {
			int fd = open(path, O_RDONLY | O_CLOEXEC);

			if (fd >= 0 && read(fd, target, 1) > 0)
				return false;
		}
	}
	return true;
}

static bool
cannot_touch(pid_t pid)
{
	static const int signals[] = { SIGSTOP, SIGKILL, SIGHUP, SIGTERM, SIGINT, SIGUSR1, SIGQUIT };

	for (size_t i = 0; i < COUNT_OF(signals); i++)
		if (kill(pid, signals[i]) == 0 || errno != EPERM)
			return false;
	return ptrace(PTRACE_SEIZE, pid, NULL, NULL) != 0 && errno == EPERM;
}

/* The one that listens, and all that serve: one's own session, and a colleague's. */
static bool
cannot_reach_the_engine(void)
{
	int fd = session(), serving = 0;
	DIR *proc = opendir("/proc");
	struct dirent *e;
	bool out_of_reach = cannot_look_into(engine) && cannot_touch(engine);

	while (proc && out_of_reach && (e = readdir(proc)))
		if (is_of_the_engine(e->d_name)) {
			pid_t pid = (pid_t)atoi(e->d_name);

			out_of_reach = cannot_look_into(pid) && cannot_touch(pid);
			serving++;
		}
	if (proc)
		closedir(proc);
	return out_of_reach && serving >= 2 && gets_status(fd, ASKING("staff.me", ""), NULL);
}

START_TEST(the_engine_is_out_of_reach)
{
	AS(OKAFOR, cannot_reach_the_engine);
	AS(OKAFOR, works);
}
END_TEST

/* Killed by the kernel or by root, it leaves no picture of its memory. */
START_TEST(no_core_is_left)
{
	char limits[128];

	snprintf(limits, sizeof(limits), "/proc/%d/limits", (int)engine);
	shell("grep -E '^Max core file size +0 +0 ' %s", limits);
}
END_TEST

Suite *
suite_files(void)
{
	return town_suite("files", TESTS(the_file_opens_to_nobody, backups_open_to_nobody,
	    all_that_is_made_is_its_own, the_engine_is_out_of_reach, no_core_is_left));
}
