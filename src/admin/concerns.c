/*
 * concerns.c - layer 5: concerns.conf: what people say, what the counter does
 * then.  Called by catalogue.c.  Phrases are brought into the form in which
 * they are compared here, once, and not at each search.
 */
#include "admin.h"

#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "rules_concern.h"
#include "store_catalogue.h"
#include "store_concern.h"

#define FILLERS_MAX 1000

struct fillers {
	const char *form[FILLERS_MAX];
	size_t n;
};

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A language is a code of languages.conf. */
static enum status
language_points(struct conf *c, const config_setting_t *at)
{
	const char *code = config_setting_name(at), *name;

	TRY(store_code_name(c->op, "language", code, &name));
	return name ? ST_OK : conf_fail(c, at, _("there is no language \"%s\" in "
	                                "languages.conf."), code);
}

static enum status
fillers_take(struct conf *c, const config_setting_t *at, struct fillers *f)
{
	const char *text = config_setting_get_string(at);
	char *save = NULL, *form;

	if (!text)
		return conf_fail(c, at, _("\"%s\" must be a text in quotes."),
		                 config_setting_name(at));
	form = concern_form(c->op->mem, text);
	for (char *w = strtok_r(form, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		if (f->n == FILLERS_MAX)
			return conf_fail(c, at, _("there are more than %d fillers."), FILLERS_MAX);
		f->form[f->n++] = w;
		TRY(store_filler_put(c->op, w));
	}
	return ST_OK;
}

static enum status
fillers_read(struct conf *c, struct fillers *f)
{
	config_setting_t *group;

	TRY(conf_top(c, "filler", &group));
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *at = config_setting_get_elem(group, (unsigned)i);

		TRY(language_points(c, at));
		TRY(fillers_take(c, at, f));
	}
	qsort(f->form, f->n, sizeof(*f->form), by_text);
	return ST_OK;
}

/* Of fillers only: then they are what tells. */
static const char *
telling(struct arena *mem, const char *words, const struct fillers *f)
{
	const char *form = concern_form(mem, words);
	const char *left = concern_telling(mem, form, f->form, f->n);

	return *left ? left : form;
}

/* Phrases of one language: de = ( "...", "..." ) */
static enum status
phrases_read(struct conf *c, config_setting_t *list, const char *service,
             const struct fillers *f)
{
	TRY(language_points(c, list));
	for (int i = 0; i < config_setting_length(list); i++) {
		const char *words = config_setting_get_string_elem(list, i);
		struct phrase p = { .service = service, .words = words };

		if (words)
			p.form = telling(c->op->mem, words, f);
		if (!words || !*p.form)
			return conf_fail(c, list, _("\"%s\" lists phrases in quotes."),
			                 config_setting_name(list));
		TRY(store_phrase_put(c->op, &p, config_setting_name(list), i + 1));
	}
	return ST_OK;
}

static enum status
words_read(struct conf *c, const config_setting_t *entry, const char *service,
           const struct fillers *f)
{
	config_setting_t *words = config_setting_get_member(entry, "words");

	if (!words || !config_setting_is_group(words))
		return conf_fail(c, words ? words : entry,
		                 _("\"words\" must be a group: { de = ( \"…\" ); }."));
	for (int i = 0; i < config_setting_length(words); i++)
		TRY(phrases_read(c, config_setting_get_elem(words, (unsigned)i), service, f));
	return ST_OK;
}

enum status
service_points_to(struct conf *c, const config_setting_t *at, const char *code)
{
	bool known;

	TRY(store_service_known(c->op, code, &known));
	return known ? ST_OK : conf_fail(c, at, _("there is no service \"%s\" in "
	                                 "services.conf."), code);
}

static enum status
concern_read(struct conf *c, const config_setting_t *entry, const struct fillers *f)
{
	const char *service, *act, *do_de, *do_en;
	bool fresh;

	TRY(conf_only(c, entry, "service act de en words"));
	TRY(conf_text(c, entry, "service", CONF_MUST, &service));
	TRY(conf_choice(c, entry, "act", "finish take_in appointment route", &act));
	TRY(conf_text(c, entry, "de", CONF_MUST, &do_de));
	TRY(conf_text(c, entry, "en", CONF_MUST, &do_en));
	TRY(service_points_to(c, config_setting_get_member(entry, "service"), service));
	TRY(store_advice_put(c->op, service, act, do_de, do_en, &fresh));
	if (!fresh)
		return conf_fail(c, entry, _("\"%s\" stands here twice."), service);
	return words_read(c, entry, service, f);
}

enum status
concerns_read(struct conf *c)
{
	struct fillers *f = arena_make(c->op->mem, struct fillers);
	config_setting_t *list;

	TRY(conf_only(c, config_root_setting(&c->config), "filler concerns"));
	TRY(store_concern_clear(c->op));
	TRY(fillers_read(c, f));
	TRY(conf_top(c, "concerns", &list));
	for (int i = 0; i < config_setting_length(list); i++)
		TRY(concern_read(c, config_setting_get_elem(list, (unsigned)i), f));
	return ST_OK;
}
