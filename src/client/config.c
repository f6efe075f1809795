/*
 * config.c - layer 4: the clerk's own settings, see tresen.conf(5).  Called by
 * main.  Must never hold anything of the office.
 */
#include "client.h"

#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
config_path(struct arena *a, const char **path)
{
	const char *dir = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (dir && *dir)
		*path = arena_printf(a, "%s/tresen.conf", dir);
	else if (home && *home)
		*path = arena_printf(a, "%s/.config/tresen.conf", home);
	else
		return false;
	return access(*path, R_OK) == 0;
}

static void
take_settings(const config_t *file, const char *path, struct settings *c)
{
	const char *text;
	enum lang lang;
	int flag;

	if (config_lookup_string(file, "lang", &text)) {
		if (!lang_by_code(text, &lang))
			fatal(EXIT_CONFIG, _("%s: lang is \"de\" or \"en\"."), path);
		memcpy(c->lang, text, sizeof(c->lang));
	}
	if (config_lookup_string(file, "theme", &text) && !theme_by_name(text, &c->theme))
		fatal(EXIT_CONFIG, _("%s: theme is \"color\", \"mono\" or \"high-contrast\"."),
		    path);
	if (config_lookup_bool(file, "ascii", &flag))
		c->ascii = flag;
}

void
settings_read(struct settings *c)
{
	struct arena *mem = arena_new();
	config_t file;
	const char *path;

	*c = (struct settings){ .theme = THEME_COLOR };
	config_init(&file);
	if (config_path(mem, &path)) {
		if (!config_read_file(&file, path))
			fatal(EXIT_CONFIG, _("%s, line %d: %s. Correct it or remove the file."),
			    path, config_error_line(&file), config_error_text(&file));
		take_settings(&file, path, c);
	}
	config_destroy(&file);
	arena_free(mem);
}
