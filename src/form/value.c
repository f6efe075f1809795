/*
 * value.c - layer 1: one answer: as typed, as stored, as shown; the types that
 * most forms are made of, numbers in value_number.c, the others in value_more.c
 * and value_code.c.  A table of all at the end.  Called by answers.c, the form
 * view and history.  Must never change what a clerk meant: what cannot be read
 * is refused with an example.
 */
#include "value.h"

#include <inttypes.h>
#include <string.h>

#include "rules_person.h"
#include "text.h"

#define TEXT_MAX 200             /* signs: one line of a screen and a half */
#define LINES_MAX 4000

static const struct value_type *const types[];

/* ---- text ---- */

static const char *
parse_text(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	(void)a;
	(void)field;
	(void)today;
	return typed;
}

static const char *
show_text(struct arena *a, const struct form_field *field, const char *text)
{
	(void)field;
	return arena_strdup(a, text);
}

static bool
read_text(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	v->text = text;
	return true;
}

/* Forms of before have no words for it. */
static const char *
pattern_words(const struct form_field *field)
{
	const char *words = form_say(&field->pattern_text);

	return *words ? words : field->pattern;
}

static const char *
wanted_text(struct arena *a, const struct form_field *field)
{
	if (field->pattern)
		return arena_printf(a, _("It must look like this: %s"), pattern_words(field));
	return arena_strdup(a, _("Type a text."));
}

const char *
value_off_pattern(struct arena *a, const struct form_field *field, const struct form_value *v,
                  int today)
{
	(void)today;
	return !field->pattern || form_pattern_match(field->pattern, v->text) ? NULL
	    : arena_printf(a, _("It must look like this: %s"), pattern_words(field));
}

/* A name in a paper is in Latin letters: said where it is typed. */
static const char *
foreign_letters(struct arena *a, const struct form_field *field, const char *text)
{
	const char *strange = field->letters == FORM_LATIN ? letters_strange(a, text) : NULL;

	return !strange ? NULL : arena_printf(a, _("%s (%s) is no Latin letter of DIN 91379. Write "
	    "it in Latin letters, as the paper has it."), text_visible(a, strange, false),
	    letters_codes(a, strange));
}

static const char *
beyond_text(struct arena *a, const struct form_field *field, const struct form_value *v, int today)
{
	size_t most = field->type == FORM_LINES ? LINES_MAX : TEXT_MAX;
	size_t n = 0;

	for (const char *at = v->text; *at; at += text_cluster(at))
		n++;
	if (n > most)
		return arena_printf(a, _("Too long: at most %zu signs, these are %zu."), most, n);
	if (foreign_letters(a, field, v->text))
		return foreign_letters(a, field, v->text);
	return value_off_pattern(a, field, v, today);
}

/* ---- choice ---- */

const struct form_choice *
form_choice_of(const struct form_field *field, const char *key)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (strcmp(field->choices[i].key, key) == 0)
			return &field->choices[i];
	return NULL;
}

/* A whole label or key, or the one label that begins so. */
static const char *
parse_choice(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	const struct form_choice *begins = form_choice_of(field, typed);
	const char *wanted = text_search_form(a, typed, true);
	size_t beginnings = 0;

	(void)today;
	if (begins)
		return begins->key;
	for (size_t i = 0; *wanted && i < field->choice_count; i++) {
		const struct form_choice *one = &field->choices[i];
		const char *label = text_search_form(a, form_say(&one->label), true);

		if (strcmp(label, wanted) == 0)
			return one->key;
		if (strncmp(label, wanted, strlen(wanted)) == 0) {
			begins = one;
			beginnings++;
		}
	}
	return beginnings == 1 ? begins->key : NULL;
}

static const char *
show_choice(struct arena *a, const struct form_field *field, const char *text)
{
	const struct form_choice *choice = form_choice_of(field, text);

	return arena_strdup(a, choice ? form_say(&choice->label) : text);
}

