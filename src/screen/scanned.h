/*
 * scanned.h - layer 3: a document that was scanned, for the screens that do
 * something with it: search, take-in, changing a record.
 */
#ifndef TRESEN_SCREEN_SCANNED_H
#define TRESEN_SCREEN_SCANNED_H

#include "personform.h"

/*
 * What the engine reads in a zone: "scan" and "people", see tresen-protocol(7).
 * NULL: it is no zone.  What is wrong with it stands on the message line.
 * Lives until the load after this one.
 */
const json_t *scan_ask(struct screen *s, const char *zone);

/* "passport N01234567, expired: HADDAD RANIA *1990-05-03" */
const char *scan_line(struct arena *a, const json_t *scan);

/*
 * Puts a scan into the form: only into empty fields, and nothing that a digit
 * speaks against; what was wrong is told under its field.  Returns in how many
 * fields something else stands already; the scanned value is told under them.
 */
size_t scan_fill(struct screen *s, struct person_form *p, const json_t *scan);
/* Keeps the document in the form, until it is saved or the person is another. */
void scan_keep(struct person_form *p, const char *zone, const json_t *scan);
/* scan_fill of the document that is kept; where it says otherwise choices are asked,
 * one of which is scan_overwrite. */
unsigned scan_take(struct screen *s, struct person_form *p, const struct binding *choices);
/* Takes over what scan_fill has left as it was. */
unsigned scan_overwrite(struct screen *s, struct person_form *p);

#endif
