/*
 * versions.c - an older client before a newer engine and the reverse, and an
 * engine that is none: each is told, in a sentence, and nothing is lost or
 * believed.
 */
#include "harness_sit.h"

#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *suite_versions(void);

/* ---- an engine of another time: it answers each line with the same ---- */

static pid_t other_engine;

_Noreturn static void
answer_always(int listening, const char *answer)
{
	char line[65536];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	for (;;) {
		int fd = accept(listening, NULL, NULL);

		while (recv(fd, line, sizeof(line), 0) > 0)
			if (!tell(fd, answer))
				break;
		close(fd);
	}
}

/* Opens $HOUSE/other with such an engine behind it. */
static void
open_other(const char *answer)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_lt(snprintf(address.sun_path, sizeof(address.sun_path), "%s/other", house),
	    (int)sizeof(address.sun_path));
	unlink(address.sun_path);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	chmod(address.sun_path, 0666);
	ck_assert_int_eq(listen(fd, 8), 0);
	other_engine = fork();
	if (other_engine == 0)
		answer_always(fd, answer);
	close(fd);
}

static void
close_other(void)
{
	kill(other_engine, SIGKILL);
	waitpid(other_engine, NULL, 0);
}

#define OTHER "$HOUSE/bin/tresen --office $HOUSE/other --lang en"

START_TEST(a_newer_engine_is_recognised)
{
	open_other("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":65,\"message\":\"This engine "
	    "speaks protocol 2, the client 1. Install the same version of both.\",\"data\":{"
	    "\"status\":\"INVALID\",\"field\":\"protocol\"}}}\n");
	ck_assert_int_eq(shell_as(OKAFOR, OTHER " visit list\n"), 65);
	ck_assert_msg(strstr(said, "Install the same version") != NULL, "%s", said);
	close_other();
	open_other("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocol\":2,\"server\":"
	    "\"tresen-engine/9\",\"office\":{},\"staff\":{}}}\n");
	ck_assert_int_ne(shell_as(OKAFOR, OTHER " visit list\n"), 0);
	ck_assert_msg(strstr(said, "same version") != NULL, "%s", said);
	close_other();
}
END_TEST

/* What an engine should never say ends in a sentence, not in a crash. */
START_TEST(what_is_no_engine_is_not_believed)
{
	static const char *const answers[] = { "\n", "{}\n", "[]\n", "nonsense\n",
		"{\"jsonrpc\":\"2.0\",\"id\":1}\n", "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[]}\n",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocol\":1}}\n",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocol\":1,\"office\":1,\"staff\":[]}}\n",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{}}\n",
		"{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":7}\n" };

	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		int code;

		open_other(answers[i]);
		code = shell_as(OKAFOR, "timeout 60 " OTHER " visit list\n");
		ck_assert_msg(code == 69 || code == 74,
		    "answer %zu: %d %s", i, code, said);
		ck_assert_msg(strstr(said, "AddressSanitizer") == NULL, "%s", said);
		close_other();
	}
}
END_TEST

static bool
speaks_an_older_protocol(void)
{
	int fd = come_in();

	return gets_status(fd, ASKING("session.hello", "\"protocol\":0"), "INVALID") &&
	    gets_status(fd, ASKING("visit.list", ""), "DENIED") &&
	    /* a word that a later client might add is named, not swallowed */
	    gets_status(fd, HELLO, NULL) &&
	    gets_status(fd, ASKING("visit.list", "\"colour\":\"blue\""), "INVALID") &&
	    gets_status(fd, ASKING("visit.list", ""), NULL);
}

START_TEST(an_older_client_is_told)
{
	AS(OKAFOR, speaks_an_older_protocol);
	all_is_well();
}
END_TEST

Suite *
suite_versions(void)
{
	return town_suite("versions", TESTS(a_newer_engine_is_recognised,
	    what_is_no_engine_is_not_believed, an_older_client_is_told));
}
