/*
 * source.c - layer 1: the text of a form or a code list before libconfig reads
 * it: what libconfig would follow, misread in silence, or refuse in words that
 * help nobody.  Called by parse.c.  Must never change what the text says.
 */
#include "inside.h"

#include <string.h>

#include "text.h"

#define SOURCE_MAX (256u * 1024u)
#define NESTING_MAX 32           /* a choice in a row in a row needs 13 */
#define DIGITS_MAX 9             /* libconfig cuts larger numbers without a word */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char word_signs[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-*";

/* libconfig would open files for it, and would follow it from anywhere. */
static bool
has_include(struct reader *r, const char *source)
{
	int line = 1;

	for (const char *at = source; *at; line++) {
		const char *word = at + strspn(at, " \t\r\f\v");

		if (strncmp(word, "@include", 8) == 0) {
			form_error(r, line, _("@include is not allowed; write the form in one file"));
			return true;
		}
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	return false;
}

/* Behind a text or a comment that begins at at; at itself if none does. */
static const char *
behind_text(const char *at)
{
	const char *end;

	if (*at == '"') {
		for (at++; *at && *at != '"'; at++)
			at += *at == '\\' && at[1];
		return at + (*at == '"');
	}
	if (*at == '#' || strncmp(at, "//", 2) == 0)
		return at + strcspn(at, "\n");
	if (strncmp(at, "/*", 2) != 0)
		return at;
	end = strstr(at + 2, "*/");
	return end ? end + 2 : at + strlen(at);
}

static bool
is_large_number(const char *word, size_t n)
{
	size_t sign = *word == '-', zeros = strspn(word + sign, "0");
	size_t digits = strspn(word + sign + zeros, "0123456789");

	return sign + zeros + digits == n && digits > DIGITS_MAX;
}

/* How deep, and how large the numbers are; those of what was published before
 * stay as they were read. */
static bool
has_bounds(struct reader *r, const char *source)
{
	int line = 1, depth = 0;

	for (const char *at = source, *next; *at; at = next) {
		size_t word = strspn(at, word_signs);

		next = behind_text(at);
		if (next == at)
			next = at + (word ? word : 1);
		depth += strchr("({[", *at) ? 1 : strchr(")}]", *at) ? -1 : 0;
		if (depth > NESTING_MAX || (r->deep && is_large_number(at, word))) {
			form_error(r, line, depth > NESTING_MAX
			    ? _("too many brackets are open here; close those that are complete")
			    : _("the number is too large"));
			return false;
		}
		for (const char *c = at; c < next; c++)
			line += *c == '\n';
	}
	return true;
}

const char *
form_source(struct reader *r, const char *source)
{
	size_t n = strlen(source), mark = strlen(BYTE_ORDER_MARK);

	if (strncmp(source, BYTE_ORDER_MARK, mark) == 0)
		source += mark;
	if (n > SOURCE_MAX)
		form_error(r, 1, _("the form is larger than %u bytes"), SOURCE_MAX);
	else if (!text_valid(source, strlen(source)))
		form_error(r, 1, _("the form is not UTF-8; save it as UTF-8"));
	else if (!has_include(r, source) && has_bounds(r, source))
		return source;
	return NULL;
}
