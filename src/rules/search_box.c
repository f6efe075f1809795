/*
 * search_box.c - layer 1: one line of typing taken apart: names, a date of
 * birth, the numbers it may be.  Called by service/find.c.
 */
#include "rules_box.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PHONE_MIN 6              /* digits: fewer are no number to find people by */
#define NUMBER_MIN 4
#define OLDEST_YEAR 1880
#define TOKENS_MAX 64            /* words of a line; the rest is left out */

struct reader {
	struct arena *mem;
	struct search_box *box;
	int year;                /* this one */
	char *names;             /* end of what was kept for names */
};

/* ---- dates ---- */

static void
add_born(struct reader *r, int year, int month, int day)
{
	struct search_box *box = r->box;

	if (box->n_born == BOX_BORN_MAX)
		return;
	/* 25.05. or 05/25: only one of them can be the month */
	if (month > 12 && day <= 12) {
		int swap = month;

		month = day;
		day = swap;
	}
	box->born[box->n_born++] = (struct birth){ year, month, day };
}

static int
whole_year(const struct reader *r, int year, size_t digits)
{
	if (digits == 4)
		return year;
	return 2000 + year <= r->year ? 2000 + year : 1900 + year;
}

static bool
plausible(const struct reader *r, int year, int month, int day)
{
	return year >= OLDEST_YEAR && year <= r->year && month >= 0 && day >= 0 &&
	    ((month <= 12 && day <= 31) || (month <= 31 && day <= 12));
}

/* Numbers and the signs between them: 3.5.1990, 1990-05-03, 05/1990, 1990. */
static size_t
numbers_of(const char *token, int number[3], size_t digits[3], char *sign)
{
	const char *at = token;
	size_t n = 0;

	*sign = '\0';
	while (isdigit((unsigned char)*at) && n < 3) {
		digits[n] = strspn(at, "0123456789");
		if (digits[n] > 4)
			return 0;
		number[n] = atoi(at);
		at += digits[n++];
		if (!*at)
			return n;
		if (!strchr(".-/", *at))
			return 0;
		*sign = *at++;
	}
	return *at ? 0 : n;
}

static bool
read_date(struct reader *r, const char *token)
{
	size_t digits[3] = { 0 }, n;
	int v[3] = { 0 };
	char sign;

	n = numbers_of(token, v, digits, &sign);
	if (n == 0)
		return false;
	if (n == 1 && digits[0] == 4 && plausible(r, v[0], 0, 0)) {
		add_born(r, v[0], 0, 0);
		return true;
	}
	/* ISO: the year comes first */
	if (n >= 2 && digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2 &&
	    plausible(r, v[0], v[1], v[2])) {
		add_born(r, v[0], v[1], v[2]);
		return true;
	}
	if (n == 2 && digits[0] <= 2 && digits[1] == 4 && v[0] <= 12 && plausible(r, v[1], v[0], 0)) {
		add_born(r, v[1], v[0], 0);
		return true;
	}
	if (n == 3 && digits[0] <= 2 && digits[1] <= 2 && (digits[2] == 4 || digits[2] == 2)) {
		v[2] = whole_year(r, v[2], digits[2]);
		if (plausible(r, v[2], v[1], v[0])) {
			add_born(r, v[2], v[1], v[0]);
			return true;
		}
	}
	return false;
}

/* 03051990 and 19900503: a date, and perhaps a number too. */
static void
read_packed_date(struct reader *r, const char *token)
{
	int packed;

	if (strlen(token) != 8 || strspn(token, "0123456789") != 8)
		return;
	packed = atoi(token);
	if (plausible(r, packed % 10000, packed / 10000 % 100, packed / 1000000))
		add_born(r, packed % 10000, packed / 10000 % 100, packed / 1000000);
	else if (plausible(r, packed / 10000, packed / 100 % 100, packed % 100))
		add_born(r, packed / 10000, packed / 100 % 100, packed % 100);
}

