/*
 * service_slip.h - layer 3: what people take home as text: their ticket, and
 * the list of what is missing.  In a language of data/texts; where a name has
 * no words there, German and English stand side by side.
 *
 * A language is a code; NULL means the one to talk in, of the visit or of the
 * record, and German and English one after the other where that has no texts.
 * ST_INVALID with a sentence for one that is not there.
 *
 * The text has lines of at most 72 columns.  It is in logical order; foreign
 * parts of lines that run from right to left are isolated (U+2068, U+2069).
 */
#ifndef TRESEN_SERVICE_SLIP_H
#define TRESEN_SERVICE_SLIP_H

#include "service_gaps.h"
#include "store_slip.h"

/*
 * Sentences: constant, key in the files, what is put in.  A file of a language
 * must have all of them.
 */
#define SLIP_TEXT_LIST(X)                                                      \
	X(SLIP_NUMBER, "number", "number") X(SLIP_NAME, "name", "name")        \
	X(SLIP_MATTER, "matter", "service") X(SLIP_RECEIVED, "received", "")   \
	X(SLIP_BRING, "bring", "") X(SLIP_TELL, "tell", "")                    \
	X(SLIP_COMPLETE, "complete", "") X(SLIP_WHERE, "where", "place")       \
	X(SLIP_UNTIL, "until", "day") X(SLIP_SOON, "soon", "")                 \
	X(SLIP_WORKS, "works", "unit") X(SLIP_PLANNED, "planned", "day")       \
	X(SLIP_CLOSING, "closing", "") X(SLIP_TICKET, "ticket", "ticket")      \
	X(SLIP_CAME, "came", "day time") X(SLIP_WAIT, "wait", "")              \
	X(SLIP_LEAVE, "leave", "") X(SLIP_READY, "ready", "")                  \
	X(SLIP_CONSENT, "consent", "") X(SLIP_WHO, "who", "unit")              \
	X(SLIP_WHOM, "whom", "receiver") X(SLIP_ABOUT, "about", "scope")       \
	X(SLIP_HOLDS, "holds", "day") X(SLIP_RECALL, "recall", "")             \
	X(SLIP_WORDING, "wording", "version") X(SLIP_SIGN, "sign", "")

enum slip_sentence {
#define X(id, key, puts_in) id,
	SLIP_TEXT_LIST(X)
#undef X
	SLIP_TEXTS
};
extern const char *const slip_keys[SLIP_TEXTS], *const slip_puts_in[SLIP_TEXTS];

struct slip {
	const char *language;    /* that it is in; NULL: German and English */
	const char *text;
	struct slip_language *languages; /* all there are */
	size_t n_languages;
	const char *speaks;      /* what they speak, if there are no texts in it, but in one */
	const char *near;        /* that is close to it; else both NULL */
};

/* The list of a case; c must be one that the reader may see. */
MUST_CHECK enum status slip_of_case(struct op *op, const struct case_file *c, const struct gaps *g,
                                    const char *language, struct slip *slip);
/* ... of what is being taken in; name and own (language to talk in) or NULL. */
MUST_CHECK enum status slip_of_matter(struct op *op, const struct matter *m, const struct gaps *g,
                                      const char *name, const char *own, const char *language,
                                      struct slip *slip);
/* The ticket, with what the person was asked to bring. */
MUST_CHECK enum status slip_of_visit(struct op *op, const struct visit *v, const char *language,
                                     struct slip *slip);

#endif
