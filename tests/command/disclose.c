/*
 * disclose.c - what leaves the compartment: by an act with a legal basis, exactly
 * the fields named, to one unit; with a book of it, consent that can be withdrawn,
 * and questions whose answer never tells whether there is a file.
 */
#include "harness_desk.h"

#include <stdlib.h>
#include <string.h>

#define NOTE "note.1000000001"     /* the first entrusted one of an office */

#define TOLD "needs a flat without stairs"
#define KEPT "cannot sleep since the letter"

struct story {
	struct office *office;
	struct desk *soc, *res, *ben, *dpo;
	int64_t person, file;
};

static struct story
begin(void)
{
	struct story s = { .office = office_new() };

	s.soc = desk_open(s.office, "soc1");
	s.res = desk_open(s.office, "res1");
	s.ben = desk_open(s.office, "ben1");
	s.dpo = desk_open(s.office, "dpo1");
	s.person = a_person(s.res, "Haddad");
	s.file = num(desk_do(s.soc, "case.open", "{s:I, s:s, s:{s:s}}", "person", s.person,
	    "service", "S20", "form", "area", "housing"), "case.id");
	desk_do(s.soc, "case.claim", "{s:I}", "id", s.file);
	desk_do(s.soc, "case.note", "{s:I, s:s}", "id", s.file, "text", TOLD);
	desk_do(s.soc, "case.note", "{s:I, s:s}", "id", s.file, "text", KEPT);
	return s;
}

static void
end(struct story *s)
{
	desk_close(s->soc);
	desk_close(s->res);
	desk_close(s->ben);
	desk_close(s->dpo);
	office_sound(s->office);
	office_free(s->office);
}

static int64_t
tell(struct story *s, const char *basis)
{
	return num(desk_do(s->soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s}", "case", s->file,
	    "to", "residence", "basis", basis, "fields", NOTE " answer.area", "reason",
	    "the person asked for it"), "disclosure.id");
}

static json_t *
seen_by(struct desk *d, int64_t person)
{
	return at(desk_do(d, "disclosure.list", "{s:I}", "person", person), "disclosures");
}

START_TEST(the_receiver_sees_exactly_the_fields)
{
	struct story s = begin();
	json_t *one;

	ck_assert(has_words(desk_do(s.soc, "disclosure.fields", "{s:I}", "case", s.file), KEPT));
	tell(&s, "danger");
	one = json_array_get(seen_by(s.res, s.person), 0);
	ck_assert_str_eq(str(one, "from"), "social_work");
	ck_assert_str_eq(str(one, "cite"), "§ 34 StGB");
	ck_assert_uint_eq(json_array_size(at(one, "fields")), 2);
	ck_assert_str_eq(str(one, "fields.0.value"), TOLD);
	ck_assert_str_eq(str(one, "fields.1.value"), "housing");
	ck_assert(json_is_null(at(one, "case")));
	ck_assert(!has_words(one, KEPT));
	/* and nobody else sees anything; the file itself stays closed */
	ck_assert_uint_eq(json_array_size(seen_by(s.ben, s.person)), 0);
	desk_refused(s.res, "NOT_FOUND", "case.show", "{s:I}", "id", s.file);
	desk_refused(s.res, "NOT_FOUND", "disclosure.fields", "{s:I}", "case", s.file);
	ck_assert_int_eq(num(json_array_get(seen_by(s.soc, s.person), 0), "case"), s.file);
	/* the book: what sort of thing, not what it said */
	one = desk_do(s.dpo, "disclosure.book", NULL);
	ck_assert_uint_eq(json_array_size(at(one, "disclosures")), 1);
	ck_assert_str_eq(str(one, "disclosures.0.basis"), "danger");
	ck_assert(!has_words(one, TOLD));
	ck_assert_uint_eq(json_array_size(at(desk_do(s.soc, "disclosure.book", NULL),
	    "disclosures")), 1);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.ben, "disclosure.book", NULL),
	    "disclosures")), 0);
	end(&s);
}
END_TEST

START_TEST(nothing_is_told_without_a_basis)
{
	struct story s = begin();

#define TRY_TELL(to, basis, fields) "{s:I, s:s, s:s, s:s, s:s}", "case", s.file, "to", to, \
	"basis", basis, "fields", fields, "reason", "r"
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("residence", "because", NOTE));
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("residence", "danger", "note.9"));
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("residence", "danger", " "));
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("social_work", "danger", "state"));
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("steering", "danger", "state"));
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("residence", "consent", "state"));
	desk_refused(s.res, "NOT_FOUND", "disclosure.give", TRY_TELL("benefits", "danger", "state"));
	ck_assert_uint_eq(json_array_size(seen_by(s.soc, s.person)), 0);
	end(&s);
}
END_TEST

