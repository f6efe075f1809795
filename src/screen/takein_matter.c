/*
 * takein_matter.c - layer 3: what the matter of a take-in brings along: the
 * service's form, its papers under the answers so far, the person's other
 * cases.  Called by the other files of the take-in.
 */
#include "takein.h"

#include <string.h>

#include "casework.h"
#include "formask.h"

const json_t *
takein_service(const struct screen *s)
{
	const struct takein *t = s->state;

	return *t->service ? catalogue_find(s, "services", t->service) : NULL;
}

const char *
takein_unit(const struct screen *s)
{
	const struct takein *t = s->state;
	const struct form_route *way = t->answers.form ? t->answers.state->route : NULL;

	return way ? way->unit : text_at(takein_service(s), "unit");
}

bool
takein_stays(const struct screen *s)
{
	return strcmp(takein_unit(s), text_at(me(s), "unit")) == 0;
}

bool
takein_is_quick(const struct screen *s)
{
	const struct takein *t = s->state;
	const json_t *service = takein_service(s);

	return !t->case_id && (!service || takein_stays(s) || takein_twin(s) ||
	    strcmp(text_at(service, "lane"), "back") != 0);
}

/* ---- what the register knows already ---- */

/* Fields of the service's form that are called as one of a person's. */
static const char *const of_person[] = {
	"family", "given", "born", "sex", "nationality", "language", "phone", "address",
};

static void
offer_record(struct takein *t)
{
	const json_t *name = json_array_get(at(t->record, "names"), 0);

	for (size_t i = 0; t->record && i < COUNT_OF(of_person); i++) {
		const char *key = of_person[i], *value = text_at(t->record, key);

		if (strcmp(key, "nationality") == 0)
			value = json_string_value(json_array_get(at(t->record, key), 0));
		else if (strcmp(key, "family") == 0 || strcmp(key, "given") == 0)
			value = text_at(name, key);
		form_view_offer(&t->answers, key, value ? value : "", _("from the record"));
	}
}

/* Whoever is new in the register has said it on the first page. */
static bool
offer_typed(struct screen *s)
{
	struct takein *t = s->state;
	bool readable = true;

	for (size_t i = 0; i < COUNT_OF(of_person); i++) {
		const char *value = person_form_value(s, &t->person, of_person[i]);

		readable = readable && value;
		if (value && t->answers.form)
			form_view_offer(&t->answers, of_person[i], value,
			    _("from the first page"));
	}
	return readable;
}

bool
takein_offer_person(struct screen *s)
{
	struct takein *t = s->state;

	if (t->answers.form) {
		form_view_withdraw(&t->answers);
		offer_record(t);
	}
	return !t->person.view.form || offer_typed(s);
}

static unsigned
took_form_person(struct screen *s, int64_t id)
{
	struct takein *t = s->state;

	return form_took_person(s, &t->answers, id);
}

static unsigned took_form_member(struct screen *s, const char *code);

static struct form_picking
picking(const struct takein *t)
{
	return (struct form_picking){ number_at(t->record, "id"), took_form_person,
		took_form_member };
}

static unsigned
took_form_member(struct screen *s, const char *code)
{
	struct takein *t = s->state;
	const struct form_picking from = picking(t);

	return form_took_member(s, &t->answers, &from, code);
}

unsigned
takein_pick_person(struct screen *s)
{
	struct takein *t = s->state;
	const struct form_picking from = picking(t);

	return form_pick_person(s, &t->answers, &from);
}

/* ---- the service ---- */

/* NULL: the service has none. */
static void
take_form(struct screen *s, const struct form *form)
{
	struct takein *t = s->state;
	struct form_world world = form_world_at(s, FORM_INTAKE);

	if (t->answers.form)
		form_view_done(&t->answers);
	if (!form)
		return;
	form_view_init(&t->answers, s->mem, form, &world, false);
	form_begin(s, &t->answers);
	takein_offer_person(s);
}

/* First what may fail: until then all stays with the service before. */
enum status
takein_set_service(struct screen *s, const char *code)
{
	struct takein *t = s->state;
	const json_t *service = catalogue_find(s, "services", code), *result = NULL, *papers;
	const struct form *form = NULL;

	if (*code && !service)
		return ST_UNREACHABLE; /* the catalogue could not be had, and that is said */
	if (*text_at(service, "form"))
		TRY(form_ask(s, s->mem, text_at(service, "form"), 0, &result, &form));
	papers = at(result, "form.papers");
	if (json_array_size(papers) == 0)
		papers = at(service, "checklist");
	json_decref(t->offered_papers);
	t->offered_papers = json_incref((json_t *)(uintptr_t)papers);
	t->service = arena_strdup(s->mem, code);
	take_form(s, form);
	takein_list_papers(s);
	return ST_OK;
}

/* ---- papers ---- */

/* A list of the catalogue, as form_documents asks for it. */
static size_t
list_items(void *self, const char *list, const struct form_paper **papers)
{
	const struct screen *s = self;
	const struct takein *t = s->state;
	struct form_paper *items = arena_array(s->page, struct form_paper,
	    json_array_size(t->offered_papers) + 1);
	const json_t *paper;
	size_t i, n = 0;

	json_array_foreach(t->offered_papers, i, paper)
		if (strcmp(text_at(paper, "list"), list) == 0)
			items[n++] = (struct form_paper){ text_at(paper, "key"),
				truth_at(paper, "required") };
	*papers = items;
	return n;
}

