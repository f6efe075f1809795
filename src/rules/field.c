/*
 * field.c - layer 1: names of what can be owned, changed and proposed in a
 * person's record.  Called by service/, command/ and admin/.
 */
#include "rules_person.h"

#include <string.h>

#define X(id, name, label) name,
static const char *const proposal_names[] = { PROPOSAL_STATE_LIST(X) };
#undef X
#define X(id, name, label) label,
static const char *const proposal_labels[] = { PROPOSAL_STATE_LIST(X) };
#undef X
const struct state_list proposal_states = { proposal_names, proposal_labels,
	COUNT_OF(proposal_names) };

const char *const main_fields[] = {
	"family", "given", "source", "born", "sex", "nationality", "language", "phone", "address",
	NULL
};

/* The first that fits stands for its field. */
static const struct {
	const char *field, *owned_as, *label;
} fields[] = {
	{ "family", "name", N_("Family name") },
	{ "given", "name", N_("Given names") },
	{ "source", "name", N_("Source of the name") },
	{ "born", "born", N_("Date of birth") },
	{ "sex", "sex", N_("Sex") },
	{ "nationality", "nationality", N_("Nationality") },
	{ "phone", "contact", N_("Telephone") },
	{ "lock", "lock", N_("Lock against disclosure") },
	{ "unlock", "unlock", N_("End of the lock") },
};

enum part
field_part(const char *field, const char **kind)
{
	const char *dot = strchr(field, '.');

	*kind = dot ? dot + 1 : NULL;
	for (int part = 0; part < PARTS; part++) {
		const char *name = part_specs[part].name;
		size_t n = strlen(name);

		if (strncmp(field, name, n) != 0 || (field[n] && field[n] != '.'))
			continue;
		if (*kind && (part_specs[part].kind < 0 || state_by_name(
		    part_specs[part].fields[part_specs[part].kind].choices, *kind) < 0))
			return PARTS;
		return (enum part)part;
	}
	return PARTS;
}

const char *
field_owned_as(const char *field)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (strcmp(fields[i].field, field) == 0)
			return fields[i].owned_as;
	return field;
}

const char *
field_label(const char *field)
{
	const char *kind;
	enum part part;

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (strcmp(fields[i].field, field) == 0)
			return tr(fields[i].label);
	part = field_part(field, &kind);
	if (part == PARTS)
		return field;
	return kind ? part_value_label(&part_specs[part].fields[part_specs[part].kind], kind)
	            : state_label(&part_names, (int)part);
}

bool
field_known(const char *field)
{
	const char *kind;

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (strcmp(fields[i].field, field) == 0)
			return true;
	return field_part(field, &kind) != PARTS;
}
