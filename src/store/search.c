/*
 * search.c - layer 2: the people who fit a search best, by counting: each unit
 * gives its points to all who bear a spelling of it.  Called by
 * service/find.c.  Never reads a row of a person here: two bytes each are
 * enough to leave all but the best hundred out.
 */
#include "store_search.h"

#include <stdio.h>
#include <stdlib.h>

#include "search.h"

#define COMMON 2000              /* from so many people on a unit only adds to others */
#define UNITS_FIT 100            /* points for a name of as many units as were typed */
#define MAIN_NAME 6              /* points for the main name */
#define POINTS_DAY 1500          /* born on that day */
#define POINTS_TURNED 1100       /* day and month turned round */
#define POINTS_VAGUE 1000        /* the same year, and no more was said or known */
#define POINTS_YEAR 500          /* the same year, another day */

/* People of one row of spelling_people. */
struct tile {
	uint16_t points[CHUNK_PEOPLE];
	uint8_t counted[CHUNK_PEOPLE]; /* the last unit that gave points, from 1 */
	uint8_t marks[CHUNK_PEOPLE];
};

struct count {
	struct op *op;
	struct tile **tiles;
	size_t n_tiles;
};

static enum status
count_open(struct op *op, struct count *c)
{
	static const char sql[] = "SELECT coalesce(max(id), 0) FROM person";
	int64_t newest;

	TRY(db_number(op, db_query(op, sql), &newest));
	c->op = op;
	c->n_tiles = (size_t)(newest >> CHUNK_BITS) + 1;
	c->tiles = arena_array(op->mem, struct tile *, c->n_tiles);
	return ST_OK;
}

static void
give(struct tile *t, unsigned entry, uint8_t unit, unsigned points, bool only_counted)
{
	unsigned i = entry >> 4;

	if (t->counted[i] == unit || (only_counted && !t->counted[i]))
		return;
	t->counted[i] = unit;
	t->points[i] = (uint16_t)(t->points[i] + points);
	t->marks[i] = entry & 0xF;
}

static enum status
give_to_bearers(struct count *c, int64_t spelling_id, uint8_t unit, unsigned points,
                bool only_counted)
{
	static const char sql[] =
	    "SELECT id, people FROM spelling_people WHERE id BETWEEN ?1 AND ?2";
	sqlite3_stmt *q = db_query(c->op, sql);
	bool row;

	bind_int(q, 1, chunk_row(spelling_id, 0));
	bind_int(q, 2, chunk_row(spelling_id + 1, 0) - 1);
	for (;;) {
		const uint8_t *bytes;
		size_t chunk, n;

		TRY(db_step(c->op, q, &row));
		if (!row)
			return ST_OK;
		chunk = (size_t)col_int(q, 0) & ((1u << CHUNK_OF_SPELLING_BITS) - 1);
		if (chunk >= c->n_tiles || (only_counted && !c->tiles[chunk]))
			continue;
		if (!c->tiles[chunk])
			c->tiles[chunk] = arena_make(c->op->mem, struct tile);
		bytes = sqlite3_column_blob(q, 1);
		n = (size_t)sqlite3_column_bytes(q, 1) / 2;
		for (size_t i = 0; i < n; i++)
			give(c->tiles[chunk], entry_at(bytes, i), unit, points, only_counted);
	}
}

/* ---- units ---- */

static int
likest_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return y->like - x->like;
}

/* The likest spelling comes first: a person gets points once a unit. */
static enum status
count_unit(struct count *c, const struct search_unit *u, uint8_t number, bool only_counted)
{
	struct candidate *list = arena_array(c->op->mem, struct candidate, u->n + 1);

	if (u->n == 0)
		return ST_OK;
	memcpy(list, u->list, u->n * sizeof(*list));
	if (u->n > 1)
		qsort(list, u->n, sizeof(*list), likest_first);
	for (size_t i = 0; i < u->n; i++)
		TRY(give_to_bearers(c, list[i].spelling_id, number,
		    (unsigned)(list[i].like * u->weight), only_counted));
	return ST_OK;
}

static int64_t
people_of(const struct search_unit *u)
{
	int64_t people = 0;

	for (size_t i = 0; i < u->n; i++)
		people += u->list[i].people;
	return people;
}

/* Units from the rarest on; a particle comes last. */
static size_t
order_units(const struct search *s, const struct search_unit **order)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_units; i++) {
		const struct search_unit *u = &s->units[i];
		size_t at = n++;

		for (; at > 0 && (order[at - 1]->weak > u->weak || (order[at - 1]->weak == u->weak &&
		    people_of(order[at - 1]) > people_of(u))); at--)
			order[at] = order[at - 1];
		order[at] = u;
	}
	return n;
}

/* ---- birth ---- */

static const uint16_t points_of_match[] = {
	[BIRTH_EQUAL] = POINTS_DAY, [BIRTH_TURNED] = POINTS_TURNED, [BIRTH_VAGUE] = POINTS_VAGUE,
	[BIRTH_YEAR] = POINTS_YEAR, [BIRTH_OTHER] = 0,
};

static unsigned
born_points(const struct birth *b, const char *text)
{
	struct birth other;

	return birth_parse(text, &other) ? points_of_match[birth_match(b, &other)] : 0;
}

