/*
 * links.c - what a clerk puts in the way of files: links where a slip is to be
 * written, a socket that is somebody else's.
 */
#include "harness_sit.h"

#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

Suite *suite_links(void);

/* A ticket with its slip, saved as a file in the clerk's own folder. */
static void
saves_a_slip(const char *home)
{
	char env[512];
	struct tty *t;

	snprintf(env, sizeof(env), "HOME=%s", home);
	t = sits(OKAFOR, env);
	tty_keys(t, "F6");
	tty_type(t, "a question");
	tty_keys(t, "Enter F5 F2");
	stands_up(t);
}

static void
make_home(char *home, size_t size)
{
	snprintf(home, size, "%s/home", house);
	shell("mkdir %s && chown %u %s && echo kept >%s/precious && chmod 666 %s/precious", home,
	    OKAFOR, home, house, house);
}

START_TEST(a_slip_is_a_file_of_the_clerks)
{
	char home[512];

	make_home(home, sizeof(home));
	saves_a_slip(home);
	shell("find %s/tresen-slips -name '*.txt' -size +0 -perm 600 -user %u | grep .", home,
	    OKAFOR);
	shell("test $(stat -c %%a %s/tresen-slips) = 700", home);
}
END_TEST

START_TEST(a_slip_follows_no_link)
{
	char home[512];

	make_home(home, sizeof(home));
	saves_a_slip(home);
	/* every name that a slip may have leads to what somebody else keeps */
	shell("cd %s/tresen-slips && f=$(ls) && for n in 1 2 3; do "
	    "ln -sf %s/precious ${f%%%%[0-9].txt}$n.txt; done", home, house);
	saves_a_slip(home);
	shell("grep -qx kept %s/precious && test $(wc -l <%s/precious) = 1", house, house);
	/* nor does it wait for somebody who reads from a pipe of its name */
	shell("cd %s/tresen-slips && for f in *; do rm $f; mkfifo -m 666 $f; done", home);
	saves_a_slip(home);
	all_is_well();
}
END_TEST

/* Half a slip would be taken for a whole one: it is not left there, and once there is
 * room it is saved after all. */
START_TEST(a_slip_without_room_is_told)
{
	char home[512], env[520];
	struct tty *t;

	make_home(home, sizeof(home));
	ck_assert_int_eq(unshare(CLONE_NEWNS), 0);
	ck_assert_int_eq(mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL), 0);
	ck_assert_int_eq(mount("none", home, "tmpfs", 0, "size=64k,mode=777"), 0);
	shell("mkdir -m 777 %s/tresen-slips; dd if=/dev/zero of=%s/filler bs=4k 2>/dev/null; test -s "
	    "%s/filler", home, home, home);
	snprintf(env, sizeof(env), "HOME=%s", home);
	t = sits(OKAFOR, env);
	tty_keys(t, "F6");
	tty_type(t, "a question");
	tty_keys(t, "Enter F5 F2");
	tty_sees(t, "cannot be written: No space");
	shell("! ls %s/tresen-slips | grep .", home);
	shell("rm %s/filler", home);
	tty_keys(t, "F2");
	tty_sees(t, "Saved as");
	shell("ls %s/tresen-slips | grep .", home);
	stands_up(t);
	ck_assert_int_eq(umount2(home, MNT_DETACH), 0);
	all_is_well();
}
END_TEST

/* A home with the oddest of names is a folder like any other: nothing is run, nothing
 * is written elsewhere, and its line feed moves no cursor. */
START_TEST(a_path_is_only_a_path)
{
	static const char *const names[] = { "a\n-rf b", "../home/..", "$(touch sprung)", "-o", "a;touch sprung",
		"%s%n", "\x1b]52;c;eA==\x07", "*" };
	char home[512], quoted[600];

	make_home(home, sizeof(home));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct tty *t;

		ck_assert_int_lt(snprintf(home, sizeof(home), "%s/home/%s", house, names[i]),
		    (int)sizeof(home));
		ck_assert_int_lt(snprintf(quoted, sizeof(quoted), "HOME='%s'", home),
		    (int)sizeof(quoted));
		mkdir(home, 0700);
		ck_assert_int_eq(chown(home, OKAFOR, OKAFOR), 0);
		t = sits(OKAFOR, quoted);
		tty_keys(t, "F6");
		tty_type(t, "a question");
		tty_keys(t, "Enter F5 F2");
		tty_row_has(t, 0, "Slip");
		stands_up(t);
		ck_assert_int_eq(chdir(home), 0);
		shell("ls tresen-slips/*.txt");
		ck_assert_int_eq(chdir("/"), 0);
	}
	shell("! test -e /sprung && ! find %s -name sprung | grep .", house);
	all_is_well();
}
END_TEST

/* The engine opens its own door and no other: a link that leads to somebody's
 * file is no place for a socket. */
START_TEST(no_engine_listens_through_a_link)
{
	shell("mkdir %s/way && chown %u %s/way && ln -s %s/precious %s/way/door", house, ENGINE,
	    house, house, house);
	shell("echo kept >%s/precious && chown %u %s/precious", house, ENGINE, house);
	ck_assert_int_ne(shell_as(ENGINE, "timeout 10 $HOUSE/bin/tresen-engine --db $OFFICE "
	    "--listen $HOUSE/way/door\n"), 124);
	shell("grep -qx kept %s/precious", house);
	all_is_well();
}
END_TEST

/* An office file that is a link, or has a second name, is not opened. */
START_TEST(an_office_is_one_file_with_one_name)
{
	shell("ln -s %s %s/own/linked.db && ln %s %s/own/second.db", office, house, office, house);
	ck_assert_int_ne(shell_as(ENGINE, "printf '%%s\\n' '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":"
	    "\"session.hello\",\"params\":{\"protocol\":1}}' | "
	    "timeout 10 $HOUSE/bin/tresen --db $HOUSE/own/linked.db visit list\n"), 0);
	ck_assert_int_ne(shell_as(ENGINE, "timeout 10 $HOUSE/bin/tresen --db $HOUSE/own/second.db "
	    "visit list\n"), 0);
	ck_assert_msg(strstr(said, "uid") == NULL, "%s", said);
}
END_TEST

Suite *
suite_links(void)
{
	return town_suite("links", TESTS(a_slip_is_a_file_of_the_clerks, a_slip_follows_no_link,
	    a_slip_without_room_is_told, a_path_is_only_a_path,
	    no_engine_listens_through_a_link, an_office_is_one_file_with_one_name));
}
