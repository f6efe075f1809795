/*
 * personform.c - layer 3: the form of a person, see personform.h.  Words
 * become codes here and codes words; whether a value is right the engine says.
 */
#include "personform.h"

#include <string.h>

#include "formask.h"

void
person_form_done(struct person_form *p)
{
	if (p->view.form)
		form_view_done(&p->view);
	json_decref(p->document);
	json_decref(p->own);
}

void
person_form_keep(struct person_form *p, const json_t *document)
{
	json_t *kept = json_deep_copy(document);

	json_decref(p->document);
	p->document = kept;
}

/* ---- from the register ---- */

static json_t *
answers_of(const json_t *person)
{
	const json_t *main_name = json_array_get(at(person, "names"), 0);
	const struct {
		const char *field, *value;
	} all[] = {
		{ "family", text_at(main_name, "family") },
		{ "given", text_at(main_name, "given") },
		{ "born", text_at(person, "born") },
		{ "sex", text_at(person, "sex") },
		{ "nationality", text_at(person, "nationality_label") },
		{ "language", text_at(person, "language_label") },
		{ "phone", text_at(person, "phone") },
		{ "address", text_at(person, "address") },
	};
	json_t *answers = json_object();

	for (size_t i = 0; i < COUNT_OF(all); i++)
		if (*all[i].value)
			json_object_set_new(answers, all[i].field, json_string(all[i].value));
	return answers;
}

void
person_form_fill(struct person_form *p, const json_t *person)
{
	json_t *answers = answers_of(person);

	p->id = number_at(person, "id");
	p->version = number_at(person, "version");
	p->locked = truth_at(person, "locked");
	json_decref(p->own);
	p->own = json_deep_copy(at(person, "may_change"));
	form_view_fill(&p->view, answers);
	json_decref(answers);
}

const char *
person_line(struct arena *a, const json_t *person)
{
	const char *born = text_at(person, "born");
	const char *line = arena_printf(a, *born ? "%s *%s" : "%s", text_at(person, "name"), born);

	return truth_at(person, "locked") ? arena_printf(a, _("%s   LOCKED"), line) : line;
}

/* ---- words to codes ---- */

static const char *
judge(void *on, const char *field, const char *typed)
{
	const char *why = NULL;

	(void)person_word(on, field, typed, &why);
	return why;
}

enum status
person_form_open(struct screen *s, struct person_form *p)
{
	struct form_world world = form_world_at(s, FORM_INTAKE);
	const struct form *form;
	const json_t *result;

	TRY(form_ask(s, s->mem, "person", 0, &result, &form));
	form_view_init(&p->view, s->mem, form, &world, false);
	p->view.judge = judge;
	p->view.on = s;
	return ST_OK;
}

const char *
person_form_value(struct screen *s, const struct person_form *p, const char *field)
{
	const char *typed = text_at(p->view.answers, field), *why;

	if (p->view.top->slots[form_find(p->view.form, field)->place].why)
		return NULL; /* told under the field already */
	return *typed ? person_word(s, field, typed, &why) : "";
}

/* The changes as arguments of person.new and person.edit; NULL: told. */
static json_t *
params_of(struct screen *s, struct person_form *p, const json_t *changes)
{
	json_t *params = json_object(), *change;
	const char *field, *value, *why;

	json_object_foreach((json_t *)(uintptr_t)changes, field, change) {
		value = person_word(s, field, json_string_value(change), &why);
		if (!value) {
			form_view_blame(&p->view, field, why);
			say(s, TONE_FAILURE, _("One answer cannot be read. It is marked with !"));
			json_decref(params);
			return NULL;
		}
		json_object_set_new(params, field, json_string(value));
	}
	if (p->id) {
		json_object_set_new(params, "id", json_integer(p->id));
		json_object_set_new(params, "version", json_integer(p->version));
	}
	return params;
}

/* ---- to the register ---- */

/* Takes in what others saved; what this clerk typed stays, and is told where
 * both have written. */
