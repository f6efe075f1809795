/*
 * messages.c - a clerk who speaks to the engine by hand and badly: too much,
 * too little, too slowly, nonsense.  Each time a colleague goes on working, and
 * at the end the office is whole.
 */
#include "harness_sit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

Suite *suite_messages(void);

static bool
colleague_works(void)
{
	return gets_status(session(), ASKING("case.list", ""), NULL);
}

/* The engine says something or closes; it never keeps silent. */
static bool
is_answered(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char bytes[65536];

	if (poll(&p, 1, DEADLINE_MS) != 1)
		return false;
	return recv(fd, bytes, sizeof(bytes), 0) >= 0 || errno == ECONNRESET;
}

/* Says n bytes as they are, as far as they are taken. */
static void
say(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		bytes += sent;
		n -= (size_t)sent;
	}
}

/* ---- what is no message ---- */

static const struct {
	const char *bytes;
	size_t n;
} nonsense[] = {
#define LINE(text) { text, sizeof(text) - 1 }
	LINE("\n"),
	LINE("hello\n"),
	LINE("{}\n"),
	LINE("[]\n"),
	LINE("[" HELLO "]\n"),
	LINE("null\n"),
	LINE("{\"jsonrpc\":\"2.0\"}\n"),
	LINE("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"staff.me\"}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"staff.me\",\"params\":{}}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7,\"params\":{}}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"staff.me\",\"params\":[1,2]}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"staff.me\",\"params\":\"x\"}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sqlite.exec\",\"params\":{}}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"staff.me\",\"method\":\"staff.list\"}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":99999999999999999999,\"method\":\"staff.me\"}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"staff.me\",\"params\":{\"a\":1e999}}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"st\0aff.me\",\"params\":{}}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"staff.\\u0000me\",\"params\":{}}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xc3\x28\",\"params\":{}}\n"),
	LINE("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xed\xa0\x80\",\"params\":{}}\n"),
	LINE("\0\0\0\0\n"),
	LINE("\xff\xfe{\0}\0\n"),
	LINE("GET / HTTP/1.1\r\nHost: office\r\n\r\n"),
	LINE("SSH-2.0-x\r\n"),
#undef LINE
};

static bool
talks_nonsense(void)
{
	for (size_t i = 0; i < COUNT_OF(nonsense); i++)
		for (int known = 0; known < 2; known++) {
			int fd = known ? session() : come_in();

			say(fd, nonsense[i].bytes, nonsense[i].n);
			if (!is_answered(fd)) {
				fprintf(stderr, "no answer to nonsense %zu\n", i);
				return false;
			}
			close(fd);
		}
	return true;
}

START_TEST(nonsense_is_answered)
{
	AS(OKAFOR, talks_nonsense);
	all_is_well();
}
END_TEST

/* ---- mutations of what is a message ---- */

#define FUZZED 60
#define LINES 5                  /* of a session */

static unsigned dice = 20261123;

static unsigned
roll(unsigned sides)
{
	dice = dice * 1103515245u + 12345u;
	return (dice >> 8) % sides;
}

static size_t
spoil(char *line, size_t n)
{
	for (unsigned times = 1 + roll(4); times > 0; times--)
		switch (roll(3)) {
		case 0:
			line[roll((unsigned)n - 1)] = (char)roll(256);
			break;
		case 1:
			line[roll((unsigned)n - 1)] = "{}[]\",:\\0"[roll(9)];
			break;
		default:
			n = 2 + roll((unsigned)n - 1);
			line[n - 1] = '\n';
		}
	return n;
}

static bool
speaks_indistinctly(void)
{
	static const char *const lines[] = {
		HELLO,
		ASKING("visit.new", "\"concern\":\"S02\",\"people\":3,\"note\":\"zwei Kinder\""),
		ASKING("person.new", "\"family\":\"Haddad\",\"given\":\"Rania\",\"born\":\"1990\""),
		ASKING("person.find", "\"q\":\"haddad 1990\",\"limit\":5"),
		ASKING("visit.list", "\"state\":\"waiting\",\"limit\":3"),
	};
	char line[512];

	for (int i = 0; i < FUZZED; i++) {
		int fd = session();

		for (int k = 0; k < LINES; k++) {
			const char *from = lines[roll(COUNT_OF(lines))];
			size_t n = strlen(from);

			memcpy(line, from, n);
			say(fd, line, spoil(line, n));
		}
		shutdown(fd, SHUT_WR);
		if (!is_answered(fd))
			return false;
		close(fd);
	}
	return true;
}

