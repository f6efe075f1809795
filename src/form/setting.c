/*
 * setting.c - layer 1: single settings of a form, each read and checked by
 * itself.  Called through the tables of parse.c.  Must never stop at an error:
 * it is noted, and the setting stays as it was.
 */
#include "setting.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

#define KEY_MAX 40

void
form_error(struct reader *r, int line, const char *format, ...)
{
	struct form_errors *e = r->errors;
	char sentence[512];
	size_t at = e->count;
	va_list args;

	if (at == FORM_ERRORS_MAX)
		return;
	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	for (; at > 0 && r->lines[at - 1] > line; at--) {
		r->lines[at] = r->lines[at - 1];
		e->text[at] = e->text[at - 1];
	}
	r->lines[at] = line;
	e->text[at] = arena_printf(r->a, "%s:%d: %s", r->name, line, sentence);
	e->count++;
}

int
setting_line(const config_setting_t *s)
{
	return (int)config_setting_source_line(s);
}

/* ---- single values ---- */

/* The text of s, clean and on one line; NULL after an error. */
static const char *
string_of(struct reader *r, const config_setting_t *s)
{
	const char *name = config_setting_name(s);
	const char *raw = config_setting_get_string(s);
	const char *text;

	if (!name)
		name = config_setting_name(config_setting_parent(s));
	if (!raw) {
		form_error(r, setting_line(s), _("\"%s\" wants a text in quotation marks"), name);
		return NULL;
	}
	text = text_clean(r->a, raw, false);
	if (!text)
		form_error(r, setting_line(s), _("\"%s\" holds a line break or a control character; "
		                            "write one line"), name);
	else if (!*text)
		form_error(r, setting_line(s), _("\"%s\" is empty; leave it out or fill it"), name);
	return text && *text ? text : NULL;
}

void
setting_string(struct reader *r, const config_setting_t *s, void *to)
{
	*(const char **)to = string_of(r, s);
}

static bool
is_word(const char *text, const char *first, const char *rest)
{
	return *text && strspn(text, first) > 0 && text[strspn(text, rest)] == '\0' &&
	    strlen(text) <= KEY_MAX;
}

void
setting_key(struct reader *r, const config_setting_t *s, void *to)
{
	static const char lower[] = "abcdefghijklmnopqrstuvwxyz";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
	const char *text = string_of(r, s);

	if (text && !is_word(text, lower, rest))
		form_error(r, setting_line(s), _("\"%s\" is no key: use up to %d of a-z, 0-9 and _, "
		                            "a letter first"), text, KEY_MAX);
	*(const char **)to = text;
}

/* Codes of the catalogue: services, papers, checklists. */
const char *
setting_code_of(struct reader *r, const config_setting_t *s)
{
	static const char any[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
	const char *text = string_of(r, s);

	if (text && !is_word(text, any, any))
		form_error(r, setting_line(s), _("\"%s\" is no code of the catalogue: use up to %d "
		                            "of A-Z, a-z, 0-9 and _"), text, KEY_MAX);
	return text;
}

void
setting_code(struct reader *r, const config_setting_t *s, void *to)
{
	*(const char **)to = setting_code_of(r, s);
}

void
setting_whole(struct reader *r, const config_setting_t *s, void *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_INT)
		form_error(r, setting_line(s), _("\"%s\" wants a whole number"), config_setting_name(s));
	else
		*(int *)to = config_setting_get_int(s);
}

void
setting_flag(struct reader *r, const config_setting_t *s, void *to)
{
	if (config_setting_type(s) != CONFIG_TYPE_BOOL)
		form_error(r, setting_line(s), _("\"%s\" wants true or false"), config_setting_name(s));
	else
		*(bool *)to = config_setting_get_bool(s) != 0;
}

void
setting_day(struct reader *r, const config_setting_t *s, void *to)
{
	const char *text = string_of(r, s);

	if (text && !day_parse(text, to))
		form_error(r, setting_line(s), _("\"%s\" is no day: write \"2026-07-01\""), text);
}

/* { de = "..."; en = "..."; } */
void
setting_text(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_text *t = to;
	enum lang lang;

	if (config_setting_type(s) != CONFIG_TYPE_GROUP) {
		form_error(r, setting_line(s), _("\"%s\" wants { de = \"...\"; en = \"...\"; }"),
		           config_setting_name(s));
		return;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *one = config_setting_get_elem(s, (unsigned)i);

		if (lang_by_code(config_setting_name(one), &lang))
			t->in[lang] = string_of(r, one);
		else
			form_error(r, setting_line(one), _("\"%s\" is no language that tresen speaks; "
			                              "use de and en"), config_setting_name(one));
	}
	for (size_t i = 0; i < FORM_LANGS; i++)
		if (!config_setting_get_member(s, lang_code((enum lang)i)))
			form_error(r, setting_line(s), _("\"%s\" has no text in \"%s\""),
			           config_setting_name(s), lang_code((enum lang)i));
}

/* A word of a fixed list; the list is said when it is none of them. */
static void
read_word(struct reader *r, const config_setting_t *s, const char *const *words, size_t n, int *to)
{
	const char *text = string_of(r, s);
	const char *known = "";

	if (!text)
		return;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], text) == 0) {
			*to = (int)i;
			return;
		}
	for (size_t i = 0; i < n; i++)
		if (*words[i])
			known = arena_printf(r->a, "%s%s%s", known, *known ? ", " : "", words[i]);
	form_error(r, setting_line(s), _("\"%s\" is no %s; use one of: %s"), text,
	           config_setting_name(s), known);
}

void
setting_type(struct reader *r, const config_setting_t *s, void *to)
{
	static const char *const words[] = {
		[FORM_TEXT] = "text", [FORM_LINES] = "lines", [FORM_CHOICE] = "choice",
		[FORM_DATE] = "date", [FORM_YES_NO] = "yes_no", [FORM_NUMBER] = "number",
		[FORM_MONEY] = "money",
	};
	int word = FORM_TEXT;

	read_word(r, s, words, COUNT_OF(words), &word);
	*(enum form_type *)to = (enum form_type)word;
}

void
setting_stage(struct reader *r, const config_setting_t *s, void *to)
{
	static const char *const words[] = {
		[FORM_DRAFT] = "", [FORM_INTAKE] = "intake", [FORM_REVIEW] = "review",
		[FORM_DECISION] = "decision", [FORM_NEVER] = "never",
	};
	int word = FORM_NEVER;

	read_word(r, s, words, COUNT_OF(words), &word);
	*(enum form_stage *)to = (enum form_stage)word;
}

void
setting_when(struct reader *r, const config_setting_t *s, void *to)
{
	static const char *const words[] = {
		[FORM_ANY_DAY] = "any", [FORM_PAST] = "past", [FORM_FUTURE] = "future",
	};
	int word = FORM_ANY_DAY;

	read_word(r, s, words, COUNT_OF(words), &word);
	*(enum form_when *)to = (enum form_when)word;
}

void
setting_condition(struct reader *r, const config_setting_t *s, void *to)
{
	struct pending_expr *p = arena_make(r->a, struct pending_expr);

	*p = (struct pending_expr){
		.to = to, .source = string_of(r, s), .line = setting_line(s), .next = r->pending,
	};
	if (p->source)
		r->pending = p;
}
