/*
 * gaps.c - layer 3: completeness, see service_gaps.h.  Called by the guard, by
 * what lies in a case and by its slip.  Must never ask what the reader may see.
 */
#include <string.h>

#include "guard.h"
#include "intake.h"

#define NAMED_MOST 6             /* a sentence is to be read, the list is beside it */

static const char *
path_label(struct op *op, const struct form *form, const char *path)
{
	const char *label = form_path_label(op->mem, form, path, lang_code(op->lang));

	return label ? label : path;
}

static bool
is_missing(const struct case_document *d)
{
	return d->required && d->state == PAPER_MISSING;
}

/* Soonest first: papers are wanted by intake, before the answers of then. */
static void
list_gaps(struct op *op, struct gaps *g, const struct form_gap *answers, size_t n)
{
	g->list = arena_array(op->mem, struct gap, n + g->n_papers + 1);
	for (size_t k = 0; k < g->n_papers; k++)
		if (is_missing(&g->papers[k]))
			g->list[g->n++] = (struct gap){ .stage = FORM_INTAKE, .paper = true,
			    .key = g->papers[k].key, .label = g->papers[k].name,
			    .name_de = g->papers[k].name_de, .name_en = g->papers[k].name_en };
	for (size_t i = 0; i < n; i++)
		g->list[g->n++] = (struct gap){ .stage = answers[i].stage, .key = answers[i].path,
		    .of_office = !form_is_for_person(form_path_field(g->form, answers[i].path)),
		    .label = path_label(op, g->form, answers[i].path) };
}

/* g->form and g->papers are there. */
static enum status
find_gaps(struct op *op, const json_t *answers, struct gaps *g)
{
	struct form_gap *missing = NULL;
	struct form_world world;
	size_t n = 0;

	TRY(form_world_now(op, FORM_DRAFT, &world));
	if (g->form) {
		n = form_missing(op->mem, g->form, answers, &world, &missing);
		world.stage = FORM_INTAKE;
		g->n_stops[FORM_INTAKE] = form_stops(op->mem, g->form, answers, &world,
		    &g->stops[FORM_INTAKE]);
		world.stage = FORM_DECISION;
		g->n_stops[FORM_DECISION] = form_stops(op->mem, g->form, answers, &world,
		    &g->stops[FORM_DECISION]);
	}
	list_gaps(op, g, missing, n);
	return ST_OK;
}

enum status
gaps_of_case(struct op *op, const struct case_file *c, struct gaps *g)
{
	struct answer *stored;
	json_t *answers;
	enum status s;
	size_t n;

	*g = (struct gaps){ 0 };
	TRY(case_form(op, c, &g->form));
	TRY(store_document_list(op, c->id, &g->papers, &g->n_papers));
	TRY(store_answer_list(op, c->id, &stored, &n));
	answers = merged_answers(stored, n, NULL);
	s = find_gaps(op, answers, g);
	json_decref(answers);
	return s;
}

enum status
gaps_of_matter(struct op *op, const struct matter *m, struct gaps *g)
{
	struct form_world world;
	struct asked asked = { .answers = m->answers, .world = &world };
	struct service service;
	int version;

	*g = (struct gaps){ 0 };
	TRY(find_service(op, m->service, &service));
	TRY(form_for_today(op, &service, &g->form, &version));
	TRY(form_world_now(op, FORM_DRAFT, &world));
	asked.form = g->form;
	if (g->form && m->answers)
		TRY(check_answers(op, g->form, m->answers, &world));
	TRY(papers_of_matter(op, &service, &asked, m->brought, &g->papers, &g->n_papers));
	return find_gaps(op, m->answers, g);
}

/* ---- acts that need it complete ---- */

/* The failure at hand, with what is missing behind it. */
static enum status
name_gaps(struct op *op, const struct gaps *g, enum form_stage stage)
{
	struct failure kept = op->fail;

	kept.sentence = arena_printf(op->mem, "%s %s", kept.sentence,
	    gaps_sentence(op, g, stage));
	op->fail = kept;
	return ST_INVALID;
}

enum status
guard_complete(struct op *op, struct attempt *try, enum form_stage stage, struct case_file *c,
               struct gaps *g)
{
	enum sight sight;
	enum status s;

	TRY(case_look(op, try->id, c, &sight));
	TRY(gaps_of_case(op, c, g));
	try->gaps = g;
	s = guard_loaded_case(op, try, c);
	if (s == ST_INVALID && gaps_until(g, stage) > 0)
		return name_gaps(op, g, stage);
	if (s == ST_OK && g->n_stops[stage] > 0)
		return op_fail_field(op, ST_INVALID, "answers",
		    _("Case %s: the form does not allow it. %s"), case_number(op, c),
		    g->stops[stage][0]);
	return s == ST_OK ? guard_warnings(op, c, stage, try->reason) : s;
}

/* ---- in words ---- */

size_t
gaps_until(const struct gaps *g, enum form_stage stage)
{
	size_t n = 0;

	while (n < g->n && g->list[n].stage <= stage)
		n++;
	return n;
}

size_t
gaps_of_person(const struct gaps *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		n += !g->list[i].of_office;
	return n;
}

static const char *
named(struct op *op, const struct gaps *g, size_t n)
{
	size_t most = n > NAMED_MOST ? NAMED_MOST - 1 : n;
	const char *all = "";

	for (size_t i = 0; i < most; i++)
		all = arena_printf(op->mem, "%s%s%s", all, *all ? ", " : "", g->list[i].label);
	return most == n ? all
	    : arena_printf(op->mem, _("%s and %zu more"), all, n - most);
}

const char *
gaps_sentence(struct op *op, const struct gaps *g, enum form_stage stage)
{
	size_t n = gaps_until(g, stage);

	if (n == 0)
		return NULL;
	return arena_printf(op->mem, stage == FORM_INTAKE
	    ? tr_n("%zu missing for the hand-over: %s.", "%zu missing for the hand-over: %s.",
	        (int64_t)n)
	    : tr_n("%zu missing for the decision: %s.", "%zu missing for the decision: %s.",
	        (int64_t)n), n, named(op, g, n));
}

const char *
stage_label(enum form_stage stage)
{
	static const char *const labels[] = {
		[FORM_INTAKE] = N_("for the hand-over"), [FORM_REVIEW] = N_("for the work on it"),
		[FORM_DECISION] = N_("for the decision"),
	};

	return tr(labels[stage]);
}
