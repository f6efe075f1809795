/*
 * main.c - layer 5: starts the engine: one session on a socket that is there
 * already, or a listener that forks one process a connection.
 */

#include "engine.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "process.h"

static const char usage[] =
    "usage: tresen-engine --db OFFICE.db                  serve the socket on descriptor 0\n"
    "       tresen-engine --db OFFICE.db --listen SOCKET  one process a connection\n"
    "       ... --key FILE      serve those alone who work on what is sealed with it\n"
    "       ... --other SOCKET  where everybody else is to go\n";

/* For a machine that has no descriptor or process left to get one back. */
#define REST_MS 200

/* systemd hands an accepted connection over as descriptor 3. */
static int
given_socket(void)
{
	const char *pid = getenv("LISTEN_PID"), *n = getenv("LISTEN_FDS");

	if (pid && n && atol(pid) == (long)getpid() && strcmp(n, "1") == 0)
		return 3;
	return 0;
}

/* What every session of this program is begun with. */
struct beginning {
	const char *db, *key, *other;
};

static int
serve_socket(const struct beginning *with, int fd)
{
	struct ucred peer;
	socklen_t length = sizeof(peer);
	struct session s = { .path = with->db, .key = with->key, .other = with->other, .fd = fd };

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0)
		fatal(EXIT_USAGE, "descriptor %d is no unix socket: start me through tresen, "
		    "systemd or --listen", fd);
	s.peer = peer.uid;
	serve(&s);
	return EXIT_SUCCESS;
}

/* A socket that nobody listens on any more may be replaced. */
static void
remove_stale(const struct sockaddr_un *address)
{
	struct stat st;
	int fd;

	if (lstat(address->sun_path, &st) != 0 || !S_ISSOCK(st.st_mode))
		return;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) != 0 &&
	    errno == ECONNREFUSED)
		unlink(address->sun_path);
	close(fd);
}

static int
open_listener(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (strlen(path) >= sizeof(address.sun_path))
		fatal(EXIT_USAGE, "%s: too long for a socket", path);
	memcpy(address.sun_path, path, strlen(path) + 1);
	remove_stale(&address);
	/* who may come in is decided by who is on the staff list */
	umask(0111);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(fd, 128) != 0)
		fatal(EXIT_CONFIG, "cannot listen on %s: %s", path, strerror(errno));
	umask(S_IRWXG | S_IRWXO);
	return fd;
}

/* SIGTERM and SIGINT as something to poll: none can slip in between a look
 * and the wait. */
static int
open_stop(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	sigprocmask(SIG_BLOCK, signals, NULL);
	return signalfd(-1, signals, SFD_CLOEXEC);
}

/* The office file is opened after the fork: descriptors of it shared between
 * processes would share, and drop, each other's locks. */
_Noreturn static void
serve_child(const struct beginning *with, int listener, const sigset_t *signals, int fd)
{
	close(listener);
	signal(SIGCHLD, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, signals, NULL);
	exit(serve_socket(with, fd));
}

/* False: the machine has nothing left to serve whoever waits at the door. */
static bool
take_client(const struct beginning *with, int listener, const sigset_t *signals)
{
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	pid_t pid;

	/* a client that gave up again is nobody's fault */
	if (fd < 0)
		return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
	pid = fork();
	if (pid == 0)
		serve_child(with, listener, signals, fd);
	close(fd);
	return pid > 0;
}

static int
listen_on(const struct beginning *with, const char *path)
{
	sigset_t signals;
	struct pollfd door = { .events = POLLIN }, stop = { .events = POLLIN };
	bool full = false;

	/* said now, to whoever starts us, and not to each clerk later */
	if (access(with->db, R_OK | W_OK) != 0)
		fatal(status_exit(ST_NOT_FOUND), "there is no office file %s for this user",
		    with->db);
	if (with->key && access(with->key, R_OK) != 0)
		fatal(status_exit(ST_NOT_FOUND), "there is no key file %s for this user",
		    with->key);
	stop.fd = open_stop(&signals);
	if (stop.fd < 0)
		fatal(EXIT_CONFIG, "cannot wait for signals: %s", strerror(errno));
	signal(SIGCHLD, SIG_IGN); /* nobody asks how a session ended */
	door.fd = open_listener(path);
	for (;;) {
		struct pollfd both[] = { door, stop };

		if (poll(both, COUNT_OF(both), -1) < 0 && errno != EINTR)
			fatal(EXIT_CONFIG, "cannot wait for clients: %s", strerror(errno));
		if (both[1].revents)
			break;
		if (!both[0].revents)
			continue;
		if (take_client(with, door.fd, &signals)) {
			full = false;
			continue;
		}
		if (!full)
			log_line("nobody can be let in now: %s", strerror(errno));
		full = true; /* said once, tried on */
		if (poll(&stop, 1, REST_MS) > 0)
			break;
	}
	unlink(path);
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "db", required_argument, NULL, 'd' },
		{ "listen", required_argument, NULL, 'l' },
		{ "key", required_argument, NULL, 'k' },
		{ "other", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 }
	};
	struct beginning with = { 0 };
	const char *listen_path = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'd')
			with.db = optarg;
		else if (c == 'l')
			listen_path = optarg;
		else if (c == 'k')
			with.key = optarg;
		else if (c == 'o')
			with.other = optarg;
		else if (c == 'v' || c == 'h')
			return fputs(c == 'h' ? usage : "tresen-engine " TRESEN_VERSION "\n",
			    stdout) < 0;
		else
			return fputs(usage, stderr), EXIT_USAGE;
	}
	if (!with.db || optind != argc)
		return fputs(usage, stderr), EXIT_USAGE;
	process_harden(STDERR_FILENO + 1 + (given_socket() > 0));
	clock_init();
	lang_init();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a status, not death */
	return listen_path ? listen_on(&with, listen_path)
	                   : serve_socket(&with, given_socket());
}
