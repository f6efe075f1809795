/*
 * takein.h - layer 3: what the files of the take-in share.  takein.c is the
 * screen, its pages and its draft; takein_keys.c acts, takein_matter.c knows
 * service, form and papers, takein_scan.c reads documents, takein_draw.c draws,
 * takein_send.c hands over.
 */
#ifndef TRESEN_SCREEN_TAKEIN_H
#define TRESEN_SCREEN_TAKEIN_H

#include "personform.h"

enum takein_page { PAGE_PERSON, PAGE_FORM, PAGE_PAPERS, PAGE_SEND };

struct takein {
	json_t *visit;           /* as the engine has it; the same below */
	struct person_form person;
	json_t *cases;           /* of a person in the register */
	json_t *hits;            /* people of the name that is being typed */
	const char *looked_for;  /* what hits are for */

	const char *service;     /* code, "" as long as nobody has said */
	struct form_view answers;        /* .form NULL: the service has none */
	json_t *offered_papers;  /* what form or service may ask for */
	json_t *brought;         /* paper -> true */
	struct table papers;     /* what is asked for now */
	const struct form_paper *asked; /* its rows */
	size_t needed, had;      /* required papers, and those brought */

	enum takein_page page;
	int64_t case_id;         /* 0: not opened yet */
	json_t *recorded;        /* papers the engine knows to be here */
	bool handed_over;        /* ... and the hand-over, the end of the visit */
	const char *waits_for;   /* what was asked for when the visit's case was taken in */
	const char *reason;      /* why hand over without all papers */
	json_t *record;          /* the person as the register has them, or NULL */
	bool somebody_else;      /* not the one of that name in the register */
	bool anyway;             /* a second case of this service is wanted */
};

/* ---- takein.c ---- */

bool takein_has_page(const struct takein *t, int page);
/* To a page, or in the direction of step to the next there is. */
unsigned takein_go(struct screen *s, int page, int step);
/* The visit is now known to be of the person chosen, and so about what waits for
 * them. */
MUST_CHECK enum status takein_tie(struct screen *s);
/* After a form was made: beyond its ends are the other pages. */
void takein_bind_forms(struct screen *s);

/* ---- takein_hits.c ---- */

/* Who may be meant by what is typed. */
void takein_look_for(struct screen *s);
/* So like that a second record needs a reason? */
bool takein_is_strong(const json_t *hit);
/* So like that one should look before a record is made? */
bool takein_may_be(const json_t *hit);
/* Somebody of the same name, and born then as far as one knows; or NULL. */
const json_t *takein_namesake(const struct takein *t);
/* At the foot of body, with reasons; how many rows that took. */
int takein_draw_hits(const struct takein *t, struct area body);
/* The hits stay as they are until the name is typed anew. */
void takein_keep_hits(struct screen *s);

/* ---- takein_scan.c ---- */

unsigned takein_scanned(struct screen *s, const char *zone);
/* Puts the document that is kept into what the form leaves empty. */
unsigned takein_fill_scanned(struct screen *s);

/* ---- takein_keys.c ---- */

/* Somebody of the register, or 0 for somebody new, was chosen. */
unsigned takein_took_person(struct screen *s, int64_t id);
/* The take-in of a visit, about this service. */
unsigned takein_open(struct screen *s, int64_t visit, const char *service);
extern const struct binding takein_bindings[];

/* ---- takein_matter.c ---- */

/* The service's form and papers; "" for none. */
MUST_CHECK enum status takein_set_service(struct screen *s, const char *code);
/* A person of the register, with their cases; 0: somebody new. */
MUST_CHECK enum status takein_set_person(struct screen *s, int64_t id);
/* What the register or the first page says of the person, into the form of the
 * service where nothing else is typed; false: not all of the page can be read. */
bool takein_offer_person(struct screen *s);
/* Looks up who a person in the form is. */
unsigned takein_pick_person(struct screen *s);
/* The papers under the answers so far. */
void takein_list_papers(struct screen *s);
/* The service's entry in the catalogue, or NULL. */
const json_t *takein_service(const struct screen *s);
/* Does this clerk's own unit work on it? */
bool takein_stays(const struct screen *s);
/* Where the matter goes: as its form says under these answers, else its service. */
const char *takein_unit(const struct screen *s);
/* Can the visit end without a new case: settled here, or there is one? */
bool takein_is_quick(const struct screen *s);
/* A live case of the same service, or that the visit is about, that was not
 * opened here; or NULL. */
const json_t *takein_twin(const struct screen *s);
/* Answers that are missing until the decision, soonest needed first; in a. */
size_t takein_gaps(struct arena *a, const struct takein *t, struct form_gap **gaps);
/* Keys of the papers that are here, "PASS PHOTO". */
const char *takein_brought(struct arena *a, const struct takein *t);
/* "photo, proof of rent": required papers that are not here. */
const char *takein_missing(struct arena *a, const struct screen *s);

/* ---- takein_draw.c ---- */

void takein_head(const struct screen *s, struct head *h);
void takein_draw(const struct screen *s, struct area body);

/* ---- takein_send.c ---- */

/* Everything from the record to the end of the visit.  Stops where something
 * is missing or fails, and goes on there when called again. */
unsigned takein_send(struct screen *s);
/* Why a field of the person that another unit keeps should change. */
unsigned takein_took_person_reason(void *on, const char *reason);

#endif
