/*
 * approval.c - decisions that need a second person: proposed by one, looked at
 * and approved by another, never by the same head whatever hat it wears.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <string.h>

Suite *suite_approval(void);

struct story {
	struct office *office;
	struct desk *res1, *res2, *super;
	int64_t id, version;     /* a refusal that waits, by res1 */
};

/* A case of a service in the hands of who opens it. */
static int64_t
claimed(struct desk *d, const char *service)
{
	int64_t id = num(desk_do(d, "case.open", "{s:I, s:s}", "person", a_person(d, service),
	    "service", service), "case.id");

	desk_do(d, "case.claim", "{s:I}", "id", id);
	return id;
}

static struct story
proposed(void)
{
	struct story t = { .office = office_new() };
	json_t *r;

	t.res1 = desk_open(t.office, "res1");
	t.res2 = desk_open(t.office, "res2");
	t.super = desk_open(t.office, "super1");
	t.id = claimed(t.res1, "S39");
	r = desk_do(t.res1, "case.decide", "{s:I, s:s, s:s}", "id", t.id, "result", "refused",
	    "reason", "no school attended");
	ck_assert_str_eq(str(r, "case.state"), "proposed");
	t.version = num(r, "case.version");
	return t;
}

static void
leave(struct story *t)
{
	desk_close(t->res1);
	desk_close(t->res2);
	desk_close(t->super);
	office_free(t->office);
}

/* Where nobody has meddled with the file. */
static void
done(struct story *t)
{
	office_sound(t->office);
	leave(t);
}

static bool
offered(struct desk *d, int64_t id, const char *command)
{
	json_t *may = at(desk_do(d, "case.show", "{s:I}", "id", id), "case.may"), *act;
	size_t i;

	json_array_foreach(may, i, act)
		if (strcmp(str(act, "command"), command) == 0)
			return true;
	return false;
}

static void
approve_refused(struct story *t, struct desk *d, const char *status)
{
	desk_refused(d, status, "case.approve", "{s:I, s:I}", "id", t->id, "version", t->version);
}

START_TEST(one_decides_another_approves)
{
	struct story t = proposed();
	json_t *r = desk_do(t.super, "case.show", "{s:I}", "id", t.id);

	ck_assert_str_eq(str(r, "case.result"), "refused");
	ck_assert_str_eq(str(r, "case.result_reason"), "no school attended");
	ck_assert_str_eq(str(r, "case.proposal.by"), "Demir");
	ck_assert_ptr_nonnull(strstr(str(r, "case.blocks.0"), "Somebody else must approve"));
	desk_refused(t.res1, "CONFLICT", "case.close", "{s:I}", "id", t.id);
	approve_refused(&t, t.res1, "DENIED");
	ck_assert(!offered(t.res1, t.id, "case.approve"));
	ck_assert(offered(t.res2, t.id, "case.approve"));
	r = desk_do(t.super, "case.approve", "{s:I, s:I}", "id", t.id, "version", t.version);
	ck_assert_str_eq(str(r, "case.state"), "decided");
	r = desk_do(t.res1, "case.show", "{s:I}", "id", t.id);
	ck_assert_str_eq(str(r, "case.history.0.command"), "case.approve");
	ck_assert_str_eq(str(r, "case.history.0.by"), "Lindqvist");
	ck_assert_str_eq(str(r, "case.proposal.by"), "Demir");
	approve_refused(&t, t.res2, "CONFLICT");
	desk_do(t.res2, "case.handout", "{s:I}", "id", t.id);
	done(&t);
}
END_TEST

