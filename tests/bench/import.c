/*
 * import.c - a hundred thousand people from a file, into an office of its own,
 * while a clerk goes on saving.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

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

void
bench_import(const char *large)
{
	char dir[] = "/tmp/tresen-bench-XXXXXX", db[64], csv[64], remove[64];
	double seconds, longest;

	(void)large;
	if (!mkdtemp(dir))
		die(dir);
	snprintf(db, sizeof(db), "%s/office.db", dir);
	snprintf(csv, sizeof(csv), "%s/people.csv", dir);
	file_write(csv);
	admin_alone((const char *const[]){ "init", db, "--training", NULL });
	seconds = admin_beside(db, (const char *const[]){ "import", db, "people", csv, NULL },
	    &longest);
	row("import of 100,000 people", AT_MOST, TARGET_S, seconds, "s");
	row("a clerk saves meanwhile, longest", AT_MOST, WAIT_MS, longest, "ms");
	snprintf(remove, sizeof(remove), "rm -r %s", dir);
	ended_well(system(remove));
}
