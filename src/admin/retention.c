/*
 * retention.c - layer 5: retention.conf, and `tresen-admin retention`: what is
 * due, as figures, and the deletion that two people of the office have agreed
 * on.  Must never show a case, and never delete what nobody has approved.
 */
#include "store_retention.h"

#include <stdio.h>
#include <string.h>

#include "admin.h"
#include "conf.h"
#include "store_copy.h"
#include "store_catalogue.h"

/* ---- the catalogue ---- */

static enum status
services_put(struct conf *c, const config_setting_t *entry, const char *class)
{
	config_setting_t *list;

	TRY(conf_list(c, entry, "services", &list));
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const char *code = config_setting_get_string_elem(list, i);
		struct service found;

		if (!code)
			return conf_fail(c, list, _("\"%s\" lists codes in quotes."), "services");
		TRY(store_service_find(c->op, code, &found));
		if (!found.id)
			return conf_fail(c, entry, _("there is no service \"%s\" in "
			                 "services.conf."), code);
		TRY(store_retention_service_put(c->op, code, class));
	}
	return ST_OK;
}

static bool
is_term(const char *class)
{
	for (size_t i = 0; i < RETENTION_TERMS; i++)
		if (strcmp(class, retention_terms[i]) == 0)
			return true;
	return false;
}

/* The three that the program knows run as it knows them, and no others do. */
static enum status
starts_fits(struct conf *c, const config_setting_t *entry, const struct retention_rule *r)
{
	const char *must = strcmp(r->class, retention_terms[RETAIN_PERSON]) == 0 ? "visit" : "saved";
	bool beside = strcmp(r->starts, "visit") == 0 || strcmp(r->starts, "saved") == 0;

	if (is_term(r->class) ? strcmp(r->starts, must) != 0 : beside)
		return conf_fail(c, entry, _("a term of \"%s\" cannot start with \"%s\"."), r->class,
		                 r->starts);
	return ST_OK;
}

static enum status
rule_read(struct conf *c, const config_setting_t *entry)
{
	struct retention_rule r = { .position = config_setting_index(entry) + 1 };

	TRY(conf_only(c, entry, "class valid_from valid_to de en basis certain starts amount "
	    "term_unit services"));
	TRY(conf_text(c, entry, "class", CONF_MUST, &r.class));
	TRY(conf_text(c, entry, "de", CONF_MUST, &r.name_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &r.name_en));
	TRY(conf_text(c, entry, "basis", CONF_MUST, &r.basis));
	TRY(conf_truth(c, entry, "certain", CONF_MUST, &r.certain));
	TRY(conf_choice(c, entry, "starts", "closing year_end contact visit saved",
	    &r.starts));
	TRY(starts_fits(c, entry, &r));
	TRY(conf_day(c, entry, "valid_from", CONF_MUST, &r.valid_from));
	TRY(conf_day(c, entry, "valid_to", CONF_MAY, &r.valid_to));
	TRY(conf_number(c, entry, "amount", CONF_MAY, &r.amount));
	if (r.amount)
		TRY(conf_choice(c, entry, "term_unit", "days months years", &r.term_unit));
	TRY(store_retention_rule_put(c->op, &r));
	return services_put(c, entry, r.class);
}

/* Is there an entry of that class? */
static bool
has_class(const config_setting_t *list, const char *class)
{
	const char *is;

	for (int i = 0; i < config_setting_length(list); i++)
		if (config_setting_lookup_string(config_setting_get_elem(list, (unsigned)i), "class",
		        &is) && strcmp(is, class) == 0)
			return true;
	return false;
}

enum status
retention_read(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_top(c, "retention", &list));
	for (size_t i = 0; i < RETENTION_TERMS; i++)
		if (!has_class(list, retention_terms[i]))
			return conf_fail(c, list, _("the class \"%s\" is missing: it says how long "
			    "what is kept beside cases stays."), retention_terms[i]);
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(rule_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}

enum status
retention_lacks(struct op *op, bool *lacks)
{
	*lacks = false;
	for (int i = 0; i < RETENTION_TERMS; i++) {
		int since;

		TRY(store_retention_since(op, (enum retention_term)i, &since));
		*lacks = *lacks || since == DAY_NONE;
	}
	return ST_OK;
}

