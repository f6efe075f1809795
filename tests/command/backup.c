/*
 * backup.c - copies of an office that people work in: whole, of one moment,
 * sealed if wanted; and the way back.
 */
#include "harness_admin.h"
#include "harness_desk.h"

#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store.h"

/* The folder of this test's office; the backups lie in b below it. */
#define THERE "cd $(dirname %s) && "

static void
folders_begin(void)
{
	char there[PATH_MAX];

	office_begin();
	shell("mkdir $(dirname %s)/b", office);
	snprintf(there, sizeof(there), "%s", office);
	setenv("TRESEN_TEST_THERE", dirname(there), 1);
}

/* The only backup there is. */
static int
restore(const char *options)
{
	return admin("restore $TRESEN_TEST_THERE/b/office-* %s %s", office, options);
}

static void
backup_at(const char *now, const char *options)
{
	setenv("TRESEN_NOW", now, 1);
	ck_assert_msg(admin("backup %s $(dirname %s)/b %s", office, office, options) == 0, "%s",
	              said);
}

/* ---- while people work ---- */

static pid_t
backup_start(const char *db, const char *folder, bool traced)
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		char program[PATH_MAX];

		snprintf(program, sizeof(program), "%s/tresen-admin", program_folder());
		setenv("TRESEN_NOW", "2026-11-23T08:14:00Z", 1);
		ck_assert_ptr_nonnull(freopen("/dev/null", "w", stdout));
		if (traced)
			ck_assert_int_eq(ptrace(PTRACE_TRACEME, 0, 0, 0), 0);
		execl(program, "tresen-admin", "backup", db, folder, NULL);
		_exit(127);
	}
	return pid;
}

/* Nobody waits for a copy, and it is the office of one moment. */
START_TEST(people_work_on_while_it_is_made)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	int64_t before = office_number_of(o, "SELECT max(seq) FROM event"), longest = 0;
	pid_t pid = backup_start(office_db(o), office_dir(o), false);
	int status, done = 0;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		int64_t began = ticks_ms();

		desk_do(d, "visit.new", "{s:s}", "concern", "S02");
		longest = ticks_ms() - began > longest ? ticks_ms() - began : longest;
		done++;
	}
	ck_assert_int_eq(status, 0);
	ck_assert_int_gt(done, 0);
	ck_assert_int_lt(longest, 2000);
	desk_close(d);
	ck_assert_msg(admin("check %s/office-20261123T081400Z.db", office_dir(o)) == 0, "%s", said);
	shell("cp %s/office-20261123T081400Z.db %s", office_dir(o), office);
	ck_assert_int_ge(count("SELECT max(seq) FROM event"), (int)before);
	ck_assert_int_le(count("SELECT max(seq) FROM event"), (int)before + done);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(it_is_private_named_by_its_moment_and_whole)
{
	office_copy();
	backup_at("2026-11-23T17:05:09Z", "");
	ck_assert_ptr_nonnull(strstr(said, "/b/office-20261123T170509Z.db: "));
	shell(THERE "test \"$(stat -c %%a b/*)\" = 600", office);
	/* nothing but the copy, and nothing beside the office */
	shell(THERE "test \"$(ls b)\" = office-20261123T170509Z.db", office);
	shell(THERE "test \"$(ls | tr '\\n' ' ')\" = 'b office.db office.db-shm office.db-wal '",
	      office);
	ck_assert_int_eq(admin("check $(dirname %s)/b/office-20261123T170509Z.db", office), 0);
	/* a second one of that second is refused, the first stays */
	ck_assert_int_eq(admin("backup %s $(dirname %s)/b", office, office), 1);
	ck_assert_ptr_nonnull(strstr(said, "There is a backup"));
}
END_TEST

