/*
 * ssh.c - a clerk at the far end of a real sshd with the settings that ship
 * (data/ssh/tresen.conf): whatever they ask ssh for, they get tresen.  The
 * users stand in a passwd file that only this sshd sees.
 */
#include "harness_sit.h"

#include <arpa/inet.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SSHD "/usr/sbin/sshd"

Suite *suite_ssh(void);

static int port;
static pid_t keeper;

/* ---- the machine as sshd sees it ---- */

/* A home with all that a shell or sshd might run for its owner. */
static void
furnish_home(void)
{
	shell("mkdir -p %s/home/.ssh && cd %s/home && ssh-keygen -q -t ed25519 -N '' -f %s/clerk && "
	    "cp %s/clerk.pub .ssh/authorized_keys && "
	    "for f in .bashrc .profile .bash_profile .zshenv .kshrc .ssh/rc; do "
	    "echo 'touch %s/sprung' >$f; done && chmod 755 .ssh/rc && "
	    "echo 'ENV=%s/home/.profile' >.ssh/environment && chown -R %u:%u . && chmod 755 .", house, house, house, house, house, house, OKAFOR, OKAFOR);
	/* where they may write: traps must be able to spring */
	shell("chmod 1777 %s", house);
}

static void
write_settings(void)
{
	shell("ssh-keygen -q -t ed25519 -N '' -f %s/host", house);
	/* as generous as a server can be, before the part that ships */
	shell("{ printf 'HostKey %s/host\\nUsePAM no\\nStrictModes no\\nPidFile none\\n"
	    "PermitUserEnvironment yes\\nAllowTcpForwarding yes\\nX11Forwarding yes\\n"
	    "AllowAgentForwarding yes\\nPermitTunnel yes\\nSubsystem sftp internal-sftp\\n"
	    "AuthorizedKeysFile .ssh/authorized_keys\\n'; "
	    "sed 's|ForceCommand .*|ForceCommand env HOME=/nowhere TRESEN_SYNC=1 %s/bin/tresen --office %s "
	    "--lang en|' data/ssh/tresen.conf; } >%s/sshd_config && grep -q ForceCommand "
	    "%s/sshd_config", house, house, door, house, house);
	shell("{ cat /etc/passwd; echo 'okafor:*:%u:%u::%s/home:/bin/sh'; } >%s/passwd && "
	    "{ cat /etc/group; echo 'okafor:*:%u:'; echo 'tresen-clerks:*:64980:okafor'; } "
	    ">%s/group", OKAFOR, OKAFOR, house, house, OKAFOR, house);
}

static bool
see_other_users(void)
{
	char passwd[PATH_MAX + 16], group[PATH_MAX + 16];

	snprintf(passwd, sizeof(passwd), "%s/passwd", house);
	snprintf(group, sizeof(group), "%s/group", house);
	mkdir("/run/sshd", 0755);
	return unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount(passwd, "/etc/passwd", NULL, MS_BIND, NULL) == 0 &&
	    mount(group, "/etc/group", NULL, MS_BIND, NULL) == 0;
}

_Noreturn static void
keep_door(int listening)
{
	char settings[PATH_MAX + 16], log[PATH_MAX + 16];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!see_other_users())
		_exit(98);
	snprintf(settings, sizeof(settings), "%s/sshd_config", house);
	snprintf(log, sizeof(log), "%s/sshd.log", house);
	signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int line = accept(listening, NULL, NULL);

		if (line >= 0 && fork() == 0) {
			close(listening);
			dup2(line, 0);
			dup2(line, 1);
			execl(SSHD, SSHD, "-i", "-f", settings, "-E", log, (char *)NULL);
			_exit(127);
		}
		close(line);
	}
}

static void
open_door(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(at);
	int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_eq(bind(listening, (struct sockaddr *)&at, sizeof(at)), 0);
	ck_assert_int_eq(listen(listening, 8), 0);
	ck_assert_int_eq(getsockname(listening, (struct sockaddr *)&at, &length), 0);
	port = ntohs(at.sin_port);
	furnish_home();
	write_settings();
	keeper = fork();
	if (keeper == 0)
		keep_door(listening);
	close(listening);
}

static void
close_door(void)
{
	kill(keeper, SIGKILL);
	waitpid(keeper, NULL, 0);
}

/* ---- what the clerk tries ---- */

#define OPTIONS "-F /dev/null -o IdentitiesOnly=yes -o StrictHostKeyChecking=no " \
	"-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o BatchMode=yes " \
	"-o ExitOnForwardFailure=yes"

