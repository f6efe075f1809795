/*
 * cite.c - layer 0: citations of German law for who reads English.  Called where
 * a legal basis is told; it lies in the file the German way.
 */
#include "text.h"

#include <string.h>

static const struct { const char *german, *english; } words[] = {
	{ " Nr. ", " no. " }, { "(Nr. ", "(no. " }, { " S. ", " sentence " },
	{ " i. V. m. ", " with " }, { " und ", " and " }, { " bis ", " to " },
};

/* The English word for that at text, which goes on behind it; NULL: none. */
static const char *
word_at(const char **text)
{
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		size_t n = strlen(words[i].german);

		if (strncmp(*text, words[i].german, n) == 0) {
			*text += n;
			return words[i].english;
		}
	}
	return NULL;
}

/* Length of "3a" at the start; 0: no number. */
static size_t
number_at(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return n ? n + strspn(text + n, "abcdefghijklmnopqrstuvwxyz") : 0;
}

/* "3 und 4a" is "(3) and (4a)". */
static const char *
paragraphs(struct arena *a, const char **text)
{
	const char *all = "", *go_on = *text, *word = "";
	size_t n;

	while (word && (n = number_at(go_on)) > 0) {
		all = arena_printf(a, "%s%s(%.*s)", all, word, (int)n, go_on);
		*text = go_on += n;
		word = strncmp(go_on, " und ", 5) == 0 || strncmp(go_on, " bis ", 5) == 0
		    ? word_at(&go_on) : NULL;
	}
	return all;
}

const char *
text_cited(struct arena *a, const char *german)
{
	const char *all = "", *word;

	if (!german || lang_current() != LANG_EN)
		return german;
	while (*german) {
		if (strncmp(german, " Abs. ", 6) == 0 && number_at(german + 6) > 0) {
			bool anew = *all && all[strlen(all) - 1] == ','; /* "S. 6, Abs. 3" */

			german += 6;
			word = arena_printf(a, "%s%s", anew ? " " : "", paragraphs(a, &german));
		} else if (strncmp(german, " lit. ", 6) == 0) {
			word = arena_printf(a, "(%.1s)", german + 6);
			german += 6 + (german[6] != '\0');
		} else if (!(word = word_at(&german))) {
			size_t n = 1 + strcspn(german + 1, " (");

			word = arena_strndup(a, german, n);
			german += n;
		}
		all = arena_printf(a, "%s%s", all, word);
	}
	return all;
}