/* Withdrawn or over, what rests on a consent is not seen any more. */
START_TEST(a_withdrawn_consent_shuts_the_view)
{
	struct story s = begin();
	int64_t consent = num(desk_do(s.soc, "consent.give", "{s:I, s:s, s:s, s:s, s:s}", "person",
	    s.person, "to", "residence", "scope", "the flat", "language", "en", "until",
	    "2026-12-01"), "consent.id");
	json_t *r;

	tell(&s, "consent");
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 1);
	office_clock(s.office, "2026-12-02T08:14:00Z");
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 0);
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("residence", "consent", "state"));
	office_clock(s.office, "2026-11-24T08:14:00Z");
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 1);
	r = desk_do(s.soc, "consent.withdraw", "{s:I}", "id", consent);
	ck_assert(json_is_false(at(r, "consent.holds")));
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 0);
	ck_assert(json_is_true(at(json_array_get(seen_by(s.soc, s.person), 0), "ended")));
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("residence", "consent", "state"));
	r = desk_do(s.soc, "consent.list", "{s:I}", "person", s.person);
	ck_assert_str_eq(str(r, "consents.0.scope"), "the flat");
	r = desk_do(s.soc, "consent.show", "{s:I}", "id", consent);
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "What: the flat\n"));
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "I agree that"));
	desk_refused(s.res, "NOT_FOUND", "consent.show", "{s:I}", "id", consent);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.res, "consent.list", "{s:I}", "person",
	    s.person), "consents")), 0);
	desk_refused(s.res, "NOT_FOUND", "consent.withdraw", "{s:I}", "id", consent);
	end(&s);
}
END_TEST

/* About somebody with a file and somebody without: the same words. */
START_TEST(who_asks_learns_of_no_file)
{
	struct story s = begin();
	int64_t other = a_person(s.res, "Nguyen");
	int64_t ids[2], people[2] = { s.person, other };

	for (int i = 0; i < 2; i++) {
		json_t *r = desk_do(s.res, "disclosure.ask", "{s:I, s:s, s:s}", "person", people[i],
		    "to", "social_work", "question", "is a flat needed?");

		ck_assert_str_eq(str(r, "ask.state"), "asked");
		ids[i] = num(r, "ask.id");
	}
	ck_assert_uint_eq(json_array_size(at(desk_do(s.soc, "disclosure.asks", NULL), "asks")), 2);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.ben, "disclosure.asks", NULL), "asks")), 0);
	desk_refused(s.ben, "NOT_FOUND", "disclosure.refuse", "{s:I, s:s}", "id", ids[1], "reason",
	    "no");
	desk_do(s.soc, "disclosure.refuse", "{s:I, s:s}", "id", ids[1], "reason", "no statement");
	desk_refused(s.soc, "CONFLICT", "disclosure.refuse", "{s:I, s:s}", "id", ids[1], "reason", "no");
	desk_do(s.soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s, s:I}", "case", s.file, "to",
	    "residence", "basis", "danger", "fields", NOTE, "reason", "asked", "ask", ids[0]);
	json_t *asks = at(desk_do(s.res, "disclosure.asks", "{s:s}", "box", "out"), "asks");
	ck_assert_str_eq(str(json_array_get(asks, 0), "answer"), "no statement");
	ck_assert_str_eq(str(json_array_get(asks, 1), "state"), "given");
	end(&s);
}
END_TEST

