/*
 * find.c - layer 3: people by one line of typing: names, birth, any number.
 * Called by command/person.c.  People are shared by the units; a case, a ticket
 * or a visit leads to its person only for those who may see it.
 */
#include "find_judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules_identifier.h"
#include "service_restriction.h"

#define CERTAIN 20000            /* rank of what was found by a number */
#define NEAR 3                   /* fifths of the best score that a hit must have */
#define NEAR_OF 5
#define SPLIT_MIN 3              /* letters of each half of a name written as one */
#define COUNTRY_MIN 3            /* bytes: al, de and da are particles before they are codes */
#define COUNTRY_ROOM 4           /* what the country leaves out must not use up the room */

struct find {
	struct op *op;
	const struct find_wish *wish;
	struct search_box box;
	struct search search;
	struct hit *hits;
	size_t n;
};

static bool
is_hit(const struct find *f, int64_t id)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->hits[i].id == id)
			return true;
	return false;
}

/* ---- numbers ---- */

static enum status
add_person(struct find *f, int64_t id, const char *why, bool numbered)
{
	struct found found, shown;
	struct hit *list = arena_array(f->op->mem, struct hit, f->n + 1);

	TRY(read_survivor(f->op, id, &found, &shown));
	if (is_hit(f, shown.id))
		return ST_OK;
	if (f->n > 0)
		memcpy(list, f->hits, f->n * sizeof(*list));
	list[f->n++] = (struct hit){ .id = shown.id, .display = shown.display, .born = shown.born,
		.sex = shown.sex, .countries = shown.countries, .locked = shown.locked,
		.score = 100, .rank = CERTAIN, .why = why, .numbered = numbered };
	f->hits = list;
	return ST_OK;
}

static const char *
number_label(struct op *op, const struct numbered *one)
{
	int kind = state_by_name(&identifier_kinds, one->kind);

	if (strcmp(one->kind, "phone") == 0)
		return _("telephone");
	if (one->of_document)
		return _("number of a document");
	return kind >= 0 ? _(state_label(&identifier_kinds, kind)) : arena_strdup(op->mem, one->kind);
}

static enum status
find_number(struct find *f, const char *value, const char *phone)
{
	struct numbered *list;
	size_t n;

	TRY(store_search_number(f->op, value, phone, &list, &n));
	for (size_t i = 0; i < n; i++)
		TRY(add_person(f, list[i].person_id, number_label(f->op, &list[i]), !phone));
	return ST_OK;
}

/* The person of a case by its number, for those who may see the case. */
static enum status
find_case(struct find *f)
{
	int year = f->box.case_year, month, day;
	struct case_file c;
	enum sight sight;
	int64_t id;

	if (!f->box.case_number)
		return ST_OK;
	if (!year)
		day_to_ymd(f->op->today, &year, &month, &day);
	TRY(store_case_by_number(f->op, year, f->box.case_number, &id));
	if (!id || case_look(f->op, id, &c, &sight) != ST_OK || sight != SIGHT_FULL)
		return ST_OK;
	return add_person(f, c.person_id, arena_printf(f->op->mem, _("case %s"),
	    case_number(f->op, &c)), false);
}

/* Whoever holds this ticket here today. */
static enum status
find_ticket(struct find *f)
{
	struct visit v;
	int64_t id;

	if (!f->box.ticket_letter || !f->op->by)
		return ST_OK;
	TRY(store_visit_by_ticket(f->op, f->op->by->site, f->op->today, f->box.ticket_letter,
	    f->box.ticket_number, &id));
	if (!id || visit_show(f->op, id, &v) != ST_OK || !v.person_id)
		return ST_OK;
	return add_person(f, v.person_id, arena_printf(f->op->mem, _("ticket %s%03d"), v.letter,
	    v.number), false);
}

