/*
 * ssh.c - a clerk at the far end of a real sshd with the settings that ship
 * (data/ssh/tresen.conf): whatever they ask ssh for, they get tresen.  The
 * users stand in a passwd file that only this sshd sees.
 */
#include "harness_sit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
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

/* The part that ships can be left out: then all of it works, so that what is tried
 * below is known to be a try. */
static void
write_settings(bool shipped)
{
	shell("ssh-keygen -q -t ed25519 -N '' -f %s/host", house);
	/* as generous as a server can be, before the part that ships */
	shell("{ printf 'HostKey %s/host\\nUsePAM no\\nStrictModes no\\nPidFile none\\n"
	    "PermitUserEnvironment yes\\nAllowTcpForwarding yes\\nX11Forwarding yes\\n"
	    "AllowAgentForwarding yes\\nPermitTunnel yes\\nSubsystem sftp internal-sftp\\n"
	    "AuthorizedKeysFile .ssh/authorized_keys\\n'; "
	    "%s sed 's|ForceCommand .*|ForceCommand env HOME=/nowhere TRESEN_SYNC=1 %s/bin/tresen --office %s "
	    "--lang en|' data/ssh/tresen.conf; } >%s/sshd_config && test $(grep -c ForceCommand "
	    "%s/sshd_config) = %d", house, shipped ? "" : ": ||", house, door, house, house, shipped);
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
open_door_with(bool shipped)
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
	write_settings(shipped);
	keeper = fork();
	if (keeper == 0)
		keep_door(listening);
	close(listening);
}

static void
open_door(void)
{
	open_door_with(true);
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
	return shell_as(0, "timeout 60 ssh " OPTIONS " -i %s/clerk -p %d %s okafor@127.0.0.1 "
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
	ck_assert_int_ne(shell_as(0, "timeout 60 sftp " OPTIONS " -i %s/clerk -P %d -b - "
	    "okafor@127.0.0.1 </dev/null\n", house, port), 0);
	ck_assert_int_ne(shell_as(0, "timeout 60 scp -O " OPTIONS " -i %s/clerk -P %d "
	    "okafor@127.0.0.1:/etc/passwd /tmp/tresen-fetched\n", house, port), 0);
	ck_assert_int_ne(shell_as(0, "timeout 60 scp " OPTIONS " -i %s/clerk -P %d "
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
	shell("touch %s/before", house);
	ssh("-A -X -T", "id");
	shell("! find /tmp -maxdepth 2 -user %u -name 'agent.*' -newer %s/before 2>/dev/null | "
	    "grep .", OKAFOR, house);
	close_door();
}
END_TEST

/* ---- ways through, used ---- */

static int
listen_here(int *number)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	ck_assert_int_eq(listen(fd, 8), 0);
	ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&at, &length), 0);
	*number = ntohs(at.sin_port);
	return fd;
}

/* A port that nobody has, for ssh to listen on. */
static int
free_port(void)
{
	int number;

	close(listen_here(&number));
	return number;
}

static int
connect_to(int number)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)number),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* ssh beside, with a session or (-N) none; its standard input stays open. */
static pid_t
ssh_beside(const char *how)
{
	char script[PATH_MAX + 16], line[1024];
	pid_t pid;
	FILE *f;

	snprintf(script, sizeof(script), "%s/beside", house);
	f = fopen(script, "we");
	ck_assert_ptr_nonnull(f);
	snprintf(line, sizeof(line), "cd /; exec ssh " OPTIONS " -i %s/clerk -p %d %s "
	    "okafor@127.0.0.1 'env >&2; sleep 60' </dev/zero >/dev/null 2>%s/beside.log", house, port,
	    how, house);
	fputs(line, f);
	fclose(f);
	pid = fork();
	if (pid == 0) {
		setsid();
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		execl("/bin/sh", "sh", script, (char *)NULL);
		_exit(127);
	}
	return pid;
}

