/*
 * find_judge.c - layer 3: how well a person fits what was looked for, and why,
 * in words.  Called by find.c and candidates.c for the hundred people that the
 * store's counting left.
 */
#include "find_judge.h"

#include <stdlib.h>
#include <string.h>

#define LESS_PER_UNIT 450        /* a name has more units than were said: less than a slip */
#define LESS_UNITS_MAX 900
#define LESS_OTHER_NAME 100      /* it is an alias, a former name */
#define WEAK_EXTRA 40            /* a particle that is there too */
#define LIKE_INITIAL 91          /* all that is there of a part fits */
#define BEGINS 50                /* the family name was said first: as on a list */

/* What a date adds to the name's points. */
static const int points_of_birth[] = {
	[BIRTH_UNKNOWN] = -100, [BIRTH_EQUAL] = 600, [BIRTH_TURNED] = 400, [BIRTH_VAGUE] = 350,
	[BIRTH_YEAR] = 50, [BIRTH_NEAR] = -100, [BIRTH_OTHER] = -1200,
};

/* What is being placed: how alike is each unit to each part, and what is left. */
struct placing {
	const struct search *s;
	const struct name_parts *name;
	int like[SEARCH_UNITS_MAX][2 * NAME_UNITS_MAX];
	bool used[2 * NAME_UNITS_MAX];
};

struct name_parts *
split_names(struct op *op, const struct found *f)
{
	struct name_parts *names = arena_array(op->mem, struct name_parts, f->n_names + 1);

	for (size_t i = 0; i < f->n_names; i++) {
		const struct person_name *from = &f->names[i];
		struct name_unit units[2 * NAME_UNITS_MAX], *copy;
		size_t family = name_units(op->mem, from->family, units), n = family;

		if (from->given)
			n += name_units(op->mem, from->given, units + n);
		copy = arena_array(op->mem, struct name_unit, n + 1);
		memcpy(copy, units, n * sizeof(*copy));
		names[i] = (struct name_parts){ copy, n, family };
	}
	return names;
}

/* A letter begins more names than a search keeps candidates of. */
static bool
is_initial_of(const struct search_unit *u, const struct name_unit *of)
{
	return u->open && !u->form[1] && u->form[0] == of->form[0];
}

static int
like_unit(const struct search_unit *u, const struct name_unit *of)
{
	int like = is_initial_of(u, of) ? LIKE_INITIAL : search_unit_like(u, of->form);
	int glued = of->glued ? search_unit_like(u, of->glued) : 0;

	like = glued > like ? glued : like;
	/* a particle stands for itself alone: al is not Ali */
	return u->weak && like < LIKE_SPELLING ? 0 : like;
}

/* The best pair of a unit not yet placed and a part not yet used. */
static int
best_pair(const struct placing *p, const struct fit *fit, size_t *unit, size_t *part)
{
	int best = 0;

	for (size_t i = 0; i < p->s->n_units; i++)
		for (size_t k = 0; !fit->part[i] && k < p->name->n; k++)
			if (!p->used[k] && p->like[i][k] > best) {
				best = p->like[i][k];
				*unit = i;
				*part = k;
			}
	return best;
}

static void
place(struct placing *p, struct fit *fit)
{
	const struct name_unit *units = p->name->units;
	size_t unit, part;
	int like;

	for (size_t i = 0; i < p->s->n_units; i++)
		for (size_t k = 0; k < p->name->n; k++)
			p->like[i][k] = like_unit(&p->s->units[i], &units[k]);
	while ((like = best_pair(p, fit, &unit, &part)) > 0) {
		fit->part[unit] = &units[part];
		fit->like[unit] = like;
		p->used[part] = true;
		/* the particles in front go along with what they belong to */
		for (size_t k = part; k > 0 && units[k - 1].particle != PARTICLE_NONE; k--)
			p->used[k - 1] = true;
	}
}

static int
points(const struct placing *p, const struct fit *fit)
{
	int sum = 0, weight = 0, extra = 0, left = 0;

	for (size_t i = 0; i < p->s->n_units; i++) {
		const struct search_unit *u = &p->s->units[i];

		if (u->weak) {
			extra += fit->part[i] ? WEAK_EXTRA : 0;
			continue;
		}
		sum += fit->like[i] * u->weight * 100;
		weight += u->weight;
	}
	for (size_t k = 0; k < p->name->n; k++)
		if (!p->used[k] && p->name->units[k].particle == PARTICLE_NONE)
			left += LESS_PER_UNIT;
	return (weight ? sum / weight : 0) + extra - (left < LESS_UNITS_MAX ? left : LESS_UNITS_MAX);
}

/* The first unit typed stands in the family name. */
static bool
family_first(const struct search *s, const struct name_parts *name, const struct fit *fit)
{
	if (s->n_units < 2 || !fit->part[0])
		return false;
	for (size_t k = 0; k < name->n_family; k++)
		if (strcmp(name->units[k].form, fit->part[0]->form) == 0)
			return true;
	return false;
}