static enum status
find_numbers(struct find *f)
{
	for (size_t i = 0; i < f->box.n_numbers; i++)
		TRY(find_number(f, f->box.numbers[i], NULL));
	if (f->box.phone)
		TRY(find_number(f, NULL, f->box.phone));
	if (*f->box.names)
		return ST_OK;
	TRY(find_case(f));
	return find_ticket(f);
}

/* ---- names ---- */

/* A search of its own: its units are kept with what it finds. */
static struct search *
copy_of(struct op *op, const struct search *s)
{
	struct search *copy = arena_make(op->mem, struct search);

	*copy = *s;
	return copy;
}

/* A name of its own, as far as anybody is called so. */
static bool
is_known(const struct search_unit *u)
{
	return u->best >= LIKE_SPELLING;
}

/*
 * A name written apart that stands as one word, and the other way round: the
 * same units with two made one, or one made two.  What the others may be is
 * known by then.  Two that are known as one word are looked for even if there
 * is somebody of both names; as a slip only if there is nobody.
 */
static enum status
find_joined(struct finding *f, const struct search *as_typed, bool slips)
{
	struct op *op = f->op;

	for (size_t i = 0; i + 1 < as_typed->n_units; i++) {
		struct search *s = copy_of(op, as_typed);
		struct search_unit *u = &s->units[i];

		if (u->weak || u[1].weak)
			continue;
		*u = (struct search_unit){ .open = u[1].open, .bare = u->bare && u[1].bare,
			.text = arena_printf(op->mem, "%s %s", u->text, u[1].text),
			.form = arena_printf(op->mem, "%.20s%.18s", u->form, u[1].form) };
		memmove(u + 1, u + 2, (s->n_units - i - 2) * sizeof(*u));
		s->n_units--;
		TRY(store_search_lookup(op, u, NAME_KEY_SKELETON));
		if (u->n == 0 && slips)
			TRY(store_search_lookup(op, u, NAME_KEY_LETTER));
		if (is_known(u) || (slips && u->n > 0))
			TRY(search_looked_up(f, s));
	}
	return ST_OK;
}

static enum status
find_split(struct finding *f, const struct search *as_typed, size_t at)
{
	const struct search_unit *whole = &as_typed->units[at];
	struct op *op = f->op;
	size_t n = strlen(whole->form);

	for (size_t k = SPLIT_MIN; k + SPLIT_MIN <= n; k++) {
		struct search *s = copy_of(op, as_typed);
		struct search_unit *u = &s->units[at];

		memmove(u + 2, u + 1, (s->n_units - at - 1) * sizeof(*u));
		u[0] = (struct search_unit){ .text = whole->text, .bare = whole->bare,
			.form = arena_strndup(op->mem, whole->form, k) };
		u[1] = (struct search_unit){ .text = whole->text, .bare = whole->bare,
			.open = whole->open, .form = arena_strdup(op->mem, whole->form + k) };
		s->n_units++;
		TRY(store_search_lookup(op, &u[0], NAME_KEY_SKELETON));
		if (!is_known(&u[0]))
			continue;
		TRY(store_search_lookup(op, &u[1], NAME_KEY_SKELETON));
		if (is_known(&u[1]))
			TRY(search_looked_up(f, s));
	}
	return ST_OK;
}

/* "ahm has": not the last name alone is still being typed.  Only what nobody
 * bears as it stands may go on, so that a slip does not find half the register. */
static enum status
find_unfinished(struct finding *f, const struct search *as_typed)
{
	struct search *s = copy_of(f->op, as_typed);
	bool any = false;

	for (size_t i = 0; i + 1 < s->n_units; i++) {
		const struct search_unit *whole = &as_typed->units[i];
		struct search_unit open = { .text = whole->text, .bare = whole->bare,
			.form = whole->form, .open = true };

		if (whole->weak || whole->open || is_known(whole))
			continue;
		TRY(store_search_lookup(f->op, &open, NAME_KEY_SKELETON));
		if (!is_known(&open))
			return ST_OK; /* a slip, not a beginning */
		s->units[i] = open;
		any = true;
	}
	return any ? search_looked_up(f, s) : ST_OK;
}