/* In figures, or its first letters in German or English: 4, April, Mrz. */
static int
month_named(const char *token)
{
	static const struct { const char *begins; int month; } names[] = {
		{ "jan", 1 }, { "feb", 2 }, { "m\xC3\xA4r", 3 }, { "maer", 3 }, { "mrz", 3 },
		{ "mar", 3 }, { "apr", 4 }, { "mai", 5 }, { "may", 5 }, { "jun", 6 }, { "jul", 7 },
		{ "aug", 8 }, { "sep", 9 }, { "okt", 10 }, { "oct", 10 }, { "nov", 11 },
		{ "dez", 12 }, { "dec", 12 },
	};
	size_t digits = strspn(token, "0123456789");

	if (digits > 0)
		return digits <= 2 && !token[digits] ? atoi(token) : 0;
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strncasecmp(token, names[i].begins, strlen(names[i].begins)) == 0)
			return names[i].month;
	return 0;
}

/* ---- numbers ---- */

/* Without blanks and hyphens; a file number keeps its points and strokes. */
static void
add_number_as(struct reader *r, const char *text, const char *kept)
{
	char *number = arena_strdup(r->mem, text), *to = number;
	size_t digits = 0;

	for (const char *c = text; *c; c++)
		if (isalnum((unsigned char)*c) || strchr(kept, *c)) {
			digits += isdigit((unsigned char)*c) != 0;
			*to++ = (char)toupper((unsigned char)*c);
		} else if ((unsigned char)*c >= 0x80) {
			return;
		}
	*to = '\0';
	if (digits < 2 || strlen(number) < NUMBER_MIN || r->box->n_numbers == BOX_NUMBERS_MAX)
		return;
	for (size_t i = 0; i < r->box->n_numbers; i++)
		if (strcmp(r->box->numbers[i], number) == 0)
			return;
	r->box->numbers[r->box->n_numbers++] = number;
}

static void
add_number(struct reader *r, const char *text)
{
	add_number_as(r, text, "./");
	add_number_as(r, text, "");
}

/* 2026-004711, 2026-4711, 4711. */
static void
read_case(struct reader *r, const char *token)
{
	size_t first = strspn(token, "0123456789"), second;
	int number;

	if (first == 0 || first > 6)
		return;
	number = atoi(token);
	if (!token[first]) {
		r->box->case_number = number;
		return;
	}
	second = strspn(token + first + 1, "0123456789");
	if (first == 4 && strchr("-/", token[4]) && second > 0 && second <= 6 &&
	    !token[5 + second]) {
		r->box->case_year = number;
		r->box->case_number = atoi(token + 5);
	}
}

static void
read_ticket(struct reader *r, const char *token)
{
	size_t digits = strspn(token + 1, "0123456789");

	if (isalpha((unsigned char)token[0]) && digits > 0 && digits <= 3 && !token[1 + digits]) {
		r->box->ticket_letter = (char)toupper((unsigned char)token[0]);
		r->box->ticket_number = atoi(token + 1);
	}
}

static bool
is_phone_part(const char *token)
{
	return *token && token[strspn(token, "0123456789+-/()")] == '\0';
}

/* Digits behind country code, area code's zero and the (0) between, backwards. */
static void
read_phone(struct reader *r, const char *text)
{
	char *digits = arena_strdup(r->mem, text), *to = digits, *from = digits;
	bool abroad = strchr(text, '+') != NULL;

	for (const char *c = text; *c; c++)
		if (strncmp(c, "(0)", 3) == 0)
			c += 2;
		else if (isdigit((unsigned char)*c))
			*to++ = *c;
	*to = '\0';
	if (strncmp(from, "00", 2) == 0) {
		from += 2;
		abroad = true;
	}
	/* our own country's code is left out by half of all who write */
	if (abroad && strncmp(from, "49", 2) == 0)
		from += 2;
	if (*from == '0')
		from++;
	if (strlen(from) < PHONE_MIN)
		return;
	for (char *a = from, *b = from + strlen(from) - 1; a < b; a++, b--) {
		char swap = *a;

		*a = *b;
		*b = swap;
	}
	r->box->phone = from;
}

/* ---- the line ---- */

static void
keep_for_names(struct reader *r, const char *token)
{
	if (r->names > r->box->names)
		*r->names++ = ' ';
	r->names = stpcpy(r->names, token);
}

/* 7 4 1991, 7. 4. 1991, 7. April 1991: how many tokens, 0 for none. */
static size_t
read_spaced_date(struct reader *r, char *const *token, size_t n)
{
	int month = n < 3 ? 0 : month_named(token[1]), day = n < 3 ? 0 : atoi(token[0]);
	size_t digits = n < 3 ? 0 : strspn(token[0], "0123456789");
	int year = n < 3 ? 0 : atoi(token[2]);

	if (digits < 1 || digits > 2 || token[0][digits + (token[0][digits] == '.')] ||
	    strspn(token[2], "0123456789") != 4 || token[2][4] || !month ||
	    !plausible(r, year, month, day))
		return 0;
	add_born(r, year, month, day);
	return 3;
}

