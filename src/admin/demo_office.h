/*
 * demo_office.h - layer 5: the invented office while it is being made.  demo.c
 * owns it; history, cases and waiting room each add their part.
 */
#ifndef TRESEN_ADMIN_DEMO_OFFICE_H
#define TRESEN_ADMIN_DEMO_OFFICE_H

#include "demo.h"
#include "service_form.h"
#include "service.h"

/* Volumes of organisation.md section 9; all figures are house values. */
struct profile {
	char size;
	int people;              /* with open file */
	int visits_a_day;
	int served;              /* today, by now */
	int open_cases;          /* in the back office at the start */
	int decided_a_day;       /* in the last weeks */
	int old_cases;           /* closed before that */
	int old_notes;           /* on each of them */
	int staff;
	int waiting;             /* now, at the main site */
	int homes_in_100;        /* families of which it is recorded who lives with whom */
};

/* A service with what the generator asks of it again and again. */
struct demand {
	struct service service;
	int cases, visits;       /* weights */
	struct fit who;          /* comes for it */
	bool closed;             /* its unit is a compartment */
	const struct form *form; /* or NULL */
};

/* Staff of a unit at a site, who work with people. */
struct crew {
	const char *unit, *site; /* site NULL: all */
	const struct staff **list;
	int n;
};

/* One thing that somebody does at one moment. */
struct scene {
	int64_t at;
	int order;               /* keeps scenes of one moment in order */
	short act;
	int subject;             /* index of a case or visit plan */
};

struct playbook {
	struct scene *scenes;
	int n, size, next;
};

struct case_plan;
struct demo_homes;
struct desk;

struct demo {
	struct op op;            /* of the event being made; its arena dies with it */
	struct arena *mem;       /* of the whole run */
	struct dice dice;
	const struct profile *size;
	int64_t now;             /* when the clerk opens the training office */
	int today, first_day;
	struct town town;
	struct family_tree *tree;
	struct demo_homes *homes;
	struct demand *demand;
	int n_demand, case_weights, visit_weights;
	struct crew crews[64];
	int n_crews;
	struct staff *staff;
	size_t n_staff;
	int *holidays;
	size_t n_holidays;
	int people;              /* made so far; their ids are 1 ... people */
	struct trait *traits;    /* of each of them, by id */
	struct playbook book;
	struct case_plan *cases;
	int n_cases;
	struct desk *desks;      /* of today's waiting rooms */
	int n_desks;
};

/* ---- demo.c ---- */

#define DAY_ENDS (20 * 60)       /* minute: the past of a day is written then */

/* One event: begin, change, end.  by acts at the moment at. */
MUST_CHECK enum status demo_begin(struct demo *d, int64_t at, const struct staff *by);
MUST_CHECK enum status demo_end(struct demo *d, const char *command);

/* Somebody of a unit who works with people; site NULL: anywhere. */
const struct staff *demo_clerk(struct demo *d, const char *unit, const char *site);
const struct demand *demo_demand(struct demo *d, bool of_cases);
/* This person, or the next one who would come for it on that day; nobody who comes
 * for something already, if there is somebody else. */
int64_t demo_who_wants(const struct demo *d, const struct demand *what, int64_t person, int day);
/* Main site mostly. */
const char *demo_site(struct demo *d);
/* The instant of a local time of day. */
int64_t demo_instant(int day, int minute);
bool demo_working(const struct demo *d, int day);
void demo_scene(struct demo *d, int64_t at, int act, int subject);

/* ---- demo_staff.c ---- */

MUST_CHECK enum status demo_hire(struct demo *d, const struct origin *origins, int n);

/* ---- demo_history.c: what is long past, in large events ---- */

MUST_CHECK enum status demo_people_until(struct demo *d, int day);
MUST_CHECK enum status demo_old_visits(struct demo *d, int day);
MUST_CHECK enum status demo_old_cases(struct demo *d, int day);

/* ---- demo_terms.c ---- */

/* What a person has that ends; *trait is told what that is. */
MUST_CHECK enum status demo_terms(struct demo *d, const struct person *p, struct trait *trait);

/* ---- demo_homes.c: who lives with whom ---- */

struct demo_homes *homes_new(struct arena *mem, uint64_t seed);
/* Somebody was recorded; with the last of a family its household is. */
MUST_CHECK enum status homes_member(struct demo *d, const struct invented *someone,
                                    int64_t person, int day);
/* Moves and separations of a day of the last weeks; the births told today. */
MUST_CHECK enum status homes_day(struct demo *d, int day);
MUST_CHECK enum status homes_today(struct demo *d);

/* ---- demo_cases.c, demo_room.c: plans and what they come to ---- */

#define ROOM_ACTS 100            /* acts from here on are those of the room */

void demo_plan_cases(struct demo *d);
MUST_CHECK enum status demo_play_case(struct demo *d, const struct scene *scene);
void demo_plan_room(struct demo *d);
MUST_CHECK enum status demo_play_room(struct demo *d, const struct scene *scene);

/* ---- demo_answers.c ---- */

/* Plausible answers of a person who comes for what to its form; urgent: the day that makes the case due,
 * or DAY_NONE.  The caller's. */
json_t *demo_answers(struct demo *d, const struct form *form, const struct demand *what,
                     int64_t person, int urgent);
/* Why what the form warns of is right. */
json_t *demo_reasons(struct demo *d, const struct form *form, const json_t *answers);

#endif
