/*
 * search.h - private to store/: rows of spelling_people.  4096 people a row,
 * 16 bits each: 12 of the person's number, then 4 on the name.
 */
#ifndef TRESEN_STORE_SEARCH_PRIVATE_H
#define TRESEN_STORE_SEARCH_PRIVATE_H

#include "db.h"

#define CHUNK_BITS 12
#define CHUNK_PEOPLE (1 << CHUNK_BITS)
#define CHUNK_OF_SPELLING_BITS 24
#define MARK_UNITS 3             /* how many units the name has, less one; 3: or more */
#define MARK_MAIN 4              /* stands in the main name */
#define MARK_FAMILY 8            /* as family name */

static inline int64_t
chunk_row(int64_t spelling_id, int64_t chunk)
{
	return (spelling_id << CHUNK_OF_SPELLING_BITS) + chunk;
}

static inline unsigned
entry_at(const uint8_t *bytes, size_t i)
{
	return bytes[2 * i] | (unsigned)bytes[2 * i + 1] << 8;
}

#endif
