/*
 * mrz.c - layer 1: reads the machine-readable zone of passports and cards.
 * Called by service/ and the screens.  Must never guess a sign.
 */
#include "rules_mrz.h"

static int
value_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 0;
}

char
mrz_digit(const char *text, size_t n)
{
	static const int weights[] = { 7, 3, 1 };
	int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += value_of(text[i]) * weights[i % 3];
	return (char)('0' + sum % 10);
}
