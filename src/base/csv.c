/*
 * csv.c - layer 0: reading comma separated values.  Called by tresen-admin
 * import.  Pure: no files, no encodings, no meaning of columns.
 */
#include "csv.h"

#include <string.h>

static bool
ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* Where the line that holds at ends: at its line break or the end of all. */
static const char *
line_end(const struct csv *c, const char *at)
{
	while (at < c->end && !ends_line(*at))
		at++;
	return at;
}

/* Behind the line break at at, which may have two bytes. */
static const char *
skip_break(const struct csv *c, const char *at)
{
	if (at < c->end && *at == '\r' && at + 1 < c->end && at[1] == '\n')
		return at + 2;
	return at < c->end ? at + 1 : at;
}

static size_t
count_in(const char *from, const char *to, char sign)
{
	size_t n = 0;

	for (; from < to; from++)
		n += *from == sign;
	return n;
}

static void
skip_empty_lines(struct csv *c)
{
	for (;;) {
		const char *at = c->at;

		while (at < c->end && (*at == ' ' || *at == '\t'))
			at++;
		if (at == c->end)
			c->at = at;
		if (at == c->end || !ends_line(*at))
			return;
		c->at = skip_break(c, at);
		c->line++;
	}
}

static bool
begins(const struct csv *c, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(c->end - c->at) >= n && memcmp(c->at, with, n) == 0;
}

/* "sep=;": Excel says it in a line of its own, which holds no data. */
static bool
says_separator(struct csv *c)
{
	const char *end = line_end(c, c->at);

	if (!begins(c, "sep=") || end - c->at != 5)
		return false;
	c->separator = end[-1];
	c->at = skip_break(c, end);
	c->line++;
	return true;
}

void
csv_open(struct csv *c, const char *text, size_t n)
{
	static const char mark[] = "\xEF\xBB\xBF";
	size_t most = 0;

	*c = (struct csv){ .at = text, .end = text + n, .line = 1, .separator = ',' };
	if (begins(c, mark))
		c->at += strlen(mark);
	if (says_separator(c))
		return;
	skip_empty_lines(c);
	for (const char *sign = ",;\t"; *sign; sign++) {
		size_t count = count_in(c->at, line_end(c, c->at), *sign);

		if (count > most) {
			most = count;
			c->separator = *sign;
		}
	}
}

/* ---- fields ---- */

/* A field on its way. */
struct field {
	const char *at;          /* still to be read */
	const char *text;        /* its content */
	int breaks;              /* line ends inside the record */
};

static bool
ends_field(const struct csv *c, const char *at)
{
	return at == c->end || *at == c->separator || ends_line(*at);
}

/* Where the text of a quoted field ends: at its closing quote. */
static enum csv_fault
closing_quote(const struct csv *c, const char *at, const char **closing)
{
	for (; at < c->end; at++) {
		if (*at == '\0')
			return CSV_NUL;
		if (*at != '"')
			continue;
		*closing = at;
		if (at + 1 == c->end || at[1] != '"')
			return CSV_SOUND;
		at++; /* two of them are one */
	}
	return CSV_QUOTE_OPEN;
}

static enum csv_fault
quoted(const struct csv *c, struct arena *a, struct field *f)
{
	const char *at = f->at + 1, *closing = NULL;
	enum csv_fault fault = closing_quote(c, at, &closing);
	char *to;

	if (fault != CSV_SOUND)
		return fault;
	f->at = closing + 1;
	if (!ends_field(c, f->at))
		return CSV_QUOTE_INSIDE;
	f->text = to = arena_alloc(a, (size_t)(closing - at) + 1);
	for (; at < closing; at++) {
		*to = *at;
		if (*at == '"') {
			at++;
		} else if (ends_line(*at)) {
			at = skip_break(c, at) - 1;
			*to = '\n';
			f->breaks++;
		}
		to++;
	}
	return CSV_SOUND;
}

static enum csv_fault
bare(const struct csv *c, struct arena *a, struct field *f)
{
	const char *from = f->at;

	for (; !ends_field(c, f->at); f->at++) {
		if (*f->at == '"')
			return CSV_QUOTE_INSIDE;
		if (*f->at == '\0')
			return CSV_NUL;
	}
	f->text = arena_strndup(a, from, (size_t)(f->at - from));
	return CSV_SOUND;
}

static enum csv_fault
field_read(const struct csv *c, struct arena *a, struct field *f)
{
	return f->at < c->end && *f->at == '"' ? quoted(c, a, f) : bare(c, a, f);
}

/* ---- records ---- */

static void
field_keep(struct arena *a, struct csv_record *r, size_t *room, const char *text)
{
	if (r->n == *room) {
		const char **grown = arena_array(a, const char *, *room * 2);

		memcpy(grown, r->fields, r->n * sizeof(*grown));
		r->fields = grown;
		*room *= 2;
	}
	r->fields[r->n++] = text;
}

/*
 * Reads fields up to the end of the record, at most CSV_RECORD_MAX bytes of
 * it: a quote that is never closed must not cost the whole file, once a line.
 */
static enum csv_fault
record_read(const struct csv *c, struct arena *a, struct csv_record *r, struct field *f)
{
	struct csv window = *c;
	bool cut = c->end - c->at > CSV_RECORD_MAX;
	size_t room = 16;

	if (cut)
		window.end = c->at + CSV_RECORD_MAX;
	r->fields = arena_array(a, const char *, room);
	for (;; f->at++) {
		enum csv_fault fault = field_read(&window, a, f);

		if (cut && (fault == CSV_QUOTE_OPEN || f->at == window.end))
			return CSV_TOO_LONG;
		if (fault != CSV_SOUND)
			return fault;
		field_keep(a, r, &room, f->text);
		if (f->at == window.end || *f->at != c->separator)
			return CSV_SOUND;
		if (!r->first)
			r->first = (size_t)(f->at + 1 - r->raw);
	}
}

bool
csv_next(struct csv *c, struct arena *a, struct csv_record *r)
{
	struct field f = { 0 };

	skip_empty_lines(c);
	if (c->at == c->end)
		return false;
	*r = (struct csv_record){ .line = c->line, .raw = c->at };
	f.at = c->at;
	r->fault = record_read(c, a, r, &f);
	if (r->fault != CSV_SOUND) {
		/* what was meant nobody knows: the line is given up, the next one not */
		r->n = 0;
		f.at = line_end(c, c->at);
		f.breaks = 0;
	}
	r->raw_length = (size_t)(f.at - r->raw);
	c->at = skip_break(c, f.at);
	c->line += f.breaks + 1;
	return true;
}

char *
csv_field(struct arena *a, const char *text, char separator)
{
	const char special[] = { '"', '\r', '\n', separator, '\0' };
	size_t n = strlen(text);
	char *field, *to;

	if (strcspn(text, special) == n && (n == 0 || (*text != ' ' && text[n - 1] != ' ')))
		return arena_strdup(a, text);
	field = to = arena_alloc(a, 2 * n + 3);
	*to++ = '"';
	for (; *text; text++) {
		if (*text == '"')
			*to++ = '"';
		*to++ = *text;
	}
	*to++ = '"';
	return field;
}