static void
end_ssh(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Is somebody reached at the far end, by a line through what ssh listens on here?
 * -D gets the address first, as SOCKS has it. */
static bool
gets_through(const char *way, int here, int target, int number)
{
	unsigned char socks[] = { 4, 1, (unsigned char)(number >> 8), (unsigned char)number, 127, 0, 0,
		1, 0 }, answer;
	int64_t until = clock_ticks() + DEADLINE_MS;
	char how[128];
	pid_t pid;
	int fd, far = -1;

	snprintf(how, sizeof(how), way[1] == 'D' ? "-N %s %d" : "-N %s %d:127.0.0.1:%d", way, here,
	    number);
	pid = ssh_beside(how);
	while ((fd = connect_to(here)) < 0 && clock_ticks() < until && waitpid(pid, NULL, WNOHANG) == 0)
		poll(NULL, 0, 20);
	if (fd >= 0 && way[1] == 'D')
		ck_assert_int_eq(send(fd, socks, sizeof(socks), MSG_NOSIGNAL), sizeof(socks));
	/* either somebody comes out there, or the line here is ended */
	while (fd >= 0 && far < 0 && clock_ticks() < until) {
		ssize_t n = recv(fd, &answer, 1, MSG_DONTWAIT);

		far = accept(target, NULL, NULL);
		if (far < 0 && (n == 0 || (n < 0 && errno != EAGAIN)))
			break;
		poll(NULL, 0, 5);
	}
	close(fd);
	close(far);
	end_ssh(pid);
	return far >= 0;
}

static void
try_ways(bool shipped)
{
	static const char *const ways[] = { "-L", "-D", "-R" };
	int number, target = listen_here(&number);

	open_door_with(shipped);
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		ck_assert_msg(gets_through(ways[i], free_port(), target, number) == !shipped,
		    "%s, shipped %d", ways[i], shipped);
	close(target);
	close_door();
}

START_TEST(what_is_tried_would_lead_through)
{
	try_ways(false);
}
END_TEST

/* So would the files of the home. */
START_TEST(what_is_laid_out_would_spring)
{
	open_door_with(false);
	ssh("-T", "id");
	ck_assert_msg(strstr(said, "uid=") != NULL, "%s", said);
	shell("test -e %s/sprung", house);
	close_door();
}
END_TEST

START_TEST(nothing_leads_through)
{
	try_ways(true);
	all_is_well();
}
END_TEST

/* What a session of okafor's has in its environment, as root sees it: the server
 * sets these before it starts anything. */
static bool
session_has(const char *name)
{
	return command_of("cat $(grep -lz '^SSH_CONNECTION=.* %d$' /proc/[0-9]*/environ 2>/dev/null) "
	    "</dev/null 2>/dev/null | tr '\\0' '\\n' | grep -q '^%s='", port, name) == 0;
}

static void
try_agent_and_display(bool shipped)
{
	int64_t until = clock_ticks() + DEADLINE_MS;
	char how[512];
	pid_t pid;

	open_door_with(shipped);
	shell("pid=$(ssh-agent -a %s/agent -s | sed -n 's/.*PID=\\([0-9]*\\);.*/\\1/p') && "
	    "echo $pid >%s/agent.pid && SSH_AUTH_SOCK=%s/agent ssh-add -q %s/clerk", house, house, house,
	    house);
	snprintf(how, sizeof(how), "-tt -A -o ForwardX11=yes -o ForwardX11Trusted=yes -o "
	    "IdentityAgent=%s/agent -o XAuthLocation=/usr/bin/xauth -o SetEnv=LANG=C.UTF-8", house);
	setenv("DISPLAY", ":77", 1);
	setenv("SSH_AUTH_SOCK", "/nowhere", 1);
	pid = ssh_beside(how);
	while (!session_has("SSH_TTY") && clock_ticks() < until)
		poll(NULL, 0, 50);
	ck_assert(session_has("SSH_TTY"));
	ck_assert_int_eq(session_has("SSH_AUTH_SOCK"), !shipped);
	ck_assert_int_eq(session_has("DISPLAY"), !shipped);
	end_ssh(pid);
	shell("kill $(cat %s/agent.pid)", house);
	close_door();
}

START_TEST(agent_and_display_would_be_reached)
{
	try_agent_and_display(false);
}
END_TEST

START_TEST(no_agent_and_no_display_is_reached)
{
	try_agent_and_display(true);
	all_is_well();
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
	    no_way_leads_through, what_is_tried_would_lead_through, nothing_leads_through,
	    what_is_laid_out_would_spring, agent_and_display_would_be_reached,
	    no_agent_and_no_display_is_reached, with_a_terminal_there_is_tresen));
}
