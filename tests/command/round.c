/*
 * round.c - the whole round of a matter, from the counter to the back office
 * and back, with the keys that scripts rely on.
 */
#include "harness_desk.h"

#include <string.h>

#define VISIT_KEYS                                                             \
	"id ticket site counter state state_label version concern concern_label service person" \
	" language people note lane lane_label arrived waited_minutes called started finished" \
	" calls staff staff_name case outcome earlier why may"
#define CASE_KEYS                                                              \
	"id number version state state_label service service_label unit unit_label owner" \
	" owner_name deputed person opened due late waiting_days why asked offered_to wait_until"
#define FOLDER_KEYS                                                            \
	"form answers answer_versions hidden reasons way documents notes restrictions history may" \
	" blocks" \
	" missing handover wait_reason" \
	" result result_label result_reason proposal visit results renews people"
#define HANDOVER_KEYS                                                          \
	"id version state state_label case from from_label to to_label reason missing offered" \
	" offered_by due settled settled_by settled_reason may"
#define STAFF_KEYS                                                             \
	"id login name role role_label unit unit_label site site_label counter counter_label"

/* Where the matter is, as the office file has it. */
static void
case_is(struct desk *d, int64_t id, const char *state, const char *unit)
{
	json_t *c = desk_do(d, "case.show", "{s:I}", "id", id);

	ck_assert_str_eq(str(c, "case.state"), state);
	ck_assert_str_eq(str(c, "case.unit"), unit);
}

static int64_t
take_in(struct desk *front, int64_t *visit)
{
	int64_t person = a_person(front, "Haddad");
	json_t *r = desk_do(front, "visit.new", "{s:s, s:I, s:s, s:i, s:s}", "concern", "S02",
	    "person", person, "language", "ar", "people", 2, "note", "card ends soon");

	keys_within(at(r, "visit"), VISIT_KEYS);
	ck_assert_str_eq(str(r, "visit.state"), "waiting");
	ck_assert_str_eq(str(r, "visit.ticket"), "A001");
	ck_assert_int_eq(num(r, "visit.version"), 1);
	ck_assert_str_eq(str(r, "visit.arrived"), "2026-11-23T08:14:00Z");
	*visit = num(r, "visit.id");
	r = desk_do(front, "visit.next", "{s:s}", "counter", "main-4");
	ck_assert_int_eq(num(r, "visit.id"), *visit);
	ck_assert_str_eq(str(r, "visit.counter"), "main-4");
	ck_assert_int_eq(num(r, "visit.calls"), 1);
	desk_refused(front, "NOT_FOUND", "visit.next", NULL);
	r = desk_do(front, "visit.start", "{s:I}", "id", *visit);
	ck_assert_str_eq(str(r, "visit.state"), "serving");
	r = desk_do(front, "case.open", "{s:I, s:s, s:I, s:{s:s}}", "person", person, "service",
	    "S02", "visit", *visit, "form", "purpose", "family");
	keys_are(at(r, "case"), CASE_KEYS);
	ck_assert_str_eq(str(r, "case.number"), "2026-000001");
	ck_assert_str_eq(str(r, "case.state"), "intake");
	ck_assert_str_eq(str(r, "case.unit"), "front_office");
	ck_assert_str_eq(str(r, "case.owner"), "front1");
	ck_assert_str_eq(str(r, "case.person.name"), "HADDAD, Rania");
	return num(r, "case.id");
}

/* A hand-over calls the papers as the case does, in the same order. */
static void
missing_are_named(struct desk *d, int64_t id, json_t *missing)
{
	json_t *names = json_incref(missing), *papers, *paper;
	size_t i, n = 0;

	papers = at(desk_do(d, "case.show", "{s:I}", "id", id), "case.documents");
	json_array_foreach(papers, i, paper)
		if (json_is_true(at(paper, "required")) &&
		    strcmp(str(paper, "state"), "missing") == 0)
			ck_assert_str_eq(json_string_value(json_array_get(names, n++)),
			    str(paper, "label"));
	ck_assert_uint_gt(n, 0);
	ck_assert_uint_eq(json_array_size(names), n);
	json_decref(names);
}

