/*
 * rules_mrz.h - layer 1: the machine-readable zone of passports and cards.
 * Part of rules.h by noun: pure functions, told the day.  Source: ICAO Doc
 * 9303 parts 3 to 6; Germany: § 78 AufenthG, § 4 AufenthV, AKNV Annex 2.
 */
#ifndef TRESEN_RULES_MRZ_H
#define TRESEN_RULES_MRZ_H

#include "rules.h"

/* TD1: a card, three lines of 30; TD2: two of 36; TD3: a book, two of 44. */
enum mrz_format { MRZ_TD1, MRZ_TD2, MRZ_TD3 };
const char *mrz_format_name(enum mrz_format format);

#define MRZ_FIELD_LIST(X)                                                      \
	X(MRZ_KIND, "kind", N_("kind of document"))                            \
	X(MRZ_ISSUER, "issuer", N_("issuing country"))                         \
	X(MRZ_NUMBER, "number", N_("document number"))                         \
	X(MRZ_FAMILY, "family", N_("family name"))                             \
	X(MRZ_GIVEN, "given", N_("given names"))                               \
	X(MRZ_BORN, "born", N_("birth date"))                                  \
	X(MRZ_SEX, "sex", N_("sex"))                                           \
	X(MRZ_NATIONALITY, "nationality", N_("nationality"))                   \
	X(MRZ_EXPIRES, "expires", N_("expiry date"))                           \
	X(MRZ_OPTIONAL, "optional", N_("optional data"))                       \
	X(MRZ_COMPOSITE, "composite", N_("composite"))

enum mrz_field_id {
#define X(id, name, label) id,
	MRZ_FIELD_LIST(X)
#undef X
};
#define MRZ_FIELDS (MRZ_COMPOSITE + 1)
/* Names on the wire and labels for _(), by state_name and so on. */
extern const struct state_list mrz_fields;

/*
 * read is what a person would write: number and names with blanks for inner
 * "<"; born YYYY[-MM[-DD]], as far as known; expires YYYY-MM-DD; sex f, m, or
 * x for not stated; nationality and issuer as printed ("D").  "" when nothing
 * stands there.  sure: it could be read, and no check digit speaks against it;
 * names, sex and countries have no digit.
 */
struct mrz_field {
	const char *raw, *read;
	bool sure;
};

struct mrz_check {
	enum mrz_field_id field;
	char expected, found;
	bool holds;
};

struct mrz {
	enum mrz_format format;
	struct mrz_field fields[MRZ_FIELDS];
	bool names_cut;          /* fill their field: match as a beginning only */
	struct mrz_check checks[5];
	size_t n_checks;
	bool valid;              /* all fields are sure, all digits hold */
};

/* Two-digit years: a birth is never in the future, an expiry lies so many
 * years back at most or ahead (set by the office; outside, the nearest century). */
struct mrz_window {
	int past_years, ahead_years;
};

/*
 * Reads a zone with or without line breaks ("|" is one), blanks, lower case.
 * NULL: it was read, right or wrong, see valid.  Else it is no zone, and the
 * sentence says why and what to do.  mrz then holds nothing.
 */
const char *mrz_read(struct arena *a, const char *text, int today,
                     const struct mrz_window *window, struct mrz *mrz);
/* What does not hold, by field, and what to do; NULL when valid. */
const char *mrz_complaint(struct arena *a, const struct mrz *mrz);

/* What the code at the start stands for: "passport", "residence_card". */
struct mrz_kind {
	const char *code;        /* "P"; of issuer only, unless that is NULL */
	const char *issuer;
	const char *name;        /* on the wire */
	const char *label;       /* English, for _() */
};
const struct mrz_kind *mrz_kind_of(const struct mrz *mrz);

/*
 * For keyboards that are readers: does text, typed so far, end with a zone?
 * Returns where it begins, NULL if there is none.  whole: nothing is missing;
 * otherwise a zone may have begun there, and a line break belongs to it.
 */
const char *mrz_tail(const char *text, bool *whole);

/* Check digit of n signs of the zone (0-9, A-Z, <): '0' to '9'. */
char mrz_digit(const char *text, size_t n);

#endif
