/*
 * import_file.c - layer 5: the bytes of a file that came from elsewhere, as
 * UTF-8.  Called by import.c.  Never guesses: a wrong guess would write
 * broken names into records for good.
 */
#include "import.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "text.h"

#define FILE_MOST (512L * 1024 * 1024)

static enum status
bytes_read(struct op *op, const char *path, char **bytes, size_t *n)
{
	FILE *f = fopen(path, "re");
	struct stat st;

	if (!f)
		return op_fail(op, ST_NOT_FOUND, _("%s cannot be read: %s."), path,
		               strerror(errno));
	if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_MOST) {
		fclose(f);
		return op_fail(op, ST_INVALID, _("%s is no file of at most 512 MB. Split it, and "
		               "import one part after the other."), path);
	}
	*bytes = arena_alloc(op->mem, (size_t)st.st_size + 1);
	*n = fread(*bytes, 1, (size_t)st.st_size, f);
	fclose(f);
	if (*n < (size_t)st.st_size)
		return op_fail(op, ST_STORE, _("%s could not be read to its end; nothing was "
		               "imported. Look at the disk, and import it again."), path);
	return ST_OK;
}

/* The line in which the byte at stands. */
static int
line_of(const char *bytes, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at; i++)
		line += bytes[i] == '\n';
	return line;
}

/* The first byte that is not UTF-8; n when all are. */
static size_t
first_foreign(const char *bytes, size_t n)
{
	size_t at = 0;

	while (at < n) {
		const char *end = memchr(bytes + at, '\n', n - at);
		size_t next = end ? (size_t)(end - bytes) + 1 : n;

		/* a zero byte is told with its row, not with the file */
		for (size_t i = at; i < next; i += strnlen(bytes + i, next - i) + 1)
			if (!text_valid(bytes + i, strnlen(bytes + i, next - i)))
				return at;
		at = next;
	}
	return n;
}

static bool
only_ascii(const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)bytes[i] > 0x7F)
			return false;
	return true;
}

/* Only an example for the message: the mark of UTF-16 cannot be mistaken. */
static const char *
likely_encoding(const char *bytes, size_t n)
{
	return n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)
	    ? "UTF-16" : "WINDOWS-1252";
}

static bool
means_utf8(const char *encoding)
{
	return !encoding || strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
}

static enum status
convert(struct op *op, const char *path, const char *encoding, char *bytes, size_t n,
        const char **text, size_t *length)
{
	iconv_t way = iconv_open("UTF-8", encoding);
	size_t room = n * 4 + 16, in = n, bad;
	char *to, *out, *from = bytes;

	if (way == (iconv_t)-1)
		return op_fail(op, ST_INVALID, _("Nobody knows the encoding %s. Choose one that "
		               "`iconv -l` lists, such as WINDOWS-1252."), encoding);
	to = out = arena_alloc(op->mem, room);
	bad = iconv(way, &from, &in, &out, &room);
	iconv_close(way);
	if (bad == (size_t)-1)
		return op_fail(op, ST_INVALID, _("%s is not %s: line %d has bytes that do not "
		               "exist in it. Name the encoding it was saved in."), path, encoding,
		               line_of(bytes, n - in));
	*text = to;
	*length = (size_t)(out - to);
	return ST_OK;
}

enum status
import_file_read(struct op *op, const char *path, const char *encoding, const char **text,
                 size_t *n)
{
	size_t foreign, size = 0;
	char *bytes = NULL;

	TRY(bytes_read(op, path, &bytes, &size));
	*text = bytes;
	*n = size;
	foreign = first_foreign(bytes, size);
	if (means_utf8(encoding) && foreign == size)
		return ST_OK;
	if (means_utf8(encoding))
		return op_fail(op, ST_INVALID, _("%s is not UTF-8: look at line %d. Say how it "
		               "was saved, for instance with --encoding %s."), path,
		               line_of(bytes, foreign), likely_encoding(bytes, size));
	/* umlauts in two bytes, read as one sign each, would stay in the names */
	if (foreign == size && !only_ascii(bytes, size))
		return op_fail(op, ST_INVALID, _("%s is UTF-8, not %s. Leave out --encoding."),
		               path, encoding);
	return convert(op, path, encoding, bytes, size, text, n);
}
