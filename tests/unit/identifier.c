/*
 * identifier.c - unit tests of the numbers of people
 * (include/rules_identifier.h).
 */
#include <check.h>

#include "rules_identifier.h"

Suite *suite_identifier(void);

#define OK IDENTIFIER_OK
#define WARN IDENTIFIER_WARN
#define INVALID IDENTIFIER_INVALID

static const struct {
	enum identifier_kind kind;
	const char *typed;
	enum identifier_verdict verdict;
	const char *normal, *shown; /* NULL: as typed */
} numbers[] = {
	{ IDENTIFIER_TAX, "86095742719", OK, "86095742719", "86 095 742 719" },
	{ IDENTIFIER_TAX, "47 036 892 816", OK, "47036892816", "47 036 892 816" },
	{ IDENTIFIER_TAX, "65929970489", OK, "65929970489", "65 929 970 489" },
	{ IDENTIFIER_TAX, "57549285017", OK, "57549285017", "57 549 285 017" },
	{ IDENTIFIER_TAX, "86095742718", INVALID, NULL, NULL },
	{ IDENTIFIER_TAX, "06095742718", INVALID, NULL, NULL },
	{ IDENTIFIER_TAX, "8609574271", INVALID, NULL, NULL },
	{ IDENTIFIER_TAX, "860957427190", INVALID, NULL, NULL },
	/* no digit twice; one four times; two twice; three in a row */
	{ IDENTIFIER_TAX, "12345678903", WARN, "12345678903", "12 345 678 903" },
	{ IDENTIFIER_TAX, "11213141566", WARN, "11213141566", "11 213 141 566" },
	{ IDENTIFIER_TAX, "11223456785", WARN, "11223456785", "11 223 456 785" },
	{ IDENTIFIER_TAX, "11123456786", WARN, "11123456786", "11 123 456 786" },

	{ IDENTIFIER_IBAN, "DE89370400440532013000", OK, "DE89370400440532013000",
	  "DE89 3704 0044 0532 0130 00" },
	{ IDENTIFIER_IBAN, "de75 5121 0800 1245 1261 99", OK, "DE75512108001245126199",
	  "DE75 5121 0800 1245 1261 99" },
	{ IDENTIFIER_IBAN, "AT611904300234573201", OK, "AT611904300234573201",
	  "AT61 1904 3002 3457 3201" },
	{ IDENTIFIER_IBAN, "GB29NWBK60161331926819", OK, "GB29NWBK60161331926819",
	  "GB29 NWBK 6016 1331 9268 19" },
	{ IDENTIFIER_IBAN, "LT121000011101001000", OK, "LT121000011101001000",
	  "LT12 1000 0111 0100 1000" },
	{ IDENTIFIER_IBAN, "UA213223130000026007233566001", OK, "UA213223130000026007233566001",
	  "UA21 3223 1300 0002 6007 2335 6600 1" },
	{ IDENTIFIER_IBAN, "DE89370400440532013001", INVALID, NULL, NULL },
	{ IDENTIFIER_IBAN, "DE8937040044053201300", INVALID, NULL, NULL },
	{ IDENTIFIER_IBAN, "89370400440532013000", INVALID, NULL, NULL },
	{ IDENTIFIER_IBAN, "DE8937040044053201300Ä", INVALID, NULL, NULL },
	{ IDENTIFIER_IBAN, "ZZ22370400440532013000", WARN, "ZZ22370400440532013000",
	  "ZZ22 3704 0044 0532 0130 00" },
	{ IDENTIFIER_IBAN, "", INVALID, NULL, NULL },

	{ IDENTIFIER_AZR, "150917123456", OK, "150917123456", "150917123456" },
	{ IDENTIFIER_AZR, "150917 123-456", OK, "150917123456", "150917123456" },
	{ IDENTIFIER_AZR, "151317123456", INVALID, NULL, NULL },
	{ IDENTIFIER_AZR, "150932123456", INVALID, NULL, NULL },
	{ IDENTIFIER_AZR, "15091712345", INVALID, NULL, NULL },
	{ IDENTIFIER_AZR, "1509171234567", INVALID, NULL, NULL },
	{ IDENTIFIER_AZR, "15091712345O", INVALID, NULL, NULL },

	{ IDENTIFIER_AKN, "A 1234567", OK, "A1234567", "A 1234567" },
	{ IDENTIFIER_AKN, "a1234567", OK, "A1234567", "A 1234567" },
	{ IDENTIFIER_AKN, "A 1234567 8", OK, "A1234567", "A 1234567" },
	{ IDENTIFIER_AKN, "A 1234567 9", INVALID, NULL, NULL },
	{ IDENTIFIER_AKN, "A 1234567 88", INVALID, NULL, NULL },
	{ IDENTIFIER_AKN, "A123456", INVALID, NULL, NULL },
	{ IDENTIFIER_AKN, "11234567", INVALID, NULL, NULL },

	{ IDENTIFIER_D, "D123456789012", OK, "D123456789012", "D123456789012" },
	{ IDENTIFIER_D, "D12345678901", INVALID, NULL, NULL },
	{ IDENTIFIER_D, "D1234567890123", INVALID, NULL, NULL },
	{ IDENTIFIER_PKZ, "7", OK, "7", "7" },
	{ IDENTIFIER_PKZ, "1234567890", OK, "1234567890", "1234567890" },
	{ IDENTIFIER_PKZ, "12345678901", INVALID, NULL, NULL },
	{ IDENTIFIER_PKZ, "", INVALID, NULL, NULL },
	{ IDENTIFIER_PKZ, "12A", INVALID, NULL, NULL },
	{ IDENTIFIER_BAMF, "1234567-475", OK, "1234567475", "1234567-475" },
	{ IDENTIFIER_BAMF, "1234567\u2013475", OK, "1234567475", "1234567-475" },
	{ IDENTIFIER_BAMF, "1234567-476", WARN, "1234567476", "1234567-476" },
	{ IDENTIFIER_BAMF, "123456-475", INVALID, NULL, NULL },
	{ IDENTIFIER_CARD, "YZ7K0M4P1", OK, "YZ7K0M4P1", "YZ7K0M4P1" },
	{ IDENTIFIER_CARD, "yz7k0m4p1 6", OK, "YZ7K0M4P1", "YZ7K0M4P1" },
	{ IDENTIFIER_CARD, "YZ7K0M4P15", INVALID, NULL, NULL },
	{ IDENTIFIER_CARD, "YZ7KOM4P1", INVALID, NULL, NULL },
	{ IDENTIFIER_FILE, "33.1/2019-Mü 7", OK, "33.1/2019MÜ7", "33.1/2019-Mü 7" },
	{ IDENTIFIER_FILE, " - ", INVALID, NULL, NULL },
};

