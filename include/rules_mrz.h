/*
 * rules_mrz.h - layer 1: the machine-readable zone of passports and cards.
 * Part of rules.h by noun: pure functions, told the day.  Source: ICAO Doc
 * 9303 parts 3 to 6; Germany: § 78 AufenthG, § 4 AufenthV, AKNV Annex 2.
 */
#ifndef TRESEN_RULES_MRZ_H
#define TRESEN_RULES_MRZ_H

#include "rules.h"

/* Check digit of n signs of the zone (0-9, A-Z, <): '0' to '9'. */
char mrz_digit(const char *text, size_t n);

#endif
