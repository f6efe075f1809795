/*
 * harness_cases.c - cases for the stories of the back office, made as people
 * make them: by commands.
 */
#include "harness_cases.h"

#include <stdio.h>

#define COMMAND_MAX 200

static void
run_with(const char *login, const char *before, int id, const char *after)
{
	char command[COMMAND_MAX];

	snprintf(command, sizeof(command), "%s%d%s", before, id, after);
	run(login, command);
}

void
cases_offered(int n)
{
	static const struct {
		const char *person, *answers;
	} matters[] = {
		{ "person new family=Haddad given=Rania born=1990-05-03 nationality=SYR",
		  " service=S02 form={\"purpose\":\"family\",\"title_until\":\"2026-11-25\"}" },
		{ "person new family=Nguyen given=Hoa born=1984-02-11 nationality=VNM",
		  " service=S02 form={\"purpose\":\"skilled\",\"title_until\":\"2026-11-30\"}" },
		{ "person new family=Abdi given=Hodan born=2001 nationality=SOM",
		  " service=S02 form={\"purpose\":\"family\",\"title_until\":\"2026-12-03\"}" },
	};

	for (int i = 0; i < n; i++) {
		run("front1", matters[i].person);
		run_with("front1", "case open person=", i + 1, matters[i].answers);
		run_with("front1", "handover offer case=", i + 1,
		    " to=residence reason=follows");
	}
}

void
cases_in_pool(int n)
{
	cases_offered(n);
	for (int i = 0; i < n; i++)
		run_with("res1", "handover accept id=", i + 1, "");
}
