/*
 * offer.c - layer 3: what the office offers, and which of it somebody means.
 * Called by command/service.c.  Only services that can be asked for today take
 * part: what is switched off is found by no word.
 */
#include "service_offer.h"

#include <string.h>

#include "rules_concern.h"
#include "text.h"

/* Where the catalogue says nothing, the lane does. */
static const char *
usual_act(const struct service *s)
{
	return strcmp(s->lane, "counter") == 0 ? "finish" : "take_in";
}

static enum status
fill(struct op *op, const struct service *service, struct offer *o)
{
	*o = (struct offer){ .service = *service };
	TRY(store_advice_find(op, service->code, &o->act, &o->advice));
	if (!o->act)
		o->act = usual_act(service);
	if (service->checklist)
		TRY(store_checklist(op, service->checklist, &o->papers, &o->n_papers));
	return store_fee_list(op, service->code, &o->fees, &o->n_fees);
}

enum status
offer_list(struct op *op, struct offer **list, size_t *n)
{
	struct service *services;

	TRY(store_service_list(op, &services, n));
	*list = arena_array(op->mem, struct offer, *n + 1);
	for (size_t i = 0; i < *n; i++)
		TRY(fill(op, &services[i], &(*list)[i]));
	return ST_OK;
}

enum status
offer_show(struct op *op, const char *code, struct offer *offer)
{
	struct service service;

	TRY(store_service_find(op, code, &service));
	if (service.id)
		return fill(op, &service, offer);
	return op_fail_field(op, ST_NOT_FOUND, "code",
	    _("There is no service \"%s\". `tresen service list` names them."), code);
}

/* ---- looking for one ---- */

/* All by which services may be found; spoken NULL: by its own name. */
struct words {
	struct concern_phrase *phrases;
	const char **spoken;
	size_t n;
};

static void
add(struct words *w, size_t service, const char *form, const char *spoken)
{
	w->spoken[w->n] = spoken;
	w->phrases[w->n++] = (struct concern_phrase){ service, form };
}

/* n_services: none */
static size_t
place_of(const struct service *services, size_t n, const char *code)
{
	size_t i = 0;

	while (i < n && strcmp(services[i].code, code) != 0)
		i++;
	return i;
}

/* Phrases come sorted by service, so its place is looked for once each. */
static void
add_all(struct op *op, const struct service *services, size_t n, const struct phrase *list,
        size_t n_list, struct words *w)
{
	size_t place = n;

	for (size_t i = 0; i < n_list; i++) {
		const struct phrase *p = &list[i];

		if (i == 0 || strcmp(p->service, list[i - 1].service) != 0)
			place = place_of(services, n, p->service);
		if (place < n)
			add(w, place, p->form ? p->form : concern_form(op->mem, p->words),
			    p->form ? p->words : NULL);
	}
}

static enum status
collect(struct op *op, const struct service *services, size_t n, struct words *w)
{
	struct phrase *spoken, *names;
	size_t n_spoken, n_names;

	TRY(store_phrase_list(op, &spoken, &n_spoken));
	TRY(store_service_names(op, &names, &n_names));
	w->phrases = arena_array(op->mem, struct concern_phrase, n_spoken + n_names + 1);
	w->spoken = arena_array(op->mem, const char *, n_spoken + n_names + 1);
	add_all(op, services, n, spoken, n_spoken, w);
	add_all(op, services, n, names, n_names, w);
	return ST_OK;
}

static const char *
why(struct op *op, const struct words *w, size_t phrase)
{
	return w->spoken[phrase] ? arena_printf(op->mem, _("people say \"%s\""), w->spoken[phrase])
	    : _("so it is called");
}

static const char *
last_word(const char *form)
{
	const char *blank = strrchr(form, ' ');

	return blank ? blank + 1 : form;
}

/* What was said without fillers; its last word is open while it is typed. */
static enum status
listen(struct op *op, const char *text, const char **said, bool *open)
{
	const char **fillers, *form = concern_form(op->mem, text);
	size_t n, length = strlen(text);

	if (!*form)
		return op_fail_field(op, ST_INVALID, "q",
		    _("Say in a few words what it is about, such as \"card ends\"."));
	TRY(store_filler_list(op, &fillers, &n));
	*said = concern_telling(op->mem, form, fillers, n);
	*open = text[length - 1] != ' ' &&
	    strcmp(last_word(*said), last_word(form)) == 0;
	return ST_OK;
}

enum status
offer_find(struct op *op, const char *text, int limit, struct offer **list, size_t *n)
{
	struct words w = { 0 };
	struct service *services;
	struct concern_hit *hits;
	size_t n_services;
	const char *said = NULL;
	bool open = false;

	TRY(listen(op, text, &said, &open));
	TRY(store_service_list(op, &services, &n_services));
	TRY(collect(op, services, n_services, &w));
	*n = concern_rank(op->mem, w.phrases, w.n, n_services, said, open, &hits);
	if (*n > (size_t)limit)
		*n = (size_t)limit;
	*list = arena_array(op->mem, struct offer, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		struct offer *o = &(*list)[i];

		TRY(fill(op, &services[hits[i].service], o));
		o->score = hits[i].score;
		o->why = why(op, &w, hits[i].phrase);
	}
	return ST_OK;
}
