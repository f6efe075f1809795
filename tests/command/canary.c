/*
 * canary.c - a social worker types one sentence wherever there is room for it.
 * Afterwards no file of the office has it: not the database, not its log, not a
 * copy of it, not what the engine says to the journal.  The unit itself reads
 * every word.
 */
#include "harness_desk.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CANARY "yellow bird 7351"
#define OTHERS "white stone 2046"

static char *
whole_file(const char *path, size_t *n)
{
	FILE *f = fopen(path, "r");
	char *bytes;
	size_t size;

	ck_assert_msg(f != NULL, "%s", path);
	fseek(f, 0, SEEK_END);
	size = (size_t)ftell(f);
	bytes = malloc(size + 1);
	rewind(f);
	*n = fread(bytes, 1, size, f);
	fclose(f);
	return bytes;
}

/* Which files of the office have these words; "" : none. */
static const char *
files_with(const char *dir, const char *words)
{
	static char found[4096];
	DIR *d = opendir(dir);
	struct dirent *e;

	*found = '\0';
	while (d && (e = readdir(d))) {
		char path[PATH_MAX], *bytes;
		size_t n;

		if (*e->d_name == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		bytes = whole_file(path, &n);
		if (memmem(bytes, n, words, strlen(words)))
			snprintf(found + strlen(found), sizeof(found) - strlen(found), " %s",
			    e->d_name);
		free(bytes);
	}
	closedir(d);
	return found;
}

/* A copy as SQLite makes it: pages of all kinds, in another order. */
static void
copy_office(struct office *o)
{
	char sql[PATH_MAX + 64];
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open_v2(office_db(o), &db, SQLITE_OPEN_READWRITE, NULL), 0);
	snprintf(sql, sizeof(sql), "VACUUM INTO '%s/copy.db'", office_dir(o));
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_close(db);
}

struct typed {
	struct desk *soc;
	int64_t person, id;
};

static void
with_request(struct desk *d, const char *method, const char *request, json_t *params)
{
	json_object_set_new(params, "request_id", json_string(request));
	desk_done_at(desk_ask_with(d, method, params), method, __LINE__);
}

/* Every act of a social worker that takes words. */
static struct typed
type_everything(struct office *o)
{
	struct typed t = { .soc = desk_open(o, "soc1") };

	t.person = a_person(t.soc, "Haddad");
	t.id = num(desk_do(t.soc, "case.open", "{s:I, s:s, s:{s:s, s:s}}", "person", t.person,
	    "service", "S20", "form", "interpreter", "yes", "interpreter_language", CANARY), "case.id");
	desk_do(t.soc, "case.claim", "{s:I}", "id", t.id);
	with_request(t.soc, "case.note", "note-1", json_pack("{s:I, s:s}", "id", t.id, "text",
	    CANARY));
	desk_do(t.soc, "case.answer", "{s:I, s:{s:s}}", "id", t.id, "answers",
	    "interpreter_language", CANARY " two");
	desk_do(t.soc, "case.answer", "{s:I, s:{s:s, s:s}, s:{s:s}}", "id", t.id, "answers", "area",
	    "letter", "answer_by", "2026-11-01", "reasons", "answer_by", CANARY);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_warning"), 1);
	desk_do(t.soc, "case.document", "{s:I, s:s, s:s}", "id", t.id, "key", "CIVIL", "state",
	    "received");
	desk_do(t.soc, "case.document", "{s:I, s:s, s:s, s:s}", "id", t.id, "key", "PASS", "state",
	    "waived", "reason", CANARY);
	desk_do(t.soc, "consent.give", "{s:I, s:s, s:s, s:s}", "person", t.person, "body", "medical",
	    "body_name", CANARY, "scope", CANARY);
	with_request(t.soc, "disclosure.give", "told-1", json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}",
	    "case", t.id, "body", "medical", "body_name", CANARY, "basis", "consent", "fields",
	    "note.1000000001 answer.interpreter_language", "reason", CANARY));
	desk_do(t.soc, "case.wait", "{s:I, s:s, s:s}", "id", t.id, "reason", CANARY, "until",
	    "2026-12-01");
	desk_do(t.soc, "case.resume", "{s:I}", "id", t.id);
	desk_do(t.soc, "draft.save", "{s:s, s:{s:s}}", "key", "note:1", "body", "text", CANARY);
	desk_do(t.soc, "case.decide", "{s:I, s:s, s:s}", "id", t.id, "result", "refused", "reason",
	    CANARY);
	with_request(t.soc, "case.reopen", "open-1", json_pack("{s:I, s:s}", "id", t.id, "reason",
	    CANARY));
	desk_do(t.soc, "case.claim", "{s:I}", "id", t.id);
	desk_do(t.soc, "case.decide", "{s:I, s:s, s:s}", "id", t.id, "result", "settled", "reason",
	    CANARY);
	return t;
}