static size_t
papers_asked_for(struct screen *s, struct form_paper **papers)
{
	struct takein *t = s->state;
	struct form_checklists lists = { list_items, s };
	const struct form_paper *all;

	if (t->answers.form && t->answers.form->document_count)
		return form_documents(s->page, t->answers.form, t->answers.answers,
		    &t->answers.world, &lists, papers);
	*papers = NULL;
	if (!t->offered_papers)
		return 0;
	*papers = arena_array(s->page, struct form_paper, json_array_size(t->offered_papers) + 1);
	for (size_t i = 0, n = list_items(s, "", &all); i < n; i++)
		(*papers)[i] = all[i];
	return json_array_size(t->offered_papers);
}

static const char *
label_among(const json_t *papers, const char *key)
{
	const json_t *paper;
	size_t i;

	json_array_foreach(papers, i, paper)
		if (strcmp(text_at(paper, "key"), key) == 0)
			return text_at(paper, "label");
	return NULL;
}

/* As the case will call it: by the list of its service, before those of the form. */
static const char *
paper_label(const struct screen *s, const char *key)
{
	const struct takein *t = s->state;
	const char *label = label_among(at(takein_service(s), "checklist"), key);

	label = label ? label : label_among(t->offered_papers, key);
	return label ? label : key;
}

void
takein_list_papers(struct screen *s)
{
	struct takein *t = s->state;
	struct form_paper *papers;
	size_t n = papers_asked_for(s, &papers);

	t->needed = t->had = 0;
	t->asked = papers;
	table_begin(&t->papers, s->page);
	for (size_t i = 0; i < n; i++) {
		bool here = truth_at(t->brought, papers[i].key);

		t->needed += papers[i].required;
		t->had += papers[i].required && here;
		table_add(&t->papers, (int64_t)i + 1, here ? STYLE_PLAIN : STYLE_STRONG,
		    (const char *[]){
			here ? _("✓ brought") : papers[i].required ? _("– missing") : "–",
			paper_label(s, papers[i].key),
			papers[i].required ? _("needed") : _("if there is one"),
		});
	}
	table_end(&t->papers);
}

size_t
takein_gaps(struct arena *a, const struct takein *t, struct form_gap **gaps)
{
	json_t *answers;
	size_t n;

	if (!t->answers.form)
		return 0;
	answers = form_view_answers(&t->answers);
	n = form_missing(a, t->answers.form, answers, &t->answers.world, gaps);
	json_decref(answers);
	return n;
}

const char *
takein_brought(struct arena *a, const struct takein *t)
{
	const char *all = "", *key;
	json_t *unused;

	json_object_foreach(t->brought, key, unused) {
		(void)unused;
		all = arena_printf(a, "%s%s%s", all, *all ? " " : "", key);
	}
	return all;
}

const char *
takein_missing(struct arena *a, const struct screen *s)
{
	const struct takein *t = s->state;
	const char *all = "";

	for (size_t i = 0; i < t->papers.n_rows; i++)
		if (t->asked[i].required && !truth_at(t->brought, t->asked[i].key))
			all = arena_printf(a, "%s%s%s", all, *all ? ", " : "",
			    t->papers.rows[i].cells[1]);
	return all;
}

/* ---- the person ---- */

/* Whoever drew the ticket was asked already. */
static void
offer_language(struct screen *s)
{
	struct takein *t = s->state;
	const json_t *language = catalogue_guess(s, "languages", text_at(t->visit, "language"));

	if (*text_at(t->visit, "language"))
		form_view_offer(&t->person.view, "language", text_at(language, "label"),
		    _("from the ticket"));
}

enum status
takein_set_person(struct screen *s, int64_t id)
{
	struct takein *t = s->state;
	const json_t *result;

	json_decref(t->cases);
	json_decref(t->record);
	t->cases = t->record = NULL;
	if (!id || t->person.id)
		person_form_keep(&t->person, NULL); /* another person, another document */
	if (!id) {
		person_form_fill(&t->person, NULL);
		offer_language(s);
		takein_offer_person(s);
		return ST_OK;
	}
	TRY(ask(s, &result, "person.show", "{s:I}", "id", id));
	person_form_fill(&t->person, at(result, "person"));
	t->record = json_incref(json_object_get(result, "person"));
	t->cases = json_incref(json_object_get(t->record, "cases"));
	takein_offer_person(s);
	return ST_OK;
}

const json_t *
takein_twin(const struct screen *s)
{
	const struct takein *t = s->state;
	const json_t *row;
	size_t i;

	json_array_foreach(t->cases, i, row)
		if ((strcmp(text_at(row, "service"), t->service) == 0 ||
		        number_at(row, "id") == number_at(t->visit, "case")) &&
		    number_at(row, "id") != t->case_id && is_undecided(row))
			return row;
	return NULL;
}