START_TEST(old_ones_go_and_strangers_stay)
{
	office_copy();
	shell(THERE "touch b/office-letter.db b/other-20200101T000000Z.db"
	      " b/office-20200101T000000Z.db b/office-20200102T000000Z.db.part", office);
	backup_at("2026-11-21T17:00:00Z", "--keep 2");
	backup_at("2026-11-22T17:00:00Z", "--keep 2");
	backup_at("2026-11-23T17:00:00Z", "--keep 2");
	ck_assert_ptr_nonnull(strstr(said, "office-20261121T170000Z.db has had its time"));
	shell(THERE "test \"$(ls b | tr '\\n' ' ')\" = 'office-20261122T170000Z.db"
	      " office-20261123T170000Z.db office-letter.db other-20200101T000000Z.db '", office);
	ck_assert_int_eq(admin("backup %s $(dirname %s)/b --keep 0", office, office), 65);
}
END_TEST

/* A faulty office is copied too, but drives no sound copy out. */
START_TEST(a_faulty_office_is_kept_apart)
{
	office_copy();
	backup_at("2026-11-22T17:00:00Z", "");
	sql("UPDATE case_note SET text = 'Sesam' WHERE id = 7");
	setenv("TRESEN_NOW", "2026-11-23T17:00:00Z", 1);
	ck_assert_int_eq(admin("backup %s $(dirname %s)/b --keep 1", office, office), 74);
	ck_assert_ptr_nonnull(strstr(said, "case_note 7: column text"));
	shell(THERE "test \"$(ls b | tr '\\n' ' ')\" = 'office-20261122T170000Z.db"
	      " office-20261123T170000Z.unsound.db '", office);
	ck_assert_int_eq(admin("restore $(dirname %s)/b/*.unsound.db %s", office, office), 74);
	ck_assert_ptr_nonnull(strstr(said, "the office stays as it is"));
	shell(THERE "! ls *restoring*", office);
	ck_assert_int_eq(count("SELECT count(*) FROM case_note WHERE text = 'Sesam'"), 1);
	/* the sound one brings it back */
	ck_assert_msg(admin("restore $(dirname %s)/b/office-20261122T170000Z.db %s", office,
	              office) == 0, "%s", said);
	ck_assert_int_eq(count("SELECT count(*) FROM case_note WHERE text = 'Sesam'"), 0);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

static int spills;

/* A file that SQLite spills into: all of the office is in it. */
static void
look_where_it_spills(pid_t pid, unsigned long long name_at)
{
	char memory[64], name[PATH_MAX] = "";
	FILE *f;

	snprintf(memory, sizeof(memory), "/proc/%d/mem", (int)pid);
	f = fopen(memory, "rb");
	ck_assert_ptr_nonnull(f);
	if (fseek(f, (long)name_at, SEEK_SET) == 0 && fread(name, 1, 256, f) > 0 &&
	    strstr(name, "etilqs")) {
		ck_assert_msg(strncmp(name, getenv("TRESEN_TEST_THERE"),
		    strlen(getenv("TRESEN_TEST_THERE"))) == 0, "%s", name);
		spills++;
	}
	fclose(f);
}

/* The next call of the kernel of a process that is traced, as it begins. */
static unsigned long long
next_call(pid_t pid)
{
	struct __ptrace_syscall_info info = { .op = PTRACE_SYSCALL_INFO_NONE };

	while (info.op != PTRACE_SYSCALL_INFO_ENTRY) {
		int status;

		ck_assert_int_eq(ptrace(PTRACE_SYSCALL, pid, 0, 0), 0);
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert_msg(WIFSTOPPED(status), "it was done too early");
		ck_assert_int_gt(ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof(info), &info), 0);
	}
	if (info.entry.nr == SYS_openat)
		look_where_it_spills(pid, info.entry.args[1]);
	return info.entry.nr;
}

/* A backup that is killed before its call of that number, or before the one that
 * would give it its name; which that was. */
