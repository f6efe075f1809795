/*
 * judge.c - what the engine makes of a form: who may answer, what wants a
 * reason, who sees it, which way, what a newer version asks.
 */
#include "harness_form.h"

#include <string.h>

#define WARN(field, when) \
	FIELD(field, "type = \"money\"; rules = ( { warn = \"" when "\"; text = " \
	NAMED("Very high.") " } );")
#define BENEFITS FIELD("grant", "type = \"yes_no\"; owner = \"benefits\";")
#define SECRET FIELD("health", "type = \"text\"; confidential = true;")

START_TEST(a_field_belongs_to_its_unit)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT ", " BENEFITS, "")) == 0, "%s", said);
	r = desk_refused_at(open_with(res, "{\"grant\":\"yes\"}"), "DENIED", __FILE__, __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "grant");
	id = opened(res, "{\"rent\":\"50000\"}");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_refused(res, "DENIED", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers",
	    "grant", "no");
	ck_assert_str_eq(str(r, "data.field"), "grant");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "rent", "60000");
	desk_close(res);
}
END_TEST

#define KIDS FIELD("kids", "type = \"repeat\"; fields = ( " FIELD("name", "type = \"text\";") \
	", " FIELD("sick", "type = \"yes_no\";") ", " FIELD("health", \
	"type = \"text\"; owner = \"benefits\"; show = \"sick\";") " );")

static void
hand_over(struct desk *from, struct desk *to, const char *unit, int64_t id)
{
	json_t *r = desk_do(from, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", unit,
	    "reason", "theirs");

	desk_do(to, "handover.accept", "{s:I}", "id", num(r, "handover.id"));
	desk_do(to, "case.claim", "{s:I}", "id", id);
}

/* The rows of the case as r gives them to it. */
static json_t *
kids(struct desk *d, int64_t id, const char *rows)
{
	return desk_ask(d, "case.answer", "{s:I, s:{s:o}}", "id", id, "answers", "kids",
	    json_loads(rows, 0, NULL));
}

static void
keeps_kids(struct desk *d, int64_t id, const char *rows, const char *path)
{
	json_t *r = desk_refused_at(kids(d, id, rows), "DENIED", __FILE__, __LINE__);

	ck_assert_str_eq(str(r, "data.field"), path);
}

/* In rows too: others add rows, and change what is theirs in each. */
START_TEST(a_field_in_a_row_belongs_to_its_unit)
{
	struct desk *res = desk_open(form_office, "res1"), *ben = desk_open(form_office, "ben1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT ", " KIDS, "")) == 0, "%s", said);
	r = desk_refused_at(open_with(res, "{\"kids\":[{\"name\":\"A\"},{\"sick\":\"yes\","
	    "\"health\":\"x\"}]}"), "DENIED", __FILE__, __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "kids[2].health");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "\"kids 2, health\" is answered by "));
	id = opened(res, "{\"kids\":[{\"name\":\"A\",\"sick\":\"yes\"},{\"name\":\"B\"}]}");
	hand_over(res, ben, "benefits", id);
	desk_done_at(kids(ben, id, "[{\"name\":\"A\",\"sick\":\"yes\",\"health\":\"asthma\"},"
	    "{\"name\":\"B\"}]"), __FILE__, __LINE__);
	hand_over(ben, res, "residence", id);
	keeps_kids(res, id, "[{\"name\":\"A\",\"sick\":\"yes\",\"health\":\"none\"},"
	    "{\"name\":\"B\"}]", "kids[1].health");
	keeps_kids(res, id, "[{\"name\":\"A\",\"sick\":\"yes\"},{\"name\":\"B\"}]",
	    "kids[1].health");
	keeps_kids(res, id, "[{\"name\":\"B\",\"sick\":\"yes\"}]", "kids[1].health");
	keeps_kids(res, id, "[]", "kids");
	keeps_kids(res, id, "[{\"name\":\"A\",\"sick\":\"yes\",\"health\":\"asthma\"},"
	    "{\"name\":\"A\",\"sick\":\"yes\",\"health\":\"asthma\"}]", "kids[2].health");
	r = desk_refused(res, "DENIED", "case.answer", "{s:I, s:{s:n}}", "id", id, "answers",
	    "kids");
	ck_assert_str_eq(str(r, "data.field"), "kids");
	/* one more before it, one fewer behind it, another name beside it */
	desk_done_at(kids(res, id, "[{\"name\":\"C\"},{\"name\":\"AA\",\"sick\":\"yes\","
	    "\"health\":\"asthma\"}]"), __FILE__, __LINE__);
	/* no longer asked, it goes; but whoever takes it away is told, and says why */
	r = desk_refused_at(kids(res, id, "[{\"name\":\"C\"},{\"name\":\"AA\",\"sick\":\"no\"}]"),
	    "INVALID", __FILE__, __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "reason");
	ck_assert_ptr_nonnull(strstr(str(r, "message"), "it goes: \"kids 2, health\" ("));
	desk_done_at(desk_ask(res, "case.answer", "{s:I, s:{s:o}, s:s}", "id", id, "answers", "kids",
	    json_loads("[{\"name\":\"C\"},{\"name\":\"AA\",\"sick\":\"no\"}]", 0, NULL),
	    "reason", "is well again"), __FILE__, __LINE__);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_ptr_null(strstr(str(r, "case.answers.kids"), "asthma"));
	ck_assert_ptr_nonnull(strstr(str(r, "case.history.0.changes.0.old"), "asthma"));
	ck_assert_int_eq(office_number_of(form_office, "SELECT count(*) FROM event"
	    " WHERE command = 'case.answer' AND reason = 'is well again'"), 1);
	desk_close(res);
	desk_close(ben);
}
END_TEST

