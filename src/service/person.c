/*
 * person.c - layer 3: the person register: new, change, lock.  Called by
 * command/person.c; parts of a record in person_parts.c.
 */
#include <string.h>

#include "person.h"
#include "service_restriction.h"
#include "store_merge.h"
#include "text.h"


bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static enum status
check_countries(struct op *op, const char **codes, size_t n)
{
	for (size_t i = 0; n > 1 && i < n; i++)
		if (country_stands_alone(codes[i]))
			return op_fail_field(op, ST_INVALID, "nationality",
			    _("Stateless and unclear stand alone. Take the other countries away, or "
			      "this one."));
	return ST_OK;
}

static int
by_code(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One country, or several with blanks between; each of them once. */
static enum status
add_codes(struct op *op, char *piece, struct person *p)
{
	const char *code;
	char *save = NULL;

	TRY(country_code(op, piece, &code));
	if (!code && strchr(piece, ' ')) {
		for (char *c = strtok_r(piece, " ", &save); c; c = strtok_r(NULL, " ", &save))
			TRY(add_codes(op, c, p));
		return ST_OK;
	}
	if (!code)
		return no_country(op, piece);
	for (size_t i = 0; i < p->n_nationalities; i++)
		if (strcmp(p->nationalities[i], code) == 0)
			return ST_OK;
	p->nationalities[p->n_nationalities++] = code;
	return ST_OK;
}

static enum status
split_codes(struct op *op, const char *text, struct person *p)
{
	char *save = NULL;
	const char *clean;

	TRY(clean_text(op, "nationality", text, TEXT_SHORT, false, &clean));
	p->nationalities = arena_array(op->mem, const char *, strlen(clean) + 1);
	p->n_nationalities = 0;
	for (char *c = strtok_r(arena_strdup(op->mem, clean), ",;", &save); c;
	     c = strtok_r(NULL, ",;", &save)) {
		c += *c == ' ';
		if (*c)
			TRY(add_codes(op, c, p));
	}
	TRY(check_countries(op, p->nationalities, p->n_nationalities));
	if (p->n_nationalities > 1)
		qsort(p->nationalities, p->n_nationalities, sizeof(*p->nationalities), by_code);
	return ST_OK;
}

static enum status
set_born(struct op *op, const char *born, struct person *p)
{
	if (born && *born && !birth_valid(born, op->today))
		return op_fail_field(op, ST_INVALID, "born",
		    _("%s is no date of birth. Give what is known: 1990, 1990-05 or "
		      "1990-05-03."), born);
	p->born = born && *born ? born : NULL;
	return ST_OK;
}

static enum status
set_text(struct op *op, const char *field, const char *text, const char **to)
{
	if (!text)
		return ST_OK;
	TRY(clean_text(op, field, text, TEXT_SHORT, false, to));
	if (!**to)
		*to = NULL;
	return ST_OK;
}

static enum status
set_names(struct op *op, const struct person_wish *wish, struct person *p)
{
	struct person_name *main = &p->names[0];

	TRY(set_text(op, "family", wish->family, &main->family));
	TRY(set_text(op, "given", wish->given, &main->given));
	TRY(set_text(op, "source", wish->source, &main->source));
	return name_check_main(op, p);
}

/* Whatever the wish names replaces what the person's own row has. */
static enum status
apply_wish(struct op *op, const struct person_wish *wish, struct person *p)
{
	TRY(set_names(op, wish, p));
	if (wish->born)
		TRY(set_born(op, wish->born, p));
	if (wish->sex)
		p->sex = *wish->sex ? wish->sex : NULL;
	return wish->nationality ? split_codes(op, wish->nationality, p) : ST_OK;
}

/* The parts that are asked for all the time have arguments of their own. */
static enum status
apply_parts(struct op *op, const struct person_wish *wish, struct person *p)
{
	TRY(part_replace(op, p, PART_LANGUAGE, wish->language));
	TRY(part_replace(op, p, PART_CONTACT, wish->phone));
	return part_replace(op, p, PART_ADDRESS, wish->address);
}

enum status
person_try(struct op *op, const struct person_wish *wish, struct person *p)
{
	TRY(apply_wish(op, wish, p));
	return part_check(op, PART_LANGUAGE, wish->language);
}

enum status
person_prepare(struct op *op, const struct person_wish *wish, struct person *p)
{
	*p = (struct person){ .names = arena_make(op->mem, struct person_name), .n_names = 1 };
	p->names[0].kind = "main";
	return apply_wish(op, wish, p);
}

enum status
person_new(struct op *op, const struct person_wish *wish, struct person *p)
{
	TRY(person_prepare(op, wish, p));
	TRY(store_person_add(op, p));
	TRY(apply_parts(op, wish, p));
	return store_person_find(op, p->id, p);
}

enum status
person_known_as(struct op *op, const char *field, int64_t *id)
{
	int64_t current;

	if (!*id)
		return ST_OK;
	TRY(store_person_current(op, *id, &current));
	if (!current)
		return op_fail_field(op, ST_NOT_FOUND, field,
		    _("There is no person %lld. Search for them, or make a new record."),
		    (long long)*id);
	*id = current;
	return ST_OK;
}

enum status
person_current(struct op *op, const char *field, int64_t *id)
{
	TRY(person_known_as(op, field, id));
	return *id ? person_guard(op, field, *id) : ST_OK;
}

enum status
person_show(struct op *op, int64_t id, struct person *p)
{
	TRY(person_current(op, "id", &id));
	return store_person_find(op, id, p);
}

enum status
person_seen(struct op *op, int64_t id, int64_t seen, struct person *p)
{
	TRY(person_show(op, id, p));
	if (seen && seen != p->version)
		return clash(op, p->display, p->changed_by_name, p->changed_at);
	return ST_OK;
}

/* What becomes of the main name that stood there; a mere correction keeps it
 * in the history only. */
static enum status
keep_old_name(struct op *op, const struct person_wish *wish, const struct person *p,
              const struct person_name *old)
{
	const struct person_name *now = &p->names[0];

	if (!wish->keep || strcmp(wish->keep, "wrong") == 0 ||
	    (same_text(now->family, old->family) && same_text(now->given, old->given)))
		return ST_OK;
	return name_keep(op, p, old, wish->keep);
}

static bool
same_countries(const struct person *a, const struct person *b)
{
	if (a->n_nationalities != b->n_nationalities)
		return false;
	for (size_t i = 0; i < a->n_nationalities; i++)
		if (strcmp(a->nationalities[i], b->nationalities[i]) != 0)
			return false;
	return true;
}

/* The first change that is not this clerk's to make refuses all of them. */
static enum status
check_owners(struct op *op, const struct person *was, const struct person_name *name,
             const struct person_wish *wish, const struct person *p)
{
	const struct person_name *now = &p->names[0];
	const struct {
		const char *field;
		bool same;
	} all[] = {
		{ "family", same_text(name->family, now->family) },
		{ "given", same_text(name->given, now->given) },
		{ "source", same_text(name->source, now->source) },
		{ "born", same_text(was->born, p->born) },
		{ "sex", same_text(was->sex, p->sex) },
		{ "nationality", same_countries(was, p) },
		{ "language", !wish->language || same_text(wish->language, was->language) },
		{ "phone", !wish->phone || same_text(wish->phone, was->phone) },
		{ "address", !wish->address || same_text(wish->address, was->address) },
	};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (!all[i].same)
			TRY(owner_check(op, p, all[i].field, all[i].field));
	return ST_OK;
}

enum status
person_change(struct op *op, int64_t id, int64_t seen, const struct person_wish *wish,
              struct person *p)
{
	struct person_name old;
	struct person was;

	TRY(person_seen(op, id, seen, p));
	was = *p;
	old = p->names[0];
	TRY(apply_wish(op, wish, p));
	TRY(check_owners(op, &was, &old, wish, p));
	TRY(apply_parts(op, wish, p));
	TRY(keep_old_name(op, wish, p, &old));
	TRY(store_person_save(op, p));
	return store_person_find(op, p->id, p);
}

/* ---- the lock against disclosure ---- */

enum status
lock_years(struct op *op, int *years)
{
	return office_number(op, "lock_years", years);
}

enum status
person_lock(struct op *op, int64_t id, int64_t seen, int until, const char *reason,
            struct person *p)
{
	char day[11];

	TRY(person_seen(op, id, seen, p));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &p->lock_reason));
	if (!p->lock_reason || !*p->lock_reason)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason of the lock, or who ordered it."));
	if (until < op->today)
		return op_fail_field(op, ST_INVALID, "until",
		    _("The lock must last until a day that is still to come."));
	TRY(owner_check(op, p, "lock", "id"));
	p->lock_day = arena_strdup(op->mem, day_iso(until, day));
	TRY(store_person_save(op, p));
	return store_person_find(op, p->id, p);
}

enum status
person_unlock(struct op *op, int64_t id, int64_t seen, const char *reason, struct person *p)
{
	const char *why;

	TRY(person_seen(op, id, seen, p));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &why));
	if (!why || !*why)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason why the lock ends."));
	if (!p->lock_day)
		return op_fail(op, ST_CONFLICT, _("%s has no lock."), p->display);
	TRY(owner_check(op, p, "unlock", "id"));
	p->lock_day = p->lock_reason = NULL;
	TRY(store_person_save(op, p));
	return store_person_find(op, p->id, p);
}