static int
killed_at(int most)
{
	char folder[PATH_MAX];
	unsigned long long call = 0;
	pid_t pid;
	int status, n = 0;

	snprintf(folder, sizeof(folder), "%s/b", getenv("TRESEN_TEST_THERE"));
	pid = backup_start(office, folder, true);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD), 0);
	while (n < most && call != SYS_renameat) {
		call = next_call(pid);
		n++;
	}
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status));
	return n;
}

/* Whenever it is killed, no copy lies about that somebody could read, and none has
 * been elsewhere meanwhile. */
START_TEST(killed_it_leaves_nothing_whole)
{
	int last;

	office_copy();
	last = killed_at(INT_MAX);
	ck_assert_int_gt(last, 100);
	ck_assert_int_gt(spills, 0);
	for (int i = 0; i <= 12; i++) {
		killed_at(last * i / 12);
		shell(THERE "ls -A | grep -vx 'b\\|office.db\\|office.db-wal\\|office.db-shm' && exit 1;"
		      "! ls b | grep -v part", office);
	}
	backup_at("2026-11-23T17:00:00Z", "");
	shell(THERE "test \"$(ls b)\" = office-20261123T170000Z.db", office);
}
END_TEST

/* ---- sealed ---- */

START_TEST(a_sealed_one_opens_with_its_key_only)
{
	office_copy();
	shell(THERE "printf x > used", office);
	ck_assert_int_eq(admin("backup-key $(dirname %s)/used", office), 74);
	ck_assert_int_eq(admin("backup-key $(dirname %s)/key", office), 0);
	ck_assert_int_eq(admin("backup-key $(dirname %s)/other", office), 0);
	shell(THERE "test \"$(stat -c %%a key)\" = 600", office);
	ck_assert_int_eq(admin("backup %s $(dirname %s)/b --to $(dirname %s)/key", office, office,
	                 office), 65);
	backup_at("2026-11-23T17:00:00Z", "--to $TRESEN_TEST_THERE/key.pub");
	/* the words of every office stand nowhere in it */
	shell(THERE "test \"$(ls b)\" = office-20261123T170000Z.db.sealed", office);
	shell(THERE "! grep -qaE 'SQLite format|CREATE TABLE|case_file|residence' b/*", office);
	ck_assert_int_eq(restore(""), 65);
	ck_assert_ptr_nonnull(strstr(said, "--key"));
	ck_assert_int_eq(restore("--key $TRESEN_TEST_THERE/other"), 77);
	ck_assert_int_eq(restore("--key $TRESEN_TEST_THERE/key.pub"), 65);
	ck_assert_msg(restore("--key $TRESEN_TEST_THERE/key") == 0, "%s", said);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

/* Whatever stands there, afterwards it is another one. */
#define OTHER_BYTE                                                             \
	"other_byte() { b=$(od -An -tu1 -j$1 -N1 $F); b=$((b ^ 1));"           \
	" printf \"\\\\$(printf %%03o $b)\" | dd of=$F bs=1 seek=$1 conv=notrunc; }; "

/* Pieces of 65,536 bytes, each 17 longer, behind a head of 127. */
static const struct { const char *harm, *sentence; } harms[] = {
	{ "other_byte 9", "is no backup" },
	{ "other_byte 40", "does not open" },
	{ "other_byte 110", "damaged or changed" },
	{ "other_byte 127", "damaged or changed" },
	{ "other_byte 700000", "damaged or changed" },
	{ "other_byte $(($(stat -c %s $F) - 3))", "damaged or changed" },
	/* whole pieces are missing at the end, the last one, half of one */
	{ "truncate -s $((127 + 65553 * 3)) $F", "is cut off" },
	{ "truncate -s 127 $F", "is cut off" },
	{ "truncate -s -17 $F", "damaged or changed" },
	{ "truncate -s 400000 $F", "damaged or changed" },
	{ "truncate -s 90 $F", "is not whole" },
	{ "echo >> $F", "damaged or changed" },
	/* two pieces change places */
	{ "tail -c +65681 $F | head -c 65553 > $F.2 && "
	  "dd if=$F bs=1 skip=127 count=65553 of=$F.1 && "
	  "cat $F.2 $F.1 | dd of=$F bs=1 seek=127 conv=notrunc", "damaged or changed" },
};

START_TEST(a_changed_one_is_refused)
{
	office_copy();
	ck_assert_int_eq(admin("backup-key $(dirname %s)/key", office), 0);
	backup_at("2026-11-23T17:00:00Z", "--to $TRESEN_TEST_THERE/key.pub");
	shell("mv $TRESEN_TEST_THERE/b/* $TRESEN_TEST_THERE/whole; "
	      "sha256sum < %s > $TRESEN_TEST_THERE/before", office);
	for (size_t i = 0; i < COUNT_OF(harms); i++) {
		setenv("HARM", harms[i].harm, 1);
		shell(OTHER_BYTE "F=$TRESEN_TEST_THERE/b/office-x.sealed; cp $TRESEN_TEST_THERE/whole $F; "
		      "eval \"$HARM\" 2> /dev/null; rm -f $F.?");
		ck_assert_int_ne(restore("--key $TRESEN_TEST_THERE/key"), 0);
		ck_assert_msg(strstr(said, harms[i].sentence), "%s: %s", harms[i].harm, said);
		shell("sha256sum < %s | cmp - $TRESEN_TEST_THERE/before", office);
		shell("! ls $TRESEN_TEST_THERE | grep restoring");
	}
}
END_TEST

/* ---- the way back ---- */

START_TEST(nobody_may_be_in_the_office)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");

	shell("mkdir %s/b", office_dir(o));
	ck_assert_int_eq(admin("backup %s %s/b", office_db(o), office_dir(o)), 0);
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	ck_assert_int_eq(admin("restore %s/b/office-*.db %s", office_dir(o), office_db(o)), 75);
	ck_assert_ptr_nonnull(strstr(said, "let everybody log off"));
	/* who works goes on working, and what they save is there */
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	desk_close(d);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM visit"), 2);
	ck_assert_msg(admin("restore %s/b/office-*.db %s", office_dir(o), office_db(o)) == 0, "%s",
	              said);
	ck_assert_ptr_nonnull(strstr(said, "2 events after that are only there"));
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM visit"), 0);
	d = desk_open(o, "front1");
	desk_do(d, "visit.new", "{s:s}", "concern", "S02");
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(the_roll_back_is_an_event_and_the_old_file_stays)
{
	office_copy();
	backup_at("2026-11-22T17:00:00Z", "");
	sql("UPDATE case_note SET text = 'Sesam' WHERE id = 7");
	/* a log and its index that are not the backup's */
	shell(THERE "cp office.db-wal keep 2>/dev/null; head -c 70000 /dev/urandom > office.db-shm",
	      office);
	setenv("TRESEN_NOW", "2026-11-23T17:00:00Z", 1);
	ck_assert_msg(restore("") == 0, "%s", said);
	ck_assert_ptr_nonnull(strstr(said, "is kept as"));
	ck_assert_ptr_nonnull(strstr(said, ".replaced-20261123T170000Z."));
	ck_assert_ptr_null(strstr(said, "only there"));
	ck_assert_int_eq(count("SELECT count(*) FROM case_note WHERE text = 'Sesam'"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM event WHERE command = 'office.restore'"
	                       " AND seq = (SELECT max(seq) FROM event)"
	                       " AND reason LIKE 'Back to backup office-20261122T170000Z.db, up to"
	                       " event ' || (seq - 1) || ' of %'"), 1);
	ck_assert_int_eq(admin("check %s", office), 0);
	shell("cp %s.replaced-20261123T170000Z %s.old", office, office);
	shell("cp %s.replaced-20261123T170000Z-wal %s.old-wal 2>/dev/null; true", office, office);
	shell("test $(stat -c %%a %s) = 600", office);
	ck_assert_int_eq(admin("check %s.old", office), 74);
	ck_assert_ptr_nonnull(strstr(said, "case_note 7"));
}
END_TEST

/* What is left of an office that is gone: on top of any other file it would count. */
static void
leave_a_log(void)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(office, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, "UPDATE case_note SET text = 'Sesam' WHERE id = 7", NULL,
	    NULL, NULL), SQLITE_OK);
	shell(THERE "test -s office.db-wal && cp office.db-wal log", office);
	sqlite3_close(db);
	shell("rm %s*", office);
	shell(THERE "mv log office.db-wal", office);
}

