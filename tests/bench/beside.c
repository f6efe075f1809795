/*
 * beside.c - what tresen-admin does while people work: how long it takes, and
 * how long whoever saves has to wait for it.  Called by import.c and keep.c.
 */
#include "bench.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MOST 8
#define EVERY_US 20000

static pid_t
admin_start(const char *const *words)
{
	const char *admin = program("tresen-admin"), *all[WORDS_MOST + 2] = { admin };
	pid_t pid;

	for (size_t i = 0; words[i] && i < WORDS_MOST; i++)
		all[i + 1] = words[i];
	pid = fork();
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(126);
		execv(admin, (char *const *)(uintptr_t)all);
		_exit(127);
	}
	return pid;
}

void
ended_well(int status)
{
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		die("a program failed");
}

void
admin_alone(const char *const *words)
{
	int status = 0;

	waitpid(admin_start(words), &status, 0);
	ended_well(status);
}

double
admin_beside(const char *db, const char *const *words, double *longest)
{
	struct line line;
	double begun;
	int status = 0;
	pid_t pid;

	*longest = 0;
	line_open(&line, db, "front1");
	begun = now_ms();
	pid = admin_start(words);
	while (waitpid(pid, &status, WNOHANG) == 0) {
		double since = now_ms();

		if (!strstr(line_ask(&line, "draft.save", "{\"key\":\"bench\",\"body\":{}}"),
		        "\"result\""))
			die("draft.save");
		*longest = now_ms() - since > *longest ? now_ms() - since : *longest;
		usleep(EVERY_US);
	}
	ended_well(status);
	begun = (now_ms() - begun) / 1000;
	line_close(&line);
	return begun;
}
