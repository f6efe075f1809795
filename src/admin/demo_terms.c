/*
 * demo_terms.c - layer 5: invents what ends by itself: titles, permissions,
 * tolerations, periods of benefits.  Called by demo_history.c for each person.
 * Ends lie around the day on which the training office is opened.
 */
#include "demo_office.h"

#include <string.h>

#include "store_radar.h"

#define TITLE_DAYS 1096          /* nobody holds one that begins tomorrow */
#define SOON_DAYS 120            /* then its end is what they come for */

/* What people have, in a hundred; what is left over has nothing that ends. */
static const struct holding {
	int percent;
	const char *kind;
	const char *statuses[4];
	int earliest, latest;    /* end, days from today */
	int benefit;             /* in a hundred, has a period of benefits */
} holdings[] = {
	{ 58, "title", { "AE25_2", "AE25_1", "AE25_3", "AE18A" }, -12, 1095, 0 },
	{ 4, "title", { "AE25_5", "AE25B", "AE104C", "AE25_4" }, -12, 365, 20 },
	{ 9, "permission", { "GEST", "GEST", "GEST", "GEST" }, -6, 180, 85 },
	{ 6, "toleration", { "DULD", "DULD", "DUL_B", "DUL_C" }, -4, 170, 70 },
	{ 2, "provisional", { "FIK", "FIK", "FIK", "FIK" }, -3, 90, 0 },
};

/* Of their own: a person more or less changes nothing for the next. */
static struct dice
dice_of(const struct person *p)
{
	struct dice dice = { .state = (uint64_t)p->id };

	for (const char *c = p->display; *c; c++)
		dice.state = dice.state * 31 + (unsigned char)*c;
	return dice;
}

static const struct holding *
holding_pick(struct dice *dice)
{
	int left = dice_below(dice, 100);

	for (size_t i = 0; i < COUNT_OF(holdings); i++) {
		left -= holdings[i].percent;
		if (left < 0)
			return holdings + i;
	}
	return NULL;
}

/* Nobody has held anything before they came. */
static enum status
term_write(struct demo *d, int64_t person, const struct trait *trait, const char *kind,
           const char *status, int ends, int days)
{
	struct term t = {
		.person_id = person, .kind = kind, .status = status, .ends = ends,
		.from = ends - days > trait->entered ? ends - days : trait->entered,
		.ended = DAY_NONE,
	};

	return t.from < ends ? store_term_add(&d->op, &t) : ST_OK;
}

/* Citizens of the Union need no title, Germans less so. */
static const char *
needs_none(const struct person *p)
{
	const char *country = p->n_nationalities ? p->nationalities[0] : "";

	if (strcmp(country, "DEU") == 0)
		return "german";
	return *country && strstr("BGR ROU POL HRV GRC ITA", country) ? "eu" : NULL;
}

enum status
demo_terms(struct demo *d, const struct person *p, struct trait *trait)
{
	struct dice dice = dice_of(p);
	bool ukraine = p->n_nationalities && strcmp(p->nationalities[0], "UKR") == 0;
	const struct holding *h = holding_pick(&dice);
	const char *kind = needs_none(p);
	int ends;

	if (!kind)
		kind = !h ? "none" : ukraine ? "protection24" : h->kind;
	trait->words = arena_printf(d->mem, "%s%s ", trait->words, kind);
	if (!h || needs_none(p))
		return ST_OK;
	/* titles valid on 1.2.2026 run on to 4.3.2027 (UkraineAufenthFGV) */
	trait->status = ukraine ? "AE22_24" : h->statuses[dice_below(&dice,
	    COUNT_OF(h->statuses))];
	trait->ends = ukraine ? day_from_ymd(2027, 3, 4)
	    : d->today + dice_between(&dice, h->earliest, h->latest);
	trait->words = arena_printf(d->mem, "%s%s %s", trait->words, trait->status,
	    trait->ends - d->today < SOON_DAYS ? "soon " : "");
	TRY(term_write(d, p->id, trait, ukraine ? "title" : h->kind, trait->status, trait->ends,
	    strcmp(h->kind, "title") == 0 ? TITLE_DAYS : 365));
	if (ukraine || !dice_percent(&dice, h->benefit))
		return ST_OK;
	ends = d->today + dice_between(&dice, -2, 180);
	return term_write(d, p->id, trait, "benefit", NULL, ends, 182);
}
