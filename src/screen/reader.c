/*
 * reader.c - layer 3: a passport reader is a keyboard: it types the lines of a
 * document, Enter or nothing between them.  They are known by what they are,
 * taken out of the field again and given to the screen as one.  Called by
 * dispatch.c.  Must never take a key away that was no part of a document.
 */
#include "desk.h"

#include <string.h>

#include "rules_mrz.h"

/*
 * A zone may be typed without an Enter at its end, so its last sign is acted
 * on after so long a silence; an Enter within it belongs to the zone.  Longer
 * than a reader needs for a key, shorter than a clerk for a thought.
 */
#define SILENCE_MS 60
/* With Caps Lock on a reader types small letters, which are keys of many
 * screens: what may begin so is held until the next key or so long. */
#define HOLD_MS 15
#define CODE_SIGNS 5             /* kind of document and country: one of them a < */
#define CARD_COLUMNS 33          /* no more: lines of a card, of which there are three */
#define BREAK '|'
#define NOWHERE ((size_t)-1)

/* ---- what was typed ---- */

static bool
is_sign(const char *text)
{
	return text && text[0] && !text[1] &&
	    strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789<", text[0]);
}

static void
forget(struct reader *r)
{
	json_decref(r->before);
	*r = (struct reader){ 0 };
}

void
reader_done(struct reader *r)
{
	forget(r);
}

/* Where in a run of signs and breaks a zone begins, NOWHERE if none does. */
static size_t
zone_in(const char *run, bool *whole)
{
	char signs[READER_MAX + 1];
	size_t place[READER_MAX + 1], n = 0;
	const char *from;

	for (size_t i = 0; run[i] && n < READER_MAX; i++)
		if (run[i] != BREAK) {
			place[n] = i;
			signs[n++] = run[i] >= 'a' && run[i] <= 'z' ?
			    (char)(run[i] - 'a' + 'A') : run[i];
		}
	signs[n] = '\0';
	from = mrz_tail(signs, whole);
	return from ? place[from - signs] : NOWHERE;
}

/* Have as many lines come as such a document has, right or wrong? */
static bool
has_all_lines(const char *zone)
{
	size_t wanted = strcspn(zone, "|") <= CARD_COLUMNS ? 3 : 2;

	for (; *zone; zone++)
		wanted -= wanted > 0 && *zone == BREAK;
	return wanted == 0;
}

/* ---- the field ---- */

static json_t *
field_text(struct screen *s)
{
	struct focus focus = desk_focus(s);

	if (focus.form && !focus.form->read_only)
		return json_string(form_view_text(focus.form));
	return focus.edit ? json_string(focus.edit->text) : NULL;
}

/* As before the zone; letters that stood right before it stay. */
static void
put_back(struct screen *s, const struct reader *r, size_t zone)
{
	struct focus focus = desk_focus(s);
	const char *text;

	if (!r->before || r->at != s)
		return;
	text = arena_printf(s->page, "%s%.*s", json_string_value(r->before), (int)zone, r->run);
	if (focus.form)
		form_view_put_here(focus.form, text);
	else if (focus.edit)
		edit_set(focus.edit, text);
}

/* ---- taking ---- */

static unsigned
give(struct screen *s, const char *zone)
{
	if (s->class->scanned)
		return s->class->scanned(s, zone);
	return screen_open(s, "search", json_pack("{s:s}", "scan", zone));
}

static void
take(struct desk *d)
{
	struct screen *s = d->top;
	struct reader *r = &d->reader;
	bool whole;
	size_t from = zone_in(r->run, &whole);
	const char *zone = arena_strdup(s->page, r->run + from);

	put_back(s, r, from);
	forget(r);
	desk_say(d, TONE_NOTE, NULL);
	desk_react(d, s, give(s, zone));
}

/* ---- held keys ---- */

static bool
is_document(const struct reader *r)
{
	const char *filler = strchr(r->run, '<');

	return filler && filler < r->run + CODE_SIGNS;
}

/* Nothing but a zone has a < so early: then the keys are none of a clerk's. */
static void
let_go(struct desk *d)
{
	struct reader r = d->reader;

	forget(&d->reader);
	for (size_t i = 0; r.held && !is_document(&r) && i < r.n && !d->quit; i++)
		desk_key(d, &(struct event){ .key = r.run[i],
		    .text = (const char[]){ r.run[i], '\0' } });
}

/* Is it still likely that a document comes? */
static bool
is_coming(const struct reader *r)
{
	return is_document(r) || (r->n < CODE_SIGNS &&
	    strspn(r->run, "abcdefghijklmnopqrstuvwxyz") == r->n && keys_pending(HOLD_MS));
}

/* ---- keys ---- */

static void
begin(struct desk *d, char sign)
{
	struct reader *r = &d->reader;

	let_go(d);
	r->at = d->top;
	r->before = field_text(d->top);
	r->held = !r->before && strchr("piacvm", sign);
}

static bool
take_sign(struct desk *d, char sign)
{
	struct reader *r = &d->reader;
	bool whole;

	if (r->at != d->top || r->n == READER_MAX)
		begin(d, sign);
	r->run[r->n++] = sign;
	if (r->held && !is_coming(r)) {
		let_go(d);
		return true;
	}
	if (zone_in(r->run, &whole) != NOWHERE && whole && !keys_pending(SILENCE_MS)) {
		take(d);
		return true;
	}
	if (r->held && is_document(r) && !keys_pending(SILENCE_MS))
		desk_say(d, TONE_WARNING, _("A document came only in part. Scan it again."));
	return r->held;
}

/* Enter is no Enter inside a zone. */
static bool
take_break(struct desk *d)
{
	struct reader *r = &d->reader;
	bool whole;
	size_t from = r->at == d->top ? zone_in(r->run, &whole) : NOWHERE;

	if (from == NOWHERE || r->n == READER_MAX) {
		let_go(d);
		return false;
	}
	if (r->run[r->n - 1] != BREAK)
		r->run[r->n++] = BREAK;
	r->due = whole || has_all_lines(r->run + from);
	if (r->due && !keys_pending(SILENCE_MS))
		take(d);
	return true;
}

static bool
take_paste(struct desk *d, const char *text)
{
	struct reader *r = &d->reader;
	bool whole;

	let_go(d);
	for (; *text && r->n < READER_MAX; text++)
		if (*text == '\n')
			r->run[r->n++] = BREAK;
		else if (is_sign((const char[]){ *text, '\0' }))
			r->run[r->n++] = *text;
		else if (*text != ' ' && *text != '\t')
			break;
	if (*text || zone_in(r->run, &whole) == NOWHERE) {
		forget(r);
		return false;
	}
	take(d);
	return true;
}

bool
reader_takes(struct desk *d, const struct event *event)
{
	struct reader *r = &d->reader;
	bool breaks = event->key == K_ENTER || event->key == K_TAB;

	if (r->due) {
		take(d);
		if (breaks)
			return true; /* its second half: some end a line by two signs */
	}
	if (d->top->prompt.question || !may(d->top, "person.scan")) {
		let_go(d);
		return false;
	}
	if (event->key == K_PASTE)
		return take_paste(d, event->text);
	if (breaks)
		return take_break(d);
	if (is_sign(event->text))
		return take_sign(d, event->text[0]);
	let_go(d);
	return false;
}
