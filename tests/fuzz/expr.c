/*
 * expr.c - fuzz target: any text as an expression, in each of the places where
 * one may stand.  It is taken or told, never half; what is taken has a value
 * under any answers, and the same one twice.
 */
#include <stdlib.h>
#include <string.h>

#include "form_read.h"
#include "form_state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LABEL "label={de=\"L\";en=\"L\";};"
#define FIELD(key, type) "{key=\"" key "\";type=\"" type "\";" LABEL "},"
#define PICK "choices=({key=\"a\";" LABEL "},{key=\"b\";" LABEL "});"

static const char fields[] =
    FIELD("yn", "yes_no") FIELD("n", "number") FIELD("m", "number") FIELD("eur", "money")
    FIELD("dec", "decimal") FIELD("day", "date") FIELD("part", "part_date") FIELD("text", "text")
    FIELD("at", "time") FIELD("per", "period") FIELD("paper", "document")
    "{key=\"pick\";type=\"choice\";" LABEL PICK "},"
    "{key=\"many\";type=\"choices\";" LABEL PICK "},"
    "{key=\"kids\";type=\"repeat\";" LABEL "fields=(" FIELD("cost", "money")
    "{key=\"trips\";type=\"repeat\";" LABEL "fields=({key=\"fare\";type=\"money\";" LABEL "});});},";

/* The text as libconfig writes it. */
static const char *
quoted(struct arena *a, const uint8_t *data, size_t size)
{
	char *text = arena_alloc(a, size * 2 + 1), *to = text;

	for (size_t i = 0; i < size; i++) {
		if (data[i] == '"' || data[i] == '\\')
			*to++ = '\\';
		*to++ = data[i] < 0x20 ? ' ' : (char)data[i];
	}
	*to = '\0';
	return text;
}

static void
try_as(struct arena *a, const char *type, const char *setting, const char *text)
{
	static const char *const answers[] = {
		"{}", "{\"yn\":true,\"n\":7,\"m\":0,\"eur\":5,\"dec\":\"1.5\",\"day\":\"2026-01-31\","
		"\"part\":\"1990\",\"text\":\"x\",\"at\":\"08:30\",\"per\":\"2026-01-01/\","
		"\"paper\":\"C/2027-01-01\",\"pick\":\"a\",\"many\":\"a,b\",\"kids\":[{\"cost\":1,"
		"\"trips\":[{\"fare\":2}]},{}]}",
	};
	struct form_world world = { .today = 20780, .stage = FORM_DECISION };
	struct form_errors errors;
	struct form *f = form_parse(a, "fuzz", arena_printf(a, "key=\"f\";version=1;valid_from="
	    "\"2026-01-01\";title={de=\"T\";en=\"T\";};sections=({key=\"s\";title={de=\"T\";"
	    "en=\"T\";};fields=(%s{key=\"it\";type=\"%s\";" LABEL "%s=\"%s\";});});", fields, type,
	    setting, text), &errors);

	invariant(!f == (errors.count > 0));
	for (size_t i = 0; f && i < COUNT_OF(answers); i++) {
		json_t *j = json_loads(answers[i], 0, NULL);
		const struct form_cell *one = form_cell_at(form_evaluate(a, f, j, &world), "it");
		const struct form_cell *two = form_cell_at(form_evaluate(a, f, j, &world), "it");

		invariant(one->seen == two->seen && one->value.known == two->value.known &&
		          one->value.number == two->value.number);
		json_decref(j);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = { "number", "money", "decimal", "date", "text" };
	struct arena *a = arena_new();
	const char *text = quoted(a, data, size);

	try_as(a, "text", "show", text);
	for (size_t i = 0; i < COUNT_OF(types); i++)
		try_as(a, types[i], "compute", text);
	arena_free(a);
	return 0;
}
