/*
 * lang.c - layer 0: the language of this process (gettext).  Called by the
 * main files and, through _(), by everyone.
 */
#include "base.h"

#include <libgen.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const codes[] = { [LANG_EN] = "en", [LANG_DE] = "de" };
static enum lang current = LANG_EN;

/* glibc's own counter: gettext forgets what it has looked up when it grows. */
extern int _nl_msg_cat_cntr;

/* build/locale beside the program, or PREFIX/share/locale when installed. */
static void
bind_catalogue(void)
{
	char self[PATH_MAX], dir[PATH_MAX + 32];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const char *home;

	if (n <= 0)
		return;
	self[n] = '\0';
	home = dirname(self);
	/* the point tells a folder from /usr/bin/locale, the program */
	snprintf(dir, sizeof(dir), "%s/locale/.", home);
	if (access(dir, X_OK) != 0)
		snprintf(dir, sizeof(dir), "%s/../share/locale", home);
	bindtextdomain("tresen", dir);
	bind_textdomain_codeset("tresen", "UTF-8");
	textdomain("tresen");
}

void
lang_init(void)
{
	/* The user's own locale may not be installed: C.UTF-8 always is. */
	if (!setlocale(LC_ALL, ""))
		setlocale(LC_ALL, "C.UTF-8");
	/* Numbers are ours to format; gettext is silent in the locale "C". */
	setlocale(LC_NUMERIC, "C");
	setlocale(LC_MESSAGES, "C.UTF-8");
	bind_catalogue();
}

void
lang_set(enum lang lang)
{
	current = lang;
	setenv("LANGUAGE", codes[lang], 1);
	_nl_msg_cat_cntr++;
}

enum lang
lang_current(void)
{
	return current;
}

const char *
lang_code(enum lang lang)
{
	return codes[lang];
}

bool
lang_by_code(const char *code, enum lang *lang)
{
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		if (strcmp(codes[i], code) == 0) {
			*lang = (enum lang)i;
			return true;
		}
	return false;
}

enum lang
lang_guess(const char *option)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	enum lang lang = LANG_EN;
	const char *value = option;
	char two[3] = "";

	for (size_t i = 0; !(value && *value) && i < COUNT_OF(names); i++)
		value = getenv(names[i]);
	if (value)
		strncpy(two, value, 2);
	lang_by_code(two, &lang);
	return lang;
}

const char *
tr(const char *text)
{
	return *text ? gettext(text) : "";
}

const char *
tr_n(const char *one, const char *many, int64_t n)
{
	return ngettext(one, many, (unsigned long)(n < 0 ? -n : n));
}
