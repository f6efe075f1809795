/*
 * value_code.c - layer 1: fields that hold a code or a reference: countries,
 * people, numbers on papers, addresses of all sorts.  Called through the table
 * of value.c.  Must never look anything up: only the shape is checked here.
 */
#include "value.h"

#include <ctype.h>
#include <string.h>

#include "rules_identifier.h"
#include "text.h"

#define DIGITS "0123456789"

static const char *
parse_same(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	(void)a;
	(void)field;
	(void)today;
	return typed;
}

const char *
value_show_same(struct arena *a, const struct form_field *field, const char *text)
{
	(void)field;
	return arena_strdup(a, text);
}

/* ---- codes and references: texts of certain signs ---- */

static bool
only(const char *text, const char *signs, size_t least, size_t most)
{
	size_t n = strlen(text);

	return n >= least && n <= most && strspn(text, signs) == n;
}

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static bool
read_code(const struct form_field *field, const char *text, struct form_value *v)
{
	bool country = field->type == FORM_COUNTRY;

	v->text = text;
	if (field->choice_count > 0)
		return form_choice_of(field, text) != NULL;
	return country ? only(text, UPPER, 3, 3) : only(text, LOWER, 2, 3);
}

static const char *
parse_code(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	const struct form_field one = value_one_of(field);
	char *text = arena_strdup(a, typed);
	const char *why;

	if (field->choice_count > 0)
		return form_value_parse(a, &one, typed, today, &why);
	for (char *at = text; *at; at++)
		*at = (char)(field->type == FORM_COUNTRY ? toupper((unsigned char)*at)
		                                         : tolower((unsigned char)*at));
	return text;
}

static const char *
show_code(struct arena *a, const struct form_field *field, const char *text)
{
	const struct form_choice *choice = form_choice_of(field, text);

	return arena_strdup(a, choice ? form_say(&choice->label) : text);
}

static const char *
wanted_language(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type the code of a language, such as ar or uk."));
}

static const char *
wanted_country(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type the code of a country, such as SYR or UKR."));
}

static bool
read_person(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	v->text = text;
	return only(text, DIGITS, 1, 12) && *text != '0';
}

static bool
read_members(const struct form_field *field, const char *text, struct form_value *v)
{
	struct form_value one;

	v->text = text;
	for (const char *at = text; *at; at += strcspn(at, ","), at += *at == ',') {
		char id[16] = "";
		size_t n = strcspn(at, ",");

		if (n == 0 || n >= sizeof(id))
			return false;
		memcpy(id, at, n);
		if (!read_person(field, id, &one))
			return false;
	}
	return *text && text[strlen(text) - 1] != ',';
}

static const char *
wanted_person(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Choose a person of the office."));
}

static const char *
parse_phone(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	char *number = arena_strdup(a, typed), *to = number;

	(void)field;
	(void)today;
	for (const char *at = typed; *at; at++)
		if (!strchr(" -/().", *at))
			*to++ = *at;
	*to = '\0';
	return number;
}

static bool
read_phone(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	v->text = text;
	return only(text + (*text == '+'), DIGITS, 5, 17);
}

static const char *
wanted_phone(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type a telephone number, such as 0171 1234567 or +49 30 1234."));
}

static bool
read_email(const struct form_field *field, const char *text, struct form_value *v)
{
	const char *at = strchr(text, '@'), *dot = at ? strrchr(at, '.') : NULL;

	(void)field;
	v->text = text;
	return at && at > text && !strchr(at + 1, '@') && dot && dot > at + 1 && dot[1] &&
	    !strpbrk(text, " \t\n,;<>\"") && strlen(text) <= 200;
}

static const char *
wanted_email(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type an e-mail address, such as name@example.org."));
}

static bool
read_reference(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	v->text = text;
	return only(text, LOWER UPPER DIGITS " ./-_", 1, 40);
}

static const char *
wanted_reference(struct arena *a, const struct form_field *field)
{
	if (field->pattern_text.in[LANG_DE])
		return arena_printf(a, _("It must look like this: %s"),
		    form_say(&field->pattern_text));
	return arena_strdup(a, _("Type a file number, such as 2026-004711."));
}

/* ---- numbers with a check ---- */

static enum identifier_kind
kind_of(const struct form_field *field)
{
	return field->type == FORM_IBAN ? IDENTIFIER_IBAN : (enum identifier_kind)field->identifier;
}

static const char *
parse_identifier(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	struct identifier found = identifier_check(a, kind_of(field), typed);

	(void)today;
	return found.verdict == IDENTIFIER_INVALID ? typed : found.normal;
}

static const char *
show_identifier(struct arena *a, const struct form_field *field, const char *text)
{
	return identifier_check(a, kind_of(field), text).shown;
}

static bool
read_identifier(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	v->text = text;
	return only(text, LOWER UPPER DIGITS " ./-_", 1, 40);
}

static const char *
wanted_identifier(struct arena *a, const struct form_field *field)
{
	return arena_printf(a, _("Type the %s as it is printed."),
	                    state_label(&identifier_kinds, (int)kind_of(field)));
}

/* An invalid one, and one that is not written as it is stored. */
static const char *
beyond_identifier(struct arena *a, const struct form_field *field, const struct form_value *v,
                  int today)
{
	struct identifier found = identifier_check(a, kind_of(field), v->text);

	(void)today;
	if (found.verdict == IDENTIFIER_INVALID)
		return found.sentence;
	return strcmp(found.normal, v->text) == 0 ? NULL : wanted_identifier(a, field);
}

