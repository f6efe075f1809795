/*
 * takein_scan.c - layer 3: a document scanned at a take-in: whose it is, and
 * what of it goes into the form.  Must never take somebody from the register
 * unasked, nor write over what stands in the form.
 */
#include "takein.h"

#include "scanned.h"

/* From this score on the register is asked about before anything is filled: the
 * name in some spelling, and no other date of birth. */
#define SCORE_LIKELY 90
#define SCORE_NUMBER 100

static const json_t *
best_hit(const struct takein *t)
{
	return json_array_get(t->hits, 0);
}

static unsigned
act_overwrite(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;

	return scan_overwrite(s, &t->person);
}

static const struct binding differ_choices[] = {
	{ .keys = "d", .label = N_("take the document's"), .act = act_overwrite },
	{ 0 }
};

/* The empty fields of the form; what stands in others is asked about. */
unsigned
takein_fill_scanned(struct screen *s)
{
	struct takein *t = s->state;

	return scan_take(s, &t->person, differ_choices);
}

/* ---- somebody of the register ---- */

static unsigned
act_take(void *on)
{
	struct screen *s = on;
	struct takein *t = s->state;
	json_t *document = json_incref(t->person.document);
	int64_t id = number_at(best_hit(t), "id");
	unsigned reaction;

	person_form_keep(&t->person, NULL);
	reaction = takein_took_person(s, id);
	if (t->person.id == id) {
		person_form_keep(&t->person, document);
		reaction = takein_fill_scanned(s);
	}
	json_decref(document);
	return reaction;
}

static unsigned
act_fill(void *on)
{
	return takein_fill_scanned(on);
}

static const struct binding holder_choices[] = {
	{ .keys = "r", .label = N_("take this one"), .act = act_take },
	{ .keys = "n", .label = N_("it is somebody else"), .act = act_fill },
	{ 0 }
};

/* ---- all of it ---- */

unsigned
takein_scanned(struct screen *s, const char *zone)
{
	struct takein *t = s->state;
	const json_t *found = scan_ask(s, zone), *scan = at(found, "scan"), *hit;
	int64_t score;

	if (!scan)
		return DRAW; /* the sentence stands */
	takein_go(s, PAGE_PERSON, -1);
	json_decref(t->hits);
	t->hits = json_incref(json_object_get(found, "people"));
	scan_keep(&t->person, zone, scan);
	hit = best_hit(t);
	score = number_at(hit, "score");
	if (hit && number_at(hit, "id") != t->person.id &&
	    (score == SCORE_NUMBER || (score >= SCORE_LIKELY && !t->person.id))) {
		if (!t->person.id && scan_fill(s, &t->person, scan) == 0)
			takein_keep_hits(s);
		return choose(s, holder_choices, _("In the register: %s (%s)."),
		    person_line(s->page, hit), text_at(hit, "why"));
	}
	return takein_fill_scanned(s);
}