static int64_t
hand_over(struct desk *front, int64_t id, int64_t visit)
{
	json_t *r;
	int64_t handover;

	desk_refused(front, "INVALID", "handover.offer", "{s:I, s:s}", "case", id, "to",
	    "residence");
	desk_refused(front, "NOT_FOUND", "handover.offer", "{s:I, s:s, s:s}", "case", id, "to",
	    "nowhere", "reason", "r");
	desk_refused(front, "INVALID", "handover.offer", "{s:I, s:s, s:s}", "case", id, "to",
	    "steering", "reason", "r");
	r = desk_do(front, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "residence",
	    "reason", "papers come by post");
	keys_are(at(r, "handover"), HANDOVER_KEYS);
	ck_assert_str_eq(str(r, "handover.state"), "offered");
	ck_assert_str_eq(str(r, "handover.from"), "front_office");
	handover = num(r, "handover.id");
	missing_are_named(front, id, at(r, "handover.missing"));
	/* until it is accepted it is still the counter's */
	case_is(front, id, "intake", "front_office");
	desk_refused(front, "CONFLICT", "handover.offer", "{s:I, s:s, s:s}", "case", id, "to",
	    "benefits", "reason", "twice");
	r = desk_do(front, "visit.finish", "{s:I, s:s}", "id", visit, "outcome", "taken_in");
	ck_assert_int_eq(num(r, "visit.case"), id);
	ck_assert_str_eq(str(r, "visit.outcome"), "taken_in");
	return handover;
}

static void
send_back_and_offer_again(struct desk *front, struct desk *res, int64_t id, int64_t handover)
{
	json_t *r = desk_do(res, "handover.list", NULL);

	ck_assert_uint_eq(json_array_size(at(r, "handovers")), 1);
	keys_are(at(r, "handovers.0"), HANDOVER_KEYS);
	ck_assert(json_is_null(at(r, "next")));
	desk_refused(res, "INVALID", "handover.return", "{s:I}", "id", handover);
	r = desk_do(res, "handover.return", "{s:I, s:s}", "id", handover, "reason", "no address");
	ck_assert_str_eq(str(r, "handover.settled_reason"), "no address");
	case_is(front, id, "intake", "front_office");
	desk_refused(res, "CONFLICT", "handover.accept", "{s:I}", "id", handover);
	r = desk_do(front, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "residence",
	    "reason", "address is there");
	desk_do(front, "handover.withdraw", "{s:I}", "id", num(r, "handover.id"));
	r = desk_do(front, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "residence",
	    "reason", "address is there");
	desk_do(res, "handover.accept", "{s:I}", "id", num(r, "handover.id"));
	case_is(res, id, "open", "residence");
}

static void
work(struct desk *res, struct desk *res2, int64_t id)
{
	json_t *r = desk_do(res, "case.claim", "{s:I}", "id", id);

	ck_assert_str_eq(str(r, "case.owner"), "res1");
	r = desk_refused(res2, "CONFLICT", "case.claim", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "data.winner.who"), "Demir");
	ck_assert_str_eq(str(r, "data.winner.current.owner"), "res1");
	desk_refused(res2, "DENIED", "case.release", "{s:I}", "id", id);
	desk_refused(res2, "INVALID", "case.take", "{s:I}", "id", id);
	desk_do(res2, "case.take", "{s:I, s:s}", "id", id, "reason", "Demir is ill");
	desk_do(res2, "case.release", "{s:I}", "id", id);
	ck_assert_int_eq(num(desk_do(res, "case.next", NULL), "case.id"), id);
	desk_refused(res, "NOT_FOUND", "case.next", NULL);
	r = desk_do(res, "case.note", "{s:I, s:s}", "id", id, "text", "called the employer");
	ck_assert_int_gt(num(r, "note.id"), 0);
	r = desk_do(res, "case.document", "{s:I, s:s, s:s}", "id", id, "key", "PASS", "state",
	    "verified");
	ck_assert_str_eq(str(r, "document.state"), "verified");
	desk_refused(res, "INVALID", "case.wait", "{s:I, s:s, s:s}", "id", id, "reason", "post",
	    "until", "2026-11-23");
	r = desk_do(res, "case.wait", "{s:I, s:s, s:s}", "id", id, "reason", "post", "until",
	    "2026-12-01");
	ck_assert_str_eq(str(r, "case.wait_until"), "2026-12-01");
	desk_refused(res, "CONFLICT", "case.decide", "{s:I, s:s, s:s}", "id", id, "result",
	    "granted", "reason", "r");
	desk_do(res, "case.resume", "{s:I}", "id", id);
}

