/*
 * runner.c - runs the suites of one kind: all, or those named.  The Makefile
 * makes the list (SUITES) from the files tests/KIND/NAME.c, each of which
 * exports suite_NAME.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#define X(name) Suite *suite_##name(void);
SUITES
#undef X

static const struct {
	const char *name;
	Suite *(*make)(void);
} suites[] = {
#define X(name) { #name, suite_##name },
	SUITES
#undef X
};

static int
is_wanted(const char *name, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return 1;
	return argc < 2;
}

int
main(int argc, char **argv)
{
	SRunner *runner = srunner_create(NULL);
	int failed;

	/* Check's own 4 s are less than our deadlines, and than a busy machine takes. */
	setenv("CK_DEFAULT_TIMEOUT", "600", 0);
	for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++)
		if (is_wanted(suites[i].name, argc, argv))
			srunner_add_suite(runner, suites[i].make());
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
