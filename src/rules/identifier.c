/*
 * identifier.c - layer 1: what the numbers of people look like and whether
 * their check digits hold.  Called by service/person.c and the screens; the
 * table at the end says it all.  Must never reject a number for a digit whose
 * rule is not published.
 */
#include "rules_identifier.h"

#include <string.h>

#include "rules_mrz.h"
#include "text.h"

#define X(id, name, label) name,
static const char *const names[] = { IDENTIFIER_LIST(X) };
#undef X
#define X(id, name, label) label,
static const char *const labels[] = { IDENTIFIER_LIST(X) };
#undef X

const struct state_list identifier_kinds = { names, labels, COUNT_OF(names) };

/* Letters a residence card's number is made of: none that can be misread. */
#define CARD_LETTERS "CFGHJKLMNPRTVWXYZ0123456789"
#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

#define FILE_BYTES_MAX 60
#define IBAN_MIN 15
#define IBAN_MAX 34

#define WRONG_DIGIT N_("The check digit does not hold: a sign was misread, or two were swapped. " \
	"Compare the number with the paper and type it again.")

/* What else is to be said of a number; the sentence is in the user's language. */
struct finding {
	enum identifier_verdict verdict;
	const char *sentence;
};

struct spec {
	const char *shape;       /* A letter, 9 digit, C of a card; others are printed only */
	size_t min;              /* signs at least; 0: all of the shape */
	bool digit;              /* a check digit of the MRZ may follow */
	bool key;                /* an equal number is the same person */
	const char *help;        /* N_(): what it must look like */
	struct finding (*check)(struct arena *a, const char *normal);
	char *(*show)(struct arena *a, const char *normal);
};
static const struct spec specs[];

/* ---- the form to compare ---- */

/* Length of the blank or hyphen at text, 0 if there is none. */
static size_t
separator(const char *text)
{
	static const char *const all[] = {
		" ", "-", "\t", "\u00A0", "\u202F", "\u2010", "\u2011", "\u2013",
	};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (strncmp(text, all[i], strlen(all[i])) == 0)
			return strlen(all[i]);
	return 0;
}

static char *
normalise(struct arena *a, const char *text)
{
	char *upper = text_upper(a, text), *to = upper;

	for (const char *at = upper; *at;) {
		size_t n = separator(at);

		if (n == 0)
			*to++ = *at++;
		at += n;
	}
	*to = '\0';
	return upper;
}

static const char *
signs_of(char shape)
{
	return shape == 'A' ? LETTERS : shape == '9' ? DIGITS : shape == 'C' ? CARD_LETTERS : NULL;
}

/* How many signs of text fit the shape from its start; *whole: no place of the
 * shape is left.  *shown gets them with the shape's own signs between. */
static size_t
fit(struct arena *a, const struct spec *spec, const char *text, bool *whole, char **shown)
{
	char *to = *shown = arena_alloc(a, strlen(spec->shape) + 1);
	const char *shape = spec->shape;
	size_t n = 0;

	for (; *shape; shape++) {
		const char *signs = signs_of(*shape);

		if (!signs)
			*to++ = *shape;
		else if (text[n] && strchr(signs, text[n]))
			*to++ = text[n++];
		else
			break;
	}
	*whole = !*shape;
	return n;
}

/* ---- checks of single kinds ---- */

