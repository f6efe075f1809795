/*
 * compartment.c - an office with two engines, as data/systemd starts them: one
 * user serves everybody, another one those who work on what is entrusted, and it
 * alone reads the key.  Whoever is in the shoes of the first, with the file, a
 * shell and patience, reads nothing of it.
 */
#include "harness_town.h"

#include <grp.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SOCIAL 64996u            /* the user of the second engine */
#define OFFICE_GROUP 64980u
#define CANARY "yellow bird 7351"

#include "store.h"

Suite *suite_compartment(void);

static char social_door[96];
static pid_t social;

/* This process alone sees a group file with the engines' group in it. */
static bool
group_is_there(const char *members)
{
	static bool apart;

	if (!apart && (unshare(CLONE_NEWNS) != 0 ||
	        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)) {
		fprintf(stderr, "LEFT OUT: two engines, since nothing may be mounted here\n");
		return false;
	}
	shell("%s; cp /etc/group %s/group && echo tresen-office:x:%u:%s >>%s/group && "
	    "mount --bind %s/group /etc/group", apart ? "umount /etc/group" : "true", house,
	    OFFICE_GROUP, members, house, house);
	apart = true;
	return true;
}

static pid_t
start(uid_t uid, const char *socket, const char *other, const char *key)
{
	char program[PATH_MAX + 32];
	const gid_t group = OFFICE_GROUP;
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	snprintf(program, sizeof(program), "%s/bin/tresen-engine", house);
	if (setgroups(1, &group) != 0 || setgid(OFFICE_GROUP) != 0 || setuid(uid) != 0)
		_exit(99);
	execl(program, program, "--db", office, "--listen", socket, "--other", other,
	    key ? "--key" : NULL, key, (char *)NULL);
	_exit(98);
}

static void
end(pid_t pid)
{
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
}

static const char *
social_key(void)
{
	static char path[PATH_MAX + 16];

	snprintf(path, sizeof(path), "%s/social.key", house);
	return path;
}

/* The office of the town as tresen-admin(8) says for two engines. */
static bool
two_engines(void)
{
	const char *key = social_key();

	colleague_goes();
	end(engine);
	if (!group_is_there(""))
		return false;
	ck_assert_int_lt(snprintf(social_door, sizeof(social_door), "%s/social", house),
	    (int)sizeof(social_door));
	ck_assert_msg(admin("key %s %s", office, key) == 0, "%s", said);
	office_lock_remove(office);
	shell("chown %u %s && chmod 400 %s", SOCIAL, key, key);
	shell("cd %s && chown -R %u:%u own && chmod 2770 own && chmod 660 own/office.db* && "
	    "chgrp %u . && chmod 775 .", house, ENGINE, OFFICE_GROUP, OFFICE_GROUP);
	engine = start(ENGINE, door, social_door, NULL);
	social = start(SOCIAL, social_door, door, key);
	return true;
}

/* ---- people ---- */

static bool
is_sent_to_the_other_socket(void)
{
	int fd = come_in();
	json_t *reply = tell(fd, HELLO) ? hear(fd) : NULL;
	const json_t *data = json_object_get(json_object_get(reply, "error"), "data");
	const char *where = json_string_value(json_object_get(data, "socket"));
	bool sent = where && strcmp(where, social_door) == 0;

	json_decref(reply);
	return sent && gets_status(fd, ASKING("case.list", ""), "DENIED");
}

static bool
is_not_served_by_the_key(void)
{
	int fd;

	strcpy(door, social_door);
	fd = come_in();
	return gets_status(fd, HELLO, "DENIED") && gets_status(fd, ASKING("case.list", ""), "DENIED");
}

static bool
writes(void)
{
	return gets_status(session(), ASKING("visit.new", "\"concern\":\"S02\""), NULL);
}

START_TEST(two_users_work_on_one_file)
{
	if (!two_engines())
		return;
	colleague_comes();
	AS(OKAFOR, writes);
	AS(WEISS, is_sent_to_the_other_socket);
	AS(DEMIR, is_not_served_by_the_key);
	/* the client finds the way by itself */
	ck_assert_msg(shell_as(WEISS, "$TRESEN person new family=Haddad born=1990 && "
	    "$TRESEN case open person=1 service=S20 && "
	    "$TRESEN case note id=1000000001 text='" CANARY "' && "
	    "$TRESEN case show id=1000000001\n") == 0, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, CANARY));
	AS(OKAFOR, writes);
	colleague_goes();
	/* who is the common engine has the file, and reads nothing of it */
	ck_assert_msg(shell_as(ENGINE, "cat $HOUSE/social.key\n") != 0, "%s", said);
	shell("! grep -q '" CANARY "' %s/own/*", house);
	shell("grep -q HADDAD %s/own/*", house);
	end(engine);
	end(social);
	ck_assert_msg(admin("check %s", office) == 0, "%s", said);
	engine = start(ENGINE, door, social_door, NULL);
	AS(OKAFOR, writes);
}
END_TEST

/* A group that has anybody else in it, or another name, is none. */
START_TEST(the_group_is_of_engines_only)
{
	if (!two_engines())
		return;
	AS(OKAFOR, writes);
	group_is_there("tresen,tresen-social");
	AS(OKAFOR, writes);
	group_is_there("tresen,demir");
	ck_assert_msg(shell_as(OKAFOR, "$TRESEN visit list\n") == 74, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "open to other users"));
	group_is_there("");
	AS(OKAFOR, writes);
	shell("chmod 664 %s", office);
	ck_assert_int_eq(shell_as(OKAFOR, "$TRESEN visit list\n"), 74);
	shell("chmod 660 %s && chgrp %u %s", office, 64981u, office);
	ck_assert_int_eq(shell_as(OKAFOR, "$TRESEN visit list\n"), 74);
	end(social);
}
END_TEST

/* Whoever restores need not know who shares the office: nobody is shut out by it. */
START_TEST(a_restored_office_is_for_both_engines)
{
	if (!two_engines())
		return;
	AS(OKAFOR, writes);
	end(engine);
	end(social);
	shell("install -d -o %u -m 700 %s/copies", ENGINE, house);
	shell("as='setpriv --reuid %u --regid %u --groups %u %s/bin/tresen-admin' && "
	    "$as backup %s %s/copies && $as restore %s/copies/* %s", ENGINE, ENGINE, OFFICE_GROUP,
	    house, office, house, house, office);
	shell("test \"$(stat -c '%%u %%g %%a' %s)\" = '%u %u 660'", office, ENGINE, OFFICE_GROUP);
	shell("rm -r %s/copies", house);
	engine = start(ENGINE, door, social_door, NULL);
	social = start(SOCIAL, social_door, door, social_key());
	AS(OKAFOR, writes);
	ck_assert_msg(shell_as(WEISS, "$TRESEN person new family=Haddad born=1990\n") == 0, "%s", said);
	end(social);
	colleague_comes();
}
END_TEST

Suite *
suite_compartment(void)
{
	return town_suite("compartment", TESTS(two_users_work_on_one_file,
	    the_group_is_of_engines_only, a_restored_office_is_for_both_engines));
}
