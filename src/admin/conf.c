/*
 * conf.c - layer 5: reading data files of the office.  Called by the loaders
 * of catalogue and demo data; never prints, never touches the store.
 */
#include "conf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

enum status
conf_fail(struct conf *c, const config_setting_t *at, const char *format, ...)
{
	char sentence[512];
	va_list args;

	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	return op_fail(c->op, ST_INVALID, "%s:%u: %s", c->path,
	               config_setting_source_line(at), sentence);
}

enum status
conf_open(struct op *op, const char *dir, const char *name, struct conf *c)
{
	enum status s = ST_OK;

	c->op = op;
	c->path = arena_printf(op->mem, "%s/%s", dir, name);
	config_init(&c->config);
	if (config_read_file(&c->config, c->path))
		return ST_OK;
	if (config_error_type(&c->config) == CONFIG_ERR_FILE_IO)
		s = op_fail(op, ST_NOT_FOUND,
		            _("%s cannot be read. Name the folder that holds it."), c->path);
	else
		s = op_fail(op, ST_INVALID, _("%s:%d: %s. Mend this line and load again."),
		            c->path, config_error_line(&c->config),
		            config_error_text(&c->config));
	config_destroy(&c->config);
	return s;
}

void
conf_close(struct conf *c)
{
	config_destroy(&c->config);
}

enum status
conf_top(struct conf *c, const char *key, config_setting_t **at)
{
	*at = config_lookup(&c->config, key);
	if (*at && config_setting_is_aggregate(*at))
		return ST_OK;
	return op_fail(c->op, ST_INVALID, _("%s:1: there is no list \"%s\" in this file."),
	               c->path, key);
}

static bool
among(const char *keys, const char *key)
{
	size_t n = strlen(key);

	for (const char *at = keys; (at = strstr(at, key)); at += n)
		if ((at == keys || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

enum status
conf_only(struct conf *c, const config_setting_t *at, const char *keys)
{
	if (!config_setting_is_group(at))
		return conf_fail(c, at, _("an entry in { } belongs here."));
	for (int i = 0; i < config_setting_length(at); i++) {
		const config_setting_t *member = config_setting_get_elem(at, (unsigned)i);

		if (!among(keys, config_setting_name(member)))
			return conf_fail(c, member, _("nobody knows \"%s\". Known are: %s."),
			                 config_setting_name(member), keys);
	}
	return ST_OK;
}

/* *to is NULL where the member may be absent and is. */
static enum status
member(struct conf *c, const config_setting_t *at, const char *key, enum conf_need need,
       config_setting_t **to)
{
	*to = config_setting_get_member(at, key);
	if (*to || need == CONF_MAY)
		return ST_OK;
	return conf_fail(c, at, _("\"%s\" is missing in this entry."), key);
}

enum status
conf_text(struct conf *c, const config_setting_t *at, const char *key, enum conf_need need,
          const char **to)
{
	config_setting_t *m;
	const char *text;

	TRY(member(c, at, key, need, &m));
	if (!m)
		return ST_OK;
	text = config_setting_get_string(m);
	if (text)
		text = text_clean(c->op->mem, text, false);
	if (!text || !*text)
		return conf_fail(c, m, _("\"%s\" must be a text in quotes."), key);
	*to = text;
	return ST_OK;
}

enum status
conf_choice(struct conf *c, const config_setting_t *at, const char *key, const char *choices,
            const char **to)
{
	TRY(conf_text(c, at, key, CONF_MUST, to));
	if (among(choices, *to))
		return ST_OK;
	return conf_fail(c, config_setting_get_member(at, key),
	                 _("\"%s\" is one of: %s."), key, choices);
}

enum status
conf_day(struct conf *c, const config_setting_t *at, const char *key, enum conf_need need,
         const char **to)
{
	const char *text = NULL;
	int day;

	TRY(conf_text(c, at, key, need, &text));
	if (!text)
		return ST_OK;
	if (!day_parse(text, &day))
		return conf_fail(c, config_setting_get_member(at, key),
		                 _("\"%s\" must be a day like \"2026-01-31\"."), key);
	*to = text;
	return ST_OK;
}

enum status
conf_number(struct conf *c, const config_setting_t *at, const char *key, enum conf_need need,
            int *to)
{
	config_setting_t *m;

	TRY(member(c, at, key, need, &m));
	if (!m)
		return ST_OK;
	if (config_setting_type(m) != CONFIG_TYPE_INT || config_setting_get_int(m) < 0)
		return conf_fail(c, m, _("\"%s\" must be a whole number, 0 or more."), key);
	*to = config_setting_get_int(m);
	return ST_OK;
}

enum status
conf_truth(struct conf *c, const config_setting_t *at, const char *key, enum conf_need need,
           bool *to)
{
	config_setting_t *m;

	TRY(member(c, at, key, need, &m));
	if (!m)
		return ST_OK;
	if (config_setting_type(m) != CONFIG_TYPE_BOOL)
		return conf_fail(c, m, _("\"%s\" must be true or false."), key);
	*to = config_setting_get_bool(m) != 0;
	return ST_OK;
}

enum status
conf_list(struct conf *c, const config_setting_t *at, const char *key, config_setting_t **to)
{
	TRY(member(c, at, key, CONF_MAY, to));
	if (*to && !config_setting_is_list(*to))
		return conf_fail(c, *to, _("\"%s\" must be a list in ( )."), key);
	return ST_OK;
}
