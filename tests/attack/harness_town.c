/*
 * harness_town.c - see harness_town.h.
 */
#include "harness_town.h"

#include <grp.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store.h"

#define SOCKET_ROOM sizeof(((struct sockaddr_un *)0)->sun_path)

char house[PATH_MAX], door[SOCKET_ROOM];
pid_t engine;
static pid_t colleague;

static const struct {
	const char *login, *name, *role, *unit, *site;
	unsigned uid;
} clerks[] = {
	{ "okafor", "Okafor", "counter", "front_office", "main", OKAFOR },
	{ "demir", "Demir", "clerk", "residence", "main", DEMIR },
	{ "roth", "Roth", "supervisor", "residence", "main", ROTH },
	{ "weiss", "Weiss", "clerk", "social_work", "main", WEISS },
	{ "fuchs", "Fuchs", "counter", "front_office", "branch", FUCHS },
};

/* ---- the town ---- */

void
become(uid_t uid)
{
	if (setgroups(0, NULL) != 0 || setgid(uid) != 0 || setuid(uid) != 0)
		_exit(99);
}

/* The programs in a folder that everybody reaches, wherever the sources are. */
static void
bring_programs(void)
{
	shell("mkdir %s/bin && cp %s/tresen %s/tresen-engine %s/tresen-admin %s/bin && "
	    "chmod 755 %s/bin", house, program_folder(), program_folder(), program_folder(),
	    house, house);
}

static void
start_engine(void)
{
	char program[PATH_MAX + 32];

	snprintf(program, sizeof(program), "%s/bin/tresen-engine", house);
	engine = fork();
	if (engine == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		become(ENGINE);
		/* what it has to complain of; the folder is its own */
		if (chdir(house) != 0 || !freopen("log", "ae", stderr))
			_exit(97);
		execl(program, program, "--db", office, "--listen", door, (char *)NULL);
		_exit(98);
	}
}

static void
staff_office(void)
{
	ck_assert_msg(admin("init %s", office) == 0, "%s", said);
	for (size_t i = 0; i < COUNT_OF(clerks); i++)
		ck_assert_msg(admin("staff %s add %s --uid %u --name %s --role %s --unit %s"
		    " --site %s", office, clerks[i].login, clerks[i].uid, clerks[i].name,
		    clerks[i].role, clerks[i].unit, clerks[i].site) == 0, "%s", said);
	office_lock_remove(office); /* root's: the engine makes its own */
}

void
key_beside(void)
{
	ck_assert_msg(admin("key %s %s/key", office, house) == 0, "%s", said);
	shell("mv %s/key %s-key && chown %u %s-key", house, office, ENGINE, office);
}

/* ---- a colleague, whatever happens ---- */

static sigset_t evening;         /* when to go: never in the middle of a save */
static int at_work[2];           /* a pipe: the first save is done */

static bool
saves_beside(int fd)
{
	return gets_status(fd, ASKING("visit.new", "\"concern\":\"S02\""), NULL);
}

static bool
works_beside(void)
{
	static const struct timespec a_moment = { .tv_nsec = 100000000 };
	int fd = session();
	bool well = saves_beside(fd);

	close(at_work[1]);
	while (well && sigtimedwait(&evening, NULL, &a_moment) < 0)
		well = saves_beside(fd);
	return well;
}

void
colleague_comes(void)
{
	sigemptyset(&evening);
	sigaddset(&evening, SIGTERM);
	ck_assert_int_eq(pipe(at_work), 0);
	sigprocmask(SIG_BLOCK, &evening, NULL);
	colleague = play_begins(FUCHS, works_beside);
	sigprocmask(SIG_UNBLOCK, &evening, NULL);
	close(at_work[1]);
	ck_assert_int_eq(read(at_work[0], &(char){ 0 }, 1), 0);
	close(at_work[0]);
}

void
colleague_goes(void)
{
	if (colleague == 0)
		return;
	kill(colleague, SIGTERM);
	play_ends(colleague, "the colleague's work");
	colleague = 0;
}

static void
opening(void)
{
	office_begin();
	snprintf(house, sizeof(house), "%s", office);
	*strrchr(house, '/') = '\0';
	strcpy(strrchr(office, '/'), "/own/office.db");
	ck_assert_int_lt(snprintf(door, sizeof(door), "%s/door", house), (int)sizeof(door));
	shell("mkdir %s/own", house);
	staff_office();
	shell("chown -R %u:%u %s && chmod 755 %s && chmod 700 %s/own", ENGINE, ENGINE, house, house,
	    house);
	bring_programs();
	start_engine();
	close(come_in()); /* it is there */
	colleague_comes();
}

static void
closing(void)
{
	colleague_goes();
	kill(engine, SIGTERM);
	waitpid(engine, NULL, 0);
	office_end();
}

