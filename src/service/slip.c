/*
 * slip.c - layer 3: what people take home, see service_slip.h.  Called by
 * command/slip.c.  Must never say more than the person may know: what a unit
 * notes for itself is not asked of them.
 */
#include <string.h>

#include "guard.h"
#include "intake.h"
#include "slip_page.h"

/* ---- in which language ---- */

static const struct slip_language *
language_named(const struct slip *slip, const char *code)
{
	for (size_t i = 0; code && i < slip->n_languages; i++)
		if (strcmp(slip->languages[i].code, code) == 0)
			return &slip->languages[i];
	return NULL;
}

static enum status
unknown_language(struct op *op, const struct slip *slip, const char *code)
{
	const char *all = "";

	for (size_t i = 0; i < slip->n_languages; i++)
		all = arena_printf(op->mem, "%s%s%s", all, i ? ", " : "", slip->languages[i].code);
	return op_fail_field(op, ST_INVALID, "language",
	    _("There are no texts in the language %s. There are: %s."), code, all);
}

static enum status
write_page(struct op *op, const struct slip_language *lang, const struct writing *w,
           struct slip *slip)
{
	struct page p;

	TRY(page_open(op, lang, &p));
	TRY(w->page(&p, w->what));
	TRY(page_close(&p));
	slip->text = !slip->text ? p.out
	    : arena_printf(op->mem, "%s\n* * *\n\n%s", slip->text, p.out);
	return ST_OK;
}

/* Farsi has no texts, Dari has: who reads one reads the other. */
static enum status
look_near(struct op *op, const char *own, struct slip *slip)
{
	if (!own || language_named(slip, own))
		return ST_OK;
	TRY(store_code_name(op, "language_near", own, &slip->near));
	if (!language_named(slip, slip->near))
		slip->near = NULL;
	slip->speaks = slip->near ? own : NULL;
	return ST_OK;
}

enum status
slip_write(struct op *op, const char *wanted, const char *own, const struct writing *w,
           struct slip *slip)
{
	const struct slip_language *one;

	*slip = (struct slip){ 0 };
	TRY(store_slip_languages(op, &slip->languages, &slip->n_languages));
	if (!language_named(slip, "de") || !language_named(slip, "en"))
		return op_fail(op, ST_STORE, _("The texts of slips are missing. Ask the "
		    "administrator to run: tresen-admin catalogue"));
	TRY(look_near(op, own, slip));
	one = language_named(slip, wanted ? wanted : own);
	if (wanted && !one)
		return unknown_language(op, slip, wanted);
	if (one) {
		slip->language = one->code;
		return write_page(op, one, w, slip);
	}
	TRY(write_page(op, language_named(slip, "de"), w, slip));
	return write_page(op, language_named(slip, "en"), w, slip);
}

/* ---- names of the catalogue in both languages of the office ---- */

static enum status
in_language(struct op *op, enum lang lang, const struct case_file *c, const char **service,
            const char **unit, const char **site)
{
	const enum lang own = op->lang;
	struct service s = { 0 };
	struct unit u;
	struct site *sites;
	size_t n = 0;
	enum status status;

	op->lang = lang;
	/* a visit may have come for something in words */
	status = c->service_id ? store_service_by_id(op, c->service_id, &s) : ST_OK;
	*service = s.name;
	*unit = c->unit && store_unit_find(op, c->offered_to ? c->offered_to : c->unit, &u) == ST_OK
	    ? u.name : c->unit_name;
	if (status == ST_OK)
		status = store_site_list(op, &sites, &n);
	*site = c->site;
	for (size_t i = 0; i < n; i++)
		if (strcmp(sites[i].code, c->site) == 0)
			*site = sites[i].name;
	op->lang = own;
	return status;
}

/* What a slip is about. */
struct about {
	const struct gaps *gaps; /* or NULL */
	const char *number, *person; /* or NULL */
	struct pair service, unit, site;
	int day, due, bring_by;  /* DAY_NONE */
	bool open;               /* not decided yet */
};

