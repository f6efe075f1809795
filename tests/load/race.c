/*
 * race.c - many sessions grab for the same cases until none is left: none is
 * given out twice, none is lost.
 *
 * TRESEN_RACE_CASES makes it longer (make soak).
 */
#include "../command/harness_desk.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SESSIONS 16
#define CASES 500

struct race {
	struct office *office;
	struct desk *desks[SESSIONS];
	int64_t *ids;            /* of the cases */
	char (*owner)[8];        /* who was told to have the case */
	int cases, given, refused;
	int at[SESSIONS];        /* how many a session has tried */
};

/* Half of them take what is next, half choose for themselves. */
static void
grab(struct race *r, int s)
{
	int i = (r->at[s]++ * 7 + s / 4 * 31) % r->cases;
	json_t *params = s % 2 ? json_object() : json_pack("{s:I}", "id", (json_int_t)r->ids[i]);
	char request[32];

	/* as every client: so that others may do it along with theirs */
	snprintf(request, sizeof(request), "race-%d-%d", s, r->at[s]);
	json_object_set_new(params, "request_id", json_string(request));
	desk_send(r->desks[s], s % 2 ? "case.next" : "case.claim", params);
}

static int
index_of(const struct race *r, int64_t id)
{
	for (int i = 0; i < r->cases; i++)
		if (r->ids[i] == id)
			return i;
	ck_abort_msg("a case nobody opened: %lld", (long long)id);
}

/* False when this session finds nothing any more. */
static bool
take_answer(struct race *r, int s)
{
	json_t *reply = desk_reply(r->desks[s]);
	const char *status = reply_status(reply);

	if (strcmp(status, "OK") == 0) {
		int i = index_of(r, num(reply, "result.case.id"));

		ck_assert_msg(!*r->owner[i], "given to %s and to %s", r->owner[i],
		    r->desks[s]->login);
		ck_assert_str_eq(str(reply, "result.case.owner"), r->desks[s]->login);
		strcpy(r->owner[i], r->desks[s]->login);
		r->given++;
		return true;
	}
	r->refused++;
	ck_assert_str_eq(status, s % 2 ? "NOT_FOUND" : "CONFLICT");
	return s % 2 == 0 && r->at[s] < r->cases / 4;
}

static void
run(struct race *r)
{
	struct pollfd fds[SESSIONS];
	int open = SESSIONS;

	for (int s = 0; s < SESSIONS; s++) {
		fds[s] = (struct pollfd){ .fd = r->desks[s]->fd, .events = POLLIN };
		grab(r, s);
	}
	while (open > 0) {
		ck_assert_int_gt(poll(fds, SESSIONS, DEADLINE_MS), 0);
		for (int s = 0; s < SESSIONS; s++) {
			if (fds[s].fd < 0 || !fds[s].revents)
				continue;
			if (take_answer(r, s)) {
				grab(r, s);
			} else {
				fds[s].fd = -1;
				open--;
			}
		}
	}
}

static void
prepare(struct race *r)
{
	const char *asked = getenv("TRESEN_RACE_CASES");
	struct desk *d;
	int64_t person;

	*r = (struct race){ .office = office_new(), .cases = asked ? atoi(asked) : CASES };
	r->ids = calloc((size_t)r->cases, sizeof(*r->ids));
	r->owner = calloc((size_t)r->cases, sizeof(*r->owner));
	d = desk_open(r->office, "res1");
	person = a_person(d, "Haddad");
	for (int i = 0; i < r->cases; i++)
		r->ids[i] = a_case(d, person);
	desk_close(d);
	for (int s = 0; s < SESSIONS; s++)
		r->desks[s] = desk_open(r->office, s % 4 < 2 ? "res1" : "res2");
}

START_TEST(sixteen_grab_for_the_same_cases)
{
	struct race r;

	prepare(&r);
	run(&r);
	ck_assert_int_eq(r.given, r.cases);
	for (int s = 0; s < SESSIONS; s++)
		desk_close(r.desks[s]);
	ck_assert_int_eq(office_number_of(r.office, "SELECT count(*) FROM case_file"
	    " WHERE state = 'in_work' AND owner_id IS NOT NULL"), r.cases);
	/* who lost has seen whom the case is with: that is an event too, of a look */
	ck_assert_int_eq(office_number_of(r.office, "SELECT count(*) FROM event"
	    " WHERE command IN ('case.claim', 'case.next') AND topics <> 0"), r.cases);
	office_sound(r.office);
	office_free(r.office);
	free(r.ids);
	free(r.owner);
}
END_TEST

Suite *suite_race(void);
Suite *
suite_race(void)
{
	Suite *s = suite_create("race");
	TCase *t = tcase_create("race");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, sixteen_grab_for_the_same_cases);
	suite_add_tcase(s, t);
	return s;
}
