/*
 * proposal.c - layer 3: who may change which field of a person's record; who
 * may not, proposes.  Called by person.c, person_parts.c and
 * command/proposal.c.  Must never write over a value that another unit keeps.
 */
#include <string.h>

#include "person.h"

/* ---- owners ---- */

/* The units named for the field; where nobody is, those of its part. */
static enum status
owners_of(struct op *op, const char *field, struct unit **list, size_t *n)
{
	const char *owned_as = field_owned_as(field), *dot = strchr(owned_as, '.');

	TRY(store_owner_list(op, owned_as, list, n));
	if (*n == 0 && dot)
		TRY(store_owner_list(op, arena_strndup(op->mem, owned_as,
		    (size_t)(dot - owned_as)), list, n));
	return ST_OK;
}

/* A unit may still correct what it has just written down itself. */
static enum status
is_own_record(struct op *op, const struct person *p, bool *own)
{
	int days;

	*own = false;
	if (!p->unit || strcmp(p->unit, op->by->unit) != 0)
		return ST_OK;
	TRY(office_number(op, "own_record_days", &days));
	*own = op->today - clock_day(p->created_at) < days;
	return ST_OK;
}

static const char *
names_of(struct op *op, const struct unit *list, size_t n)
{
	const char *names = n ? list[0].name : _("nobody");

	for (size_t i = 1; i < n; i++)
		names = arena_printf(op->mem, i + 1 < n ? "%s, %s" : _("%s or %s"), names,
		    list[i].name);
	return names;
}

enum status
owner_may(struct op *op, const struct person *p, const char *field, bool *may)
{
	struct unit *list;
	size_t n;

	TRY(is_own_record(op, p, may));
	if (*may)
		return ST_OK;
	TRY(owners_of(op, field, &list, &n));
	for (size_t i = 0; i < n; i++)
		*may = *may || strcmp(list[i].code, op->by->unit) == 0;
	return ST_OK;
}

enum status
owner_check(struct op *op, const struct person *p, const char *field, const char *argument)
{
	struct unit *list;
	size_t n;
	bool may;

	TRY(owner_may(op, p, field, &may));
	if (may)
		return ST_OK;
	TRY(owners_of(op, field, &list, &n));
	return op_fail_field(op, ST_DENIED, argument,
	    _("%s is kept by %s. Propose the change with a reason (person propose); it is "
	      "accepted there."), field_label(field), names_of(op, list, n));
}

/* ---- what stands there, what should ---- */

static const char *
value_now(struct op *op, const struct person *p, const char *field)
{
	const struct {
		const char *field, *value;
	} all[] = {
		{ "family", p->names[0].family }, { "given", p->names[0].given },
		{ "source", p->names[0].source }, { "born", p->born }, { "sex", p->sex },
		{ "language", p->language }, { "phone", p->phone }, { "address", p->address },
	};
	const char *codes = NULL;

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (strcmp(all[i].field, field) == 0)
			return all[i].value;
	for (size_t i = 0; strcmp(field, "nationality") == 0 && i < p->n_nationalities; i++)
		codes = codes ? arena_printf(op->mem, "%s,%s", codes, p->nationalities[i])
		              : p->nationalities[i];
	return codes;
}

static bool
is_main_field(const char *field)
{
	for (const char *const *f = main_fields; *f; f++)
		if (strcmp(*f, field) == 0)
			return true;
	return false;
}

static struct person_wish
wish_for(const char *field, const char *value)
{
	struct person_wish wish = { 0 };
	const struct {
		const char *field, **to;
	} all[] = {
		{ "family", &wish.family }, { "given", &wish.given }, { "source", &wish.source },
		{ "born", &wish.born }, { "sex", &wish.sex },
		{ "nationality", &wish.nationality }, { "language", &wish.language },
		{ "phone", &wish.phone }, { "address", &wish.address },
	};

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (strcmp(all[i].field, field) == 0)
			*all[i].to = value;
	return wish;
}

/* A row of which only the kind and what matters most are given. */
static struct part_wish
row_for(enum part part, const char *kind, const char *value)
{
	const struct part_spec *spec = &part_specs[part];
	struct part_wish wish = { .part = part };

	if (kind)
		wish.value[spec->kind] = kind;
	wish.value[spec->principal] = value;
	return wish;
}

/* Would it be taken?  What cannot be saved need not be proposed. */
static enum status
check_value(struct op *op, const struct person *p, const struct proposal *wanted)
{
	const char *value = wanted->after ? wanted->after : "", *kind;
	enum part part = field_part(wanted->field, &kind);
	struct person_wish wish = wish_for(wanted->field, value);
	struct part_wish row;
	struct person copy = *p;

	copy.names = arena_make(op->mem, struct person_name);
	copy.names[0] = p->names[0];
	if (is_main_field(wanted->field))
		return person_try(op, &wish, &copy);
	row = row_for(part, kind, value);
	return part_try(op, p, &row);
}

/* ---- acts ---- */

static enum status
check_proposal(struct op *op, const struct person *p, const struct proposal *wanted)
{
	const char *kind;
	bool may;

	if (!is_main_field(wanted->field) && field_part(wanted->field, &kind) == PARTS)
		return op_fail_field(op, ST_INVALID, "field",
		    _("There is no field %s to propose. Use family, given, born, sex, nationality, "
		      "language, phone, address, or a part and its kind such as "
		      "identifier.azr."), wanted->field);
	if (!wanted->reason || !*wanted->reason)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason: who accepts it has not seen the paper."));
	TRY(owner_may(op, p, wanted->field, &may));
	if (may)
		return op_fail_field(op, ST_INVALID, "field",
		    _("Your unit keeps this field itself. Change it directly."));
	if (is_main_field(wanted->field) && same_text(wanted->before, wanted->after))
		return op_fail_field(op, ST_INVALID, "value",
		    _("That is what stands there already."));
	return check_value(op, p, wanted);
}

