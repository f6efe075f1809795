/*
 * ballast.c - layer 5: `tresen-admin ballast`: room that is kept for the day
 * the disk is full.  OFFICE-ballast holds nothing; released, it lets the
 * office go on at once, and gives time to look for what has filled the disk.
 * Must work without opening the office: a full disk may not allow that.
 */
#include "backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "admin.h"

#define BALLAST_MB 64            /* a week of an office of 200, and a checkpoint */
#define MB ((int64_t)1 << 20)

static char *
ballast_path(struct op *op, const char *office)
{
	return arena_printf(op->mem, "%s-ballast", office);
}

/* -1: there is none. */
static int64_t
size_now(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 ? st.st_size : -1;
}

static int64_t
room_left(struct op *op, const char *office)
{
	struct statvfs fs;

	if (statvfs(folder_of(op->mem, office), &fs) != 0)
		return -1;
	return (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
}

static enum status
not_made(struct op *op, const char *path)
{
	int error = errno;

	unlink(path);
	return op_fail(op, ST_STORE, _("%s cannot be written: %s."), path, strerror(error));
}

/* One of another size makes room for it. */
static enum status
make(struct op *op, const char *office, int mb)
{
	char *path = ballast_path(op, office);
	int64_t room = room_left(op, office), old = size_now(path);
	struct stat st;
	int fd;

	/* it must not itself be what fills the disk */
	if (room >= 0 && room + (old > 0 ? old : 0) < 2 * mb * MB)
		return op_fail(op, ST_STORE, _("Only %lld MB are free there, and a ballast of %d MB "
		    "wants twice as much as itself. Free some space first, or name another --size."),
		    (long long)(room / MB), mb);
	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return not_made(op, path);
	/* a file with holes would keep no room at all */
	errno = posix_fallocate(fd, 0, mb * MB);
	if (errno == 0 && stat(office, &st) == 0 && geteuid() == 0)
		errno = fchown(fd, st.st_uid, st.st_gid) == 0 ? 0 : errno;
	if (errno == 0 && fsync(fd) == 0) {
		close(fd);
		return ST_OK;
	}
	close(fd);
	return not_made(op, path);
}

enum status
ballast_new(struct op *op, const char *office)
{
	return size_now(ballast_path(op, office)) >= 0 ? ST_OK : make(op, office, BALLAST_MB);
}

/* ---- the verb ---- */

static enum status
release(struct op *op, const char *office, int mb)
{
	char *path = ballast_path(op, office);
	int64_t size = size_now(path);

	(void)mb;
	if (size < 0)
		return op_fail(op, ST_NOT_FOUND, _("%s has no ballast: there is nothing to give "
		    "back. Look for other files to remove."), office);
	if (unlink(path) != 0)
		return op_fail(op, ST_STORE, _("%s could not be removed: %s."), path,
		    strerror(errno));
	printf(_("%lld MB are free again and people can go on. Look for what has filled the disk, "
	    "then: tresen-admin ballast %s restore\n"), (long long)(size / MB), office);
	return ST_OK;
}

static enum status
restore(struct op *op, const char *office, int mb)
{
	if (size_now(ballast_path(op, office)) == mb * MB) {
		printf(_("The ballast of %d MB is there already.\n"), mb);
		return ST_OK;
	}
	TRY(make(op, office, mb));
	printf(_("A ballast of %d MB is kept beside %s.\n"), mb, office);
	return ST_OK;
}

static enum status
tell(struct op *op, const char *office, int mb)
{
	int64_t size = size_now(ballast_path(op, office));

	(void)mb;
	if (size < 0)
		printf(_("%s has no ballast. Make one: tresen-admin ballast %s restore\n"), office,
		    office);
	else
		printf(_("The ballast of %s is %lld MB.\n"), office, (long long)(size / MB));
	printf(_("%lld MB are free on its disk.\n"), (long long)(room_left(op, office) / MB));
	return ST_OK;
}

static const struct {
	const char *word;
	enum status (*run)(struct op *op, const char *office, int mb);
} words[] = {
	{ "release", release }, { "restore", restore },
};

static enum status
run(struct call *call)
{
	struct op *op = &call->op;
	const char *word = call->rest[0];
	int mb = BALLAST_MB;

	TRY(count_read(op, call->with.size, 100000, &mb));
	if (access(call->path, F_OK) != 0)
		return op_fail(op, ST_NOT_FOUND, _("There is no office file %s. Make one with: "
		    "tresen-admin init %s"), call->path, call->path);
	if (!word)
		return tell(op, call->path, mb);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(word, words[i].word) == 0)
			return words[i].run(op, call->path, mb);
	call->exit_code = EXIT_USAGE;
	return op_fail(op, ST_INVALID, _("usage: tresen-admin ballast OFFICE [release|restore] "
	    "[--size MB]"));
}

const struct verb verb_ballast = {
	.name = "ballast", .usage = "OFFICE [release|restore] [--size MB]",
	.words = 1, .options = "size",
	.help = N_("keep room beside the office for the day the disk is full, or give it back"),
	.run = run,
};
