/*
 * approve.c - a clerk who proposed a decision wants to be the second person as
 * well: in another session, with the bytes of somebody's approval, under another
 * hat, as another line of the staff list.  The real second person can.
 */
#include "harness_sit.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *suite_approve(void);

/* The case that is fought over, as the second person last saw it. */
static int version;
#define SECOND_BY_ROTH                                                         \
	ASKING("case.approve", "\"id\":2,\"version\":3,\"request_id\":\"roth-1\"")

static const char *
approval(int seen, const char *more)
{
	static char line[256];

	snprintf(line, sizeof(line), ASKING("case.approve", "\"id\":1,\"version\":%d%s"), seen, more);
	return line;
}

static void
look_again(void)
{
	version = count("SELECT version FROM case_file WHERE id = 1");
}

/* Demir proposes, two refusals. */
static void
proposes(void)
{
	ck_assert_msg(shell_as(DEMIR, "set -e\n"
	    "for n in 1 2; do $TRESEN person new family=Haddad$n born=199$n\n"
	    "$TRESEN case open person=$n service=S39\n$TRESEN case claim id=$n\n"
	    "$TRESEN case decide id=$n result=refused reason='no school attended'; done\n") == 0,
	    "%s", said);
	ck_assert_int_eq(count("SELECT count(*) FROM case_file WHERE state = 'proposed' AND"
	    " version = 3"), 2);
	look_again();
}

/* Approvals of a case that stand in the log; what is only a look has no topics. */
static int
approvals(int id, const char *login)
{
	char query[300];

	snprintf(query, sizeof(query), "SELECT count(*) FROM event e JOIN event_object o ON"
	    " o.seq = e.seq AND o.kind = 'case' AND o.id = %d WHERE e.command = 'case.approve' AND"
	    " e.topics <> 0 AND e.staff_id IN (SELECT id FROM staff WHERE login LIKE '%s')", id, login);
	return count(query);
}

static void
nothing_has_come_of_it(const char *what)
{
	ck_assert_msg(count("SELECT state = 'proposed' FROM case_file WHERE id = 1") == 1,
	    "%s has moved the case", what);
	ck_assert_msg(approvals(1, "%") == 0, "%s stands in the log", what);
}

/* ---- two sessions ---- */

static bool
is_refused(void)
{
	return gets_status(session(), approval(version, ""), "DENIED");
}

static bool
asks_in_two_sessions(void)
{
	int one = session(), two = session();

	return gets_status(one, approval(version, ""), "DENIED") &&
	    gets_status(two, approval(version, ""), "DENIED") && is_refused();
}

static bool
approves(void)
{
	return gets_status(session(), approval(version, ""), NULL);
}

/* Somebody else can: so what was refused above was refused for who asked. */
static void
the_second_person_approves(void)
{
	look_again();
	AS(ROTH, approves);
	ck_assert_int_eq(approvals(1, "roth"), 1);
	ck_assert_int_eq(approvals(1, "%"), 1);
	ck_assert_int_eq(count("SELECT state = 'decided' FROM case_file WHERE id = 1"), 1);
	all_is_well();
}

START_TEST(two_sessions_are_one_person)
{
	proposes();
	AS(DEMIR, asks_in_two_sessions);
	ck_assert_int_ne(shell_as(DEMIR, "$TRESEN case approve id=1 version=3\n"), 0);
	ck_assert_ptr_nonnull(strstr(said, "somebody else must approve it"));
	nothing_has_come_of_it("a second session");
	the_second_person_approves();
}
END_TEST

/* ---- replay ---- */

static bool
approves_the_other_one(void)
{
	int fd = session();

	/* said again it is the same, and its request does nothing to another case */
	return gets_status(fd, SECOND_BY_ROTH, NULL) && gets_status(fd, SECOND_BY_ROTH, NULL) &&
	    gets_status(fd, approval(3, ",\"request_id\":\"roth-1\""), NULL);
}

/* The bytes of Roth's approval: as they were, and aimed at the other case. */
static bool
says_what_roth_said(void)
{
	int fd = session();

	return gets_status(fd, SECOND_BY_ROTH, "CONFLICT") &&
	    gets_status(fd, approval(3, ",\"request_id\":\"roth-1\""), "DENIED") &&
	    gets_status(fd, approval(3, ",\"request_id\":\"roth-1\""), "DENIED") &&
	    gets_status(fd, approval(3, ",\"request_id\":\"roth-2\""), "DENIED") &&
	    gets_status(fd, approval(2, ""), "CONFLICT") && gets_status(fd, approval(4, ""), "CONFLICT");
}

/* Words that were refused once are not somebody else's answer. */
static bool
says_what_demir_said(void)
{
	return gets_status(session(), approval(3, ",\"request_id\":\"roth-2\""), NULL);
}