static enum status
read_names(struct op *op, const struct case_file *c, struct about *a)
{
	TRY(in_language(op, LANG_DE, c, &a->service.de, &a->unit.de, &a->site.de));
	return in_language(op, LANG_EN, c, &a->service.en, &a->unit.en, &a->site.en);
}

/* ---- what is written ---- */

/* The name on the sign: German, but for who reads English. */
static enum status
put_place(struct page *p, const struct about *a, bool as_head)
{
	bool english = strcmp(p->lang.code, "en") == 0;
	const char *office, *place;

	TRY(store_office_get(p->op, "name", &office));
	place = arena_printf(p->op->mem, "%s, %s", office, english ? a->site.en : a->site.de);
	if (as_head)
		page_plain(p, page_foreign(p, place));
	else
		page_put(p, SLIP_WHERE, page_foreign(p, place), NULL);
	return ST_OK;
}

static enum status
put_papers(struct page *p, const struct gaps *g, bool here, enum slip_sentence title)
{
	bool any = false;

	for (size_t i = 0; i < g->n_papers; i++) {
		const struct case_document *d = &g->papers[i];
		bool brought = d->state == PAPER_RECEIVED || d->state == PAPER_VERIFIED;
		const char *name;

		if (here ? !brought : d->state != PAPER_MISSING || !d->required)
			continue;
		if (!any)
			page_put(p, title, NULL, NULL);
		any = true;
		TRY(page_name(p, (struct pair){ d->name_de, d->name_en }, &name));
		page_item(p, name);
	}
	if (any)
		page_blank(p);
	return ST_OK;
}

static bool
is_for_person(const struct gap *gap)
{
	return !gap->paper && !gap->of_office;
}

static void
put_answers(struct page *p, const struct gaps *g)
{
	struct arena *a = p->op->mem;
	bool any = false;

	for (size_t i = 0; i < g->n; i++) {
		const char *path = g->list[i].key;

		if (!is_for_person(&g->list[i]))
			continue;
		if (!any)
			page_put(p, SLIP_TELL, NULL, NULL);
		any = true;
		page_item(p, page_words(p,
		    (struct pair){ form_path_label(a, g->form, path, "de"),
		        form_path_label(a, g->form, path, "en") },
		    form_path_label(a, g->form, path, p->lang.code)));
	}
	if (any)
		page_blank(p);
}

static enum status
put_missing(struct page *p, const struct about *a)
{
	if (gaps_of_person(a->gaps) == 0) {
		page_put(p, SLIP_COMPLETE, NULL, NULL);
		return ST_OK;
	}
	TRY(put_papers(p, a->gaps, false, SLIP_BRING));
	put_answers(p, a->gaps);
	TRY(put_place(p, a, false));
	if (a->bring_by == DAY_NONE)
		page_put(p, SLIP_SOON, NULL, NULL);
	else
		page_put(p, SLIP_UNTIL, page_day(p, a->bring_by), NULL);
	return ST_OK;
}

static enum status
write_list(struct page *p, const void *what)
{
	const struct about *a = what;
	const char *name;

	TRY(put_place(p, a, true));
	page_plain(p, page_day(p, a->day));
	page_blank(p);
	if (a->number)
		page_put(p, SLIP_NUMBER, page_foreign(p, a->number), NULL);
	if (a->person && *a->person)
		page_put(p, SLIP_NAME, page_foreign(p, a->person), NULL);
	TRY(page_name(p, a->service, &name));
	page_put(p, SLIP_MATTER, name, NULL);
	page_blank(p);
	TRY(put_papers(p, a->gaps, true, SLIP_RECEIVED));
	if (a->open)
		TRY(put_missing(p, a));
	if (a->open && a->number) {
		page_blank(p);
		TRY(page_name(p, a->unit, &name));
		page_put(p, SLIP_WORKS, name, NULL);
		if (a->due != DAY_NONE && a->due >= a->day) /* nobody promises yesterday */
			page_put(p, SLIP_PLANNED, page_day(p, a->due), NULL);
	}
	page_blank(p);
	page_put(p, SLIP_CLOSING, NULL, NULL);
	return ST_OK;
}

/* ---- until when ---- */

/* The day on which it is needed, but no longer than the house waits for papers;
 * DAY_NONE: as soon as possible. */
