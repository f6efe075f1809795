/*
 * note.c - notes of a case file: what the office begins one with is told in the
 * language of who reads it, and what somebody typed never is.
 */
#include "harness_admin.h"
#include "harness_desk.h"

#include <stdio.h>
#include <string.h>

/* Whoever reads German. */
static struct desk *
desk_german(struct office *o, const char *login)
{
	struct desk *d = desk_open(o, NULL);

	d->login = login;
	desk_do(d, "session.hello", "{s:i, s:s, s:s, s:s}", "protocol", 1, "client", "test", "lang",
	    "de", "as", login);
	return d;
}

static void
note(struct desk *d, int64_t id, const char *text)
{
	desk_do(d, "case.note", "{s:I, s:s}", "id", id, "text", text);
}

/* All kinds of acts that leave their reason as a note, and one typed beside each. */
static int64_t
a_file(struct office *o)
{
	struct desk *res = desk_open(o, "res1"), *other = desk_open(o, "res2"),
		*super = desk_open(o, "super1");
	int64_t id = a_case(res, a_person(res, "Haddad"));

	desk_do(res, "case.claim", "{s:I}", "id", id);
	note(res, id, "Taken over: the whole shop");
	desk_do(other, "case.take", "{s:I, s:s}", "id", id, "reason", "Assigned: by word of mouth");
	note(other, id, "Assigned: Demir");
	desk_do(super, "case.assign", "{s:I, s:s, s:s}", "id", id, "owner", "res1", "reason",
	    "back from leave");
	desk_close(res);
	desk_close(other);
	desk_close(super);
	return id;
}

static void
notes_are(const json_t *file, const char *const texts[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char path[40];

		snprintf(path, sizeof(path), "case.notes.%zu.text", i);
		ck_assert_str_eq(str(file, path), texts[i]);
	}
	ck_assert_uint_eq(json_array_size(at(file, "case.notes")), n);
}

/* The history tells of each note in the same words. */
static void
history_tells(const json_t *file, const char *const texts[], size_t n)
{
	const json_t *event, *change;
	size_t i, k, found = 0;

	json_array_foreach(at(file, "case.history"), i, event)
		json_array_foreach(at(event, "changes"), k, change)
			if (strcmp(str(change, "field"), "text") == 0) {
				ck_assert_uint_lt(found, n);
				ck_assert_str_eq(str(change, "new"), texts[found++]);
			}
	ck_assert_uint_eq(found, n);
}

static const char *const german[] = { "Zugeteilt: back from leave", "Assigned: Demir",
	"An sich gezogen: Assigned: by word of mouth", "Taken over: the whole shop" };
static const char *const english[] = { "Assigned: back from leave", "Assigned: Demir",
	"Taken over: Assigned: by word of mouth", "Taken over: the whole shop" };

START_TEST(only_the_word_of_the_office_is_translated)
{
	struct office *o = office_new();
	int64_t id = a_file(o);
	struct desk *d = desk_german(o, "res1");
	const json_t *file = desk_do(d, "case.show", "{s:I}", "id", id);

	notes_are(file, german, COUNT_OF(german));
	history_tells(file, german, COUNT_OF(german));
	desk_close(d);
	d = desk_open(o, "res1");
	file = desk_do(d, "case.show", "{s:I}", "id", id);
	notes_are(file, english, COUNT_OF(english));
	history_tells(file, english, COUNT_OF(english));
	desk_close(d);
	office_sound(o);
	office_free(o);
}
END_TEST

/* What is entrusted stands sealed; which notes are reasons shows beside it. */
START_TEST(so_it_is_where_notes_are_sealed)
{
	struct office *o = office_new();
	struct desk *soc = desk_open(o, "soc1");
	int64_t id = num(desk_do(soc, "case.open", "{s:I, s:s}", "person", a_person(soc, "Haddad"),
	    "service", "S20"), "case.id");

	desk_do(soc, "case.claim", "{s:I}", "id", id);
	note(soc, id, "Taken over: typed");
	desk_do(soc, "case.decide", "{s:I, s:s, s:s}", "id", id, "result", "settled", "reason",
	    "done");
	desk_do(soc, "case.reopen", "{s:I, s:s}", "id", id, "reason", "not done");
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_note WHERE text LIKE"
	    " 'Reopened%'"), 0);
	desk_close(soc);
	soc = desk_german(o, "soc1");
	notes_are(desk_do(soc, "case.show", "{s:I}", "id", id),
	    (const char *const[]){ "Wieder geöffnet: not done", "Taken over: typed" }, 2);
	desk_close(soc);
	office_sound(o);
	office_free(o);
}
END_TEST

/* An office of before has not noted it, but its events tell which act left a note. */
START_TEST(the_events_of_an_older_office_tell)
{
	struct office *o = office_new();
	int64_t id = a_file(o);
	struct desk *d;

	shell("python3 tests/note_before.py %s && python3 tests/forge.py %s 1 1000000",
	    office_db(o), office_db(o));
	office_sound(o);
	d = desk_german(o, "res1");
	notes_are(desk_do(d, "case.show", "{s:I}", "id", id), english, COUNT_OF(english));
	desk_close(d);
	ck_assert_int_eq(admin("migrate %s", office_db(o)), 0);
	ck_assert_msg(strstr(said, "2 notes are known as reasons of acts now.") != NULL, "%s", said);
	d = desk_german(o, "res1");
	notes_are(desk_do(d, "case.show", "{s:I}", "id", id), german, COUNT_OF(german));
	history_tells(desk_do(d, "case.show", "{s:I}", "id", id), german, COUNT_OF(german));
	desk_close(d);
	ck_assert_int_eq(admin("migrate %s", office_db(o)), 0);
	ck_assert_ptr_null(strstr(said, "reasons of acts"));
	office_sound(o);
	ck_assert_msg(admin("verify %s", office_db(o)) == 0, "%s", said);
	office_free(o);
}
END_TEST

Suite *suite_note(void);

Suite *
suite_note(void)
{
	Suite *s = suite_create("note");
	TCase *t = tcase_create("note");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_checked_fixture(t, office_begin, office_end);
	tcase_add_test(t, only_the_word_of_the_office_is_translated);
	tcase_add_test(t, so_it_is_where_notes_are_sealed);
	tcase_add_test(t, the_events_of_an_older_office_tell);
	suite_add_tcase(s, t);
	return s;
}
