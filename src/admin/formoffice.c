/*
 * formoffice.c - layer 5: tresen-admin form OFFICE usage and migrate: how the
 * fields of a form are used, and the way of cases to its newest version.  Must
 * never print what somebody answered.
 */
#include "formoffice.h"

#include <stdio.h>
#include <string.h>

#include "service_form.h"
#include "store_form.h"

/* ---- usage ---- */

static int64_t
uses_of(const struct form_use *uses, size_t n, int version, const char *field)
{
	for (size_t i = 0; i < n; i++)
		if (uses[i].version == version && uses[i].field &&
		    strcmp(uses[i].field, field) == 0)
			return uses[i].count;
	return 0;
}

/* Fields in the order of the form; those never answered are what one looks for. */
static void
print_fields(const struct form *f, const struct form_use *uses, size_t n, int64_t cases)
{
	for (size_t i = 0; i < f->field_count; i++) {
		const struct form_field *field = &f->fields[i];
		int64_t count = uses_of(uses, n, f->version, field->key);

		printf("  %-32s %8lld  %3lld %%  %s\n", field->key, (long long)count,
		       (long long)(cases ? count * 100 / cases : 0), form_say(&field->label));
	}
}

enum status
form_usage(struct call *call)
{
	const char *key = call->rest[1];
	struct op *op = &call->op;
	struct form_use *uses;
	size_t n;

	TRY(store_form_usage(op, key, &uses, &n));
	for (size_t i = 0; i < n; i++) {
		const struct form *form;
		int version;

		if (uses[i].field)
			continue;
		TRY(form_load(op, key, uses[i].version, &form, &version));
		printf(_("%s version %d, cases: %lld\n"), key, uses[i].version,
		       (long long)uses[i].count);
		if (form)
			print_fields(form, uses, n, uses[i].count);
	}
	if (n == 0)
		printf(_("No case has answers to %s.\n"), key);
	return ST_OK;
}

/* ---- migrate ---- */

#define BATCH 200
#define TALLIES_MAX 600          /* fields of a form, asked for and lost */

struct tally {                   /* something that was counted */
	const char *what;
	int64_t count;
};

struct migration {
	struct call *call;
	struct case_move move;   /* of the case at hand */
	int64_t id;              /* of the case at hand */
	bool dry;
	int64_t moved, stayed;
	struct tally ask[TALLIES_MAX], lost[TALLIES_MAX], stays[TALLIES_MAX];
};

static void
count(struct migration *m, struct tally *list, const char *what)
{
	size_t i = 0;

	while (i < TALLIES_MAX - 1 && list[i].what && strcmp(list[i].what, what) != 0)
		i++;
	if (!list[i].what)
		list[i].what = arena_strdup(m->call->op.mem, what);
	list[i].count++;
}

static void
count_case(struct migration *m)
{
	const struct case_move *move = &m->move;

	if (move->stays) {
		m->stayed++;
		count(m, m->stays, move->stays);
		return;
	}
	m->moved++;
	for (size_t i = 0; i < move->n_ask; i++)
		count(m, m->ask, move->ask[i]);
	for (size_t i = 0; i < move->n_lost; i++)
		count(m, m->lost, move->lost[i]);
}

static void
print_tallies(const struct tally *list, const char *head)
{
	for (size_t i = 0; i < TALLIES_MAX && list[i].what; i++) {
		if (i == 0)
			printf("%s\n", head);
		printf("  %8lld  %s\n", (long long)list[i].count, list[i].what);
	}
}

static enum status
move_in(struct op *op, void *data)
{
	struct migration *m = data;

	return case_move_form(op, m->id, &m->move);
}

/* One case is one event: what fails leaves the others moved. */
static enum status
move_one(struct migration *m, int64_t id)
{
	struct op op = m->call->op;
	enum status s;

	op.mem = arena_new();
	op.settings = NULL;
	op.forms = NULL;
	op.touched = NULL;
	op.reason = arena_printf(op.mem, _("form %s version %d"), m->move.to->key,
	    m->move.to->version);
	m->id = id;
	m->move = (struct case_move){ .to = m->move.to, .dry = true };
	s = case_move_form(&op, id, &m->move);
	if (s == ST_OK)
		count_case(m);
	if (s == ST_OK && !m->dry && !m->move.stays) {
		m->move.dry = false;
		s = in_transaction(&op, "form.migrate", move_in, m);
	}
	if (s != ST_OK)
		m->call->op.fail.sentence = arena_strdup(m->call->op.mem, op.fail.sentence);
	arena_free(op.mem);
	return s;
}

static enum status
move_all(struct migration *m, const char *key)
{
	int64_t after = 0;
	size_t n;

	do {
		struct form_case *list;

		TRY(store_form_cases(&m->call->op, key, m->move.to->version, after, BATCH, &list,
		    &n));
		for (size_t i = 0; i < n; i++)
			TRY(move_one(m, list[i].id));
		after = n ? list[n - 1].id : 0;
	} while (n == BATCH);
	return ST_OK;
}

static void
print_migration(const struct migration *m)
{
	const struct form *to = m->move.to;

	if (m->dry)
		printf(_("%s version %d: %lld undecided cases would go on to it, %lld would keep "
		       "theirs. Nothing was written.\n"), to->key, to->version,
		       (long long)m->moved, (long long)m->stayed);
	else
		printf(_("%s version %d: %lld undecided cases have gone on to it, %lld keep "
		       "theirs.\n"), to->key, to->version, (long long)m->moved,
		       (long long)m->stayed);
	print_tallies(m->ask, _("To be asked by the clerks, how often:"));
	print_tallies(m->lost, _("Answers without a place in the new version, how often:"));
	print_tallies(m->stays, _("Why cases keep their version, how often:"));
}

enum status
form_migrate_cases(struct call *call)
{
	struct migration *m = arena_make(call->op.mem, struct migration);
	const char *key = call->rest[1];
	int version;

	m->call = call;
	m->dry = call->with.dry_run;
	TRY(key_use(call));
	TRY(form_load(&call->op, key, 0, &m->move.to, &version));
	if (!m->move.to)
		return op_fail(&call->op, ST_NOT_FOUND, _("No version of the form %s is in force "
		               "today. Which there are, says: tresen-admin form OFFICE list"), key);
	TRY(move_all(m, key));
	print_migration(m);
	return ST_OK;
}
