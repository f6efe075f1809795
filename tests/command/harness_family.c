/*
 * harness_family.c - a family for the stories of households, see
 * harness_family.h.
 */
#include "harness_family.h"

int64_t
person_born(struct desk *d, const char *family, const char *given, const char *born)
{
	/* families of stories are alike: a clerk would have to say why, too */
	return num(desk_do(d, "person.new", "{s:s, s:s, s:s, s:s}", "family", family, "given", given,
	    "born", born, "reason", "another child"), "person.id");
}

int64_t
begin(struct desk *d, int64_t person, const char *from)
{
	return num(desk_do(d, "household.new", "{s:I, s:s, s:s, s:s, s:s}", "person", person, "kind",
	    "flat", "street", "Ringstraße 5", "postcode", "45127", "from", from), "household.id");
}

void
join(struct desk *d, int64_t home, int64_t person, const char *role, const char *from)
{
	desk_do(d, "household.move_in", "{s:I, s:I, s:s, s:s}", "id", home, "person", person,
	    "role", role, "from", from);
}

struct family
a_family(void)
{
	struct family f = { .office = office_new() };

	f.res = desk_open(f.office, "res1");
	f.rania = person_born(f.res, "Haddad", "Rania", "1990-05-03");
	f.sami = person_born(f.res, "Haddad", "Sami", "1988");
	f.lina = person_born(f.res, "Haddad", "Lina", "2018-06-01");
	f.home = begin(f.res, f.rania, "2024-03-01");
	join(f.res, f.home, f.sami, "spouse", "2024-04-01");
	join(f.res, f.home, f.lina, "child", "2024-03-01");
	return f;
}

void
family_done(struct family *f)
{
	desk_close(f->res);
	office_sound(f->office);
	office_free(f->office);
}

size_t
rows(const json_t *o, const char *path)
{
	return json_array_size(at(o, path));
}

json_t *
birth(const struct family *f, bool preview, const char *request)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:I, s:b, s:s*}", "id", f->home, "family",
	    "Haddad", "given", "Mia", "born", "2026-11-10", "sex", "f", "mother", f->rania,
	    "preview", preview, "request_id", request);
}
