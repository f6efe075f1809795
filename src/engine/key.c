/*
 * key.c - layer 5: which engine serves whom: what is entrusted to closed units
 * is sealed, and only the engine that has their key serves them.  Called by
 * run.c.  Must never tell more than where somebody is to go.
 */
#include "engine.h"

#include <unistd.h>

#include "store_seal.h"

/* Beside the office file: for an office of one user, who reads it all anyway. */
static const char *
key_beside(struct arena *mem, const char *office)
{
	const char *path = arena_printf(mem, KEY_BESIDE, office);

	return access(path, F_OK) == 0 ? path : NULL;
}

enum status
key_take(struct session *s, const char **why)
{
	const char *path = s->key || s->other ? s->key : key_beside(s->mem, s->path);

	return path ? db_unlock(s->mem, s->db, path, why) : ST_OK;
}

enum status
key_fits(struct session *s, struct op *op)
{
	bool closed = op->by && op->by->unit_closed;

	if (!op->by || (closed ? db_has_key(s->db) : !s->key))
		return ST_OK;
	s->elsewhere = s->other;
	if (!closed)
		return op_fail(op, ST_DENIED, _("This socket is for those who work on what is "
		    "entrusted. Use the common one of the office%s%s."), s->other ? ": " : "",
		    s->other ? s->other : "");
	if (s->other)
		return op_fail(op, ST_DENIED, _("What you work on is sealed. Connect to the socket "
		    "of your unit: %s"), s->other);
	return op_fail(op, ST_DENIED, _("What you work on is sealed, and its key is not here. Ask "
	    "the administrator for tresen-admin key."));
}
