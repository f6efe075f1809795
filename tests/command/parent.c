/*
 * parent.c - whose child somebody is: recorded, shown on both records, also
 * where they live apart; refused where it cannot be.
 */
#include "harness_family.h"

static json_t *
parent_of(struct family *f, int64_t child, int64_t parent, const char *kind)
{
	return desk_do(f->res, "person.parent", "{s:I, s:I, s:s}", "id", child, "parent", parent,
	    "kind", kind);
}

START_TEST(parents_are_shown_on_both_records)
{
	struct family f = a_family();
	json_t *r;

	parent_of(&f, f.lina, f.rania, "mother");
	r = parent_of(&f, f.lina, f.sami, "father");
	ck_assert_uint_eq(rows(r, "person.parents"), 2);
	ck_assert_str_eq(str(r, "person.parents.0.name"), "HADDAD, Sami");
	ck_assert_str_eq(str(r, "person.parents.0.kind"), "father");
	/* he moves away, and stays her father */
	desk_do(f.res, "household.move_out", "{s:I, s:I, s:s}", "id", f.home, "person", f.sami,
	    "from", "2026-11-01");
	r = desk_do(f.res, "person.show", "{s:I}", "id", f.sami);
	ck_assert_int_eq(num(r, "person.children.0.id"), f.lina);
	/* both histories tell it, each from its side */
	r = desk_do(f.res, "person.history", "{s:I}", "id", f.lina);
	ck_assert_str_eq(str(r, "history.0.label"), "Parent recorded");
	ck_assert_str_eq(str(r, "history.0.changes.0.label"), "Parent");
	ck_assert_str_eq(str(r, "history.0.changes.0.new"), "HADDAD, Sami (father)");
	r = desk_do(f.res, "person.history", "{s:I}", "id", f.rania);
	ck_assert_str_eq(str(r, "history.0.changes.0.label"), "Child");
	ck_assert_str_eq(str(r, "history.0.changes.0.new"), "HADDAD, Lina");
	family_done(&f);
}
END_TEST

START_TEST(a_birth_records_the_mother)
{
	struct family f = a_family();
	json_t *r = desk_done_at(desk_ask_with(f.res, "household.birth", birth(&f, false, NULL)),
	    __FILE__, __LINE__);

	r = desk_do(f.res, "person.show", "{s:I}", "id", f.rania);
	ck_assert_str_eq(str(r, "person.children.0.name"), "HADDAD, Mia");
	ck_assert_str_eq(str(r, "person.children.0.kind"), "mother");
	family_done(&f);
}
END_TEST

START_TEST(what_cannot_be_is_refused)
{
	struct family f = a_family();
	int64_t third = person_born(f.res, "Qureshi", "Bilal", "1970"), row;

	row = num(parent_of(&f, f.lina, f.rania, "mother"), "person.parents.0.row");
	desk_refused(f.res, "CONFLICT", "person.parent", "{s:I, s:I, s:s}", "id", f.lina, "parent",
	    f.rania, "kind", "mother");
	desk_refused(f.res, "INVALID", "person.parent", "{s:I, s:I, s:s}", "id", f.rania, "parent",
	    f.lina, "kind", "mother");
	desk_refused(f.res, "INVALID", "person.parent", "{s:I, s:I, s:s}", "id", f.lina, "parent",
	    f.lina, "kind", "father");
	desk_refused(f.res, "INVALID", "person.parent", "{s:I, s:I, s:s}", "id", f.sami, "parent",
	    f.rania, "kind", "mother");
	desk_refused(f.res, "NOT_FOUND", "person.parent", "{s:I, s:i, s:s}", "id", f.lina, "parent",
	    999, "kind", "father");
	parent_of(&f, f.lina, f.sami, "father");
	desk_refused(f.res, "CONFLICT", "person.parent", "{s:I, s:I, s:s}", "id", f.lina, "parent",
	    third, "kind", "father");
	parent_of(&f, f.lina, third, "guardian");
	desk_refused(f.res, "INVALID", "person.parent_drop", "{s:I, s:I, s:s}", "id", f.lina, "row",
	    row, "reason", " ");
	desk_refused(f.res, "NOT_FOUND", "person.parent_drop", "{s:I, s:I, s:s}", "id", f.sami,
	    "row", row, "reason", "x");
	ck_assert_uint_eq(rows(desk_do(f.res, "person.parent_drop", "{s:I, s:I, s:s}", "id", f.lina,
	    "row", row, "reason", "her aunt"), "person.parents"), 2);
	family_done(&f);
}
END_TEST

/* A parent with two records is one parent, and who is linked keeps theirs. */
START_TEST(linked_records_share_parents)
{
	struct family f = a_family();
	struct desk *boss = desk_open(f.office, "super1");
	int64_t twice = person_born(f.res, "Hadat", "Ranja", "1989"), id;
	json_t *r;

	parent_of(&f, f.lina, twice, "mother");
	id = num(desk_do(f.res, "merge.propose", "{s:I, s:I, s:s}", "id", f.rania, "with", twice,
	    "reason", "one passport"), "merge.id");
	desk_do(boss, "merge.approve", "{s:I}", "id", id);
	r = desk_do(f.res, "person.show", "{s:I}", "id", f.lina);
	ck_assert_str_eq(str(r, "person.parents.0.name"), "HADDAD, Rania");
	r = desk_do(f.res, "person.show", "{s:I}", "id", f.rania);
	ck_assert_int_eq(num(r, "person.children.0.id"), f.lina);
	desk_do(boss, "merge.undo", "{s:I, s:s}", "id", id, "reason", "two sisters");
	r = desk_do(f.res, "person.show", "{s:I}", "id", f.rania);
	ck_assert_uint_eq(rows(r, "person.children"), 0);
	desk_close(boss);
	family_done(&f);
}
END_TEST

Suite *suite_parent(void);
Suite *
suite_parent(void)
{
	Suite *s = suite_create("parent");
	TCase *t = tcase_create("parent");

	tcase_add_test(t, parents_are_shown_on_both_records);
	tcase_add_test(t, a_birth_records_the_mother);
	tcase_add_test(t, what_cannot_be_is_refused);
	tcase_add_test(t, linked_records_share_parents);
	suite_add_tcase(s, t);
	return s;
}
