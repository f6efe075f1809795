/*
 * note.c - layer 3: the reason of an act as a note in the file.  Called by the
 * acts, by whatever shows notes, and by tresen-admin migrate.  In the file what
 * the office itself writes is English, whoever wrote it: each reader gets it in
 * their own language.  Must never translate what somebody typed.
 */
#include <string.h>

#include "guard.h"
#include "text.h"

static const struct { const char *command, *word; } heads[] = {
	[NOTE_TAKEN_OVER] = { "case.take", N_("Taken over") },
	[NOTE_REOPENED] = { "case.reopen", N_("Reopened") },
	[NOTE_ASSIGNED] = { "case.assign", N_("Assigned") },
	[NOTE_SENT_BACK] = { "case.return", N_("Sent back") },
	[NOTE_TAKEN_BACK] = { "case.withdraw", N_("Taken back") },
};

enum status
keep_reason(struct op *op, int64_t case_id, enum note_head head, const char *reason)
{
	const char *clean;
	int64_t note;

	if (!reason || !*reason)
		return ST_OK;
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &clean));
	return store_note_add(op, case_id, arena_printf(op->mem, "%s: %s", heads[head].word, clean),
	    NOTE_HEADED, &note);
}

const char *
note_told(struct op *op, const char *text, bool headed)
{
	for (size_t i = 0; text && headed && i < COUNT_OF(heads); i++) {
		size_t n = strlen(heads[i].word);

		if (strncmp(text, heads[i].word, n) == 0 && text[n] == ':')
			return arena_printf(op->mem, "%s%s", tr(heads[i].word), text + n);
	}
	return text;
}

enum status
note_heads_missing(struct op *op, int64_t **ids, size_t *n)
{
	const char *commands[COUNT_OF(heads)];

	for (size_t i = 0; i < COUNT_OF(heads); i++)
		commands[i] = heads[i].command;
	return store_note_unmarked(op, commands, COUNT_OF(heads), ids, n);
}