/* On okafor's own machine they are root: the exit code; what ssh printed in said. */
static int
ssh(const char *how, const char *command)
{
	return shell_as(0, "timeout 20 ssh " OPTIONS " -i %s/clerk -p %d %s okafor@127.0.0.1 "
	    "%s </dev/null\n", house, port, how, command);
}

static void
nothing_sprang(const char *what)
{
	char path[PATH_MAX + 16];

	snprintf(path, sizeof(path), "%s/sprung", house);
	ck_assert_msg(access(path, F_OK) != 0, "%s ran something of the clerk's: %s", what, said);
}

/* Without a terminal the client says so; nothing else ever answers. */
START_TEST(no_command_runs_but_tresen)
{
	static const char *const commands[] = { "id", "'touch '$HOUSE/sprung", "sh", "bash -l",
		"\"visit list; touch $HOUSE/sprung\"", "/usr/lib/openssh/sftp-server",
		"scp -f /etc/passwd", "rsync --server --sender . /etc", "''" };

	open_door();
	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		ssh("-T", commands[i]);
		ck_assert_msg(strstr(said, "uid=") == NULL && strstr(said, "root:") == NULL &&
		    strstr(said, "terminal") != NULL, "%s: %s", commands[i], said);
		nothing_sprang(commands[i]);
	}
	/* variables that a login program or a library would obey */
	ssh("-T -o SetEnv=LD_PRELOAD=/nowhere/x.so -o SetEnv=ENV=$HOUSE/home/.profile "
	    "-o SetEnv=BASH_ENV=$HOUSE/home/.profile", "id");
	nothing_sprang("the environment");
	close_door();
}
END_TEST

START_TEST(no_file_comes_or_goes)
{
	open_door();
	ck_assert_int_ne(shell_as(0, "timeout 20 sftp " OPTIONS " -i %s/clerk -P %d -b - "
	    "okafor@127.0.0.1 </dev/null\n", house, port), 0);
	ck_assert_int_ne(shell_as(0, "timeout 20 scp -O " OPTIONS " -i %s/clerk -P %d "
	    "okafor@127.0.0.1:/etc/passwd /tmp/tresen-fetched\n", house, port), 0);
	ck_assert_int_ne(shell_as(0, "timeout 20 scp " OPTIONS " -i %s/clerk -P %d "
	    "/etc/hostname okafor@127.0.0.1:.bashrc\n", house, port), 0);
	ck_assert_int_eq(access("/tmp/tresen-fetched", F_OK), -1);
	nothing_sprang("a copy");
	close_door();
}
END_TEST

START_TEST(no_way_leads_through)
{
	static const char *const ways[] = { "-NR 0:127.0.0.1:1", "-NR $HOUSE/through:127.0.0.1:1",
		"-Nw any", "-W 127.0.0.1:1" };

	open_door();
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		int code = ssh(ways[i], "");

		ck_assert_msg(code == 255, "%s: %d %s", ways[i], code, said);
	}
	/* agent and X11 of the clerk's machine are not reached from here */
	ssh("-A -X -T", "id");
	shell("! find /tmp -maxdepth 2 -user %u -name 'agent.*' 2>/dev/null | grep .", OKAFOR);
	close_door();
}
END_TEST

/* With a terminal there is tresen, and when it ends so does the line. */
START_TEST(with_a_terminal_there_is_tresen)
{
	struct office *own = office_new();
	char line[PATH_MAX + 512];
	struct tty *t;

	open_door();
	snprintf(line, sizeof(line), "exec ssh " OPTIONS " -tt -i %s/clerk -p %d okafor@127.0.0.1 "
	    "sh", house, port);
	t = tty_open(own, (struct setup){ .shell = line });
	tty_sees(t, "Okafor");
	tty_leave(t, "F10");
	nothing_sprang("a session");
	tty_close(t);
	office_free(own);
	close_door();
}
END_TEST

/* Some containers let not even root have a view of files of its own. */
static bool
may_have_a_view(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		_exit(unshare(CLONE_NEWNS) == 0 &&
		    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 ? 0 : 1);
	return waitpid(pid, &status, 0) == pid && status == 0;
}

Suite *
suite_ssh(void)
{
	if (geteuid() == 0 && (access(SSHD, X_OK) != 0 || !may_have_a_view())) {
		fprintf(stderr, "LEFT OUT: ssh, since there is no %s, or no passwd file of its own "
		    "for it\n", SSHD);
		return suite_create("ssh");
	}
	return town_suite("ssh", TESTS(no_command_runs_but_tresen, no_file_comes_or_goes,
	    no_way_leads_through, with_a_terminal_there_is_tresen));
}
