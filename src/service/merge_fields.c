/*
 * merge_fields.c - layer 3: fields with one value, of two linked records.
 * Called by merge.c.  One table: a field more is a line more.
 */
#include "merge_fields.h"

#include <string.h>

#include "guard.h"

/* ---- values as JSON: text or null, a name as two, countries as a list ---- */

static json_t *
text_or_null(const char *text)
{
	return text ? json_string(text) : json_null();
}

static const char *
keep_text(struct op *op, const json_t *value)
{
	const char *text = json_string_value(value);

	return text ? arena_strdup(op->mem, text) : NULL;
}

static json_t *
name_get(const struct person *p)
{
	return json_pack("[o, o]", text_or_null(p->names[0].family),
	    text_or_null(p->names[0].given));
}

static void
name_set(struct op *op, struct person *p, const json_t *value)
{
	p->names[0].family = keep_text(op, json_array_get(value, 0));
	p->names[0].given = keep_text(op, json_array_get(value, 1));
	p->display = person_display(op, p->names[0].family, p->names[0].given);
}

static json_t *
born_get(const struct person *p)
{
	return text_or_null(p->born);
}

static void
born_set(struct op *op, struct person *p, const json_t *value)
{
	p->born = keep_text(op, value);
}

static json_t *
sex_get(const struct person *p)
{
	return text_or_null(p->sex);
}

static void
sex_set(struct op *op, struct person *p, const json_t *value)
{
	p->sex = keep_text(op, value);
}

static json_t *
nationality_get(const struct person *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n_nationalities; i++)
		json_array_append_new(list, json_string(p->nationalities[i]));
	return list;
}

static void
nationality_set(struct op *op, struct person *p, const json_t *value)
{
	p->n_nationalities = json_array_size(value);
	p->nationalities = arena_array(op->mem, const char *, p->n_nationalities + 1);
	for (size_t i = 0; i < p->n_nationalities; i++)
		p->nationalities[i] = keep_text(op, json_array_get(value, i));
}

/* [last day, reason] */
json_t *
merge_lock_of(const struct person *p)
{
	return p->lock_day ? json_pack("[s, o]", p->lock_day, text_or_null(p->lock_reason))
	                   : json_null();
}

static void
lock_set(struct op *op, struct person *p, const json_t *value)
{
	p->lock_day = keep_text(op, json_array_get(value, 0));
	p->lock_reason = keep_text(op, json_array_get(value, 1));
}

/* Whichever lock holds longer: nobody chooses that a person may be told of. */
static bool
longer_lock(const struct person *survivor, const struct person *merged)
{
	return merged->lock_day &&
	    (!survivor->lock_day || strcmp(merged->lock_day, survivor->lock_day) > 0);
}

bool
merge_lock_spread(const json_t *then, const struct person *survivor, struct person *merged)
{
	json_t *now = merge_lock_of(survivor);
	bool came = !json_equal(now, then) && longer_lock(merged, survivor);

	json_decref(now);
	if (!came)
		return false;
	merged->lock_day = survivor->lock_day;
	merged->lock_reason = survivor->lock_reason;
	return true;
}

static const struct field {
	const char *name, *label;
	json_t *(*get)(const struct person *p);
	void (*set)(struct op *op, struct person *p, const json_t *value);
	/* decides instead of a choice: is the merged one's value right? */
	bool (*prevails)(const struct person *survivor, const struct person *merged);
	bool countries;          /* the values are codes of countries */
} fields[] = {
	{ .name = "name", .label = N_("Name"), .get = name_get, .set = name_set },
	{ .name = "born", .label = N_("Born"), .get = born_get, .set = born_set },
	{ .name = "sex", .label = N_("Sex"), .get = sex_get, .set = sex_set },
	{ .name = "nationality", .label = N_("Nationality"), .get = nationality_get,
	  .set = nationality_set, .countries = true },
	{ .name = "lock", .label = N_("Lock against disclosure"), .get = merge_lock_of,
	  .set = lock_set, .prevails = longer_lock },
};

/* ---- choices ---- */

bool
merge_field_known(const char *field)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (strcmp(fields[i].name, field) == 0)
			return !fields[i].prevails;
	return false;
}