/* Both units read the same of it, in the words of each of them. */
START_TEST(a_question_tells_who_asked_whom_and_when)
{
	static const char keys[] = "id person from from_label to to_label question state answer asked"
	    " asked_by answered disclosure";
	struct story s = begin();
	int64_t ids[3];
	json_t *r, *a;

	for (int i = 0; i < 3; i++) /* at one moment */
		ids[i] = num(desk_do(s.res, "disclosure.ask", "{s:I, s:s, s:s}", "person", s.person,
		    "to", "social_work", "question", "a flat?"), "ask.id");
	ck_assert(ids[0] > 1000000 && ids[1] == ids[0] + 1 && ids[2] == ids[1] + 1);
	r = desk_do(s.res, "disclosure.asks", "{s:s, s:i}", "box", "out", "limit", 2);
	a = json_array_get(at(r, "asks"), 0);
	keys_within(a, keys);
	ck_assert_int_eq(num(a, "id"), ids[2]);
	ck_assert_int_eq(num(a, "person.id"), s.person);
	ck_assert_str_eq(str(a, "person.name"), "HADDAD, Rania");
	ck_assert_str_eq(str(a, "person.born"), "1990-05-03");
	ck_assert_str_eq(str(a, "from"), "residence");
	ck_assert_str_eq(str(a, "from_label"), "Residence");
	ck_assert_str_eq(str(a, "to"), "social_work");
	ck_assert_str_eq(str(a, "to_label"), "Social work");
	ck_assert_str_eq(str(a, "question"), "a flat?");
	ck_assert_str_eq(str(a, "state"), "asked");
	ck_assert_str_eq(str(a, "asked"), "2026-11-23T08:14:00Z");
	ck_assert_str_eq(str(a, "asked_by"), "Demir");
	ck_assert(json_is_null(at(a, "answer")) && json_is_null(at(a, "answered")) &&
	    json_is_null(at(a, "disclosure")));
	r = desk_do(s.res, "disclosure.asks", "{s:s, s:s}", "box", "out", "after", str(r, "next"));
	ck_assert_uint_eq(json_array_size(at(r, "asks")), 1);
	ck_assert_int_eq(num(r, "asks.0.id"), ids[0]);
	/* how many wait for an answer, over there and not here */
	ck_assert_int_eq(num(desk_do(s.soc, "case.list", NULL), "counts.requests"), 3);
	ck_assert_int_eq(num(desk_do(s.res, "case.list", NULL), "counts.requests"), 0);
	office_clock(s.office, "2026-11-23T09:00:00Z");
	desk_do(s.soc, "disclosure.refuse", "{s:I, s:s}", "id", ids[1], "reason", "no statement");
	ck_assert_int_eq(num(desk_do(s.soc, "case.list", NULL), "counts.requests"), 2);
	a = json_array_get(at(desk_do(s.res, "disclosure.asks", "{s:s}", "box", "out"), "asks"), 1);
	ck_assert_str_eq(str(a, "state"), "refused");
	ck_assert_str_eq(str(a, "answered"), "2026-11-23T09:00:00Z");
	ck_assert_str_eq(str(a, "answer"), "no statement");
	end(&s);
}
END_TEST

/* A note that is not entrusted goes with the case; taking it back is an act. */
START_TEST(a_note_can_be_open)
{
	struct story s = begin();
	json_t *notes, *history;

	office_clock(s.office, "2026-11-23T08:15:00Z");
	desk_do(s.soc, "case.note", "{s:I, s:s, s:b}", "id", s.file, "text", "wants it on paper",
	    "entrusted", 0);
	desk_refused(s.soc, "NOT_FOUND", "case.unseal", "{s:I, s:I, s:s}", "id", s.file, "note", 9,
	    "reason", "r");
	desk_do(s.soc, "case.unseal", "{s:I, s:I, s:s}", "id", s.file, "note",
	    (json_int_t)1000000001, "reason", "the person asked for it");
	notes = at(desk_do(s.soc, "case.show", "{s:I}", "id", s.file), "case.notes");
	ck_assert(json_is_false(at(json_array_get(notes, 0), "entrusted")));
	ck_assert(json_is_true(at(json_array_get(notes, 1), "entrusted")));
	ck_assert(json_is_false(at(json_array_get(notes, 2), "entrusted")));
	desk_do(s.soc, "handover.offer", "{s:I, s:s, s:s}", "case", s.file, "to", "benefits", "reason",
	    "with consent");
	notes = at(desk_do(s.ben, "case.show", "{s:I}", "id", s.file), "case.notes");
	ck_assert_uint_eq(json_array_size(notes), 2);
	ck_assert_str_eq(str(json_array_get(notes, 1), "text"), TOLD);
	ck_assert_str_eq(str(desk_do(s.ben, "case.show", "{s:I}", "id", s.file),
	    "case.answers.area"), "housing");
	history = at(desk_do(s.ben, "case.show", "{s:I}", "id", s.file), "case.history");
	ck_assert(!has_words(history, KEPT));
	end(&s);
}
END_TEST

