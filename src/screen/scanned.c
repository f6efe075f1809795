/*
 * scanned.c - layer 3: a scanned document and the form of a person.  Called by
 * screens with a person's form, and by the search.  Must never write over what
 * stands in the form unless the clerk says so.
 */
#include "scanned.h"

#include <string.h>

#include "rules_order.h"
#include "text.h"

/* What a document and the form of a person both have. */
static const char *const fields[] = { "family", "given", "born", "sex", "nationality" };

const json_t *
scan_ask(struct screen *s, const char *zone)
{
	const json_t *result;
	enum status status = ask(s, &result, "person.scan", "{s:s}", "mrz", zone);

	if (status == ST_OK)
		return result;
	return at(last_reply(s)->data, "scan") ? last_reply(s)->data : NULL;
}

const char *
scan_line(struct arena *a, const json_t *scan)
{
	const char *born = text_at(scan, "born"), *number = text_at(scan, "number");
	const char *expires = text_at(scan, "expires");
	char today[11];
	bool expired = *expires && strcmp(expires, day_iso(clock_day(clock_now()), today)) < 0;

	return arena_printf(a, "%s%s%s%s%s: %s %s%s%s", text_at(scan, "kind_label"),
	    *number ? " " : "", number, expired ? ", " : "", expired ? _("expired") : "",
	    text_at(scan, "family"), text_at(scan, "given"), *born ? " *" : "", born);
}

/* As it is written into the form; "" when the document does not say. */
static const char *
value_of(struct screen *s, const json_t *scan, const char *field)
{
	const char *value = text_at(scan, field);

	if (strcmp(field, "nationality") != 0 || !*value)
		return value;
	return truth_at(scan, "nationality_known") ? catalogue_label(s, "countries", value) : "";
}

/* Does the form say the same already?  A longer stored name wins, and a date
 * that is known better. */
static bool
agrees(struct screen *s, const json_t *scan, const char *field, const char *mine,
       const char *scanned)
{
	bool cut = truth_at(scan, "names_cut");
	const char *a, *b;
	char born[11];

	if (strcmp(field, "born") == 0)
		return birth_read(mine, clock_day(clock_now()), born) &&
		    strncmp(born, scanned, strlen(scanned)) == 0;
	if (strcmp(field, "sex") == 0)
		return strcmp(mine, scanned) == 0 || strcmp(scanned, "x") == 0;
	if (strcmp(field, "nationality") == 0)
		return strstr(mine, scanned) != NULL;
	a = text_search_form(s->page, mine, true);
	b = text_search_form(s->page, scanned, true);
	if (strncmp(a, b, strlen(b)) != 0)
		return false;
	a += strlen(b);
	return cut || *a == '\0' || *a == ' ';
}

/* A digit speaks against it, or it cannot be read. */
static bool
is_unsure(const json_t *scan, const char *field)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(at(scan, "fields"), i, entry)
		if (strcmp(text_at(entry, "field"), field) == 0)
			return !truth_at(entry, "sure");
	return false;
}

static bool
has_check(const json_t *scan, const char *field)
{
	const json_t *check;
	size_t i;

	json_array_foreach(at(scan, "checks"), i, check)
		if (strcmp(text_at(check, "field"), field) == 0)
			return true;
	return false;
}

/* Only what is empty; true if something else stands there. */
static bool
fill(struct screen *s, struct person_form *p, const json_t *scan, const char *field)
{
	const char *mine = text_at(p->view.answers, field), *value = value_of(s, scan, field);

	if (!*value || (*mine && agrees(s, scan, field, mine, value)))
		return false;
	if (*mine)
		return true;
	form_view_put(&p->view, field, value);
	return false;
}

/* Under the fields: what to type, what the document says instead.  From the
 * last to the first, so that the cursor comes to stand on the first. */
static void
tell(struct screen *s, struct person_form *p, const json_t *scan, const bool *differs)
{
	for (size_t i = COUNT_OF(fields); i-- > 0;) {
		bool empty = !*text_at(p->view.answers, fields[i]);

		if (differs[i])
			form_view_blame(&p->view, fields[i], arena_printf(s->page,
			    _("the document says: %s"), value_of(s, scan, fields[i])));
		else if (empty && is_unsure(scan, fields[i]))
			form_view_blame(&p->view, fields[i], has_check(scan, fields[i]) ?
			    _("check digit does not hold; type it from the document") :
			    _("cannot be read; type it from the document"));
	}
}

size_t
scan_fill(struct screen *s, struct person_form *p, const json_t *scan)
{
	bool differs[COUNT_OF(fields)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		differs[i] = fill(s, p, scan, fields[i]);
		n += differs[i];
	}
	tell(s, p, scan, differs);
	return n;
}

void
scan_keep(struct person_form *p, const char *zone, const json_t *scan)
{
	json_t *document = json_pack("{s:s, s:O}", "zone", zone, "scan", scan);

	person_form_keep(p, document);
	json_decref(document);
}

unsigned
scan_take(struct screen *s, struct person_form *p, const struct binding *choices)
{
	const json_t *scan = at(p->document, "scan");

	if (scan_fill(s, p, scan) > 0)
		return choose(s, choices, _("The document says otherwise where ! stands."));
	if (truth_at(scan, "valid"))
		say(s, TONE_NOTE, _("Filled in from %s. Compare it with the document."),
		    scan_line(s->page, scan));
	return DRAW;
}

unsigned
scan_overwrite(struct screen *s, struct person_form *p)
{
	const json_t *scan = at(p->document, "scan");

	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const char *value = value_of(s, scan, fields[i]);
		const char *mine = text_at(p->view.answers, fields[i]);

		if (*value && !agrees(s, scan, fields[i], mine, value))
			form_view_put(&p->view, fields[i], value);
	}
	screen_typed(s);
	say(s, TONE_NOTE, _("The document's words stand in the form now."));
	return DRAW;
}