/* Only the results that the catalogue names, and only above the amount. */
START_TEST(marks_are_data)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *ben = desk_open(o, "ben1");
	static const char *const plain[] = { "S02", "S39" };
	json_t *r;
	int64_t id;

	for (int i = 0; i < 2; i++) {
		r = desk_do(res, "case.decide", "{s:I, s:s, s:s}", "id", claimed(res, plain[i]),
		    "result", "granted", "reason", "all of it is there");
		ck_assert_str_eq(str(r, "case.state"), "decided");
	}
	r = desk_do(ben, "case.decide", "{s:I, s:s, s:s}", "id", claimed(ben, "S36"), "result",
	    "granted", "reason", "heard on 12 November");
	ck_assert_str_eq(str(r, "case.state"), "proposed");
	for (int cold = 50000; cold <= 150000; cold += 100000) {
		id = num(desk_do(ben, "case.open", "{s:I, s:s, s:{s:i, s:i, s:i}}", "person",
		    a_person(ben, "Rent"), "service", "S37", "form", "cold", cold, "extras", 0,
		    "heating", 10000), "case.id");
		desk_do(ben, "case.claim", "{s:I}", "id", id);
		r = desk_do(ben, "case.show", "{s:I}", "id", id);
		ck_assert_int_eq(json_is_string(at(r, "case.results.0.approval")), cold > 110000);
		ck_assert(json_is_null(at(r, "case.results.1.approval")));
		r = desk_do(ben, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted",
		    "reason", "the rest is in the file");
		ck_assert_str_eq(str(r, "case.state"), cold > 110000 ? "proposed" : "decided");
	}
	/* what is not known is one to look at */
	id = num(desk_do(ben, "case.open", "{s:I, s:s}", "person", a_person(ben, "None"), "service",
	    "S37"), "case.id");
	desk_do(ben, "case.claim", "{s:I}", "id", id);
	r = desk_do(ben, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted", "reason",
	    "the rest is in the file");
	ck_assert_str_eq(str(r, "case.state"), "proposed");
	desk_close(res);
	desk_close(ben);
	office_free(o);
}
END_TEST

/* What somebody changes after it was looked at is not approved unseen. */
START_TEST(what_was_seen_is_what_is_approved)
{
	struct story t = proposed();
	json_t *r, *missing;

	desk_do(t.res1, "case.note", "{s:I, s:s}", "id", t.id, "text", "the school has written");
	r = desk_refused(t.super, "CONFLICT", "case.approve", "{s:I, s:I}", "id", t.id, "version",
	    t.version);
	ck_assert_str_eq(str(r, "data.winner.who"), "Demir");
	missing = desk_ask(t.super, "case.approve", "{s:I, s:i}", "id", t.id, "version", 0);
	ck_assert_str_eq(reply_status(missing), "INVALID");
	desk_refused(t.res1, "CONFLICT", "case.answer", "{s:I, s:{}}", "id", t.id, "answers");
	desk_refused(t.res1, "CONFLICT", "handover.offer", "{s:I, s:s, s:s}", "case", t.id, "to",
	    "benefits", "reason", "r");
	t.version = num(desk_do(t.super, "case.show", "{s:I}", "id", t.id), "case.version");
	desk_do(t.super, "case.approve", "{s:I, s:I}", "id", t.id, "version", t.version);
	done(&t);
}
END_TEST

START_TEST(sent_back_and_taken_back)
{
	struct story t = proposed();
	json_t *r;

	desk_refused(t.super, "INVALID", "case.return", "{s:I, s:s}", "id", t.id, "reason", "");
	desk_refused(t.res1, "DENIED", "case.return", "{s:I, s:s}", "id", t.id, "reason", "r");
	desk_refused(t.res2, "DENIED", "case.withdraw", "{s:I}", "id", t.id);
	desk_do(t.super, "case.return", "{s:I, s:s}", "id", t.id, "reason", "hear them first");
	r = desk_do(t.res1, "case.show", "{s:I}", "id", t.id);
	ck_assert_str_eq(str(r, "case.state"), "in_work");
	ck_assert_str_eq(str(r, "case.owner"), "res1");
	ck_assert(json_is_null(at(r, "case.result")) && json_is_null(at(r, "case.proposal")));
	ck_assert_str_eq(str(r, "case.notes.0.text"), "Sent back: hear them first");
	ck_assert_int_eq(office_number_of(t.office, "SELECT count(*) FROM case_note WHERE text ="
	    " 'Sent back: hear them first'"), 1);
	desk_do(t.res1, "session.hello", "{s:i, s:s, s:s, s:s}", "protocol", 1, "client", "test/1",
	    "lang", "de", "as", "res1");
	r = desk_do(t.res1, "case.show", "{s:I}", "id", t.id);
	ck_assert_str_eq(str(r, "case.notes.0.text"), "Zurückgegeben: hear them first");
	desk_do(t.res1, "case.decide", "{s:I, s:s, s:s}", "id", t.id, "result", "refused", "reason",
	    "heard, no school");
	desk_do(t.res1, "case.withdraw", "{s:I}", "id", t.id);
	r = desk_do(t.res1, "case.decide", "{s:I, s:s}", "id", t.id, "result", "withdrawn");
	ck_assert_str_eq(str(r, "case.state"), "decided");
	done(&t);
}
END_TEST