static void
merge(struct screen *s, struct person_form *p, json_t *changes)
{
	const struct reply *reply = last_reply(s);
	const char *who = text_at(reply->winner, "who"), *field;
	const json_t *theirs = at(reply->winner, "current");
	json_t *mine = json_pack("{s:O, s:O}", "answers", changes, "typed", changes);
	json_t *base = json_incref(p->view.filled), *change;

	person_form_fill(p, theirs);
	form_view_restore(&p->view, mine);
	json_object_foreach(changes, field, change) {
		json_t *now = json_object_get(p->view.filled, field);
		const char *text = json_string_value(now);

		if (!now || json_equal(now, change) ||
		    json_equal(now, json_object_get(base, field)))
			continue;
		form_view_blame(&p->view, field, arena_printf(s->mem, _("%s wrote here: %s"),
		    who, text));
	}
	json_decref(mine);
	json_decref(base);
	say(s, TONE_WARNING, _("%s changed this person at the same time. Their changes are here "
	    "too; where you both wrote, yours stands. Look, then save again."), who);
}

static bool
is_own(const struct person_form *p, const char *field)
{
	const json_t *own;
	size_t i;

	json_array_foreach(p->own, i, own)
		if (strcmp(json_string_value(own), field) == 0)
			return true;
	return p->id == 0 || strcmp(field, "id") == 0 || strcmp(field, "version") == 0;
}

/* Takes what another unit keeps out of params; the caller's. */
static json_t *
take_foreign(const struct person_form *p, json_t *params)
{
	json_t *foreign = json_object(), *value;
	const char *field;
	void *next;

	json_object_foreach_safe(params, next, field, value)
		if (!is_own(p, field)) {
			json_object_set(foreign, field, value);
			json_object_del(params, field);
		}
	return foreign;
}

/* A scanned document that shows the value is reason enough; else the clerk says. */
static const char *
reason_of(struct screen *s, const struct person_form *p, const char *field, const char *value)
{
	const char *shown = text_at(p->document, arena_printf(s->page, "scan.%s", field));

	if (!*value || strcmp(value, shown) != 0)
		return p->reason;
	return arena_printf(s->page, _("seen on the document: %s %s"),
	    text_at(p->document, "scan.kind_label"), text_at(p->document, "scan.number"));
}

/* Names of the fields for which there is no reason yet; "" for none. */
static const char *
without_reason(struct screen *s, const struct person_form *p, const json_t *foreign)
{
	const char *fields = "", *field;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)foreign, field, value)
		if (!reason_of(s, p, field, json_string_value(value)))
			fields = arena_printf(s->page, "%s%s%s", fields, *fields ? ", " : "",
			    form_label(p->view.form, field, lang_current()));
	return fields;
}

/* What was proposed before a failure stays proposed: it is not repeated. */
static enum status
propose(struct screen *s, struct person_form *p, const json_t *foreign)
{
	const char *field;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)foreign, field, value) {
		enum status status = ask(s, NULL, "person.propose", "{s:I, s:s, s:O, s:s}", "id",
		    (json_int_t)p->id, "field", field, "value", value, "reason",
		    reason_of(s, p, field, json_string_value(value)));

		if (status != ST_OK && status != ST_CONFLICT) {
			form_view_blame(&p->view, field, last_reply(s)->sentence);
			return status;
		}
		p->proposed++;
	}
	return ST_OK;
}

/* The form shows again what stands in the record. */
static enum status
fill_again(struct screen *s, struct person_form *p)
{
	const json_t *result;

	TRY(ask(s, &result, "person.show", "{s:I}", "id", (json_int_t)p->id));
	person_form_fill(p, at(result, "person"));
	return ST_OK;
}

/* Somebody in the register is so like that a second record needs a reason. */
static enum status
ask_why_new(struct screen *s, const struct person_form *p, const struct reply *reply)
{
	const json_t *double_ = json_array_get(at(reply->data, "people"), 0);

	ask_line(s, arena_printf(s->page, _("%s (%s) is in the register. What shows that it is "
	    "somebody else?"), person_line(s->page, double_), text_at(double_, "why")), "",
	    p->took_reason);
	return ST_DENIED;
}

