/*
 * paint.c - what people write is hostile: orders to the terminal and letters
 * that turn a line round, in every text that a clerk or a supervisor is shown.
 * Looked at are the bytes that reach the terminal.
 */
#include "harness_sit.h"

#include <stdlib.h>
#include <string.h>

Suite *suite_paint(void);

/* As SQL: set the title, write the clipboard, clear, colour, C1, turn round,
 * delete, go back to the beginning of the line. */
#define EVIL "'Mal' || char(27) || ']0;owned' || char(7) || char(27) || ']52;c;b3duZWQ=' || " \
	"char(7) || char(27) || '[31m' || char(155) || '31m' || char(8238) || char(8294) || " \
	"char(127) || char(8) || char(13) || 'ory'"

static bool
takes_somebody_in(void)
{
	int fd = session();
	json_t *r = asks(fd, ASKING("person.new", "\"family\":\"Haddad\",\"given\":\"Rania\""));
	char line[512];
	bool well;

	snprintf(line, sizeof(line), ASKING("visit.new", "\"concern\":\"a question\",\"person\":%d"),
	    (int)json_integer_value(json_object_get(json_object_get(r, "person"), "id")));
	well = r && gets_status(fd, line, NULL);
	snprintf(line, sizeof(line), ASKING("case.open", "\"person\":%d,\"service\":\"S02\""),
	    (int)json_integer_value(json_object_get(json_object_get(r, "person"), "id")));
	well = well && gets_status(fd, line, NULL) &&
	    gets_status(fd, ASKING("handover.offer",
	        "\"case\":1,\"to\":\"residence\",\"reason\":\"papers to follow\""), NULL);
	json_decref(r);
	return well;
}

static bool
takes_it_over(void)
{
	int fd = session();

	return gets_status(fd, ASKING("handover.accept", "\"id\":1"), NULL) &&
	    gets_status(fd, ASKING("case.claim", "\"id\":1"), NULL) &&
	    gets_status(fd, ASKING("case.note", "\"id\":1,\"text\":\"a note\""), NULL);
}

/* The door refuses such texts: an older program, or an import, did not. */
static void
poison(void)
{
	AS(OKAFOR, takes_somebody_in);
	AS(DEMIR, takes_it_over);
	sql("UPDATE person_name SET given = " EVIL);
	sql("UPDATE visit SET concern = " EVIL ", note = " EVIL);
	sql("UPDATE case_note SET text = " EVIL);
	sql("UPDATE staff SET name = " EVIL " WHERE login = 'demir'");
}

static void
bytes_are_clean(const char *bytes, size_t n, const char *where)
{
	static const char *const forbidden[] = { "\033]52", "\033]0;owned", "owned\a", "\033[31mory",
		"\302\233", "\342\200\256", "\342\201\246", "\177", "\bory" };

	ck_assert_msg(memmem(bytes, n, "Mal", 3) != NULL, "%s does not show it at all:\n%.*s", where, (int)n, bytes);
	for (size_t i = 0; i < COUNT_OF(forbidden); i++)
		ck_assert_msg(!memmem(bytes, n, forbidden[i], strlen(forbidden[i])),
		    "%s lets %zu through", where, i);
}

static void
walk(uid_t uid, const char *const *ways, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct tty *t = sits(uid, "");
		const char *bytes;
		size_t count;

		tty_keys(t, ways[i]);
		bytes = tty_raw(t, &count);
		bytes_are_clean(bytes, count, ways[i]);
		stands_up(t);
	}
}

START_TEST(screens_show_signs_and_obey_none)
{
	static const char *const counter[] = { "j", "/ h a d d", "/ h a d d Enter" };
	static const char *const supervisor[] = { "j", "/ h a d d" };
	static const char *const clerk[] = { "v m", "v m Enter", "/ h a d d Enter" };

	poison();
	walk(OKAFOR, counter, COUNT_OF(counter));
	walk(ROTH, supervisor, COUNT_OF(supervisor));
	walk(DEMIR, clerk, COUNT_OF(clerk));
}
END_TEST

START_TEST(tables_show_signs_and_obey_none)
{
	static const char *const lines[] = { "visit list", "case list", "case show id=1",
		"person show id=1", "visit show id=1" };

	poison();
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		ck_assert_int_eq(shell_as(lines[i][0] == 'v' ? OKAFOR : DEMIR, "$TRESEN %s\n",
		    lines[i]), 0);
		bytes_are_clean(said, strlen(said), lines[i]);
	}
}
END_TEST

Suite *
suite_paint(void)
{
	return town_suite("paint", TESTS(screens_show_signs_and_obey_none,
	    tables_show_signs_and_obey_none));
}