START_TEST(spoiled_messages_spoil_nothing)
{
	AS(OKAFOR, speaks_indistinctly);
	all_is_well();
}
END_TEST

/* ---- too large, too deep, too slow ---- */

#define LINE_ALLOWED (1u << 20)

/* It is told so after a megabyte, listened to for a moment, so that the sentence can be
 * read, and not for ever. */
static bool
never_ends_a_line(void)
{
	static char block[65536];
	int64_t until = clock_ticks() + DEADLINE_MS;
	int fd = session();
	size_t taken = 0;
	json_t *reply;
	bool told;

	memset(block, '[', sizeof(block));
	while (taken < 2 * LINE_ALLOWED && clock_ticks() < until) {
		ssize_t n = send(fd, block, sizeof(block), MSG_NOSIGNAL);

		if (n <= 0)
			break;
		taken += (size_t)n;
	}
	reply = hear(fd);
	told = json_object_get(reply, "error") != NULL;
	json_decref(reply);
	return told && taken >= LINE_ALLOWED && !hear(fd) && clock_ticks() < until;
}

static bool
nests_deeply(void)
{
	enum { DEPTH = 20000 };
	char *line = calloc(1, 2 * DEPTH + 200);
	int fd = session();
	char *p = line + sprintf(line, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"case.open\","
	    "\"params\":{\"person\":1,\"service\":\"S02\",\"form\":");

	memset(p, '[', DEPTH);
	memset(p + DEPTH, ']', DEPTH);
	strcpy(p + 2 * DEPTH, "}}\n");
	say(fd, line, strlen(line));
	free(line);
	return is_answered(fd);
}

static bool
drips(void)
{
	static const char hello[] = HELLO;
	int fd = come_in();

	for (const char *p = hello; *p; p++) {
		say(fd, p, 1);
		poll(NULL, 0, 1);
	}
	return is_answered(fd);
}

/* Lines until there are as many as wanted or the engine has shown them out; -1 when it
 * keeps silent. */
static int
lines_heard(int fd, int wanted)
{
	static char bytes[65536];
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int lines = 0;
	ssize_t n;

	while (lines < wanted) {
		if (poll(&p, 1, DEADLINE_MS) != 1)
			return -1;
		n = recv(fd, bytes, sizeof(bytes), 0);
		if (n <= 0)
			return lines;
		for (ssize_t i = 0; i < n; i++)
			lines += bytes[i] == '\n';
	}
	return lines;
}

/* What was taken is answered, however late it is read, or the line is ended: it is not
 * kept for ever, and nobody waits for it. */
static bool
asks_many_before_it_listens(void)
{
	static const char question[] = ASKING("catalogue.show", "");
	int fd = session(), taken = 0, heard;

	fcntl(fd, F_SETFL, O_NONBLOCK);
	while (taken < 2000 &&
	    send(fd, question, sizeof(question) - 1, MSG_NOSIGNAL) == (ssize_t)sizeof(question) - 1)
		taken++;
	poll(NULL, 0, 300);
	fcntl(fd, F_SETFL, 0);
	heard = lines_heard(fd, taken);
	if (heard < 1)
		fprintf(stderr, "%d of %d are answered\n", heard, taken);
	return taken > 50 && heard >= 1;
}

START_TEST(sizes_have_an_end)
{
	AS(OKAFOR, never_ends_a_line);
	AS(OKAFOR, nests_deeply);
	AS(OKAFOR, drips);
	AS(OKAFOR, asks_many_before_it_listens);
	all_is_well();
}
END_TEST

/* ---- a thousand lines at once ---- */

#define CROWD 1000

static bool
opens_a_thousand(void)
{
	struct rlimit room;

	getrlimit(RLIMIT_NOFILE, &room);
	room.rlim_cur = room.rlim_max;
	if (room.rlim_max < CROWD + 20 || setrlimit(RLIMIT_NOFILE, &room) != 0)
		_exit(95);
	for (int i = 0; i < CROWD; i++)
		tell(come_in(), i % 2 ? HELLO : "{");
	return true;
}


START_TEST(a_thousand_lines_leave_room_for_one)
{
	pid_t crowd = play_begins(OKAFOR, opens_a_thousand);

	for (int i = 0; i < 5; i++)
		ck_assert_int_lt(AS(DEMIR, colleague_works), 10000);
	play_ends(crowd, "a thousand lines");
	all_is_well();
}
END_TEST

Suite *
suite_messages(void)
{
	return town_suite("messages", TESTS(nonsense_is_answered, spoiled_messages_spoil_nothing,
	    sizes_have_an_end, a_thousand_lines_leave_room_for_one));
}