const char *
merge_field_names(struct op *op)
{
	const char *names = fields[0].name;

	for (size_t i = 1; i < COUNT_OF(fields); i++)
		if (!fields[i].prevails)
			names = arena_printf(op->mem, "%s, %s", names, fields[i].name);
	return names;
}

static bool
says_nothing(const struct field *f, const struct person *p)
{
	json_t *value = f->get(p);
	bool nothing = json_is_null(value) ||
	    (json_is_array(value) && json_array_size(value) == 0);

	json_decref(value);
	return nothing;
}

/* Without a choice the survivor's value is right, where it has one. */
static bool
takes_merged(const json_t *choices, const struct field *f, const struct person *survivor,
             const struct person *merged)
{
	const char *side = json_string_value(json_object_get(choices, f->name));

	if (f->prevails)
		return f->prevails(survivor, merged);
	if (side)
		return strcmp(side, "merged") == 0;
	return says_nothing(f, survivor) && !says_nothing(f, merged);
}

static const char *
country(struct op *op, const char *code)
{
	const char *name;

	return store_code_name(op, "country", code, &name) == ST_OK && name ? name : code;
}

/* "HADDAD, Rania"; "Syria, Iraq"; "" */
static const char *
in_words(struct op *op, const struct field *f, const json_t *value)
{
	const char *words = "";
	json_t *part;
	size_t i;

	if (json_is_string(value))
		return keep_text(op, value);
	json_array_foreach((json_t *)(uintptr_t)value, i, part)
		if (json_is_string(part))
			words = arena_printf(op->mem, "%s%s%s", words, *words ? ", " : "",
			    f->countries ? country(op, json_string_value(part))
			                 : json_string_value(part));
	return words;
}

/* Of a proposal, what would be taken; of a link, what was: the survivor's value
 * is the one it had before. */
static struct merge_field
field_of(struct op *op, const struct field *f, const json_t *choices, const json_t *taken,
         const struct person *survivor, const struct person *merged)
{
	const json_t *one = json_object_get(taken, f->name);
	json_t *mine = one ? json_incref(json_object_get(one, "had")) : f->get(survivor);
	json_t *theirs = f->get(merged);
	struct merge_field shown = { .field = f->name, .label = tr(f->label),
	    .survivor = in_words(op, f, mine), .merged = in_words(op, f, theirs),
	    .fixed = f->prevails != NULL,
	    .take_merged = taken ? one != NULL : takes_merged(choices, f, survivor, merged) };

	json_decref(mine);
	json_decref(theirs);
	return shown;
}

struct merge_field *
merge_fields_of(struct op *op, const struct merge *m, const struct person *survivor,
                const struct person *merged, size_t *n)
{
	struct merge_field *list = arena_array(op->mem, struct merge_field, COUNT_OF(fields));
	json_t *chosen = json_loads(m->choices, 0, NULL);
	json_t *before = m->before ? json_loads(m->before, 0, NULL) : NULL;
	const json_t *taken = json_object_get(before, "fields");

	*n = 0;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct merge_field f = field_of(op, &fields[i], chosen, taken, survivor, merged);

		/* what nobody chooses is shown where there is something to know */
		if (!f.fixed || *f.survivor || *f.merged)
			list[(*n)++] = f;
	}
	json_decref(chosen);
	json_decref(before);
	return list;
}

json_t *
merge_fields_take(struct op *op, const char *choices, struct person *survivor,
                  const struct person *merged)
{
	json_t *taken = json_object(), *chosen = json_loads(choices, 0, NULL);

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		json_t *new;

		if (!takes_merged(chosen, &fields[i], survivor, merged))
			continue;
		new = fields[i].get(merged);
		json_object_set_new(taken, fields[i].name, json_pack("{s:o, s:O}", "had",
		    fields[i].get(survivor), "has", new));
		fields[i].set(op, survivor, new);
		json_decref(new);
	}
	json_decref(chosen);
	return taken;
}

bool
merge_field_replace(struct op *op, struct person *p, const char *field, const json_t *old,
                    const json_t *new)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		json_t *now;
		bool same;

		if (strcmp(fields[i].name, field) != 0)
			continue;
		now = fields[i].get(p);
		same = json_equal(now, old);
		json_decref(now);
		if (same)
			fields[i].set(op, p, new);
		return same;
	}
	return false;
}
