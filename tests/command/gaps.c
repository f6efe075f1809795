/*
 * gaps.c - what a case lacks, by when, what that bars, and how the person is
 * told: in every language there is, and no other.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <string.h>


static void
paper(struct desk *d, int64_t id, const char *key, const char *state)
{
	desk_do(d, "case.document", "{s:I, s:s, s:s, s:s}", "id", id, "key", key, "state", state,
	    "reason", "seen");
}

/* How many of a kind are missing; by a stage (NULL: any). */
static int
missing(const json_t *reply, const char *stage, const char *kind)
{
	const json_t *gap;
	size_t i;
	int n = 0;

	json_array_foreach(at(reply, "missing"), i, gap) {
		keys_are(gap, "stage stage_label kind key label asks");
		n += (!stage || strcmp(str(gap, "stage"), stage) == 0) &&
		    strcmp(str(gap, "kind"), kind) == 0;
	}
	return n;
}

static bool
says(const json_t *reply, const char *words)
{
	return strstr(str(reply, "text"), words) != NULL;
}

/* A person comes twice: what they bring first is not asked for again. */
START_TEST(partial_arrival_shortens_the_list)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	int64_t person = a_person(front, "Haddad");
	int64_t id = num(desk_do(front, "case.open", "{s:I, s:s}", "person", person, "service",
	    "S26"), "case.id"), visit;
	json_t *r = desk_do(front, "case.gaps", "{s:I, s:s}", "id", id, "language", "de");

	ck_assert_int_eq(missing(r, "intake", "paper"), 1);
	ck_assert(says(r, "es fehlt noch:\n  - Identitätsnachweis\n"));
	ck_assert(!says(r, "bekommen"));
	/* no paper, no hand-over without a word */
	desk_refused(front, "INVALID", "handover.offer", "{s:I, s:s}", "case", id, "to",
	    "residence");
	/* the next visit begins with exactly this */
	visit = num(desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S26", "person", person),
	    "visit.id");
	ck_assert_int_eq(num(desk_do(front, "visit.show", "{s:I}", "id", visit), "visit.case"), id);
	r = desk_do(front, "visit.slip", "{s:I, s:s}", "id", visit, "language", "de");
	ck_assert(says(r, "Bitte halten Sie bereit:\n  - Identitätsnachweis\n"));
	paper(front, id, "ID", "received");
	r = desk_do(front, "case.gaps", "{s:I, s:s}", "id", id, "language", "de");
	ck_assert_int_eq(missing(r, NULL, "paper"), 0);
	ck_assert(says(r, "bekommen:\n  - Identitätsnachweis\n"));
	ck_assert(says(r, "Es fehlt nichts."));
	r = desk_do(front, "visit.slip", "{s:I, s:s}", "id", visit, "language", "de");
	ck_assert(!says(r, "bereit"));
	desk_do(front, "handover.offer", "{s:I, s:s}", "case", id, "to", "residence");
	desk_close(front);
	office_sound(o);
	office_free(o);
}
END_TEST

/* A matter of the front desk is about the one case that waits for papers. */
START_TEST(whoever_only_brings_papers_finds_their_case)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	int64_t person = a_person(front, "Haddad");
	int64_t id = num(desk_do(front, "case.open", "{s:I, s:s}", "person", person, "service",
	    "S26"), "case.id");
	json_t *r = desk_do(front, "visit.new", "{s:s, s:I}", "concern", "brings a paper",
	    "person", person);

	ck_assert_int_eq(num(r, "visit.case"), id);
	r = desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S28", "person", person);
	ck_assert_int_eq(num(r, "visit.case"), id);
	/* another matter of the same person is another matter */
	r = desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S25", "person", person);
	ck_assert(json_is_null(at(r, "visit.case")));
	paper(front, id, "ID", "received");
	r = desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S28", "person", person);
	ck_assert(json_is_null(at(r, "visit.case")));
	desk_close(front);
	office_sound(o);
	office_free(o);
}
END_TEST

/* By the day of what is urgent it is begun; a day that has gone by is promised
 * to nobody. */
START_TEST(a_slip_promises_no_day_that_is_over)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	int64_t id, urgent, person = a_person(front, "Haddad");
	json_t *r;

	id = num(desk_do(front, "case.open", "{s:I, s:s, s:s}", "person", person, "service", "S07",
	    "form", "{\"kind\": \"plain\"}"), "case.id");
	r = desk_do(front, "case.gaps", "{s:I, s:s}", "id", id, "language", "en");
	ck_assert(says(r, "We plan to be done by "));
	urgent = num(desk_do(front, "case.open", "{s:I, s:s, s:s, s:s}", "person", person,
	    "service", "S07", "form", "{\"until\": \"2026-01-31\"}", "reason", "was ill"),
	    "case.id");
	r = desk_do(front, "case.gaps", "{s:I, s:s}", "id", urgent, "language", "en");
	ck_assert(says(r, "works on it"));
	ck_assert(!says(r, "We plan"));
	office_clock(o, "2027-03-24T08:00:00Z");
	r = desk_do(front, "case.gaps", "{s:I, s:s}", "id", id, "language", "en");
	ck_assert(says(r, "works on it"));
	ck_assert(!says(r, "We plan"));
	desk_close(front);
	office_free(o);
}
END_TEST

