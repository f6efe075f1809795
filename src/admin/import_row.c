/*
 * import_row.c - layer 5: a row of a file as a person, or everything that is
 * wrong with it.  Called by import.c.  Never writes, never guesses.
 */
#include "import.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "rules_identifier.h"
#include "rules_order.h"
#include "rules_person.h"
#include "store_catalogue.h"
#include "text.h"

#define TEXT_MOST 200            /* bytes, as everywhere a clerk types a name */
#define NATIONALITIES_MOST 8

/* ---- words for countries and languages ---- */

struct word {
	const char *form;        /* search form of a name or of the code itself */
	const char *code;
};
struct import_names {
	struct word *words;
	size_t n;
};

static void
word_add(struct op *op, struct import_names *names, const char *name, const char *code)
{
	const char *inside = strchr(name, '('), *end = strrchr(name, ')');

	names->words[names->n++] = (struct word){
		text_search_form(op->mem, name, true), code,
	};
	/* "Persisch (Farsi)": people write the one or the other */
	if (inside && end > inside)
		names->words[names->n++] = (struct word){
			text_search_form(op->mem, arena_strndup(op->mem, inside + 1,
			    (size_t)(end - inside) - 1), true), code,
		};
}

/* A code list by code, German and English names. */
static enum status
names_read(struct op *op, const char *list, struct import_names **names)
{
	static const enum lang languages[] = { LANG_DE, LANG_EN };
	enum lang lang = op->lang;

	*names = arena_make(op->mem, struct import_names);
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		struct code *codes;
		size_t n;
		enum status s;

		op->lang = languages[i];
		s = store_code_list(op, list, &codes, &n);
		op->lang = lang;
		TRY(s);
		if (!(*names)->words)
			(*names)->words = arena_array(op->mem, struct word, 6 * n);
		for (size_t k = 0; k < n; k++) {
			word_add(op, *names, codes[k].name, codes[k].code);
			if (i == 0)
				word_add(op, *names, codes[k].code, codes[k].code);
		}
	}
	return ST_OK;
}

/* NULL for a word that is not on the list. */
static const char *
code_of(struct arena *mem, const struct import_names *names, const char *text)
{
	const char *form = text_search_form(mem, text, true);

	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->words[i].form, form) == 0)
			return names->words[i].code;
	return NULL;
}

/* ---- a row on its way ---- */

struct reading {
	struct arena *mem;
	const struct import_plan *plan;
	struct newcomer *who;
	const char *why;         /* what is wrong so far; NULL: nothing */
};

static void complain(struct reading *in, const char *format, ...) PRINTF(2, 3);

static void
complain(struct reading *in, const char *format, ...)
{
	const char *sentence;
	va_list args;

	va_start(args, format);
	sentence = arena_vprintf(in->mem, format, args);
	va_end(args);
	in->why = in->why ? arena_printf(in->mem, "%s %s", in->why, sentence) : sentence;
}

/* ---- columns ---- */

static void
check_letters(struct reading *in, const char *column, const char *name)
{
	const char *strange = letters_strange(in->mem, name);

	if (strange)
		complain(in, _("%s: %s (%s) is not among the Latin letters of DIN 91379. Write the "
		               "name as the paper has it in Latin letters."), column,
		         text_visible(in->mem, strange, false), letters_codes(in->mem, strange));
}

static void
take_family(struct reading *in, const char *text)
{
	const char *form = text_search_form(in->mem, text, true);

	if (strspn(form, "0123456789 ") == strlen(form))
		complain(in, _("\"%s\" is no name."), text);
	check_letters(in, "family", text);
	in->who->family = text;
}

static void
take_given(struct reading *in, const char *text)
{
	check_letters(in, "given", text);
	in->who->given = text;
}

static void
take_born(struct reading *in, const char *text)
{
	char born[11];

	if (birth_read(text, in->plan->today, born))
		in->who->born = arena_strdup(in->mem, born);
	else
		complain(in, _("born: \"%s\" is no date of birth. Write 1990-05-03, 3.5.1990 or "
		               "1990."), text);
}

static void
take_sex(struct reading *in, const char *text)
{
	static const struct { const char *word, *sex; } words[] = {
		{ "m", "m" }, { "f", "f" }, { "w", "f" }, { "d", "d" }, { "x", "x" },
		{ "male", "m" }, { "female", "f" }, { "diverse", "d" }, { "divers", "d" },
		{ "männlich", "m" }, { "weiblich", "f" },
	};
	const char *form = text_search_form(in->mem, text, true);

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcmp(text_search_form(in->mem, words[i].word, true), form) == 0) {
			in->who->sex = words[i].sex;
			return;
		}
	complain(in, _("sex: \"%s\" is none of m, f, d, x."), text);
}

