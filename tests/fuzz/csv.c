/*
 * csv.c - fuzz target: any bytes as comma separated values.  What is read must
 * keep the promises of include/csv.h, and can be written and read again.
 */
#include "csv.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
line_ends(const char *from, const char *to)
{
	int n = 0;

	for (; from < to; from++)
		n += *from == '\n' || (*from == '\r' && (from + 1 == to || from[1] != '\n'));
	return n;
}

/* The same fields, written by us: one line that gives them back. */
static void
write_again(struct arena *a, const struct csv_record *r, char separator)
{
	struct csv_record again;
	char *line = arena_strdup(a, "");
	struct csv c;

	for (size_t i = 0; i < r->n; i++)
		line = arena_printf(a, "%s%s%c", line, csv_field(a, r->fields[i], separator),
		                    separator);
	if (strlen(line) > CSV_RECORD_MAX)
		return;
	csv_open(&c, line, strlen(line));
	c.at = line;
	c.separator = separator;
	invariant(csv_next(&c, a, &again) && again.fault == CSV_SOUND);
	invariant(again.n == r->n + 1 && c.at == c.end);
	for (size_t i = 0; i < r->n; i++)
		invariant(strcmp(again.fields[i], r->fields[i]) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *before;
	struct arena *a = arena_new();
	struct csv_record r;
	struct csv c;

	csv_open(&c, text, size);
	for (before = c.at; csv_next(&c, a, &r); before = c.at) {
		/* always on, never beyond, and the line is the one people count */
		invariant(c.at > before && c.at <= text + size);
		invariant(r.raw >= before && r.raw + r.raw_length <= c.at);
		invariant(r.first <= r.raw_length || r.fault != CSV_SOUND);
		invariant(r.line == 1 + line_ends(text, r.raw));
		invariant((r.fault == CSV_SOUND) == (r.n > 0));
		if (r.n > 0 && r.n < 100)
			write_again(a, &r, c.separator);
	}
	invariant(c.at == text + size);
	arena_free(a);
	return 0;
}
