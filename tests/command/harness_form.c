/*
 * harness_form.c - see harness_form.h.
 */
#include "harness_form.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

struct office *form_office;
static char *folder;

/* A service that no shipped form will ever take. */
void
form_begin(void)
{
	form_office = office_new();
	folder = strdup(office_db(form_office));
	ck_assert_ptr_nonnull(folder);
	dirname(folder);
	shell("cd %s && cd $([ -d ../data ] && echo .. || echo ../..) && cp -r data forms %s",
	      program_folder(), folder);
	shell("cd %s/data/catalogue && mkdir -p lists && sed -i '$ d' services.conf &&"
	      " echo ', { code = \"S90\"; unit = \"residence\"; lane = \"back\";"
	      " letter = \"A\"; de = \"Probe\"; en = \"Trial\"; basis = \"§ 1\";"
	      " target_days = 5; valid_from = \"2020-01-01\"; } );' >> services.conf", folder);
	ck_assert_msg(admin("catalogue %s %s/data", office_db(form_office), folder) == 0, "%s", said);
}

void
form_end(void)
{
	office_sound(form_office);
	office_free(form_office);
	free(folder);
}

void
form_end_unsound(void)
{
	office_free(form_office);
	free(folder);
}

static void
write_file(const char *name, const char *text)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "we");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

int
load_schools(const char *source)
{
	write_file("data/catalogue/lists/try_schools.conf", source);
	return admin("catalogue %s %s/data", office_db(form_office), folder);
}

int
publish(const char *source)
{
	write_file("try.form", source);
	return admin("form %s publish %s/try.form", office_db(form_office), folder);
}

int
publish_edited(const char *edit, const char *options)
{
	shell("sed -i '%s' %s/try.form", edit, folder);
	return admin("form %s publish %s/try.form %s", office_db(form_office), folder, options);
}

json_t *
open_with(struct desk *d, const char *answers)
{
	return desk_ask(d, "case.open", "{s:I, s:s, s:o}", "person", a_person(d, "Haddad"),
	    "service", "S90", "form", json_loads(answers, 0, NULL));
}

int64_t
opened(struct desk *d, const char *answers)
{
	return num(desk_done_at(open_with(d, answers), __FILE__, __LINE__), "case.id");
}
