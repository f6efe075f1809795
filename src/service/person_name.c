/*
 * person_name.c - layer 3: what a name may be, and how it is displayed.
 * Called by person.c and person_parts.c.  Must never split a name, change the
 * order of its parts or drop a letter (names.md: DIN 91379, AKNV annex 2).
 */
#include <string.h>

#include "person.h"
#include "text.h"

static bool
has_letter(struct op *op, const char *name)
{
	const char *form = text_search_form(op->mem, name, true);

	return strspn(form, "0123456789 ") < strlen(form);
}

static enum status
check_latin(struct op *op, const char *field, const char *name)
{
	const char *strange = name ? letters_strange(op->mem, name) : NULL;

	if (!strange)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, field,
	    _("%s (%s) is not among the Latin letters of DIN 91379. Write the name as the paper "
	      "has it in Latin letters; the original can be kept as a further name."),
	    text_visible(op->mem, strange, false), letters_codes(op->mem, strange));
}

static enum status
check_family(struct op *op, const char *family)
{
	if (family && has_letter(op, family))
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "family",
	    _("A name is needed. Where it is not clear which part is the family name, put "
	      "all of them there."));
}

/* "HADDAD, Rania"; a single name stands alone; a dash for given names that
 * nobody can tell is shown as it was entered. */
char *
person_display(struct op *op, const char *family, const char *given)
{
	char *upper = text_upper(op->mem, family);

	return given && *given ? arena_printf(op->mem, "%s, %s", upper, given) : upper;
}

enum status
name_check_main(struct op *op, struct person *p)
{
	struct person_name *name = &p->names[0];

	TRY(check_family(op, name->family));
	TRY(check_latin(op, "family", name->family));
	TRY(check_latin(op, "given", name->given));
	p->display = person_display(op, name->family, name->given);
	return ST_OK;
}

/* Fields of a name's row. */
enum { KIND, FAMILY, GIVEN, SCRIPT, SOURCE, FROM, UNTIL };

enum status
name_check_row(struct op *op, struct person_part *row)
{
	if (strcmp(row->value[KIND], "main") == 0)
		return op_fail_field(op, ST_INVALID, "kind",
		    _("The main name is changed with the person, not here. Change the person and "
		      "say what becomes of the old name."));
	TRY(check_family(op, row->value[FAMILY]));
	if (!row->value[SCRIPT])
		row->value[SCRIPT] = script_of(row->value[FAMILY]);
	if (strlen(row->value[SCRIPT]) != 4)
		return op_fail_field(op, ST_INVALID, "script",
		    _("There is no script %s. Leave it empty, or use four letters such as Arab, "
		      "Cyrl, Ethi, Latn."), row->value[SCRIPT]);
	if (strcmp(row->value[SCRIPT], "Latn") != 0)
		return ST_OK;
	TRY(check_latin(op, "family", row->value[FAMILY]));
	return check_latin(op, "given", row->value[GIVEN]);
}

static bool
is_kept_already(const struct person *p, const struct person_name *old)
{
	const struct part_rows *rows = &p->parts[PART_NAME];

	for (size_t i = 0; i < rows->n; i++)
		if (same_text(rows->list[i].value[FAMILY], old->family) &&
		    same_text(rows->list[i].value[GIVEN], old->given))
			return true;
	return false;
}

enum status
name_keep(struct op *op, const struct person *p, const struct person_name *old, const char *kind)
{
	char yesterday[11];
	struct person_part row = { .value = { [KIND] = kind, [FAMILY] = old->family,
	    [GIVEN] = old->given, [SCRIPT] = old->script, [SOURCE] = old->source } };

	if (is_kept_already(p, old))
		return ST_OK;
	if (strcmp(kind, "previous") == 0)
		row.value[UNTIL] = arena_strdup(op->mem, day_iso(op->today - 1, yesterday));
	return store_part_save(op, p->id, PART_NAME, &row);
}
