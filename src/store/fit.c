/*
 * fit.c - layer 2: is this a file that an office may be kept in?  Called by
 * db.c before SQLite sees the file, and by restore, which makes one like it.  Must never open it: closing a descriptor
 * of it would drop the locks of a connection that is there.
 */
#include "db.h"

#include <errno.h>
#include <grp.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "store_copy.h"

/* Those that linux/magic.h of Debian 12 does not know. */
#define LUSTRE_MAGIC 0x0BD00BD0
#define GFS2_MAGIC 0x01161970

/* Locks of SQLite and shared memory do not hold across machines. */
static bool
is_remote(const char *path)
{
	struct statfs fs;

	if (statfs(path, &fs) != 0)
		return false;
	switch ((uint32_t)fs.f_type) {
	case NFS_SUPER_MAGIC:
	case SMB_SUPER_MAGIC:
	case CIFS_SUPER_MAGIC:
	case SMB2_SUPER_MAGIC:
	case NCP_SUPER_MAGIC:
	case CODA_SUPER_MAGIC:
	case AFS_SUPER_MAGIC:
	case AFS_FS_MAGIC:
	case CEPH_SUPER_MAGIC:
	case OCFS2_SUPER_MAGIC:
	case GFS2_MAGIC:
	case LUSTRE_MAGIC:
	case FUSE_SUPER_MAGIC:
		return true;
	default:
		return false;
	}
}

/* The users of an office's engines, where it has two: one of them alone has the
 * key to what is entrusted.  Nobody else may be in their group. */
#define ENGINE_GROUP "tresen-office"
static const char *const engines[] = { "tresen", "tresen-social" };

static bool
only_engines(char *const *members)
{
	for (; *members; members++) {
		bool known = false;

		for (size_t i = 0; i < COUNT_OF(engines); i++)
			known |= strcmp(*members, engines[i]) == 0;
		if (!known)
			return false;
	}
	return true;
}

/* Open to that group and to nobody more. */
static bool
is_shared(const struct stat *st)
{
	const struct group *group;

	if ((st->st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)) != (S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP))
		return false;
	group = getgrgid(st->st_gid);
	return group && strcmp(group->gr_name, ENGINE_GROUP) == 0 && only_engines(group->gr_mem);
}

bool
office_is_shared(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && is_shared(&st);
}

/* Root may help out: what it writes stays the owner's, SQLite sees to that. */
static bool
is_ours(const struct stat *st)
{
	return st->st_uid == geteuid() || geteuid() == 0 ||
	    (is_shared(st) && group_member(st->st_gid));
}

/* A second name or another reader, and rights decided here would be none. */
static const char *
why_unfit(struct arena *mem, const char *path, const struct stat *st)
{
	if (!is_ours(st))
		return arena_printf(mem, _("%s belongs to another user, who alone may work on it "
		    "directly. On an office server start tresen without --db."), path);
	if ((st->st_mode & (S_IRWXG | S_IRWXO)) && !is_shared(st))
		return arena_printf(mem, _("%s is open to other users of this machine, who could "
		    "read all of it. Close it first: chmod 600 %s; or for the engines of two users: "
		    "group %s, which has nobody else in it, and chmod 660"), path, path,
		    ENGINE_GROUP);
	if (st->st_nlink > 1)
		return arena_printf(mem, _("%s has a second name, where somebody may open it "
		    "without its log. Remove the other one; find -samefile tells where it is."),
		    path);
	if (is_remote(path))
		return arena_printf(mem, _("%s lies on a network file system, where its locks do "
		    "not hold. Put it on a local disk."), path);
	return NULL;
}

enum status
file_check(struct arena *mem, const char *path, struct stat *st, const char **why)
{
	bool there = lstat(path, st) == 0;

	if (!there && errno == EACCES) {
		*why = arena_printf(mem, _("%s lies where you may not look. On an office server "
		    "start tresen without --db."), path);
		return ST_DENIED;
	}
	if (there && S_ISLNK(st->st_mode)) {
		*why = arena_printf(mem, _("%s is a link. Name the office file itself."), path);
		return ST_STORE;
	}
	if (there && S_ISDIR(st->st_mode)) {
		*why = arena_printf(mem, _("%s is a folder. Name the office file in it."), path);
		return ST_NOT_FOUND;
	}
	if (!there || !S_ISREG(st->st_mode)) {
		*why = arena_printf(mem, _("There is no office file %s. Make one with: "
		    "tresen-admin init %s"), path, path);
		return ST_NOT_FOUND;
	}
	*why = why_unfit(mem, path, st);
	return *why ? ST_STORE : ST_OK;
}