/* ---- before and beside it ---- */

#define TELL_RES(key, value) "{s:I, s:s, s:s, s:s, s:s, s:" value "}", "case", s.file, "to", \
	"residence", "basis", "danger", "fields", NOTE, "reason", "asked", key

static bool
has_news(const struct desk *d, const char *topic)
{
	json_t *one;
	size_t i;

	json_array_foreach(d->news, i, one)
		if (strcmp(json_string_value(one), topic) == 0)
			return true;
	return false;
}

/* The preview is what is told, and nothing else can be told by it. */
START_TEST(a_preview_tells_nothing_and_binds)
{
	struct story s = begin();
	json_t *r = json_deep_copy(desk_do(s.soc, "disclosure.give", TELL_RES("preview", "b"), 1));

	ck_assert(json_is_null(at(r, "disclosure.id")));
	ck_assert_str_eq(str(r, "disclosure.fields.0.value"), TOLD);
	ck_assert_uint_eq(json_array_size(seen_by(s.soc, s.person)), 0);
	desk_refused(s.soc, "CONFLICT", "disclosure.give", TELL_RES("seen", "s"), "0123");
	desk_do(s.soc, "disclosure.give", TELL_RES("seen", "s"), str(r, "digest"));
	json_decref(r);
	r = json_array_get(seen_by(s.res, s.person), 0);
	ck_assert_str_eq(str(r, "fields.0.value"), TOLD);
	end(&s);
}
END_TEST

/* Written by somebody else while one looked at it: it has to be looked at again. */
START_TEST(what_changed_meanwhile_is_not_told)
{
	struct story s = begin();
	json_t *r;

#define TELL_AREA(key, value) "{s:I, s:s, s:s, s:s, s:s, s:" value "}", "case", s.file, "to", \
	"residence", "basis", "danger", "fields", "answer.area", "reason", "asked", key
	r = json_deep_copy(desk_do(s.soc, "disclosure.give", TELL_AREA("preview", "b"), 1));
	desk_do(s.soc, "case.answer", "{s:I, s:{s:s}}", "id", s.file, "answers", "area", "health");
	desk_refused(s.soc, "CONFLICT", "disclosure.give", TELL_AREA("seen", "s"), str(r, "digest"));
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 0);
	json_decref(r);
	end(&s);
}
END_TEST

/* Who has it open is told that it is over; a third unit is not even woken. */
START_TEST(two_units_hear_of_it_and_nobody_else)
{
	struct story s = begin();
	int64_t consent = num(desk_do(s.soc, "consent.give", "{s:I, s:s, s:s}", "person", s.person,
	    "to", "residence", "scope", "the flat"), "consent.id");
	struct desk *front;

	seen_by(s.res, s.person);
	ck_assert(!has_news(s.res, "consent") && !has_news(s.res, "disclosure"));
	tell(&s, "consent");
	desk_await_news(s.res, "disclosure", DEADLINE_MS);
	json_array_clear(s.res->news);
	desk_do(s.soc, "consent.withdraw", "{s:I}", "id", consent);
	desk_await_news(s.res, "disclosure", DEADLINE_MS);
	ck_assert(!has_news(s.res, "consent"));
	desk_do(s.res, "disclosure.ask", "{s:I, s:s, s:s}", "person", s.person, "to", "social_work",
	    "question", "q");
	desk_await_news(s.soc, "disclosure_ask", DEADLINE_MS);
	/* all of that lies before this, for everybody */
	front = desk_open(s.office, "front1");
	desk_do(front, "visit.new", "{s:s}", "concern", "S02");
	desk_close(front);
	desk_hear(s.ben, "visit", DEADLINE_MS);
	ck_assert(!has_news(s.ben, "disclosure") && !has_news(s.ben, "consent"));
	ck_assert(!has_news(s.ben, "disclosure_ask"));
	end(&s);
}
END_TEST

