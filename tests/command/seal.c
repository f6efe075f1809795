/*
 * seal.c - what was sealed and kept elsewhere finds what a chain alone cannot:
 * hashes made anew, an end that is gone, yesterday's file.  Ours and
 * tests/proof.py must agree on what and from where on.
 */
#include "harness_admin.h"

#include <fcntl.h>
#include <glob.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store.h"

#define COLLEAGUE "add %s --uid %d --name X --role clerk --unit residence --site main"

/* An office with a key, and two checkpoints: of all events, and of two more. */
static int sealed_first;

static void
one_more(const char *login, int uid)
{
	ck_assert_int_eq(admin("staff %s " COLLEAGUE, office, login, uid), 0);
}

static void
setup(void)
{
	office_begin();
	ck_assert_int_eq(admin("init %s --training", office), 0);
	ck_assert_int_eq(admin("seal-key %s.key", office), 0);
	one_more("one", 7001);
	sealed_first = count("SELECT max(seq) FROM event");
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 0);
	one_more("two", 7002);
	one_more("three", 7003);
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 0);
}

/* Both find it, from the same event on; 0: nothing. */
static void
both_find(int event, const char *sentence)
{
	int ours = admin("verify %s --checkpoint %s.key.checkpoints --public-key %s.key.pub", office,
	    office, office);
	char numbered[64];

	ck_assert_msg(ours == (event ? 74 : 0) && strstr(said, sentence), "%d\n%s", ours, said);
	ck_assert_int_eq(command_of("python3 tests/proof.py %s %s.key.checkpoints %s.key.pub", office,
	    office, office), event ? 74 : 0);
	snprintf(numbered, sizeof(numbered), "%d ", event);
	ck_assert_msg(!event || strncmp(said, numbered, strlen(numbered)) == 0, "%s: %s", numbered,
	    said);
}

START_TEST(what_was_sealed_is_there)
{
	both_find(0, "are those that were sealed at 2026-11-23T08:14:00Z");
	/* nothing new: nothing to seal */
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 0);
	ck_assert_str_eq(said, "");
	/* without a checkpoint it is said what cannot be told */
	ck_assert_int_eq(admin("verify %s", office), 0);
	ck_assert_ptr_nonnull(strstr(said, "No checkpoint was named"));
}
END_TEST

/* All hashes from the changed event on are made anew: the chain holds. */
START_TEST(a_forgery_is_found)
{
	int at = _i ? sealed_first + 1 : 2;
	char text[256];

	snprintf(text, sizeof(text), "UPDATE event SET at = at - 60 WHERE seq = %d", at);
	harm(text);
	shell("python3 tests/forge.py %s %d 1000000", office, at);
	ck_assert_int_eq(admin("verify %s", office), 0);
	snprintf(text, sizeof(text), "The events %d to ", _i ? sealed_first + 1 : 1);
	both_find(_i ? sealed_first + 1 : 1, text);
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 74);
	ck_assert_ptr_nonnull(strstr(said, "Nothing is sealed any more"));
}
END_TEST

START_TEST(yesterdays_file_is_found)
{
	int last;

	shell("cp %s %s.yesterday; cp %s-wal %s.yesterday-wal", office, office, office, office);
	one_more("four", 7004);
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 0);
	last = count("SELECT max(seq) FROM event");
	shell("rm -f %s-shm; mv %s.yesterday %s; mv %s.yesterday-wal %s-wal", office, office, office,
	    office, office);
	ck_assert_int_eq(admin("verify %s", office), 0);
	both_find(last, "an older file stands in its place");
	/* nor when it has grown beyond what was sealed */
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 74);
	one_more("five", 7005);
	both_find(last, "are not those that were sealed");
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 74);
}
END_TEST

START_TEST(a_forged_checkpoint_is_found)
{
	static const char *const changes[] = {
		"1,3s/^time.*00Z/x/;s/^time 2026-11-23/time 2026-11-22/",
		"s/^tresen\\/./tresen\\/x/", "3s/^[A-M]/N/;t;3s/^./B/", "2s/.*/1/",
		"s/tresen-seal ....../tresen-seal AAAAAA/",
	};

	shell("sed -i '%s' %s.key.checkpoints", changes[_i], office);
	ck_assert_int_eq(admin("verify %s --checkpoint %s.key.checkpoints --public-key %s.key.pub",
	    office, office, office), 74);
	ck_assert_msg(strstr(said, "is not signed with this key"), "%s", said);
	/* the number of the key is no part of what is signed: the other tool looks past it */
	if (_i < 4)
		ck_assert_int_eq(command_of("python3 tests/proof.py %s %s.key.checkpoints %s.key.pub",
		    office, office, office), 74);
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 65);
}
END_TEST

