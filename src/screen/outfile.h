/*
 * outfile.h - private to src/screen: texts that a clerk takes along, as files
 * of their own in tresen-slips, in their home.
 */
#ifndef TRESEN_SCREEN_OUTFILE_H
#define TRESEN_SCREEN_OUTFILE_H

#include "screen.h"

/*
 * Writes text to NAME.txt there; nobody else on the machine may read it.  Says
 * where it lies, or what went wrong.  The path (in s->mem), or NULL.
 */
const char *outfile_save(struct screen *s, const char *name, const char *text);

#endif