/* Told to somebody outside it is for nobody else here; the book knows the kind. */
START_TEST(who_is_outside_is_named_to_the_unit_only)
{
	struct story s = begin();
	json_t *r;

#define TELL_OUT "{s:I, s:s, s:s, s:s, s:s, s:s}", "case", s.file, "body", "medical", \
	"body_name", "Dr Weiss", "basis", "danger", "fields", NOTE, "reason", "in need"
	desk_refused(s.soc, "INVALID", "disclosure.give", "{s:I, s:s, s:s, s:s, s:s}", "case", s.file,
	    "body", "medical", "basis", "danger", "fields", NOTE, "reason", "r");
	desk_refused(s.soc, "INVALID", "disclosure.give", "{s:I, s:s, s:s, s:s, s:s, s:s}", "case",
	    s.file, "body", "circus", "body_name", "x", "basis", "danger", "fields", NOTE,
	    "reason", "r");
	r = desk_do(s.soc, "disclosure.give", TELL_OUT);
	ck_assert_str_eq(str(r, "disclosure.to_label"), "doctor, hospital, therapy: Dr Weiss");
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 0);
	ck_assert_uint_eq(json_array_size(seen_by(s.soc, s.person)), 1);
	r = desk_do(s.dpo, "disclosure.book", "{s:s}", "to", "medical");
	ck_assert_uint_eq(json_array_size(at(r, "disclosures")), 1);
	ck_assert(!has_words(r, TOLD) && !has_words(r, "Weiss") && !has_words(r, "Note of"));
	ck_assert_str_eq(str(r, "disclosures.0.to_label"),
	    "doctor, hospital, therapy, outside the office");
	r = desk_do(s.dpo, "disclosure.book", "{s:b}", "print", 1);
	ck_assert(!has_words(r, "Weiss") && !has_words(r, "Note of"));
	ck_assert(has_words(desk_do(s.soc, "disclosure.book", NULL), "Weiss"));
	ck_assert_uint_eq(json_array_size(at(desk_do(s.dpo, "disclosure.book", "{s:s}", "to",
	    "residence"), "disclosures")), 0);
	/* a consent is for this doctor, not for any */
	desk_do(s.soc, "consent.give", "{s:I, s:s, s:s, s:s}", "person", s.person, "body", "medical",
	    "body_name", "Dr Weiss", "scope", "all of it");
	desk_refused(s.soc, "INVALID", "disclosure.give", "{s:I, s:s, s:s, s:s, s:s, s:s}", "case",
	    s.file, "body", "medical", "body_name", "Dr Schwarz", "basis", "consent", "fields",
	    NOTE, "reason", "r");
	desk_do(s.soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s, s:s}", "case", s.file, "body",
	    "medical", "body_name", "Dr Weiss", "basis", "consent", "fields", NOTE, "reason",
	    "r");
	end(&s);
}
END_TEST

/* Nobody does anything at midnight: the session that shows it is told all the same. */
START_TEST(a_consent_that_ends_by_its_day_is_told)
{
	struct story s = begin();

	desk_do(s.soc, "consent.give", "{s:I, s:s, s:s, s:s}", "person", s.person, "to",
	    "residence", "scope", "the flat", "until", "2026-11-23");
	tell(&s, "consent");
	desk_await_news(s.res, "disclosure", DEADLINE_MS);
	office_clock(s.office, "2026-11-23T22:59:59Z");
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 1);
	ck_assert_uint_eq(json_array_size(s.res->news), 0);
	office_clock(s.office, "2026-11-23T23:00:00Z");
	desk_await_news(s.res, "disclosure", DEADLINE_MS);
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 0);
	/* all are told the same at midnight: it tells nobody whose it was */
	desk_await_news(s.ben, "disclosure", DEADLINE_MS);
	end(&s);
}
END_TEST

/* When an answer is over, who asked does not see that there was one. */
START_TEST(an_answer_goes_with_its_consent)
{
	struct story s = begin();
	int64_t consent = num(desk_do(s.soc, "consent.give", "{s:I, s:s, s:s}", "person", s.person,
	    "to", "residence", "scope", "the flat"), "consent.id");
	int64_t ask = num(desk_do(s.res, "disclosure.ask", "{s:I, s:s, s:s}", "person", s.person,
	    "to", "social_work", "question", "a flat?"), "ask.id");

	desk_refused(s.res, "INVALID", "disclosure.ask", "{s:I, s:s, s:s}", "person", s.person, "to",
	    "benefits", "question", "q");
	ck_assert_int_eq(num(desk_do(s.soc, "disclosure.asks", NULL), "asks.0.cases.0.id"), s.file);
	desk_do(s.soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s, s:I}", "case", s.file, "to",
	    "residence", "basis", "consent", "fields", NOTE, "reason", "asked", "ask", ask);
	ck_assert_str_eq(str(desk_do(s.res, "disclosure.asks", "{s:s}", "box", "out"),
	    "asks.0.state"), "given");
	desk_do(s.soc, "consent.withdraw", "{s:I}", "id", consent);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.res, "disclosure.asks", "{s:s}", "box", "out"),
	    "asks")), 0);
	ck_assert_uint_eq(json_array_size(at(desk_do(s.soc, "disclosure.asks", NULL), "asks")), 1);
	end(&s);
}
END_TEST