#define GUESTS FIELD("guests", "type = \"repeat\"; fields = ( " FIELD("who", "type = \"members\";") \
	", " FIELD("why", "type = \"text\"; confidential = true;") " );")

/* People are numbers in the file and names to whoever reads it, in rows too;
 * rows with something confidential are shown whole or not at all. */
START_TEST(people_in_rows_have_names)
{
	struct desk *res = desk_open(form_office, "res1"), *front = desk_open(form_office, "front1");
	int64_t ali = a_person(res, "Demir"), id;
	json_t *r;

	ck_assert_msg(publish(FORM("1", RENT ", " GUESTS, "")) == 0, "%s", said);
	r = desk_refused_at(open_with(res, "{\"guests\":[{\"why\":\"x\"},{\"who\":\"1,99\"}]}"),
	    "NOT_FOUND", __FILE__, __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "guests[2].who");
	ck_assert_int_eq(ali, 1);
	id = opened(res, "{\"guests\":[{\"who\":\"1\",\"why\":\"quiet\"}]}");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.people.1"), "DEMIR, Rania");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_done_at(desk_ask(res, "case.answer", "{s:I, s:{s:[{s:s}]}}", "id", id, "answers",
	    "guests", "who", "1"), __FILE__, __LINE__);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.history.0.changes.0.old"), "who: DEMIR, Rania, why: quiet");
	ck_assert_str_eq(str(r, "case.history.0.changes.0.new"), "who: DEMIR, Rania");
	desk_do(res, "case.decide", "{s:I, s:s}", "id", id, "result", "granted");
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.hidden.0"), "guests");
	ck_assert_uint_eq(json_object_size(at(r, "case.people")), 0);
	r = desk_do(res, "person.export", "{s:I}", "id", num(desk_do(res, "case.show", "{s:I}",
	    "id", id), "case.person.id"));
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "guests 1: who: DEMIR, Rania"));
	desk_close(res);
	desk_close(front);
}
END_TEST

