/*
 * demo_names.c - layer 5: loads the generator's lists of names and words from
 * data/demo.  Called by demo.c.
 */
#include "conf.h"
#include "demo.h"

#include <string.h>

#include "rules_household.h"

#define OLDEST 120               /* years: nobody is too old */

static enum status
words_read(struct conf *c, config_setting_t *list, struct words *words)
{
	words->n = config_setting_length(list);
	words->text = arena_array(c->op->mem, const char *, (size_t)words->n);
	for (int i = 0; i < words->n; i++) {
		const char *text = config_setting_get_string_elem(list, i);

		if (!text || !*text)
			return conf_fail(c, list, _("only texts in quotes belong here."));
		words->text[i] = arena_strdup(c->op->mem, text);
	}
	return ST_OK;
}

/* "Latin,other spelling|own script" */
static struct spelt
spelt_parse(struct arena *mem, const char *text)
{
	char *copy = arena_strdup(mem, text), *bar = strchr(copy, '|'), *rest = copy;
	struct spelt s = { .n = 1 };

	if (bar) {
		*bar = '\0';
		s.own = bar + 1;
	}
	for (const char *at = copy; (at = strchr(at, ',')); at++)
		s.n++;
	s.latin = arena_array(mem, const char *, (size_t)s.n);
	for (int i = 0; i < s.n; i++)
		s.latin[i] = strsep(&rest, ",");
	return s;
}

static enum status
names_read(struct conf *c, const config_setting_t *entry, const char *key, struct names *names)
{
	config_setting_t *list;
	struct words words;

	TRY(conf_list(c, entry, key, &list));
	if (!list)
		return conf_fail(c, entry, _("\"%s\" is missing in this entry."), key);
	TRY(words_read(c, list, &words));
	names->n = words.n;
	names->list = arena_array(c->op->mem, struct spelt, (size_t)words.n);
	for (int i = 0; i < words.n; i++)
		names->list[i] = spelt_parse(c->op->mem, words.text[i]);
	return ST_OK;
}

static enum status
order_read(struct conf *c, const config_setting_t *entry, enum name_order *order)
{
	const char *text;

	TRY(conf_choice(c, entry, "order", "family fathers single", &text));
	*order = text[0] == 's' ? ORDER_SINGLE : text[1] == 'a' && text[2] == 't' ? ORDER_FATHERS :
	    ORDER_FAMILY;
	return ST_OK;
}

static enum status
origin_read(struct conf *c, const config_setting_t *entry, struct origin *o)
{
	config_setting_t *from;

	const char *since = NULL;

	TRY(conf_only(c, entry, "code weight new_year script order from male female family since"
	    " feminine"));
	TRY(conf_day(c, entry, "since", CONF_MAY, &since));
	if (since && !day_parse(since, &o->since))
		return conf_fail(c, entry, _("\"%s\" must be a day like \"2026-01-31\"."), "since");
	TRY(conf_text(c, entry, "feminine", CONF_MAY, &o->feminine));
	TRY(conf_number(c, entry, "weight", CONF_MUST, &o->weight));
	TRY(conf_number(c, entry, "new_year", CONF_MUST, &o->new_year));
	TRY(conf_text(c, entry, "script", CONF_MAY, &o->script));
	TRY(order_read(c, entry, &o->order));
	TRY(conf_list(c, entry, "from", &from));
	if (!from || config_setting_length(from) == 0)
		return conf_fail(c, entry, _("\"%s\" is missing in this entry."), "from");
	TRY(words_read(c, from, &o->from));
	TRY(names_read(c, entry, "male", &o->male));
	TRY(names_read(c, entry, "female", &o->female));
	TRY(names_read(c, entry, "family", &o->family));
	if (!o->male.n || !o->female.n || (o->order != ORDER_FATHERS && !o->family.n))
		return conf_fail(c, entry, _("an origin needs names of each kind."));
	return ST_OK;
}

static enum status
origins_read(struct conf *c, struct origin **origins, int *n)
{
	config_setting_t *list;

	TRY(conf_top(c, "origins", &list));
	*n = config_setting_length(list);
	*origins = arena_array(c->op->mem, struct origin, (size_t)*n);
	for (int i = 0; i < *n; i++)
		TRY(origin_read(c, config_setting_get_elem(list, (unsigned)i), *origins + i));
	return ST_OK;
}

enum status
origins_load(struct op *op, const char *dir, struct origin **origins, int *n)
{
	struct conf c;
	enum status s;

	TRY(conf_open(op, dir, "origins.conf", &c));
	s = origins_read(&c, origins, n);
	conf_close(&c);
	return s;
}

static enum status
fit_words(struct conf *c, const config_setting_t *entry, const char *key, struct words *words)
{
	config_setting_t *list;

	TRY(conf_list(c, entry, key, &list));
	return list ? words_read(c, list, words) : ST_OK;
}

static enum status
fit_read(struct conf *c, const config_setting_t *entry, int from, struct fit *fit)
{
	fit->from = from;
	fit->until = OLDEST;
	TRY(conf_number(c, entry, "from", CONF_MAY, &fit->from));
	TRY(conf_number(c, entry, "until", CONF_MAY, &fit->until));
	TRY(fit_words(c, entry, "all", &fit->all));
	TRY(fit_words(c, entry, "any", &fit->any));
	return fit_words(c, entry, "none", &fit->none);
}

