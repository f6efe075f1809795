/*
 * parent.c - layer 3: whose child somebody is.  Called by command/parent.c and
 * by births.
 */
#include "service_parent.h"

#include <stdlib.h>
#include <string.h>

#include "guard.h"

#define PARENTS_MAX 2
#define PARENT_YEARS 10          /* younger is a slip of the pen */

static bool
is_guardian(const char *kind)
{
	return strcmp(kind, state_name(&parent_kinds, PARENT_GUARDIAN)) == 0;
}

static enum status
check_others(struct op *op, const struct person *child, int64_t parent, const char *kind)
{
	struct relative *list;
	size_t n, parents = 0;

	TRY(store_parent_list(op, child->id, &list, &n));
	for (size_t i = 0; i < n; i++) {
		parents += !is_guardian(list[i].kind);
		if (list[i].id == parent)
			return op_fail_field(op, ST_CONFLICT, "parent",
			    _("%s is recorded already (%s). Take that away first, if it is wrong."),
			    list[i].name, state_label(&parent_kinds,
			    state_by_name(&parent_kinds, list[i].kind)));
	}
	if (is_guardian(kind) || parents < PARENTS_MAX)
		return ST_OK;
	return op_fail_field(op, ST_CONFLICT, "parent",
	    _("%s has two parents already. Take the wrong one away first."), child->display);
}

/* Nobody is their own parent's parent. */
static enum status
check_turn(struct op *op, const struct person *child, const struct person *parent)
{
	struct relative *list;
	size_t n;

	TRY(store_parent_list(op, parent->id, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].id == child->id)
			return op_fail_field(op, ST_INVALID, "parent",
			    _("%s is recorded as the child of %s. Check who is who."),
			    parent->display, child->display);
	return ST_OK;
}

static enum status
check_ages(struct op *op, const struct person *child, const struct person *parent)
{
	if (!child->born || !parent->born ||
	    atoi(child->born) - atoi(parent->born) >= PARENT_YEARS)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "parent",
	    _("%s, born %s, cannot be a parent of %s, born %s. Check the dates, or who it is."),
	    parent->display, parent->born, child->display, child->born);
}

enum status
parent_add(struct op *op, int64_t child_id, int64_t parent_id, const char *kind,
           const char *source)
{
	struct person child, parent;
	const char *clean;

	TRY(person_show(op, child_id, &child));
	TRY(named_as(op, "parent", person_show(op, parent_id, &parent)));
	if (child.id == parent.id)
		return op_fail_field(op, ST_INVALID, "parent",
		    _("This is the same person. Name the parent."));
	TRY(clean_text(op, "source", source, TEXT_SHORT, false, &clean));
	TRY(check_others(op, &child, parent.id, kind));
	TRY(check_turn(op, &child, &parent));
	if (!is_guardian(kind))
		TRY(check_ages(op, &child, &parent));
	return store_parent_add(op, child.id, parent.id, kind, clean && *clean ? clean : NULL);
}

enum status
parent_drop(struct op *op, int64_t child_id, int64_t row, const char *reason)
{
	struct relative *list;
	struct person child;
	const char *clean;
	size_t n;

	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &clean));
	if (!clean || !*clean)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason: what shows that this was never right?"));
	TRY(person_show(op, child_id, &child));
	TRY(store_parent_list(op, child.id, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].row == row)
			return store_parent_drop(op, &list[i], child.id);
	return op_fail_field(op, ST_NOT_FOUND, "row",
	    _("%s has no such parent. person show lists them."), child.display);
}
