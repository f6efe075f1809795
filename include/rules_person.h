/*
 * rules_person.h - layer 1: what a person's record is made of.  Part of
 * rules.h by noun: one table of its parts, from which the commands have their
 * checks, the screens their small forms and the history its words.
 */
#ifndef TRESEN_RULES_PERSON_H
#define TRESEN_RULES_PERSON_H

#include "rules.h"

/* ---- parts: what a person has several of, each a row ---- */

#define PART_LIST(X)                                                           \
	X(PART_NAME, "name", N_("Name"))                                       \
	X(PART_IDENTIFIER, "identifier", N_("Number"))                         \
	X(PART_CONTACT, "contact", N_("Contact"))                              \
	X(PART_ADDRESS, "address", N_("Address"))                              \
	X(PART_LANGUAGE, "language", N_("Language"))                           \
	X(PART_DOCUMENT, "document", N_("Document"))

/* § 64(2) AufenthV, § 3 AZRG: names are a list.  main is changed with the
 * person (person.edit), the others are rows of their own. */
#define NAME_KIND_LIST(X)                                                      \
	X(NAME_MAIN, "main", N_("main name"))                                  \
	X(NAME_BIRTH, "birth", N_("name at birth"))                            \
	X(NAME_PREVIOUS, "previous", N_("previous name"))                      \
	X(NAME_ALIAS, "alias", N_("alias"))                                    \
	X(NAME_SPELLING, "spelling", N_("other spelling"))                     \
	X(NAME_SPOKEN, "spoken", N_("called"))

#define CONTACT_KIND_LIST(X)                                                   \
	X(CONTACT_PHONE, "phone", N_("telephone"))                             \
	X(CONTACT_EMAIL, "email", N_("e-mail"))                                \
	X(CONTACT_OTHER, "other", N_("another way"))

#define SEX_LIST(X)                                                            \
	X(SEX_MALE, "m", N_("male"))                                           \
	X(SEX_FEMALE, "f", N_("female"))                                       \
	X(SEX_DIVERSE, "d", N_("diverse"))                                     \
	X(SEX_NOT_STATED, "x", N_("sex not stated"))

#define LEVEL_LIST(X)                                                          \
	X(LEVEL_NATIVE, "native", N_("first language"))                        \
	X(LEVEL_FLUENT, "fluent", N_("fluent"))                                \
	X(LEVEL_SOME, "some", N_("a little"))                                  \
	X(LEVEL_READS, "reads", N_("reads only"))

#define INTERPRETER_LIST(X)                                                    \
	X(INTERPRETER_NONE, "none", N_("no interpreter"))                      \
	X(INTERPRETER_NEEDED, "needed", N_("interpreter needed"))              \
	X(INTERPRETER_SIGN, "sign", N_("sign language interpreter"))

/* parent: by law, such as by adoption */
#define PARENT_KIND_LIST(X)                                                    \
	X(PARENT_MOTHER, "mother", N_("mother"))                               \
	X(PARENT_FATHER, "father", N_("father"))                               \
	X(PARENT_LEGAL, "parent", N_("parent"))                                \
	X(PARENT_GUARDIAN, "guardian", N_("guardian"))

#define DOCUMENT_KIND_LIST(X)                                                  \
	X(DOCUMENT_PASSPORT, "passport", N_("passport"))                       \
	X(DOCUMENT_ID_CARD, "id_card", N_("identity card"))                    \
	X(DOCUMENT_RESIDENCE_CARD, "residence_card", N_("residence card"))     \
	X(DOCUMENT_VISA, "visa", N_("visa"))                                   \
	X(DOCUMENT_ARRIVAL, "arrival", N_("proof of arrival"))                 \
	X(DOCUMENT_PERMISSION, "permission", N_("permission to stay"))         \
	X(DOCUMENT_TOLERATION, "toleration", N_("toleration"))                 \
	X(DOCUMENT_PROVISIONAL, "provisional", N_("provisional document"))     \
	X(DOCUMENT_TRAVEL, "travel", N_("travel document"))                    \
	X(DOCUMENT_BIRTH, "birth", N_("birth certificate"))                    \
	X(DOCUMENT_MARRIAGE, "marriage", N_("marriage certificate"))           \
	X(DOCUMENT_LICENCE, "licence", N_("driving licence"))                  \
	X(DOCUMENT_OTHER, "other", N_("another paper"))

#define X(id, name, label) id,
enum part { PART_LIST(X) PARTS };
enum name_kind { NAME_KIND_LIST(X) };
enum contact_kind { CONTACT_KIND_LIST(X) };
enum sex { SEX_LIST(X) };
enum level { LEVEL_LIST(X) };
enum interpreter { INTERPRETER_LIST(X) };
enum document_kind { DOCUMENT_KIND_LIST(X) };
enum parent_kind { PARENT_KIND_LIST(X) PARENT_KINDS };
#undef X

