/*
 * setting.c - layer 1: single settings of a form, each read and checked by
 * itself.  Called through the tables of parse.c.  Must never stop at an error:
 * it is noted, and the setting stays as it was.
 */
#include "setting.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "digest.h"
#include "rules_identifier.h"
#include "text.h"

#define KEY_MAX 40
#define TEXT_MARK 8              /* digits of a digest: enough to see a change */

/* Puts a text in by its line; says nothing beyond the 50th. */
static void
insert(struct reader *r, const char **texts, int *lines, size_t *count, int line,
       const char *sentence)
{
	size_t at = *count;

	if (at == FORM_ERRORS_MAX)
		return;
	for (; at > 0 && lines[at - 1] > line; at--) {
		lines[at] = lines[at - 1];
		texts[at] = texts[at - 1];
	}
	lines[at] = line;
	texts[at] = arena_printf(r->a, "%s:%d: %s", r->name, line, sentence);
	++*count;
}

void
form_error(struct reader *r, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	insert(r, r->errors->text, r->lines, &r->errors->count, line,
	       arena_vprintf(r->a, format, args));
	va_end(args);
}

/* The same for what is no error. */
static PRINTF(3, 4) void
note(struct reader *r, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	insert(r, r->errors->notes, r->note_lines, &r->errors->note_count, line,
	       arena_vprintf(r->a, format, args));
	va_end(args);
}

/* The form itself has no line: what is missing in it is told at the first. */
int
setting_line(const config_setting_t *s)
{
	unsigned line = config_setting_source_line(s);

	return line ? (int)line : 1;
}

/* ---- single values ---- */

/* The text of s, clean and on one line; NULL after an error. */
static const char *
clean_string_of(struct reader *r, const config_setting_t *s)
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

/* The same where other checks would stumble over the gap. */
const char *
setting_string_of(struct reader *r, const config_setting_t *s)
{
	const char *text = clean_string_of(r, s);

	r->shaky = r->shaky || !text;
	return text;
}

void
setting_string(struct reader *r, const config_setting_t *s, void *to)
{
	*(const char **)to = setting_string_of(r, s);
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
	const char *text = setting_string_of(r, s);

	if (text && !is_word(text, lower, rest))
		form_error(r, setting_line(s), _("\"%s\" is no key: use up to %d of a-z, 0-9 and _, "
		                            "a letter first"), text, KEY_MAX);
	*(const char **)to = text;
}

/* Keys with points between: of a field in rows. */
void
setting_path(struct reader *r, const config_setting_t *s, void *to)
{
	static const char lower[] = "abcdefghijklmnopqrstuvwxyz";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
	const char *text = setting_string_of(r, s);
	bool good = text != NULL;

	for (const char *at = text; good && at; at = strchr(at, '.'), at = at ? at + 1 : NULL)
		good = is_word(arena_strndup(r->a, at, strcspn(at, ".")), lower, rest);
	if (text && !good)
		form_error(r, setting_line(s), _("\"%s\" is no key, nor keys with points between "
		           "them for a field in rows"), text);
	*(const char **)to = good ? text : NULL;
}

/* Codes of the catalogue: services, papers, checklists. */
const char *
setting_code_of(struct reader *r, const config_setting_t *s)
{
	static const char any[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
	const char *text = setting_string_of(r, s);

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
setting_version(struct reader *r, const config_setting_t *s, void *to)
{
	setting_whole(r, s, to);
	if (config_setting_type(s) == CONFIG_TYPE_INT && *(int *)to < 1)
		form_error(r, setting_line(s), _("\"version\" counts from 1"));
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
	const char *text = clean_string_of(r, s);

	if (text && !day_parse(text, to))
		form_error(r, setting_line(s), _("\"%s\" is no day: write \"2026-07-01\""), text);
}

/* ---- texts in languages ---- */

/* "ar", "uk": any language may be there; de and en must. */
static bool
is_language(const char *code)
{
	size_t n = strlen(code);

	return n >= 2 && n <= 3 && strspn(code, "abcdefghijklmnopqrstuvwxyz") == n;
}

/* "en" of "en_of", or NULL. */
static const char *
marked_language(struct reader *r, const char *name)
{
	size_t n = strlen(name);
	const char *code = n > 3 && strcmp(name + n - 3, "_of") == 0
	    ? arena_strndup(r->a, name, n - 3) : NULL;

	return code && is_language(code) && strcmp(code, "de") != 0 ? code : NULL;
}

/* "en_of" is the mark of the German text that the English one translates. */
static void
check_mark(struct reader *r, const config_setting_t *mark, const char *code, const char *german)
{
	char hex[DIGEST_HEX + 1];
	const char *text = clean_string_of(r, mark);

	if (!text || !german)
		return;
	digest_hex(german, strlen(german), hex);
	hex[TEXT_MARK] = '\0';
	if (strcmp(text, hex) != 0)
		note(r, setting_line(mark), _("the German text has changed since \"%s\" was "
		          "written: translate it again, then set %s_of = \"%s\""), code, code, hex);
}

static void
read_translation(struct reader *r, const config_setting_t *one, struct form_text *t)
{
	const char *name = config_setting_name(one);
	struct form_translation *more;
	enum lang lang;

	if (lang_by_code(name, &lang)) {
		t->in[lang] = clean_string_of(r, one);
	} else if (is_language(name)) {
		more = arena_make(r->a, struct form_translation);
		*more = (struct form_translation){ arena_strdup(r->a, name), clean_string_of(r, one),
		                                   t->more };
		t->more = more;
	} else if (!marked_language(r, name)) {
		form_error(r, setting_line(one), _("\"%s\" is no language; use codes such as de, "
		           "en, ar, uk"), name);
	}
}

/* { de = "..."; en = "..."; en_of = "1f2e3d4c"; } */
void
setting_text(struct reader *r, const config_setting_t *s, void *to)
{
	struct form_text *t = to;
	int n = config_setting_type(s) == CONFIG_TYPE_GROUP ? config_setting_length(s) : -1;

	if (n < 0)
		form_error(r, setting_line(s), _("\"%s\" wants { de = \"...\"; en = \"...\"; }"),
		           config_setting_name(s));
	for (int i = 0; i < n; i++)
		read_translation(r, config_setting_get_elem(s, (unsigned)i), t);
	for (int i = 0; i < n; i++) {
		const config_setting_t *one = config_setting_get_elem(s, (unsigned)i);
		const char *code = marked_language(r, config_setting_name(one));

		if (code)
			check_mark(r, one, code, t->in[LANG_DE]);
	}
	for (size_t i = 0; i < FORM_LANGS && n >= 0; i++)
		if (!config_setting_get_member(s, lang_code((enum lang)i)))
			form_error(r, setting_line(s), _("\"%s\" has no text in \"%s\""),
			           config_setting_name(s), lang_code((enum lang)i));
}

/* A word of a fixed list; the list is said when it is none of them. */
static void
read_word(struct reader *r, const config_setting_t *s, const char *const *words, size_t n, int *to)
{
	bool type = strcmp(config_setting_name(s), "type") == 0;
	const char *text = type ? setting_string_of(r, s) : clean_string_of(r, s);
	const char *known = "";

	if (!text)
		return;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], text) == 0) {
			*to = (int)i;
			return;
		}
	r->shaky = r->shaky || type;
	for (size_t i = 0; i < n; i++)
		if (*words[i])
			known = arena_printf(r->a, "%s%s%s", known, *known ? ", " : "", words[i]);
	form_error(r, setting_line(s), _("\"%s\" is no %s; use one of: %s"), text,
	           config_setting_name(s), known);
}