static enum status
fits_read(struct conf *c, struct town *t)
{
	config_setting_t *list;

	TRY(conf_top(c, "fits", &list));
	t->n_fits = config_setting_length(list);
	t->fits = arena_array(c->op->mem, struct choice_fit, (size_t)t->n_fits + 1);
	for (int i = 0; i < t->n_fits; i++) {
		const config_setting_t *entry = config_setting_get_elem(list, (unsigned)i);
		struct choice_fit *f = &t->fits[i];

		*f = (struct choice_fit){ .form = NULL };
		TRY(conf_only(c, entry, "form key texts from until all any none"));
		TRY(conf_text(c, entry, "key", CONF_MUST, &f->key));
		TRY(conf_text(c, entry, "form", CONF_MAY, &f->form));
		TRY(fit_words(c, entry, "texts", &f->texts));
		TRY(fit_read(c, entry, 0, &f->fit));
	}
	return ST_OK;
}

static enum status
amounts_read(struct conf *c, struct town *t)
{
	config_setting_t *list;

	TRY(conf_top(c, "amounts", &list));
	t->n_amounts = config_setting_length(list);
	t->amounts = arena_array(c->op->mem, struct amount, (size_t)t->n_amounts + 1);
	for (int i = 0; i < t->n_amounts; i++) {
		const config_setting_t *entry = config_setting_get_elem(list, (unsigned)i);
		struct amount *a = &t->amounts[i];

		TRY(conf_only(c, entry, "key from until"));
		TRY(conf_text(c, entry, "key", CONF_MUST, &a->key));
		TRY(conf_number(c, entry, "from", CONF_MUST, &a->from));
		TRY(conf_number(c, entry, "until", CONF_MUST, &a->until));
		if (a->until < a->from)
			return conf_fail(c, entry, _("\"%s\" must be a whole number, 0 or more."),
			                 "until");
	}
	return ST_OK;
}

static enum status
answers_read(struct conf *c, struct town *t)
{
	config_setting_t *list, *texts;

	TRY(conf_top(c, "answers", &list));
	t->n_answers = config_setting_length(list);
	t->answers = arena_array(c->op->mem, struct answers, (size_t)t->n_answers + 1);
	for (int i = 0; i < t->n_answers; i++) {
		const config_setting_t *entry = config_setting_get_elem(list, (unsigned)i);
		struct answers *a = &t->answers[i];
		const char *key;

		TRY(conf_only(c, entry, "key texts"));
		TRY(conf_text(c, entry, "key", CONF_MUST, &key));
		a->key = arena_strdup(c->op->mem, key);
		TRY(conf_list(c, entry, "texts", &texts));
		if (!texts || config_setting_length(texts) == 0)
			return conf_fail(c, entry, _("this list must not be empty."));
		TRY(words_read(c, texts, &a->texts));
	}
	return ST_OK;
}

static enum status
town_read(struct conf *c, struct town *t)
{
	const struct { const char *key; struct words *words; } lists[] = {
		{ "streets", &t->streets }, { "homes", &t->homes }, { "towns", &t->towns },
		{ "phones", &t->phones }, { "notes", &t->notes }, { "concerns", &t->concerns },
		{ "waits", &t->waits }, { "refusals", &t->refusals }, { "grants", &t->grants },
		{ "urgent", &t->urgent },
	};

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		config_setting_t *list;

		TRY(conf_top(c, lists[i].key, &list));
		TRY(words_read(c, list, lists[i].words));
		if (lists[i].words->n == 0)
			return conf_fail(c, list, _("this list must not be empty."));
	}
	TRY(fits_read(c, t));
	TRY(amounts_read(c, t));
	return answers_read(c, t);
}

enum status
town_load(struct op *op, const char *dir, struct town *town)
{
	struct conf c;
	enum status s;

	TRY(conf_open(op, dir, "town.conf", &c));
	s = town_read(&c, town);
	conf_close(&c);
	return s;
}

static enum status
shares_read(struct conf *c, struct share **shares, int *n)
{
	config_setting_t *list;

	TRY(conf_top(c, "demand", &list));
	*n = config_setting_length(list);
	*shares = arena_array(c->op->mem, struct share, (size_t)*n);
	for (int i = 0; i < *n; i++) {
		const config_setting_t *entry = config_setting_get_elem(list, (unsigned)i);
		struct share *share = *shares + i;

		*share = (struct share){ .service = NULL };
		TRY(conf_only(c, entry, "service cases visits from until all any none"));
		TRY(conf_text(c, entry, "service", CONF_MUST, &share->service));
		TRY(conf_number(c, entry, "cases", CONF_MUST, &share->cases));
		TRY(conf_number(c, entry, "visits", CONF_MUST, &share->visits));
		TRY(fit_read(c, entry, ADULT_YEARS, &share->who));
	}
	return ST_OK;
}

enum status
shares_load(struct op *op, const char *dir, struct share **shares, int *n)
{
	struct conf c;
	enum status s;

	TRY(conf_open(op, dir, "town.conf", &c));
	s = shares_read(&c, shares, n);
	conf_close(&c);
	return s;
}
