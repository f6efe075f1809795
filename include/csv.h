/*
 * csv.h - layer 0: comma separated values as RFC 4180 has them, as offices
 * send them: "," or ";", any line end, a UTF-8 mark in front.  Records that
 * break the rules are handed out with their fault, and reading goes on with
 * the next line: one bad quote costs one line, never the rest of the file.
 */
#ifndef TRESEN_CSV_H
#define TRESEN_CSV_H

#include "base.h"

#define CSV_RECORD_MAX 16384     /* bytes of one record, line breaks inside counted */

enum csv_fault {
	CSV_SOUND,
	CSV_QUOTE_OPEN,          /* a quote that nothing closes */
	CSV_QUOTE_INSIDE,        /* a quote within bare text, or text behind a closing one */
	CSV_NUL,                 /* a zero byte */
	CSV_TOO_LONG,
};

struct csv {
	const char *at, *end;    /* what is still to be read */
	char separator;
	int line;                /* number of the line at at, from 1 */
};

struct csv_record {
	const char **fields;     /* without quotes; in the arena */
	size_t n;                /* of them; 0 for a record with a fault */
	enum csv_fault fault;
	int line;                /* where it begins */
	const char *raw;         /* as it stands in the text, without its line end */
	size_t raw_length;
	size_t first;            /* bytes of raw that are the first field and its separator; 0:
	                          * there is no second one */
};

/* Reads text of n bytes; the separator is the most frequent one of its first
 * line (comma, semicolon, tab), or what a line "sep=;" before it says.  text stays the caller's. */
void csv_open(struct csv *c, const char *text, size_t n);
/* The next record; lines of blanks only are none.  False at the end. */
bool csv_next(struct csv *c, struct arena *a, struct csv_record *r);
/* text as a field: quoted where that is needed. */
char *csv_field(struct arena *a, const char *text, char separator);

#endif