static void
nationality_add(struct reading *in, const char *text)
{
	const char *code = code_of(in->mem, in->plan->countries, text);
	struct newcomer *who = in->who;

	if (!code)
		complain(in, _("nationality: \"%s\" is no country. Write its three letters or its "
		               "name, several with / between."), text);
	else if (who->n_nationalities == NATIONALITIES_MOST)
		complain(in, _("nationality: %d at most."), NATIONALITIES_MOST);
	else
		who->nationalities[who->n_nationalities++] = code;
}

static void
take_nationality(struct reading *in, const char *text)
{
	char *save = NULL, *parts = arena_strdup(in->mem, text);

	in->who->nationalities = arena_array(in->mem, const char *, NATIONALITIES_MOST);
	/* a name may hold a comma itself: Congo, Democratic Republic */
	if (code_of(in->mem, in->plan->countries, text)) {
		nationality_add(in, text);
		return;
	}
	for (char *part = strtok_r(parts, "/,;+", &save); part;
	     part = strtok_r(NULL, "/,;+", &save))
		nationality_add(in, text_clean(in->mem, part, false));
}

static void
take_azr(struct reading *in, const char *text)
{
	struct identifier id = identifier_check(in->mem, IDENTIFIER_AZR, text);

	if (id.verdict == IDENTIFIER_INVALID)
		complain(in, "azr: %s", id.sentence);
	in->who->azr = id.normal;
	in->who->azr_typed = id.shown;
}

static void
take_phone(struct reading *in, const char *text)
{
	size_t digits = 0;

	for (const char *at = text; *at; at++)
		digits += *at >= '0' && *at <= '9';
	if (digits < 4)
		complain(in, _("phone: \"%s\" is no telephone number."), text);
	in->who->phone = text;
}

static void
take_street(struct reading *in, const char *text)
{
	in->who->street = text;
}

static void
take_postcode(struct reading *in, const char *text)
{
	in->who->postcode = text;
}

static void
take_city(struct reading *in, const char *text)
{
	in->who->city = text;
}

static void
take_language(struct reading *in, const char *text)
{
	in->who->language = code_of(in->mem, in->plan->languages, text);
	if (!in->who->language)
		complain(in, _("language: \"%s\" is not on the list. Write its code, such as ar, "
		               "or its name."), text);
}

static void
take_arrived(struct reading *in, const char *text)
{
	char day[11];

	/* days of the past are read as dates of birth are, but whole */
	if (!birth_read(text, in->plan->today, day) || !day_parse(day, &in->who->arrived))
		complain(in, _("arrived: \"%s\" is no day until today. Write 2024-01-31 or "
		               "31.1.2024."), text);
}

static const struct column {
	const char *name;
	void (*take)(struct reading *in, const char *text);
} columns[IMPORT_COLUMNS] = {
	{ "family", take_family }, { "given", take_given }, { "born", take_born },
	{ "sex", take_sex }, { "nationality", take_nationality }, { "azr", take_azr },
	{ "phone", take_phone }, { "street", take_street }, { "postcode", take_postcode },
	{ "city", take_city }, { "language", take_language }, { "arrived", take_arrived },
};
static const char reason_column[] = "reason";

/* ---- the head ---- */

static int
column_find(const char *name)
{
	for (int i = 0; i < IMPORT_COLUMNS; i++)
		if (strcasecmp(columns[i].name, name) == 0)
			return i;
	return -1;
}

static const char *
known_columns(struct op *op)
{
	const char *list = columns[0].name;

	for (int i = 1; i < IMPORT_COLUMNS; i++)
		list = arena_printf(op->mem, "%s,%s", list, columns[i].name);
	return list;
}

static enum status
column_read(struct op *op, const char *field, struct import_plan *plan)
{
	const char *name = text_clean(op->mem, field, false);
	int at = name ? column_find(name) : -1;

	/* a misspelt "geboren" would cost every date of birth: never passed over */
	if (at < 0 && (plan->n > 0 || !name || strcasecmp(name, reason_column) != 0))
		return op_fail(op, ST_INVALID, _("Nobody knows the column \"%s\". The first line "
		               "names the columns; known are: %s. Rename it or take it out."),
		               text_visible(op->mem, field, false), known_columns(op));
	for (size_t i = 0; at >= 0 && i < plan->n; i++)
		if (plan->column[i] == at)
			return op_fail(op, ST_INVALID, _("The column \"%s\" is there twice. Take "
			               "one of them out."), name);
	plan->column[plan->n++] = at;
	return ST_OK;
}