static enum status
count_range(struct count *c, const struct birth *b, const char *from, const char *to,
            uint8_t number)
{
	static const char sql[] = "SELECT id, born FROM person WHERE born BETWEEN ?1 AND ?2";
	sqlite3_stmt *q = db_query(c->op, sql);
	bool row;

	bind_text(q, 1, from);
	bind_text(q, 2, to);
	for (;;) {
		struct tile *t;
		int64_t id;

		TRY(db_step(c->op, q, &row));
		if (!row)
			return ST_OK;
		id = col_int(q, 0);
		t = (size_t)(id >> CHUNK_BITS) < c->n_tiles ? c->tiles[id >> CHUNK_BITS] : NULL;
		id &= CHUNK_PEOPLE - 1;
		if (t && t->counted[id] && t->counted[id] != number) {
			t->counted[id] = number;
			t->points[id] = (uint16_t)(t->points[id] +
			    born_points(b, (const char *)sqlite3_column_text(q, 1)));
		}
	}
}

/* Of a whole date only the days it may stand for: a year has ten thousand people. */
static enum status
count_born(struct count *c, const struct birth *b, uint8_t number)
{
	char year[16], month[24], day[32], turned[32], january[32], last[32];

	snprintf(year, sizeof(year), "%04d", b->year);
	snprintf(month, sizeof(month), "%04d-%02d", b->year, b->month);
	snprintf(day, sizeof(day), "%04d-%02d-%02d", b->year, b->month, b->day);
	snprintf(turned, sizeof(turned), "%04d-%02d-%02d", b->year, b->day, b->month);
	snprintf(january, sizeof(january), "%04d-01-01", b->year);
	snprintf(last, sizeof(last), "%04d-12-31", b->year);
	if (!b->month || !b->day || strcmp(day, january) == 0)
		return count_range(c, b, year, last, number);
	TRY(count_range(c, b, day, day, number));
	TRY(count_range(c, b, turned, turned, number));
	TRY(count_range(c, b, january, january, number));
	TRY(count_range(c, b, month, month, number));
	return count_range(c, b, year, year, number);
}

/* ---- the best ---- */

struct best {
	int64_t id;
	int points;
};

static int
fewest_first(const void *a, const void *b)
{
	const struct best *x = a, *y = b;

	if (x->points != y->points)
		return x->points - y->points;
	return x->id < y->id ? 1 : -1;
}

/* Puts the worst of a heap whose first has changed into its place. */
static void
sift(struct best *heap, size_t n)
{
	size_t at = 0;

	for (;;) {
		size_t least = at;
		struct best swap;

		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < n; child++)
			if (fewest_first(&heap[child], &heap[least]) < 0)
				least = child;
		if (least == at)
			return;
		swap = heap[at];
		heap[at] = heap[least];
		heap[least] = swap;
		at = least;
	}
}

static int
points_of(const struct tile *t, size_t i, size_t typed)
{
	unsigned units = t->marks[i] & MARK_UNITS;
	int points = t->points[i];

	if (units + 1 == typed || (units == MARK_UNITS && typed > MARK_UNITS))
		points += UNITS_FIT;
	return t->marks[i] & MARK_MAIN ? points + MAIN_NAME : points;
}

static void
add_best(struct best *heap, size_t *n, size_t limit, struct best one)
{
	if (*n < limit) {
		heap[(*n)++] = one;
		if (*n == limit)
			qsort(heap, *n, sizeof(*heap), fewest_first);
	} else if (fewest_first(&heap[0], &one) < 0) {
		heap[0] = one;
		sift(heap, *n);
	}
}

#define GLANCE 32                /* people looked at together: a million pass in a moment */

/* Written so that the compiler compares many at a time. */
static bool
any_above(const uint16_t points[GLANCE], int floor)
{
	unsigned above = 0;

	for (size_t i = 0; i < GLANCE; i++)
		above |= points[i] > (uint16_t)floor;
	return above != 0;
}

static void
take_best(const struct count *c, size_t typed, size_t limit, int64_t **ids, size_t *n)
{
	struct best *heap = arena_array(c->op->mem, struct best, limit);
	int floor = 0;           /* so few cannot get into a full heap */

	*n = 0;
	for (size_t chunk = 0; chunk < c->n_tiles; chunk++) {
		const struct tile *t = c->tiles[chunk];

		for (size_t i = 0; t && i < CHUNK_PEOPLE; i++) {
			if (i % GLANCE == 0 && !any_above(t->points + i, floor)) {
				i += GLANCE - 1;
				continue;
			}
			if (t->points[i] <= floor)
				continue;
			add_best(heap, n, limit, (struct best){ (int64_t)(chunk << CHUNK_BITS | i),
			    points_of(t, i, typed) });
			if (*n == limit && heap[0].points > UNITS_FIT + MAIN_NAME)
				floor = heap[0].points - UNITS_FIT - MAIN_NAME - 1;
		}
	}
	if (*n > 1)
		qsort(heap, *n, sizeof(*heap), fewest_first);
	*ids = arena_array(c->op->mem, int64_t, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*ids)[i] = heap[*n - 1 - i].id;
}

enum status
store_search_people(struct op *op, const struct search *s, size_t limit, int64_t **ids, size_t *n)
{
	const struct search_unit *order[SEARCH_UNITS_MAX];
	size_t units = order_units(s, order), typed = 0;
	struct count c;
	uint8_t number = 0;

	TRY(count_open(op, &c));
	for (size_t i = 0; i < units; i++) {
		bool only_counted = i > 0 && (order[i]->weak || people_of(order[i]) > COMMON);

		TRY(count_unit(&c, order[i], ++number, only_counted));
		typed += !order[i]->weak;
	}
	number++;
	for (size_t i = 0; i < s->n_born; i++)
		TRY(count_born(&c, &s->born[i], number));
	take_best(&c, typed, limit, ids, n);
	return ST_OK;
}
