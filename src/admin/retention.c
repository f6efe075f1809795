/*
 * retention.c - layer 5: retention.conf, and `tresen-admin retention`: what is
 * due, as figures, and the deletion that two people of the office have agreed
 * on.  Must never show a case, and never delete what nobody has approved.
 */
#include "store_retention.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin.h"
#include "backup.h"
#include "conf.h"
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
	TRY(conf_choice(c, entry, "starts", "closing year_end contact", &r.starts));
	TRY(conf_day(c, entry, "valid_from", CONF_MUST, &r.valid_from));
	TRY(conf_day(c, entry, "valid_to", CONF_MAY, &r.valid_to));
	TRY(conf_number(c, entry, "amount", CONF_MAY, &r.amount));
	if (r.amount)
		TRY(conf_choice(c, entry, "term_unit", "days months years", &r.term_unit));
	TRY(store_retention_rule_put(c->op, &r));
	return services_put(c, entry, r.class);
}

enum status
retention_read(struct conf *c)
{
	config_setting_t *list;

	TRY(conf_top(c, "retention", &list));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(rule_read(c, config_setting_get_elem(list, (unsigned)i)));
	return ST_OK;
}

/* ---- the verb ---- */

static enum status
due(struct op *op, const char *office)
{
	struct retention_sum *list;
	struct retention_run run;
	size_t n;

	(void)office;
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
	return ST_OK;
}

static void
tell(const struct erased *e)
{
	printf(_("%lld cases, %lld people, %lld visits, %lld rows in all; %lld events are cut.\n"),
	    (long long)e->cases, (long long)e->people, (long long)e->visits, (long long)e->rows,
	    (long long)e->events);
}

static enum status
approved(struct op *op, struct retention_run *run)
{
	TRY(store_retention_run(op, 0, run));
	if (run->id && strcmp(run->state, "approved") == 0)
		return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("No deletion is approved. The data protection officer "
	    "proposes one (retention propose), somebody else approves it."));
}

/* All that a run would do, undone at the end. */
static enum status
preview(struct op *op, const char *office)
{
	struct retention_run run;
	struct erased e;
	enum status s;

	(void)office;
	TRY(approved(op, &run));
	TRY(store_erase_prepare(op));
	TRY(db_begin_write(op));
	s = store_erase(op, run.id, &e);
	db_rollback(op);
	if (s == ST_OK)
		tell(&e);
	return s;
}

struct deletion {
	int64_t run;
	struct erased done;
};

static enum status
erase(struct op *op, void *data)
{
	struct deletion *d = data;

	TRY(store_erase(op, d->run, &d->done));
	op->reason = arena_printf(op->mem, _("Deletion run %lld: %lld cases, %lld people."),
	    (long long)d->run, (long long)d->done.cases, (long long)d->done.people);
	return ST_OK;
}

static enum status
scrub(struct op *op, const char *office)
{
	/* the file is written anew in a second one, which stays where the office is */
	setenv("SQLITE_TMPDIR", folder_of(op->mem, office), 0);
	TRY(store_scrub(op));
	printf("%s\n", _("The file is written anew and its log is empty: nothing of it is left there. "
	    "Older backups still hold it until they have had their time."));
	return ST_OK;
}

static enum status
delete(struct op *op, const char *office)
{
	struct retention_run run;
	struct deletion d;

	TRY(approved(op, &run));
	d.run = run.id;
	TRY(store_erase_prepare(op));
	TRY(in_transaction(op, "retention.run", erase, &d));
	tell(&d.done);
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