/* By whom, to whom, when, by what right; and as a page to be printed. */
START_TEST(the_book_can_be_narrowed_and_printed)
{
	struct story s = begin();
	json_t *r;

	tell(&s, "danger");
	tell(&s, "child");
#define N_OF(...) json_array_size(at(desk_do(s.dpo, "disclosure.book", __VA_ARGS__), "disclosures"))
	ck_assert_uint_eq(N_OF(NULL), 2);
	ck_assert_uint_eq(N_OF("{s:s}", "basis", "child"), 1);
	ck_assert_uint_eq(N_OF("{s:I}", "person", s.person), 2);
	ck_assert_uint_eq(N_OF("{s:s}", "to", "benefits"), 0);
	ck_assert_uint_eq(N_OF("{s:s, s:s}", "from", "2026-11-23", "until", "2026-11-23"), 2);
	ck_assert_uint_eq(N_OF("{s:s}", "from", "2026-11-24"), 0);
	ck_assert_uint_eq(N_OF("{s:s}", "until", "2026-11-22"), 0);
	r = desk_do(s.dpo, "disclosure.book", "{s:s, s:b}", "basis", "child", "print", 1);
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "Social work → Residence"));
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "§ 4(3) KKG"));
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "Note of 2026-11-23"));
	ck_assert_ptr_null(strstr(str(r, "text"), TOLD));
	ck_assert_ptr_null(strstr(str(r, "text"), "§ 34"));
	end(&s);
}
END_TEST

/* Who stands on the next page was not seen. */
START_TEST(the_book_notes_whom_it_showed)
{
	struct story s = begin(), other = s;

	tell(&s, "danger");
	other.person = a_person(s.res, "Qureshi");
	other.file = num(desk_do(s.soc, "case.open", "{s:I, s:s, s:{s:s}}", "person", other.person,
	    "service", "S20", "form", "area", "housing"), "case.id");
	desk_do(s.soc, "case.claim", "{s:I}", "id", other.file);
	desk_do(s.soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s}", "case", other.file, "to",
	    "residence", "basis", "danger", "fields", "answer.area", "reason", "as she asked");
	ck_assert_uint_eq(N_OF("{s:i}", "limit", 1), 1);
	desk_close(s.dpo);
	ck_assert_int_eq(office_number_of(s.office, "SELECT id FROM event_object JOIN event USING"
	    " (seq) WHERE kind = 'hit' AND command = 'disclosure.book'"), other.person);
	ck_assert_int_eq(office_number_of(s.office, "SELECT count(*) FROM event_object JOIN event"
	    " USING (seq) WHERE kind = 'hit' AND command = 'disclosure.book'"), 1);
	s.dpo = desk_open(s.office, "dpo1");
	end(&s);
}
END_TEST

Suite *suite_disclose(void);
Suite *
suite_disclose(void)
{
	Suite *s = suite_create("disclose");
	TCase *t = tcase_create("disclose");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, the_receiver_sees_exactly_the_fields);
	tcase_add_test(t, nothing_is_told_without_a_basis);
	tcase_add_test(t, a_withdrawn_consent_shuts_the_view);
	tcase_add_test(t, who_asks_learns_of_no_file);
	tcase_add_test(t, a_question_tells_who_asked_whom_and_when);
	tcase_add_test(t, a_note_can_be_open);
	tcase_add_test(t, a_preview_tells_nothing_and_binds);
	tcase_add_test(t, what_changed_meanwhile_is_not_told);
	tcase_add_test(t, two_units_hear_of_it_and_nobody_else);
	tcase_add_test(t, who_is_outside_is_named_to_the_unit_only);
	tcase_add_test(t, an_answer_goes_with_its_consent);
	tcase_add_test(t, a_consent_that_ends_by_its_day_is_told);
	tcase_add_test(t, the_book_can_be_narrowed_and_printed);
	tcase_add_test(t, the_book_notes_whom_it_showed);
	suite_add_tcase(s, t);
	return s;
}
