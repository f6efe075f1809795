/*
 * sealer.c - who signs what happened is a third user of the machine: it hears
 * hashes and cannot open the office; those who work in the office, and the
 * engine itself, cannot reach its key, nor what was signed and kept elsewhere.
 */
#include "harness_town.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SEALER 64997u            /* tresen-seal of this town */
#define WITNESS 64998u           /* keeps what others have signed */

Suite *suite_sealer(void);

static pid_t keeper;
static struct sockaddr_un ear;   /* where hashes are heard */

/* ---- as tresen-log.socket and tresen-seal.service have it ---- */

_Noreturn static void
hand_out_hashes(int listening)
{
	char program[PATH_MAX + 32];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	become(ENGINE);
	signal(SIGCHLD, SIG_IGN);
	snprintf(program, sizeof(program), "%s/bin/tresen-admin", house);
	for (;;) {
		int line = accept(listening, NULL, NULL);

		if (line >= 0 && fork() == 0) {
			dup2(line, STDIN_FILENO);
			dup2(line, STDOUT_FILENO);
			execl(program, program, "log", office, (char *)NULL);
			_exit(98);
		}
		close(line);
	}
}

static void
open_ear(void)
{
	int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ear.sun_family = AF_UNIX;
	ck_assert_int_lt(snprintf(ear.sun_path, sizeof(ear.sun_path), "%s/log.sock", house),
	    (int)sizeof(ear.sun_path));
	ck_assert_int_eq(bind(listening, (struct sockaddr *)&ear, sizeof(ear)), 0);
	ck_assert_int_eq(listen(listening, 8), 0);
	ck_assert_int_eq(chown(ear.sun_path, 0, SEALER), 0);
	ck_assert_int_eq(chmod(ear.sun_path, 0660), 0);
	keeper = fork();
	if (keeper == 0)
		hand_out_hashes(listening);
	close(listening);
}

#define KEY "$HOUSE/sealer/seal.key"
#define SEAL                                                                   \
	"$HOUSE/bin/tresen-admin seal $HOUSE/log.sock --key " KEY                  \
	" --into $HOUSE/sealer/checkpoints --witness $HOUSE/witness"               \
	" --witness-command $HOUSE/bin/post"

/* The witness takes what the sealer brings, and lets nobody change it; a program
 * brings it off the machine. */
static void
settle(void)
{
	open_ear();
	shell("cd %s && mkdir sealer witness far && chown %u:%u sealer && chown %u:%u witness far &&"
	    " chmod 755 sealer && chmod 770 witness far && printf '#!/bin/sh\\ncat >>%s/far/post\\n'"
	    " > bin/post && chmod 755 bin/post", house, SEALER, SEALER, WITNESS, SEALER, house);
	ck_assert_msg(shell_as(SEALER, "$HOUSE/bin/tresen-admin seal-key " KEY) == 0, "%s", said);
}

static void
leave(void)
{
	kill(keeper, SIGKILL);
	waitpid(keeper, NULL, 0);
}

static bool
works(void)
{
	return gets_status(session(), ASKING("visit.new", "\"concern\":\"S02\""), NULL);
}

/* ---- what the sealer can ---- */

static bool
opens_nothing(void)
{
	static const char *const parts[] = { "", "-wal", "-shm", "-door", "-shown" };
	char path[PATH_MAX + 32];
	sqlite3 *db;
	int rc;

	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		snprintf(path, sizeof(path), "%s%s", office, parts[i]);
		if (open(path, O_RDONLY | O_CLOEXEC) >= 0 || errno != EACCES ||
		    open(path, O_WRONLY | O_CLOEXEC) >= 0 || unlink(path) == 0 ||
		    rename(path, "/tmp/tresen-taken") == 0)
			return false;
	}
	rc = sqlite3_open_v2(office, &db, SQLITE_OPEN_READWRITE, NULL);
	sqlite3_close(db);
	return rc != SQLITE_OK && kill(engine, SIGSTOP) != 0;
}

static bool
is_no_clerk(void)
{
	int fd = come_in();

	return gets_status(fd, HELLO, "DENIED") && gets_status(fd, ASKING("case.list", ""), "DENIED");
}

