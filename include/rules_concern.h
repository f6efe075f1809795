/*
 * rules_concern.h - layer 1: which service is meant by what somebody says.
 * Part of rules.h by noun.  Pure: told the phrases, tells how well they fit.
 *
 *   form   words of a text as they are compared: "MEINE KARTE LAUFT AB"
 *   filler words that say nothing: "MEINE"
 */
#ifndef TRESEN_RULES_CONCERN_H
#define TRESEN_RULES_CONCERN_H

#include "base.h"

#define CONCERN_WORDS_MAX 16     /* telling words of a text; the rest is left out */

/* Letters of any script as Latin capitals, single blanks between the words. */
char *concern_form(struct arena *a, const char *text);
/* The form without fillers, which are sorted; may be "". */
char *concern_telling(struct arena *a, const char *form, const char *const *fillers, size_t n);

struct concern_phrase {
	size_t service;          /* any number below n_services */
	const char *form;        /* its telling words */
};
struct concern_hit {
	size_t service;
	size_t phrase;           /* that fits best: why it was found */
	int score;               /* 100: exactly what was said; at least CONCERN_FITS */
};
#define CONCERN_FITS 20

/*
 * Services by how well they fit, best first; how many.  said: telling words;
 * open: its last word may go on.  Words may come in any order, inflected, as
 * part of a compound or with a slip of the finger; a word that few services
 * share counts more than one of many.
 */
size_t concern_rank(struct arena *a, const struct concern_phrase *phrases, size_t n_phrases,
                    size_t n_services, const char *said, bool open, struct concern_hit **hits);

#endif
