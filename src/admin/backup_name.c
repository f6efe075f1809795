/*
 * backup_name.c - layer 5: what backups of an office are called, and which of
 * them have had their time.  Called by backup.c.  Must never touch a file whose
 * name it did not give.
 */
#include "backup.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define UNSOUND ".unsound"
#define SEALED ".sealed"

/* of /var/lib/tresen/office.db: "office" */
static char *
stem_of(struct arena *mem, const char *office)
{
	char *name = arena_strdup(mem, basename(arena_strdup(mem, office)));
	size_t n = strlen(name);

	if (n > 3 && strcmp(name + n - 3, ".db") == 0)
		name[n - 3] = '\0';
	return name;
}

char *
file_stamp(struct arena *mem, int64_t at)
{
	char iso[21], *stamp = arena_alloc(mem, sizeof(iso));
	size_t n = 0;

	instant_iso(at, iso);
	for (const char *c = iso; *c; c++)
		if (*c != '-' && *c != ':')
			stamp[n++] = *c;
	return stamp;
}

char *
backup_name(struct arena *mem, const char *office, int64_t at, bool sound, bool sealed)
{
	return arena_printf(mem, "%s-%s%s.db%s", stem_of(mem, office), file_stamp(mem, at),
	    sound ? "" : UNSOUND, sealed ? SEALED : "");
}

/* ---- thinning out ---- */

/* 20261123T081400Z; the length of it, 0: something else. */
static size_t
stamp_length(const char *text)
{
	static const char like[] = "ddddddddTddddddZ";
	size_t i;

	for (i = 0; like[i]; i++)
		if (like[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != like[i])
			return 0;
	return i;
}

enum kind { STRANGE, SOUND, FAULTY, UNFINISHED };

static enum kind
kind_of(const char *stem, const char *name)
{
	static const struct { const char *rest; enum kind kind; } ends[] = {
		{ ".db", SOUND }, { ".db" SEALED, SOUND },
		{ UNSOUND ".db", FAULTY }, { UNSOUND ".db" SEALED, FAULTY },
	};
	size_t n = strlen(stem), stamp;

	if (strncmp(name, stem, n) != 0 || name[n] != '-')
		return STRANGE;
	stamp = stamp_length(name + n + 1);
	for (size_t i = 0; stamp && i < COUNT_OF(ends); i++) {
		const char *rest = name + n + 1 + stamp;
		size_t m = strlen(ends[i].rest);

		if (strcmp(rest, ends[i].rest) == 0)
			return ends[i].kind;
		if (strncmp(rest, ends[i].rest, m) == 0 && strcmp(rest + m, BACKUP_PART) == 0)
			return UNFINISHED;
	}
	return STRANGE;
}

/* Names of one office differ in the stamp first: the newest comes first. */
static int
newest_first(const void *a, const void *b)
{
	return strcmp(*(const char *const *)b, *(const char *const *)a);
}

static const char **
names_read(struct arena *mem, int folder, const char *stem, enum kind kind, size_t *n)
{
	DIR *dir = fdopendir(dup(folder));
	const char **names = NULL;
	size_t room = 0;
	struct dirent *e;

	*n = 0;
	if (!dir)
		return NULL;
	rewinddir(dir);
	while ((e = readdir(dir))) {
		if (kind_of(stem, e->d_name) != kind)
			continue;
		if (*n == room) {
			const char **more = arena_array(mem, const char *, room = room * 2 + 16);

			if (*n)
				memcpy(more, names, *n * sizeof(*names));
			names = more;
		}
		names[(*n)++] = arena_strdup(mem, e->d_name);
	}
	closedir(dir);
	return names;
}

enum status
backups_thin(struct op *op, int folder, const char *office, int keep, bool sound)
{
	const char *stem = stem_of(op->mem, office), **names;
	size_t n, stay = (size_t)keep;

	names = names_read(op->mem, folder, stem, sound ? SOUND : FAULTY, &n);
	if (n > 1)
		qsort(names, n, sizeof(*names), newest_first);
	for (size_t i = stay; i < n; i++) {
		if (unlinkat(folder, names[i], 0) != 0 && errno != ENOENT)
			return op_fail(op, ST_STORE, _("The old backup %s could not be removed: "
			    "%s."), names[i], strerror(errno));
		printf(_("%s has had its time and is removed.\n"), names[i]);
	}
	return ST_OK;
}

void
backups_tidy(struct op *op, int folder, const char *office)
{
	const char **names;
	size_t n;

	names = names_read(op->mem, folder, stem_of(op->mem, office), UNFINISHED, &n);
	for (size_t i = 0; i < n; i++) {
		int fd = openat(folder, names[i], O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

		/* who still writes it holds it */
		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			unlinkat(folder, names[i], 0);
		if (fd >= 0)
			close(fd);
	}
}