enum status
import_plan_read(struct op *op, const struct csv_record *head, struct import_plan *plan)
{
	bool family = false;

	*plan = (struct import_plan){ .today = op->today };
	if (head->n == 0 || head->n > IMPORT_FIELDS_MAX)
		return op_fail(op, ST_INVALID, _("The first line cannot be read. It names the "
		               "columns, with commas or semicolons between them: %s"),
		               known_columns(op));
	for (size_t i = 0; i < head->n; i++)
		TRY(column_read(op, head->fields[i], plan));
	for (size_t i = 0; i < plan->n; i++)
		family |= plan->column[i] == 0;
	if (!family)
		return op_fail(op, ST_INVALID, _("The column \"family\" is missing. Where it is not "
		               "clear which part of a name is the family name, all of it goes "
		               "there."));
	TRY(names_read(op, "country", &plan->countries));
	return names_read(op, "language", &plan->languages);
}

bool
import_plan_has_reason(const struct import_plan *plan)
{
	return plan->column[0] < 0;
}

/* ---- rows ---- */

static const char *
fault_sentence(enum csv_fault fault)
{
	switch (fault) {
	case CSV_QUOTE_OPEN:
		return _("A quote opens and never closes.");
	case CSV_QUOTE_INSIDE:
		return _("A quote stands inside a text. Write two of them, and put the whole text "
		         "in quotes.");
	case CSV_NUL:
		return _("There is a zero byte. Was it saved as UTF-16? Then say --encoding "
		         "UTF-16.");
	case CSV_TOO_LONG:
		return _("The row is too long. Is a quote missing?");
	case CSV_SOUND:
		break;
	}
	bug("fault %d of a row", (int)fault);
}

/* Cleaned text of a field; NULL where it is empty or cannot be taken. */
static const char *
field_clean(struct reading *in, const char *column, const char *text)
{
	const char *clean;
	char *line = arena_strdup(in->mem, text);

	/* an address over several lines is one line of ours */
	for (char *at = line; (at = strchr(at, '\n')); at++)
		*at = ' ';
	clean = text_clean(in->mem, line, false);
	if (!clean)
		complain(in, _("%s: there is a control character in \"%s\". Type it again by "
		               "hand."), column, text_visible(in->mem, text, false));
	else if (strlen(clean) > TEXT_MOST)
		complain(in, _("%s: too long, %d bytes fit."), column, TEXT_MOST);
	else if (*clean)
		return clean;
	return NULL;
}

static char *
display_name(struct arena *mem, const struct newcomer *who)
{
	char *family = text_upper(mem, who->family);

	return who->given ? arena_printf(mem, "%s, %s", family, who->given) : family;
}

/* Of all the row says, as it is understood: neither the order of the columns
 * nor the way a date is written makes another row. */
static void
digest_make(struct arena *mem, struct newcomer *who)
{
	const char *const said[] = {
		who->family, who->given, who->born, who->sex, who->azr, who->phone, who->street,
		who->postcode, who->city, who->language,
	};
	char day[11], *all = arena_strdup(mem, day_iso(who->arrived, day));

	for (size_t i = 0; i < COUNT_OF(said); i++)
		all = arena_printf(mem, "%s\n%s", all, said[i] ? said[i] : "");
	for (size_t i = 0; i < who->n_nationalities; i++)
		all = arena_printf(mem, "%s\n%s", all, who->nationalities[i]);
	digest_hex(all, strlen(all), who->digest);
}

static void
fields_read(struct reading *in, const struct csv_record *r)
{
	for (size_t i = 0; i < r->n; i++) {
		int at = in->plan->column[i];
		const char *said;

		if (at < 0)
			continue;
		said = field_clean(in, columns[at].name, r->fields[i]);
		if (said)
			columns[at].take(in, said);
	}
}

struct newcomer *
import_row_read(struct arena *mem, const struct import_plan *plan, const struct csv_record *r,
                const char **why)
{
	struct newcomer *who = arena_make(mem, struct newcomer);
	struct reading in = { .mem = mem, .plan = plan, .who = who };

	*who = (struct newcomer){ .line = r->line, .arrived = DAY_NONE };
	if (r->fault != CSV_SOUND)
		in.why = fault_sentence(r->fault);
	else if (r->n != plan->n)
		complain(&in, _("There are %zu columns here, and %zu in the first line."), r->n,
		         plan->n);
	if (!in.why)
		fields_read(&in, r);
	if (!in.why && !who->family)
		complain(&in, _("The name is missing."));
	*why = in.why;
	if (in.why)
		return who;
	who->display = display_name(mem, who);
	digest_make(mem, who);
	return who;
}
