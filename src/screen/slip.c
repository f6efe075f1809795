/*
 * slip.c - layer 3: what a person takes home: the list of what is missing, the
 * ticket.  Opened after a take-in, by a case, by a ticket.  The engine writes
 * it, in any language that the office has texts for; must never add to it.
 */
#include <string.h>

#include "desk.h"
#include "outfile.h"
#include "text.h"

struct state {
	struct table table;
	const char *wanted;      /* language chosen, or NULL: the person's own */
	const char *own;         /* what that is: "" German and English */
	const json_t *result;
	const char *file;        /* where it was saved, or NULL */
};

static const struct column columns[] = { { N_("For the person"), 0, LEFT, 0 } };

/* ---- loading ---- */

/* {"case": 1}, {"visit": 1}, or all that service.gaps takes. */
static json_t *
params_of(const struct screen *s, const char **command)
{
	json_t *case_id = json_object_get(s->args, "case");
	json_t *visit_id = json_object_get(s->args, "visit");

	*command = case_id ? "case.gaps" : visit_id ? "visit.slip" : "service.gaps";
	if (!case_id && !visit_id)
		return json_deep_copy(s->args);
	return json_pack("{s:O}", "id", case_id ? case_id : visit_id);
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;
	const char *command;
	json_t *params = params_of(s, &command);

	if (st->wanted)
		json_object_set_new(params, "language", json_string(st->wanted));
	TRY(ask_with(s, &st->result, command, params));
	if (!st->own)
		st->own = arena_strdup(s->mem, text_at(st->result, "language"));
	table_begin(&st->table, s->page);
	list_page(s, text_at(st->result, "text"));
	table_end(&st->table);
	return ST_OK;
}

/* ---- saving it ---- */

/* What it is about: number of the case, ticket, service. */
static const char *
subject(const struct screen *s)
{
	const struct state *st = s->state;
	const char *number = text_at(st->result, "number"), *ticket = text_at(st->result, "ticket");

	return *number ? number : *ticket ? ticket : text_at(s->args, "service");
}

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	struct state *st = s->state;
	const char *path = outfile_save(s, subject(s), text_at(st->result, "text"));

	if (path)
		st->file = path;
	return DRAW;
}

/* ---- the language ---- */

#define BOTH "de+en"             /* in the list: as it is for who reads neither */

static unsigned
took_language(struct screen *s, const char *code)
{
	struct state *st = s->state;

	st->wanted = strcmp(code, BOTH) == 0 ? NULL : arena_strdup(s->mem, code);
	st->file = NULL;
	return RELOAD;
}

/* "close to Persian (Farsi)", in arena a; NULL: it is not. */
static const char *
closeness(const struct screen *s, struct arena *a, const char *code)
{
	const struct state *st = s->state;

	if (!*code || strcmp(code, text_at(st->result, "near")) != 0)
		return NULL;
	return arena_printf(a, _("close to %s"), catalogue_label(s, "languages",
	    text_at(st->result, "speaks")));
}

static void
add_language(struct screen *s, struct pick_item *item, const json_t *language)
{
	const char *code = text_at(language, "code"), *close = closeness(s, s->page, code);

	*item = (struct pick_item){ code, arena_printf(s->page, "%s · %s",
	    catalogue_label(s, "languages", code), text_at(language, "name")),
	    close ? close : truth_at(language, "checked") ? NULL
	    : _("not checked by a native speaker") };
}

static bool
is_theirs(const struct state *st, const char *code)
{
	return strcmp(code, st->own) == 0 || strcmp(code, text_at(st->result, "near")) == 0;
}

/* What the person reads comes first: their own, or what is close to it. */
static unsigned
act_language(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const json_t *all = at(st->result, "languages"), *language;
	struct pick_item *items = arena_array(s->page, struct pick_item, json_array_size(all) + 1);
	size_t i, n = 0;

	if (!*st->own)
		items[n++] = (struct pick_item){ BOTH, _("German and English"), NULL };
	json_array_foreach(all, i, language)
		if (is_theirs(st, text_at(language, "code")))
			add_language(s, &items[n++], language);
	json_array_foreach(all, i, language)
		if (!is_theirs(st, text_at(language, "code")))
			add_language(s, &items[n++], language);
	return pick(s, _("In which language?"), items, n, took_language);
}

static unsigned
act_close(void *on)
{
	(void)on;
	return CLOSE;
}

/* ---- drawing ---- */

/* "Arabic: not checked by a native speaker" */
static const char *
language_now(const struct screen *s)
{
	const struct state *st = s->state;
	const char *code = text_at(st->result, "language");
	const json_t *language;
	size_t i;

	if (!*code && *text_at(st->result, "near"))
		return arena_printf(frame_mem(), _("German and English; F4: %s, %s"),
		    catalogue_label(s, "languages", text_at(st->result, "near")),
		    closeness(s, frame_mem(), text_at(st->result, "near")));
	if (!*code)
		return _("German and English");
	json_array_foreach(at(st->result, "languages"), i, language)
		if (strcmp(text_at(language, "code"), code) == 0 && !truth_at(language, "checked"))
			return arena_printf(frame_mem(), "%s: %s",
			    catalogue_label(s, "languages", code),
			    _("not checked by a native speaker"));
	return catalogue_label(s, "languages", code);
}

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;

	h->left = arena_printf(frame_mem(), *text_at(st->result, "number")
	    ? _("Slip for case %s") : *text_at(st->result, "ticket") ? _("Slip for %s") : _("Slip: %s"),
	    catalogue_label(s, "services", subject(s)));
	h->load = st->file ? st->file : language_now(s);
}

static const struct binding bindings[] = {
	{ .keys = "F2 s", .label = N_("Save"), .act = act_save,
	  .help = N_("save the slip as a text file in tresen-slips, in your home") },
	{ .keys = "F4 l", .label = N_("Language"), .act = act_language,
	  .help = N_("the same in another language") },
	{ .keys = "Enter", .label = N_("Done"), .act = act_close,
	  .help = N_("back to where it was opened") },
	{ 0 }
};

const struct screen_class screen_slip = {
	.name = "slip",
	.title = N_("Slip"),
	.about = N_("What the person takes home, in their language. Save it to print it: the file "
	            "is right also where this terminal shows a script from the wrong side."),
	.state_size = sizeof(struct state),
	.list = { .columns = columns, .n_columns = COUNT_OF(columns) },
	.bindings = bindings,
	.load = load,
	.head = head,
};