/* Whom the reader may not know stays a number; all the rest is shown as ever. */
START_TEST(people_who_are_set_aside_stay_numbers)
{
	struct desk *res = desk_open(form_office, "res1"), *super = desk_open(form_office, "super1");
	int64_t id;
	json_t *r;

	ck_assert_int_eq(a_person(res, "Demir"), 1);
	ck_assert_int_eq(a_person(res, "Quellenbach"), 2);
	ck_assert_msg(publish(FORM("1", RENT ", " GUESTS, "")) == 0, "%s", said);
	id = opened(res, "{\"guests\":[{\"who\":\"2,1\",\"why\":\"quiet\"},{\"who\":\"1,2\"}]}");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.people.1"), "DEMIR, Rania");
	ck_assert_str_eq(str(r, "case.people.2"), "QUELLENBACH, Rania");
	desk_do(super, "person.reserve", "{s:I, s:s, s:s}", "id", (json_int_t)2, "staff", "res2",
	    "reason", "threatened");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	keys_are(at(r, "case.people"), "1");
	ck_assert(!has_words(r, "QUELLENBACH"));
	ck_assert_ptr_nonnull(strstr(str(r, "case.answers.guests"), "2,1"));
	/* nor can they be named anew */
	r = desk_refused_at(open_with(res, "{\"guests\":[{\"who\":\"2\"}]}"), "DENIED", __FILE__,
	    __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "guests[1].who");
	desk_close(res);
	desk_close(super);
}
END_TEST

#define TOLD FIELD("told", "type = \"yes_no\"; required_at = \"review\"; asks = \"office\";")
#define JOB FIELD("job", "type = \"text\"; required_at = \"review\"; owner = \"residence\"; " \
	"asks = \"person\";")
#define STEPS FIELD("steps", "type = \"repeat\"; asks = \"office\"; fields = ( " \
	FIELD("step", "type = \"text\"; required_at = \"review\";") " );")

/* What the office answers is missing for the clerk; the person's slip says
 * nothing of it, and is complete without it. */
START_TEST(what_the_office_answers_is_on_no_slip)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", TOLD ", " JOB ", " STEPS, "")) == 0, "%s", said);
	id = opened(res, "{\"steps\": [{}]}");
	r = desk_do(res, "case.gaps", "{s:I, s:s}", "id", id, "language", "en");
	ck_assert_uint_eq(json_array_size(at(r, "missing")), 3);
	ck_assert_str_eq(str(r, "missing.0.key"), "told");
	ck_assert_str_eq(str(r, "missing.0.asks"), "office");
	ck_assert_str_eq(str(r, "missing.1.asks"), "person");
	ck_assert_str_eq(str(r, "missing.2.key"), "steps[1].step");
	ck_assert_str_eq(str(r, "missing.2.asks"), "office");
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "  - job\n"));
	ck_assert_ptr_null(strstr(str(r, "text"), "told"));
	ck_assert_ptr_null(strstr(str(r, "text"), "step"));
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "job", "cook");
	r = desk_do(res, "case.gaps", "{s:I, s:s}", "id", id, "language", "en");
	ck_assert_uint_eq(json_array_size(at(r, "missing")), 2);
	ck_assert_ptr_nonnull(strstr(str(r, "text"), "Nothing is missing."));
	desk_close(res);
}
END_TEST

/* What is warned of wants a reason once; it stays with the case. */
START_TEST(a_warning_wants_a_reason_that_stays)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", WARN("rent", "rent > 1500") ", " NOTE, "")) == 0, "%s",
	    said);
	r = desk_refused_at(open_with(res, "{\"rent\":\"200000\"}"), "INVALID", __FILE__,
	    __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "reason");
	id = opened(res, "{\"rent\":\"100000\"}");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_refused(res, "INVALID", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "rent",
	    "200000");
	desk_do(res, "case.answer", "{s:I, s:{s:s}, s:{s:s}}", "id", id, "answers", "rent",
	    "200000", "reasons", "rent", "seven people");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.reasons.rent"), "seven people");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "note", "x");
	desk_do(res, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "benefits", "reason",
	    "papers come later");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.reasons.rent"), "seven people");
	desk_close(res);
}
END_TEST

/* Nobody was asked at intake what begins to warn behind it: the next who changes
 * an answer is, by screen or by command. */