START_TEST(a_foreign_checkpoint_is_told)
{
	shell("cp %s.key.checkpoints %s.mine; rm %s.key.checkpoints", office, office, office);
	office_lock_remove(office);
	shell("rm %s %s-*", office, office);
	ck_assert_int_eq(admin("init %s --training", office), 0);
	ck_assert_int_eq(admin("verify %s --checkpoint %s.mine", office, office), 74);
	ck_assert_ptr_nonnull(strstr(said, "whose first event is another one"));
	ck_assert_ptr_nonnull(strstr(said, "signatures of the checkpoints were not checked"));
}
END_TEST

/* ---- the sealer ---- */

/* A log by hand: hashes from one number to another, then "that is all for now". */
#define HASHES                                                                 \
	"awk -v i=%d -v n=%d 'BEGIN { for (; i <= n; i++) printf \"%%064x\\n\", i; print \"\" }'"

START_TEST(a_hundred_events_are_sealed_at_once_and_fewer_wait)
{
	/* the sealer has read its input to the end when it stops: at the end it seals the rest */
	shell("(" HASHES "; " HASHES ") | %s/tresen-admin seal - --key %s.key --into %s.new --follow",
	    1, 99, 100, 100, program_folder(), office, office);
	ck_assert_ptr_nonnull(strstr(said, ": 100 events are sealed"));
	ck_assert_ptr_null(strstr(said, ": 99 events"));
	shell("grep -qx 100 %s.new && [ $(grep -c ^tresen/ %s.new) = 1 ]", office, office);
	/* not only at the end: another one after them is sealed by itself */
	shell("rm %s.new; (" HASHES "; " HASHES "; " HASHES ") | %s/tresen-admin seal - --key %s.key "
	    "--into %s.new --follow", office, 1, 99, 100, 100, 101, 101, program_folder(), office,
	    office);
	ck_assert_ptr_nonnull(strstr(said, ": 100 events are sealed"));
	ck_assert_ptr_nonnull(strstr(said, ": 101 events are sealed"));
	/* the log begins anew with each reader */
	shell("(" HASHES "; " HASHES ") | %s/tresen-admin seal - --key %s.key --into %s.new --follow",
	    1, 150, 151, 151, program_folder(), office, office);
	ck_assert_ptr_nonnull(strstr(said, ": 151 events are sealed"));
	ck_assert_ptr_null(strstr(said, ": 150 events"));
}
END_TEST

/* ---- five minutes, by a clock that a test moves ---- */

struct follower {
	pid_t pid;
	int log, says;
};

static void
clock_moves_to(const char *instant)
{
	shell("echo %s > %s.clock.new && mv %s.clock.new %s.clock", instant, office, office, office);
}

static void
become_sealer(int log, int says)
{
	char program[4200], clock[4200], key[4200], into[4200], witness[4200];

	snprintf(program, sizeof(program), "%s/tresen-admin", program_folder());
	snprintf(clock, sizeof(clock), "%s.clock", office);
	snprintf(key, sizeof(key), "%s.key", office);
	snprintf(into, sizeof(into), "%s.new", office);
	snprintf(witness, sizeof(witness), "%s.witness", office);
	setenv("TRESEN_NOW", clock, 1);
	dup2(log, STDIN_FILENO);
	dup2(says, STDOUT_FILENO);
	execl(program, program, "seal", "-", "--key", key, "--into", into, "--witness", witness,
	    "--follow", (char *)NULL);
	_exit(127);
}

static struct follower
follow(void)
{
	struct follower f;
	int log[2], says[2];

	ck_assert_int_eq(pipe2(log, O_CLOEXEC), 0);
	ck_assert_int_eq(pipe2(says, O_CLOEXEC), 0);
	f = (struct follower){ .pid = fork(), .log = log[1], .says = says[0] };
	if (f.pid == 0)
		become_sealer(log[0], says[1]);
	close(log[0]);
	close(says[1]);
	return f;
}

