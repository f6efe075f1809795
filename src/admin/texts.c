/*
 * texts.c - layer 5: texts/LANGUAGE.conf: what people take home, a file a
 * language, into the office.  Called by catalogue.c.  Must never take a file
 * that lacks a sentence: nobody at the counter could write it.
 */
#include "admin.h"

#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>

#include "conf.h"
#include "service_slip.h"
#include "store_catalogue.h"
#include "store_disclosure.h"

/* "{day}" is among "day time", once in the text. */
static enum status
check_marks(struct conf *c, const config_setting_t *at, const char *text, const char *names)
{
	struct arena *a = c->op->mem;
	char *save = NULL, *list = arena_strdup(a, names);
	size_t wanted = 0, found = 0;

	for (char *n = strtok_r(list, " ", &save); n; n = strtok_r(NULL, " ", &save), wanted++)
		if (!strstr(text, arena_printf(a, "{%s}", n)))
			return conf_fail(c, at, _("{%s} must stand in this text: there it is put "
			    "in."), n);
	for (const char *mark = text; (mark = strchr(mark, '{')); mark++)
		found++;
	if (found != wanted)
		return conf_fail(c, at, _("{ } stands here too often: only these are put in, once "
		    "each: %s."), *names ? names : "–");
	return ST_OK;
}

static enum status
sentences_read(struct conf *c, const char *language)
{
	config_setting_t *group;
	const char *known = "";

	TRY(conf_top(c, "texts", &group));
	for (size_t i = 0; i < SLIP_TEXTS; i++)
		known = arena_printf(c->op->mem, "%s%s%s", known, i ? " " : "", slip_keys[i]);
	TRY(conf_only(c, group, known));
	for (size_t i = 0; i < SLIP_TEXTS; i++) {
		const char *text;

		TRY(conf_text(c, group, slip_keys[i], CONF_MUST, &text));
		TRY(check_marks(c, config_setting_get_member(group, slip_keys[i]), text,
		    slip_puts_in[i]));
		TRY(store_slip_text_put(c->op, language, slip_keys[i], text));
	}
	return ST_OK;
}

static enum status
names_read(struct conf *c, const char *language)
{
	config_setting_t *list;

	TRY(conf_list(c, config_root_setting(&c->config), "names", &list));
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *entry = config_setting_get_elem(list, (unsigned)i);
		const char *de, *text;
		bool fresh;

		TRY(conf_only(c, entry, "de text"));
		TRY(conf_text(c, entry, "de", CONF_MUST, &de));
		TRY(conf_text(c, entry, "text", CONF_MUST, &text));
		TRY(store_slip_name_put(c->op, language, de, text, &fresh));
		if (!fresh)
			return conf_fail(c, entry, _("\"%s\" stands here twice."), de);
	}
	return ST_OK;
}

/* A version never changes: people have consented to it. */
static enum status
consent_read(struct conf *c, const config_setting_t *entry, const char *language)
{
	struct consent_text t = { .language = language };
	bool same;

	TRY(conf_only(c, entry, "version from until checked text"));
	TRY(conf_number(c, entry, "version", CONF_MUST, &t.version));
	TRY(conf_day(c, entry, "from", CONF_MUST, &t.from));
	TRY(conf_day(c, entry, "until", CONF_MAY, &t.until));
	TRY(conf_truth(c, entry, "checked", CONF_MUST, &t.checked));
	TRY(conf_text(c, entry, "text", CONF_MUST, &t.text));
	TRY(store_consent_text_put(c->op, &t, &same));
	if (same)
		return ST_OK;
	return conf_fail(c, entry, _("version %d is another text by now, and people have consented "
	    "to the old one. Give the new one the number %d."), t.version, t.version + 1);
}

static enum status
consents_read(struct conf *c, const char *language)
{
	config_setting_t *list;

	TRY(conf_list(c, config_root_setting(&c->config), "consents", &list));
	for (int i = 0; list && i < config_setting_length(list); i++)
		TRY(consent_read(c, config_setting_get_elem(list, (unsigned)i), language));
	return ST_OK;
}

static enum status
file_read(struct conf *c)
{
	const config_setting_t *root = config_root_setting(&c->config);
	struct slip_language l = { 0 };
	const char *direction, *known;
	bool fresh;

	TRY(conf_only(c, root, "language name direction checked texts names consents"));
	TRY(conf_text(c, root, "language", CONF_MUST, &l.code));
	TRY(conf_text(c, root, "name", CONF_MUST, &l.name));
	TRY(conf_choice(c, root, "direction", "ltr rtl", &direction));
	TRY(conf_truth(c, root, "checked", CONF_MUST, &l.checked));
	l.rtl = strcmp(direction, "rtl") == 0;
	TRY(store_code_name(c->op, "language", l.code, &known));
	if (!known)
		return conf_fail(c, config_setting_get_member(root, "language"),
		    _("there is no language \"%s\" in languages.conf."), l.code);
	TRY(store_slip_language_put(c->op, &l, &fresh));
	if (!fresh)
		return conf_fail(c, config_setting_get_member(root, "language"),
		    _("\"%s\" has a file already."), l.code);
	TRY(sentences_read(c, l.code));
	TRY(consents_read(c, l.code));
	return names_read(c, l.code);
}

static enum status
file_load(struct op *op, const char *dir, const char *path)
{
	struct conf c;
	enum status s;

	TRY(conf_open(op, dir, basename(arena_strdup(op->mem, path)), &c));
	s = file_read(&c);
	conf_close(&c);
	return s;
}

/* What has no words in a language stands in these. */
static enum status
check_own(struct op *op, const char *dir)
{
	struct slip_language *list;
	size_t n, own = 0;

	TRY(store_slip_languages(op, &list, &n));
	for (size_t i = 0; i < n; i++)
		own += strcmp(list[i].code, "de") == 0 || strcmp(list[i].code, "en") == 0;
	if (own == 2)
		return ST_OK;
	return op_fail(op, ST_NOT_FOUND, _("%s holds no texts in German and English (de.conf, "
	    "en.conf). Put those there that came with tresen."), dir);
}

/* Papers that an office adds may go without: German and English stand there then,
 * which somebody should know. */
static enum status
tell_unworded(struct op *op)
{
	struct slip_language *list;
	size_t n;

	TRY(store_slip_languages(op, &list, &n));
	for (size_t i = 0; i < n; i++) {
		const char **papers;
		size_t missing;

		if (strcmp(list[i].code, "de") == 0 || strcmp(list[i].code, "en") == 0)
			continue;
		TRY(store_slip_unworded(op, list[i].code, &papers, &missing));
		for (size_t k = 0; k < missing; k++)
			printf(_("texts/%s.conf: no words for the paper \"%s\": slips in this "
			       "language name it in German and English.\n"), list[i].code, papers[k]);
	}
	return ST_OK;
}

enum status
texts_load(struct op *op, const char *folder)
{
	char *dir = arena_printf(op->mem, "%s/texts", folder);
	enum status s = ST_OK;
	glob_t found;

	TRY(store_slip_clear(op));
	if (glob(arena_printf(op->mem, "%s/*.conf", dir), 0, NULL, &found) == 0) {
		for (size_t i = 0; s == ST_OK && i < found.gl_pathc; i++)
			s = file_load(op, dir, found.gl_pathv[i]);
		globfree(&found);
	}
	if (s == ST_OK)
		s = check_own(op, dir);
	return s == ST_OK ? tell_unworded(op) : s;
}
