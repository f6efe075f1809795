/*
 * person_parts.c - layer 4: commands of the rows of a person's record: each
 * adds one, or changes or ends the one that row names.  What the arguments are
 * part_specs says; here they stand as a table for help and checks.
 */
#include "shape_person.h"

#include <string.h>

#include "rules_identifier.h"
#include "service_scan.h"

static enum status
run_part(struct call *call, enum part part)
{
	const struct part_spec *spec = &part_specs[part];
	struct part_wish wish = { .part = part, .row = arg_id(call, "row") };
	const char *warning;
	struct person p;

	for (int i = 0; i < PART_FIELDS_MAX && spec->fields[i].key; i++)
		wish.value[i] = arg_text(call, spec->fields[i].key);
	TRY(person_part(call->op, arg_id(call, "id"), arg_id(call, "version"), &wish, &p,
	    &warning));
	TRY(put_person(call, &p));
	put(call->out, "warning", shape_text(warning));
	return ST_OK;
}

static enum status
run_drop(struct call *call)
{
	struct person p;

	TRY(person_drop(call->op, arg_id(call, "id"), arg_id(call, "version"),
	    part_by_name(arg_text(call, "what")), arg_id(call, "row"), arg_text(call, "reason"),
	    &p));
	return put_person(call, &p);
}

static enum status
run_name(struct call *call)
{
	return run_part(call, PART_NAME);
}

static enum status
run_identifier(struct call *call)
{
	return run_part(call, PART_IDENTIFIER);
}

static enum status
run_contact(struct call *call)
{
	return run_part(call, PART_CONTACT);
}

static enum status
run_address(struct call *call)
{
	return run_part(call, PART_ADDRESS);
}

static enum status
run_language(struct call *call)
{
	return run_part(call, PART_LANGUAGE);
}

/* A scanned paper says all of it itself. */
static enum status
run_document(struct call *call)
{
	const char *zone = arg_text(call, "mrz");
	struct person p;

	if (!zone)
		return run_part(call, PART_DOCUMENT);
	TRY(person_document_scanned(call->op, arg_id(call, "id"), arg_id(call, "version"), zone,
	    &p));
	TRY(put_person(call, &p));
	put(call->out, "warning", json_null());
	return ST_OK;
}

#define X(id, name, label) name,
static const char *const part_values[] = { PART_LIST(X) NULL };
static const char *const name_values[] = { NAME_KIND_LIST(X) NULL };
static const char *const identifier_values[] = { IDENTIFIER_LIST(X) NULL };
static const char *const contact_values[] = { CONTACT_KIND_LIST(X) NULL };
static const char *const document_values[] = { DOCUMENT_KIND_LIST(X) NULL };
#undef X

#define PERSON_AND_VERSION                                                     \
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),               \
	ARG("version", ARG_INT, OPTIONAL, N_("version you have seen"))
#define PERSON_AND_ROW                                                         \
	PERSON_AND_VERSION,                                                    \
	ARG("row", ARG_ID, OPTIONAL, N_("row to change; without it a new one is added"))
#define KIND(values) ARG_OF("kind", OPTIONAL, N_("which kind"), values)
#define SOURCE ARG("source", ARG_TEXT, OPTIONAL, N_("paper it was read from"))
/* what an empty text takes away is a text to the table */
#define FROM ARG("from", ARG_TEXT, OPTIONAL, N_("day it begins, YYYY-MM-DD"))
#define UNTIL ARG("until", ARG_TEXT, OPTIONAL, N_("last day it holds, YYYY-MM-DD"))
#define WHY ARG("reason", ARG_TEXT, OPTIONAL, N_("why it is changed, for the history"))

static const struct arg name_args[] = {
	PERSON_AND_ROW, KIND(name_values),
	ARG("family", ARG_TEXT, OPTIONAL, N_("family name, in the letters of the paper")),
	ARG("given", ARG_TEXT, OPTIONAL, N_("given names")),
	ARG("script", ARG_TEXT, OPTIONAL, N_("script, such as Arab; else as the letters say")),
	SOURCE, FROM, UNTIL, WHY, ARG_END
};
static const struct arg identifier_args[] = {
	PERSON_AND_ROW, KIND(identifier_values),
	ARG("value", ARG_TEXT, OPTIONAL, N_("the number, as it stands on the paper")),
	SOURCE, FROM, UNTIL, WHY, ARG_END
};
static const struct arg contact_args[] = {
	PERSON_AND_ROW, KIND(contact_values),
	ARG("value", ARG_TEXT, OPTIONAL, N_("telephone number or address")),
	ARG("note", ARG_TEXT, OPTIONAL, N_("whose it is, when to call")),
	FROM, UNTIL, WHY, ARG_END
};
static const struct arg address_args[] = {
	PERSON_AND_ROW,
	ARG("street", ARG_TEXT, OPTIONAL, N_("street and number, room")),
	ARG("postcode", ARG_TEXT, OPTIONAL, N_("postcode")),
	ARG("city", ARG_TEXT, OPTIONAL, N_("town")),
	ARG("country", ARG_TEXT, OPTIONAL, N_("country, three letters; none: here")),
	SOURCE, FROM, UNTIL, WHY, ARG_END
};
static const struct arg language_args[] = {
	PERSON_AND_ROW,
	ARG("language", ARG_TEXT, OPTIONAL, N_("language, such as ar")),
	ARG("level", ARG_TEXT, OPTIONAL, N_("how well: native, fluent, some, reads")),
	ARG("interpreter", ARG_TEXT, OPTIONAL, N_("is one needed: none, needed, sign")),
	WHY, ARG_END
};
static const struct arg document_args[] = {
	PERSON_AND_ROW, KIND(document_values),
	ARG("number", ARG_TEXT, OPTIONAL, N_("number of the paper")),
	ARG("issuer", ARG_TEXT, OPTIONAL, N_("country or office that issued it")),
	ARG("from", ARG_TEXT, OPTIONAL, N_("day of issue, YYYY-MM-DD")),
	ARG("expires", ARG_TEXT, OPTIONAL, N_("last day it is valid, YYYY-MM-DD")),
	SOURCE,
	ARG("until", ARG_TEXT, OPTIONAL, N_("day it was lost, handed in or replaced")),
	ARG("mrz", ARG_TEXT, OPTIONAL, N_("its lines that a machine reads, instead of the rest")),
	WHY, ARG_END
};
static const struct arg drop_args[] = {
	PERSON_AND_VERSION, ARG_OF("what", REQUIRED, N_("which part"), part_values),
	ARG("row", ARG_ID, REQUIRED, N_("row to take away")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("why it was never right")), ARG_END
};

#define PART_COMMAND(noun, what)                                               \
	const struct command cmd_person_##noun = {                             \
		.name = "person." #noun, .args = noun##_args, \
		.flags = CMD_WRITE, .help = what, .run = run_##noun,           \
		.current = run_person_show,                                    \
	}

PART_COMMAND(name, N_("add or change a further name of a person"));
PART_COMMAND(identifier, N_("add or change a number that stands for a person"));
PART_COMMAND(contact, N_("add or change a way to reach a person"));
PART_COMMAND(address, N_("add or change an address; a new one ends the old"));
PART_COMMAND(language, N_("add or change a language of a person"));
PART_COMMAND(document, N_("add or change a paper of a person"));
PART_COMMAND(drop, N_("take away a row that was never right"));
