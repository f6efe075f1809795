/*
 * household.c - layer 2: who lives with whom, and where.  Called by
 * service/household.c and admin/.  Periods are added or closed; a correction
 * alone changes their days or takes them out.
 */
#include "store_household.h"

#include <limits.h>

#include "db.h"
#include "store_restriction.h"

/* ---- reading ---- */

/* A row stays with the record it was written for (r), also when that was linked
 * to another one (p), under which it is read. */
#define STAY_COLUMNS                                                           \
	"SELECT m.id, m.household_id, p.id, r.id, p.display, p.born, m.role, m.need_head," \
	" m.from_day, m.until_day, p.lock_day FROM household_member m JOIN person r ON r.id = m.person_id" \
	" JOIN person p ON p.id = coalesce(r.merged_into, r.id) "

static void
read_stay(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct stay *)item = (struct stay){
		.id = col_int(q, 0), .household_id = col_int(q, 1), .person_id = col_int(q, 2),
		.record_id = col_int(q, 3), .name = col_text(op, q, 4), .born = col_text(op, q, 5),
		.role = (enum member_role)state_by_name(&member_roles, col_text(op, q, 6)),
		.need_head = col_int(q, 7) != 0, .from = col_day(q, 8), .until = col_day(q, 9),
		.locked = col_day(q, 10) >= op->today,
	};
}

static void
read_dwelling(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct dwelling *)item = (struct dwelling){
		.id = col_int(q, 0),
		.kind = (enum dwelling_kind)state_by_name(&dwelling_kinds, col_text(op, q, 1)),
		.street = col_text(op, q, 2), .postcode = col_text(op, q, 3),
		.city = col_text(op, q, 4), .from = col_day(q, 5), .until = col_day(q, 6),
	};
}

static void
read_home(struct op *op, sqlite3_stmt *q, void *item)
{
	*(struct home *)item = (struct home){
		.id = col_int(q, 0), .version = col_int(q, 1), .from = col_day(q, 2),
		.until = col_day(q, 3), .changed_at = col_int(q, 4), .changed_by = col_int(q, 5),
		.changed_by_name = col_text(op, q, 6),
	};
}

/* Who is kept from the actor lives here for others only. */
static enum status
leave_out_kept(struct op *op, struct home *h)
{
	size_t left = 0;

	for (size_t i = 0; i < h->n_stays; i++) {
		enum keep keep = kept_person(op, h->stays[i].person_id, NULL);

		h->unwritable = h->unwritable || keep != KEEP_NOTHING;
		if (keep != KEEP_ALL)
			h->stays[left++] = h->stays[i];
	}
	h->hidden = left < h->n_stays;
	h->n_stays = left;
	return ST_OK;
}

static enum status
read_stays(struct op *op, struct home *h)
{
	static const char sql[] = STAY_COLUMNS
	    "WHERE m.household_id = ?1 ORDER BY m.from_day, m.id LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, h->id);
	TRY(db_all(op, q, read_stay, sizeof(*h->stays), &h->stays, &h->n_stays));
	return leave_out_kept(op, h);
}

static enum status
read_dwellings(struct op *op, struct home *h)
{
	static const char sql[] =
	    "SELECT id, kind, street, postcode, city, from_day, until_day FROM household_residence"
	    " WHERE household_id = ?1 ORDER BY from_day, id LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, h->id);
	return db_all(op, q, read_dwelling, sizeof(*h->dwellings), &h->dwellings,
	    &h->n_dwellings);
}

static int
last_day(int until)
{
	return until == DAY_NONE ? INT_MAX : until;
}

static bool
lives_in(const struct stay *s, const struct dwelling *d)
{
	return s->from <= last_day(d->until) && d->from <= last_day(s->until);
}

static bool
somebody_lives(const struct home *h, const struct dwelling *d)
{
	for (size_t i = 0; i < h->n_stays; i++)
		if (lives_in(&h->stays[i], d))
			return true;
	return false;
}

/* For whoever does not see all of its people it is the household of the others, in
 * their time: where the rest of it has gone since is not told. */