static bool
read_choice(const struct form_field *field, const char *text, struct form_value *v)
{
	v->text = text;
	return form_choice_of(field, text) != NULL;
}

static const char *
wanted_choice(struct arena *a, const struct form_field *field)
{
	const char *all = "";

	if (field->choice_count > 6)
		return arena_strdup(a, _("Choose one from the list."));
	for (size_t i = 0; i < field->choice_count; i++)
		if (!field->choices[i].withdrawn)
			all = arena_printf(a, "%s%s%s", all, *all ? ", " : "",
			                   form_say(&field->choices[i].label));
	return arena_printf(a, _("Choose one of: %s."), all);
}

/* ---- yes or no ---- */

static const char *
parse_yes_no(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	static const struct { const char *typed, *canonical; } words[] = {
		{ "y", "yes" }, { "j", "yes" }, { "yes", "yes" }, { "ja", "yes" },
		{ "n", "no" },  { "no", "no" }, { "nein", "no" },
	};

	(void)a;
	(void)field;
	(void)today;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcasecmp(words[i].typed, typed) == 0)
			return words[i].canonical;
	return NULL;
}

static const char *
show_yes_no(struct arena *a, const struct form_field *field, const char *text)
{
	(void)field;
	if (strcmp(text, "yes") == 0)
		text = _("yes");
	else if (strcmp(text, "no") == 0)
		text = _("no");
	return arena_strdup(a, text);
}

static bool
read_yes_no(const struct form_field *field, const char *text, struct form_value *v)
{
	(void)field;
	v->text = text;
	v->number = strcmp(text, "yes") == 0;
	return v->number || strcmp(text, "no") == 0;
}

static const char *
wanted_yes_no(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type y for yes or n for no."));
}

/* ---- date ---- */

static const char *
parse_date(struct arena *a, const struct form_field *field, const char *typed, int today)
{
	char iso[11];
	int day;

	if (!form_typed_day(typed, field->when, today, &day))
		return NULL;
	return arena_strdup(a, day_iso(day, iso));
}

static const char *
show_date(struct arena *a, const struct form_field *field, const char *text)
{
	int day, y, m, d;

	(void)field;
	if (!day_parse(text, &day))
		return arena_strdup(a, text);
	day_to_ymd(day, &y, &m, &d);
	return arena_printf(a, "%02d.%02d.%04d", d, m, y);
}

static bool
read_date(const struct form_field *field, const char *text, struct form_value *v)
{
	int day;

	if (!day_parse(text, &day) || !form_typed_day(text, field->when, day, &day))
		return false;
	v->number = day;
	return true;
}

static const char *
wanted_date(struct arena *a, const struct form_field *field)
{
	(void)field;
	return arena_strdup(a, _("Type a day, such as 3.5., 3.5.26, today or +14."));
}

static const char *
beyond_date(struct arena *a, const struct form_field *field, const struct form_value *v, int today)
{
	if (field->when == FORM_PAST && v->number > today)
		return arena_strdup(a, _("That day is still to come; type a day up to today."));
	if (field->when == FORM_FUTURE && v->number < today)
		return arena_strdup(a, _("That day is over; type a day from today on."));
	return NULL;
}

/* ---- types ---- */

const char *
value_unbounded(struct arena *a, const struct form_field *field, const struct form_value *v,
                int today)
{
	(void)a;
	(void)field;
	(void)v;
	(void)today;
	return NULL;
}

static const struct value_type text_type = {
	parse_text, show_text, read_text, wanted_text, beyond_text,
}, choice_type = {
	parse_choice, show_choice, read_choice, wanted_choice, value_unbounded,
}, yes_no_type = {
	parse_yes_no, show_yes_no, read_yes_no, wanted_yes_no, value_unbounded,
}, date_type = {
	parse_date, show_date, read_date, wanted_date, beyond_date,
};

/* ---- public ---- */