START_TEST(what_another_said_is_not_said_by_them)
{
	proposes();
	AS(ROTH, approves_the_other_one);
	ck_assert_int_eq(approvals(2, "roth"), 1);
	nothing_has_come_of_it("a request that was kept");
	AS(DEMIR, says_what_roth_said);
	nothing_has_come_of_it("a replay");
	ck_assert_int_eq(approvals(2, "%"), 1);
	AS(ROTH, says_what_demir_said);
	ck_assert_int_eq(approvals(1, "roth"), 1);
	ck_assert_int_eq(approvals(1, "%"), 1);
	all_is_well();
}
END_TEST

/* ---- another hat ---- */

static bool
puts_on_names(void)
{
	int fd = come_in();

	return gets_status(fd, ASKING("session.hello", "\"protocol\":1,\"as\":\"roth\""), "DENIED") &&
	    gets_status(fd, approval(version, ""), "DENIED") &&
	    gets_status(session(), approval(version, ",\"as\":\"roth\""), "INVALID") &&
	    gets_status(session(), approval(version, ",\"staff\":\"roth\""), "INVALID") &&
	    gets_status(session(), approval(version, ",\"by\":3"), "INVALID");
}

static void
change_demir(const char *how)
{
	ck_assert_msg(admin("staff %s change demir %s", office, how) == 0, "%s", said);
}

#define HATS 3
/* The same unit, so that the case stays what it was. */
static const char *const hats[HATS] = { "--role supervisor", "--name Roth", "--role clerk" };

/* A session that stays open while root changes who they are. */
static bool
keeps_the_line(void)
{
	int fd = session();

	for (int i = 0; i < HATS; i++) {
		raise(SIGSTOP);
		if (!gets_status(fd, approval(version, ""), "DENIED"))
			return false;
	}
	return true;
}

START_TEST(another_hat_is_the_same_head)
{
	pid_t line;
	int status;

	proposes();
	AS(DEMIR, puts_on_names);
	line = play_begins(DEMIR, keeps_the_line);
	for (int i = 0; i < HATS; i++) {
		ck_assert_int_eq(waitpid(line, &status, WUNTRACED), line);
		ck_assert(WIFSTOPPED(status));
		change_demir(hats[i]);
		AS(DEMIR, is_refused);
		kill(line, SIGCONT);
	}
	play_ends(line, "a line that stays open");
	/* away and back: the case is no longer theirs, the proposal is */
	change_demir("--role supervisor --unit benefits");
	look_again();
	AS(DEMIR, is_refused);
	change_demir("--unit residence");
	look_again();
	AS(DEMIR, is_refused);
	nothing_has_come_of_it("a hat");
	the_second_person_approves();
}
END_TEST

/* Who stands in for somebody has their eyes, in both directions. */
START_TEST(a_stand_in_is_the_same_pair_of_eyes)
{
	proposes();
	ck_assert_msg(admin("staff %s change roth --role clerk", office) == 0, "%s", said);
	ck_assert_msg(shell_as(ROTH, "$TRESEN staff delegate to=demir until=2026-11-27 "
	    "reason=holiday\n") == 0, "%s", said);
	AS(DEMIR, is_refused);
	ck_assert_msg(shell_as(ROTH, "$TRESEN staff undelegate id=1\n") == 0, "%s", said);
	ck_assert_msg(shell_as(DEMIR, "$TRESEN staff delegate to=roth until=2026-11-27 "
	    "reason=holiday\n") == 0, "%s", said);
	AS(ROTH, is_refused);
	nothing_has_come_of_it("a stand-in");
	ck_assert_msg(shell_as(DEMIR, "$TRESEN staff undelegate id=2\n") == 0, "%s", said);
	the_second_person_approves();
}
END_TEST

/* ---- another line of the list ---- */

START_TEST(a_second_line_of_the_list_is_the_same_user)
{
	proposes();
	/* two lines of one user there are not */
	ck_assert_int_ne(admin("staff %s add demir2 --uid %u --name Demir --role supervisor"
	    " --unit residence --site main --reuse", office, DEMIR), 0);
	AS(DEMIR, is_refused);
	/* one after the other there are */
	ck_assert_msg(admin("staff %s end demir", office) == 0, "%s", said);
	look_again();
	ck_assert_msg(admin("staff %s add demir2 --uid %u --name Second --role supervisor"
	    " --unit residence --site main --reuse", office, DEMIR) == 0, "%s", said);
	AS(DEMIR, is_refused);
	nothing_has_come_of_it("a new line of the list");
	the_second_person_approves();
}
END_TEST

Suite *
suite_approve(void)
{
	return town_suite("approve", TESTS(two_sessions_are_one_person,
	    what_another_said_is_not_said_by_them, another_hat_is_the_same_head,
	    a_stand_in_is_the_same_pair_of_eyes, a_second_line_of_the_list_is_the_same_user));
}
