/*
 * harness_cases.c - cases for the stories of the back office, made as people
 * make them: by commands.
 */
#include "harness_cases.h"

#include <stdio.h>
#include <stdlib.h>

#define COMMAND_MAX 200

void
cases_run(struct office *o, const char *login, const char *command)
{
	free(office_run(o, login, command, NULL));
}

static void
run_with(struct office *o, const char *login, const char *before, int id, const char *after)
{
	char command[COMMAND_MAX];

	snprintf(command, sizeof(command), "%s%d%s", before, id, after);
	cases_run(o, login, command);
}

void
cases_offered(struct office *o, int n)
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
		cases_run(o, "front1", matters[i].person);
		run_with(o, "front1", "case open person=", i + 1, matters[i].answers);
		run_with(o, "front1", "handover offer case=", i + 1,
		    " to=residence reason=follows");
	}
}

void
cases_in_pool(struct office *o, int n)
{
	cases_offered(o, n);
	for (int i = 0; i < n; i++)
		run_with(o, "res1", "handover accept id=", i + 1, "");
}
