/*
 * search.c - layer 2: the people who fit a search best, by counting: each unit
 * gives its points to all who bear a spelling of it.  Called by
 * service/find.c.  Never reads a row of a person here: three bytes each are
 * enough to leave all but the best hundred out.
 */
#include "store_search.h"

#include <stdio.h>
#include <stdlib.h>

#include "search.h"

#define PLACES_FIRST 2048        /* a power of two */
#define COMMON 2000              /* from so many people on a unit only adds to others */
#define UNITS_FIT 100            /* points for a name of as many units as were typed */
#define MAIN_NAME 6              /* points for the main name */
#define POINTS_DAY 1500          /* born on that day */
#define POINTS_TURNED 1100       /* day and month turned round */
#define POINTS_VAGUE 1000        /* the same year, and no more was said or known */
#define POINTS_YEAR 500          /* the same year, another day */
#define BORN_READ 256            /* so many dates are read one by one, not a whole year */

/* A person with points. */
struct tally {
	uint32_t id;             /* 0: the place is free */
	uint16_t points;
	uint8_t counted;         /* the last unit that gave points, from 1 */
	uint8_t marks;
};

/*
 * Those who have points, by their number: a table with free places, half of
 * them at least.  A search counts some hundred people, seldom ten thousands:
 * memory for each of a million would cost more than the counting.
 */
struct count {
	struct op *op;
	struct tally *places;
	size_t mask, n;          /* places less one; people */
	uint8_t *counted;        /* a bit for each number of a person: has points */
	uint32_t newest;
};

static enum status
count_open(struct op *op, struct count *c)
{
	static const char sql[] = "SELECT coalesce(max(id), 0) FROM person";
	int64_t newest;

	TRY(db_number(op, db_query(op, sql), &newest));
	*c = (struct count){ .op = op, .mask = PLACES_FIRST - 1,
		.places = arena_array(op->mem, struct tally, PLACES_FIRST),
		.newest = (uint32_t)newest };
	c->counted = arena_array(op->mem, uint8_t, (size_t)newest / 8 + 1);
	return ST_OK;
}

/* Where the person stands, or may be put. */
static struct tally *
place_of(const struct count *c, uint32_t id)
{
	size_t at = (id * 0x9E3779B1u >> 7) & c->mask;

	while (c->places[at].id && c->places[at].id != id)
		at = (at + 1) & c->mask;
	return &c->places[at];
}

static void
grow(struct count *c)
{
	const struct tally *old = c->places;
	size_t n = c->mask + 1;

	c->mask = 4 * n - 1;
	c->places = arena_array(c->op->mem, struct tally, 4 * n);
	for (size_t i = 0; i < n; i++)
		if (old[i].id)
			*place_of(c, old[i].id) = old[i];
}

static void
give(struct count *c, uint32_t id, unsigned marks, uint8_t unit, unsigned points)
{
	struct tally *t = place_of(c, id);

	if (t->counted == unit)
		return;
	if (!t->id && 2 * ++c->n > c->mask) {
		grow(c);
		t = place_of(c, id);
	}
	c->counted[id / 8] |= (uint8_t)(1u << id % 8);
	t->id = id;
	t->counted = unit;
	t->points = (uint16_t)(t->points + points);
	t->marks = (uint8_t)marks;
}

/* Points for those who have some already. */
static void
give_more(struct count *c, uint32_t id, unsigned marks, uint8_t unit, unsigned points)
{
	struct tally *t;

	if (!(c->counted[id / 8] >> id % 8 & 1))
		return;
	t = place_of(c, id);
	if (t->counted == unit)
		return;
	t->counted = unit;
	t->points = (uint16_t)(t->points + points);
	t->marks = (uint8_t)marks;
}

static void
give_to_row(struct count *c, uint32_t first, const uint8_t *bytes, size_t n, uint8_t unit,
            unsigned points, bool only_counted)
{
	for (size_t i = 0; i < n; i++) {
		uint32_t id = first | bearer_number(bytes, i);

		if (id <= c->newest)
			(only_counted ? give_more : give)(c, id, bearer_marks(bytes, i), unit,
			    points);
	}
}

