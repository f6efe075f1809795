/*
 * import.c - a hundred thousand people from a file, into an office of its own,
 * while a clerk goes on saving.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PEOPLE 100000
#define TARGET_S 60
#define WAIT_MS 1000

/* Syllables in some order: names that repeat about as often as real ones do. */
static void
name(FILE *f, unsigned *dice, int syllables)
{
	static const char *const parts[] = {
		"ka", "ra", "mo", "ha", "da", "ya", "sa", "li", "no", "be", "ti", "zu", "fa", "ri",
		"el", "an",
	};

	while (syllables-- > 0) {
		*dice = *dice * 1664525u + 1013904223u;
		fputs(parts[*dice >> 28], f);
	}
}

static void
file_write(const char *path)
{
	FILE *f = fopen(path, "w");
	unsigned dice = 1;

	if (!f)
		die(path);
	fputs("family,given,born,sex,nationality,azr,phone,street,postcode,city,language,"
	      "arrived\n", f);
	for (int i = 0; i < PEOPLE; i++) {
		name(f, &dice, 4);
		fputc(',', f);
		name(f, &dice, 3);
		/* 26,880 days, on the first of a month more than on others */
		fprintf(f, ",%d-%02d-%02d,%c,SYR,24%02d%02d%06d,030 55%05d,Weg %d,%05d,Berlin,ar,"
		    "2024-01-31\n", 1940 + i % 80, 1 + i / 80 % 12, i % 5 ? 1 + i / 960 % 28 : 1,
		    i % 2 ? 'f' : 'm', 1 + i % 12, 1 + i % 28, i, i, 1 + i % 200, 10000 + i % 90000);
	}
	if (fclose(f) != 0)
		die(path);
}

static pid_t
admin_start(char *const *words)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(126);
		execv(words[0], words);
		_exit(127);
	}
	return pid;
}

static void
ended_well(int status)
{
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		die("tresen-admin failed");
}

void
bench_import(const char *large)
{
	char dir[] = "/tmp/tresen-bench-XXXXXX", db[64], csv[64], admin[4200];
	double begun, longest = 0;
	struct line line;
	int status = 0;
	pid_t pid;

	(void)large;
	if (!mkdtemp(dir))
		die(dir);
	snprintf(db, sizeof(db), "%s/office.db", dir);
	snprintf(csv, sizeof(csv), "%s/people.csv", dir);
	snprintf(admin, sizeof(admin), "%s", program("tresen-admin"));
	file_write(csv);
	waitpid(admin_start((char *[]){ admin, (char[]){ "init" }, db, (char[]){ "--training" },
	    NULL }), &status, 0);
	ended_well(status);
	line_open(&line, db, "front1");
	begun = now_ms();
	pid = admin_start((char *[]){ admin, (char[]){ "import" }, db, (char[]){ "people" }, csv,
	    NULL });
	while (waitpid(pid, &status, WNOHANG) == 0) {
		double since = now_ms();

		if (!strstr(line_ask(&line, "draft.save", "{\"key\":\"bench\",\"body\":{}}"),
		        "\"result\""))
			die("draft.save");
		longest = now_ms() - since > longest ? now_ms() - since : longest;
		usleep(20000);
	}
	ended_well(status);
	row("import of 100,000 people", AT_MOST, TARGET_S, (now_ms() - begun) / 1000, "s");
	row("a clerk saves meanwhile, longest", AT_MOST, WAIT_MS, longest, "ms");
	line_close(&line);
	snprintf(admin, sizeof(admin), "rm -r %s", dir);
	ended_well(system(admin));
}