static void
decide(struct desk *res, int64_t id)
{
	json_t *r = desk_do(res, "case.show", "{s:I}", "id", id);

	keys_are(at(r, "case"), CASE_KEYS " " FOLDER_KEYS);
	ck_assert_str_eq(str(r, "case.answers.purpose"), "family");
	ck_assert_uint_gt(json_array_size(at(r, "case.blocks")), 0);
	ck_assert_uint_gt(json_array_size(at(r, "case.may")), 3);
	keys_are(at(r, "case.history.0"), "at by command label changes");
	keys_are(at(r, "case.documents.0"), "key label required state state_label reason at by");
	keys_are(at(r, "case.notes.0"), "id at by text entrusted");
	ck_assert_str_eq(str(r, "case.handover.state"), "accepted");
	desk_refused(res, "INVALID", "case.decide", "{s:I, s:s}", "id", id, "result", "granted");
	desk_refused(res, "INVALID", "case.decide", "{s:I, s:s}", "id", id, "result", "refused");
	r = desk_do(res, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted", "reason",
	    "papers seen elsewhere");
	ck_assert_str_eq(str(r, "case.state"), "decided");
	desk_refused(res, "CONFLICT", "case.close", "{s:I}", "id", id);
}

static void
hand_out(struct desk *front, struct desk *branch, struct desk *res, int64_t id)
{
	json_t *r = desk_do(front, "case.ready", NULL);

	ck_assert_int_eq(num(r, "cases.0.id"), id);
	ck_assert_int_eq(num(desk_do(front, "visit.list", NULL), "counts.ready"), 1);
	desk_refused(branch, "DENIED", "case.handout", "{s:I}", "id", id);
	desk_do(front, "case.handout", "{s:I}", "id", id);
	r = desk_do(front, "case.close", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.state"), "closed");
	ck_assert(json_is_null(at(r, "case.owner")));
	desk_refused(res, "INVALID", "case.reopen", "{s:I, s:s}", "id", id, "reason", "");
	desk_do(res, "case.reopen", "{s:I, s:s}", "id", id, "reason", "objection");
	case_is(res, id, "open", "residence");
}

START_TEST(from_the_counter_and_back)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *branch = desk_open(o, "branch1");
	struct desk *res = desk_open(o, "res1"), *res2 = desk_open(o, "res2");
	int64_t visit, id = take_in(front, &visit);

	send_back_and_offer_again(front, res, id, hand_over(front, id, visit));
	work(res, res2, id);
	decide(res, id);
	hand_out(front, branch, res, id);
	desk_close(front);
	desk_close(branch);
	desk_close(res);
	desk_close(res2);
	office_sound(o);
	office_free(o);
}
END_TEST

