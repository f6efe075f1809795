/*
 * letters.c - the walk through every letter and sequence of DIN 91379: typed
 * into a person's form, composed and decomposed, saved, shown again in cells,
 * stored in NFC, and found by its search form.
 */
#include "harness_story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define LIST "data/names/din91379.tsv"
#define AT_ONCE 16               /* letters in one name: all of it is on the screen */

Suite *suite_letters(void);

struct name {
	char composed[256], decomposed[512], search[128];
	int letters;
};

/* "0043 0328" behind what stands there. */
static void
append(struct name *n, const char *codes, const char *search)
{
	char *to = n->composed + strlen(n->composed), *end;
	utf8proc_uint8_t *nfd;

	for (const char *at = codes; *at; at = end)
		to += utf8proc_encode_char((utf8proc_int32_t)strtol(at, &end, 16),
		    (utf8proc_uint8_t *)to);
	*to = '\0';
	nfd = utf8proc_NFD((const utf8proc_uint8_t *)n->composed);
	snprintf(n->decomposed, sizeof(n->decomposed), "%s", (const char *)nfd);
	free(nfd);
	strcat(n->search, search);
	n->letters++;
}

/* The person is open and called as the last walk left them. */
static void
walk(const struct name *n)
{
	char json[600];

	tty_keys(t, "e ^U");
	tty_type(t, n->composed);
	tty_keys(t, "Down ^U");
	tty_type(t, n->decomposed);
	tty_keys(t, "F10");
	tty_sees(t, "Saved.");
	tty_keys(t, "e");
	tty_sees(t, n->composed);
	tty_keys(t, "Esc");
	snprintf(json, sizeof(json), "\"family\":\"%s\",\"given\":\"%s\"", n->composed,
	    n->composed);
	office_has("front1", "person show id=1 --json", json);
	snprintf(json, sizeof(json), "person find q=%s --json", n->search);
	office_has("front1", json, "\"id\":1");
}

START_TEST(every_letter_from_the_keys_to_the_file_and_back)
{
	struct name name = { .letters = 0 };
	char line[256];
	int seen = 0;
	FILE *f = fopen(LIST, "r");

	ck_assert_msg(f != NULL, LIST);
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "anfang");
	tty_keys(t, "Enter");
	while (fgets(line, sizeof(line), f)) {
		char *rest = line, *codes = strsep(&rest, "\t"), *group = strsep(&rest, "\t");

		if (line[0] == '#' || strcmp(group, "bll") != 0)
			continue;
		append(&name, codes, strsep(&rest, "\t"));
		seen++;
		if (name.letters < AT_ONCE)
			continue;
		walk(&name);
		name = (struct name){ .letters = 0 };
	}
	fclose(f);
	walk(&name);
	ck_assert_int_eq(seen, 649);
}
END_TEST

START_TEST(what_is_no_letter_is_told_under_the_field)
{
	sit_down("front1");
	tty_keys(t, "/");
	tty_type(t, "anfang");
	tty_keys(t, "Enter e ^U");
	tty_type(t, "Шевченко");
	tty_keys(t, "F10");
	tty_sees(t, "(U+0428) is no Latin letter of DIN 91379.");
	office_has("front1", "person show id=1 --json", "\"family\":\"Anfang\"");
}
END_TEST

static void
opening(void)
{
	run("front1", "person new family=Anfang given=A");
}

Suite *
suite_letters(void)
{
	return stories("letters", opening, STORIES(
	    every_letter_from_the_keys_to_the_file_and_back,
	    what_is_no_letter_is_told_under_the_field));
}