static int
two_digits(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

static struct finding
check_azr(struct arena *a, const char *normal)
{
	int month = two_digits(normal + 2), day = two_digits(normal + 4);

	(void)a;
	if (month >= 1 && month <= 12 && day <= 31) /* day 00 stands for not known */
		return (struct finding){ 0 };
	return (struct finding){ IDENTIFIER_INVALID, tr(specs[IDENTIFIER_AZR].help) };
}

static const struct {
	const char *key, *country;
} nationality_keys[] = {
#include "numbers_nationality_keys.inc"
};

/* Only keys of data known here: a key we do not know may still be right. */
static struct finding
check_bamf(struct arena *a, const char *normal)
{
	const char *key = normal + 7;

	for (size_t i = 0; i < COUNT_OF(nationality_keys); i++)
		if (strcmp(nationality_keys[i].key, key) == 0)
			return (struct finding){ 0 };
	return (struct finding){ IDENTIFIER_WARN, arena_printf(a,
	    _("%s at its end is no nationality key known here. Compare it with the letter; it can "
	      "be saved as it is."), key) };
}

static bool
tax_digit_holds(const char *normal)
{
	int p = 10;

	for (int i = 0; i < 10; i++) {
		int s = (normal[i] - '0' + p) % 10;

		p = 2 * (s ? s : 10) % 11;
	}
	return (11 - p) % 10 == normal[10] - '0';
}

/* One digit twice or three times, three not in a row, the others once. */
static bool
tax_digits_usual(const char *normal)
{
	int count[10] = { 0 }, more = 0;

	for (int i = 0; i < 10; i++)
		more += ++count[normal[i] - '0'] == 2;
	for (int i = 0; i < 10; i++)
		if (count[i] > 3)
			return false;
	for (int i = 0; i + 2 < 10; i++)
		if (normal[i] == normal[i + 1] && normal[i] == normal[i + 2])
			return false;
	return more == 1;
}

static struct finding
check_tax(struct arena *a, const char *normal)
{
	(void)a;
	if (normal[0] == '0')
		return (struct finding){ IDENTIFIER_INVALID, tr(specs[IDENTIFIER_TAX].help) };
	if (!tax_digit_holds(normal))
		return (struct finding){ IDENTIFIER_INVALID, tr(WRONG_DIGIT) };
	if (tax_digits_usual(normal))
		return (struct finding){ 0 };
	return (struct finding){ IDENTIFIER_WARN,
	    _("Among the first ten digits of a tax number one occurs twice or three times, the "
	      "others once. Compare it with the letter; it can be saved as it is.") };
}

/* ---- IBAN ---- */

/* Signs in all, by country. */
static const struct {
	char country[3];
	unsigned char length;
} iban_lengths[] = {
#include "numbers_iban.inc"
};

/* 0: a country whose length is not known here. */
static size_t
iban_length(const char *normal)
{
	for (size_t i = 0; i < COUNT_OF(iban_lengths); i++)
		if (strncmp(normal, iban_lengths[i].country, 2) == 0)
			return iban_lengths[i].length;
	return 0;
}

/* Remainder of the digits, letters as 10 to 35, the first four signs last. */
static bool
iban_digits_hold(const char *normal)
{
	size_t n = strlen(normal);
	int rest = 0;

	for (size_t i = 0; i < n; i++) {
		char c = normal[(i + 4) % n];

		rest = c <= '9' ? rest * 10 + c - '0' : rest * 100 + c - 'A' + 10;
		rest %= 97;
	}
	return rest == 1;
}

static bool
iban_is_shaped(const char *normal)
{
	size_t n = strlen(normal);

	return n >= IBAN_MIN && n <= IBAN_MAX && strspn(normal, LETTERS) >= 2 &&
	    strspn(normal + 2, DIGITS) >= 2 && strspn(normal, LETTERS DIGITS) == n;
}

static struct finding
check_iban(struct arena *a, const char *normal)
{
	size_t wanted;

	if (!iban_is_shaped(normal))
		return (struct finding){ IDENTIFIER_INVALID, tr(specs[IDENTIFIER_IBAN].help) };
	wanted = iban_length(normal);
	if (wanted && wanted != strlen(normal))
		return (struct finding){ IDENTIFIER_INVALID, arena_printf(a,
		    _("An IBAN of %.2s has %zu signs, this one %zu. Compare it with the card and "
		      "type it again."), normal, wanted, strlen(normal)) };
	if (!iban_digits_hold(normal))
		return (struct finding){ IDENTIFIER_INVALID, tr(WRONG_DIGIT) };
	if (wanted)
		return (struct finding){ 0 };
	return (struct finding){ IDENTIFIER_WARN, arena_printf(a,
	    _("The length of an IBAN of %.2s is not known here. Compare it with the card; it can "
	      "be saved as it is."), normal) };
}

static char *
show_iban(struct arena *a, const char *normal)
{
	char *shown = arena_alloc(a, strlen(normal) * 2 + 1), *to = shown;

	for (size_t i = 0; normal[i]; i++) {
		if (i > 0 && i % 4 == 0)
			*to++ = ' ';
		*to++ = normal[i];
	}
	return shown;
}

static struct finding
check_file(struct arena *a, const char *normal)
{
	(void)a;
	if (*normal && strlen(normal) <= FILE_BYTES_MAX)
		return (struct finding){ 0 };
	return (struct finding){ IDENTIFIER_INVALID, tr(specs[IDENTIFIER_FILE].help) };
}

/* ---- any kind ---- */

static struct identifier
refuse(struct arena *a, const char *text, const char *sentence)
{
	return (struct identifier){ IDENTIFIER_INVALID, text, text, arena_strdup(a, sentence) };
}

/* A blank inside the number counts as < of the MRZ (AKNV Annex 2). */
static bool
mrz_digit_holds(struct arena *a, const char *shown, const char *rest)
{
	char *zone = arena_strdup(a, shown);

	for (char *c = zone; *c; c++)
		if (*c == ' ')
			*c = '<';
	return rest[0] == mrz_digit(zone, strlen(zone)) && rest[1] == '\0';
}

/* Those whose signs the shape tells. */
static struct identifier
check_shape(struct arena *a, const struct spec *spec, const char *text)
{
	char *normal = normalise(a, text), *shown;
	bool whole;
	size_t n = fit(a, spec, normal, &whole, &shown);
	bool fits = n > 0 && (whole || (spec->min && n >= spec->min));

	if (!fits || (normal[n] && !spec->digit))
		return refuse(a, text, tr(spec->help));
	if (normal[n] && !mrz_digit_holds(a, shown, normal + n))
		return refuse(a, text, normal[n + 1] ? tr(spec->help) : tr(WRONG_DIGIT));
	normal[n] = '\0';
	return (struct identifier){ IDENTIFIER_OK, normal, shown, NULL };
}

struct identifier
identifier_check(struct arena *a, enum identifier_kind kind, const char *text)
{
	const struct spec *spec = &specs[kind];
	struct identifier id = { IDENTIFIER_OK, NULL, text, NULL };
	struct finding found;

	if (spec->shape)
		id = check_shape(a, spec, text);
	else
		id.normal = normalise(a, text);
	if (id.verdict != IDENTIFIER_OK || !spec->check)
		return id;
	found = spec->check(a, id.normal);
	if (found.verdict == IDENTIFIER_INVALID)
		return refuse(a, text, found.sentence);
	if (spec->show)
		id.shown = spec->show(a, id.normal);
	id.verdict = found.verdict;
	id.sentence = found.sentence;
	return id;
}

const char *
identifier_shown(struct arena *a, const char *kind, const char *text)
{
	int known = kind && text ? state_by_name(&identifier_kinds, kind) : -1;

	return known < 0 ? text : identifier_check(a, (enum identifier_kind)known, text).shown;
}

bool
identifier_is_key(enum identifier_kind kind)
{
	return specs[kind].key;
}

static const struct spec specs[] = {
	[IDENTIFIER_AZR] = { .shape = "999999999999", .key = true, .check = check_azr,
	  .help = N_("An AZR number has 12 digits and begins with a day as YYMMDD. Compare it with "
	             "the letter and type it again.") },
	[IDENTIFIER_AKN] = { .shape = "A 9999999", .digit = true, .key = true,
	  .help = N_("A proof-of-arrival number is a letter and 7 digits, such as A 1234567. "
	             "Compare it with the paper and type it again.") },
	[IDENTIFIER_D] = { .shape = "A999999999999", .key = true,
	  .help = N_("A D number is a letter and 12 digits. Compare it with the letter and type it "
	             "again.") },
	[IDENTIFIER_PKZ] = { .shape = "9999999999", .min = 1, .key = true,
	  .help = N_("A PKZ has up to 10 digits. Compare it with the letter and type it again.") },
	[IDENTIFIER_BAMF] = { .shape = "9999999-999", .key = true, .check = check_bamf,
	  .help = N_("A BAMF file number has 7 digits, a hyphen and 3 digits, such as 1234567-475. "
	             "Compare it with the letter and type it again.") },
	[IDENTIFIER_CARD] = { .shape = "CCCCCCCCC", .digit = true,
	  .help = N_("A residence card number has 9 signs: digits, and letters without A, B, D, E, "
	             "I, O, Q, S and U. Compare it with the card and type it again.") },
	[IDENTIFIER_TAX] = { .shape = "99 999 999 999", .key = true, .check = check_tax,
	  .help = N_("A tax identification number has 11 digits and does not begin with 0. Compare "
	             "it with the letter and type it again.") },
	[IDENTIFIER_IBAN] = { .check = check_iban, .show = show_iban,
	  .help = N_("An IBAN begins with two letters of the country and two digits, and has 15 to "
	             "34 signs. Compare it with the card and type it again.") },
	[IDENTIFIER_FILE] = { .key = true, .check = check_file,
	  .help = N_("A file number has 1 to 60 signs. Copy it from the file and type it again.") },
};