void
fit_names(const struct search *s, const struct found *f, const struct name_parts *parts,
          struct fit *best)
{
	*best = (struct fit){ .points = -1 };
	for (size_t i = 0; i < f->n_names; i++) {
		struct fit fit = { .name = &f->names[i] };
		struct placing p = { .s = s, .name = &parts[i] };

		place(&p, &fit);
		fit.points = points(&p, &fit) - (i > 0 ? LESS_OTHER_NAME : 0) +
		    (family_first(s, &parts[i], &fit) ? BEGINS : 0);
		if (fit.points > best->points)
			*best = fit;
	}
}

enum birth_match
fit_birth(const struct birth *said, size_t n, const char *born)
{
	enum birth_match best = BIRTH_OTHER;
	struct birth b;

	if (n == 0 || !birth_parse(born, &b))
		return BIRTH_UNKNOWN;
	for (size_t i = 0; i < n; i++) {
		enum birth_match one = birth_match(&said[i], &b);

		if (points_of_birth[one] > points_of_birth[best])
			best = one;
	}
	return best;
}

int
birth_points(enum birth_match match)
{
	return points_of_birth[match];
}

int
score_of_name(const struct search *s, const struct fit *fit)
{
	int sum = 0, weight = 0;

	for (size_t i = 0; i < s->n_units; i++)
		if (!s->units[i].weak) {
			sum += fit->like[i] * s->units[i].weight;
			weight += s->units[i].weight;
		}
	return weight ? sum / weight : 100;
}

int
worst_of(const struct search *s, const struct fit *fit)
{
	int worst = LIKE_SAME;

	for (size_t i = 0; i < s->n_units; i++)
		if (!s->units[i].weak && fit->like[i] < worst)
			worst = fit->like[i];
	return worst;
}

int
score_of(const struct search *s, const struct fit *fit, enum birth_match match)
{
	int score = score_of_name(s, fit);

	if (s->n_born && points_of_birth[match] < points_of_birth[BIRTH_EQUAL])
		score -= match == BIRTH_OTHER ? 15 : match == BIRTH_YEAR ? 8 : 3;
	return score < 0 ? 0 : score;
}

/* ---- words ---- */

static const char *
join(struct op *op, const char *a, const char *b)
{
	return *a ? arena_printf(op->mem, "%s; %s", a, b) : b;
}

/* "Muhamad ~ Mohammed" for each unit whose letters differ. */
static const char *
unlike_units(struct op *op, const struct search *s, const struct fit *fit, bool *begins)
{
	const char *why = "";

	for (size_t i = 0; i < s->n_units; i++) {
		const struct search_unit *u = &s->units[i];

		if (!fit->part[i] || fit->like[i] == LIKE_SAME)
			continue;
		if (strncmp(u->form, fit->part[i]->form, strlen(u->form)) == 0)
			*begins = true;
		else
			why = join(op, why, arena_printf(op->mem, "%s ~ %s", u->text,
			    fit->part[i]->text));
	}
	return why;
}

static const char *
words_of_birth(struct op *op, enum birth_match match, const char *born)
{
	switch (match) {
	case BIRTH_EQUAL:
		return _("born then");
	case BIRTH_TURNED:
		return arena_printf(op->mem, _("born %s: day and month turned"), born);
	case BIRTH_VAGUE:
		return arena_printf(op->mem, strlen(born) == 4 || strcmp(born + 4, "-01-01") == 0
		    ? _("born %s: only the year") : _("born %s: as far as was said"), born);
	case BIRTH_YEAR:
		return _("same year of birth");
	case BIRTH_NEAR:
		return _("born a year apart");
	case BIRTH_OTHER:
		return _("other date of birth");
	default:
		return _("date of birth not known");
	}
}

const char *
fit_why(struct op *op, const struct search *s, const struct found *f, const struct fit *fit,
        enum birth_match match)
{
	bool begins = false, missing = false;
	const char *why = s->n_units ? unlike_units(op, s, fit, &begins) : "";

	for (size_t i = 0; i < s->n_units; i++)
		missing |= !s->units[i].weak && !fit->part[i];
	if (s->n_units && missing)
		why = join(op, why, _("a part of the name is missing"));
	else if (s->n_units && begins)
		why = join(op, why, _("name begins so"));
	else if (s->n_units && !*why)
		why = _("same name");
	if (fit->name && fit->name != f->names)
		why = join(op, why, fit->name->given
		    ? arena_printf(op->mem, _("as %s %s"), fit->name->given, fit->name->family)
		    : arena_printf(op->mem, _("as %s"), fit->name->family));
	if (s->n_born)
		why = join(op, why, words_of_birth(op, match, f->born ? f->born : ""));
	return why;
}
