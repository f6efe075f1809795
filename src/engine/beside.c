/*
 * beside.c - layer 5: small files that lie beside the office and hold nothing of
 * it.  Called by door.c and pad.c.  Must never open the office file itself: closing
 * it again would drop the locks of SQLite.
 */
#include "beside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base.h"

bool
beside_lock(int fd, int command, short type, off_t at, off_t n)
{
	struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = at, .l_len = n };
	int rc;

	do
		rc = fcntl(fd, command, &range);
	while (rc != 0 && errno == EINTR);
	return rc == 0;
}

int
beside_open(const char *office, const char *suffix)
{
	char path[4096];
	struct stat st;
	int fd;

	if (snprintf(path, sizeof(path), "%s%s", office, suffix) >= (int)sizeof(path))
		return -1;
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	/* only who made it can, and has to */
	if (fd >= 0 && stat(office, &st) == 0 && (st.st_mode & S_IWGRP) &&
	    fchmod(fd, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP) != 0 && errno != EPERM)
		log_line("%s: %s", path, strerror(errno));
	return fd;
}