static enum status
find_otherwise(struct finding *f, const struct search *as_typed)
{
	bool nobody = best_score(f) < LIKE_SPELLING;

	if (nobody)
		TRY(find_unfinished(f, as_typed));
	TRY(find_joined(f, as_typed, nobody));
	for (size_t i = 0; nobody && i < as_typed->n_units &&
	    as_typed->n_units < SEARCH_UNITS_MAX; i++)
		if (as_typed->units[i].best < LIKE_SAME)
			TRY(find_split(f, as_typed, i));
	return ST_OK;
}

static enum status
find_names(struct find *f, size_t limit)
{
	struct finding finding = { .op = f->op, .limit = limit, .certain = f->n > 0 };
	struct hit *hits, *list;
	size_t n;

	TRY(search_by_name(&finding, &f->search));
	if (!finding.certain)
		TRY(find_otherwise(&finding, &f->search));
	found_hits(&finding, &hits, &n);
	list = arena_array(f->op->mem, struct hit, f->n + n + 1);
	if (f->n > 0)
		memcpy(list, f->hits, f->n * sizeof(*list));
	f->hits = list;
	for (size_t i = 0; i < n; i++)
		if (!is_hit(f, hits[i].id))
			list[f->n++] = hits[i];
	return ST_OK;
}

/* ---- a country among the names ---- */

/* The countries of a record, blanks between, hold this one. */
static bool
has_country(const struct hit *hit, const char *code)
{
	return hit->countries && strstr(hit->countries, code);
}

static int
best_first(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->rank != y->rank)
		return y->rank - x->rank;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Adds those of the country; the better reading of each person stays. */
static enum status
merge_hits(struct find *f, const struct hit *hits, size_t n, const char *code)
{
	struct hit *list = arena_array(f->op->mem, struct hit, f->n + n + 1);
	const char *label;

	TRY(store_code_name(f->op, "country", code, &label));
	if (f->n > 0)
		memcpy(list, f->hits, f->n * sizeof(*list));
	f->hits = list;
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;

		while (at < f->n && list[at].id != hits[i].id)
			at++;
		if (!has_country(&hits[i], code) || (at < f->n && list[at].rank >= hits[i].rank))
			continue;
		f->n += at == f->n;
		list[at] = hits[i];
		list[at].why = arena_printf(f->op->mem, "%s; %s", hits[i].why, label ? label : code);
	}
	if (f->n > 1)
		qsort(list, f->n, sizeof(*list), best_first);
	return ST_OK;
}

/* The same line without the word, among people of the country. */
static enum status
find_in_country(struct find *f, size_t at, const char *code, size_t limit)
{
	struct finding finding = { .op = f->op, .limit = limit * COUNTRY_ROOM };
	struct search *s = copy_of(f->op, &f->search);
	struct hit *hits;
	size_t n;

	memmove(&s->units[at], &s->units[at + 1], (s->n_units - at - 1) * sizeof(*s->units));
	s->n_units--;
	TRY(search_by_name(&finding, s));
	found_hits(&finding, &hits, &n);
	return merge_hits(f, hits, n, code);
}

/* Which of several words may be a country; *code NULL: none. */
static enum status
country_word(struct find *f, size_t *at, const char **code)
{
	*code = NULL;
	if (f->search.n_units < 2 || f->wish->names_only)
		return ST_OK;
	for (*at = 0; *at < f->search.n_units && !*code; ++*at) {
		const char *word = f->search.units[*at].text;

		if (strlen(word) >= COUNTRY_MIN)
			TRY(country_code(f->op, word, code));
	}
	--*at;
	return ST_OK;
}

/* What was typed as names, "nasari afg" too: as names alone only where
 * somebody is called like the country (Can, Jordan), or nobody was found. */
