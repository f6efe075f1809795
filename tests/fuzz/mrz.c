/*
 * mrz.c - fuzz target: any text as the machine-readable zone of a document.
 * What is read keeps the promises of include/rules_mrz.h.
 */
#include <string.h>

#include "rules_mrz.h"
#include "rules_order.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TODAY 20780              /* 2026-11-23 */
static const struct mrz_window window = { .past_years = 10, .ahead_years = 20 };

static void
check_fields(struct arena *a, const struct mrz *m)
{
	const char *born = m->fields[MRZ_BORN].read, *expires = m->fields[MRZ_EXPIRES].read;
	int day;

	for (size_t i = 0; i < MRZ_FIELDS; i++)
		invariant(m->fields[i].raw && m->fields[i].read);
	invariant(!*born || birth_valid(born, TODAY));
	invariant(!*expires || day_parse(expires, &day));
	invariant(m->valid == (mrz_complaint(a, m) == NULL));
	for (size_t i = 0; i < m->n_checks; i++)
		invariant(m->checks[i].holds || !m->fields[m->checks[i].field].sure);
	invariant(mrz_kind_of(m)->name && mrz_format_name(m->format));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	char *text = arena_strndup(a, (const char *)data, size);
	const char *why, *from;
	struct mrz m;
	bool whole;

	why = mrz_read(a, text, TODAY, &window, &m);
	invariant(!why || *why);
	if (!why)
		check_fields(a, &m);
	from = mrz_tail(text, &whole);
	invariant(!from || (from >= text && from < text + strlen(text)));
	invariant(!whole || *from == 'V' || !mrz_read(a, from, TODAY, &window, &m));
	arena_free(a);
	return 0;
}
