/*
 * codebook.c - layer 5: the codes of a catalogue that is not loaded: what its
 * files call units, services, papers and checklists.  Called by form-check.
 * Must never judge the catalogue: loading it does.
 */
#include "formcodes.h"

#include <string.h>

#include "conf.h"

#define CODES_MAX 5000

struct codes {
	const char **list;
	size_t n;
};

static bool
has(const struct codes *codes, const char *code)
{
	for (size_t i = 0; i < codes->n; i++)
		if (strcmp(codes->list[i], code) == 0)
			return true;
	return false;
}

static void
add(struct arena *a, struct codes *codes, const char *code)
{
	if (!codes->list)
		codes->list = arena_array(a, const char *, CODES_MAX);
	if (codes->n < CODES_MAX)
		codes->list[codes->n++] = arena_strdup(a, code);
}

/* What each entry of a file's one list is told to, by what it is called. */
static enum status
read_file(struct op *op, const char *folder, const char *file, const char *list, const char *name,
          void (*take)(struct arena *a, struct code_book *book, const config_setting_t *entry,
              const char *code), struct code_book *book)
{
	config_setting_t *entries;
	struct conf c;
	enum status s;

	TRY(conf_open(op, folder, file, &c));
	s = conf_top(&c, list, &entries);
	for (int i = 0; s == ST_OK && i < config_setting_length(entries); i++) {
		const config_setting_t *entry = config_setting_get_elem(entries, (unsigned)i);
		const char *code = NULL;

		if (config_setting_lookup_string(entry, name, &code))
			take(op->mem, book, entry, code);
	}
	conf_close(&c);
	return s;
}

static void
take_unit(struct arena *a, struct code_book *book, const config_setting_t *entry,
          const char *code)
{
	struct codes units = { book->units, book->n_units };
	int figures_only = 0;

	config_setting_lookup_bool(entry, "figures_only", &figures_only);
	if (!figures_only)
		add(a, &units, code);
	book->units = units.list;
	book->n_units = units.n;
}

static void
take_service(struct arena *a, struct code_book *book, const config_setting_t *entry,
             const char *code)
{
	struct codes services = { book->services, book->n_services };
	struct service_ties *ties;
	const char *form = NULL, *unit = "";

	if (!book->ties)
		book->ties = arena_array(a, struct service_ties, CODES_MAX);
	if (services.n == CODES_MAX)
		return;
	add(a, &services, code);
	ties = &book->ties[services.n - 1];
	ties->known = true;
	if (config_setting_lookup_string(entry, "form", &form))
		ties->form = arena_strdup(a, form);
	if (config_setting_lookup_string(entry, "unit", &unit))
		ties->unit = arena_strdup(a, unit);
	book->services = services.list;
	book->n_services = services.n;
}

static void
take_checklist(struct arena *a, struct code_book *book, const config_setting_t *entry,
               const char *code)
{
	struct codes lists = { book->checklists, book->n_checklists };
	struct codes papers = { book->papers, book->n_papers };
	const config_setting_t *items = config_setting_get_member(entry, "items");

	add(a, &lists, code);
	for (int i = 0; items && i < config_setting_length(items); i++) {
		const char *key;

		if (config_setting_lookup_string(config_setting_get_elem(items, (unsigned)i), "key",
		    &key) && !has(&papers, key))
			add(a, &papers, key);
	}
	book->checklists = lists.list;
	book->n_checklists = lists.n;
	book->papers = papers.list;
	book->n_papers = papers.n;
}

static void
take_class(struct arena *a, struct code_book *book, const config_setting_t *entry,
           const char *code)
{
	const config_setting_t *list = config_setting_get_member(entry, "services");
	struct codes classes = { book->classes, book->n_classes };

	add(a, &classes, code);
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const char *service = config_setting_get_string_elem(list, i);

		for (size_t k = 0; service && k < book->n_services; k++)
			if (strcmp(book->services[k], service) == 0)
				book->ties[k].retention = arena_strdup(a, code);
	}
	book->classes = classes.list;
	book->n_classes = classes.n;
}

enum status
code_book_read(struct op *op, const char *folder, struct code_book *book)
{
	const char *dir = arena_printf(op->mem, "%s/catalogue", folder);

	*book = (struct code_book){ 0 };
	TRY(read_file(op, dir, "units.conf", "units", "code", take_unit, book));
	TRY(read_file(op, dir, "services.conf", "services", "code", take_service, book));
	TRY(read_file(op, dir, "checklists.conf", "checklists", "code", take_checklist, book));
	return read_file(op, dir, "retention.conf", "retention", "class", take_class, book);
}
