/*
 * fold.c - layer 0: search form and ASCII form of text (DIN 91379, ICAO 9303).
 * Called by the person search and by terminals that show only ASCII.
 */
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/*
 * Letters that no Unicode decomposition takes apart, and the pairs whose
 * search form has two letters.  Upper case only: text is upper-cased first.
 */
static const struct {
	utf8proc_int32_t code;
	const char *expanded;    /* search form of DIN 91379 */
	const char *plain;       /* as typed without the dots */
} letters[] = {
	{ 0x00C4, "AE", "A" },  { 0x00D6, "OE", "O" },  { 0x00DC, "UE", "U" },
	{ 0x00C6, "AE", "AE" }, { 0x01E2, "AE", "AE" }, { 0x01FC, "AE", "AE" },
	{ 0x01DE, "AE", "A" },  { 0x00C5, "AA", "A" },  { 0x01FA, "AA", "A" },
	{ 0x00D8, "OE", "O" },  { 0x0152, "OE", "OE" }, { 0x01FE, "OE", "O" },
	{ 0x022A, "OE", "O" },  { 0x01D5, "UE", "U" },  { 0x01D7, "UE", "U" },
	{ 0x01D9, "UE", "U" },  { 0x01DB, "UE", "U" },  { 0x00DE, "TH", "TH" },
	{ 0x00DF, "SS", "SS" }, { 0x1E9E, "SS", "SS" }, { 0x0132, "IJ", "IJ" },
	{ 0x0110, "D", "D" },   { 0x00D0, "D", "D" },   { 0x0126, "H", "H" },
	{ 0x0141, "L", "L" },   { 0x014A, "N", "N" },   { 0x0166, "T", "T" },
	{ 0x018F, "E", "E" },   { 0x0131, "I", "I" },   { 0x0197, "I", "I" },
	{ 0x0187, "C", "C" },   { 0x0191, "F", "F" },   { 0x0193, "G", "G" },
	{ 0x0198, "K", "K" },   { 0x019F, "O", "O" },   { 0x01A4, "P", "P" },
	{ 0x01B3, "Y", "Y" },   { 0x01B5, "Z", "Z" },   { 0x01E4, "G", "G" },
	{ 0x0220, "N", "N" },   { 0x0138, "K", "K" },
	{ 0x013F, "L", "L" },   { 0x0149, "N", "N" },   { 0x01B7, "Z", "Z" },
	{ 0x01EE, "Z", "Z" },
};

static const char *
special(utf8proc_int32_t code, bool expand)
{
	for (size_t i = 0; i < COUNT_OF(letters); i++)
		if (letters[i].code == code)
			return expand ? letters[i].expanded : letters[i].plain;
	return NULL;
}

/* The first code point of the canonical decomposition: the base letter. */
static utf8proc_int32_t
base_letter(utf8proc_int32_t code)
{
	utf8proc_int32_t parts[8];
	utf8proc_ssize_t n;

	n = utf8proc_decompose_char(code, parts, COUNT_OF(parts), UTF8PROC_DECOMPOSE, NULL);
	return n > 0 ? utf8proc_toupper(parts[0]) : code;
}

/* A diaeresis that no composed letter has taken in: search form of A with dot
 * below and diaeresis is AE, as that of A with diaeresis. */
static bool
is_umlaut(utf8proc_int32_t code, const char *form, const char *to)
{
	return code == 0x0308 && to > form && strchr("AOU", to[-1]);
}

static bool
is_mark(utf8proc_int32_t code)
{
	utf8proc_category_t c = utf8proc_category(code);

	return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME || c == UTF8PROC_CATEGORY_LM;
}

static bool
is_letter(utf8proc_int32_t code)
{
	utf8proc_category_t c = utf8proc_category(code);

	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
	    (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO);
}

bool
text_is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

/* The same without tables: most of what is searched for and in. */
static char *
ascii_search_form(struct arena *a, const char *text)
{
	char *form = arena_alloc(a, strlen(text) + 1), *to = form;

	for (; *text; text++)
		if (*text >= 'a' && *text <= 'z')
			*to++ = (char)(*text - 'a' + 'A');
		else if ((*text >= 'A' && *text <= 'Z') || (*text >= '0' && *text <= '9'))
			*to++ = *text;
		else if (*text != '\'' && to > form && to[-1] != ' ')
			*to++ = ' ';
	if (to > form && to[-1] == ' ')
		to--;
	*to = '\0';
	return form;
}

