/*
 * letters.c - layer 1: which letters a name may have, and of which script it
 * is.  Called by service/person.c.  The list of DIN 91379 is data
 * (data/names/din91379.tsv), put in at build; must never drop a letter.
 */
#include "rules_person.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

#define SEQUENCE_MAX 3

/* Latin letters and the signs of names, in the order of the standard. */
static const struct {
	uint32_t code[SEQUENCE_MAX]; /* 0 ends a shorter one */
	const char *group;
} letters[] = {
#include "din91379.inc"
};

/* A code point and its length; the text is valid UTF-8. */
static uint32_t
code_at(const char *text, size_t *length)
{
	static const struct {
		unsigned char lead, mask;
		size_t n;
	} forms[] = { { 0xF0, 0x07, 4 }, { 0xE0, 0x0F, 3 }, { 0xC0, 0x1F, 2 } };
	const unsigned char *at = (const unsigned char *)text;
	uint32_t code = at[0];

	*length = at[0] ? 1 : 0;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (at[0] < forms[i].lead)
			continue;
		code = at[0] & forms[i].mask;
		for (size_t k = 1; k < forms[i].n; k++)
			code = code << 6 | (at[k] & 0x3Fu);
		*length = forms[i].n;
		break;
	}
	return code;
}

static bool
belongs_to_names(const char *group)
{
	return strcmp(group, "bll") == 0 || strcmp(group, "bnlreq") == 0 ||
	    strcmp(group, "bnl") == 0;
}

/* Bytes of the longest entry of the list that text begins with; 0: none. */
static size_t
entry_length(const char *text)
{
	uint32_t ahead[SEQUENCE_MAX];
	size_t end[SEQUENCE_MAX], best = 0, at = 0;

	for (size_t i = 0; i < SEQUENCE_MAX; i++) {
		size_t n;

		ahead[i] = code_at(text + at, &n);
		at += n;
		end[i] = at;
	}
	for (size_t i = 0; i < COUNT_OF(letters); i++) {
		size_t n = 0;

		if (letters[i].code[0] != ahead[0] || !belongs_to_names(letters[i].group))
			continue;
		while (n < SEQUENCE_MAX && letters[i].code[n] && letters[i].code[n] == ahead[n])
			n++;
		if ((n == SEQUENCE_MAX || !letters[i].code[n]) && end[n - 1] > best)
			best = end[n - 1];
	}
	return best;
}

static bool
is_plain_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '-';
}

const char *
letters_strange(struct arena *a, const char *name)
{
	for (const char *at = name; *at;) {
		size_t n = is_plain_letter(*at) && is_plain_letter(at[1]) ? 1 : entry_length(at);
		size_t cluster = n == 1 && is_plain_letter(at[1]) ? 1 : text_cluster(at);

		if (n < cluster) /* a strange mark is told with the letter it stands on */
			return arena_strndup(a, at, cluster);
		at += n;
	}
	return NULL;
}

char *
letters_codes(struct arena *a, const char *cluster)
{
	char *codes = arena_strdup(a, "");
	size_t n;

	for (const char *at = cluster; *at; at += n) {
		uint32_t code = code_at(at, &n);

		codes = arena_printf(a, "%s%sU+%04X", codes, *codes ? " " : "", code);
	}
	return codes;
}

/* Blocks of the scripts people write their names in (Unicode 15). */
static const struct {
	uint32_t first, last;
	const char *script;
} blocks[] = {
	{ 0x0041, 0x005A, "Latn" }, { 0x0061, 0x007A, "Latn" }, { 0x00C0, 0x024F, "Latn" },
	{ 0x0250, 0x02AF, "Latn" }, { 0x1E00, 0x1EFF, "Latn" }, { 0x0370, 0x03FF, "Grek" },
	{ 0x1F00, 0x1FFF, "Grek" }, { 0x0400, 0x052F, "Cyrl" }, { 0x0530, 0x058F, "Armn" },
	{ 0x0590, 0x05FF, "Hebr" }, { 0x0600, 0x06FF, "Arab" }, { 0x0750, 0x077F, "Arab" },
	{ 0x08A0, 0x08FF, "Arab" }, { 0xFB50, 0xFDFF, "Arab" }, { 0xFE70, 0xFEFE, "Arab" },
	{ 0x0700, 0x074F, "Syrc" }, { 0x0900, 0x097F, "Deva" }, { 0x0980, 0x09FF, "Beng" },
	{ 0x0B80, 0x0BFF, "Taml" }, { 0x0E00, 0x0E7F, "Thai" }, { 0x10A0, 0x10FF, "Geor" },
	{ 0x1C90, 0x1CBF, "Geor" }, { 0x1200, 0x139F, "Ethi" }, { 0x2D80, 0x2DDF, "Ethi" },
	{ 0xAB00, 0xAB2F, "Ethi" }, { 0x3040, 0x30FF, "Jpan" }, { 0x4E00, 0x9FFF, "Hani" },
	{ 0xAC00, 0xD7A3, "Hang" },
};

const char *
script_of(const char *name)
{
	size_t count[COUNT_OF(blocks)] = { 0 }, best = COUNT_OF(blocks), n;

	for (const char *at = name; *at; at += n) {
		uint32_t code = code_at(at, &n);

		for (size_t i = 0; i < COUNT_OF(blocks); i++)
			if (code >= blocks[i].first && code <= blocks[i].last)
				count[i]++;
	}
	for (size_t i = 0; i < COUNT_OF(blocks); i++) {
		if (count[i] > 0 && (best == COUNT_OF(blocks) || count[i] > count[best]))
			best = i;
	}
	return best < COUNT_OF(blocks) ? blocks[best].script : "Zyyy";
}
