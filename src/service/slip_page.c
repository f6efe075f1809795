/*
 * slip_page.c - layer 3: how a slip is written: lines of a width, from left to
 * right or from right to left.  Called by slip.c.  Must never let text of
 * people turn the direction of what stands around it.
 */
#include "slip_page.h"

#include <string.h>

#include "text.h"

#define COLS 72
#define FIRST_STRONG "\xe2\x81\xa8" /* U+2068: what follows has a direction of its own */
#define POP "\xe2\x81\xa9"          /* U+2069: up to here */
#define RIGHT_TO_LEFT "\xe2\x80\x8f" /* U+200F: a line that begins so runs that way */

const char *const slip_keys[SLIP_TEXTS] = {
#define X(id, key, puts_in) [id] = key,
	SLIP_TEXT_LIST(X)
#undef X
};

const char *const slip_puts_in[SLIP_TEXTS] = {
#define X(id, key, puts_in) [id] = puts_in,
	SLIP_TEXT_LIST(X)
#undef X
};

enum status
page_open(struct op *op, const struct slip_language *lang, struct page *p)
{
	struct slip_text *list;
	size_t n;

	*p = (struct page){ .op = op, .lang = *lang, .out = "" };
	TRY(store_slip_texts(op, lang->code, &list, &n));
	for (size_t id = 0; id < SLIP_TEXTS; id++)
		for (size_t i = 0; i < n; i++)
			if (strcmp(list[i].key, slip_keys[id]) == 0)
				p->texts[id] = list[i].text;
	return ST_OK;
}

/* A catalogue that an older program has loaded stops only what stands on it. */
enum status
page_close(struct page *p)
{
	if (!p->lacks)
		return ST_OK;
	return op_fail(p->op, ST_STORE, _("The text \"%s\" is missing in the language %s. Ask the "
	    "administrator to run: tresen-admin catalogue"), p->lacks, p->lang.code);
}

/* ---- lines ---- */

/* Does something isolated go on behind the line? */
static bool
is_open(const char *line, bool open)
{
	for (; *line; line++) {
		if (strncmp(line, FIRST_STRONG, strlen(FIRST_STRONG)) == 0)
			open = true;
		else if (strncmp(line, POP, strlen(POP)) == 0)
			open = false;
	}
	return open;
}

/* An isolate ends with its line, so it begins anew in the next one. */
static void
put_lines(struct page *p, const char *indent, const char *rest, const char *text)
{
	struct arena *a = p->op->mem;
	bool open = false;
	char **lines;
	size_t n = text_wrap(a, text, COLS - (int)strlen(rest), &lines);

	for (size_t i = 0; i < n; i++) {
		bool goes_on = is_open(lines[i], open);

		p->out = arena_printf(a, "%s%s%s%s%s%s\n", p->out, p->lang.rtl ? RIGHT_TO_LEFT : "",
		    i == 0 ? indent : rest, open ? FIRST_STRONG : "", lines[i],
		    goes_on ? POP : "");
		open = goes_on;
	}
}

void
page_plain(struct page *p, const char *text)
{
	put_lines(p, "", "", text);
}

void
page_item(struct page *p, const char *text)
{
	put_lines(p, "  - ", "    ", text);
}

void
page_blank(struct page *p)
{
	p->out = arena_printf(p->op->mem, "%s\n", p->out);
}

/* The word of a blank-separated list that begins at; its length. */
static size_t
word(const char **at)
{
	*at += strspn(*at, " ");
	return strcspn(*at, " ");
}

void
page_put(struct page *p, enum slip_sentence sentence, const char *first, const char *second)
{
	const char *text = p->texts[sentence], *names = slip_puts_in[sentence];
	const char *values[] = { first, second };
	size_t n;

	if (!text) {
		p->lacks = slip_keys[sentence];
		return;
	}
	for (size_t i = 0; i < COUNT_OF(values) && (n = word(&names)) > 0; i++, names += n) {
		const char *mark = arena_printf(p->op->mem, "{%.*s}", (int)n, names);
		const char *at = strstr(text, mark);

		if (at)
			text = arena_printf(p->op->mem, "%.*s%s%s", (int)(at - text), text,
			    values[i] ? values[i] : "", at + strlen(mark));
	}
	page_plain(p, text);
}

/* ---- what is put in ---- */

const char *
page_foreign(struct page *p, const char *text)
{
	const char *safe = text_visible(p->op->mem, text, false);

	return p->lang.rtl ? arena_printf(p->op->mem, FIRST_STRONG "%s" POP, safe) : safe;
}

const char *
page_words(struct page *p, struct pair name, const char *words)
{
	enum lang own;

	if (lang_by_code(p->lang.code, &own))
		return page_foreign(p, own == LANG_DE ? name.de : name.en);
	if (words)
		return arena_printf(p->op->mem, "%s (%s)", text_visible(p->op->mem, words, false),
		    page_foreign(p, name.de));
	if (strcmp(name.de, name.en) == 0)
		return page_foreign(p, name.de);
	return page_foreign(p, arena_printf(p->op->mem, "%s / %s", name.de, name.en));
}

enum status
page_name(struct page *p, struct pair name, const char **text)
{
	const char *words;

	TRY(store_slip_name(p->op, p->lang.code, name.de, &words));
	*text = page_words(p, name, words);
	return ST_OK;
}

const char *
page_day(struct page *p, int day)
{
	int year, month, mday;

	day_to_ymd(day, &year, &month, &mday);
	return page_foreign(p, arena_printf(p->op->mem, "%02d.%02d.%04d", mday, month, year));
}