/* ---- a paper: "NUMBER/2027-05-01", the number or the day may be missing ---- */

static bool
read_paper(const struct form_field *field, const char *text, struct form_value *v)
{
	const char *slash = strrchr(text, '/');
	int day = DAY_NONE;

	(void)field;
	v->text = text;
	if (!slash || (slash == text && !slash[1]) || slash - text > 40)
		return false;
	if (slash[1] && !day_parse(slash + 1, &day))
		return false;
	v->number = v->high = day;
	return strspn(text, LOWER UPPER DIGITS " .-_") == (size_t)(slash - text);
}

static const char *
parse_paper(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	const char *blank = strrchr(typed, ' '), *last = blank ? blank + 1 : typed;
	struct form_value v;
	char iso[11];
	int day;

	if (read_paper(field, typed, &v))
		return typed;
	if (form_typed_day(last, FORM_END, today, &day))
		return arena_printf(a, "%.*s/%s", blank ? (int)(blank - typed) : 0, typed,
		                    day_iso(day, iso));
	return arena_printf(a, "%s/", typed);
}

static const char *
show_paper(struct arena *a, const struct form_field *field, const char *text)
{
	const char *slash = strrchr(text, '/');
	int number = slash ? (int)(slash - text) : 0;

	if (!slash)
		return value_show_same(a, field, text);
	if (!slash[1])
		return arena_printf(a, "%.*s", number, text);
	return arena_printf(a, _("%.*s%sexpires %.2s.%.2s.%.4s"), number, text, number ? ", " : "",
	                    slash + 9, slash + 6, slash + 1);
}

/* "C01X00T47 01.05.2027": parse_paper reads it again. */
const char *
value_retype_paper(struct arena *a, const char *text)
{
	const char *slash = strrchr(text, '/');
	int number = slash ? (int)(slash - text) : 0;

	if (!slash)
		return arena_strdup(a, text);
	if (!slash[1])
		return arena_printf(a, "%.*s", number, text);
	return arena_printf(a, "%.*s%s%.2s.%.2s.%.4s", number, text, number ? " " : "", slash + 9,
	                    slash + 6, slash + 1);
}

static const char *
wanted_paper(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type the number and the day on which it expires: "
	                         "C01X00T47 1.5.2027."));
}

/* ---- rows are no text that anybody types ---- */

static bool
read_rows(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	v->text = text;
	return *text == '[';
}

/* "1. Name: Ada, Born: 03.05.2015; 2. Name: Ben, Born: 2024": rows stored as a
 * text or, in a row, as a list.  One alone has no number. */
static const char *
show_list(struct arena *a, const struct form_field *repeat, const json_t *list,
          const json_t *names)
{
	const char *all = "";
	const json_t *row;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, row)
		all = arena_printf(a, "%s%s%s%s", all, i ? "; " : "", json_array_size(list) > 1
		    ? arena_printf(a, "%zu. ", i + 1) : "", form_row_tell(a, repeat, row, names));
	return all;
}

const char *
form_row_tell(struct arena *a, const struct form_field *repeat, const json_t *row,
              const json_t *names)
{
	const char *all = "";

	for (size_t i = 0; i < repeat->field_count; i++) {
		const struct form_field *field = &repeat->fields[i];
		const json_t *value = json_object_get(row, field->key);
		const char *text = json_string_value(value);

		if (field->type == FORM_REPEAT && json_array_size(value) > 0)
			text = arena_printf(a, "(%s)", show_list(a, field, value, names));
		else if (text)
			text = form_value_tell(a, field, text, names);
		if (text && *text)
			all = arena_printf(a, "%s%s%s: %s", all, *all ? ", " : "",
			    form_say_short(field), text);
	}
	return all;
}

const char *
form_rows_tell(struct arena *a, const struct form_field *field, const char *text,
               const json_t *names)
{
	json_t *list = json_loads(text, 0, NULL);
	const char *shown = json_is_array(list) ? show_list(a, field, list, names) : text;

	json_decref(list);
	return arena_strdup(a, shown);
}

static const char *
show_rows(struct arena *a, const struct form_field *field, const char *text)
{
	return form_rows_tell(a, field, text, NULL);
}

static const char *
wanted_rows(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Give the rows as a list: [{\"key\": \"value\"}]."));
}

/* ---- table ---- */

const struct value_type value_language = {
	parse_code, show_code, read_code, wanted_language, value_unbounded,
}, value_country = {
	parse_code, show_code, read_code, wanted_country, value_unbounded,
}, value_person = {
	parse_same, value_show_same, read_person, wanted_person, value_unbounded,
}, value_members = {
	parse_same, value_show_same, read_members, wanted_person, value_unbounded,
}, value_paper = {
	parse_paper, show_paper, read_paper, wanted_paper, value_unbounded,
}, value_identifier = {
	parse_identifier, show_identifier, read_identifier, wanted_identifier, beyond_identifier,
}, value_phone = {
	parse_phone, value_show_same, read_phone, wanted_phone, value_unbounded,
}, value_email = {
	parse_same, value_show_same, read_email, wanted_email, value_unbounded,
}, value_reference = {
	parse_same, value_show_same, read_reference, wanted_reference, value_off_pattern,
}, value_rows = {
	parse_same, show_rows, read_rows, wanted_rows, value_unbounded,
};
