/*
 * store_catalogue.h - layer 2: facts loaded as data: units, sites, services,
 * papers, lanes, holidays, code lists.  Names come in the language of
 * the op.  Part of store.h by noun.
 */
#ifndef TRESEN_STORE_CATALOGUE_H
#define TRESEN_STORE_CATALOGUE_H

#include "store.h"

struct unit {
	const char *code, *name;
	bool front, closed, figures_only;
};
struct site {
	const char *code, *name;
};
struct counter {
	const char *code, *site, *name;
};
struct service {
	int64_t id;
	const char *code, *name, *unit, *unit_name, *lane, *letter, *basis;
	int target_minutes;      /* at the counter, 0: never there */
	int target_days;         /* working days; 0: done at the counter */
	const char *checklist, *form; /* or NULL */
};
struct paper {
	const char *key, *name, *name_de, *name_en;
	bool required;
};
struct lane {
	const char *code, *name;
	int bonus_minutes, quota; /* quota 0: none */
};
struct code {
	const char *code, *name;
};

/* Active units in order; *n may be 0. */
MUST_CHECK enum status store_unit_list(struct op *op, struct unit **list, size_t *n);
/* Is there, or was there ever, such a code?  For what narrows a list: what has ended
 * is looked for, too. */
enum code_kind { CODE_UNIT, CODE_SERVICE, CODE_RECEIVER, CODE_BASIS, CODE_KINDS };
MUST_CHECK enum status store_code_known(struct op *op, enum code_kind kind, const char *code,
                                        bool *known);
/* ST_NOT_FOUND with a sentence for a code that is none or switched off. */
MUST_CHECK enum status store_unit_find(struct op *op, const char *code, struct unit *unit);
MUST_CHECK enum status store_site_list(struct op *op, struct site **list, size_t *n);
/* site NULL: all. */
MUST_CHECK enum status store_counter_list(struct op *op, const char *site, struct counter **list,
                                          size_t *n);
/* Services valid today, in order. */
MUST_CHECK enum status store_service_list(struct op *op, struct service **list, size_t *n);
/* Valid today; service->id 0: no such code. */
MUST_CHECK enum status store_service_find(struct op *op, const char *code,
                                          struct service *service);
MUST_CHECK enum status store_service_by_id(struct op *op, int64_t id, struct service *service);
MUST_CHECK enum status store_checklist(struct op *op, const char *checklist, struct paper **list,
                                       size_t *n);
/* One paper by key, as checklist (or NULL) words it, else whichever list has
 * it; paper->key NULL: none. */
MUST_CHECK enum status store_paper_find(struct op *op, const char *checklist, const char *key,
                                        struct paper *paper);
MUST_CHECK enum status store_lane_list(struct op *op, struct lane **list, size_t *n);
/* ST_NOT_FOUND with a sentence. */
MUST_CHECK enum status store_lane_find(struct op *op, const char *code, struct lane *lane);
/* Days ascending, from the given day on. */
MUST_CHECK enum status store_holidays(struct op *op, int from, int **days, size_t *n);
/* In the order of their file.  Lists: country, language, status, mrz; the frequent
 * ones of a list, country_often; language_near: its name is the code of another
 * language, which its speakers read. */
MUST_CHECK enum status store_code_list(struct op *op, const char *list_name, struct code **list,
                                       size_t *n);
/* Names in both languages, each a row, that begin with this letter (A to Z) or
 * with none of the plain ones. */
MUST_CHECK enum status store_code_begun(struct op *op, const char *list_name, char letter,
                                        struct code **list, size_t *n);
/* *name NULL: not on the list. */
MUST_CHECK enum status store_code_name(struct op *op, const char *list_name, const char *code,
                                       const char **name);

/* ---- loading: tresen-admin ---- */

struct service_row {
	const char *code, *valid_from, *valid_to, *name_de, *name_en, *unit, *lane, *letter;
	int target_minutes, target_days; /* 0: none */
	const char *basis, *checklist, *form;
	int position;
};
struct named {                   /* what every entry of the catalogue has */
	const char *code, *name_de, *name_en;
	int position;
};

/* Also of a unit that is switched off; *known false: there is none. */
MUST_CHECK enum status store_unit_known(struct op *op, const char *code, bool *known,
                                        bool *figures_only);
/* Each adds the entry or changes it to these values. */
MUST_CHECK enum status store_unit_put(struct op *op, const struct named *n, bool front, bool closed,
                                      bool figures_only, bool active);
MUST_CHECK enum status store_site_put(struct op *op, const struct named *n);
MUST_CHECK enum status store_counter_put(struct op *op, const struct named *n, const char *site);
MUST_CHECK enum status store_service_put(struct op *op, const struct service_row *row);
/* A service without a form gets this one. */
MUST_CHECK enum status store_service_give_form(struct op *op, const char *code,
                                               const char *form);
/* What a service, also one that is not valid today, belongs to. */
struct service_ties {
	bool known;
	const char *form, *unit, *retention; /* form, class of retention: or NULL */
};
MUST_CHECK enum status store_service_ties(struct op *op, const char *code,
                                          struct service_ties *ties);
/* Empties a checklist, before its items are put. */
MUST_CHECK enum status store_checklist_clear(struct op *op, const char *checklist);
MUST_CHECK enum status store_checklist_put(struct op *op, const char *checklist,
                                           const struct named *n, bool required);
MUST_CHECK enum status store_lane_put(struct op *op, const struct named *n, int bonus_minutes,
                                      int quota);
/* n->code is the day. */
MUST_CHECK enum status store_holiday_put(struct op *op, const struct named *n);
MUST_CHECK enum status store_code_put(struct op *op, const char *list_name, const struct named *n);
/* Forgets what is not among codes, each between blanks: " SYR UKR ". */
MUST_CHECK enum status store_code_keep(struct op *op, const char *list_name, const char *codes);

#endif
