/*
 * concern_word.h - private to rules/: one word of a concern with another.
 */
#ifndef TRESEN_RULES_CONCERN_WORD_H
#define TRESEN_RULES_CONCERN_WORD_H

#include "base.h"

/* 0 to 100: how much a word that was said means a known one.  Both in capitals;
 * open: it may go on. */
int word_like(const char *said, const char *known, bool open);

#endif
