/*
 * harness_office.c - offices of the screen tests, see harness.h.
 */
#include "harness_office.h"

#include <dirent.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store.h"

#define START "2026-11-23T08:14:00Z"
#define PATH_ROOM 256

struct office {
	char dir[PATH_ROOM - 32];
	char db[PATH_ROOM], clock[PATH_ROOM];
};

/* All offices of a program lie in one directory, which its first process
 * removes at the end: tests that fail have no chance to tidy up. */
static char base[64];
static pid_t base_owner;
static struct office *template;

void
program_path(const char *name, char *to, size_t size)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	ck_assert_int_gt(n, 0);
	self[n] = '\0';
	dirname(self); /* .../tests, cut in place */
	ck_assert_int_lt(snprintf(to, size, "%s/%s", dirname(self), name), (int)size);
}

/* ---- directories ---- */

static void
remove_dir(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char inner[PATH_MAX];

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
		if (strcmp(entry->d_name, "office.db") == 0)
			office_lock_remove(inner);
		if (unlink(inner) != 0)
			remove_dir(inner);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

static void
remove_base(void)
{
	if (getpid() == base_owner)
		remove_dir(base);
}

static void
make_base(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(base, sizeof(base), "%.40s/tresen-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(base));
	base_owner = getpid();
	atexit(remove_base);
}

static struct office *
office_empty(void)
{
	struct office *o = calloc(1, sizeof(*o));

	ck_assert_ptr_nonnull(o);
	snprintf(o->dir, sizeof(o->dir), "%s/XXXXXX", base);
	ck_assert_ptr_nonnull(mkdtemp(o->dir));
	snprintf(o->db, sizeof(o->db), "%s/office.db", o->dir);
	snprintf(o->clock, sizeof(o->clock), "%s/clock", o->dir);
	office_clock(o, START);
	return o;
}

void
office_free(struct office *o)
{
	remove_dir(o->dir);
	free(o);
}

void
office_clock(struct office *o, const char *instant)
{
	char fresh[PATH_ROOM + 8];
	FILE *f;

	snprintf(fresh, sizeof(fresh), "%s.new", o->clock);
	f = fopen(fresh, "w");
	ck_assert_ptr_nonnull(f);
	fprintf(f, "%s\n", instant);
	fclose(f);
	ck_assert_int_eq(rename(fresh, o->clock), 0); /* nobody reads half of it */
}

/* ---- running programs ---- */

/* Runs argv with output into a string, to be freed. */
static char *
run(const struct office *o, char *const argv[], int *exit_code)
{
	char clock[PATH_ROOM + 16], home[PATH_ROOM + 16], *text = NULL;
	char *env[] = { clock, home, (char[]){ "PATH=/usr/bin:/bin" },
		(char[]){ "LANG=C.UTF-8" }, NULL };
	int out[2], status;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	char bytes[4096];
	ssize_t got;
	posix_spawn_file_actions_t actions;
	pid_t pid;

	snprintf(clock, sizeof(clock), "TRESEN_NOW=%s", o->clock);
	snprintf(home, sizeof(home), "HOME=%s", o->dir);
	ck_assert_int_eq(pipe2(out, O_CLOEXEC), 0);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, out[1], 1);
	posix_spawn_file_actions_adddup2(&actions, out[1], 2);
	ck_assert_int_eq(posix_spawn(&pid, argv[0], &actions, NULL, argv, env), 0);
	posix_spawn_file_actions_destroy(&actions);
	close(out[1]);
	while ((got = read(out[0], bytes, sizeof(bytes))) > 0)
		fwrite(bytes, 1, (size_t)got, f);
	close(out[0]);
	fclose(f);
	waitpid(pid, &status, 0);
	*exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
	return text;
}

void
office_prepare(void)
{
	char admin[PATH_MAX];
	int exit_code;
	char *said;

	if (template)
		return;
	make_base();
	template = office_empty();
	program_path("tresen-admin", admin, sizeof(admin));
	said = run(template, (char *[]){ admin, (char[]){ "init" }, template->db,
	    (char[]){ "--training" }, NULL }, &exit_code);
	ck_assert_msg(exit_code == 0, "tresen-admin init: %s", said);
	free(said);
}

static void
copy_file(const char *from, const char *to)
{
	char bytes[65536];
	FILE *in = fopen(from, "r"), *out = fopen(to, "w");
	size_t n;

	ck_assert(in && out);
	while ((n = fread(bytes, 1, sizeof(bytes), in)) > 0)
		ck_assert_uint_eq(fwrite(bytes, 1, n, out), n);
	fclose(in);
	fclose(out);
}

struct office *
office_new(void)
{
	struct office *o;
	char from[PATH_ROOM + 8], to[PATH_ROOM + 8];

	office_prepare();
	o = office_empty();
	copy_file(template->db, o->db);
	chmod(o->db, 0600);
	snprintf(from, sizeof(from), "%s-wal", template->db);
	snprintf(to, sizeof(to), "%s-wal", o->db);
	if (access(from, F_OK) == 0)
		copy_file(from, to);
	snprintf(from, sizeof(from), "%s-key", template->db);
	snprintf(to, sizeof(to), "%s-key", o->db);
	copy_file(from, to);
	chmod(to, 0400);
	return o;
}

#define WORDS_MOST 32

char *
office_run(struct office *o, const char *login, const char *command, int *exit_code)
{
	char program[PATH_MAX], *words = strdup(command), *state = NULL;
	char *argv[WORDS_MOST] = { program, (char[]){ "--db" }, o->db, (char[]){ "--as" },
		strdup(login) };
	size_t n = 5;
	int code;
	char *said;

	program_path("tresen", program, sizeof(program));
	for (char *w = strtok_r(words, " ", &state); w && n < WORDS_MOST - 1;
	     w = strtok_r(NULL, " ", &state))
		argv[n++] = w;
	said = run(o, argv, &code);
	if (exit_code)
		*exit_code = code;
	else
		ck_assert_msg(code == 0, "tresen %s: exit %d: %s", command, code, said);
	free(argv[4]);
	free(words);
	return said;
}

/* Line by line; key and version are lines of their own. */
static void
copy_form(const char *to, const char *key, int version)
{
	FILE *in = fopen("tests/forms/everything.form", "r"), *out = fopen(to, "w");
	char line[512];

	ck_assert(in && out);
	while (fgets(line, sizeof(line), in))
		if (strncmp(line, "key = ", 6) == 0)
			fprintf(out, "key = \"%s\";\n", key);
		else if (strncmp(line, "version = ", 10) == 0)
			fprintf(out, "version = %d;\n", version);
		else
			fputs(line, out);
	fclose(in);
	fclose(out);
}

void
office_publish(struct office *o, const char *key, int version)
{
	char admin[PATH_MAX], path[PATH_ROOM + 64];
	int exit_code;
	char *said;

	snprintf(path, sizeof(path), "%s/%s-%d.form", o->dir, key, version);
	copy_form(path, key, version);
	program_path("tresen-admin", admin, sizeof(admin));
	said = run(o, (char *[]){ admin, (char[]){ "form" }, o->db, (char[]){ "publish" }, path,
	    NULL }, &exit_code);
	ck_assert_msg(exit_code == 0, "tresen-admin form publish: %s", said);
	free(said);
}

const char *
office_db(const struct office *o)
{
	return o->db;
}

const char *
office_dir(const struct office *o)
{
	return o->dir;
}

const char *
office_clock_file(const struct office *o)
{
	return o->clock;
}
