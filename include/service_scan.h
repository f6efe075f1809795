/*
 * service_scan.h - layer 3: the machine-readable zone of a document that
 * somebody laid on the counter.  Part of service.h by noun.
 */
#ifndef TRESEN_SERVICE_SCAN_H
#define TRESEN_SERVICE_SCAN_H

#include "rules_mrz.h"
#include "service_find.h"

struct scan {
	struct mrz mrz;
	bool read;                       /* false: no zone at all, mrz holds nothing */
	const char *nationality;         /* code list country; NULL: the zone says none */
	const char *nationality_label;   /* or what the code means, or NULL */
	const char *issuer, *issuer_label; /* the same of who issued it */
	struct hit *people;              /* by number, then by name; best first */
	size_t n_people;
};

/*
 * Reads a zone and finds whom it may belong to, by what is sure of it only.
 * ST_INVALID: a check digit does not hold, or something cannot be read; the
 * sentence names the fields, and scan holds all the rest.
 */
MUST_CHECK enum status person_scan(struct op *op, const char *text, struct scan *scan);
/*
 * Puts a scanned document on the person's record, or renews the row it has
 * there.  ST_INVALID when its number cannot be relied on.
 */
MUST_CHECK enum status person_document_scanned(struct op *op, int64_t id, int64_t seen,
                                               const char *text, struct person *p);

#endif
