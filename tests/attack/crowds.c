/*
 * crowds.c - what one user heaps up before the office: descriptors that are
 * sent along, lines that never end.  Nothing of it stays in the house, and
 * colleagues work on.
 */
#include "harness_town.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SESSIONS_MOST 16
#define HANDED 100               /* descriptors a message; the kernel takes 253 */

Suite *suite_crowds(void);

/* ---- descriptors that nobody asked for ---- */

static bool
hands_over(int fd, const char *line)
{
	struct iovec bytes = { .iov_base = (char *)(uintptr_t)line, .iov_len = strlen(line) };
	char room[CMSG_SPACE(HANDED * sizeof(int))] = { 0 };
	struct msghdr m = { .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = room,
		.msg_controllen = sizeof(room) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	int fds[HANDED];

	for (int i = 0; i < HANDED; i++)
		fds[i] = fd;
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(fds));
	memcpy(CMSG_DATA(c), fds, sizeof(fds));
	return sendmsg(fd, &m, MSG_NOSIGNAL) == (ssize_t)bytes.iov_len;
}

/* In the middle of a line, with it, and again: then the parent counts. */
static bool
hands_over_descriptors(void)
{
	static const char ask[] = ASKING("staff.me", "");
	int fd = session();

	for (int i = 0; i < 40; i++)
		if (!hands_over(fd, " ") || !hands_over(fd, "{\"jsonrpc\":\"2.0\",") ||
		    !gets_status(fd, ask + 1 + strlen("\"jsonrpc\":\"2.0\","), NULL))
			return false;
	raise(SIGSTOP);
	return gets_status(fd, ask, NULL);
}

static int
entries(const char *path)
{
	DIR *dir = opendir(path);
	int n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n - 2;
}

/* The most that a process of the engine's has open. */
static int
most_open(void)
{
	char path[64], *word, *state = NULL, pids[4096] = "";
	int most = 0, fd;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)engine, (int)engine);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert_int_gt(read(fd, pids, sizeof(pids) - 1), 0);
	close(fd);
	for (word = strtok_r(pids, " ", &state); word; word = strtok_r(NULL, " ", &state)) {
		int n;

		snprintf(path, sizeof(path), "/proc/%s/fd", word);
		n = entries(path);
		most = n > most ? n : most;
	}
	return most;
}

START_TEST(descriptors_sent_along_are_not_taken)
{
	int before = most_open(), status;
	pid_t pid = play_begins(OKAFOR, hands_over_descriptors);

	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	ck_assert(WIFSTOPPED(status));
	ck_assert_int_gt(before, 2);
	ck_assert_int_le(most_open(), before);
	kill(pid, SIGCONT);
	play_ends(pid, "who hands over descriptors");
}
END_TEST

/* ---- lines that never end ---- */

static bool
asks_once(void)
{
	int fd = come_in();

	return gets_status(fd, HELLO, NULL) && gets_status(fd, ASKING("staff.me", ""), NULL);
}

/* All places of one user, each with half a line, and as many again at the door; a byte
 * now and then for each, as long as the parent likes. */
static bool
drips(void)
{
	static const struct timespec now_and_then = { .tv_nsec = 50000000 };
	int fds[3 * SESSIONS_MOST];
	sigset_t enough;

	sigemptyset(&enough);
	sigaddset(&enough, SIGTERM);
	sigprocmask(SIG_BLOCK, &enough, NULL);
	for (size_t i = 0; i < COUNT_OF(fds); i++) {
		fds[i] = come_in();
		if (i < SESSIONS_MOST && !gets_status(fds[i], HELLO, NULL))
			return false;
	}
	raise(SIGSTOP);
	while (sigtimedwait(&enough, NULL, &now_and_then) < 0)
		for (size_t i = 0; i < COUNT_OF(fds); i++)
			send(fds[i], " ", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	/* those inside are still whose they were */
	return gets_status(fds[0], ASKING("staff.me", ""), NULL);
}

START_TEST(who_drips_keeps_nobody_out)
{
	pid_t pid = play_begins(OKAFOR, drips);
	int status;

	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	ck_assert(WIFSTOPPED(status));
	kill(pid, SIGCONT);
	for (int i = 0; i < 10; i++)
		ck_assert_int_lt(AS(DEMIR, asks_once), 5000);
	/* one of them is told, and shown out */
	ck_assert_int_eq(shell_as(OKAFOR, "$TRESEN visit list"), 75);
	kill(pid, SIGTERM);
	play_ends(pid, "who drips");
}
END_TEST

Suite *
suite_crowds(void)
{
	return town_suite("crowds", TESTS(descriptors_sent_along_are_not_taken,
	    who_drips_keeps_nobody_out));
}