/* One key instead of two: taking an offered case accepts it. */
START_TEST(claiming_an_offered_case_accepts_it)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *res = desk_open(o, "res1");
	json_t *r = desk_do(front, "case.open", "{s:I, s:s}", "person", a_person(front, "Haddad"),
	    "service", "S02");
	int64_t id = num(r, "case.id");

	desk_do(front, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "residence",
	    "reason", "later");
	r = desk_do(res, "case.claim", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.unit"), "residence");
	ck_assert_str_eq(str(r, "case.owner"), "res1");
	ck_assert_uint_eq(json_array_size(at(desk_do(res, "handover.list", NULL), "handovers")), 0);
	desk_close(front);
	desk_close(res);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(a_supervisor_assigns_all_or_none)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *super = desk_open(o, "super1");
	int64_t person = a_person(res, "Haddad"), a = a_case(res, person), b = a_case(res, person);
	json_t *r;

	desk_refused(super, "NOT_FOUND", "case.assign", "{s:[I, I, i], s:s}", "id", a, b, 999,
	    "owner", "res2");
	desk_refused(super, "INVALID", "case.assign", "{s:[I, I], s:s}", "id", a, b, "owner",
	    "ben1");
	case_is(res, a, "open", "residence");
	r = desk_do(super, "case.assign", "{s:[I, I], s:s, s:s}", "id", a, b, "owner", "res2",
	    "reason", "Demir is ill");
	ck_assert_str_eq(str(r, "cases.1.owner"), "res2");
	case_is(res, b, "in_work", "residence");
	/* one act on both, but each file tells of itself: note, owner, state */
	r = desk_do(res, "case.show", "{s:I}", "id", a);
	ck_assert_str_eq(str(r, "case.history.0.command"), "case.assign");
	ck_assert_uint_eq(json_array_size(at(r, "case.history.0.changes")), 3);
	r = desk_do(super, "console.show", NULL);
	keys_are(at(r, "units.0"), "unit label open new done late offered waiting proposed ages flow");
	keys_are(at(r, "staff.0"), "login name unit in_work waiting proposed late oldest_days left away_until "
	    "deputy_name");
	keys_are(at(r, "counter"), "waiting longest_minutes limit_minutes serving ready sentence without");
	ck_assert_uint_eq(json_array_size(at(r, "units.0.ages")), 8);
	ck_assert_uint_eq(json_array_size(at(r, "units.0.flow")), 14);
	desk_close(res);
	desk_close(super);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Offered cases may stand in front of the next one, however many they are. */
START_TEST(next_passes_over_what_is_offered)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1");
	int64_t person = a_person(res, "Haddad"), last;
	json_t *error;

	for (int i = 0; i < 21; i++)
		desk_do(res, "handover.offer", "{s:I, s:s, s:s}", "case", a_case(res, person), "to",
		    "benefits", "reason", "r");
	last = a_case(res, person);
	ck_assert_int_eq(num(desk_do(res, "case.next", NULL), "case.id"), last);
	error = desk_refused(res, "NOT_FOUND", "case.next", NULL);
	ck_assert_str_eq(str(error, "message"), "No case is open in your unit.");
	error = desk_refused(res, "DENIED", "case.next", "{s:s}", "unit", "benefits");
	ck_assert_str_eq(str(error, "data.field"), "unit");
	desk_close(res);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(a_list_is_narrowed_to_whose_it_is)
{
	static const char *const owners[] = { "res1", "res2", "none" };
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1"), *other = desk_open(o, "res2");
	int64_t person = a_person(res, "Haddad"), ids[3];
	json_t *r;

	for (int i = 0; i < 3; i++)
		ids[i] = a_case(res, person);
	desk_do(res, "case.claim", "{s:I}", "id", ids[0]);
	desk_do(other, "case.claim", "{s:I}", "id", ids[1]);
	for (int i = 0; i < 3; i++) {
		r = desk_do(res, "case.list", "{s:s}", "owner", owners[i]);
		ck_assert_uint_eq(json_array_size(at(r, "cases")), 1);
		ck_assert_int_eq(num(r, "cases.0.id"), ids[i]);
	}
	r = desk_do(other, "case.list", "{s:s}", "owner", "me");
	ck_assert_uint_eq(json_array_size(at(r, "cases")), 1);
	ck_assert_int_eq(num(r, "cases.0.id"), ids[1]);
	desk_close(res);
	desk_close(other);
	office_free(o);
}
END_TEST

/* What the file would not take is refused with a sentence, before it tries. */
START_TEST(what_is_not_there_is_not_referred_to)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	int64_t person = a_person(front, "Haddad");

	ck_assert_str_eq(str(desk_refused(front, "NOT_FOUND", "case.open", "{s:I, s:s, s:i}",
	    "person", person, "service", "S02", "visit", 999), "data.field"), "visit");
	ck_assert_str_eq(str(desk_refused(front, "NOT_FOUND", "case.open", "{s:i, s:s}", "person",
	    999, "service", "S02"), "data.field"), "person");
	ck_assert_str_eq(str(desk_refused(front, "NOT_FOUND", "handover.offer", "{s:i, s:s}",
	    "case", 999, "to", "benefits"), "data.field"), "case");
	desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	ck_assert_str_eq(str(desk_refused(front, "NOT_FOUND", "visit.edit", "{s:i, s:i}", "id", 1,
	    "case", 999), "data.field"), "case");
	ck_assert(json_is_null(at(desk_do(front, "visit.new", "{s:s, s:s}", "concern", "S02",
	    "language", ""), "visit.language")));
	desk_close(front);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(the_house_describes_itself)
{
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	json_t *r = desk_do(d, "catalogue.show", NULL);

	keys_are(r, "units sites counters services countries languages statuses lanes"
	    " due_days holidays lock_years");
	ck_assert_int_eq(num(r, "lock_years"), 2);
	keys_are(at(r, "units.0"), "code label front closed figures_only");
	keys_are(at(r, "counters.0"), "code label site");
	keys_are(at(r, "services.0"), "code label unit unit_label lane target_minutes target_days"
	    " basis form checklist");
	keys_are(at(desk_do(d, "staff.me", NULL), "staff"), STAFF_KEYS);
	keys_are(at(desk_do(d, "staff.list", "{s:s}", "unit", "residence"), "staff.0"), STAFF_KEYS);
	keys_are(at(desk_do(d, "form.show", "{s:s}", "key", "residence_extend"), "form"),
	    "key version source papers lists");
	desk_refused(d, "NOT_FOUND", "form.show", "{s:s}", "key", "nothing");
	r = desk_do(d, "visit.list", NULL);
	keys_within(at(r, "counts"), "waiting called serving parked absent longest_minutes"
	    " estimate_low estimate_high");
	r = desk_do(d, "case.list", NULL);
	keys_are(r, "cases next counts");
	keys_are(at(r, "counts"), "open pool mine waiting late arrived_today decided_today offered requests"
	    " front_open front_late"
	    " proposed");
	desk_close(d);
	office_free(o);
}
END_TEST

START_TEST(drafts_are_one_s_own)
{
	struct office *o = office_new();
	struct desk *a = desk_open(o, "res1"), *b = desk_open(o, "res2");
	json_t *r;

	desk_do(a, "draft.save", "{s:s, s:{s:s}}", "key", "takein:1", "body", "family", "Ha");
	desk_do(a, "draft.save", "{s:s, s:{s:s}}", "key", "takein:1", "body", "family", "Haddad");
	ck_assert(json_is_null(at(desk_do(b, "draft.show", "{s:s}", "key", "takein:1"), "draft")));
	ck_assert_uint_eq(json_array_size(at(desk_do(b, "draft.list", NULL), "drafts")), 0);
	desk_kill(a);
	a = desk_open(o, "res1");
	r = desk_do(a, "draft.show", "{s:s}", "key", "takein:1");
	keys_are(at(r, "draft"), "key body saved");
	ck_assert_str_eq(str(r, "draft.body.family"), "Haddad");
	desk_do(a, "draft.drop", "{s:s}", "key", "takein:1");
	ck_assert(json_is_null(at(desk_do(a, "draft.show", "{s:s}", "key", "takein:1"), "draft")));
	desk_close(a);
	desk_close(b);
	office_sound(o);
	office_free(o);
}
END_TEST

START_TEST(people_are_found_by_any_part_of_a_name)
{
	static const char *const asked[] = { "haddad", "rania", "HAD RAN", "Ran, Hadd" };
	struct office *o = office_new();
	struct desk *d = desk_open(o, "front1");
	int64_t id = a_person(d, "Haddad");
	json_t *r;

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		r = desk_do(d, "person.find", "{s:s}", "q", asked[i]);
		ck_assert_msg(json_array_size(at(r, "people")) == 1, "%s", asked[i]);
		keys_within(at(r, "people.0"), "id name born score why");
		ck_assert_int_eq(num(r, "people.0.id"), id);
	}
	r = desk_do(d, "person.edit", "{s:I, s:s, s:s}", "id", id, "family", "Müller-Yıldız",
	    "nationality", "SYR,IRQ");
	ck_assert_str_eq(str(r, "person.name"), "MÜLLER-YILDIZ, Rania");
	ck_assert_uint_eq(json_array_size(at(r, "person.nationality")), 2);
	for (const char *const *q = (const char *const[]){ "mueller", "muller", "Müller", "yildiz",
	         NULL }; *q; q++)
		ck_assert_msg(json_array_size(at(desk_do(d, "person.find", "{s:s}", "q", *q),
		    "people")) == 1, "%s", *q);
	ck_assert_uint_eq(json_array_size(at(desk_do(d, "person.find", "{s:s}", "q", "haddad"),
	    "people")), 0);
	desk_refused(d, "INVALID", "person.new", "{s:s, s:s}", "family", "X", "born", "1990-13");
	desk_refused(d, "INVALID", "person.new", "{s:s, s:s}", "family", "X", "born", "2027");
	desk_refused(d, "INVALID", "person.new", "{s:s}", "family", "a\x1b[2Jb");
	desk_refused(d, "INVALID", "person.new", "{s:s, s:s}", "family", "X", "nationality", "ZZZ");
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

Suite *suite_round(void);
Suite *
suite_round(void)
{
	Suite *s = suite_create("round");
	TCase *t = tcase_create("round");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, from_the_counter_and_back);
	tcase_add_test(t, claiming_an_offered_case_accepts_it);
	tcase_add_test(t, a_supervisor_assigns_all_or_none);
	tcase_add_test(t, next_passes_over_what_is_offered);
	tcase_add_test(t, a_list_is_narrowed_to_whose_it_is);
	tcase_add_test(t, what_is_not_there_is_not_referred_to);
	tcase_add_test(t, the_house_describes_itself);
	tcase_add_test(t, drafts_are_one_s_own);
	tcase_add_test(t, people_are_found_by_any_part_of_a_name);
	suite_add_tcase(s, t);
	return s;
}