START_TEST(nothing_of_it_lies_in_a_file)
{
	struct office *o = office_new();
	char journal[PATH_MAX];
	struct desk *res;
	struct typed t;
	int err = dup(2), fd;

	snprintf(journal, sizeof(journal), "%s/journal", office_dir(o));
	fd = open(journal, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dup2(fd, 2);
	t = type_everything(o);
	res = desk_open(o, "res1");
	desk_do(res, "case.note", "{s:I, s:s}", "id", a_case(res, t.person), "text", OTHERS);
	dup2(err, 2);
	copy_office(o);
	/* what is looked for can be found: the words of the open unit are there */
	ck_assert_str_ne(files_with(office_dir(o), OTHERS), "");
	ck_assert_msg(!*files_with(office_dir(o), CANARY), "in%s",
	    files_with(office_dir(o), CANARY));
	ck_assert_msg(!*files_with(office_dir(o), "CIVIL\x1f"), "a box is open");
	desk_close(t.soc);
	desk_close(res);
	office_sound(o);
	ck_assert_msg(!*files_with(office_dir(o), CANARY), "after check");
	close(fd);
	close(err);
	office_free(o);
}
END_TEST

static const json_t *
with_key(const json_t *rows, const char *key)
{
	size_t i;
	json_t *row;

	json_array_foreach(rows, i, row)
		if (strcmp(str(row, "key"), key) == 0)
			return row;
	ck_abort_msg("no %s", key);
}

/* The unit reads all of it, and its history tells what happened in words. */
START_TEST(the_unit_reads_every_word)
{
	struct office *o = office_new();
	struct typed t = type_everything(o);
	json_t *c = at(desk_do(t.soc, "case.show", "{s:I}", "id", t.id), "case");
	const json_t *documents = at(c, "documents");

	ck_assert_str_eq(str(c, "result_reason"), CANARY);
	ck_assert_str_eq(str(c, "answers.interpreter_language"), CANARY " two");
	ck_assert_str_eq(str(c, "reasons.answer_by"), CANARY);
	ck_assert_str_eq(str(with_key(documents, "PASS"), "reason"), CANARY);
	ck_assert_str_eq(str(with_key(documents, "PASS"), "state"), "waived");
	ck_assert_str_eq(str(with_key(documents, "CIVIL"), "state"), "received");
	ck_assert_uint_eq(json_array_size(at(c, "notes")), 2);
	ck_assert_str_eq(str(c, "notes.1.text"), CANARY);
	ck_assert(has_words(at(c, "history"), CANARY " two"));
	ck_assert(has_words(at(c, "history"), "\"old\":\"" CANARY "\",\"new\":\"" CANARY " two\""));
	ck_assert(!has_words(c, "\\u0001"));
	c = desk_do(t.soc, "draft.show", "{s:s}", "key", "note:1");
	ck_assert_str_eq(str(c, "draft.body.text"), CANARY);
	/* asked again it is answered from the file, and done once */
	c = desk_do(t.soc, "case.note", "{s:I, s:s, s:s}", "id", t.id, "text", CANARY, "request_id",
	    "note-1");
	ck_assert_int_eq(num(c, "note.id"), 1000000001);
	c = at(desk_do(t.soc, "case.show", "{s:I}", "id", t.id), "case");
	ck_assert_uint_eq(json_array_size(at(c, "notes")), 2);
	desk_close(t.soc);
	office_free(o);
}
END_TEST

/* What was only opened or shut has not changed. */
static void
tells_changes_only(const json_t *history)
{
	const json_t *entry, *change;
	size_t i, k;

	json_array_foreach(history, i, entry)
		json_array_foreach(at(entry, "changes"), k, change)
			ck_assert_msg(!json_equal(at(change, "old"), at(change, "new")), "%s: %s",
			    str(entry, "command"), str(change, "label"));
}

/* Offered to another unit it is opened for that, and shut again when it comes home:
 * each time there is one row, with the words of who said it last. */
START_TEST(a_reason_goes_out_and_comes_home)
{
	struct office *o = office_new();
	struct typed t = type_everything(o);
	struct desk *ben = desk_open(o, "ben1");
	int64_t h, said_at;
	json_t *r;

	desk_do(t.soc, "case.reopen", "{s:I, s:s}", "id", t.id, "reason", "more to do");
	h = num(desk_do(t.soc, "handover.offer", "{s:I, s:s, s:s}", "case", t.id, "to", "benefits",
	    "reason", "with consent"), "handover.id");
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_warning WHERE"
	    " path = 'answer_by' AND reason = '" CANARY "'"), 1);
	ck_assert_str_eq(str(desk_do(ben, "case.show", "{s:I}", "id", t.id),
	    "case.reasons.answer_by"), CANARY);
	desk_do(t.soc, "handover.withdraw", "{s:I}", "id", h);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_warning WHERE"
	    " path = 'answer_by' OR rule <> '' OR reason = '" CANARY "'"), 0);
	desk_refused(ben, "NOT_FOUND", "case.show", "{s:I}", "id", t.id);
	desk_do(t.soc, "case.claim", "{s:I}", "id", t.id);
	r = at(desk_do(t.soc, "case.show", "{s:I}", "id", t.id), "case.history");
	tells_changes_only(r);
	ck_assert(!has_words(at(r, "0"), CANARY) && !has_words(at(r, "1"), CANARY));
	/* the same words again are those of then */
	said_at = office_number_of(o, "SELECT at FROM case_warning");
	office_clock(o, "2026-11-23T09:00:00Z");
	desk_do(t.soc, "case.answer", "{s:I, s:{s:s}, s:{s:s}}", "id", t.id, "answers",
	    "answer_by", "2026-11-02", "reasons", "answer_by", CANARY);
	ck_assert_int_eq(office_number_of(o, "SELECT at FROM case_warning"), said_at);
	desk_do(t.soc, "case.answer", "{s:I, s:{s:s}, s:{s:s}}", "id", t.id, "answers",
	    "answer_by", "2026-11-01", "reasons", "answer_by", OTHERS);
	ck_assert_int_gt(office_number_of(o, "SELECT at FROM case_warning"), said_at);
	ck_assert_str_eq(str(desk_do(t.soc, "case.show", "{s:I}", "id", t.id),
	    "case.reasons.answer_by"), OTHERS);
	ck_assert_int_eq(office_number_of(o, "SELECT count(*) FROM case_warning"), 1);
	desk_close(t.soc);
	desk_close(ben);
	office_sound(o);
	office_free(o);
}
END_TEST

Suite *suite_canary(void);
Suite *
suite_canary(void)
{
	Suite *s = suite_create("canary");
	TCase *t = tcase_create("canary");

	tcase_add_unchecked_fixture(t, office_prepare, NULL);
	tcase_add_test(t, nothing_of_it_lies_in_a_file);
	tcase_add_test(t, the_unit_reads_every_word);
	tcase_add_test(t, a_reason_goes_out_and_comes_home);
	suite_add_tcase(s, t);
	return s;
}