bool
form_value_read(const struct form_field *field, const char *canonical, struct form_value *v)
{
	bool sound;

	*v = (struct form_value){ .high = INT64_MIN };
	sound = types[field->type]->read(field, canonical, v);
	if (v->high == INT64_MIN)
		v->high = v->number;
	v->known = sound ? FORM_KNOWN : FORM_UNKNOWN;
	return sound;
}

const char *
form_value_write(struct arena *a, const struct form_field *field, const struct form_value *v)
{
	char iso[11];

	switch (field->type) {
	case FORM_DATE:
		return arena_strdup(a, day_iso((int)v->number, iso));
	case FORM_YES_NO:
		return v->number ? "yes" : "no";
	case FORM_DECIMAL:
		return value_write_thousandths(a, v->number);
	case FORM_NUMBER:
	case FORM_MONEY:
		return arena_printf(a, "%" PRId64, v->number);
	case FORM_TIME:
		return arena_printf(a, "%02d:%02d", (int)v->number / 60, (int)v->number % 60);
	default:
		return arena_strdup(a, v->text);
	}
}

const char *
form_value_wanted(struct arena *a, const struct form_field *field)
{
	return types[field->type]->wanted(a, field);
}

const char *
form_value_show(struct arena *a, const struct form_field *field, const char *canonical)
{
	return *canonical ? types[field->type]->show(a, field, canonical) : "";
}

const char *
form_value_retype(struct arena *a, const struct form_field *field, const char *canonical)
{
	struct form_field plain = *field;

	plain.unit = (struct form_text){ 0 };
	if (field->type == FORM_PAPER && *canonical)
		return value_retype_paper(a, canonical);
	return form_value_show(a, &plain, canonical);
}

const char *
form_value_check(struct arena *a, const struct form_field *field, const char *canonical, int today)
{
	const char *clean = text_clean(a, canonical, field->type == FORM_LINES);
	struct form_value v;

	if (!clean)
		return arena_strdup(a, _("There is a control character in it; type it again."));
	if (!*clean || !form_value_read(field, canonical, &v))
		return form_value_wanted(a, field);
	return types[field->type]->beyond(a, field, &v, today);
}

const char *
form_value_parse(struct arena *a, const struct form_field *field, const char *typed, int today,
                 const char **why)
{
	const char *clean = text_clean(a, typed, field->type == FORM_LINES);
	const char *canonical;

	*why = NULL;
	if (!clean) {
		*why = form_value_check(a, field, typed, today);
		return NULL;
	}
	if (!*clean)
		return "";
	canonical = types[field->type]->parse(a, field, clean, today);
	*why = canonical ? form_value_check(a, field, canonical, today)
	                 : form_value_wanted(a, field);
	return *why ? NULL : canonical;
}

static const struct value_type *const types[] = {
	[FORM_TEXT] = &text_type, [FORM_LINES] = &text_type, [FORM_CHOICE] = &choice_type,
	[FORM_DATE] = &date_type, [FORM_YES_NO] = &yes_no_type, [FORM_NUMBER] = &value_whole,
	[FORM_MONEY] = &value_money, [FORM_DECIMAL] = &value_decimal,
	[FORM_CHOICES] = &value_choices, [FORM_PART_DATE] = &value_part_date,
	[FORM_PERIOD] = &value_period, [FORM_TIME] = &value_time,
	[FORM_LANGUAGE] = &value_language, [FORM_COUNTRY] = &value_country,
	[FORM_PERSON] = &value_person, [FORM_MEMBERS] = &value_members,
	[FORM_PAPER] = &value_paper, [FORM_IDENTIFIER] = &value_identifier,
	[FORM_IBAN] = &value_identifier, [FORM_PHONE] = &value_phone,
	[FORM_EMAIL] = &value_email, [FORM_ADDRESS] = &text_type,
	[FORM_REFERENCE] = &value_reference, [FORM_REPEAT] = &value_rows,
};
