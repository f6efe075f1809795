/*
 * store_document.h - layer 2: the papers people hold (person_document).  Part
 * of store.h by noun.
 */
#ifndef TRESEN_STORE_DOCUMENT_H
#define TRESEN_STORE_DOCUMENT_H

#include "store_work.h"

/*
 * Who holds a document of this number, as a passport or under the number kind
 * of a person (person_identifier), or NULL for documents only.  Number without
 * blanks and hyphens, in capitals.  Residence cards are never looked up: their
 * numbers must not link files (§ 78 AufenthG).
 */
MUST_CHECK enum status store_document_people(struct op *op, const char *number, const char *kind,
                                             int limit, struct person **list, size_t *n);

#endif
