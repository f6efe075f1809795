/*
 * name_form.c - layer 1: a name as it is compared: letters of any script as
 * A-Z, the particles with what they belong to.  Called by the people search of
 * store and service.  Tables: data/names/scripts.tsv, particles.tsv.
 */
#include "rules_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "text.h"

#define ETHIOPIC_FIRST 0x1200
#define ETHIOPIC_LAST 0x1357

struct letter {
	const char *letter, *latin;
};
struct word {
	const char *word;
	enum particle kind;
};
static const struct letter letters[];
static const size_t n_letters;
static const struct word particles[];
static const size_t n_particles;

/* Both tables are sorted by the bytes of their first member. */
static int
by_first(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

/* The rows of the Ethiopic syllables: a consonant, then the vowels in order. */
static char *
add_ethiopic(char *to, utf8proc_int32_t code)
{
	static const char *const vowels[] = { "E", "U", "I", "A", "E", "", "O", "WA" };
	utf8proc_uint8_t first[8];
	const struct letter *row;

	first[utf8proc_encode_char(code & ~7, first)] = '\0';
	row = bsearch(first, letters, n_letters, sizeof(*letters), by_first);
	if (!row)
		return to;
	to = stpcpy(to, row->latin);
	/* a row of its own sound only: the first order is spoken A */
	if (!*row->latin)
		return stpcpy(to, code & 7 ? (code & 7) == 5 ? "I" : vowels[code & 7] : "A");
	return stpcpy(to, vowels[code & 7]);
}

static const struct letter *
letter_of(utf8proc_int32_t code)
{
	utf8proc_uint8_t one[8];

	one[utf8proc_encode_char(code, one)] = '\0';
	return bsearch(one, letters, n_letters, sizeof(*letters), by_first);
}

/* A letter with accents, as Greek has, without them. */
static const struct letter *
bare_letter_of(utf8proc_int32_t code)
{
	utf8proc_int32_t parts[8];
	utf8proc_ssize_t n = utf8proc_decompose_char(code, parts, COUNT_OF(parts),
	    UTF8PROC_DECOMPOSE, NULL);

	return n > 1 && n <= (utf8proc_ssize_t)COUNT_OF(parts) ? letter_of(parts[0]) : NULL;
}

/* Of a script that has no table here: Hebrew, the Indian ones, Chinese. */
static bool
is_untaught(utf8proc_int32_t code)
{
	static const struct { utf8proc_int32_t first, last; } blocks[] = {
		{ 0x590, 0x5FF }, { 0x700, 0x74F }, { 0x780, 0x89F }, { 0x900, 0x109F },
		{ 0x1100, 0x11FF }, { 0x13A0, 0x1C8F }, { 0x2E80, 0xA63F }, { 0xA800, 0xFAFF },
		{ 0x10000, 0x3FFFF },
	};
	utf8proc_category_t kind = utf8proc_category(code);

	for (size_t i = 0; i < COUNT_OF(blocks); i++)
		if (code >= blocks[i].first && code <= blocks[i].last)
			return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
	return false;
}

/* Arabic writes s and h one after the other where no sh is meant: Sohrab. */
static bool
parts_from_h(const char *start, const char *to, utf8proc_int32_t code, const char *latin)
{
	return code >= 0x600 && code <= 0x6FF && *latin == 'H' && to > start &&
	    strchr("BCDGKLPRSTZ", to[-1]);
}

static char *
add_letter(const char *start, char *to, utf8proc_int32_t code)
{
	utf8proc_uint8_t one[8];
	/* the capitals of Georgian are for headlines: its list is of the small ones */
	bool georgian = code >= 0x10D0 && code <= 0x10FF;
	utf8proc_int32_t upper = georgian ? code : utf8proc_toupper(code);
	const struct letter *known;

	if (code >= ETHIOPIC_FIRST && code <= ETHIOPIC_LAST)
		return add_ethiopic(to, code);
	known = letter_of(upper);
	if (!known && upper >= 0x370)
		known = bare_letter_of(upper);
	if (known && parts_from_h(start, to, code, known->latin))
		*to++ = 'A';
	if (known)
		return stpcpy(to, known->latin);
	/* a number is no sound, but whoever types the same finds it */
	if (is_untaught(code))
		return to + sprintf(to, "%d", (int)code);
	one[utf8proc_encode_char(upper, one)] = '\0';
	return stpcpy(to, (const char *)one);
}

char *
name_latin(struct arena *a, const char *text)
{
	utf8proc_uint8_t *nfc = utf8proc_NFKC((const utf8proc_uint8_t *)text);
	const utf8proc_uint8_t *at = nfc ? nfc : (const utf8proc_uint8_t *)"";
	char *latin = arena_alloc(a, strlen((const char *)at) * 5 + 8), *to = latin;
	utf8proc_int32_t code;
	utf8proc_ssize_t n;

	for (; (n = utf8proc_iterate(at, -1, &code)) > 0 && code != 0; at += n)
		to = add_letter(latin, to, code);
	*to = '\0';
	free(nfc);
	return latin;
}

/* Only what can be compared.  ASCII, as most names of a register are, needs no
 * tables of letters: a search does this for each name that it reads. */
static char *
form_of(struct arena *a, const char *part)
{
	const char *plain = text_is_ascii(part) ? part
	                                        : text_search_form(a, name_latin(a, part), false);
	char *form = arena_alloc(a, NAME_FORM_MAX), *to = form;

	for (const char *c = plain; *c && to < form + NAME_FORM_MAX - 1; c++)
		if (*c >= 'a' && *c <= 'z')
			*to++ = (char)(*c - 'a' + 'A');
		else if ((*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9'))
			*to++ = *c;
	return form;
}

static enum particle
particle_of(const char *form)
{
	const struct word *word = bsearch(form, particles, n_particles, sizeof(*particles),
	    by_first);

	return word ? word->kind : PARTICLE_NONE;
}

/* Blanks, hyphens and their like part units; an apostrophe does not. */
static size_t
gap(const char *at)
{
	static const char *const gaps[] = {
		" ", "-", ",", ".", ";", "/", "(", ")", "<", "_", "\t", "+", "\xC2\xA0",
		"\xE2\x80\x8C", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93", "\xC2\xB7",
	};

	if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'))
		return 0;
	for (size_t i = 0; i < COUNT_OF(gaps); i++)
		if (strncmp(at, gaps[i], strlen(gaps[i])) == 0)
			return strlen(gaps[i]);
	return 0;
}

static size_t
part_length(const char *at)
{
	size_t n = 0;

	while (at[n] && gap(at + n) == 0)
		n++;
	return n;
}

/* Arabic letters, U+0600 to U+06FF, begin so in UTF-8. */
static bool
is_bare(const char *text)
{
	unsigned char first = (unsigned char)*text;

	return first >= 0xD8 && first <= 0xDB;
}

/* The particles before a unit and the unit itself, as one word. */
static void
glue(struct arena *a, struct name_unit *units, size_t last)
{
	char *glued = arena_alloc(a, NAME_FORM_MAX * (last + 1));
	size_t first = last;

	while (first > 0 && units[first - 1].particle != PARTICLE_NONE)
		first--;
	if (first == last)
		return;
	for (size_t i = first; i <= last; i++)
		strcat(glued, units[i].form);
	glued[NAME_FORM_MAX - 1] = '\0';
	units[last].glued = glued;
}

size_t
name_units(struct arena *a, const char *text, struct name_unit units[NAME_UNITS_MAX])
{
	size_t n = 0, skip;

	for (const char *at = text; *at && n < NAME_UNITS_MAX; at += skip) {
		struct name_unit *u = &units[n];

		skip = gap(at);
		if (skip > 0)
			continue;
		skip = part_length(at);
		*u = (struct name_unit){ .text = arena_strndup(a, at, skip) };
		u->form = form_of(a, u->text);
		if (!*u->form)
			continue;
		u->particle = particle_of(u->form);
		u->bare = is_bare(u->text);
		if (u->particle != PARTICLE_ARTICLE)
			glue(a, units, n);
		n++;
	}
	return n;
}

static const struct letter letters[] = {
#include "names_scripts.inc"
};
static const size_t n_letters = COUNT_OF(letters);

static const struct word particles[] = {
#include "names_particles.inc"
};
static const size_t n_particles = COUNT_OF(particles);
