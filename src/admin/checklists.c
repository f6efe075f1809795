/*
 * checklists.c - layer 5: lists of papers with their includes.  Called by
 * catalogue.c.  Resolved here, once, so that nobody else needs to know that
 * lists can include others.
 */
#include "admin.h"

#include <string.h>

#include "conf.h"
#include "store_catalogue.h"

#define LIST_MAX 200
#define DEPTH_MAX 8

struct paper_item {
	struct named n;
	bool required;
};

struct paper_list {
	const char *code;
	struct paper_item items[LIST_MAX];
	int n;
};

static config_setting_t *
list_find(config_setting_t *lists, const char *code)
{
	for (int i = 0; i < config_setting_length(lists); i++) {
		config_setting_t *list = config_setting_get_elem(lists, (unsigned)i);
		const char *name;

		if (config_setting_lookup_string(list, "code", &name) && strcmp(name, code) == 0)
			return list;
	}
	return NULL;
}

/* An item with the key of an earlier one takes its place. */
static enum status
item_set(struct conf *c, const config_setting_t *at, struct paper_list *list,
         struct paper_item item)
{
	int i = 0;

	while (i < list->n && strcmp(list->items[i].n.code, item.n.code) != 0)
		i++;
	if (i == LIST_MAX)
		return conf_fail(c, at, _("this list is longer than %d papers."), LIST_MAX);
	item.n.position = i + 1;
	list->items[i] = item;
	if (i == list->n)
		list->n++;
	return ST_OK;
}

static enum status resolve(struct conf *c, config_setting_t *lists, const config_setting_t *from,
                           int depth, struct paper_list *into);

/* "required = false" beside an include makes each of its papers optional;
 * what the list asks for already stays as it is. */
static enum status
include(struct conf *c, config_setting_t *lists, const config_setting_t *entry, int depth,
        struct paper_list *into)
{
	struct paper_list *other = arena_make(c->op->mem, struct paper_list);
	const char *code;
	config_setting_t *from;
	bool required = true;
	int before = into->n;

	TRY(conf_only(c, entry, "include required"));
	TRY(conf_text(c, entry, "include", CONF_MUST, &code));
	TRY(conf_truth(c, entry, "required", CONF_MAY, &required));
	from = list_find(lists, code);
	if (!from)
		return conf_fail(c, entry, _("there is no list \"%s\" to include."), code);
	if (depth == DEPTH_MAX)
		return conf_fail(c, entry, _("lists include each other in a circle here."));
	TRY(resolve(c, lists, from, depth + 1, other));
	for (int i = 0; i < other->n; i++) {
		struct paper_item item = other->items[i];
		int at = 0;

		while (at < before && strcmp(into->items[at].n.code, item.n.code) != 0)
			at++;
		if (at < before)
			continue;
		item.required = item.required && required;
		TRY(item_set(c, entry, into, item));
	}
	return ST_OK;
}

static enum status
resolve(struct conf *c, config_setting_t *lists, const config_setting_t *from, int depth,
        struct paper_list *into)
{
	config_setting_t *items;

	TRY(conf_only(c, from, "code items"));
	TRY(conf_text(c, from, "code", CONF_MUST, &into->code));
	TRY(conf_list(c, from, "items", &items));
	if (!items || config_setting_length(items) == 0)
		return conf_fail(c, from, _("a list needs items in ( )."));
	for (int i = 0; i < config_setting_length(items); i++) {
		const config_setting_t *entry = config_setting_get_elem(items, (unsigned)i);
		struct paper_item item;

		if (config_setting_is_group(entry) && config_setting_get_member(entry, "include")) {
			TRY(include(c, lists, entry, depth, into));
			continue;
		}
		TRY(conf_only(c, entry, "key required de en"));
		TRY(conf_text(c, entry, "key", CONF_MUST, &item.n.code));
		TRY(conf_text(c, entry, "de", CONF_MUST, &item.n.name_de));
		TRY(conf_text(c, entry, "en", CONF_MUST, &item.n.name_en));
		TRY(conf_truth(c, entry, "required", CONF_MUST, &item.required));
		TRY(item_set(c, entry, into, item));
	}
	return ST_OK;
}

static enum status
list_put(struct op *op, const struct paper_list *list)
{
	TRY(store_checklist_clear(op, list->code));
	for (int i = 0; i < list->n; i++) {
		const struct paper_item *item = list->items + i;

		TRY(store_checklist_put(op, list->code, &item->n, item->required));
	}
	return ST_OK;
}

enum status
checklists_read(struct conf *c)
{
	config_setting_t *lists;

	TRY(conf_top(c, "checklists", &lists));
	for (int i = 0; i < config_setting_length(lists); i++) {
		struct paper_list *list = arena_make(c->op->mem, struct paper_list);

		TRY(resolve(c, lists, config_setting_get_elem(lists, (unsigned)i), 0, list));
		TRY(list_put(c->op, list));
	}
	return ST_OK;
}