/* Answers bar as papers do: intake's the hand-over, all of them the grant. */
START_TEST(answers_bar_as_papers_do)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1"), *soc = desk_open(o, "soc1");
	int64_t id = num(desk_do(front, "case.open", "{s:I, s:s}", "person",
	    a_person(front, "Haddad"), "service", "S20"), "case.id");
	json_t *r = desk_do(front, "case.show", "{s:I}", "id", id);

	ck_assert_int_gt(missing(at(r, "case"), "intake", "answer"), 0);
	ck_assert_ptr_nonnull(strstr(str(r, "case.blocks.0"), "missing for the hand-over: "));
	r = desk_refused(front, "INVALID", "handover.offer", "{s:I, s:s}", "case", id, "to",
	    "social_work");
	ck_assert_str_eq(str(r, "data.field"), "reason");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "missing for the hand-over: "));
	desk_do(front, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "social_work",
	    "reason", "in a hurry");
	ck_assert_str_eq(str(desk_do(soc, "case.show", "{s:I}", "id", id), "case.may.0.command"),
	    "case.claim"); /* one key accepts and claims */
	ck_assert_str_ne(str(desk_do(front, "case.show", "{s:I}", "id", id), "case.may.0.command"),
	    "case.claim");
	desk_do(soc, "case.claim", "{s:I}", "id", id);
	desk_refused(soc, "INVALID", "case.decide", "{s:I, s:s}", "id", id, "result", "granted");
	/* a refusal gives its reason, what is withdrawn needs nothing */
	desk_do(soc, "case.decide", "{s:I, s:s}", "id", id, "result", "withdrawn");
	r = desk_do(soc, "case.gaps", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "missing")), 0);
	desk_close(front);
	desk_close(soc);
	office_sound(o);
	office_free(o);
}
END_TEST

/* Complete, it is granted without a word; a rule that stops no word lifts. */
START_TEST(a_rule_that_stops_no_reason_lifts)
{
	struct office *o = office_new();
	struct desk *res = desk_open(o, "res1");
	int64_t person = a_person(res, "Haddad"), id, plain;
	json_t *r;

	plain = num(desk_do(res, "case.open", "{s:I, s:s}", "person", person, "service", "S26"),
	    "case.id");
	paper(res, plain, "ID", "verified");
	desk_do(res, "case.claim", "{s:I}", "id", plain);
	desk_do(res, "case.decide", "{s:I, s:s}", "id", plain, "result", "granted");
	id = num(desk_do(res, "case.open", "{s:I, s:s, s:{s:s}}", "person", person, "service",
	    "S12", "form", "told", "no"), "case.id");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_refused(res, "INVALID", "case.decide", "{s:I, s:s, s:s}", "id", id, "result",
	    "granted", "reason", "because");
	ck_assert_str_eq(str(r, "data.field"), "answers");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "the form does not allow it."));
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "told", "yes");
	desk_do(res, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted", "reason",
	    "because");
	desk_close(res);
	office_sound(o);
	office_free(o);
}
END_TEST

/* The same before there is a case. */
START_TEST(a_matter_is_told_before_it_is_a_case)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	json_t *r = desk_do(front, "service.gaps", "{s:s, s:s, s:s}", "service", "S02", "brought",
	    "PASS APPX PHOTO", "language", "en");
	int papers = missing(r, "intake", "paper");

	ck_assert(says(r, "We have received from you:\n  - valid passport or substitute\n"
	    "  - digital biometric photo\n"));
	r = desk_do(front, "service.gaps", "{s:s}", "service", "S02");
	ck_assert_int_eq(missing(r, "intake", "paper"), papers + 2);
	ck_assert(json_is_null(at(r, "language")));
	ck_assert(says(r, "\n* * *\n"));
	r = desk_do(front, "service.gaps", "{s:s, s:s}", "service", "S02", "speaks", "tr");
	ck_assert_str_eq(str(r, "language"), "tr");
	r = desk_do(front, "service.gaps", "{s:s, s:{s:s}}", "service", "S02", "form", "purpose",
	    "family");
	ck_assert_int_eq(missing(r, "intake", "paper"), papers + 3);
	r = desk_do(front, "service.gaps", "{s:s, s:{s:s, s:s}, s:s}", "service", "S13", "form",
	    "matter", "job", "title_now", "DULD", "language", "en");
	ck_assert(says(r, "  - residence title, toleration or permission to stay\n"));
	desk_refused(front, "INVALID", "service.gaps", "{s:s}", "service", "S99");
	desk_close(front);
	office_free(o);
}
END_TEST

