/*
 * note.c - layer 3: the reason of an act as a note in the file.  Called by the
 * acts, and by whatever shows notes.  In the file what the office itself writes
 * is English, whoever wrote it: each reader gets it in their own language.
 */
#include <string.h>

#include "guard.h"
#include "text.h"

static const char *const heads[] = {
	[NOTE_TAKEN_OVER] = N_("Taken over"), [NOTE_REOPENED] = N_("Reopened"),
	[NOTE_ASSIGNED] = N_("Assigned"), [NOTE_SENT_BACK] = N_("Sent back"),
	[NOTE_TAKEN_BACK] = N_("Taken back"),
};

enum status
keep_reason(struct op *op, int64_t case_id, enum note_head head, const char *reason)
{
	const char *clean;
	int64_t note;

	if (!reason || !*reason)
		return ST_OK;
	TRY(clean_text(op, "reason", reason, TEXT_LONG, false, &clean));
	return store_note_add(op, case_id, arena_printf(op->mem, "%s: %s", heads[head], clean),
	    false, &note);
}

const char *
note_told(struct op *op, const char *text)
{
	for (size_t i = 0; text && i < COUNT_OF(heads); i++) {
		size_t n = strlen(heads[i]);

		if (strncmp(text, heads[i], n) == 0 && text[n] == ':')
			return arena_printf(op->mem, "%s%s", tr(heads[i]), text + n);
	}
	return text;
}