/* "geb." and the like say that a date follows. */
static bool
is_born_word(const char *token, const char *next)
{
	static const char *const words[] = { "geb", "geboren", "born", "am", "dob" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strcasecmp(token, words[i]) == 0)
			return next && (isdigit((unsigned char)*next) || is_born_word(next, "0"));
	return false;
}

static void
read_token(struct reader *r, char *token)
{
	if (!strpbrk(token, "0123456789")) {
		if (*token)
			keep_for_names(r, token);
		return;
	}
	read_case(r, token);
	read_ticket(r, token);
	if (read_date(r, token))
		return;
	read_packed_date(r, token);
	add_number(r, token);
}

/* The numbers that stand together from here on, as one telephone number. */
static size_t
read_phone_parts(struct reader *r, char *const *token, size_t n)
{
	char phone[64] = "";
	size_t parts = 0;

	for (; parts < n && is_phone_part(token[parts]) &&
	    strlen(phone) + strlen(token[parts]) < sizeof(phone); parts++)
		strcat(phone, token[parts]);
	if (parts > 0 && !r->box->phone)
		read_phone(r, phone);
	return parts;
}

static char *
trimmed(char *token)
{
	size_t n = strlen(token);

	while (n > 0 && strchr(",;.*", token[n - 1]))
		token[--n] = '\0';
	return token[0] == '*' ? token + 1 : token;
}

static bool
ends_open(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && !strchr(" ,;.-", text[n - 1]) && !isdigit((unsigned char)text[n - 1]);
}

void
search_box_read(struct arena *a, const char *text, int today, struct search_box *box)
{
	struct reader r = { .mem = a, .box = box };
	char *save = NULL, *copy = arena_strdup(a, text), *token[TOKENS_MAX];
	size_t n = 0, phone_until = 0, skip;
	int month, day;

	r.names = arena_alloc(a, strlen(text) + 2);
	*box = (struct search_box){ .names = r.names, .open = ends_open(text) };
	day_to_ymd(today, &r.year, &month, &day);
	for (char *t = strtok_r(copy, " \t", &save); t && n < TOKENS_MAX;
	    t = strtok_r(NULL, " \t", &save))
		token[n++] = trimmed(t);
	for (size_t i = 0; i < n; i += skip) {
		skip = read_spaced_date(&r, token + i, n - i);
		if (skip > 0 || (skip = is_born_word(token[i], i + 1 < n ? token[i + 1] : NULL)))
			continue;
		if (i >= phone_until)
			phone_until = i + read_phone_parts(&r, token + i, n - i);
		read_token(&r, token[i]);
		skip = 1;
	}
	/* numbers are written with blanks, too */
	add_number(&r, text);
}

/* ---- dates of birth that are compared ---- */

bool
birth_parse(const char *text, struct birth *b)
{
	int *const parts[] = { &b->year, &b->month, &b->day };

	/* by hand: a search reads ten thousand of them */
	*b = (struct birth){ 0, 0, 0 };
	for (size_t i = 0; text && *text && i < COUNT_OF(parts); i++) {
		for (; *text >= '0' && *text <= '9' && *parts[i] < 1000; text++)
			*parts[i] = *parts[i] * 10 + *text - '0';
		text += *text == '-';
	}
	return b->year > 0;
}

static bool
is_vague(const struct birth *b)
{
	return !b->month || (b->month == 1 && b->day == 1);
}

enum birth_match
birth_match(const struct birth *a, const struct birth *b)
{
	bool day = a->month == b->month && a->day == b->day;

	if (!a->year || !b->year)
		return BIRTH_UNKNOWN;
	if (a->year != b->year)
		return day && a->day && abs(a->year - b->year) == 1 ? BIRTH_NEAR : BIRTH_OTHER;
	if (day)
		return BIRTH_EQUAL;
	if (a->day && a->day == b->month && a->month == b->day)
		return BIRTH_TURNED;
	if (is_vague(a) || is_vague(b) || (a->month == b->month && (!a->day || !b->day)))
		return BIRTH_VAGUE;
	return BIRTH_YEAR;
}
