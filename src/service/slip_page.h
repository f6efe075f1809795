/*
 * slip_page.h - private to service/: one page of a slip, in one language, line
 * by line.  slip_page.c knows how it is written, slip.c what.
 */
#ifndef TRESEN_SERVICE_SLIP_PAGE_H
#define TRESEN_SERVICE_SLIP_PAGE_H

#include "service_slip.h"

struct page {
	struct op *op;
	struct slip_language lang;
	const char *texts[SLIP_TEXTS]; /* NULL: an older catalogue has no such sentence */
	const char *out;         /* written so far */
	const char *lacks;       /* key of a sentence that was to be put, and is not there */
};

/* What is written: the same in each language. */
struct writing {
	enum status (*page)(struct page *p, const void *what);
	const void *what;
};
/* In the language wanted, else in one's own, else in German and English. */
MUST_CHECK enum status slip_write(struct op *op, const char *wanted, const char *own,
                                  const struct writing *w, struct slip *slip);

/* A name as the catalogue has it. */
struct pair {
	const char *de, *en;
};

MUST_CHECK enum status page_open(struct op *op, const struct slip_language *lang, struct page *p);
/* Refused where a sentence was missing that stands on this page. */
MUST_CHECK enum status page_close(struct page *p);
/* A sentence with what is put in, in the order of its list; NULL: nothing. */
void page_put(struct page *p, enum slip_sentence sentence, const char *first, const char *second);
void page_item(struct page *p, const char *text);
void page_plain(struct page *p, const char *text);
void page_blank(struct page *p);

/* Forms of what is put in; in the arena of the op. */
const char *page_foreign(struct page *p, const char *text);
/* In the page's language with the German behind it; without words there German
 * and English side by side. */
MUST_CHECK enum status page_name(struct page *p, struct pair name, const char **text);
/* The same where the page's own words (or NULL) are known. */
const char *page_words(struct page *p, struct pair name, const char *words);
const char *page_day(struct page *p, int day);

#endif