START_TEST(it_comes_back_where_nothing_is)
{
	char stands[64];
	int64_t last;

	office_copy();
	last = count("SELECT max(seq) FROM event");
	backup_at("2026-11-22T17:00:00Z", "");
	office_lock_remove(office);
	leave_a_log();
	ck_assert_msg(restore("") == 0, "%s", said);
	/* which event that was; and nothing was replaced */
	snprintf(stands, sizeof(stands), "is as it was at event %lld of 2026-", (long long)last);
	ck_assert_msg(strstr(said, stands) && strstr(said, ", and sound.") && !strstr(said, "kept as"),
	    "%s", said);
	ck_assert_int_eq(count("SELECT count(*) FROM case_note WHERE text = 'Sesam'"), 0);
	ck_assert_int_eq(admin("check %s", office), 0);
	shell(THERE "! ls | grep replaced", office);
}
END_TEST

static const struct { const char *words; int code; const char *sentence; } wrong[] = {
	{ "backup %s", 64, "usage: tresen-admin backup" },
	{ "backup %s /nowhere", 66, "/nowhere cannot be used" },
	{ "backup %s /tmp --keep many", 65, "is no number" },
	{ "backup %s /tmp --to /nowhere", 66, "/nowhere cannot be read" },
	{ "backup %s /tmp --to /etc/passwd", 65, "is no public key" },
	{ "restore /nowhere.db %s", 66, "/nowhere.db cannot be read" },
	{ "restore /etc/passwd %s", 65, "is no backup" },
	{ "restore %s", 64, "usage: tresen-admin restore" },
	{ "backup-key /nowhere/key", 74, "/nowhere/key cannot be written" },
};