/* Another session, role, unit, login; who stands in; who has the case. */
START_TEST(another_hat_is_the_same_head)
{
	static const char *const hats[] = {
		"role = 'supervisor'", "login = 'somebody', role = 'supervisor'",
		"unit = 'benefits', role = 'supervisor'",
	};
	struct story t = proposed();
	struct desk *again;
	char sql[200];

	again = desk_open(t.office, "res1");
	approve_refused(&t, again, "DENIED");
	desk_close(again);
	snprintf(sql, sizeof(sql), "UPDATE staff SET %s WHERE login = 'res1' RETURNING id",
	    hats[_i]);
	office_number_of(t.office, sql);
	approve_refused(&t, t.res1, "DENIED");
	leave(&t);
}
END_TEST

/* The row of staff is new, the unix user is not. */
START_TEST(a_new_row_of_the_same_user_is_the_same_head)
{
	struct story t = proposed();

	office_number_of(t.office, "UPDATE staff SET former_uid = 4711 WHERE login = 'res1'"
	    " RETURNING id");
	office_number_of(t.office, "UPDATE staff SET uid = 4711 WHERE login = 'super1' RETURNING id");
	approve_refused(&t, t.super, "DENIED");
	ck_assert(!offered(t.super, t.id, "case.approve"));
	desk_do(t.res2, "case.approve", "{s:I, s:I}", "id", t.id, "version", t.version);
	leave(&t);
}
END_TEST

START_TEST(a_stand_in_is_no_second_pair_of_eyes)
{
	struct story t = proposed();
	int64_t away = num(desk_do(t.res1, "staff.delegate", "{s:s, s:s, s:s}", "to", "res2",
	    "until", "2026-11-27", "reason", "holiday"), "delegation.id");

	approve_refused(&t, t.res2, "DENIED");
	desk_do(t.res1, "staff.undelegate", "{s:I}", "id", away);
	/* given to a colleague, it is theirs to stand for, not to approve */
	desk_do(t.super, "case.assign", "{s:I, s:s}", "id", t.id, "owner", "res2");
	t.version++;
	approve_refused(&t, t.res2, "DENIED");
	approve_refused(&t, t.res1, "DENIED");
	desk_do(t.super, "case.approve", "{s:I, s:I}", "id", t.id, "version", t.version);
	done(&t);
}
END_TEST

/* Not of another unit, not the counter, not whoever merely sees it. */
START_TEST(who_else_may_not)
{
	struct story t = proposed();
	static const char *const others[] = { "ben1", "soc1", "front1", "steer1", "dpo1", "admin1" };
	static const char *const answers[] = {
		"NOT_FOUND", "NOT_FOUND", "DENIED", "DENIED", "DENIED", "DENIED",
	};

	for (int i = 0; i < 6; i++) {
		struct desk *d = desk_open(t.office, others[i]);

		approve_refused(&t, d, answers[i]);
		desk_close(d);
	}
	done(&t);
}
END_TEST

