/*
 * harness_story.c - office, clerk and colleague of a story, see
 * harness_story.h.
 */
#include "harness_story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct office *office;
struct tty *t, *other;

static void
begin(void)
{
	office = office_new();
	t = other = NULL;
}

static void
end(void)
{
	if (t)
		tty_close(t);
	if (other)
		tty_close(other);
	office_free(office);
}

void
sit_down_at(struct setup setup)
{
	if (t)
		tty_close(t);
	t = tty_open(office, setup);
}

void
sit_down(const char *login)
{
	sit_down_at((struct setup){ .as = login });
}

void
sit_beside(const char *login)
{
	other = tty_open(office, (struct setup){ .as = login });
}

void
run(const char *login, const char *command)
{
	free(office_run(office, login, command, NULL));
}

void
office_has(const char *login, const char *command, const char *text)
{
	char *said = office_run(office, login, command, NULL);

	ck_assert_msg(strstr(said, text) != NULL, "%s: no %s in %s", command, text, said);
	free(said);
}

long long
run_id(const char *login, const char *command, const char *key)
{
	char json[512], id[64], *said;
	long long number;

	snprintf(json, sizeof(json), "%s --json", command);
	snprintf(id, sizeof(id), "\"%s\":{\"id\":", key);
	said = office_run(office, login, json, NULL);
	ck_assert_msg(strstr(said, id) != NULL, "%s: no %s in %s", command, id, said);
	number = strtoll(strstr(said, id) + strlen(id), NULL, 10);
	free(said);
	return number;
}

void
take_in(const char *visit, const char *lang)
{
	run("front1", visit);
	sit_down_at((struct setup){ .as = "front1", .lang = lang });
	tty_keys(t, "F2 F4");
}

Suite *
stories(const char *name, void (*opening)(void), const TTest *const *tests)
{
	Suite *s = suite_create(name);
	TCase *c = tcase_create(name);

	tcase_add_unchecked_fixture(c, office_prepare, NULL);
	tcase_add_checked_fixture(c, begin, end);
	if (opening)
		tcase_add_checked_fixture(c, opening, NULL);
	for (size_t i = 0; tests[i]; i++)
		tcase_add_test(c, tests[i]);
	suite_add_tcase(s, c);
	return s;
}