/* A word of a table that ends at count; to is an int or an enum. */
#define READ_WORD(name, type, fallback, ...)                                   \
	void                                                                   \
	name(struct reader *r, const config_setting_t *s, void *to)            \
	{                                                                      \
		static const char *const words[] = { __VA_ARGS__ };            \
		int word = (int)(fallback);                                    \
                                                                               \
		read_word(r, s, words, COUNT_OF(words), &word);                \
		*(type *)to = (type)word;                                      \
	}

#define X(id, name) [id] = name,
READ_WORD(setting_type, enum form_type, FORM_TEXT, FORM_TYPE_LIST(X))
#undef X
READ_WORD(setting_stage, enum form_stage, FORM_NEVER, [FORM_DRAFT] = "",
          [FORM_INTAKE] = "intake", [FORM_REVIEW] = "review", [FORM_DECISION] = "decision",
          [FORM_NEVER] = "never")
READ_WORD(setting_when, enum form_when, FORM_ANY_DAY, [FORM_ANY_DAY] = "any",
          [FORM_PAST] = "past", [FORM_FUTURE] = "future", [FORM_END] = "end")
READ_WORD(setting_letters, enum form_letters, FORM_ANY_LETTERS, [FORM_ANY_LETTERS] = "any",
          [FORM_LATIN] = "latin")
READ_WORD(setting_asks, enum form_asks, FORM_ASKS_UNSAID, [FORM_ASKS_UNSAID] = "",
          [FORM_ASKS_PERSON] = "person", [FORM_ASKS_OFFICE] = "office")
READ_WORD(setting_level, enum form_level, FORM_NORMAL, [FORM_NORMAL] = "normal",
          [FORM_SOON] = "soon", [FORM_URGENT] = "urgent")
READ_WORD(setting_life, enum form_life, FORM_IS_DRAFT, [FORM_IS_DRAFT] = "draft",
          [FORM_IS_PUBLISHED] = "published", [FORM_IS_WITHDRAWN] = "withdrawn")

void
setting_identifier(struct reader *r, const config_setting_t *s, void *to)
{
	int word = 0;

	read_word(r, s, identifier_kinds.names, identifier_kinds.n, &word);
	*(int *)to = word;
}

void
setting_pattern(struct reader *r, const config_setting_t *s, void *to)
{
	const char *text = clean_string_of(r, s);
	bool good = text && form_pattern_valid(text);

	if (text && !good)
		form_error(r, setting_line(s), _("\"%s\" is no pattern: use signs, sets such as "
		           "[A-Z0-9], and ? * + {2} {1,3} behind them"), text);
	*(const char **)to = text ? text : "";
}

/* ---- expressions ---- */

static void
wait(struct reader *r, const config_setting_t *s, struct pending_expr p, void *to)
{
	struct pending_expr *waiting = arena_make(r->a, struct pending_expr);

	p.to = to;
	p.source = clean_string_of(r, s);
	p.line = setting_line(s);
	p.scope = r->scope;
	p.field = r->field;
	p.next = r->pending;
	*waiting = p;
	if (p.source)
		r->pending = waiting;
}

void
setting_condition(struct reader *r, const config_setting_t *s, void *to)
{
	wait(r, s, (struct pending_expr){ .want = KIND_TRUTH }, to);
}

void
setting_filter(struct reader *r, const config_setting_t *s, void *to)
{
	wait(r, s, (struct pending_expr){ .want = KIND_TRUTH, .filter = true }, to);
}

void
setting_compute(struct reader *r, const config_setting_t *s, void *to)
{
	wait(r, s, (struct pending_expr){ .want = KIND_NONE }, to);
}

void
setting_day_expr(struct reader *r, const config_setting_t *s, void *to)
{
	wait(r, s, (struct pending_expr){ .want = KIND_DATE }, to);
}
