/*
 * demo_staff.c - layer 5: colleagues beside the fixed logins, as many as the
 * load profile has.  Called by demo.c.
 */
#include "admin.h"
#include "demo_office.h"

#include <string.h>

/* Posts in the order in which they are filled, again and again. */
static const struct post {
	const char *login, *unit, *site;
	enum role role;
} posts[] = {
	{ "front", "front_office", "main", ROLE_COUNTER },
	{ "res", "residence", "main", ROLE_CLERK },
	{ "branch", "front_office", "branch2", ROLE_COUNTER },
	{ "ben", "benefits", "main", ROLE_CLERK },
	{ "front", "front_office", "main", ROLE_COUNTER },
	{ "res", "residence", "main", ROLE_CLERK },
	{ "soc", "social_work", "main", ROLE_CLERK },
	{ "branch", "front_office", "branch", ROLE_COUNTER },
	{ "res", "residence", "main", ROLE_CLERK },
	{ "ben", "benefits", "main", ROLE_CLERK },
	{ "res", "residence", "main", ROLE_CLERK },
	{ "front", "front_office", "main", ROLE_COUNTER },
	{ "soc", "social_work", "main", ROLE_CLERK },
	{ "res", "residence", "main", ROLE_CLERK },
	{ "ben", "benefits", "main", ROLE_CLERK },
	{ "res", "residence", "main", ROLE_CLERK },
};

/* Logins go on where the fixed ones end: front4, res3, branch2. */
static const char *
login_next(struct demo *d, const char *prefix)
{
	for (int n = 1;; n++) {
		const char *login = arena_printf(d->mem, "%s%d", prefix, n);
		size_t i = 0;

		while (i < d->n_staff && strcmp(d->staff[i].login, login) != 0)
			i++;
		if (i == d->n_staff)
			return login;
	}
}

static const char *
name_pick(struct demo *d, const struct origin *origins, int n)
{
	for (;;) {
		const struct origin *o = origins + dice_below(&d->dice, n);

		if (o->family.n)
			return o->family.list[dice_below(&d->dice, o->family.n)].latin[0];
	}
}

static bool
counter_taken(const struct demo *d, const char *code)
{
	for (size_t i = 0; i < d->n_staff; i++)
		if (d->staff[i].counter && strcmp(d->staff[i].counter, code) == 0)
			return true;
	return false;
}

/* A free one while there are; then colleagues share by turns. */
static enum status
counter_pick(struct demo *d, struct staff *s)
{
	struct counter *list;
	size_t n, at;

	TRY(store_counter_list(&d->op, s->site, &list, &n));
	if (n == 0)
		return ST_OK;
	for (at = 0; at < n && counter_taken(d, list[at].code); at++)
		;
	s->counter = arena_strdup(d->mem, list[at < n ? at : d->n_staff % n].code);
	return ST_OK;
}

enum status
demo_hire(struct demo *d, const struct origin *origins, int n)
{
	struct staff *all = arena_array(d->mem, struct staff, (size_t)d->size->staff + d->n_staff);

	memcpy(all, d->staff, d->n_staff * sizeof(*all));
	d->staff = all;
	if (d->n_staff >= (size_t)d->size->staff)
		return ST_OK;
	TRY(demo_begin(d, d->now - (int64_t)DEMO_DAYS * 86400, NULL));
	for (int i = 0; d->n_staff < (size_t)d->size->staff; i++) {
		const struct post *post = posts + (size_t)i % COUNT_OF(posts);
		struct staff s = {
			.login = login_next(d, post->login), .name = name_pick(d, origins, n),
			.uid = -1, .role = post->role, .unit = post->unit, .site = post->site,
		};

		if (post->role == ROLE_COUNTER)
			TRY(counter_pick(d, &s));
		TRY(store_staff_add(&d->op, &s, &s.id));
		all[d->n_staff++] = s;
	}
	return demo_end(d, "staff.add");
}