START_TEST(it_is_counted_listed_and_told)
{
	struct story t = proposed();
	json_t *r = desk_do(t.super, "case.list", "{s:s}", "state", "proposed");

	ck_assert_uint_eq(json_array_size(at(r, "cases")), 1);
	ck_assert_ptr_nonnull(strstr(str(r, "cases.0.why"), "to be approved"));
	ck_assert_int_eq(num(r, "counts.proposed"), 1);
	ck_assert_int_eq(num(r, "counts.open"), 1);
	r = desk_do(t.super, "console.show", NULL);
	ck_assert_int_eq(num(r, "units.1.proposed"), 1);
	ck_assert_int_eq(num(r, "units.1.open"), 1);
	ck_assert_int_eq(num(r, "units.1.done"), 0);
	ck_assert_str_eq(str(r, "counter.without.0"), "Social work");
	for (size_t i = 0; i < json_array_size(at(r, "staff")); i++) {
		const json_t *clerk = json_array_get(at(r, "staff"), i);

		ck_assert_int_eq(num(clerk, "proposed"), strcmp(str(clerk, "login"), "res1") == 0);
	}
	desk_do(t.res2, "case.approve", "{s:I, s:I}", "id", t.id, "version", t.version);
	desk_await_news(t.super, "case", DEADLINE_MS);
	r = desk_do(t.super, "console.show", NULL);
	ck_assert_int_eq(num(r, "units.1.proposed"), 0);
	ck_assert_int_eq(num(r, "units.1.done"), 1);
	done(&t);
}
END_TEST

START_TEST(once_however_often_it_is_sent)
{
	struct story t = proposed();
	int64_t before = office_number_of(t.office, HAS_CHANGED);

	for (int i = 0; i < 2; i++)
		desk_do(t.res2, "case.approve", "{s:I, s:I, s:s}", "id", t.id, "version", t.version,
		    "request_id", "r-1");
	ck_assert_int_eq(office_number_of(t.office, HAS_CHANGED), before + 1);
	approve_refused(&t, t.super, "CONFLICT");
	done(&t);
}
END_TEST

/* A deletion is the same rule. */
START_TEST(a_deletion_is_not_approved_by_the_same_user)
{
	struct office *o = office_new();
	struct desk *dpo = desk_open(o, "dpo1"), *admin = desk_open(o, "admin1");
	json_t *r;

	office_number_of(o, "INSERT INTO retention_run (id, state, cases, proposed_by, proposed_at)"
	    " SELECT 1, 'proposed', 1, id, 1 FROM staff WHERE login = 'dpo1' RETURNING id");
	desk_refused(dpo, "DENIED", "retention.approve", "{s:i}", "id", 1);
	office_number_of(o, "UPDATE staff SET former_uid = 4711 WHERE login = 'dpo1' RETURNING id");
	office_number_of(o, "UPDATE staff SET uid = 4711 WHERE login = 'admin1' RETURNING id");
	desk_refused(admin, "DENIED", "retention.approve", "{s:i}", "id", 1);
	office_number_of(o, "UPDATE staff SET uid = NULL WHERE login = 'admin1' RETURNING id");
	r = desk_do(admin, "retention.approve", "{s:i}", "id", 1);
	ck_assert_str_eq(str(r, "run.state"), "approved");
	desk_close(dpo);
	desk_close(admin);
	office_free(o);
}
END_TEST

Suite *
suite_approval(void)
{
	Suite *s = suite_create("approval");
	TCase *t = tcase_create("approval");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, one_decides_another_approves);
	tcase_add_test(t, marks_are_data);
	tcase_add_test(t, what_was_seen_is_what_is_approved);
	tcase_add_test(t, sent_back_and_taken_back);
	tcase_add_loop_test(t, another_hat_is_the_same_head, 0, 3);
	tcase_add_test(t, a_new_row_of_the_same_user_is_the_same_head);
	tcase_add_test(t, a_stand_in_is_no_second_pair_of_eyes);
	tcase_add_test(t, who_else_may_not);
	tcase_add_test(t, it_is_counted_listed_and_told);
	tcase_add_test(t, once_however_often_it_is_sent);
	tcase_add_test(t, a_deletion_is_not_approved_by_the_same_user);
	suite_add_tcase(s, t);
	return s;
}
