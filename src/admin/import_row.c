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
#include "text.h"

#define TEXT_MOST 200            /* bytes, as everywhere a clerk types a name */
#define NATIONALITIES_MOST 8

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
	const char *code = import_country(in->mem, in->plan, text);
	struct newcomer *who = in->who;

	for (size_t i = 0; code && i < who->n_nationalities; i++)
		if (strcmp(who->nationalities[i], code) == 0)
			return;
	if (!code)
		complain(in, _("nationality: \"%s\" is no country. Write its three letters or its "
		               "name, several with / between."), text);
	else if (who->n_nationalities > 0 && (country_stands_alone(code) ||
	        country_stands_alone(who->nationalities[0])))
		complain(in, _("nationality: \"%s\": stateless and unclear stand alone. Take the "
		               "other countries away, or this one."), text);
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
	if (import_country(in->mem, in->plan, text)) {
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
	in->who->language = import_word(in->mem, in->plan->languages, text);
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

/* also: what other registers call the column, in search form without blanks. */
static const struct column {
	const char *name, *also;
	void (*take)(struct reading *in, const char *text);
} columns[IMPORT_COLUMNS] = {
	{ "family", " NACHNAME FAMILIENNAME NAME SURNAME LASTNAME FAMILYNAME ", take_family },
	{ "given", " VORNAME VORNAMEN FIRSTNAME GIVENNAME GIVENNAMES FORENAME ", take_given },
	{ "born", " GEBURTSDATUM GEBOREN GEBURTSTAG GEBDATUM BIRTHDATE DATEOFBIRTH DOB ", take_born },
	{ "sex", " GESCHLECHT GENDER ", take_sex },
	{ "nationality", " STAATSANGEHOERIGKEIT STAATSANGEHOERIGKEITEN NATIONALITAET CITIZENSHIP ",
	  take_nationality },
	{ "azr", " AZRNUMMER AZRNR AZRNUMBER ", take_azr },
	{ "phone", " TELEFON TELEFONNUMMER TEL MOBIL HANDY TELEPHONE MOBILE PHONENUMBER ", take_phone },
	{ "street", " STRASSE STRASSEHAUSNUMMER ANSCHRIFT ADDRESS ", take_street },
	{ "postcode", " PLZ POSTLEITZAHL ZIP ZIPCODE POSTALCODE ", take_postcode },
	{ "city", " ORT WOHNORT STADT TOWN ", take_city },
	{ "language", " SPRACHE MUTTERSPRACHE ", take_language },
	{ "arrived", " EINREISE EINREISEDATUM ARRIVAL DATEOFARRIVAL ", take_arrived },
};
static const char reason_column[] = "reason";

/* ---- the head ---- */

/* "Geb.-Datum", "Date of birth": letters only. */
static const char *
bare_letters(struct arena *mem, const char *name)
{
	char *form = text_search_form(mem, name, true), *to = form;

	for (const char *c = form; *c; c++)
		if (*c != ' ')
			*to++ = *c;
	*to = '\0';
	return form;
}

static int
column_find(struct arena *mem, const char *name)
{
	const char *form = bare_letters(mem, name);
	const char *word = arena_printf(mem, " %s ", form);

	for (int i = 0; i < IMPORT_COLUMNS && *form; i++)
		if (strcasecmp(columns[i].name, form) == 0 || strstr(columns[i].also, word))
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
	int at = name ? column_find(op->mem, name) : -1;

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
	TRY(import_words_read(op, "country", &plan->countries));
	return import_words_read(op, "language", &plan->languages);
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
		complain(in, _("%s: there is a control character, or a sign that nobody sees, in "
		               "\"%s\". Type it again by hand."), column,
		         text_visible(in->mem, text, false));
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
