/*
 * takein.c - layer 3: taking in what a person wants: who they are, the form
 * of the service, the papers they brought, one key that hands all of it over.
 * Opened by the counter for a visit.  Must never lose what was typed: it is a
 * draft from the first letter on.
 */
#include "casework.h"
#include "takein.h"

#include <string.h>

static const struct column paper_columns[] = {
	{ N_("Here?"), 10, LEFT, 0 },
	{ N_("Paper"), 0, LEFT, 0 },
	{ N_("Needed"), 20, LEFT, 0 },
};

/* ---- pages ---- */

bool
takein_has_page(const struct takein *t, int page)
{
	if (page == PAGE_FORM)
		return t->answers.form != NULL;
	return page != PAGE_PAPERS || t->papers.n_rows > 0;
}

unsigned
takein_go(struct screen *s, int page, int step)
{
	struct takein *t = s->state;

	while (page > PAGE_PERSON && page < PAGE_SEND && !takein_has_page(t, page))
		page += step;
	if (page < PAGE_PERSON || page > PAGE_SEND)
		return NOTHING;
	if (t->page == PAGE_PERSON && !takein_offer_person(s))
		say(s, TONE_WARNING, _("Something about the person cannot be read. It is marked "
		    "with !"));
	t->page = (enum takein_page)page;
	if (page == PAGE_FORM && step > 0)
		form_view_go_first(&t->answers);
	if (page == PAGE_FORM && step < 0)
		form_view_go_last(&t->answers);
	screen_typed(s);
	return DRAW;
}

/* A form was left at its end or beginning. */
static unsigned
leave_form(void *on, int step)
{
	struct screen *s = on;
	const struct takein *t = s->state;

	return takein_go(s, (int)t->page + step, step);
}

void
takein_bind_forms(struct screen *s)
{
	struct takein *t = s->state;

	t->person.view.leave = t->answers.leave = leave_form;
	t->person.view.on = t->answers.on = s;
}

/* ---- loading ---- */

static bool
is_finished(const struct takein *t)
{
	return strcmp(text_at(t->visit, "state"), "finished") == 0;
}

static enum status
ask_visit(struct screen *s)
{
	struct takein *t = s->state;
	const json_t *result;

	TRY(ask(s, &result, "visit.show", "{s:O}", "id", json_object_get(s->args, "visit")));
	json_decref(t->visit);
	t->visit = json_incref(json_object_get(result, "visit"));
	return ST_OK;
}

/* What an earlier attempt to hand over has brought about. */
static enum status
ask_case(struct screen *s)
{
	struct takein *t = s->state;
	int64_t id = number_at(t->visit, "case");
	const json_t *result, *paper;
	size_t i;

	t->waits_for = "";
	if (!id)
		return ST_OK;
	TRY(ask(s, &result, "case.show", "{s:I}", "id", id));
	if (number_at(result, "case.visit") != number_at(t->visit, "id")) {
		/* an older case that the visit is about */
		t->waits_for = gaps_named(s->mem, at(result, "case"));
		return ST_OK;
	}
	t->case_id = id;
	t->handed_over = json_is_object(at(result, "case.handover"));
	json_array_foreach(at(result, "case.documents"), i, paper)
		if (strcmp(text_at(paper, "state"), "received") == 0) {
			json_object_set_new(t->recorded, text_at(paper, "key"), json_true());
			json_object_set_new(t->brought, text_at(paper, "key"), json_true());
		}
	return ST_OK;
}

enum status
takein_tie(struct screen *s)
{
	const struct takein *t = s->state;

	if (t->case_id || !t->person.id || number_at(t->visit, "person.id") == t->person.id)
		return ST_OK;
	TRY(ask(s, NULL, "visit.edit", "{s:O, s:I}", "id", json_object_get(s->args, "visit"),
	    "person", t->person.id));
	TRY(ask_visit(s));
	return ask_case(s);
}

static enum status
begin(struct screen *s)
{
	struct takein *t = s->state;

	TRY(ask_visit(s));
	if (is_finished(t)) {
		say(s, TONE_WARNING, _("%s is finished already: nothing is left to take in."),
		    text_at(t->visit, "ticket"));
		return ST_CONFLICT;
	}
	TRY(person_form_open(s, &t->person));
	t->person.took_reason = takein_took_person_reason;
	TRY(takein_set_person(s, number_at(t->visit, "person.id")));
	TRY(ask_case(s));
	TRY(takein_set_service(s, text_at(t->visit, "service")));
	takein_bind_forms(s);
	return ST_OK;
}