START_TEST(the_sealer_signs_and_reads_nothing)
{
	settle();
	AS(OKAFOR, works);
	ck_assert_msg(shell_as(SEALER, SEAL) == 0, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "events are sealed"));
	shell("cmp %s/sealer/checkpoints %s/far/post && cmp %s/far/post %s/witness/*", house, house,
	    house, house);
	AS(SEALER, opens_nothing);
	AS(SEALER, is_no_clerk);
	ck_assert_int_ne(shell_as(SEALER, "$HOUSE/bin/tresen-admin log $OFFICE"), 0);
	ck_assert_int_ne(shell_as(SEALER, "$HOUSE/bin/tresen-admin verify $OFFICE"), 0);
	ck_assert_int_ne(shell_as(SEALER, "$HOUSE/bin/tresen-admin staff $OFFICE add me --uid %u"
	    " --name Me --role supervisor --unit residence --site main", SEALER), 0);
	AS(OKAFOR, works);
	ck_assert_msg(shell_as(SEALER, SEAL) == 0, "%s", said);
	shell("test $(grep -c ^tresen/ %s/far/post) = 2", house);
	leave();
}
END_TEST

/* ---- what others can ---- */

static bool
hears_no_hash(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	return connect(fd, (const struct sockaddr *)&ear, sizeof(ear)) != 0 && errno == EACCES;
}

static bool
is_out_of_reach(const char *name, bool may_read)
{
	char path[PATH_MAX + 32], aside[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/%s", house, name);
	snprintf(aside, sizeof(aside), "%s-aside", path);
	return (may_read || open(path, O_RDONLY | O_CLOEXEC) < 0) &&
	    open(path, O_WRONLY | O_CLOEXEC) < 0 && open(path, O_WRONLY | O_APPEND | O_CLOEXEC) < 0 &&
	    open(aside, O_CREAT | O_WRONLY | O_CLOEXEC, 0600) < 0 && unlink(path) != 0 &&
	    rename(path, aside) != 0 && truncate(path, 0) != 0 && chmod(path, 0666) != 0;
}

static bool
reaches_nothing_that_is_sealed(void)
{
	return is_out_of_reach("sealer/seal.key", false) && is_out_of_reach("sealer/checkpoints", true) &&
	    is_out_of_reach("far/post", false) && is_out_of_reach("witness/any", false);
}

START_TEST(nobody_reaches_key_and_checkpoints)
{
	settle();
	ck_assert_msg(shell_as(SEALER, SEAL) == 0, "%s", said);
	AS(OKAFOR, hears_no_hash);
	AS(NOBODY_HERE, hears_no_hash);
	AS(OKAFOR, reaches_nothing_that_is_sealed);
	AS(ROTH, reaches_nothing_that_is_sealed);
	/* whoever has got hold of the engine has the office, and not this */
	AS(ENGINE, reaches_nothing_that_is_sealed);
	ck_assert_int_ne(shell_as(ENGINE, SEAL), 0);
	/* a key of one's own signs nothing that the public one knows */
	ck_assert_msg(shell_as(ENGINE, "$HOUSE/bin/tresen-admin seal-key $HOUSE/own/mine.key && "
	    "$HOUSE/bin/tresen-admin seal $OFFICE --key $HOUSE/own/mine.key && "
	    "$HOUSE/bin/tresen-admin verify $OFFICE --checkpoint $HOUSE/own/mine.key.checkpoints"
	    " --public-key " KEY ".pub") == 74, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "is not signed with this key"));
	AS(OKAFOR, works);
	leave();
}
END_TEST

/* Whoever owns the file writes all hashes anew: the sealer stops, the witness knows. */
START_TEST(what_the_owner_forges_is_found)
{
	settle();
	AS(OKAFOR, works);
	ck_assert_msg(shell_as(SEALER, SEAL) == 0, "%s", said);
	colleague_goes();
	harm("UPDATE event SET at = at - 60 WHERE seq = 3");
	shell("python3 tests/forge.py %s 3 1000000", office);
	AS(OKAFOR, works);
	ck_assert_msg(shell_as(SEALER, SEAL) == 74, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "Nothing is sealed any more"));
	ck_assert_int_eq(admin("verify %s", office), 0);
	ck_assert_int_eq(admin("verify %s --checkpoint %s/far/post --public-key %s/sealer/seal.key.pub",
	    office, house, house), 74);
	ck_assert_ptr_nonnull(strstr(said, "are not those that were sealed"));
	leave();
}
END_TEST

Suite *
suite_sealer(void)
{
	return town_suite("sealer", TESTS(the_sealer_signs_and_reads_nothing,
	    nobody_reaches_key_and_checkpoints, what_the_owner_forges_is_found));
}
