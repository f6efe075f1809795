/*
 * demo_papers.c - layer 5: what invented people hold: numbers with good check
 * digits that no office has given out, passports, what they speak of German,
 * here and there a lock.  Called by demo_people.c.  Has dice of its own: who
 * the people are does not hang on it.
 */
#include "demo.h"

#include <stdio.h>
#include <string.h>

static void
identifier_add(struct invented *p, const char *kind, const char *value, const char *source)
{
	*invented_add(p, PART_IDENTIFIER) = (struct invented_row){
		.value = { kind, value, source }, .plain = value, .mark = true,
	};
}

/* The day of the first entry, then six digits. */
static const char *
azr_invent(struct dice *d, struct arena *mem, int entered)
{
	int year, month, day;

	day_to_ymd(entered, &year, &month, &day);
	return arena_printf(mem, "%02d%02d%02d%06d", year % 100, month, day,
	    dice_below(d, 1000000));
}

/* § 139b AO: ten digits of which one stands twice, and ISO 7064 MOD 11,10. */
static const char *
tax_invent(struct dice *d, struct arena *mem)
{
	char digits[12] = "1234567890";
	int p = 10;

	for (int i = 9; i > 0; i--) {
		int k = dice_below(d, i + 1);
		char c = digits[i];

		digits[i] = digits[k];
		digits[k] = c;
	}
	digits[5] = digits[2];
	if (digits[0] == '0') {
		digits[0] = digits[9];
		digits[9] = '0';
	}
	for (int i = 0; i < 10; i++) {
		int s = (digits[i] - '0' + p) % 10;

		p = 2 * (s ? s : 10) % 11;
	}
	digits[10] = (char)('0' + (11 - p) % 10);
	return arena_strdup(mem, digits);
}

/* An account at a bank that does not exist, with the right check digits. */
static const char *
iban_invent(struct dice *d, struct arena *mem)
{
	const char *account = arena_printf(mem, "99999999%010d", dice_below(d, 1000000000));
	const char *all = arena_printf(mem, "%s131400", account); /* D = 13, E = 14 */
	int rest = 0;

	for (const char *at = all; *at; at++)
		rest = (rest * 10 + *at - '0') % 97;
	return arena_printf(mem, "DE%02d%s", 98 - rest, account);
}

static const char *
day_text(struct arena *mem, int day)
{
	char iso[11];

	return arena_strdup(mem, day_iso(day, iso));
}

/* Passports last ten years; some have ended, few end soon.  Issued before they were
 * seen here, and after the birth. */
static void
passport_add(struct dice *d, struct arena *mem, struct invented *p, int day)
{
	int issued = day - dice_between(d, 20, 7 * 365), letter = dice_below(d, 26), birth;
	const char *number = arena_printf(mem, "%c%08d", 'A' + letter, dice_below(d, 100000000));

	if (day_parse(p->born, &birth) && issued < birth)
		issued = birth + (day - birth) / 2;
	p->passport_ends = issued + 3652;
	*invented_add(p, PART_DOCUMENT) = (struct invented_row){
		.value = { "passport", number, p->country, day_text(mem, issued),
			day_text(mem, p->passport_ends), "Original" },
	};
}

/* How much German there is, and who needs help to be understood. */
static void
german_add(struct dice *d, struct invented *p)
{
	struct invented_rows *rows = &p->parts[PART_LANGUAGE];
	int german = dice_below(d, 100);

	if (rows->n == 0 || strcmp(rows->list[0].value[0], "de") == 0)
		return;
	rows->list[0].value[1] = "native";
	rows->list[0].value[2] = german < 35 ? "needed" : german < 60 ? "none" : NULL;
	if (german >= 35)
		*invented_add(p, PART_LANGUAGE) = (struct invented_row){
			.value = { "de", german < 75 ? "some" : "fluent" },
		};
}

static void
lock_add(struct dice *d, struct arena *mem, struct invented *p, int today)
{
	p->lock_day = day_text(mem, today + dice_between(d, -100, 2 * 365));
	p->lock_reason = dice_percent(d, 60) ? "Meldebehörde, Gefahr durch Angehörige"
	    : "Meldebehörde, § 51 BMG";
}

void
papers_invent(struct dice *d, struct arena *mem, struct invented *p, int day, int today)
{
	bool adult = p->member < 2;

	/* a register of foreigners */
	if (strcmp(p->country, "DEU") != 0 && dice_percent(d, 85))
		identifier_add(p, "azr", azr_invent(d, mem, p->entered), "AZR");
	if (adult && dice_percent(d, 45))
		identifier_add(p, "iban", iban_invent(d, mem), "Bankkarte");
	if (adult && dice_percent(d, 30))
		identifier_add(p, "tax", tax_invent(d, mem), "Schreiben des BZSt");
	if (dice_percent(d, 55))
		passport_add(d, mem, p, day);
	german_add(d, p);
	if (dice_below(d, 120) == 0)
		lock_add(d, mem, p, today);
}
