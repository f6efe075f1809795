/*
 * install.c - what `make install` copies works from where it lies, when the
 * sources are not near: engine, catalogue, forms, German and the manual.
 */
#include "harness_admin.h"

#include <string.h>

/* In the folder that holds the office. */
#define THERE "cd $(dirname %s) && "

START_TEST(a_copy_works_from_where_it_lies)
{
	shell("make --silent install DESTDIR=$(dirname %s)/there PREFIX=/usr", office);
	shell(THERE "there/usr/bin/tresen-admin init office.db --training", office);
	shell(THERE "there/usr/bin/tresen --db office.db --as front1 visit list", office);
	shell(THERE "there/usr/bin/tresen --lang de --help | grep -q Sprache", office);
	shell(THERE "test -e there/usr/share/man/man1/tresen.1", office);
	shell(THERE "grep -q /usr/bin/tresen-engine there/usr/share/tresen/data/systemd/*", office);
}
END_TEST

Suite *suite_install(void);

Suite *
suite_install(void)
{
	Suite *s = suite_create("install");
	TCase *c = tcase_create("install");

	tcase_add_checked_fixture(c, office_begin, office_end);
	tcase_add_test(c, a_copy_works_from_where_it_lies);
	suite_add_tcase(s, c);
	return s;
}