static void
leave_out_places(struct home *h)
{
	int first = INT_MAX, last = 0;
	size_t left = 0;

	for (size_t i = 0; i < h->n_stays; i++) {
		first = h->stays[i].from < first ? h->stays[i].from : first;
		last = last_day(h->stays[i].until) > last ? last_day(h->stays[i].until) : last;
	}
	if (h->n_stays > 0) {
		h->from = h->from < first ? first : h->from;
		h->until = last_day(h->until) > last ? last : h->until;
	}
	for (size_t i = 0; i < h->n_dwellings; i++) {
		struct dwelling d = h->dwellings[i];

		if (!somebody_lives(h, &d))
			continue;
		d.from = d.from < first ? first : d.from;
		d.until = last_day(d.until) > last ? last : d.until;
		h->dwellings[left++] = d;
	}
	h->n_dwellings = left;
}

enum status
store_home_find(struct op *op, int64_t id, struct home *home)
{
	static const char sql[] =
	    "SELECT h.id, h.version, h.from_day, h.until_day, h.changed_at, h.changed_by, s.name"
	    " FROM household h JOIN staff s ON s.id = h.changed_by WHERE h.id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	TRY(db_one(op, q, read_home, sizeof(*home), home));
	if (!home->id)
		return ST_OK;
	TRY(read_stays(op, home));
	TRY(read_dwellings(op, home));
	if (home->hidden)
		leave_out_places(home);
	return ST_OK;
}

enum status
store_home_of(struct op *op, int64_t person, int day, int64_t *id)
{
	static const char sql[] =
	    "SELECT household_id FROM household_member WHERE person_id IN " LINKED_TO("?1")
	    " AND from_day <= ?2 AND (until_day IS NULL OR until_day >= ?2)"
	    " ORDER BY person_id <> ?1, id DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person);
	bind_day(q, 2, day);
	return db_number(op, q, id);
}

enum status
store_stay_list(struct op *op, int64_t person, struct stay **list, size_t *n)
{
	static const char sql[] = STAY_COLUMNS
	    "WHERE m.person_id IN " LINKED_TO("?1") " ORDER BY m.from_day, m.id LIMIT 1000";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, person);
	return db_all(op, q, read_stay, sizeof(**list), list, n);
}

/* ---- writing ---- */

static enum status
insert_home(struct op *op, struct home *h)
{
	static const char sql[] =
	    "INSERT INTO household (version, from_day, changed_at, changed_by)"
	    " VALUES (1, ?1, ?2, ?3)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_day(q, 1, h->from);
	bind_int(q, 2, op->now);
	bind_int(q, 3, op->by->id);
	TRY(db_run(op, q));
	h->id = db_last_id(op);
	h->version = 1;
	return ST_OK;
}

static enum status
update_home(struct op *op, struct home *h)
{
	static const char sql[] =
	    "UPDATE household SET version = version + 1, until_day = ?2, changed_at = ?3,"
	    " changed_by = ?4, from_day = ?5 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, h->id);
	bind_day(q, 2, h->until);
	bind_int(q, 3, op->now);
	bind_int(q, 4, op->by->id);
	bind_day(q, 5, h->from);
	h->version++;
	return db_run(op, q);
}

static enum status
insert_stay(struct op *op, const struct home *h, struct stay *s)
{
	static const char sql[] =
	    "INSERT INTO household_member (household_id, person_id, role, need_head, from_day,"
	    " until_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, h->id);
	bind_int(q, 2, s->record_id ? s->record_id : s->person_id);
	bind_text(q, 3, state_name(&member_roles, (int)s->role));
	bind_int(q, 4, s->need_head);
	bind_day(q, 5, s->from);
	bind_day(q, 6, s->until);
	TRY(db_run(op, q));
	s->id = db_last_id(op);
	s->household_id = h->id;
	return ST_OK;
}

static enum status
update_stay(struct op *op, const struct stay *s)
{
	static const char sql[] =
	    "UPDATE household_member SET role = ?2, need_head = ?3, until_day = ?4, from_day = ?5"
	    " WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, s->id);
	bind_text(q, 2, state_name(&member_roles, (int)s->role));
	bind_int(q, 3, s->need_head);
	bind_day(q, 4, s->until);
	bind_day(q, 5, s->from);
	return db_run(op, q);
}