static enum status
load(struct screen *s)
{
	struct takein *t = s->state;

	if (!t->person.view.form)
		return begin(s);
	TRY(ask_visit(s));
	if (!t->case_id)
		TRY(ask_case(s));
	takein_list_papers(s);
	return ST_OK;
}

static void
open_takein(struct screen *s, const json_t *args)
{
	struct takein *t = s->state;

	(void)args;
	t->brought = json_object();
	t->recorded = json_object();
	t->service = t->looked_for = t->reason = t->waits_for = "";
	table_init(&t->papers, s->mem, paper_columns, COUNT_OF(paper_columns),
	    N_("No papers are needed for this."));
}

static void
done(struct screen *s)
{
	struct takein *t = s->state;

	person_form_done(&t->person);
	if (t->answers.form)
		form_view_done(&t->answers);
	json_decref(t->visit);
	json_decref(t->cases);
	json_decref(t->record);
	json_decref(t->hits);
	json_decref(t->offered_papers);
	json_decref(t->brought);
	json_decref(t->recorded);
}

/* ---- the draft ---- */

static json_t *
draft(const struct screen *s)
{
	const struct takein *t = s->state;

	return json_pack("{s:O*, s:s, s:I, s:I, s:O, s:o, s:o, s:O, s:i, s:I}",
	    "document", t->person.document, "service", t->service,
	    "person", t->person.id, "version", t->person.version,
	    "filled", t->person.view.filled, "person_form", form_view_draft(&t->person.view),
	    "form", t->answers.form ? form_view_draft(&t->answers) : json_null(),
	    "papers", t->brought, "page", (int)t->page, "paper", table_at(&t->papers));
}

/* A record that others changed meanwhile is told at saving, by its version. */
static enum status
restore_person(struct screen *s, const json_t *saved)
{
	struct takein *t = s->state;

	if (t->person.id != number_at(saved, "person"))
		TRY(takein_set_person(s, number_at(saved, "person")));
	if (t->person.id) {
		form_view_fill(&t->person.view, at(saved, "filled"));
		t->person.version = number_at(saved, "version");
	}
	form_view_restore(&t->person.view, at(saved, "person_form"));
	person_form_keep(&t->person, at(saved, "document"));
	return ST_OK;
}

static void
restore(struct screen *s, const json_t *saved)
{
	struct takein *t = s->state;
	int page = (int)number_at(saved, "page");

	if (restore_person(s, saved) != ST_OK ||
	    takein_set_service(s, text_at(saved, "service")) != ST_OK)
		return; /* the sentence stands */
	takein_bind_forms(s);
	if (t->answers.form)
		form_view_restore(&t->answers, at(saved, "form"));
	json_object_update(t->brought, json_object_get(saved, "papers"));
	takein_list_papers(s);
	if (page >= PAGE_PERSON && page <= PAGE_SEND && takein_has_page(t, page))
		t->page = (enum takein_page)page;
	table_go(&t->papers, number_at(saved, "paper"));
}

/* ---- typing ---- */

static unsigned
edited(struct screen *s)
{
	const struct takein *t = s->state;

	screen_typed(s);
	if (t->page == PAGE_PERSON)
		takein_look_for(s);
	else
		takein_list_papers(s);
	return DRAW;
}

static struct focus
focus(struct screen *s)
{
	struct takein *t = s->state;

	switch (t->page) {
	case PAGE_PERSON:
		return (struct focus){ .form = &t->person.view };
	case PAGE_FORM:
		return (struct focus){ .form = &t->answers };
	case PAGE_PAPERS:
		return (struct focus){ .table = &t->papers };
	case PAGE_SEND:
		break;
	}
	return (struct focus){ 0 };
}

static const char *const topics[] = { "visit", NULL };

const struct screen_class screen_takein = {
	.name = "takein",
	.title = N_("Take in"),
	.about = N_("Who it is, what they want, which papers they brought. F10 opens the case, "
	            "hands it to the unit that works on it and ends the visit."),
	.state_size = sizeof(struct takein),
	.bindings = takein_bindings,
	.topics = topics,
	.open = open_takein,
	.load = load,
	.head = takein_head,
	.draw = takein_draw,
	.focus = focus,
	.edited = edited,
	.scanned = takein_scanned,
	.draft = draft,
	.restore = restore,
	.done = done,
};