enum status
retention_bring(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_top(c, "retention", &list));
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *entry = config_setting_get_elem(list, (unsigned)i);
		const char *class;
		int since = 0;

		TRY(conf_text(c, entry, "class", CONF_MUST, &class));
		for (int k = 0; k < RETENTION_TERMS; k++)
			if (strcmp(class, retention_terms[k]) == 0)
				TRY(store_retention_since(c->op, (enum retention_term)k, &since));
		if (since == DAY_NONE)
			TRY(rule_read(c, entry));
	}
	return ST_OK;
}

/* ---- the verb ---- */

static enum status
due(struct op *op, const char *office)
{
	struct retention_sum *list;
	struct retention_run run;
	bool scrub;
	size_t n;

	TRY(store_retention_sums(op, &list, &n));
	if (n == 0)
		printf("%s\n", _("Nothing is due."));
	for (size_t i = 0; i < n; i++)
		printf(_("%s: %lld due, %lld of them held\n"), list[i].class_name,
		    (long long)list[i].due, (long long)list[i].held);
	TRY(store_retention_run(op, 0, &run));
	if (run.id)
		printf(_("Run %lld: %s, %lld cases, proposed by %s.\n"), (long long)run.id, run.state,
		    (long long)run.cases, run.proposed_by);
	TRY(store_scrub_due(op, &scrub));
	if (scrub)
		printf(_("What was deleted still stands in bytes of the file: tresen-admin retention %s "
		    "scrub\n"), office);
	return ST_OK;
}

static void
tell(const struct erased *e)
{
	printf(_("%lld cases, %lld people, %lld visits, %lld rows in all; %lld events are cut.\n"),
	    (long long)e->cases, (long long)e->people, (long long)e->visits, (long long)e->rows,
	    (long long)e->events);
}

static void
tell_left(int64_t left)
{
	if (left)
		printf(tr_n("%lld case of the list stays: it is not due any more, or held.\n",
		    "%lld cases of the list stay: they are not due any more, or held.\n", left),
		    (long long)left);
}

static bool
is_approved(const struct retention_run *run)
{
	return run->id && strcmp(run->state, "approved") == 0;
}

static enum status
approved(struct op *op, struct retention_run *run)
{
	TRY(store_retention_run(op, 0, run));
	if (is_approved(run))
		return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("No deletion is approved. The data protection officer "
	    "proposes one (retention propose), somebody else approves it."));
}

/* All that a run would do, without doing it. */
static enum status
preview(struct op *op, const char *office)
{
	struct erase_plan *plan;
	struct retention_run run;
	enum status s;

	(void)office;
	TRY(approved(op, &run));
	TRY(store_erase_prepare(op));
	s = store_erase_plan(op, run.id, &plan);
	if (s == ST_OK) {
		tell(store_erase_sum(plan));
		tell_left(store_erase_sum(plan)->left);
	}
	store_erase_free(plan);
	return s;
}

/* ---- a deletion ---- */

#define ROUNDS 10                /* what clerks touch meanwhile is looked at again */

struct deletion {
	struct retention_run run;
	struct erase_plan *plan;
	struct erased some, sum;
	bool more;
};

static enum status
some(struct op *op, void *data)
{
	struct deletion *d = data;

	TRY(store_erase_some(op, d->plan, &d->some, &d->more));
	op->reason = arena_printf(op->mem, _("Deletion run %lld: %lld cases, %lld people."),
	    (long long)d->run.id, (long long)d->some.cases, (long long)d->some.people);
	return ST_OK;
}

static enum status
parts(struct op *op, struct deletion *d)
{
	do {
		TRY(db_fold_some(op));
		TRY(in_transaction(op, "retention.run", some, d));
		d->sum.cases += d->some.cases;
		d->sum.people += d->some.people;
		d->sum.visits += d->some.visits;
		d->sum.rows += d->some.rows;
	} while (d->more);
	d->sum.events += store_erase_cut(d->plan);
	return db_fold_some(op);
}