extern const struct state_list sexes, part_names, name_kinds, parent_kinds;

enum part_type {
	PART_TEXT,
	PART_DAY,                /* YYYY-MM-DD */
	PART_CHOICE,             /* a name of choices */
	PART_COUNTRY,            /* code list country */
	PART_TONGUE,             /* code list language */
};

struct part_field {
	const char *key;         /* argument of the command, key in JSON */
	const char *column;      /* in the file, for the history */
	const char *label;       /* N_() */
	const char *help;        /* N_(): one sentence for who fills it in */
	enum part_type type;
	bool needed;
	const struct state_list *choices;
};

#define PART_FIELDS_MAX 7

/* A kind of row.  Its fields in the order of every array of values. */
struct part_spec {
	const char *name;        /* "identifier": command person.identifier */
	const char *table;
	const char *section;     /* N_(): heading of such rows */
	struct part_field fields[PART_FIELDS_MAX]; /* key NULL: end */
	int principal;           /* field that says most: the number, the street */
	int kind;                /* field that says which kind; -1: none */
	int from, until;         /* fields of its days; -1: none */
};
extern const struct part_spec part_specs[PARTS];

/* The part of a name; PARTS for a name that is none. */
enum part part_by_name(const char *name);
/* Index of a field by its key; -1: none. */
int part_field(const struct part_spec *spec, const char *key);

/*
 * The row in one line, from its values (NULL: none) as they are shown:
 * "passport N00112233, Syria".  Days are left to the caller.
 */
char *part_line(struct arena *a, const struct part_spec *spec, const char *const *values);
/* "Hafenstr. 1, 20457 Hamburg" from the values of an address. */
char *address_line(struct arena *a, const char *const *values);
/* And back: into street, postcode and city; what has no postcode is all street. */
void address_split(struct arena *a, const char *line, const char **values);
/* A way to reach somebody in the form in which equal ones are equal: digits of
 * a telephone number, last one first; everything else in lower case. */
char *contact_plain(struct arena *a, const char *kind, const char *value);
/* A value as people read it: the label of a choice, else as it is. */
const char *part_value_label(const struct part_field *field, const char *value);

/*
 * ---- fields: what can be owned and proposed --------------------------------
 * The arguments of person.edit (family, born, ...), and rows as part or
 * part.kind ("identifier", "identifier.iban").
 */

/* What a field belongs to in the table of owners: "name" for family, else the
 * field itself. */
const char *field_owned_as(const char *field);
/* "Date of birth", "IBAN"; the field itself for one that nobody knows. */
const char *field_label(const char *field);
/* Has a record such a field? */
bool field_known(const char *field);
/* The part of "identifier.iban" and its kind (NULL: none); PARTS: no row. */
enum part field_part(const char *field, const char **kind);
/* Fields of person.edit that people own, NULL-ended. */
extern const char *const main_fields[];

#define PROPOSAL_STATE_LIST(X)                                                 \
	X(PROPOSAL_OPEN, "open", N_("open"))                                   \
	X(PROPOSAL_ACCEPTED, "accepted", N_("accepted"))                       \
	X(PROPOSAL_REFUSED, "refused", N_("refused"))                          \
	X(PROPOSAL_WITHDRAWN, "withdrawn", N_("withdrawn"))
#define X(id, name, label) id,
enum proposal_state { PROPOSAL_STATE_LIST(X) };
#undef X
extern const struct state_list proposal_states;

/* The country that a word in its search form stands for, besides code and name:
 * AF, AFGHANISCH (data/names/countries.tsv); NULL: none. */
const char *country_of_word(const char *form);
/* Stateless and unclear (XXA, XXX of ICAO Doc 9303-3) stand beside no country. */
bool country_stands_alone(const char *code);

/* ---- letters of names (DIN 91379) ---- */

/*
 * The first thing in a name that is no Latin letter or sign of DIN 91379 (list
 * bll, N1, N2): its cluster, in a.  NULL when there is none.  name is NFC.
 */
const char *letters_strange(struct arena *a, const char *name);
/* "U+0428" or "U+0043 U+0323" of a cluster. */
char *letters_codes(struct arena *a, const char *cluster);
/* ISO 15924 code of the script most letters are of: Latn, Arab, Cyrl, Ethi,
 * Grek, Hebr, ...; Zyyy where there are no letters of a script we know. */
const char *script_of(const char *name);

#endif
