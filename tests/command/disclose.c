/*
 * disclose.c - what leaves the compartment: by an act with a legal basis, exactly
 * the fields named, to one unit; with a book of it, consent that can be withdrawn,
 * and questions whose answer never tells whether there is a file.
 */
#include "harness_desk.h"

#include <stdlib.h>
#include <string.h>

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

static bool
holds(json_t *o, const char *words)
{
	char *text = json_dumps(o, JSON_COMPACT);
	bool found = strstr(text, words) != NULL;

	free(text);
	return found;
}

static int64_t
tell(struct story *s, const char *basis)
{
	return num(desk_do(s->soc, "disclosure.give", "{s:I, s:s, s:s, s:s, s:s}", "case", s->file,
	    "to", "residence", "basis", basis, "fields", "note.1 answer.area", "reason",
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

	ck_assert(holds(desk_do(s.soc, "disclosure.fields", "{s:I}", "case", s.file), KEPT));
	tell(&s, "danger");
	one = json_array_get(seen_by(s.res, s.person), 0);
	ck_assert_str_eq(str(one, "from"), "social_work");
	ck_assert_str_eq(str(one, "cite"), "§ 34 StGB");
	ck_assert_uint_eq(json_array_size(at(one, "fields")), 2);
	ck_assert_str_eq(str(one, "fields.0.value"), TOLD);
	ck_assert_str_eq(str(one, "fields.1.value"), "housing");
	ck_assert(json_is_null(at(one, "case")));
	ck_assert(!holds(one, KEPT));
	/* and nobody else sees anything; the file itself stays closed */
	ck_assert_uint_eq(json_array_size(seen_by(s.ben, s.person)), 0);
	desk_refused(s.res, "NOT_FOUND", "case.show", "{s:I}", "id", s.file);
	desk_refused(s.res, "NOT_FOUND", "disclosure.fields", "{s:I}", "case", s.file);
	ck_assert_int_eq(num(json_array_get(seen_by(s.soc, s.person), 0), "case"), s.file);
	/* the book: what sort of thing, not what it said */
	one = desk_do(s.dpo, "disclosure.book", NULL);
	ck_assert_uint_eq(json_array_size(at(one, "disclosures")), 1);
	ck_assert_str_eq(str(one, "disclosures.0.basis"), "danger");
	ck_assert(!holds(one, TOLD));
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
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("residence", "because", "note.1"));
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
	office_clock(s.office, "2026-11-24T08:14:00Z");
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 1);
	r = desk_do(s.soc, "consent.withdraw", "{s:I}", "id", consent);
	ck_assert(json_is_false(at(r, "consent.holds")));
	ck_assert_uint_eq(json_array_size(seen_by(s.res, s.person)), 0);
	ck_assert(json_is_true(at(json_array_get(seen_by(s.soc, s.person), 0), "ended")));
	desk_refused(s.soc, "INVALID", "disclosure.give", TRY_TELL("residence", "consent", "state"));
	r = desk_do(s.soc, "consent.list", "{s:I}", "person", s.person);
	ck_assert_str_eq(str(r, "consents.0.scope"), "the flat");
	ck_assert(strncmp(str(r, "consents.0.text"), "I agree", 7) == 0);
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
	    "residence", "basis", "danger", "fields", "note.1", "reason", "asked", "ask", ids[0]);
	json_t *asks = at(desk_do(s.res, "disclosure.asks", "{s:s}", "box", "out"), "asks");
	ck_assert_str_eq(str(json_array_get(asks, 0), "answer"), "no statement");
	ck_assert_str_eq(str(json_array_get(asks, 1), "state"), "given");
	end(&s);
}
END_TEST

/* A note that is not entrusted goes with the case; taking it back is an act. */
START_TEST(a_note_can_be_open)
{
	struct story s = begin();
	json_t *notes, *history;

	desk_do(s.soc, "case.note", "{s:I, s:s, s:b}", "id", s.file, "text", "wants it on paper",
	    "entrusted", 0);
	desk_refused(s.soc, "NOT_FOUND", "case.unseal", "{s:I, s:I, s:s}", "id", s.file, "note", 9,
	    "reason", "r");
	desk_do(s.soc, "case.unseal", "{s:I, s:I, s:s}", "id", s.file, "note", (json_int_t)1,
	    "reason", "the person asked for it");
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
	ck_assert(!holds(history, KEPT));
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
	tcase_add_test(t, a_note_can_be_open);
	suite_add_tcase(s, t);
	return s;
}
