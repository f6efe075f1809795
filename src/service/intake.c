/*
 * intake.c - layer 3: opening a case: form, papers, due day.  Called by
 * command/case.c.  Believes nothing the client says about the form.
 */
#include <string.h>

#include "guard.h"
#include "intake.h"
#include "store_form.h"

enum status
form_for_today(struct op *op, const struct service *service, const struct form **form, int *found)
{
	*form = NULL;
	*found = 0;
	if (!service->form)
		return ST_OK;
	TRY(form_load(op, service->form, 0, form, found));
	if (*form)
		return ST_OK;
	return op_fail(op, ST_STORE, _("No version of the form %s is in force today. Ask the "
	    "administrator to publish one: tresen-admin form"), service->form);
}

static bool
in_force(const struct op *op, const struct form_edition *e)
{
	return !e->withdrawn && e->valid_from <= op->today &&
	    (e->valid_until == DAY_NONE || e->valid_until >= op->today);
}

/* A newer version may come while somebody types: who was asked by the one
 * before is not asked again while that one holds. */
static enum status
form_asked(struct op *op, const struct service *service, int version, const struct form **form,
           int *found)
{
	struct form_edition *list;
	size_t n;

	TRY(form_for_today(op, service, form, found));
	if (!*form || !version || version == *found)
		return ST_OK;
	TRY(store_form_editions(op, service->form, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].version == version && in_force(op, &list[i]))
			return form_load(op, service->form, version, form, found);
	return op_fail_field(op, ST_INVALID, "form_version", _("Version %d of the form %s is not "
	    "in force any more. Leave the take-in and open it again: what was typed is kept."),
	    version, service->form);
}

enum status
check_answers(struct op *op, const struct form *form, const json_t *answers,
              const struct form_world *world)
{
	struct form_problem *problems;
	size_t n = form_validate(op->mem, form, answers, world, &problems);

	if (n == 0)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, problems[0].field ? problems[0].field : "form", "%s",
	    problems[0].sentence);
}

/* ---- papers ---- */

/* The catalogue's lists, as form_documents asks for them. */
static size_t
list_items(void *self, const char *list, const struct form_paper **papers)
{
	struct op *op = self;
	struct form_paper *items;
	struct paper *rows;
	size_t n;

	if (store_checklist(op, list, &rows, &n) != ST_OK)
		return 0;
	items = arena_array(op->mem, struct form_paper, n ? n : 1);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct form_paper){ rows[i].key, rows[i].required };
	*papers = items;
	return n;
}

/* The papers of a case: its form's, or its service's checklist. */
static size_t
needed_papers(struct op *op, const struct asked *asked, const char *checklist,
              const struct form_paper **papers)
{
	struct form_checklists lists = { list_items, op };
	struct form_paper *of_form = NULL;
	size_t n = 0;

	if (asked->form && asked->form->document_count)
		n = form_documents(op->mem, asked->form, asked->answers, asked->world, &lists,
		    &of_form);
	*papers = of_form;
	return of_form || !checklist ? n : list_items(op, checklist, papers);
}

/* A paper that is asked for, as the catalogue words it; not brought yet. */
static enum status
paper_asked(struct op *op, const char *checklist, const struct form_paper *needed, int position,
            struct case_document *d)
{
	struct paper paper;

	*d = (struct case_document){ .key = needed->key, .position = position,
	    .required = needed->required };
	TRY(store_paper_find(op, checklist, needed->key, &paper));
	d->name_de = paper.key ? paper.name_de : needed->key;
	d->name_en = paper.key ? paper.name_en : needed->key;
	d->name = paper.key ? paper.name : needed->key;
	return ST_OK;
}

static enum status
put_paper(struct op *op, int64_t case_id, const char *checklist, const struct form_paper *needed,
          int position, const struct case_document *known)
{
	struct case_document d;

	if (known && known->required == needed->required)
		return ST_OK;
	if (known)
		d = *known;
	else
		TRY(paper_asked(op, checklist, needed, position, &d));
	d.required = needed->required;
	return store_document_put(op, case_id, &d);
}

static bool
is_named(const char *keys, const char *key)
{
	size_t n = strlen(key);

	for (const char *at = keys; at && (at = strstr(at, key)); at += n)
		if ((at == keys || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	return false;
}

enum status
papers_of_matter(struct op *op, const struct service *service, const struct asked *asked,
                 const char *brought, struct case_document **papers, size_t *n)
{
	const struct form_paper *needed;

	*n = needed_papers(op, asked, service->checklist, &needed);
	*papers = arena_array(op->mem, struct case_document, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		struct case_document *d = &(*papers)[i];

		TRY(paper_asked(op, service->checklist, &needed[i], (int)i, d));
		d->state = is_named(brought, d->key) ? PAPER_RECEIVED : PAPER_MISSING;
	}
	return ST_OK;
}

static const struct case_document *
known_paper(const struct case_document *list, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].key, key) == 0)
			return &list[i];
	return NULL;
}