/* Every language there is writes every slip, and has all of its words. */
START_TEST(all_languages_write_all_slips)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	int64_t person = a_person(front, "Haddad");
	int64_t id = num(desk_do(front, "case.open", "{s:I, s:s}", "person", person, "service",
	    "S02"), "case.id");
	int64_t visit = num(desk_do(front, "visit.new", "{s:s, s:I}", "concern", "S02", "person",
	    person), "visit.id");
	json_t *languages = json_incref(at(desk_do(front, "case.gaps", "{s:I}", "id", id),
	    "languages")), *language, *r;
	size_t i;

	ck_assert_uint_ge(json_array_size(languages), 8);
	json_array_foreach(languages, i, language) {
		const char *code = str(language, "code");
		bool own = strcmp(code, "de") == 0 || strcmp(code, "en") == 0;

		keys_are(language, "code name rtl checked");
		r = desk_do(front, "case.gaps", "{s:I, s:s}", "id", id, "language", code);
		ck_assert_str_eq(str(r, "language"), code);
		ck_assert(says(r, "2026-000001"));
		ck_assert_ptr_null(strpbrk(str(r, "text"), "{}"));
		/* the German name of a paper stands behind its own */
		ck_assert(own || says(r, "digitales biometrisches"));
		/* of a field that nobody has translated, both */
		ck_assert(own || says(r, "Zweck des Titels / Purpose of the title"));
		ck_assert(json_is_true(at(language, "rtl")) == says(r, "\xe2\x80\x8f"));
		r = desk_do(front, "visit.slip", "{s:I, s:s}", "id", visit, "language", code);
		ck_assert(says(r, "A00"));
		ck_assert_ptr_null(strpbrk(str(r, "text"), "{}"));
	}
	json_decref(languages);
	desk_close(front);
	office_free(o);
}
END_TEST

/* A catalogue that an older program has loaded has no sentences of consents. */
START_TEST(a_missing_text_stops_only_what_it_stands_on)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	int64_t person = a_person(front, "Haddad"), visit, id;

	office_number_of(o, "DELETE FROM slip_text WHERE key IN ('consent', 'wait') RETURNING 1");
	id = num(desk_do(front, "case.open", "{s:I, s:s}", "person", person, "service", "S26"),
	    "case.id");
	ck_assert(says(desk_do(front, "case.gaps", "{s:I, s:s}", "id", id, "language", "de"),
	    "2026-000001"));
	visit = num(desk_do(front, "visit.new", "{s:s}", "concern", "S26"), "visit.id");
	ck_assert_ptr_nonnull(strstr(str(desk_refused(front, "STORE", "visit.slip", "{s:I, s:s}",
	    "id", visit, "language", "de"), "message"), "\"wait\""));
	desk_close(front);
	office_free(o);
}
END_TEST

START_TEST(a_language_that_is_not_there_is_refused)
{
	struct office *o = office_new();
	struct desk *front = desk_open(o, "front1");
	int64_t id = num(desk_do(front, "case.open", "{s:I, s:s}", "person",
	    a_person(front, "Haddad"), "service", "S26"), "case.id");
	json_t *r = desk_refused(front, "INVALID", "case.gaps", "{s:I, s:s}", "id", id, "language",
	    "tlh");

	ck_assert_str_eq(str(r, "message"), "There are no texts in the language tlh. There are: "
	    "de, en, ar, fr, prs, ti, tr, uk.");
	ck_assert_str_eq(str(r, "data.field"), "language");
	desk_refused(front, "INVALID", "service.gaps", "{s:s, s:s}", "service", "S26", "language",
	    "");
	desk_close(front);
	office_free(o);
}
END_TEST

/* Of a closed unit nobody else learns what it waits for. */
START_TEST(another_units_gaps_stay_there)
{
	struct office *o = office_new();
	struct desk *soc = desk_open(o, "soc1"), *res = desk_open(o, "res1");
	int64_t id = num(desk_do(soc, "case.open", "{s:I, s:s}", "person",
	    a_person(soc, "Haddad"), "service", "S20"), "case.id");

	desk_refused(res, "NOT_FOUND", "case.gaps", "{s:I}", "id", id);
	desk_refused(res, "NOT_FOUND", "case.gaps", "{s:I, s:s}", "id", id, "language", "tlh");
	desk_close(soc);
	desk_close(res);
	office_free(o);
}
END_TEST

Suite *suite_gaps(void);

Suite *
suite_gaps(void)
{
	Suite *s = suite_create("gaps");
	TCase *t = tcase_create("gaps");

	suite_add_tcase(s, t);
	tcase_add_test(t, partial_arrival_shortens_the_list);
	tcase_add_test(t, whoever_only_brings_papers_finds_their_case);
	tcase_add_test(t, a_slip_promises_no_day_that_is_over);
	tcase_add_test(t, answers_bar_as_papers_do);
	tcase_add_test(t, a_rule_that_stops_no_reason_lifts);
	tcase_add_test(t, a_matter_is_told_before_it_is_a_case);
	tcase_add_test(t, all_languages_write_all_slips);
	tcase_add_test(t, a_missing_text_stops_only_what_it_stands_on);
	tcase_add_test(t, a_language_that_is_not_there_is_refused);
	tcase_add_test(t, another_units_gaps_stay_there);
	return s;
}