/* In memory of its own: an event a chunk, and there are hundreds. */
static enum status
one_round(struct op *op, struct deletion *d, size_t *touched)
{
	struct arena *mem = op->mem;
	enum status s;

	op->mem = arena_new();
	s = store_erase_plan(op, d->run.id, &d->plan);
	if (s == ST_OK)
		s = parts(op, d);
	*touched = s == ST_OK ? store_erase_touched(d->plan) : 0;
	store_erase_free(d->plan);
	if (s != ST_OK)
		op->fail.sentence = arena_strdup(mem, op->fail.sentence);
	arena_free(op->mem);
	op->mem = mem;
	op->settings = NULL;
	op->touched = NULL;
	op->reason = NULL;
	return s;
}

static enum status
all_rounds(struct op *op, struct deletion *d)
{
	size_t touched = 1;

	for (int i = 0; touched && i < ROUNDS; i++)
		TRY(one_round(op, d, &touched));
	if (!touched)
		return ST_OK;
	return op_fail(op, ST_BUSY, _("Somebody goes on working on what would go. The rest goes when "
	    "you start this again in a quiet hour."));
}

static enum status
end(struct op *op, void *data)
{
	struct deletion *d = data;

	TRY(store_erase_end(op, d->run.id, &d->some));
	op->reason = arena_printf(op->mem, _("Deletion run %lld is done: %lld cases, %lld people; "
	    "%lld cases of the list stay."), (long long)d->run.id, (long long)d->some.cases,
	    (long long)d->some.people, (long long)d->some.left);
	return ST_OK;
}

static enum status
scrubbed(struct op *op, void *data)
{
	(void)data;
	return store_scrub_note(op, false);
}

static enum status
scrub(struct op *op, const char *office)
{
	int64_t pages;
	enum status s = store_scrub(op, &pages);

	if (s == ST_BUSY)
		return op_fail(op, s, _("What was deleted is gone from the office, but not yet from "
		    "every byte of its file and log. %s Then: tresen-admin retention %s scrub"),
		    op->fail.sentence, office);
	if (s == ST_OK)
		s = in_transaction(op, "retention.scrub", scrubbed, NULL);
	if (s == ST_OK)
		printf("%s\n", _("Nothing of it is left in the file or its log. Older backups still "
		    "hold it until they have had their time."));
	return s;
}

static enum status
go(struct op *op, struct deletion *d)
{
	TRY(store_erase_prepare(op));
	TRY(store_erase_typed(op));
	TRY(all_rounds(op, d));
	TRY(in_transaction(op, "retention.run", end, d));
	op->reason = NULL;
	tell(&d->sum);
	if (d->some.cases > d->sum.cases)
		printf(_("With what had gone before this was begun again: %lld cases, %lld people.\n"),
		    (long long)d->some.cases, (long long)d->some.people);
	tell_left(d->some.left);
	return ST_OK;
}

static enum status
delete(struct op *op, const char *office)
{
	struct deletion d = { .more = false };
	bool due;

	TRY(store_retention_run(op, 0, &d.run));
	TRY(store_scrub_due(op, &due));
	/* one that was stopped when all was gone but its traces */
	if (!is_approved(&d.run) && due)
		return scrub(op, office);
	TRY(approved(op, &d.run));
	TRY(go(op, &d));
	return scrub(op, office);
}

static const struct {
	const char *word;
	enum status (*run)(struct op *op, const char *office);
} words[] = {
	{ "due", due }, { "preview", preview }, { "run", delete }, { "scrub", scrub },
};

static enum status
run(struct call *call)
{
	const char *word = call->rest[0];

	for (size_t i = 0; word && i < COUNT_OF(words); i++)
		if (strcmp(word, words[i].word) == 0)
			return words[i].run(&call->op, call->path);
	call->exit_code = EXIT_USAGE;
	return op_fail(&call->op, ST_INVALID, _("usage: tresen-admin retention OFFICE "
	    "due|preview|run|scrub"));
}

const struct verb verb_retention = {
	.name = "retention", .usage = "OFFICE due|preview|run|scrub", .words = 1, .opens = true,
	.help = N_("how many cases have had their time; delete those that two people agreed on"),
	.run = run,
};
