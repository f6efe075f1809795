/*
 * rules_identifier.h - layer 1: numbers that stand for a person or an
 * account.  Part of rules.h by noun: pure functions and tables.
 *
 * Where the checks come from: AZR number § 2(2) AZRG-DV (its last digit is not
 * published: pattern only); proof of arrival AKNV Annex 2; residence card
 * § 78(2) AufenthG; tax number § 139b AO, ISO 7064 MOD 11,10; IBAN ISO 13616,
 * ISO 7064 MOD 97-10.  Lengths and patterns of the others are house values.
 *
 * A residence card gets a new number with each card and must not link files
 * (§ 78 AufenthG): it belongs to the document, never to the person.
 */
#ifndef TRESEN_RULES_IDENTIFIER_H
#define TRESEN_RULES_IDENTIFIER_H

#include "rules.h"

#define IDENTIFIER_LIST(X)                                                     \
	X(IDENTIFIER_AZR, "azr", N_("AZR number"))                             \
	X(IDENTIFIER_AKN, "akn", N_("proof-of-arrival number"))                \
	X(IDENTIFIER_D, "d_number", N_("D number"))                            \
	X(IDENTIFIER_PKZ, "pkz", N_("PKZ"))                                    \
	X(IDENTIFIER_BAMF, "bamf", N_("BAMF file number"))                     \
	X(IDENTIFIER_CARD, "card", N_("residence card number"))                \
	X(IDENTIFIER_TAX, "tax", N_("tax identification number"))              \
	X(IDENTIFIER_IBAN, "iban", N_("IBAN"))                                 \
	X(IDENTIFIER_FILE, "file", N_("file number of this house"))

enum identifier_kind {
#define X(id, name, label) id,
	IDENTIFIER_LIST(X)
#undef X
};
/* Names on the wire and in the file, labels for _(): state_name and so on. */
extern const struct state_list identifier_kinds;

enum identifier_verdict {
	IDENTIFIER_OK,           /* nothing speaks against it */
	IDENTIFIER_WARN,         /* can be saved; the clerk should look again */
	IDENTIFIER_INVALID,      /* cannot be one: not to be saved */
};

struct identifier {
	enum identifier_verdict verdict;
	const char *normal;      /* no blanks, no hyphens, upper case: to compare and to store */
	const char *shown;       /* as it is printed: "DE89 3704 0044 ..." */
	const char *sentence;    /* what is wrong and what to do; NULL when OK */
};

/*
 * Checks what was typed.  Blanks and hyphens do not count; a check digit of
 * the MRZ behind a proof-of-arrival or card number is verified and left out.
 * Never corrects a sign.  An invalid one has its text as normal and shown.
 */
struct identifier identifier_check(struct arena *a, enum identifier_kind kind, const char *text);

/* A stored number as it is printed, by the name of its kind; as it is, where
 * it is none of that kind. */
const char *identifier_shown(struct arena *a, const char *kind, const char *text);

/* Does an equal number mean the same person (to be confirmed by a clerk)?
 * Not for cards and not for accounts, which families share. */
bool identifier_is_key(enum identifier_kind kind);

#endif