START_TEST(a_warning_that_nobody_was_asked_about_wants_a_reason)
{
	struct desk *front = desk_open(form_office, "front1"), *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", FIELD("rent", "type = \"money\"; rules = ( { warn = "
	    "\"rent > 1500\"; at = \"review\"; text = " NAMED("Very high.") " } );") ", " NOTE, ""))
	    == 0, "%s", said);
	id = opened(front, "{\"rent\":\"200000\"}");
	desk_do(front, "handover.offer", "{s:I, s:s, s:s}", "case", id, "to", "residence", "reason",
	    "papers come later");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	desk_do(res, "handover.accept", "{s:I}", "id", num(r, "case.handover.id"));
	desk_do(res, "case.claim", "{s:I}", "id", id);
	r = desk_refused(res, "INVALID", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers",
	    "note", "x");
	ck_assert_str_eq(str(r, "data.field"), "reason");
	desk_do(res, "case.answer", "{s:I, s:{s:s}, s:{s:s}}", "id", id, "answers", "note", "x",
	    "reasons", "rent", "seven people");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "note", "y");
	desk_close(res);
	desk_close(front);
}
END_TEST

START_TEST(confidential_answers_stay_with_the_unit)
{
	struct desk *front = desk_open(form_office, "front1"), *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT ", " SECRET, "")) == 0, "%s", said);
	id = opened(front, "{\"rent\":\"50000\",\"health\":\"hard of hearing\"}");
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.answers.health"), "hard of hearing");
	desk_do(front, "handover.offer", "{s:I, s:s}", "case", id, "reason", "no papers");
	r = desk_do(res, "handover.list", NULL);
	desk_do(res, "handover.accept", "{s:I}", "id", num(r, "handovers.0.id"));
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.answers.health"), "hard of hearing");
	ck_assert_uint_eq(json_array_size(at(r, "case.hidden")), 0);
	id = num(r, "case.id");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "granted", "reason",
	    "known");
	/* it lies at the counter now, which reads the file to hand it out */
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.answers.rent"), "50000");
	ck_assert_ptr_null(json_object_get(at(r, "case.answers"), "health"));
	ck_assert_str_eq(str(r, "case.hidden.0"), "health");
	desk_close(res);
	desk_close(front);
}
END_TEST

#define JOURNEY FIELD("journey", "type = \"date\"; when = \"future\";")

/* What lay ahead when it was said is over one day, and bars nothing then. */
START_TEST(a_day_to_come_may_pass)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", JOURNEY ", " NOTE, "")) == 0, "%s", said);
	r = desk_refused_at(open_with(res, "{\"journey\":\"2026-11-22\"}"), "INVALID", __FILE__,
	    __LINE__);
	ck_assert_str_eq(str(r, "data.field"), "journey");
	id = opened(res, "{\"journey\":\"2026-11-24\"}");
	office_clock(form_office, "2026-12-01T09:00:00Z");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "note", "x");
	desk_refused(res, "INVALID", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers",
	    "journey", "2026-11-25");
	desk_close(res);
}
END_TEST

#define PETS FIELD("pets", "type = \"yes_no\";")
#define DOGS FIELD("dogs", "type = \"number\"; min = 1; max = 9; show = \"pets == 'yes'\";")

/* What is not seen is not kept, and asks for no paper. */
START_TEST(hidden_answers_are_not_kept)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", PETS ", " DOGS, "documents = ( { key = \"PASS\";"
	    " needed = \"dogs > 2\"; } );")) == 0, "%s", said);
	id = opened(res, "{\"pets\":\"yes\",\"dogs\":\"3\"}");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.documents.0.key"), "PASS");
	ck_assert(json_is_true(at(r, "case.documents.0.required")));
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "pets", "no");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_ptr_null(json_object_get(at(r, "case.answers"), "dogs"));
	ck_assert(json_is_false(at(r, "case.documents.0.required")));
	desk_close(res);
}
END_TEST

