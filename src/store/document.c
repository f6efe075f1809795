/*
 * document.c - layer 2: the papers people hold.  Called by service/scan.c.
 * Must never find a person by the number of a residence card.
 */
#include "store_document.h"

#include "db.h"

struct holder {
	int64_t id;
};

static void
read_holder(struct op *op, sqlite3_stmt *q, void *item)
{
	(void)op;
	((struct holder *)item)->id = col_int(q, 0);
}

enum status
store_document_people(struct op *op, const char *number, const char *kind, int limit,
                      struct person **list, size_t *n)
{
	static const char sql[] =
	    "SELECT coalesce(p.merged_into, p.id) FROM ("
	    " SELECT person_id FROM person_document WHERE number = ?1 AND kind <> 'residence_card'"
	    " UNION SELECT person_id FROM person_identifier WHERE value = ?1 AND kind = ?2) f"
	    " JOIN person p ON p.id = f.person_id GROUP BY 1 ORDER BY 1 LIMIT ?3";
	sqlite3_stmt *q = db_query(op, sql);
	struct holder *holders;

	bind_text(q, 1, number);
	bind_text(q, 2, kind);
	bind_int(q, 3, limit);
	TRY(db_all(op, q, read_holder, sizeof(*holders), &holders, n));
	*list = arena_array(op->mem, struct person, *n);
	for (size_t i = 0; i < *n; i++)
		TRY(store_person_find(op, holders[i].id, &(*list)[i]));
	return ST_OK;
}