START_TEST(mistakes_are_told)
{
	char words[256];

	office_copy();
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(words, sizeof(words), wrong[_i].words, office);
#pragma GCC diagnostic pop
	ck_assert_int_eq(admin("%s", words), wrong[_i].code);
	ck_assert_msg(strstr(said, wrong[_i].sentence), "%s: %s", words, said);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

Suite *suite_backup(void);

Suite *
suite_backup(void)
{
	Suite *s = suite_create("backup");
	TCase *t = tcase_create("backup"), *live = tcase_create("live");

	tcase_add_unchecked_fixture(t, demo_begin, demo_end);
	tcase_add_checked_fixture(t, folders_begin, office_end);
	tcase_add_test(t, it_is_private_named_by_its_moment_and_whole);
	tcase_add_test(t, old_ones_go_and_strangers_stay);
	tcase_add_test(t, a_faulty_office_is_kept_apart);
	tcase_add_test(t, killed_it_leaves_nothing_whole);
	tcase_add_test(t, a_sealed_one_opens_with_its_key_only);
	tcase_add_test(t, a_changed_one_is_refused);
	tcase_add_test(t, the_roll_back_is_an_event_and_the_old_file_stays);
	tcase_add_test(t, it_comes_back_where_nothing_is);
	tcase_add_loop_test(t, mistakes_are_told, 0, COUNT_OF(wrong));
	suite_add_tcase(s, t);
	tcase_add_unchecked_fixture(live, office_prepare, NULL);
	tcase_add_checked_fixture(live, folders_begin, office_end);
	tcase_add_test(live, people_work_on_while_it_is_made);
	tcase_add_test(live, nobody_may_be_in_the_office);
	suite_add_tcase(s, live);
	return s;
}