/* Without a receiver the case goes where its form says. */
START_TEST(the_form_says_the_way)
{
	struct desk *front = desk_open(form_office, "front1");
	json_t *r;
	int64_t id;

	ck_assert_msg(publish(FORM("1", RENT, "route = ( { when = \"rent > 500\";"
	    " unit = \"benefits\"; text = " NAMED("High rent") " } );")) == 0, "%s", said);
	id = opened(front, "{\"rent\":\"60000\"}");
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.way.unit"), "benefits");
	ck_assert_str_eq(str(r, "case.way.why"), "High rent");
	r = desk_do(front, "handover.offer", "{s:I, s:s}", "case", id, "reason", "no papers");
	ck_assert_str_eq(str(r, "handover.to"), "benefits");
	id = opened(front, "{\"rent\":\"40000\"}");
	r = desk_do(front, "case.show", "{s:I}", "id", id);
	ck_assert_str_eq(str(r, "case.way.unit"), "residence");
	desk_close(front);
}
END_TEST

START_TEST(a_withdrawn_choice_is_not_chosen_anew)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_int_eq(load_schools(SCHOOLS("1", ENTRY("a", "") ", " ENTRY("b", ""))), 0);
	ck_assert_msg(publish(FORM("1", SCHOOL ", " NOTE, "")) == 0, "%s", said);
	id = opened(res, "{\"school\":\"b\"}");
	ck_assert_int_eq(load_schools(SCHOOLS("2", ENTRY("a", "") ", "
	    ENTRY("b", "valid_until = \"2026-11-01\";"))), 0);
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "note", "x");
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "school", "a");
	r = desk_refused(res, "INVALID", "case.answer", "{s:I, s:{s:s}}", "id", id, "answers",
	    "school", "b");
	ck_assert_str_eq(str(r, "data.field"), "school");
	desk_refused_at(open_with(res, "{\"school\":\"b\"}"), "INVALID", __FILE__, __LINE__);
	desk_close(res);
}
END_TEST

/* Who edits after a new version is told what is different in it, and what is
 * still to be asked once the case has gone on. */
START_TEST(a_newer_version_is_told)
{
	struct desk *res = desk_open(form_office, "res1");
	json_t *r;
	int64_t id;

	ck_assert_int_eq(publish(FORM("1", RENT ", " NOTE, "")), 0);
	id = opened(res, "{\"rent\":\"50000\"}");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert(json_is_null(at(r, "case.form.newest")));
	ck_assert_msg(publish(NEXT) == 0, "%s", said);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_int_eq(num(r, "case.form.newest"), 2);
	ck_assert_str_eq(str(r, "case.form.difference"), "\"rent\" is called \"warm\" now.\n"
	    "New question: pets.\nNot asked any more: note.\n");
	ck_assert_int_eq(admin("form %s migrate try", office_db(form_office)), 0);
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert(json_is_null(at(r, "case.form.newest")));
	ck_assert_str_eq(str(r, "case.form.ask.0"), "pets");
	desk_do(res, "case.claim", "{s:I}", "id", id);
	desk_do(res, "case.answer", "{s:I, s:{s:s}}", "id", id, "answers", "pets", "no");
	r = desk_do(res, "case.show", "{s:I}", "id", id);
	ck_assert_uint_eq(json_array_size(at(r, "case.form.ask")), 0);
	desk_close(res);
}
END_TEST

Suite *suite_judge(void);

Suite *
suite_judge(void)
{
	Suite *s = suite_create("judge");
	TCase *t = tcase_create("judge");

	tcase_add_checked_fixture(t, form_begin, form_end);
	tcase_add_test(t, a_field_belongs_to_its_unit);
	tcase_add_test(t, a_field_in_a_row_belongs_to_its_unit);
	tcase_add_test(t, people_in_rows_have_names);
	tcase_add_test(t, people_who_are_set_aside_stay_numbers);
	tcase_add_test(t, what_the_office_answers_is_on_no_slip);
	tcase_add_test(t, a_warning_wants_a_reason_that_stays);
	tcase_add_test(t, a_warning_that_nobody_was_asked_about_wants_a_reason);
	tcase_add_test(t, confidential_answers_stay_with_the_unit);
	tcase_add_test(t, the_form_says_the_way);
	tcase_add_test(t, a_day_to_come_may_pass);
	tcase_add_test(t, hidden_answers_are_not_kept);
	tcase_add_test(t, a_withdrawn_choice_is_not_chosen_anew);
	tcase_add_test(t, a_newer_version_is_told);
	suite_add_tcase(s, t);
	return s;
}
