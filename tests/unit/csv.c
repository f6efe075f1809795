/*
 * csv.c - unit tests of comma separated values (include/csv.h).
 */
#include <check.h>
#include <string.h>

#include "csv.h"

Suite *suite_csv(void);

static struct arena *mem;

static void
begin(void)
{
	mem = arena_new();
}

static void
end(void)
{
	arena_free(mem);
}

/* Each record as "line:field|field|", a fault as "line!fault". */
static const struct {
	const char *text, *read;
} texts[] = {
	{ "", "" },
	{ "\n \r\n\t\n", "" },
	{ "a,b\n1,2\n", "1:a|b| 2:1|2| " },
	{ "a,b\r\n1,2", "1:a|b| 2:1|2| " },
	{ "a,b\r1,2\r", "1:a|b| 2:1|2| " },
	{ "\xEF\xBB\xBF" "a;b\n1,5;2\n", "1:a|b| 2:1,5|2| " },
	{ "a,b,\n,,\n", "1:a|b|| 2:|||" " " },
	{ "\"a\",\"b\"\"c\"\n", "1:a|b\"c| " },
	{ "a,\"x\r\ny\nz\"\nlast\n", "1:a|x\ny\nz| 4:last| " },
	{ "\"\"\n", "1:| " },
	{ "a\n\n\nb\n", "1:a| 4:b| " },
	/* as spreadsheets write: tabs, a line that tells the separator, lines before */
	{ "a\tb, c\td\n1\t\t\n", "1:a|b, c|d| 2:1||| " },
	{ "sep=;\r\na;b,c,d\n1;2\n", "2:a|b,c,d| 3:1|2| " },
	{ "\xEF\xBB\xBF" "sep=\t\na,x\tb\n", "2:a,x|b| " },
	{ "sep=", "1:sep=| " },
	{ "\n\na;b\n1;2\n", "3:a|b| 4:1|2| " },
	/* one bad quote costs one line */
	{ "a\nx\"y,1\nb\n", "1:a| 2!2 3:b| " },
	{ "a\n\"x\" y,1\nb\n", "1:a| 2!2 3:b| " },
	{ "a\n\"never closed,1\nb\n", "1:a| 2!1 3:b| " },
	{ "a\n\"opened,1\n\"b\",2\n", "1:a| 2!2 3:b|2| " },
};

static char *
read_all(const char *text, size_t n)
{
	struct csv_record r;
	char *read = arena_strdup(mem, "");
	struct csv c;

	csv_open(&c, text, n);
	while (csv_next(&c, mem, &r)) {
		read = r.fault == CSV_SOUND ? arena_printf(mem, "%s%d:", read, r.line)
		    : arena_printf(mem, "%s%d!%d", read, r.line, (int)r.fault);
		for (size_t i = 0; i < r.n; i++)
			read = arena_printf(mem, "%s%s|", read, r.fields[i]);
		read = arena_printf(mem, "%s ", read);
	}
	return read;
}

START_TEST(records_are_read)
{
	ck_assert_str_eq(read_all(texts[_i].text, strlen(texts[_i].text)), texts[_i].read);
}
END_TEST

START_TEST(zero_bytes_and_endless_records_are_faults)
{
	char *text = arena_alloc(mem, CSV_RECORD_MAX + 64);

	ck_assert_str_eq(read_all("a\0b,c\nd\n", 8), "1!3 2:d| ");
	memset(text, 'x', CSV_RECORD_MAX + 10);
	strcpy(text + CSV_RECORD_MAX + 10, "\nnext\n");
	ck_assert_str_eq(read_all(text, strlen(text)), "1!4 2:next| ");
	text[0] = '"';
	ck_assert_str_eq(read_all(text, strlen(text)), "1!4 2:next| ");
}
END_TEST

START_TEST(raw_text_is_the_record_as_it_stands)
{
	static const char text[] = "a;b\r\n\"x\ny\";2\r\n";
	struct csv_record r;
	struct csv c;

	csv_open(&c, text, strlen(text));
	ck_assert_int_eq(c.separator, ';');
	ck_assert(csv_next(&c, mem, &r));
	ck_assert(csv_next(&c, mem, &r));
	ck_assert_str_eq(arena_strndup(mem, r.raw, r.raw_length), "\"x\ny\";2");
	ck_assert_str_eq(arena_strndup(mem, r.raw + r.first, r.raw_length - r.first), "2");
}
END_TEST

START_TEST(fields_are_quoted_where_needed)
{
	ck_assert_str_eq(csv_field(mem, "Haddad", ','), "Haddad");
	ck_assert_str_eq(csv_field(mem, "", ','), "");
	ck_assert_str_eq(csv_field(mem, "a,b", ','), "\"a,b\"");
	ck_assert_str_eq(csv_field(mem, "a,b", ';'), "a,b");
	ck_assert_str_eq(csv_field(mem, "say \"no\"\nnow", ';'), "\"say \"\"no\"\"\nnow\"");
	ck_assert_str_eq(csv_field(mem, " x", ','), "\" x\"");
}
END_TEST

Suite *
suite_csv(void)
{
	Suite *s = suite_create("csv");
	TCase *c = tcase_create("csv");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_loop_test(c, records_are_read, 0, COUNT_OF(texts));
	tcase_add_test(c, zero_bytes_and_endless_records_are_faults);
	tcase_add_test(c, raw_text_is_the_record_as_it_stands);
	tcase_add_test(c, fields_are_quoted_where_needed);
	suite_add_tcase(s, c);
	return s;
}