static enum status
give_to_bearers(struct count *c, int64_t spelling_id, uint8_t unit, unsigned points,
                bool only_counted)
{
	static const char sql[] =
	    "SELECT id, people FROM spelling_people WHERE id BETWEEN ?1 AND ?2";
	sqlite3_stmt *q = db_query(c->op, sql);
	enum status s;

	bind_int(q, 1, chunk_row(spelling_id, 0));
	bind_int(q, 2, chunk_row(spelling_id + 1, 0) - 1);
	while (db_next(c->op, q, &s)) {
		int64_t chunk;

		chunk = col_int(q, 0) - chunk_row(spelling_id, 0);
		give_to_row(c, (uint32_t)chunk << CHUNK_BITS, sqlite3_column_blob(q, 1),
		    (size_t)sqlite3_column_bytes(q, 1) / BEARER_BYTES, unit, points, only_counted);
	}
	return s;
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
	for (size_t i = 0; i < u->n; i++) {
		/* a particle decides between equals, and stands for itself alone */
		if (u->weak && list[i].like < LIKE_SPELLING)
			break;
		TRY(give_to_bearers(c, list[i].spelling_id, number,
		    (unsigned)(list[i].like * (u->weak ? 1 : u->weight)), only_counted));
	}
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

/* Once, whichever of the readings fits. */
static void
give_for_birth(struct tally *t, const struct birth *b, const char *born, uint8_t number)
{
	if (t->counted == number)
		return;
	t->counted = number;
	t->points = (uint16_t)(t->points + born_points(b, born));
}

static enum status
count_range(struct count *c, const struct birth *b, const char *from, const char *to,
            uint8_t number)
{
	static const char sql[] = "SELECT id, born FROM person WHERE born BETWEEN ?1 AND ?2";
	sqlite3_stmt *q = db_query(c->op, sql);
	enum status s;

	bind_text(q, 1, from);
	bind_text(q, 2, to);
	while (db_next(c->op, q, &s)) {
		struct tally *t;

		t = place_of(c, (uint32_t)col_int(q, 0));
		if (t->id)
			give_for_birth(t, b, (const char *)sqlite3_column_text(q, 1), number);
	}
	return s;
}

/* Those who have half of the best one's points for their name: all of them, or
 * none if they are too many to be read one by one. */
static size_t
few_likely(const struct count *c, struct tally *few[BORN_READ])
{
	unsigned best = 0;
	size_t n = 0;

	for (size_t i = 0; i <= c->mask; i++)
		if (c->places[i].points > best)
			best = c->places[i].points;
	for (size_t i = 0; i <= c->mask; i++)
		if (c->places[i].id && c->places[i].points * 2u >= best) {
			if (n == BORN_READ)
				return 0;
			few[n++] = &c->places[i];
		}
	return n;
}

/* A year has ten thousand people: where few are left, theirs is looked up. */
static enum status
count_year(struct count *c, const struct birth *b, uint8_t number)
{
	static const char sql[] = "SELECT born FROM person WHERE id = ?1";
	struct tally *few[BORN_READ];
	size_t n = few_likely(c, few);
	char year[16], last[32];

	snprintf(year, sizeof(year), "%04d", b->year);
	snprintf(last, sizeof(last), "%04d-12-31", b->year);
	if (n == 0)
		return count_range(c, b, year, last, number);
	for (size_t i = 0; i < n; i++) {
		sqlite3_stmt *q = db_query(c->op, sql);
		bool row;

		bind_int(q, 1, few[i]->id);
		TRY(db_step(c->op, q, &row));
		if (row)
			give_for_birth(few[i], b, (const char *)sqlite3_column_text(q, 0), number);
	}
	return ST_OK;
}

/* Of a whole date only the days it may stand for. */
static enum status
count_born(struct count *c, const struct birth *b, uint8_t number)
{
	char year[16], month[24], day[32], turned[32], january[32];

	if (!b->month || !b->day || (b->month == 1 && b->day == 1))
		return count_year(c, b, number);
	snprintf(year, sizeof(year), "%04d", b->year);
	snprintf(month, sizeof(month), "%04d-%02d", b->year, b->month);
	snprintf(day, sizeof(day), "%04d-%02d-%02d", b->year, b->month, b->day);
	snprintf(turned, sizeof(turned), "%04d-%02d-%02d", b->year, b->day, b->month);
	snprintf(january, sizeof(january), "%04d-01-01", b->year);
	TRY(count_range(c, b, day, day, number));
	TRY(count_range(c, b, turned, turned, number));
	TRY(count_range(c, b, january, january, number));
	TRY(count_range(c, b, month, month, number));
	return count_range(c, b, year, year, number);
}

/* ---- the best ---- */

static int
most_first(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	if (x->points != y->points)
		return y->points - x->points;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Lets what has come to the first place of a heap down to where it belongs:
 * the worst is the first. */
static void
sift(struct counted *heap, size_t n)
{
	size_t at = 0;

	for (;;) {
		size_t worst = at;
		struct counted swap;

		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < n; child++)
			if (most_first(&heap[child], &heap[worst]) > 0)
				worst = child;
		if (worst == at)
			return;
		swap = heap[at];
		heap[at] = heap[worst];
		heap[worst] = swap;
		at = worst;
	}
}

static int
points_of(const struct tally *t, size_t typed)
{
	unsigned units = t->marks & MARK_UNITS;
	int points = t->points;

	if (units + 1 == typed || (units == MARK_UNITS && typed > MARK_UNITS))
		points += UNITS_FIT;
	return t->marks & MARK_MAIN ? points + MAIN_NAME : points;
}

static int
worst_first(const void *a, const void *b)
{
	return most_first(b, a);
}

static void
add_best(struct counted *heap, size_t *n, size_t limit, struct counted one)
{
	if (*n < limit) {
		heap[(*n)++] = one;
		if (*n == limit)
			qsort(heap, *n, sizeof(*heap), worst_first);
	} else if (most_first(&heap[0], &one) > 0) {
		heap[0] = one;
		sift(heap, *n);
	}
}

static void
take_best(const struct count *c, size_t typed, size_t limit, struct counted **best, size_t *n)
{
	struct counted *heap = arena_array(c->op->mem, struct counted, limit);

	*n = 0;
	for (size_t i = 0; i <= c->mask; i++) {
		const struct tally *t = &c->places[i];

		if (t->id)
			add_best(heap, n, limit,
			    (struct counted){ .id = t->id, .points = points_of(t, typed) });
	}
	if (*n > 1)
		qsort(heap, *n, sizeof(*heap), most_first);
	*best = heap;
}

enum status
store_search_people(struct op *op, const struct search *s, size_t limit, struct counted **best,
                    size_t *n)
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
	take_best(&c, typed, limit, best, n);
	return ST_OK;
}