static enum status
check_first(struct op *op, const struct proposal *wanted)
{
	struct proposal *list;
	size_t n;

	TRY(store_proposal_by_person(op, wanted->person_id, 100, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].state == PROPOSAL_OPEN && strcmp(list[i].field, wanted->field) == 0 &&
		    same_text(list[i].after, wanted->after))
			return op_fail(op, ST_CONFLICT,
			    _("%s has proposed this already. It waits for an answer."),
			    list[i].proposed_by_name);
	return ST_OK;
}

/* Countries in everyday words are kept as their codes, as the record has them. */
static enum status
in_codes(struct op *op, const struct person *p, struct proposal *made)
{
	struct person copy = *p;
	struct person_wish wish = wish_for(made->field, made->after);

	if (!made->after || strcmp(made->field, "nationality") != 0)
		return ST_OK;
	copy.names = arena_make(op->mem, struct person_name);
	copy.names[0] = p->names[0];
	TRY(person_try(op, &wish, &copy));
	made->after = value_now(op, &copy, made->field);
	return ST_OK;
}

enum status
proposal_make(struct op *op, int64_t person, const char *field, const char *value,
              const char *reason, struct proposal *made)
{
	struct person p;

	*made = (struct proposal){ .person_id = person, .field = field };
	TRY(person_show(op, person, &p));
	made->person_id = p.id;
	TRY(clean_text(op, "value", value, TEXT_SHORT, false, &made->after));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &made->reason));
	if (made->after && !*made->after)
		made->after = NULL;
	made->before = value_now(op, &p, field);
	TRY(in_codes(op, &p, made));
	TRY(check_proposal(op, &p, made));
	TRY(check_first(op, made));
	TRY(store_proposal_add(op, made));
	return store_proposal_find(op, made->id, made);
}

static enum status
find_open(struct op *op, int64_t id, struct proposal *r)
{
	TRY(store_proposal_find(op, id, r));
	if (!r->id)
		return op_fail_field(op, ST_NOT_FOUND, "id",
		    _("There is no proposal %lld. Look at the list again."), (long long)id);
	if (r->state == PROPOSAL_OPEN)
		return ST_OK;
	op_fail(op, ST_CONFLICT, _("The proposal is %s already."),
	    state_label(&proposal_states, (int)r->state));
	op->fail.winner = r->settled_by_name;
	op->fail.winner_at = r->settled_at;
	return ST_CONFLICT;
}

static enum status
settle(struct op *op, struct proposal *r, enum proposal_state state, const char *answer)
{
	r->state = state;
	r->answer = answer;
	TRY(store_proposal_settle(op, r));
	return store_proposal_find(op, r->id, r);
}

/* It was thought out for the value that stood there then. */
static enum status
check_before(struct op *op, const struct person *p, const struct proposal *r)
{
	const char *now = value_now(op, p, r->field);
	enum status s;

	if (!is_main_field(r->field) || same_text(now, r->before))
		return ST_OK;
	s = op_fail_field(op, ST_CONFLICT, "value",
	    _("%s has changed since: it was %s, now it is %s. Refuse the proposal, or change the "
	      "field yourself."), field_label(r->field), r->before ? r->before : _("empty"),
	    now ? now : _("empty"));
	op->fail.winner = p->changed_by_name;
	op->fail.winner_at = p->changed_at;
	return s;
}

static enum status
apply(struct op *op, const struct proposal *r, struct person *p)
{
	const char *value = r->after ? r->after : "", *kind, *warning;
	enum part part = field_part(r->field, &kind);
	struct person_wish wish = wish_for(r->field, value);
	struct part_wish row;

	/* the reason of the change is the one of who saw the paper */
	op->reason = r->reason;
	if (is_main_field(r->field))
		return person_change(op, r->person_id, 0, &wish, p);
	row = row_for(part, kind, value);
	return person_part(op, r->person_id, 0, &row, p, &warning);
}

enum status
proposal_accept(struct op *op, int64_t id, struct proposal *r)
{
	struct person p;

	TRY(find_open(op, id, r));
	TRY(person_show(op, r->person_id, &p));
	TRY(owner_check(op, &p, r->field, "id"));
	if (is_own_work(op, r->proposed_by)) /* who has changed the unit since */
		return refuse(op, REFUSE_SECOND, _("This proposal"));
	TRY(check_before(op, &p, r));
	TRY(apply(op, r, &p));
	return settle(op, r, PROPOSAL_ACCEPTED, NULL);
}

enum status
proposal_refuse(struct op *op, int64_t id, const char *reason, struct proposal *r)
{
	struct person p;
	const char *answer;

	TRY(find_open(op, id, r));
	TRY(person_show(op, r->person_id, &p));
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &answer));
	if (!answer || !*answer)
		return op_fail_field(op, ST_INVALID, "reason",
		    _("Give the reason: who proposed it will read it."));
	TRY(owner_check(op, &p, r->field, "id"));
	return settle(op, r, PROPOSAL_REFUSED, answer);
}

enum status
proposal_withdraw(struct op *op, int64_t id, struct proposal *r)
{
	TRY(find_open(op, id, r));
	if (strcmp(r->unit, op->by->unit) != 0)
		return op_fail(op, ST_DENIED,
		    _("Only %s, which proposed it, can withdraw this."), r->unit_name);
	return settle(op, r, PROPOSAL_WITHDRAWN, NULL);
}
