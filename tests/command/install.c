/*
 * install.c - what `make install` copies works from where it lies, when the
 * sources are not near: engine, catalogue, forms, German and the manual.
 */
#include "harness_admin.h"

#include <string.h>
#include <unistd.h>

/* In the folder that holds the office. */
#define THERE "cd $(dirname %s) && "

START_TEST(a_copy_works_from_where_it_lies)
{
	shell("make --silent install DESTDIR=$(dirname %s)/there PREFIX=/usr", office);
	shell(THERE "there/usr/bin/tresen-admin init office.db --training", office);
	shell(THERE "there/usr/bin/tresen --db office.db --as front1 visit list", office);
	shell(THERE "there/usr/bin/tresen --lang de --help | grep -q Sprache", office);
	shell(THERE "test -e there/usr/share/man/man1/tresen.1", office);
	shell(THERE "test -e there/usr/share/man/man7/tresen-rights.7", office);
	shell(THERE "grep -q =/usr/bin/tresen-engine there/usr/lib/systemd/system/tresen@.service",
	    office);
	shell(THERE "! grep -r /usr/local/bin there/usr/lib there/usr/share/tresen/data", office);
}
END_TEST

static bool
left_out(const char *program)
{
	if (access(program, X_OK) == 0)
		return false;
	fprintf(stderr, "LEFT OUT: part of the installation, since %s is not there\n", program);
	return true;
}

/* What sshd itself makes of the settings, for a clerk and for anybody else. */
START_TEST(a_clerk_can_do_nothing_else_over_ssh)
{
	static const char *const never[] = {
		"disableforwarding yes", "x11forwarding no", "allowagentforwarding no",
		"allowtcpforwarding no", "allowstreamlocalforwarding no", "permittunnel no",
		"permituserrc no", "permituserenvironment no", "permitopen none",
		"permitlisten none", "forcecommand /usr/local/bin/tresen",
	};

	if (left_out("/usr/sbin/sshd"))
		return;
	shell("cd $(dirname %s) && ssh-keygen -q -t ed25519 -N '' -f host", office);
	/* this test's own user stands for a clerk by a group they are in */
	shell("{ echo HostKey $(dirname %s)/host; sed \"s/tresen-clerks/$(id -gn)/\""
	    " data/ssh/tresen.conf; } > %s.conf", office, office);
	shell("/usr/sbin/sshd -T -f %s.conf -C user=$(id -un),host=h,addr=::1 > %s.effect", office,
	    office);
	for (size_t i = 0; i < COUNT_OF(never); i++)
		shell("grep -qxi '%s' %s.effect", never[i], office);
	shell("/usr/sbin/sshd -T -f %s.conf -C user=nobody,host=h,addr=::1 |"
	    " grep -qx 'forcecommand none'", office);
}
END_TEST

/* What systemd itself makes of the units, where they lie: each is read without a
 * complaint, what it starts is there, and it is confined (0 is none exposed, 10 all). */
START_TEST(systemd_takes_the_units)
{
	static const char *const units[] = { "tresen@x.service", "tresen-social@x.service",
		"tresen-log@x.service", "tresen-seal.service", "tresen-backup.service",
		"tresen.socket", "tresen-social.socket", "tresen-log.socket", "tresen-backup.timer" };

	if (left_out("/usr/bin/systemd-analyze"))
		return;
	shell("make --silent install DESTDIR=$(dirname %s)/there PREFIX=/usr", office);
	shell(THERE "test $(ls there/usr/lib/systemd/system | wc -l) = %zu", office,
	    COUNT_OF(units));
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		shell(THERE "systemd-analyze verify --man=no --recursive-errors=no --root=$PWD/there %s"
		    " > verified 2>&1 && ! grep . verified", office, units[i]);
		if (strstr(units[i], ".service"))
			shell(THERE "systemd-analyze security --offline=yes --threshold=10 --no-pager"
			    " --root=$PWD/there %s", office, units[i]);
	}
	/* these would break it: it must see who asks, and share the office lock */
	shell("! grep -E '^Private(Users|IPC)=y' data/systemd/tresen@.service");
	shell("grep -qx 'Accept=yes' data/systemd/tresen.socket");
}
END_TEST

/* The timer comes round once a day, and names what it starts by having its name. */
START_TEST(the_backup_is_due_every_day)
{
	if (left_out("/usr/bin/systemd-analyze"))
		return;
	shell("TZ=UTC systemd-analyze calendar --base-time='2026-11-23 08:00 UTC' --iterations=2"
	    " \"$(sed -n 's/^OnCalendar=//p' data/systemd/tresen-backup.timer)\" > %s.due", office);
	shell("grep -q 'Next elapse: Mon 2026-11-23 19:30:00 UTC' %s.due", office);
	shell("grep -q '#2: Tue 2026-11-24 19:30:00 UTC' %s.due", office);
	shell("test -e data/systemd/tresen-backup.service && ! grep -q ^Unit= "
	    "data/systemd/tresen-backup.timer");
	shell("grep -qx 'Persistent=true' data/systemd/tresen-backup.timer");
}
END_TEST

/* The line that the timer starts each night, with the paths of this test. */
START_TEST(the_nightly_backup_does_what_its_unit_says)
{
	ck_assert_int_eq(admin("init %s", office), 0);
	ck_assert_int_eq(admin("backup-key $(dirname %s)/backup", office), 0);
	shell("mkdir $(dirname %s)/b; sed -n 's/^ExecStart=//p'"
	    " data/systemd/tresen-backup.service | sed \"s|/usr/local/bin|%s|;"
	    " s|/var/lib/tresen/office.db|%s|; s|/etc/tresen|$(dirname %s)|;"
	    " s|/var/backups/tresen|$(dirname %s)/b|\" > %s.line", office, program_folder(), office,
	    office, office, office);
	shell("sh %s.line", office);
	shell("ls $(dirname %s)/b | grep -qx 'office-[0-9T]*Z.db.sealed'", office);
	shell("grep -qx 'WantedBy=timers.target' data/systemd/tresen-backup.timer");
	/* the key is no matter of choice: without it nothing is written */
	shell("rm $(dirname %s)/b/* $(dirname %s)/backup.pub; ! sh %s.line", office, office, office);
	shell("! ls $(dirname %s)/b/*", office);
}
END_TEST

Suite *suite_install(void);

Suite *
suite_install(void)
{
	Suite *s = suite_create("install");
	TCase *c = tcase_create("install");

	tcase_add_checked_fixture(c, office_begin, office_end);
	tcase_add_test(c, a_copy_works_from_where_it_lies);
	tcase_add_test(c, a_clerk_can_do_nothing_else_over_ssh);
	tcase_add_test(c, systemd_takes_the_units);
	tcase_add_test(c, the_backup_is_due_every_day);
	tcase_add_test(c, the_nightly_backup_does_what_its_unit_says);
	suite_add_tcase(s, c);
	return s;
}