START_TEST(numbers_are_checked_by_their_kind)
{
	struct arena *a = arena_new();
	struct identifier id = identifier_check(a, numbers[_i].kind, numbers[_i].typed);

	ck_assert_msg(id.verdict == numbers[_i].verdict, "%s: %d, %s", numbers[_i].typed,
	    (int)id.verdict, id.sentence ? id.sentence : "");
	ck_assert_str_eq(id.normal, numbers[_i].normal ? numbers[_i].normal : numbers[_i].typed);
	ck_assert_str_eq(id.shown, numbers[_i].shown ? numbers[_i].shown : numbers[_i].typed);
	ck_assert_int_eq(id.sentence != NULL, id.verdict != OK);
	arena_free(a);
}
END_TEST

/* § 78 AufenthG: a card's number links nothing. */
START_TEST(cards_and_accounts_are_no_keys)
{
	for (size_t i = 0; i < identifier_kinds.n; i++) {
		enum identifier_kind kind = (enum identifier_kind)i;
		bool key = kind != IDENTIFIER_CARD && kind != IDENTIFIER_IBAN;

		ck_assert_msg(identifier_is_key(kind) == key, "%s",
		    state_name(&identifier_kinds, (int)i));
	}
}
END_TEST

Suite *
suite_identifier(void)
{
	Suite *s = suite_create("identifier");
	TCase *c = tcase_create("identifier");

	tcase_add_loop_test(c, numbers_are_checked_by_their_kind, 0, COUNT_OF(numbers));
	tcase_add_test(c, cards_and_accounts_are_no_keys);
	suite_add_tcase(s, c);
	return s;
}