char *
text_search_form(struct arena *a, const char *text, bool expand)
{
	const utf8proc_uint8_t *at;
	utf8proc_uint8_t *nfc;
	utf8proc_int32_t code;
	utf8proc_ssize_t n;
	char *form, *to;

	if (text_is_ascii(text))
		return ascii_search_form(a, text);
	nfc = utf8proc_NFC((const utf8proc_uint8_t *)text);
	at = nfc ? nfc : (const utf8proc_uint8_t *)"";
	form = to = arena_alloc(a, strlen((const char *)at) * 4 + 1);
	for (; (n = utf8proc_iterate(at, -1, &code)) > 0 && code != 0; at += n) {
		utf8proc_int32_t upper = utf8proc_toupper(code);
		const char *two = special(upper, expand);

		if (two)
			to = stpcpy(to, two);
		else if (expand && is_umlaut(code, form, to))
			*to++ = 'E';
		else if (is_mark(upper) || code == '\'' || code == 0x2019)
			continue;
		else if (is_letter(upper))
			to += utf8proc_encode_char(base_letter(upper), (utf8proc_uint8_t *)to);
		else if (to > form && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > form && to[-1] == ' ')
		to--;
	*to = '\0';
	free(nfc);
	return form;
}

/* Small letters whose capital Unicode's simple mapping does not know.  Among
 * capitals a name with sharp s has the capital sharp s, which is a letter of
 * DIN 91379: "SS" would be another name (Strauß, Strauss). */
static const struct {
	utf8proc_int32_t code;
	const char *capital;
} capitals[] = {
	{ 0x00DF, "\u1E9E" }, { 0x01F0, "J\u030C" }, { 0x1E96, "H\u0331" },
	{ 0x1E97, "T\u0308" },
};

char *
text_upper(struct arena *a, const char *text)
{
	char *upper = arena_alloc(a, strlen(text) * 2 + 1), *to = upper;
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t code;
	utf8proc_ssize_t n;

	for (; *at && (n = utf8proc_iterate(at, -1, &code)) > 0; at += n) {
		const char *known = NULL;

		for (size_t i = 0; i < COUNT_OF(capitals) && !known; i++)
			known = capitals[i].code == code ? capitals[i].capital : NULL;
		if (known)
			to = stpcpy(to, known);
		else
			to += utf8proc_encode_char(utf8proc_toupper(code),
			    (utf8proc_uint8_t *)to);
	}
	return upper;
}

/* Signs of our own screens, as plain as a teletype. */
static const struct {
	utf8proc_int32_t code;
	const char *ascii;
} signs[] = {
	{ 0x2192, "->" }, { 0x25A0, "#" }, { 0x2026, "." }, { 0x2212, "-" },
	{ 0x2013, "-" }, { 0x2014, "-" }, { 0x00B7, "." },
	{ 0x2713, "x" }, { 0x25B8, ">" }, { 0x25BE, "v" }, { 0x201E, "\"" },
	{ 0x201C, "\"" }, { 0x201D, "\"" }, { 0x2019, "'" }, { 0x00A7, "S" },
	{ 0x00E4, "ae" }, { 0x00F6, "oe" }, { 0x00FC, "ue" }, { 0x00DF, "ss" },
	{ 0x00C4, "Ae" }, { 0x00D6, "Oe" }, { 0x00DC, "Ue" }, { 0x2500, "-" },
	{ 0x20AC, "EUR" },  { 0x2039, "<" },  { 0x203A, ">" }, { 0x2191, "^" },
	{ 0x2193, "v" }, { 0x25CB, "o" }, { 0x00B2, "2" }, { 0x00AB, "\"" }, { 0x00BB, "\"" },
};

static const char *
sign(utf8proc_int32_t code)
{
	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (signs[i].code == code)
			return signs[i].ascii;
	return NULL;
}

/* A letter as the Latin one it comes from: ğ, ł, ı, ə; returns how many. */
static size_t
plain_letter(utf8proc_int32_t code, char *to)
{
	utf8proc_int32_t base = base_letter(code), upper = utf8proc_toupper(code);
	const char *plain = base < 0x80 ? NULL : special(upper, false);
	size_t n = 0;

	if (code < 0x80)
		to[n++] = (char)code;
	else if (base < 0x80)
		to[n++] = (char)(upper == code ? base : base | 0x20);
	else if (plain)
		for (; plain[n]; n++)
			to[n] = upper == code ? plain[n] : (char)(plain[n] | 0x20);
	else if (upper < 0x80)
		to[n++] = (char)(upper | 0x20);
	else if (!is_mark(code))
		to[n++] = '?';
	return n;
}

char *
text_ascii(struct arena *a, const char *text)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	char *ascii = arena_alloc(a, strlen(text) * 3 + 1), *to = ascii;
	utf8proc_int32_t code;
	utf8proc_ssize_t n;

	for (; *at; at += n) {
		const char *known;

		n = utf8proc_iterate(at, -1, &code);
		if (n <= 0) {
			*to++ = '?';
			n = 1;
			continue;
		}
		known = sign(code);
		if (known)
			to = stpcpy(to, known);
		else
			to += plain_letter(code, to);
	}
	return ascii;
}
