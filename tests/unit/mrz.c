/*
 * mrz.c - unit tests of the machine-readable zone (include/rules_mrz.h): the
 * specimens of ICAO Doc 9303, the German one, and what the others leave out.
 */
#include <check.h>
#include <string.h>

#include "rules_mrz.h"

Suite *suite_mrz(void);

#define TODAY day_from_ymd(2026, 11, 23)
static const struct mrz_window window = { .past_years = 10, .ahead_years = 20 };
#define HADDAD "P<SYRHADDAD<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<<\n"

/* Every field as read; "?" behind one that is not sure; then the digits. */
static const struct {
	const char *text, *read;
} zones[] = {
	/* M01 to M03 and the long numbers: ICAO */
	{ "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
	  "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
	  "TD3 P UTO L898902C3 [ERIKSSON|ANNA MARIA] 1974-08-12 f UTO 2012-04-15 [ZE184226B] ok" },
	{ "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\n"
	  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
	  "TD1 I UTO D23145890 [ERIKSSON|ANNA MARIA] 1974-08-12 f UTO 2012-04-15 [] ok" },
	{ "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
	  "TD2 I UTO D23145890 [ERIKSSON|ANNA MARIA] 1974-08-12 f UTO 2012-04-15 [] ok" },
	{ "I<UTOSTEVENSON<<PETER<<<<<<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8",
	  "TD2 I UTO D23145890734 [STEVENSON|PETER] 1934-07-12 m UTO 1995-07-12 [] ok" },
	{ "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\n"
	  "STEVENSON<<PETER<<<<<<<<<<<<<<",
	  "TD1 I UTO D23145890734 [STEVENSON|PETER] 1934-07-12 m UTO 1995-07-12 [] ok" },
	/* M08, M12, M14, M17, M19 */
	{ "IDD<<T220001293<<<<<<<<<<<<<<<\n6408125<2010315D<<<<<<<<<<<<<4\n"
	  "MUSTERMANN<<ERIKA<<<<<<<<<<<<<",
	  "TD1 ID D T22000129 [MUSTERMANN|ERIKA] 1964-08-12 x D 2020-10-31 [] ok" },
	{ "ARD<<YZ7K0M4P16<<<<<<<<<<<<<<<\n8507147<3012316AFG<<<<<<<<<<<6\n"
	  "AHMADI<<FARZANA<<<<<<<<<<<<<<<",
	  "TD1 AR D YZ7K0M4P1 [AHMADI|FARZANA] 1985-07-14 x AFG 2030-12-31 [] ok" },
	{ "MED<<TESFAY<<SELAM<<<<<<<<<<<<<<<<<<\nA<12345678ERI9203158F2611309<<<<<<<0",
	  "TD2 ME D A 1234567 [TESFAY|SELAM] 1992-03-15 f ERI 2026-11-30 [] ok" },
	{ "P<AFGABDULLAH<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
	  "P012345673AFG9901018M3001019<<<<<<<<<<<<<<<0",
	  "TD3 P AFG P01234567 [ABDULLAH|] 1999-01-01 m AFG 2030-01-01 [] ok" },
	{ "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
	  "L898902C36UTO7408122F1204159ZE184226B<<<<<11",
	  "TD3 P UTO L898902C3 [ERIKSSON|ANNA MARIA] 1974-08-12 f UTO 2012-04-15 [ZE184226B] "
	  "composite:0/1" },
	/* birth dates: the year, the month, nothing, 00 for unknown, today, tomorrow */
	{ HADDAD "N012345679SYR80<<<<6F2801016<<<<<<<<<<<<<<02",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1980 f SYR 2028-01-01 [] ok" },
	{ HADDAD "N012345679SYR8012<<1<2801016<<<<<<<<<<<<<<00",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1980-12 x SYR 2028-01-01 [] ok" },
	{ HADDAD "N012345679SYR<<<<<<0X2801016<<<<<<<<<<<<<<00",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] - x SYR 2028-01-01 [] ok" },
	{ HADDAD "N012345679SYR8000006M2801016<<<<<<<<<<<<<<02",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1980 m SYR 2028-01-01 [] ok" },
	{ HADDAD "N012345679SYR2611239M3611225<<<<<<<<<<<<<<<8",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 2026-11-23 m SYR 2036-11-22 [] ok" },
	{ HADDAD "N012345679SYR2611240M4611222<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1926-11-24 m SYR 2046-11-22 [] ok" },
	{ HADDAD "N012345679SYR9902299M4612229<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] -? m SYR 2046-12-22 [] ok" },
	{ HADDAD "N012345679SYR9013038F2801016<<<<<<<<<<<<<<08",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] -? f SYR 2028-01-01 [] ok" },
	{ HADDAD "N012345679SYR9005031F<<<<<<0<<<<<<<<<<<<<<08",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1990-05-03 f SYR - [] ok" },
	/* names: cut off, without a family name, with a digit; single ones above */
	{ "P<IRQAL<FATLAWI<<RASHID<ABDUL<RAHMAN<MOHAMME\n"
	  "A1<<<<<<<3IRQ9001011M3001019<<<<<<<<<<<<<<00",
	  "TD3 P IRQ A1 [AL FATLAWI|RASHID ABDUL RAHMAN MOHAMME|cut] 1990-01-01 m IRQ 2030-01-01 "
	  "[] ok" },
	{ "P<SYR<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
	  "N012345679SYR9005031F2801016<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567 [RANIA|] 1990-05-03 f SYR 2028-01-01 [] ok" },
	{ "P<SYRHADDAD<<RAN1A<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
	  "N012345679SYR9005031F2801016<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567 [HADDAD?|RAN1A?] 1990-05-03 f SYR 2028-01-01 [] ok" },
	/* sex and nationality that are none */
	{ HADDAD "N012345679SYR9005031Q2801016<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1990-05-03 -? SYR 2028-01-01 [] ok" },
	{ HADDAD "N0123456795YR9005031F2801016<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1990-05-03 f 5YR? 2028-01-01 [] ok" },
	/* German travel documents, card versions, a refugee's nationality, Kosovo */
	{ "PRD<<HADDAD<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<<\n"
	  "C01X00T478XXB9005031F2801016<<<<<<<<<<<<<<08",
	  "TD3 PR D C01X00T47 [HADDAD|RANIA] 1990-05-03 f XXB 2028-01-01 [] ok" },
	{ "ARD<<YZ7K0M4P16<<<<<<<<<<<<<<<\n8507147<3012316AFG2108<<<<<<<9\n"
	  "AHMADI<<<<<<<<<<<<<<<<<<<<<<<<",
	  "TD1 AR D YZ7K0M4P1 [AHMADI|] 1985-07-14 x AFG 2030-12-31 [] ok" },
	{ "IDD<<T220001293<<<<<<<<<<<<<<<\n6408125<3010312D<<2108<<<<<<<5\n"
	  "MUSTERMANN<<ERIKA<<<<<<<<<<<<<",
	  "TD1 ID D T22000129 [MUSTERMANN|ERIKA] 1964-08-12 x D 2030-10-31 [] ok" },
	{ "P<RKSKRASNIQI<<ARTA<<<<<<<<<<<<<<<<<<<<<<<<<\n"
	  "P000000016RKS9005031F2801016<<<<<<<<<<<<<<02",
	  "TD3 P RKS P00000001 [KRASNIQI|ARTA] 1990-05-03 f RKS 2028-01-01 [] ok" },
	/* one digit wrong at a time: the field it belongs to */
	{ HADDAD "N012345678SYR9005031F2801016<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567? [HADDAD|RANIA] 1990-05-03 f SYR 2028-01-01 [] number:9/8 "
	  "composite:9/6" },
	{ HADDAD "N012345679SYR9005032F2801016<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1990-05-03? f SYR 2028-01-01 [] born:1/2 "
	  "composite:9/6" },
	{ HADDAD "N012345679SYR9005031F2801017<<<<<<<<<<<<<<06",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1990-05-03 f SYR 2028-01-01? [] expires:6/7 "
	  "composite:7/6" },
	{ HADDAD "N012345679SYR9005031F2801016<<<<<<<<<<<<<<16",
	  "TD3 P SYR N01234567 [HADDAD|RANIA] 1990-05-03 f SYR 2028-01-01 []? optional:0/1 "
	  "composite:7/6" },
	{ "I<UTOD23145890<7348<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\n"
	  "STEVENSON<<PETER<<<<<<<<<<<<<<",
	  "TD1 I UTO D23145890734? [STEVENSON|PETER] 1934-07-12 m UTO 1995-07-12 [] number:9/8 "
	  "composite:9/2" },
	/* a filler may stand for the digit of an empty field only */
	{ "P<RKSBERISHA<<ARDIT<<<<<<<<<<<<<<<<<<<<<<<<<\n"
	  "K000987657RKS9912315M3306301<<<<<<<A<<<<<<<2",
	  "TD3 P RKS K00098765 [BERISHA|ARDIT] 1999-12-31 m RKS 2033-06-30 [A]? optional:0/<" },
	/* no breaks, breaks of other kinds, blanks, lower case */
	{ "p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<"
	  "l898902c36uto7408122f1204159ze184226b<<<<<10",
	  "TD3 P UTO L898902C3 [ERIKSSON|ANNA MARIA] 1974-08-12 f UTO 2012-04-15 [ZE184226B] ok" },
	{ " I<UTO D23145890 7 <<<<<<<<<<<<<<<|7408122 F 1204159 UTO<<<<<<<<<<<6|\r\n"
	  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\r\n\r\n",
	  "TD1 I UTO D23145890 [ERIKSSON|ANNA MARIA] 1974-08-12 f UTO 2012-04-15 [] ok" },
};

static const char *
told(struct arena *a, const struct mrz *m, enum mrz_field_id field)
{
	const struct mrz_field *f = &m->fields[field];
	bool bare = field == MRZ_GIVEN || field == MRZ_OPTIONAL;

	return arena_printf(a, "%s%s", *f->read || bare ? f->read : "-",
	    f->sure || field == MRZ_OPTIONAL ? "" : "?");
}

static const char *
told_all(struct arena *a, const struct mrz *m)
{
	const char *all = arena_printf(a, "%s %s %s %s [%s|%s%s] %s %s %s %s [%s]%s",
	    mrz_format_name(m->format), told(a, m, MRZ_KIND), told(a, m, MRZ_ISSUER),
	    told(a, m, MRZ_NUMBER), told(a, m, MRZ_FAMILY), told(a, m, MRZ_GIVEN),
	    m->names_cut ? "|cut" : "", told(a, m, MRZ_BORN), told(a, m, MRZ_SEX),
	    told(a, m, MRZ_NATIONALITY), told(a, m, MRZ_EXPIRES), told(a, m, MRZ_OPTIONAL),
	    m->fields[MRZ_OPTIONAL].sure ? "" : "?");
	bool holds = true;

	for (size_t i = 0; i < m->n_checks; i++) {
		const struct mrz_check *c = &m->checks[i];

		if (!c->holds)
			all = arena_printf(a, "%s %s:%c/%c", all,
			    state_name(&mrz_fields, (int)c->field), c->expected, c->found);
		holds &= c->holds;
	}
	return holds ? arena_printf(a, "%s ok", all) : all;
}

START_TEST(zones_are_read_by_field)
{
	struct arena *a = arena_new();
	struct mrz m;
	const char *why = mrz_read(a, zones[_i].text, TODAY, &window, &m), *all;
	bool sure;

	ck_assert_msg(!why, "%s: %s", zones[_i].text, why ? why : "");
	all = told_all(a, &m);
	ck_assert_str_eq(all, zones[_i].read);
	sure = !strchr(all, '?') && strstr(all, " ok");
	ck_assert_int_eq(m.valid, sure);
	ck_assert_int_eq(mrz_complaint(a, &m) == NULL, sure);
	arena_free(a);
}
END_TEST

static const struct {
	const char *text, *why;  /* part of the sentence */
} strangers[] = {
	{ "", "These are 0 signs" },
	{ "P<UTOERIKSSON", "These are 13 signs" },
	{ "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO", "Line 2 has 13 signs" },
	{ "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<\n"
	  "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
	  "Line 1 has 43 signs" },
	{ "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6", "Of 3 lines 2 came" },
	{ "P<UTOERIKSS\u00D6N<<ANNA", "A sign in line 1" },
	{ "P<UTO\nERIK.SON", "A sign in line 2" },
	{ "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
	  "L8988901C4XXX4009078F96121096ZE184226B<<<<<<", "This is a visa" },
};

START_TEST(what_is_no_zone_is_told)
{
	struct arena *a = arena_new();
	struct mrz m;
	const char *why = mrz_read(a, strangers[_i].text, TODAY, &window, &m);

	ck_assert_msg(why && strstr(why, strangers[_i].why), "%s: %s", strangers[_i].text,
	    why ? why : "read");
	arena_free(a);
}
END_TEST

START_TEST(complaints_name_the_fields)
{
	struct arena *a = arena_new();
	struct mrz m;

	ck_assert_ptr_null(mrz_read(a, HADDAD "N012345678SYR9005032F2801016<<<<<<<<<<<<<<06", TODAY,
	    &window, &m));
	ck_assert_str_eq(mrz_complaint(a, &m), "document number, birth date: check digit does not "
	    "hold. Scan again, or type this from the document.");
	ck_assert_ptr_null(mrz_read(a, HADDAD "N012345679SYR9005031Q2801017<<<<<<<<<<<<<<06", TODAY,
	    &window, &m));
	ck_assert_str_eq(mrz_complaint(a, &m), "expiry date: check digit does not hold; sex: cannot "
	    "be read. Scan again, or type this from the document.");
	ck_assert_ptr_null(mrz_read(a, HADDAD "N012345679SYR9005031F2801016<<<<<<<<<<<<<<07", TODAY,
	    &window, &m));
	ck_assert_str_eq(mrz_complaint(a, &m), "composite: check digit does not hold. Scan again, or "
	    "type this from the document.");
	arena_free(a);
}
END_TEST

/* Every single sign changed is noticed where a digit stands for it. */
START_TEST(no_misread_sign_of_line_two_stays_unseen)
{
	static const char good[] = HADDAD "N012345679SYR9005031F2801016<<<<<<<<<<<<<<06";
	struct arena *a = arena_new();

	for (size_t i = 45; i < 89; i++) {
		bool bare = (i >= 55 && i < 58) || i == 65; /* nationality and sex have none */
		char text[sizeof(good)];
		struct mrz m;

		memcpy(text, good, sizeof(good));
		text[i] = text[i] == '1' ? '7' : '1';
		ck_assert_ptr_null(mrz_read(a, text, TODAY, &window, &m));
		ck_assert_msg(!m.valid, "sign %zu", i);
		ck_assert_msg(bare || !m.checks[m.n_checks - 1].holds, "sign %zu", i);
	}
	arena_free(a);
}
END_TEST

static const struct {
	const char *first, *issuer, *name;
} codes[] = {
	{ "P<", "SYR", "passport" }, { "PS", "SYR", "passport" }, { "PS", "D<<", "travel" },
	{ "PT", "D<<", "travel" }, { "PR", "D<<", "travel" },
	{ "PU", "D<<", "travel" }, { "P<", "D<<", "passport" },
	{ "AR", "D<<", "residence_card" }, { "AS", "D<<", "residence_card" },
	{ "AF", "D<<", "residence_card" }, { "AR", "SYR", "other" }, { "ID", "D<<", "id_card" },
	{ "I<", "UTO", "id_card" }, { "ME", "D<<", "arrival" }, { "C<", "UTO", "other" },
};

START_TEST(codes_tell_the_kind_of_document)
{
	struct arena *a = arena_new();
	struct mrz m;

	ck_assert_ptr_null(mrz_read(a, arena_printf(a, "%s%sHADDAD<<RANIA<<<<<<<<<<<<<<<<<<<<<<<<<<"
	    "N012345679SYR9005031F2801016<<<<<<<<<<<<<<06", codes[_i].first, codes[_i].issuer),
	    TODAY, &window, &m));
	ck_assert_str_eq(mrz_kind_of(&m)->name, codes[_i].name);
	arena_free(a);
}
END_TEST

/* What a reader types, sign by sign: whole at the last one and not before. */
static void
type_zone(const char *before, const char *zone)
{
	struct arena *a = arena_new();
	const char *all = arena_printf(a, "%s%s", before, zone);
	bool whole;

	for (size_t n = 1; n < strlen(all); n++) {
		mrz_tail(arena_strndup(a, all, n), &whole);
		ck_assert_msg(!whole, "%.*s", (int)n, all);
	}
	ck_assert_str_eq(mrz_tail(all, &whole), zone);
	ck_assert(whole);
	arena_free(a);
}

START_TEST(zones_are_known_among_what_is_typed)
{
	bool whole;

	for (size_t i = 0; i < COUNT_OF(zones); i++) {
		char zone[120] = "", *to = zone;

		if (!strchr("PIAM", zones[i].text[0]) || strchr(zones[i].read, '?'))
			continue;
		for (const char *c = zones[i].text; *c; c++)
			if (*c != '\n')
				*to++ = *c;
		type_zone("", zone);
		if (strstr(zones[i].read, " ok"))
			type_zone("MAR", zone);
	}
	ck_assert_ptr_null(mrz_tail("MUSTERMANN", &whole));
	ck_assert_ptr_null(mrz_tail("PAPIERFABRIKDIREKTIONSGEBAEUDE", &whole));
	ck_assert_ptr_nonnull(mrz_tail("P<UTOERIKSSON<<ANNA<MA", &whole));
	ck_assert(!whole);
}
END_TEST

Suite *
suite_mrz(void)
{
	Suite *s = suite_create("mrz");
	TCase *c = tcase_create("mrz");

	tcase_add_loop_test(c, zones_are_read_by_field, 0, COUNT_OF(zones));
	tcase_add_loop_test(c, what_is_no_zone_is_told, 0, COUNT_OF(strangers));
	tcase_add_test(c, complaints_name_the_fields);
	tcase_add_test(c, no_misread_sign_of_line_two_stays_unseen);
	tcase_add_loop_test(c, codes_tell_the_kind_of_document, 0, COUNT_OF(codes));
	tcase_add_test(c, zones_are_known_among_what_is_typed);
	suite_add_tcase(s, c);
	return s;
}