static enum status
insert_dwelling(struct op *op, const struct home *h, struct dwelling *d)
{
	static const char sql[] =
	    "INSERT INTO household_residence (household_id, kind, street, postcode, city, from_day,"
	    " until_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, h->id);
	bind_text(q, 2, state_name(&dwelling_kinds, (int)d->kind));
	bind_text(q, 3, d->street);
	bind_text(q, 4, d->postcode);
	bind_text(q, 5, d->city);
	bind_day(q, 6, d->from);
	bind_day(q, 7, d->until);
	TRY(db_run(op, q));
	d->id = db_last_id(op);
	return ST_OK;
}

static enum status
update_dwelling(struct op *op, const struct dwelling *d)
{
	static const char sql[] =
	    "UPDATE household_residence SET until_day = ?2, from_day = ?3 WHERE id = ?1";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, d->id);
	bind_day(q, 2, d->until);
	bind_day(q, 3, d->from);
	return db_run(op, q);
}

static enum status
save_stays(struct op *op, struct home *h)
{
	/* who leaves is out before anybody is in again: one open period a person */
	for (size_t i = 0; i < h->n_stays; i++)
		if (h->stays[i].mark == ROW_CHANGED)
			TRY(update_stay(op, &h->stays[i]));
	for (size_t i = 0; i < h->n_stays; i++) {
		struct stay *s = &h->stays[i];

		if (s->mark == ROW_NEW)
			TRY(insert_stay(op, h, s));
		if (s->mark != ROW_KEPT)
			op_touch(op, "person", s->person_id);
		s->mark = ROW_KEPT;
	}
	return ST_OK;
}

/* Where somebody lives stands in their record. */
static enum status
save_dwellings(struct op *op, struct home *h)
{
	for (size_t i = 0; i < h->n_dwellings; i++) {
		struct dwelling *d = &h->dwellings[i];

		if (d->mark == ROW_CHANGED)
			TRY(update_dwelling(op, d));
		if (d->mark == ROW_NEW)
			TRY(insert_dwelling(op, h, d));
		for (size_t k = 0; k < h->n_stays && d->mark != ROW_KEPT; k++)
			if (lives_in(&h->stays[k], d))
				op_touch(op, "person", h->stays[k].person_id);
		d->mark = ROW_KEPT;
	}
	return ST_OK;
}

/* ---- taking out what was never so ---- */

static enum status
run_on(struct op *op, const char *sql, int64_t id)
{
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, id);
	return db_run(op, q);
}

enum status
store_home_take_out(struct op *op, const struct home *h)
{
	static const char stay[] = "DELETE FROM household_member WHERE id = ?1 RETURNING person_id";
	static const char dwelling[] = "DELETE FROM household_residence WHERE id = ?1";

	for (size_t i = 0; i < h->n_gone_stays; i++) {
		sqlite3_stmt *q = db_query(op, stay);
		int64_t person;

		bind_int(q, 1, h->gone_stays[i]);
		TRY(db_number(op, q, &person));
		op_touch(op, "person", person);
	}
	for (size_t i = 0; i < h->n_gone_dwellings; i++)
		TRY(run_on(op, dwelling, h->gone_dwellings[i]));
	return ST_OK;
}

/* What it left to the units stays with the people. */
static enum status
take_out_home(struct op *op, struct home *h)
{
	static const char tasks[] =
	    "UPDATE task SET household_id = NULL, version = version + 1 WHERE household_id = ?1";
	static const char home[] = "DELETE FROM household WHERE id = ?1";
	int64_t id = h->id;

	h->id = 0;
	TRY(run_on(op, tasks, id));
	return run_on(op, home, id);
}

enum status
store_home_save(struct op *op, struct home *home)
{
	if (home_gone(home)) {
		op_touch(op, "household", home->id);
		return take_out_home(op, home);
	}
	if (home->mark == ROW_NEW)
		TRY(insert_home(op, home));
	else
		TRY(update_home(op, home));
	home->mark = ROW_KEPT;
	op_touch(op, "household", home->id);
	TRY(save_stays(op, home));
	return save_dwellings(op, home);
}
