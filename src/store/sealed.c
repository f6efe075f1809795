/*
 * sealed.c - layer 2: what was entrusted to a closed unit stands sealed in its
 * columns (base/seal.c), so that changesets, the log of the file and copies of
 * it hold sealed text too.  Called by the files of store/ that read and write
 * such columns.  Must never put an opened text into the file.
 *
 * A case of a closed unit is entrusted, unless it is offered to another unit:
 * then that unit is to read what it would take.  A note is entrusted where it
 * was written, for ever.  Without the key a connection reads and writes sealed
 * texts as they are, and rows with a sealed name are not there for it.
 */
#include "sealed.h"

#include <stdlib.h>

#include "store_seal.h"

/* No text of a person holds control characters: they part what lies in a box. */
#define PART_ENDS '\x1f'
#define PART_NULL "\x02"

/* ---- the key ---- */

enum status
db_unlock(struct arena *mem, struct db *db, const char *path, const char **why)
{
	struct op op = { .mem = mem, .db = db };
	const char *id;

	*why = NULL;
	if (store_office_get(&op, "seal_key", &id) != ST_OK) {
		*why = op.fail.sentence;
		return ST_STORE;
	}
	seal_free(db->seal);
	db->seal = seal_read(mem, path, why);
	if (!db->seal)
		return ST_STORE;
	if (strcmp(id, seal_id(db->seal)) == 0)
		return ST_OK;
	seal_free(db->seal);
	db->seal = NULL;
	*why = arena_printf(mem, _("%s is not the key of this office. Look for the file that "
	    "tresen-admin key made for it."), path);
	return ST_STORE;
}

bool
db_has_key(const struct db *db)
{
	return db->seal != NULL;
}

/* ---- what is entrusted ---- */

bool
writes_entrusted(const struct op *op)
{
	return op->by && op->by->unit_closed;
}

enum status
unit_entrusted(struct op *op, const char *unit, const char *offered_to, bool *entrusted)
{
	static const char sql[] = "SELECT 1 FROM unit WHERE code = ?1 AND closed = 1";
	sqlite3_stmt *q = db_query(op, sql);

	*entrusted = false;
	bind_text(q, 1, unit);
	return offered_to ? ST_OK : db_any(op, q, entrusted);
}

enum status
case_entrusted(struct op *op, int64_t case_id, bool *entrusted)
{
	static const char sql[] = "SELECT 1 FROM case_file c JOIN unit u ON u.code = c.unit"
	                          " WHERE c.id = ?1 AND u.closed = 1 AND c.offered_to IS NULL";
	sqlite3_stmt *q = db_query(op, sql);

	bind_int(q, 1, case_id);
	return db_any(op, q, entrusted);
}

const char *
place_key(struct op *op, int64_t id)
{
	return arena_printf(op->mem, "%lld", (long long)id);
}

const char *
text_shut(struct op *op, bool entrusted, const struct seal_place *at, const char *text)
{
	if (!text || !entrusted || !op->db->seal || seal_is(text))
		return text;
	return seal_text(op->db->seal, op->mem, at, text);
}

const char *
text_open(struct op *op, const struct seal_place *at, const char *text)
{
	const char *plain;

	if (!seal_is(text) || !op->db->seal)
		return text;
	plain = unseal_text(op->db->seal, op->mem, at, text);
	if (plain)
		return plain;
	log_line("%s %s: column %s was not sealed there, or under a key that is gone", at->table,
	    at->key, at->column);
	return _("[This was not sealed here, or its key is gone. Tell the administrator.]");
}

/* ---- boxes ---- */

const struct box answer_box = { "case_answer", "field", "value", 2 };
const struct box document_box = { "case_document", "key", "reason", 7 };
const struct box warning_box = { "case_warning", "path", "reason", 3 };

const char *
box_name(struct op *op, const struct box *b, int64_t case_id, const char *word)
{
	const struct seal_place at = { b->table, b->name, place_key(op, case_id) };

	return seal_name(op->db->seal, op->mem, &at, word);
}

static struct seal_place
box_place(struct op *op, const struct box *b, int64_t case_id, const char *name)
{
	return (struct seal_place){ b->table, b->column,
	    arena_printf(op->mem, "%lld %s", (long long)case_id, name) };
}

const char *
box_shut(struct op *op, const struct box *b, int64_t case_id, const char *name,
         const char *const parts[])
{
	const struct seal_place at = box_place(op, b, case_id, name);
	const char *text = "";

	for (int i = 0; i < b->parts; i++)
		text = arena_printf(op->mem, "%s%s%c", text, parts[i] ? parts[i] : PART_NULL,
		    PART_ENDS);
	return text_shut(op, true, &at, text);
}

bool
box_open(struct op *op, const struct box *b, int64_t case_id, const char *name,
         const char *sealed, const char *parts[BOX_PARTS])
{
	const struct seal_place at = box_place(op, b, case_id, name);
	char *text, *end;

	if (!op->db->seal || !seal_is(sealed))
		return false;
	text = arena_strdup(op->mem, text_open(op, &at, sealed));
	for (int i = 0; i < b->parts; i++, text = end + 1) {
		end = strchr(text, PART_ENDS);
		if (!end)
			return false;
		*end = '\0';
		parts[i] = strcmp(text, PART_NULL) == 0 ? NULL : text;
	}
	return true;
}