/* One event more, and that this is all for now; then it has read that and waits. */
static void
one_event(const struct follower *f, int number)
{
	char line[80], path[64], state = 'R';
	int n = snprintf(line, sizeof(line), "%064x\n\n", (unsigned)number), unread = 1;

	ck_assert_int_eq(write(f->log, line, (size_t)n), n);
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)f->pid);
	while (unread || state != 'S') {
		FILE *stat = fopen(path, "re");

		ck_assert_int_eq(ioctl(f->log, FIONREAD, &unread), 0);
		ck_assert(stat && fscanf(stat, "%*d (%*[^)]) %c", &state) == 1 && state != 'Z');
		fclose(stat);
		poll(NULL, 0, 1);
	}
}

static bool
is_there(const char *suffix)
{
	char path[4200];
	glob_t found;
	bool there;

	snprintf(path, sizeof(path), "%s%s", office, suffix);
	there = glob(path, 0, NULL, &found) == 0;
	globfree(&found);
	return there;
}

/* The tests' own deadline ends it if it never happens. */
START_TEST(five_minutes_are_enough)
{
	struct follower f;
	char line[128];
	int status;

	clock_moves_to("2026-11-23T08:00:00Z");
	f = follow();
	one_event(&f, 1);
	clock_moves_to("2026-11-23T08:04:59Z");
	one_event(&f, 2);
	ck_assert(!is_there(".new"));
	/* nothing comes any more: it wakes by itself */
	clock_moves_to("2026-11-23T08:05:00Z");
	ck_assert_int_gt(read(f.says, line, sizeof(line)), 0);
	ck_assert_ptr_nonnull(strstr(line, "2026-11-23T08:05:00Z: 2 events are sealed."));
	/* the witness was away: it is tried again after five minutes, not before */
	shell("mkdir %s.witness", office);
	clock_moves_to("2026-11-23T08:09:59Z");
	one_event(&f, 3);
	ck_assert(!is_there(".witness/*"));
	clock_moves_to("2026-11-23T08:10:00Z");
	while (!is_there(".witness/*"))
		poll(NULL, 0, 1);
	shell("grep -qx 2 %s.witness/*", office);
	close(f.log);
	ck_assert_int_eq(waitpid(f.pid, &status, 0), f.pid);
	ck_assert_int_eq(status, 0);
	shell("cmp %s.new %s.witness/* && grep -qx 3 %s.new", office, office, office);
	close(f.says);
}
END_TEST

static const struct { const char *words, *sentence; int code; } wrong[] = {
	{ "seal %s", "Name the secret key", 65 },
	{ "seal %s --key /nowhere", "/nowhere cannot be read", 66 },
	{ "seal %s --key %s.key.pub", "Others may read the key", 65 },
	{ "seal /nowhere --key %s.key", "/nowhere cannot be read", 66 },
	{ "seal %s --key %s.key --into /nowhere/x", "cannot be written", 74 },
	{ "seal /etc/passwd --key %s.key", "could not be read to its end", 75 },
	{ "verify %s --checkpoint /nowhere", "/nowhere cannot be read", 66 },
	{ "verify %s --checkpoint %s.key", "breaks off", 65 },
	{ "verify %s --public-key %s.key", "holds no public key", 65 },
	{ "seal-key %s.key", "cannot be made", 73 },
};

START_TEST(mistakes_are_told)
{
	char words[8192];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
	snprintf(words, sizeof(words), wrong[_i].words, office, office);
#pragma GCC diagnostic pop
	ck_assert_msg(admin("%s", words) == wrong[_i].code && strstr(said, wrong[_i].sentence),
	    "%s: %s", words, said);
}
END_TEST

START_TEST(a_key_that_others_read_is_refused)
{
	struct stat st;
	char path[4200];

	snprintf(path, sizeof(path), "%s.key", office);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);
	shell("chmod 640 %s", path);
	ck_assert_int_eq(admin("seal %s --key %s", office, path), 65);
	ck_assert_ptr_nonnull(strstr(said, "Others may read the key"));
}
END_TEST