TCase *
town_case(const char *name)
{
	TCase *c;

	if (geteuid() != 0) {
		fprintf(stderr, "LEFT OUT: %s, an office with several unix users, since this is "
		    "not root\n", name);
		return NULL;
	}
	c = tcase_create(name);
	tcase_add_checked_fixture(c, opening, closing);
	return c;
}

Suite *
town_suite(const char *name, const TTest *const *tests)
{
	Suite *s = suite_create(name);
	TCase *c = town_case(name);

	if (!c)
		return s;
	for (; *tests; tests++)
		tcase_add_test(c, *tests);
	suite_add_tcase(s, c);
	return s;
}

/* ---- people: what they do happens in a process of theirs ---- */

pid_t
play_begins(uid_t uid, bool (*act)(void))
{
	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		become(uid);
		_exit(act() ? 0 : 1);
	}
	return pid;
}

void
play_ends(pid_t pid, const char *what)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(status == 0, "%s: %x", what, (unsigned)status);
}

int64_t
play(uid_t uid, bool (*act)(void), const char *what)
{
	int64_t began = clock_ticks();

	play_ends(play_begins(uid, act), what);
	return clock_ticks() - began;
}

/* What the line finds in its environment, and the line itself: a file that
 * anybody may read. */
PRINTF(2, 0) static void
write_script(const char *path, const char *format, va_list args)
{
	FILE *f = fopen(path, "we");

	ck_assert_ptr_nonnull(f);
	fprintf(f, "exec 2>&1\ncd /\nTRESEN='%s/bin/tresen --office %s --lang en'\n"
	    "DOOR='%s' HOUSE='%s' OFFICE='%s' ENGINE=%d\n", house, door, door, house, office,
	    (int)engine);
	vfprintf(f, format, args);
	fclose(f);
	chmod(path, 0644);
}

int
shell_as(uid_t uid, const char *format, ...)
{
	char script[PATH_MAX + 16], line[2 * PATH_MAX];
	va_list args;
	FILE *f;
	size_t n;
	int status;

	snprintf(script, sizeof(script), "%s/script", house);
	va_start(args, format);
	write_script(script, format, args);
	va_end(args);
	snprintf(line, sizeof(line), "exec setpriv --reuid %u --regid %u --clear-groups env -i "
	    "PATH=/usr/bin:/bin HOME=/nowhere LANG=C.UTF-8 sh %s 2>&1", uid, uid, script);
	f = popen(line, "re");
	ck_assert_ptr_nonnull(f);
	n = fread(said, 1, SAID_MOST - 1, f);
	said[n] = '\0';
	status = pclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* ---- a client written by hand ---- */

int
come_in(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int64_t until = clock_ticks() + DEADLINE_MS;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, door, strlen(door) + 1);
	while (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		if (clock_ticks() > until || poll(NULL, 0, 5) < 0)
			_exit(97);
	return fd;
}

#define LINE_MOST (1 << 20)

json_t *
hear(int fd)
{
	char *line = malloc(LINE_MOST), c;
	json_t *message;
	size_t n = 0;

	do {
		struct pollfd p = { .fd = fd, .events = POLLIN };

		if (poll(&p, 1, DEADLINE_MS) != 1 || recv(fd, &c, 1, 0) != 1) {
			free(line);
			return NULL;
		}
		line[n++] = c;
	} while (c != '\n' && n < LINE_MOST);
	message = json_loadb(line, n, 0, NULL);
	free(line);
	return message;
}

bool
tell(int fd, const char *line)
{
	return send(fd, line, strlen(line), MSG_NOSIGNAL) == (ssize_t)strlen(line);
}

/* What is told without being asked (changed) is nobody's answer. */
static json_t *
hear_answer(int fd)
{
	json_t *message;

	while ((message = hear(fd)) && !json_object_get(message, "id"))
		json_decref(message);
	return message;
}

static void
complain(const json_t *reply)
{
	json_dumpf(reply, stderr, JSON_COMPACT | JSON_ENCODE_ANY);
	fputc('\n', stderr);
}

bool
gets_status(int fd, const char *line, const char *status)
{
	json_t *reply = tell(fd, line) ? hear_answer(fd) : NULL;
	json_t *error = json_object_get(reply, "error");
	const char *got =
	    json_string_value(json_object_get(json_object_get(error, "data"), "status"));
	bool as_meant = status ? got && strcmp(got, status) == 0 :
	    json_object_get(reply, "result") != NULL;

	if (!as_meant)
		complain(reply);
	json_decref(reply);
	return as_meant;
}

json_t *
asks(int fd, const char *line)
{
	json_t *reply = tell(fd, line) ? hear_answer(fd) : NULL;
	json_t *result = json_incref(json_object_get(reply, "result"));

	if (!result)
		complain(reply);
	json_decref(reply);
	return result;
}

int
session(void)
{
	int fd = come_in();

	if (!gets_status(fd, HELLO, NULL))
		_exit(96);
	return fd;
}
