/*
 * consent.c - layer 3: the text of a consent, as it is read out to the person in
 * their language, and the key that records that they agreed.  Opened by consents.c
 * with {"params": of consent.give}, or {"id": of one that there is}.  Must never
 * record one that was not on the screen.
 */
#include "desk.h"
#include "disclose.h"
#include "outfile.h"

#include <string.h>

struct state {
	struct table table;
	const json_t *result;
	const char *language;    /* chosen, or NULL: the person's */
};

static bool
is_new(const void *on)
{
	return json_is_object(at(((const struct screen *)on)->args, "params"));
}

static json_t *
params_of(const struct screen *s, const char *key, json_t *value)
{
	const struct state *st = s->state;
	json_t *params = json_copy(json_object_get(s->args, "params"));

	json_object_set_new(params, key, value);
	if (st->language)
		json_object_set_new(params, "language", json_string(st->language));
	return params;
}

static enum status
load(struct screen *s)
{
	struct state *st = s->state;

	if (is_new(s))
		TRY(ask_with(s, &st->result, "consent.give", params_of(s, "preview",
		    json_true())));
	else
		TRY(ask(s, &st->result, "consent.show", "{s:O}", "id",
		    json_object_get(s->args, "id")));
	table_begin(&st->table, s->page);
	list_page(s, text_at(st->result, "text"));
	table_end(&st->table);
	return ST_OK;
}

/* ---- keys ---- */

static unsigned
act_agree(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	json_t *params = params_of(s, "preview", json_false());

	/* as it was read out, whatever language they prefer by now */
	if (*text_at(st->result, "language"))
		json_object_set_new(params, "language",
		    json_string(text_at(st->result, "language")));
	if (ask_with(s, NULL, "consent.give", params) != ST_OK)
		return RELOAD;
	say(s, TONE_DONE, _("Recorded. Now what it is about can be told; it can be withdrawn at any "
	    "moment."));
	return CLOSE;
}

static unsigned
picked_language(struct screen *s, const char *code)
{
	((struct state *)s->state)->language = arena_strdup(s->mem, code);
	return RELOAD;
}

static unsigned
act_language(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;
	const json_t *all = at(st->result, "languages"), *language;
	struct pick_item *items = arena_array(s->page, struct pick_item, json_array_size(all) + 1);
	size_t i, n = 0;

	json_array_foreach(all, i, language)
		items[n++] = (struct pick_item){ text_at(language, "code"),
			arena_printf(s->page, "%s · %s", catalogue_label(s, "languages",
			    text_at(language, "code")), text_at(language, "name")), NULL };
	return pick(s, _("In which language?"), items, n, picked_language);
}

static unsigned
act_save(void *on)
{
	struct screen *s = on;
	const struct state *st = s->state;

	outfile_save(s, arena_printf(s->page, _("consent-%d"),
	    (int)number_at(is_new(s) ? at(s->args, "params") : at(st->result, "consent"),
	        is_new(s) ? "person" : "id")), text_at(st->result, "text"));
	return DRAW;
}

static unsigned
act_close(void *on)
{
	(void)on;
	return CLOSE;
}

static bool
is_old(const void *on)
{
	return !is_new(on);
}

/* ---- drawing ---- */

static void
head(const struct screen *s, struct head *h)
{
	const struct state *st = s->state;
	const char *language = text_at(st->result, "language");

	h->left = arena_printf(frame_mem(), "%s · %s", _(s->class->title),
	    text_at(s->args, "name"));
	h->load = *language ? catalogue_label(s, "languages", language)
	                    : _("German and English");
	if (!truth_at(st->result, "consent.checked"))
		h->load = arena_printf(frame_mem(), "%s: %s", h->load,
		    _("not checked by a native speaker"));
}

static const struct binding bindings[] = {
	{ .keys = "F2 y", .label = N_("They agree"), .act = act_agree, .can = is_new,
	  .help = N_("record that the person has heard this and agrees") },
	{ .keys = "F4 l", .label = N_("Language"), .act = act_language, .can = is_new,
	  .help = N_("the same in another language") },
	{ .keys = "F5 s", .label = N_("Save"), .act = act_save,
	  .help = N_("save it to be printed and signed, in tresen-slips, in your home") },
	{ .keys = "Enter", .label = N_("Done"), .act = act_close, .can = is_old,
	  .help = N_("back to where it was opened") },
	{ 0 }
};

const struct screen_class screen_consent = {
	.name = "consent",
	.title = N_("Consent"),
	.about = N_("What is read out to the person before they agree. Save it to print it: the file "
	            "is right also where this terminal shows a script from the wrong side."),
	.state_size = sizeof(struct state),
	.list = { .columns = list_lines, .n_columns = 1 },
	.bindings = bindings,
	.load = load,
	.head = head,
};
