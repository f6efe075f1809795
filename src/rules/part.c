/*
 * part.c - layer 1: the parts of a person's record as one table.  Called by
 * service and command (checks, JSON, history) and by the screens (forms).
 */
#include "rules_person.h"

#include <string.h>

#include "rules_identifier.h"

#define X(id, name, label) name,
static const char *const part_words[] = { PART_LIST(X) };
static const char *const name_words[] = { NAME_KIND_LIST(X) };
static const char *const contact_words[] = { CONTACT_KIND_LIST(X) };
static const char *const sex_words[] = { SEX_LIST(X) };
static const char *const level_words[] = { LEVEL_LIST(X) };
static const char *const interpreter_words[] = { INTERPRETER_LIST(X) };
static const char *const document_words[] = { DOCUMENT_KIND_LIST(X) };
static const char *const parent_words[] = { PARENT_KIND_LIST(X) };
#undef X
#define X(id, name, label) label,
static const char *const part_labels[] = { PART_LIST(X) };
static const char *const name_labels[] = { NAME_KIND_LIST(X) };
static const char *const contact_labels[] = { CONTACT_KIND_LIST(X) };
static const char *const sex_labels[] = { SEX_LIST(X) };
static const char *const level_labels[] = { LEVEL_LIST(X) };
static const char *const interpreter_labels[] = { INTERPRETER_LIST(X) };
static const char *const document_labels[] = { DOCUMENT_KIND_LIST(X) };
static const char *const parent_labels[] = { PARENT_KIND_LIST(X) };
#undef X

enum part
part_by_name(const char *name)
{
	int i = state_by_name(&part_names, name);

	return i < 0 ? PARTS : (enum part)i;
}

int
part_field(const struct part_spec *spec, const char *key)
{
	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++)
		if (strcmp(spec->fields[i].key, key) == 0)
			return i;
	return -1;
}

const char *
part_value_label(const struct part_field *field, const char *value)
{
	int i = value && field->type == PART_CHOICE ? state_by_name(field->choices, value) : -1;

	return i < 0 ? value : state_label(field->choices, i);
}

enum { STREET, POSTCODE, CITY };

char *
address_line(struct arena *a, const char *const *values)
{
	const char *postcode = values[POSTCODE] ? values[POSTCODE] : "";
	const char *city = values[CITY] ? values[CITY] : "";

	return arena_printf(a, "%s%s%s%s%s", values[STREET], *postcode || *city ? ", " : "",
	    postcode, *postcode && *city ? " " : "", city);
}

void
address_split(struct arena *a, const char *line, const char **values)
{
	const char *comma = strrchr(line, ','), *place = comma ? comma + 1 + (comma[1] == ' ') : "";

	values[STREET] = line;
	values[POSTCODE] = values[CITY] = NULL;
	if (strspn(place, "0123456789") != 5 || place[5] != ' ' || comma == line)
		return;
	values[STREET] = arena_strndup(a, line, (size_t)(comma - line));
	values[POSTCODE] = arena_strndup(a, place, 5);
	values[CITY] = arena_strdup(a, place + 6);
}

char *
contact_plain(struct arena *a, const char *kind, const char *value)
{
	char *plain = arena_strdup(a, value), *to = plain;

	if (strcmp(kind, "phone") != 0) {
		for (; *to; to++)
			if (*to >= 'A' && *to <= 'Z')
				*to = (char)(*to - 'A' + 'a');
		return plain;
	}
	for (size_t i = strlen(value); i-- > 0;)
		if (value[i] >= '0' && value[i] <= '9')
			*to++ = value[i];
	*to = '\0';
	return plain;
}

/* The kind first, then what else there is; days and sources stand apart. */
char *
part_line(struct arena *a, const struct part_spec *spec, const char *const *values)
{
	char *line = arena_strdup(a, "");
	const char *between = "";

	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++) {
		const struct part_field *f = &spec->fields[i];

		if (!values[i] || !*values[i] || f->type == PART_DAY ||
		    strcmp(f->key, "source") == 0 || strcmp(f->key, "script") == 0)
			continue;
		line = arena_printf(a, "%s%s%s", line, between, part_value_label(f, values[i]));
		between = i == spec->kind || strcmp(f->key, "postcode") == 0 ? " " : ", ";
	}
	return line;
}

const struct state_list part_names = { part_words, part_labels, COUNT_OF(part_words) };
const struct state_list name_kinds = { name_words, name_labels, COUNT_OF(name_words) };
static const struct state_list contact_kinds = { contact_words, contact_labels,
	COUNT_OF(contact_words) };
const struct state_list sexes = { sex_words, sex_labels, COUNT_OF(sex_words) };
static const struct state_list levels = { level_words, level_labels, COUNT_OF(level_words) };
static const struct state_list interpreters = { interpreter_words, interpreter_labels,
	COUNT_OF(interpreter_words) };