/* What a witness got is what was sealed; one that is away is told and tried again. */
START_TEST(witnesses_get_every_checkpoint)
{
	one_more("four", 7004);
	shell("mkdir %s.w; printf '#!/bin/sh\\ncat > %s.got\\n' > %s.sh; chmod +x %s.sh", office,
	    office, office, office);
	ck_assert_int_eq(admin("seal %s --key %s.key --witness %s.w --witness-command %s.sh", office,
	    office, office, office), 0);
	shell("tail -n 7 %s.key.checkpoints | cmp - %s.got && cmp %s.got %s.w/tresen-*.checkpoints",
	    office, office, office, office);
	one_more("five", 7005);
	ck_assert_int_eq(admin("seal %s --key %s.key --witness /nowhere --witness-command /nowhere",
	    office, office), 75);
	ck_assert_ptr_nonnull(strstr(said, "The witness /nowhere does not take the checkpoint"));
	ck_assert_ptr_nonnull(strstr(said, "not every witness has it"));
	both_find(0, "are those that were sealed");
}
END_TEST

/* Nothing of a checkpoint stays that has room for its first half only, or for none of
 * it; and once there is more room it is sealed. */
START_TEST(no_half_checkpoint_stays_where_there_is_no_room)
{
	one_more("four", 7004);
	shell("%s/tresen-admin log %s > %s.hashes; cp %s.key.checkpoints %s.before",
	    program_folder(), office, office, office, office);
	signal(SIGXFSZ, SIG_DFL);
	ck_assert_msg(command_of("prlimit --fsize=$(($(stat -c %%s %s.before) + %d)) "
	    "%s/tresen-admin seal - --key %s.key < %s.hashes 2>&1", office, 100 * _i,
	    program_folder(), office, office) == 74, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, _i ? "written: No space left on device. Nothing is sealed."
	    : "written: File too large. Nothing is sealed."));
	shell("cmp %s.key.checkpoints %s.before", office, office);
	ck_assert_int_eq(admin("seal %s --key %s.key", office, office), 0);
	both_find(0, "are those that were sealed");
}
END_TEST

/* As systemd does it: who connects gets the log, and nothing else. */
START_TEST(the_log_comes_through_a_socket)
{
	one_more("four", 7004);
	shell("python3 -c \"\nimport os, socket, subprocess, sys\ns = socket.socket(socket.AF_UNIX)\n"
	    "s.bind(sys.argv[1])\ns.listen()\nif os.fork(): os._exit(0)\nc = s.accept()[0]\n"
	    "subprocess.run(sys.argv[2:], stdin=c, stdout=c)\n\" %s.sock %s/tresen-admin log %s"
	    " > /dev/null 2>&1", office, program_folder(), office);
	ck_assert_int_eq(admin("seal %s.sock --key %s.key", office, office), 0);
	both_find(0, "are those that were sealed");
	/* and there are no names in it */
	ck_assert_int_eq(admin("log %s", office), 0);
	ck_assert_uint_eq(strspn(said, "0123456789abcdef\n"), strlen(said));
	ck_assert_int_eq(admin("seal %s.sock --key %s.key", office, office), 75);
}
END_TEST

Suite *suite_seal(void);
Suite *
suite_seal(void)
{
	Suite *s = suite_create("seal");
	TCase *t = tcase_create("seal");

	tcase_add_checked_fixture(t, setup, office_end);
	tcase_add_test(t, what_was_sealed_is_there);
	tcase_add_loop_test(t, a_forgery_is_found, 0, 2);
	tcase_add_test(t, yesterdays_file_is_found);
	tcase_add_loop_test(t, a_forged_checkpoint_is_found, 0, 5);
	tcase_add_test(t, a_foreign_checkpoint_is_told);
	tcase_add_test(t, a_hundred_events_are_sealed_at_once_and_fewer_wait);
	tcase_add_test(t, five_minutes_are_enough);
	tcase_add_loop_test(t, mistakes_are_told, 0, COUNT_OF(wrong));
	tcase_add_test(t, a_key_that_others_read_is_refused);
	tcase_add_test(t, witnesses_get_every_checkpoint);
	tcase_add_loop_test(t, no_half_checkpoint_stays_where_there_is_no_room, 0, 2);
	tcase_add_test(t, the_log_comes_through_a_socket);
	suite_add_tcase(s, t);
	return s;
}
