/*
 * ssh.c - a branch office: the client at the far end of a real sshd on
 * loopback, the line cut in the middle of typing, and everything found again.
 * Where there is no sshd the story is left out, and says so.
 */
#include "harness_office.h"
#include "harness_story.h"

#include <arpa/inet.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base.h"

#define SSHD "/usr/sbin/sshd"
#define SSH "/usr/bin/ssh"

Suite *suite_ssh(void);

static int door;                 /* the socket that branch offices connect to */

/* ---- an ssh server of our own: keys, settings, a door on loopback ---- */

static void
shell(const char *line)
{
	ck_assert_msg(system(line) == 0, "%s", line);
}

/* As data/ssh/tresen.conf: nobody can do anything here but work in tresen. */
static void
write_settings(void)
{
	char path[512], program[4096];
	FILE *f;

	program_path("tresen", program, sizeof(program));
	snprintf(path, sizeof(path), "%s/sshd_config", office_dir(office));
	f = fopen(path, "we");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "HostKey %s/host\nAuthorizedKeysFile %s/clerk.pub\n", office_dir(office),
	    office_dir(office));
	fprintf(f, "StrictModes no\nUsePAM no\nPermitRootLogin yes\nPidFile none\n"
	    "PasswordAuthentication no\nPrintMotd no\nPrintLastLog no\n");
	fprintf(f, "ForceCommand exec env LANG=C.UTF-8 HOME=%s TRESEN_NOW=%s TRESEN_SYNC=1 "
	    "%s --db %s --as front1 --lang en\n", office_dir(office),
	    office_clock_file(office), program, office_db(office));
	fclose(f);
}

static void
write_keys(void)
{
	static const char *const names[] = { "host", "clerk" };
	char line[1024];

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		snprintf(line, sizeof(line), "ssh-keygen -q -t ed25519 -N '' -f %s/%s",
		    office_dir(office), names[i]);
		shell(line);
	}
}

/* Lets everyone in, each with an sshd of their own, as inetd would, for as
 * long as the story lasts. */
_Noreturn static void
keep_door(void)
{
	char settings[512], log[512];

	snprintf(settings, sizeof(settings), "%s/sshd_config", office_dir(office));
	snprintf(log, sizeof(log), "%s/sshd.log", office_dir(office));
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int line = accept(door, NULL, NULL);

		if (line >= 0 && fork() == 0) {
			close(door);
			dup2(line, 0);
			dup2(line, 1);
			execl(SSHD, SSHD, "-i", "-f", settings, "-E", log, (char *)NULL);
			_exit(127);
		}
		close(line);
	}
}

static int
open_door(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(at);

	door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(door, (struct sockaddr *)&at, sizeof(at)), 0);
	ck_assert_int_eq(listen(door, 8), 0);
	ck_assert_int_eq(getsockname(door, (struct sockaddr *)&at, &length), 0);
	return ntohs(at.sin_port);
}

static void
log_in(int port)
{
	char line[2048];

	snprintf(line, sizeof(line), "exec " SSH " -F /dev/null -tt -p %d -i %s/clerk "
	    "-o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
	    "-o LogLevel=ERROR %s@127.0.0.1", port, office_dir(office),
	    getpwuid(geteuid())->pw_name);
	sit_down_at((struct setup){ .shell = line });
}

static void
opening(void)
{
	write_keys();
	write_settings();
	/* root's sshd wants a folder that only a started service has made */
	if (geteuid() == 0)
		mkdir("/run/sshd", 0755);
}

/* ---- the story ---- */

/* A person has come, is called, and the clerk begins to take in. */
static void
type_half_a_name(void)
{
	run("front1", "visit new concern=S02");
	tty_keys(t, "^L F2 s F4");
	tty_row_has(t, 0, "Take in · A001");
	tty_type(t, "Shevchenko");
	tty_keys(t, "Tab");
	tty_type(t, "Ole");
}

/* The client at the far end learns of the cut by SIGHUP and saves. */
static void
await_draft(const char *text)
{
	int64_t until = clock_ticks() + DEADLINE_MS;
	bool found = false;

	while (!found) {
		char *said = office_run(office, "front1", "draft list --json", NULL);

		found = strstr(said, text) != NULL;
		ck_assert_msg(found || clock_ticks() < until, "no draft came: %s", said);
		free(said);
	}
}

START_TEST(a_cut_line_loses_nothing)
{
	int port = open_door();

	if (fork() == 0)
		keep_door();
	log_in(port);
	type_half_a_name();
	tty_signal(t, SIGKILL);
	tty_wait(t);
	await_draft("Ole");

	log_in(port);
	tty_row_has(t, 0, "Take in · A001");
	tty_sees(t, "You were in the middle of this.");
	tty_sees(t, "Shevchenko");
	tty_cursor_on(t, "Ole");
	tty_keys(t, "Esc");
	ck_assert_int_eq(tty_leave(t, "F10"), 0);
}
END_TEST

Suite *
suite_ssh(void)
{
	if (access(SSHD, X_OK) == 0 && access(SSH, X_OK) == 0)
		return stories("ssh", opening, STORIES(a_cut_line_loses_nothing));
	fprintf(stderr, "LEFT OUT: the story of a branch office, since %s is not installed\n",
	    SSHD);
	return suite_create("ssh");
}