const struct state_list parent_kinds = { parent_words, parent_labels, COUNT_OF(parent_words) };
static const struct state_list document_kinds = { document_words, document_labels,
	COUNT_OF(document_words) };

#define KIND_OF(list)                                                          \
	{ .key = "kind", .column = "kind", .label = N_("Kind"), .type = PART_CHOICE, \
	  .needed = true, .choices = list }
#define SOURCE                                                                 \
	{ .key = "source", .column = "source", .label = N_("Read from"),       \
	  .help = N_("The paper it was read from, or who said so.") }
#define FROM                                                                   \
	{ .key = "from", .column = "from_day", .label = N_("From"), .type = PART_DAY }
#define UNTIL                                                                  \
	{ .key = "until", .column = "until_day", .label = N_("Until"), .type = PART_DAY, \
	  .help = N_("The last day it holds; empty: it still does.") }

/* The columns of store/person_parts.c stand in the same order. */
const struct part_spec part_specs[PARTS] = {
	[PART_NAME] = { .name = "name", .table = "person_name", .section = N_("Names"),
	  .principal = 1, .kind = 0, .from = 5, .until = 6, .fields = {
		KIND_OF(&name_kinds),
		{ .key = "family", .column = "family", .label = N_("Family name"), .needed = true,
		  .help = N_("A single name goes here, in the letters of the paper.") },
		{ .key = "given", .column = "given", .label = N_("Given names") },
		{ .key = "script", .column = "script", .label = N_("Script"),
		  .help = N_("Empty: as the letters say.") },
		SOURCE, FROM, UNTIL } },
	[PART_IDENTIFIER] = { .name = "identifier", .table = "person_identifier",
	  .section = N_("Numbers"), .principal = 1, .kind = 0, .from = 3, .until = 4, .fields = {
		KIND_OF(&identifier_kinds),
		{ .key = "value", .column = "typed", .label = N_("Number"), .needed = true,
		  .help = N_("As it stands on the paper; blanks do not count.") },
		SOURCE,
		{ .key = "from", .column = "read_day", .label = N_("Read on"),
		  .type = PART_DAY },
		UNTIL } },
	[PART_CONTACT] = { .name = "contact", .table = "person_contact",
	  .section = N_("Contact"), .principal = 1, .kind = 0, .from = 3, .until = 4, .fields = {
		KIND_OF(&contact_kinds),
		{ .key = "value", .column = "value", .label = N_("Number or address"),
		  .needed = true },
		{ .key = "note", .column = "note", .label = N_("Note"),
		  .help = N_("Whose it is, when to call.") },
		FROM, UNTIL } },
	[PART_ADDRESS] = { .name = "address", .table = "person_address",
	  .section = N_("Addresses"), .principal = 0, .kind = -1, .from = 5, .until = 6,
	  .fields = {
		{ .key = "street", .column = "street", .label = N_("Street, number"),
		  .needed = true,
		  .help = N_("In shared accommodation the room as well.") },
		{ .key = "postcode", .column = "postcode", .label = N_("Postcode") },
		{ .key = "city", .column = "city", .label = N_("Town") },
		{ .key = "country", .column = "country", .label = N_("Country"),
		  .type = PART_COUNTRY, .help = N_("Empty: here.") },
		SOURCE, FROM, UNTIL } },
	[PART_LANGUAGE] = { .name = "language", .table = "person_language",
	  .section = N_("Languages"), .principal = 0, .kind = -1, .from = -1, .until = -1,
	  .fields = {
		{ .key = "language", .column = "language", .label = N_("Language"),
		  .type = PART_TONGUE, .needed = true },
		{ .key = "level", .column = "level", .label = N_("Level"),
		  .type = PART_CHOICE, .choices = &levels },
		{ .key = "interpreter", .column = "interpreter", .label = N_("Interpreter"),
		  .type = PART_CHOICE, .choices = &interpreters } } },
	[PART_DOCUMENT] = { .name = "document", .table = "person_document",
	  .section = N_("Papers"), .principal = 1, .kind = 0, .from = 3, .until = 6, .fields = {
		KIND_OF(&document_kinds),
		{ .key = "number", .column = "number", .label = N_("Number"), .needed = true },
		{ .key = "issuer", .column = "issuer", .label = N_("Issued by"),
		  .help = N_("The country, or the office in words.") },
		{ .key = "from", .column = "issued_day", .label = N_("Issued on"),
		  .type = PART_DAY },
		{ .key = "expires", .column = "expires_day", .label = N_("Valid until"),
		  .type = PART_DAY },
		SOURCE,
		{ .key = "until", .column = "ended_day", .label = N_("Ended on"),
		  .type = PART_DAY, .help = N_("Lost, handed in or replaced.") } } },
};