static enum status
find_line(struct find *f, size_t limit)
{
	struct search_unit word;
	const char *code;
	size_t at;

	/* "A 1234567" was a number */
	if (f->n > 0 && strlen(f->box.names) < 2)
		return ST_OK;
	TRY(country_word(f, &at, &code));
	if (!code)
		return find_names(f, limit);
	word = f->search.units[at];
	TRY(store_search_lookup(f->op, &word, NAME_KEY_SKELETON));
	if (is_known(&word))
		TRY(find_names(f, limit));
	TRY(find_in_country(f, at, code, limit));
	return f->n > 0 ? ST_OK : find_names(f, limit);
}

/* ---- only a date ---- */

static enum status
find_born_as(struct find *f, const struct birth *b, bool within)
{
	const char *why;
	char born[40];
	int64_t *ids;
	size_t n;

	if (!b->year || (b->day && !b->month))
		return ST_OK;
	snprintf(born, sizeof(born), b->day ? "%04d-%02d-%02d" : b->month ? "%04d-%02d" : "%04d",
	    b->year, b->month, b->day);
	TRY(store_search_born(f->op, born, within, f->wish->limit, &ids, &n));
	why = arena_printf(f->op->mem, _("born %s"), born);
	for (size_t i = 0; i < n; i++)
		TRY(add_person(f, ids[i], why, false));
	return ST_OK;
}

static enum status
find_born(struct find *f)
{
	for (size_t i = 0; i < f->search.n_born; i++) {
		const struct birth b = f->search.born[i];
		const struct birth turned = { b.year, b.day, b.month }, year = { b.year, 0, 0 };

		TRY(find_born_as(f, &b, true));
		if (b.day && b.day <= 12 && b.day != b.month)
			TRY(find_born_as(f, &turned, false));
		if (b.month)
			TRY(find_born_as(f, &year, false));
	}
	return ST_OK;
}

/* ---- the line ---- */

/* Who is far less like than the best is out of sight: as one types on, the
 * list gets shorter. */
static void
keep_near(struct find *f)
{
	int best = 0;
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++)
		best = f->hits[i].score > best ? f->hits[i].score : best;
	for (size_t i = 0; i < f->n; i++)
		if (f->hits[i].score * NEAR_OF >= best * NEAR)
			f->hits[kept++] = f->hits[i];
	f->n = kept;
}

/* Who has another nationality, and only another, is left out. */
static void
keep_country(struct find *f, const char *code)
{
	size_t kept = 0;

	for (size_t i = 0; i < f->n; i++)
		if (!f->hits[i].countries || has_country(&f->hits[i], code))
			f->hits[kept++] = f->hits[i];
	f->n = kept;
}

static enum status
wished_country(struct op *op, const char *wish, const char **code)
{
	*code = NULL;
	if (!wish || !*wish)
		return ST_OK;
	TRY(country_code(op, wish, code));
	return *code ? ST_OK : no_country(op, wish);
}

enum status
person_find(struct op *op, const struct find_wish *wish, struct hit **hits, size_t *n)
{
	size_t limit = (size_t)wish->limit;
	struct find f = { .op = op, .wish = wish };
	const char *country;
	struct birth b;

	TRY(wished_country(op, wish->nationality, &country));
	if (country)
		limit *= COUNTRY_ROOM;
	search_box_read(op->mem, wish->text, op->today, &f.box);
	search_names(op, f.box.names, f.box.open, &f.search);
	memcpy(f.search.born, f.box.born, sizeof(f.box.born));
	f.search.n_born = f.box.n_born;
	if (wish->born && f.search.n_born < BOX_BORN_MAX && birth_parse(wish->born, &b))
		f.search.born[f.search.n_born++] = b;
	TRY(find_numbers(&f));
	if (f.search.n_units > 0)
		TRY(find_line(&f, limit));
	else if (f.search.n_born > 0)
		TRY(find_born(&f));
	TRY(hits_keep(op, f.hits, &f.n));
	keep_near(&f);
	if (country)
		keep_country(&f, country);
	*hits = f.hits;
	*n = f.n < (size_t)wish->limit ? f.n : (size_t)wish->limit;
	return ST_OK;
}
