/*
 * sealed.h - private to store/: columns that hold what was entrusted to a
 * closed unit.  See sealed.c.
 */
#ifndef TRESEN_STORE_SEALED_H
#define TRESEN_STORE_SEALED_H

#include "db.h"
#include "seal.h"

/* Is what the acting clerk writes entrusted, whatever it is about? */
bool writes_entrusted(const struct op *op);
/* Does what lies in a case of this unit stay in it? */
MUST_CHECK enum status unit_entrusted(struct op *op, const char *unit, const char *offered_to,
                                      bool *entrusted);
MUST_CHECK enum status case_entrusted(struct op *op, int64_t case_id, bool *entrusted);

/* A text as it is to stand in its column; NULL stays NULL. */
const char *text_shut(struct op *op, bool entrusted, const struct seal_place *at,
                      const char *text);
/* A text of a column as it was written; still sealed where this connection has
 * no key to it. */
const char *text_open(struct op *op, const struct seal_place *at, const char *text);
/* A number as the key of a place. */
const char *place_key(struct op *op, int64_t id);

/*
 * Rows that tell something by being there, such as an answer to one question:
 * of an entrusted one all columns of meaning go into one, sealed, and its name in
 * the key is a sealed one.
 */
#define BOX_PARTS 7
struct box {
	const char *table, *name, *column; /* the name's column, the sealed one */
	int parts;
};
extern const struct box answer_box, document_box, warning_box;

/* The name of a row in the key: of an entrusted one nobody can tell what it means. */
const char *box_name(struct op *op, const struct box *b, int64_t case_id, const char *word);
const char *box_shut(struct op *op, const struct box *b, int64_t case_id, const char *name,
                     const char *const parts[]);
/* False: this connection cannot read it. */
bool box_open(struct op *op, const struct box *b, int64_t case_id, const char *name,
              const char *sealed, const char *parts[BOX_PARTS]);

/* What lies in a case stands as the case is now, sealed or plain: whoever it is
 * offered to reads it, whoever takes it home shuts it again. */
MUST_CHECK enum status case_reseal(struct op *op, int64_t case_id);

/* sealed_history.c: what an event tells of sealed rows, in the words that were
 * sealed; without what this connection cannot read. */
void changes_open(struct op *op, struct list *changes);

#endif
