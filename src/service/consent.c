/*
 * consent.c - layer 3: a person releases a closed unit from secrecy (§ 203 StGB),
 * and takes it back; see service_disclosure.h.  Called by command/consent.c.
 * Must never record a consent whose text was not there to be read.
 */
#include <string.h>

#include "guard.h"
#include "service_disclosure.h"
#include "slip_page.h"

/* ---- what is read out ---- */

struct reading {
	const struct consent *c;
	struct pair unit, to;
	const char *person;
};

/* Where a language has no text of this version, the German one is read. */
static void
put_text(struct page *p, const struct consent_text *t)
{
	bool own = strcmp(t->language, p->lang.code) == 0;

	page_plain(p, own ? t->text : page_foreign(p, t->text));
	page_blank(p);
}

static enum status
write_consent(struct page *p, const void *what)
{
	const struct reading *r = what;
	const struct consent *c = r->c;
	struct op *op = p->op;
	struct consent_text text;
	const char *unit, *to;

	TRY(store_consent_text_find(op, c->version, p->lang.code, &text));
	if (!text.version)
		return op_fail(op, ST_STORE, _("The office has no text to consent to. Ask the "
		    "administrator to run: tresen-admin catalogue"));
	TRY(page_name(p, r->unit, &unit));
	TRY(page_name(p, r->to, &to));
	if (c->to.name)
		to = arena_printf(op->mem, "%s: %s", to, page_foreign(p, c->to.name));
	page_put(p, SLIP_CONSENT, NULL, NULL);
	page_blank(p);
	page_put(p, SLIP_NAME, page_foreign(p, r->person), NULL);
	page_blank(p);
	put_text(p, &text);
	page_put(p, SLIP_WHO, unit, NULL);
	page_put(p, SLIP_WHOM, to, NULL);
	page_put(p, SLIP_ABOUT, page_foreign(p, c->scope), NULL);
	if (c->until_day == DAY_NONE)
		page_put(p, SLIP_RECALL, NULL, NULL);
	else
		page_put(p, SLIP_HOLDS, page_day(p, c->until_day), NULL);
	page_blank(p);
	page_put(p, SLIP_WORDING, page_foreign(p, arena_printf(op->mem, "%d", text.version)), NULL);
	page_blank(p);
	page_put(p, SLIP_SIGN, NULL, NULL);
	return ST_OK;
}

static enum status
unit_names(struct op *op, const char *code, struct pair *names)
{
	const enum lang own = op->lang;
	struct unit unit;
	enum status s;

	op->lang = LANG_EN;
	s = store_unit_find(op, code, &unit);
	names->en = s == ST_OK ? unit.name : code;
	op->lang = LANG_DE;
	if (s == ST_OK)
		s = store_unit_find(op, code, &unit);
	names->de = s == ST_OK ? unit.name : code;
	op->lang = own;
	return s;
}

static enum status
receiver_names(struct op *op, const struct receiver *to, struct pair *names)
{
	struct body *list;
	size_t n;

	if (to->unit)
		return unit_names(op, to->unit, names);
	*names = (struct pair){ to->body, to->body };
	TRY(store_body_list(op, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].code, to->body) == 0)
			*names = (struct pair){ list[i].name_de, list[i].name_en };
	return ST_OK;
}

/* wanted NULL: in the person's language. */
static enum status
read_out(struct op *op, struct consent *c, const char *wanted, struct slip *slip)
{
	struct reading r = { .c = c };
	struct writing w = { write_consent, &r };
	struct consent_text text;
	struct person person;

	TRY(store_person_find(op, c->person_id, &person));
	r.person = person.display;
	TRY(unit_names(op, c->unit, &r.unit));
	TRY(receiver_names(op, &c->to, &r.to));
	TRY(slip_write(op, wanted, person.language, &w, slip));
	TRY(store_consent_text_find(op, c->version, slip->language ? slip->language : "de", &text));
	c->checked = text.checked;
	return ST_OK;
}

/* ---- giving ---- */

static enum status
check(struct op *op, struct consent *c)
{
	TRY(person_current(op, "person", &c->person_id));
	TRY(receiver_check(op, &c->to));
	TRY(clean_text(op, "scope", c->scope, TEXT_LONG, true, &c->scope));
	if (!c->scope || !*c->scope)
		return op_fail_field(op, ST_INVALID, "scope",
		    _("Say about what, as it was said to the person."));
	if (c->until_day == DAY_NONE || c->until_day >= op->today)
		return ST_OK;
	return op_fail_field(op, ST_INVALID, "until", _("That day is over. Choose a later one, or "
	    "none: then it holds until it is withdrawn."));
}

enum status
consent_give(struct op *op, struct consent *c, bool preview, struct slip *slip)
{
	const char *wanted = c->language;
	struct consent_text text;

	TRY(check(op, c));
	c->unit = op->by->unit;
	c->given_day = op->today;
	c->given_by_name = op->by->name;
	c->holds = true;
	TRY(store_consent_text_find(op, 0, "de", &text));
	c->version = text.version;
	TRY(read_out(op, c, wanted, slip));
	c->language = slip->language ? slip->language : "de";
	if (preview)
		return ST_OK;
	return store_consent_add(op, c);
}

/* ---- looking, and taking it back ---- */

static enum status
find(struct op *op, int64_t id, struct consent *c)
{
	TRY(store_consent_find(op, id, c));
	if (c->id)
		return ST_OK;
	return op_fail_field(op, ST_NOT_FOUND, "id",
	    _("There is no consent %lld here. Look at the list again."), (long long)id);
}

enum status
consent_show(struct op *op, int64_t id, struct consent *c, struct slip *slip)
{
	TRY(find(op, id, c));
	return read_out(op, c, c->language, slip);
}

enum status
consent_list(struct op *op, int64_t person_id, struct consent **list, size_t *n)
{
	TRY(person_current(op, "person", &person_id));
	return store_consent_list(op, person_id, list, n);
}

enum status
consent_withdraw(struct op *op, int64_t id, struct consent *c)
{
	TRY(find(op, id, c));
	if (c->ended_at)
		return ST_OK; /* twice is once */
	TRY(store_consent_end(op, id));
	return store_consent_find(op, id, c);
}
