/*
 * outfile.c - layer 3: texts as files of the clerk's own, see outfile.h.
 */
#include "outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

static bool
write_file(const char *path, const char *text)
{
	/* a pipe of that name would have us wait for a reader */
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
	    0600);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	bool well;

	if (!f) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	fputs(text, f);
	well = !ferror(f);
	well &= fclose(f) == 0;
	if (!well) {
		int why = errno;

		unlink(path); /* half a page would be taken for a whole one */
		errno = why;
	}
	return well;
}

const char *
outfile_save(struct screen *s, const char *name, const char *text)
{
	const char *home = getenv("HOME");
	const char *dir = arena_printf(s->mem, "%s/tresen-slips", home ? home : ".");
	const char *path = arena_printf(s->mem, "%s/%s.txt", dir, name);

	if ((mkdir(dir, 0700) != 0 && errno != EEXIST) ||
	    !write_file(path, text_page(s->mem, text, true))) {
		say(s, TONE_FAILURE, _("%s cannot be written: %s. Free some space or ask the "
		    "administrator."), path, strerror(errno));
		return NULL;
	}
	say(s, TONE_DONE, _("Saved as %s."), path);
	return path;
}
