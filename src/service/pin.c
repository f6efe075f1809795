/*
 * pin.c - layer 3: the PIN that uncovers a clerk's screen.  Called by
 * command/office.c.  Must never keep a PIN itself, nor say one.
 */
#include "guard.h"
#include "pin.h"
#include "service_pin.h"
#include "store.h"
#include "text.h"

#include <string.h>

enum status
pin_cover(struct op *op, struct cover *c)
{
	const char *training, *hash;

	TRY(store_pin_get(op, &hash));
	TRY(store_office_get(op, "training", &training));
	*c = (struct cover){ .pin = hash != NULL };
	if (strcmp(training, "yes") == 0)
		return ST_OK;
	TRY(office_number(op, "cover_minutes", &c->minutes));
	return office_number(op, "leave_minutes", &c->leave_minutes);
}

static enum status
pin_compare(struct op *op, const char *hash, const char *pin, const char *field)
{
	if (pin && strlen(pin) <= PIN_MOST && pin_fits(hash, pin))
		return ST_OK;
	return op_fail_field(op, ST_INVALID, field, _("This is not your PIN. Type it again."));
}

enum status
pin_check(struct op *op, const char *pin)
{
	const char *hash;

	TRY(store_pin_get(op, &hash));
	if (!hash)
		return op_fail_field(op, ST_INVALID, "pin",
		    _("You have not chosen a PIN. Leave with F10 and log in again."));
	return pin_compare(op, hash, pin, "pin");
}

/* One sign all over, or a row of digits, is tried first by anybody. */
static bool
is_guessed(const char *pin)
{
	bool same = true, row = true;

	for (const char *p = pin + 1; *p; p++) {
		same &= *p == *pin;
		row &= *p == p[-1] + 1 || *p == p[-1] - 1;
	}
	return same || row;
}

enum status
pin_prepare(struct op *op, const char *new, const char *old, const char **hash)
{
	char *made = arena_alloc(op->mem, PIN_HASH);
	const char *before;

	TRY(store_pin_get(op, &before));
	if (before)
		TRY(pin_compare(op, before, old, "old"));
	if (text_length(new) < PIN_LEAST || strlen(new) > PIN_MOST)
		return op_fail_field(op, ST_INVALID, "new",
		    _("A PIN has at least %d signs. Type a longer one."), PIN_LEAST);
	if (is_guessed(new))
		return op_fail_field(op, ST_INVALID, "new",
		    _("This PIN is guessed at once. Choose one that is no row of the same or of "
		      "neighbouring signs."));
	if (!pin_hash(new, made))
		return op_fail(op, ST_BUSY, _("There is not enough memory just now. Try again."));
	*hash = made;
	return ST_OK;
}

enum status
pin_keep(struct op *op, const char *hash)
{
	op_touch(op, "staff", op->by->id);
	return store_pin_put(op, hash);
}
