/*
 * main.c - layer 5: starts the engine: one session on a socket that is there
 * already, or a listener that forks one process a connection.
 */

#include "engine.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char usage[] =
    "usage: tresen-engine --db OFFICE.db                  serve the socket on descriptor 0\n"
    "       tresen-engine --db OFFICE.db --listen SOCKET  one process a connection\n";

static volatile sig_atomic_t stopping;

static void
on_stop(int signal)
{
	(void)signal;
	stopping = 1;
}

/* systemd hands an accepted connection over as descriptor 3. */
static int
given_socket(void)
{
	const char *pid = getenv("LISTEN_PID"), *n = getenv("LISTEN_FDS");

	if (pid && n && atol(pid) == (long)getpid() && strcmp(n, "1") == 0)
		return 3;
	return 0;
}

static int
serve_socket(const char *path, int fd)
{
	struct ucred peer;
	socklen_t length = sizeof(peer);
	struct session s = { .path = path, .fd = fd };

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
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (strlen(path) >= sizeof(address.sun_path))
		fatal(EXIT_USAGE, "%s: too long for a socket", path);
	memcpy(address.sun_path, path, strlen(path) + 1);
	remove_stale(&address);
	/* who may come in is decided by who is on the staff list */
	umask(0111);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    listen(fd, 128) != 0)
		fatal(EXIT_CONFIG, "cannot listen on %s: %s", path, strerror(errno));
	umask(0077);
	return fd;
}

/* The office file is opened after the fork: descriptors of it shared between
 * processes would share, and drop, each other's locks. */
static int
listen_on(const char *db, const char *path)
{
	struct sigaction stop = { .sa_handler = on_stop };
	int listener;

	/* said now, to whoever starts us, and not to each clerk later */
	if (access(db, R_OK | W_OK) != 0)
		fatal(status_exit(ST_NOT_FOUND), "there is no office file %s for this user", db);
	listener = open_listener(path);

	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	signal(SIGCHLD, SIG_IGN);
	while (!stopping) {
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (fd < 0)
			continue;
		if (fork() == 0) {
			close(listener);
			signal(SIGTERM, SIG_DFL);
			signal(SIGINT, SIG_DFL);
			exit(serve_socket(db, fd));
		}
		close(fd);
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
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ 0 }
	};
	const char *db = NULL, *listen_path = NULL;
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'd')
			db = optarg;
		else if (c == 'l')
			listen_path = optarg;
		else if (c == 'v' || c == 'h')
			return fputs(c == 'h' ? usage : "tresen-engine " TRESEN_VERSION "\n",
			    stdout) < 0;
		else
			return fputs(usage, stderr), EXIT_USAGE;
	}
	if (!db || optind != argc)
		return fputs(usage, stderr), EXIT_USAGE;
	clock_init();
	lang_init();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a status, not death */
	return listen_path ? listen_on(db, listen_path) : serve_socket(db, given_socket());
}