enum status
settle_papers(struct op *op, const struct case_file *c, const struct asked *asked,
              const char *checklist)
{
	const struct form_paper *needed;
	struct case_document *known;
	size_t n_needed = needed_papers(op, asked, checklist, &needed), n_known;

	TRY(store_document_list(op, c->id, &known, &n_known));
	for (size_t i = 0; i < n_needed; i++)
		TRY(put_paper(op, c->id, checklist, &needed[i], (int)i,
		    known_paper(known, n_known, needed[i].key)));
	/* what is no longer asked for stays on file, but blocks nothing */
	for (size_t i = 0; i < n_known; i++) {
		bool still = false;

		for (size_t j = 0; j < n_needed; j++)
			still |= strcmp(needed[j].key, known[i].key) == 0;
		if (still || !known[i].required)
			continue;
		known[i].required = false;
		TRY(store_document_put(op, c->id, &known[i]));
	}
	return ST_OK;
}

/* ---- opening ---- */

enum status
find_service(struct op *op, const char *code, struct service *service)
{
	TRY(store_service_find(op, code, service));
	if (service->id)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "service",
	    _("There is no service \"%s\". `tresen catalogue show` lists them."), code);
}

static enum status
link_visit(struct op *op, const struct case_wish *wish, const struct case_file *c)
{
	struct visit_edit edit = { .person_id = wish->person_id, .case_id = c->id };
	struct visit v;

	if (!wish->visit_id)
		return ST_OK;
	return visit_change(op, wish->visit_id, 0, &edit, &v);
}

/* Opened in the unit it goes to it waits in the pool; elsewhere it is being taken in
 * until that unit accepts it. */
static void
place(struct op *op, const struct service *service, const struct asked *asked,
      struct case_file *c)
{
	bool at_home = strcmp(way_of(op, service, asked), op->by->unit) == 0;

	c->unit = op->by->unit;
	c->state = at_home ? CASE_OPEN : CASE_INTAKE;
	c->owner_id = at_home ? 0 : op->by->id;
}

static enum status
put_answers(struct op *op, int64_t case_id, const struct asked *asked)
{
	json_t *settled = form_settle(op->mem, asked->form, asked->answers, asked->world);
	struct form_pair *pairs;
	size_t n = form_pairs(op->mem, settled, &pairs);
	enum status s = ST_OK;

	json_decref(settled);
	for (size_t i = 0; s == ST_OK && i < n; i++)
		s = store_answer_put(op, case_id,
		    &(struct answer){ .field = pairs[i].field, .value = pairs[i].value,
		    .version = 1 });
	return s;
}

static enum status
open_with(struct op *op, struct case_file *c, const struct asked *asked,
          const struct service *service)
{
	struct form_hurry hurry = { .due = DAY_NONE };

	if (asked->form)
		hurry = form_hurry(asked->form, asked->answers, asked->world);
	TRY(case_schedule(op, c, service, &hurry));
	TRY(store_case_add(op, c));
	if (asked->form)
		TRY(put_answers(op, c->id, asked));
	return settle_papers(op, c, asked, service->checklist);
}

enum status
case_open(struct op *op, const struct case_wish *wish, struct case_file *c)
{
	struct asked asked = { .answers = wish->answers, .reasons = wish->reasons,
		.reason = op->reason };
	struct form_world world;
	struct service service;
	struct visit v;

	*c = (struct case_file){ .person_id = wish->person_id, .visit_id = wish->visit_id,
	    .site = op->by->site, .opened_at = op->now, .opened_day = op->today,
	    .arrived_day = op->today, .asked = 1, .wait_day = DAY_NONE, .decided_day = DAY_NONE };
	TRY(person_current(op, "person", &c->person_id));
	/* before the case refers to it: the file takes no visit that is not there */
	if (wish->visit_id)
		TRY(named_as(op, "visit", visit_show(op, wish->visit_id, &v)));
	TRY(find_service(op, wish->service, &service));
	TRY(form_asked(op, &service, wish->form_version, &asked.form, &c->form_version));
	TRY(form_world_now(op, FORM_DRAFT, &world));
	asked.world = &world;
	if (asked.form) {
		TRY(check_answers(op, asked.form, wish->answers, &world));
		TRY(judge_answers(op, &asked, NULL, 0));
		TRY(check_warnings(op, &asked, NULL, FORM_INTAKE, 0));
	}
	c->service_id = service.id;
	place(op, &service, &asked, c);
	TRY(open_with(op, c, &asked, &service));
	if (asked.form)
		TRY(give_reasons(op, c->id, &asked, FORM_INTAKE));
	TRY(link_visit(op, wish, c));
	return store_case_find(op, c->id, c);
}