static enum status
send_own(struct screen *s, struct person_form *p, json_t *changes, json_t *params)
{
	const struct reply *reply = last_reply(s);
	const json_t *result;
	enum status status;

	if (!p->id && p->reason)
		json_object_set_new(params, "reason", json_string(p->reason));
	status = ask_once(s, &result, p->id ? "person.edit" : "person.new", json_incref(params));
	if (status == ST_OK)
		person_form_fill(p, at(result, "person"));
	else if (status == ST_INVALID && reply->field && strcmp(reply->field, "reason") == 0)
		return ask_why_new(s, p, reply);
	else if (status == ST_CONFLICT && json_is_object(at(reply->winner, "current")))
		merge(s, p, changes);
	else
		form_view_blame(&p->view, reply->field, reply->sentence);
	return status;
}

static enum status
send_parted(struct screen *s, struct person_form *p, json_t *changes, json_t *params,
            const json_t *foreign)
{
	const char *unsaid = without_reason(s, p, foreign);

	if (*unsaid) {
		ask_line(s, arena_printf(s->page, _("%s: kept by another unit, so it will be "
		    "proposed. What have you seen?"), unsaid), "", p->took_reason);
		return ST_DENIED;
	}
	if (!p->id || json_object_size(params) > 2) /* beside id and version */
		TRY(send_own(s, p, changes, params));
	if (json_object_size(foreign) == 0)
		return ST_OK;
	TRY(propose(s, p, foreign));
	say(s, TONE_NOTE, _("What another unit keeps is proposed to it."));
	return fill_again(s, p);
}

static enum status
send(struct screen *s, struct person_form *p, json_t *changes)
{
	json_t *params = params_of(s, p, changes), *foreign;
	enum status status;

	p->proposed = 0;
	if (!params)
		return ST_INVALID;
	foreign = take_foreign(p, params);
	status = send_parted(s, p, changes, params, foreign);
	json_decref(foreign);
	json_decref(params);
	if (status != ST_DENIED)
		p->reason = NULL;
	return status;
}

/* The person is saved, whatever becomes of this. */
static void
save_document(struct screen *s, struct person_form *p)
{
	const json_t *result;

	if (!*text_at(p->document, "scan.number"))
		return;
	if (ask(s, &result, "person.document", "{s:I, s:s}", "id", p->id, "mrz",
	        text_at(p->document, "zone")) == ST_OK)
		person_form_fill(p, at(result, "person"));
	person_form_keep(p, NULL);
}

size_t
person_form_check(struct person_form *p)
{
	/* what others wrote, or a document says, was told once; seen, it no longer
	 * stands in the way */
	form_view_forgive(&p->view);
	return form_view_check(&p->view, FORM_INTAKE);
}

enum status
person_form_save(struct screen *s, struct person_form *p)
{
	json_t *changes;
	enum status status = ST_OK;

	if (person_form_check(p) > 0) {
		say(s, TONE_FAILURE, _("Something about the person is missing or cannot be "
		    "read. It is marked with !"));
		return ST_INVALID;
	}
	changes = form_view_changes(&p->view);
	if (!p->id || json_object_size(changes) > 0)
		status = send(s, p, changes);
	json_decref(changes);
	if (status == ST_OK)
		save_document(s, p);
	return status;
}

/* ---- lists ---- */

static const char *
list_of(const struct person_form *p)
{
	const char *field = form_view_at(&p->view);

	if (strcmp(field, "nationality") == 0)
		return "countries";
	return strcmp(field, "language") == 0 ? "languages" : NULL;
}

bool
person_form_has_list(const struct person_form *p)
{
	return list_of(p) != NULL;
}

unsigned
person_form_list(struct screen *s, const struct person_form *p,
                 unsigned (*picked)(struct screen *s, const char *code))
{
	const char *list = list_of(p);
	struct pick_item *items;
	size_t n;

	if (!list)
		return NOTHING;
	n = catalogue_items(s, list, "code", &items);
	return pick(s, strcmp(list, "countries") == 0 ? _("Nationality") : _("Language"), items,
	    n, picked);
}

unsigned
person_form_put(struct screen *s, struct person_form *p, const char *code)
{
	const char *list = list_of(p);
	struct edit *edit = form_view_edit(&p->view);

	if (!list || !edit)
		return NOTHING;
	edit_set(edit, catalogue_label(s, list, code));
	form_view_edited(&p->view);
	return DRAW;
}