static enum status
bring_by(struct op *op, int needed, int *day)
{
	int days;

	TRY(office_number(op, "bring_days", &days));
	TRY(working_day_from_today(op, days, day));
	if (needed != DAY_NONE && needed < *day)
		*day = needed;
	if (*day <= op->today)
		*day = DAY_NONE;
	return ST_OK;
}

/* ---- the three slips ---- */

static enum status
own_language(struct op *op, int64_t visit_id, int64_t person_id, const char **own)
{
	struct person person;
	struct visit v;

	*own = NULL;
	if (visit_id) {
		TRY(store_visit_find(op, visit_id, &v));
		*own = v.id ? v.language : NULL;
	}
	if (*own || !person_id)
		return ST_OK;
	TRY(store_person_find(op, person_id, &person));
	*own = person.id ? person.language : NULL;
	return ST_OK;
}

enum status
slip_of_case(struct op *op, const struct case_file *c, const struct gaps *g, const char *language,
             struct slip *slip)
{
	struct about a = { .gaps = g, .number = case_number(op, c), .person = c->person_name,
	    /* what is urgent is begun by then, not done */
	    .day = op->today, .due = c->urgent ? DAY_NONE : c->due_day,
	    .open = c->state < CASE_DECIDED };
	struct writing w = { write_list, &a };
	const char *own;

	TRY(own_language(op, c->visit_id, c->person_id, &own));
	TRY(read_names(op, c, &a));
	TRY(bring_by(op, c->wait_day != DAY_NONE ? c->wait_day : c->due_day, &a.bring_by));
	return slip_write(op, language, own, &w, slip);
}

enum status
slip_of_matter(struct op *op, const struct matter *m, const struct gaps *g, const char *name,
               const char *own, const char *language, struct slip *slip)
{
	struct about a = { .gaps = g, .person = name, .day = op->today, .due = DAY_NONE,
	    .open = true };
	struct case_file c = { .site = op->by->site };
	struct writing w = { write_list, &a };
	struct service service;

	TRY(find_service(op, m->service, &service));
	c.service_id = service.id;
	TRY(read_names(op, &c, &a));
	TRY(bring_by(op, DAY_NONE, &a.bring_by));
	return slip_write(op, language, own, &w, slip);
}

struct ticket {
	const struct visit *visit;
	const char *number;
	struct about about;
};

static enum status
write_ticket(struct page *p, const void *what)
{
	const struct ticket *t = what;
	const char *name = t->visit->concern ? page_foreign(p, t->visit->concern) : NULL;
	char hhmm[6];

	TRY(put_place(p, &t->about, true));
	page_blank(p);
	page_put(p, SLIP_TICKET, page_foreign(p, t->number), NULL);
	page_put(p, SLIP_CAME, page_day(p, t->visit->day),
	    page_foreign(p, clock_hhmm(t->visit->arrived_at, hhmm)));
	if (!name)
		TRY(page_name(p, t->about.service, &name));
	page_put(p, SLIP_MATTER, name, NULL);
	page_blank(p);
	page_put(p, SLIP_WAIT, NULL, NULL);
	page_put(p, SLIP_LEAVE, NULL, NULL);
	if (!t->about.gaps)
		return ST_OK;
	page_blank(p);
	return put_papers(p, t->about.gaps, false, SLIP_READY);
}

enum status
slip_of_visit(struct op *op, const struct visit *v, const char *language, struct slip *slip)
{
	struct case_file c = { .site = v->site, .service_id = v->service_id }, about;
	struct ticket t = { .visit = v, .number = visit_ticket(op, v) };
	struct writing w = { write_ticket, &t };
	struct gaps gaps;
	const char *own;

	TRY(own_language(op, v->id, v->person_id, &own));
	TRY(read_names(op, &c, &t.about));
	if (visit_case(op, v)) {
		TRY(store_case_find(op, v->case_id, &about));
		TRY(gaps_of_case(op, &about, &gaps));
		if (about.state < CASE_DECIDED)
			t.about.gaps = &gaps;
	}
	return slip_write(op, language, own, &w, slip);
}
