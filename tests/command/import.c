/*
 * import.c - tresen-admin import: what goes in, what is told, what is written
 * to the file of rejected rows, and that nobody comes in twice.
 */
#include "harness_admin.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store.h"

#define HEAD "family,given,born,sex,nationality,azr,phone,street,postcode,city,language,arrived\n"
#define ROWS 5000

Suite *suite_import(void);

static char file[4200], rejects[4300], fresh[4200];

/* An office without people, made once and copied. */
static void
fresh_begin(void)
{
	office_begin();
	ck_assert_msg(admin("init %s --training", office) == 0, "%s", said);
	snprintf(fresh, sizeof(fresh), "%s", office);
}

static void
fresh_end(void)
{
	office_lock_remove(fresh);
	shell("rm -r '%.*s'", (int)(strrchr(fresh, '/') - fresh), fresh);
}

static void
begin(void)
{
	office_begin();
	shell("cp '%s' '%s'", fresh, office);
	snprintf(file, sizeof(file), "%.*s/people.csv", (int)(strrchr(office, '/') - office),
	         office);
	snprintf(rejects, sizeof(rejects), "%.*s.rejects.csv", (int)strlen(file) - 4, file);
}

static void
bytes(const char *text, size_t n)
{
	FILE *f = fopen(file, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(text, 1, n, f), n);
	ck_assert_int_eq(fclose(f), 0);
}

/* Writes the file and imports it; the exit code. */
static int
import(const char *text, const char *options)
{
	bytes(text, strlen(text));
	return admin("import %s people %s %s", office, file, options);
}

static int
people(void)
{
	return count("SELECT count(*) FROM person");
}

/* said, or fails with what was said instead */
static void
told(const char *words)
{
	ck_assert_msg(strstr(said, words) != NULL, "\"%s\" is missing in:\n%s", words, said);
}

/* ---- what goes in ---- */

START_TEST(everything_a_row_says_is_kept)
{
	ck_assert_int_eq(import(HEAD "Haddad,Rania,3.5.1990,weiblich,Syrien/IRQ,240101 123456,"
	    "+49 30 5550100,Weg 1,10115,Berlin,Arabisch,31.1.2024\n", ""), 0);
	told("1 row read: 1 brought in, 0 there already, 0 rejected.");
	ck_assert_int_eq(count("SELECT count(*) FROM person WHERE display = 'HADDAD, Rania'"
	    " AND born = '1990-05-03' AND sex = 'f' AND arrived_day = '2024-01-31'"), 1);
	ck_assert_int_eq(count("SELECT count(*) FROM person_nationality"
	    " WHERE country IN ('SYR', 'IRQ')"), 2);
	ck_assert_int_eq(count("SELECT count(*) FROM person_identifier WHERE kind = 'azr'"
	    " AND value = '240101123456'"), 1);
	/* the administrator's program is nobody of the staff */
	ck_assert_int_eq(count("SELECT count(*) FROM event WHERE command = 'person.import'"
	    " AND staff_id IS NULL"), 1);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

START_TEST(columns_come_in_any_order_and_most_may_be_missing)
{
	ck_assert_int_eq(import("\xEF\xBB\xBF" "Born;FAMILY\r\n1990;\"Abdi;\r\nAli\"\r\n", ""), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM person WHERE born = '1990'"
	    " AND display = 'ABDI; ALI'"), 1);
}
END_TEST

/* As other registers and spreadsheets write: their words for the columns, codes
 * of two letters, unknown days, rows that are empty but for separators. */
START_TEST(files_of_others_are_understood)
{
	ck_assert_int_eq(import("sep=;\n"
	    "Nachname;Vorname(n);Geb.-Datum;Geschlecht;Staatsangehörigkeit;AZR-Nummer;Telefon;"
	    "Straße;PLZ;Ort;Sprache;Einreise\n"
	    "Haddad;Rania;00.00.1990;w;SY/Irakisch/SYR;;;Weg 1;10115;Berlin;ar;31.1.2024\n"
	    ";;;;;;;;;;;\n"
	    "Doe;Jo;0.5.1991;;staatenlos;;;;;;;\n; ; ;;;;;;;;;\n", ""), 0);
	told("2 rows read: 2 brought in, 0 there already, 0 rejected.");
	ck_assert_int_eq(count("SELECT count(*) FROM person WHERE born IN ('1990', '1991-05')"), 2);
	ck_assert_int_eq(count("SELECT count(*) FROM person_nationality"
	    " WHERE country IN ('SYR', 'IRQ', 'XXA')"), 3);
	ck_assert_int_eq(count("SELECT count(*) FROM person_address WHERE postcode = '10115'"), 1);
	/* the same rows, with tabs between and fewer columns, are other rows */
	ck_assert_int_eq(import("Surname\tdate of birth\tZIP\nDoe\t1991-05\t10115\n\t\t\n", ""), 0);
	told("1 row read: 1 brought in, 0 there already, 0 rejected.");
}
END_TEST

static const struct { const char *sex, *kept; } sexes[] = {
	{ "m", "m" }, { "MALE", "m" }, { "männlich", "m" }, { "w", "f" }, { "female", "f" },
	{ "d", "d" }, { "divers", "d" }, { "x", "x" },
};

START_TEST(words_for_sex)
{
	char text[80], query[80];

	snprintf(text, sizeof(text), "family,sex\nAli,%s\n", sexes[_i].sex);
	ck_assert_int_eq(import(text, ""), 0);
	snprintf(query, sizeof(query), "SELECT count(*) FROM person WHERE sex = '%s'",
	         sexes[_i].kept);
	ck_assert_int_eq(count(query), 1);
}
END_TEST

/* ---- what does not ---- */

static const struct { const char *row, *reason; } bad[] = {
	{ "Ali,x,31.2.1990,,,,,,,,,", "\"31.2.1990\" is no date of birth. Write 1990-05-03" },
	{ "Ali,x,2090,,,,,,,,,", "\"2090\" is no date of birth" },
	{ "Ali,x,,z,,,,,,,,", "\"z\" is none of m, f, d, x" },
	{ "Ali,x,,,Atlantis,,,,,,,", "\"Atlantis\" is no country" },
	{ "Ali,x,,,SYR/stateless,,,,,,,", "stateless and unclear stand alone" },
	{ "Ali,x,5.0.1990,,,,,,,,,", "\"5.0.1990\" is no date of birth" },
	{ "Ali,x,,,,1234,,,,,,", "An AZR number has 12 digits" },
	{ "Ali,x,,,,,call me,,,,,", "\"call me\" is no telephone number" },
	{ "Ali,x,,,,,,,,,Klingon,", "\"Klingon\" is not on the list" },
	{ "Ali,x,,,,,,,,,,2090-01-01", "\"2090-01-01\" is no day until today" },
	{ "Ali,x,,,,,,,,,,2024", "\"2024\" is no day until today" },
	{ "Ali\x1b[31m,x,,,,,,,,,,", "family: there is a control character, or a sign that nobody sees, in \"Ali␛[31m\"" },
	{ "Ali,\xE2\x80\xAEx,,,,,,,,,,", "given: there is a control character" },
	{ "حداد,x,,,,,,,,,,", "(U+062D) is not among the Latin letters of DIN 91379" },
	{ ",Nobody,,,,,,,,,,", "The name is missing." },
	{ "-,Nobody,,,,,,,,,,", "\"-\" is no name." },
	{ "Ali,x", "There are 2 columns here, and 12 in the first line." },
	{ "Ali,\"x,,,,,,,,,,", "A quote opens and never closes." },
	{ "Ali,x\"y,,,,,,,,,,", "A quote stands inside a text." },
};

START_TEST(a_bad_row_is_told_and_the_rest_goes_in)
{
	char text[600];

	snprintf(text, sizeof(text), HEAD "Before,x,,,,,,,,,,\n%s\nAfter,x,,,,,,,,,,\n",
	         bad[_i].row);
	ck_assert_int_eq(import(text, ""), 65);
	told("people.csv:3: ");
	told(bad[_i].reason);
	told("3 rows read: 2 brought in, 0 there already, 1 rejected.");
	told(rejects);
	ck_assert_int_eq(people(), 2);
	/* nothing of the file reaches the terminal unseen */
	ck_assert_ptr_null(strchr(said, '\x1b'));
}
END_TEST

START_TEST(a_row_that_is_too_long_is_told)
{
	char text[1200] = "family\n";

	memset(text + 7, 'a', 1000);
	strcpy(text + 1007, "\nAli\n");
	ck_assert_int_eq(import(text, ""), 65);
	told("people.csv:2: family: too long, 200 bytes fit.");
	ck_assert_int_eq(people(), 1);
}
END_TEST

START_TEST(all_that_is_wrong_is_told_at_once)
{
	ck_assert_int_eq(import("family,born,sex\nAli,never,z\n", ""), 65);
	told("is no date of birth");
	told("is none of m, f, d, x");
}
END_TEST

START_TEST(rejected_rows_are_mended_and_imported)
{
	ck_assert_int_eq(import("given;family;born\nRania;Haddad;31.2.1990\nOmar;Ali;1980\n", ""),
	                 65);
	shell("cat %s", rejects);
	ck_assert_str_eq(said, "reason;given;family;born\n\"line 2: born: \"\"31.2.1990\"\" is no "
	    "date of birth. Write 1990-05-03, 3.5.1990 or 1990.\";Rania;Haddad;31.2.1990\n");
	shell("stat -c %%a %s | grep -qx 600", rejects);
	/* still wrong: its own rejects hold the reason once, and are for nobody else */
	shell("touch %s.again; chmod 644 %s.again", file, file);
	ck_assert_int_eq(admin("import %s people %s --rejects %s.again", office, rejects, file), 65);
	shell("grep -c reason %s.again | grep -qx 1 && grep -q '^reason;given;family;born$' "
	    "%s.again && grep -q ';Rania;Haddad;31.2.1990$' %s.again", file, file, file);
	shell("stat -c %%a %s.again | grep -qx 600", file);
	shell("sed -i 's/31.2.1990$/28.2.1990/' %s", rejects);
	ck_assert_int_eq(admin("import %s people %s", office, rejects), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM person WHERE born = '1990-02-28'"), 1);
	ck_assert_int_eq(people(), 2);
}
END_TEST

START_TEST(a_file_of_rejects_is_never_overwritten)
{
	shell("echo mending > %s", rejects);
	ck_assert_int_eq(import("family,born\nAli,never\n", ""), 65);
	told("people.rejects-2.csv");
	shell("grep -qx mending %s", rejects);
	ck_assert_int_eq(admin("import %s people %s --rejects %s", office, file, file), 65);
	told("cannot go into the file that is read");
	shell("grep -qx Ali,never %s", file);
}
END_TEST

/* ---- the head ---- */

static const struct { const char *text, *sentence; } heads[] = {
	{ "", "people.csv is empty." },
	{ "family,gebroen\nAli,1990\n", "Nobody knows the column \"gebroen\"." },
	{ "born,given\n1990,Ali\n", "The column \"family\" is missing." },
	{ "family,born,Family\nAli,,\n", "The column \"Family\" is there twice." },
	{ "family,reason\nAli,x\n", "Nobody knows the column \"reason\"." },
	{ "\"family\nAli\n", "The first line cannot be read." },
};

START_TEST(a_head_that_is_not_understood_brings_nobody)
{
	ck_assert_int_eq(import(heads[_i].text, ""), 65);
	told(heads[_i].sentence);
	ck_assert_int_eq(people(), 0);
	ck_assert_int_ne(access(rejects, F_OK), 0);
}
END_TEST

/* ---- encodings ---- */

START_TEST(an_encoding_is_declared)
{
	ck_assert_int_eq(import("family\nM\xFCller\n", ""), 65);
	told("is not UTF-8: look at line 2. Say how it was saved");
	ck_assert_int_eq(import("family\nM\xFCller\n", "--encoding WINDOWS-1252"), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM person WHERE display = 'MÜLLER'"), 1);
	bytes("\xFF\xFE" "f\0a\0m\0i\0l\0y\0\n\0A\0l\0i\0\n\0", 24);
	ck_assert_int_eq(admin("import %s people %s --encoding UTF-16", office, file), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM person WHERE display = 'ALI'"), 1);
}
END_TEST

START_TEST(a_wrong_encoding_is_told)
{
	ck_assert_int_eq(import("family\nMüller\n", "--encoding WINDOWS-1252"), 65);
	told("is UTF-8, not WINDOWS-1252. Leave out --encoding.");
	ck_assert_int_eq(import("family\nM\xFCller\n", "--encoding US-ASCII"), 65);
	told("is not US-ASCII: line 2 has bytes that do not exist in it");
	ck_assert_int_eq(import("family\nM\xFCller\n", "--encoding KLINGON"), 65);
	told("Nobody knows the encoding KLINGON");
	ck_assert_int_eq(people(), 0);
}
END_TEST

/* ---- nothing twice ---- */

START_TEST(a_second_run_adds_nothing)
{
	static const char text[] = HEAD "Haddad,Rania,1990-05-03,f,SYR,240101123456,,,,,,\n"
	    "Ali,Omar,,m,,,,,,,,\n";

	ck_assert_int_eq(import(text, ""), 0);
	/* whatever clerks have mended since */
	sql("UPDATE person SET display = 'ALI, Omar Hassan', born = '1980' WHERE id = 2");
	ck_assert_int_eq(import(text, ""), 0);
	told("0 brought in, 2 there already");
	/* neither the order of columns nor the way of writing makes another row */
	ck_assert_int_eq(import("given;sex;family\nOmar;male;Ali\n", ""), 0);
	told("0 brought in, 1 there already");
	ck_assert_int_eq(people(), 2);
	ck_assert_int_eq(count("SELECT count(*) FROM event WHERE command = 'person.import'"), 1);
}
END_TEST

START_TEST(an_azr_number_is_one_person)
{
	ck_assert_int_eq(import("family,azr\nHaddad,240101123456\nHadad,240101123456\n", ""), 0);
	told("people.csv:3: HADAD is not brought in");
	ck_assert_int_eq(import("family,azr\nAli,240101 123456\n", ""), 0);
	told("ALI is not brought in: the AZR number stands with HADDAD (person 1)");
	ck_assert_int_eq(people(), 1);
}
END_TEST

START_TEST(likely_doubles_are_told_and_go_in)
{
	ck_assert_int_eq(import("family,given,born,city\nHaddad,Rania,1990-05-03,Berlin\n", ""), 0);
	ck_assert_int_eq(import("family,given,born,city\nHaddad,Rania,3.5.1990,Bonn\n", ""), 0);
	told("people.csv:2: likely double: HADDAD, Rania *1990-05-03");
	told("person 1");
	told("1 likely double: look at both records before you link them.");
	ck_assert_int_eq(people(), 2);
	/* in another spelling and order; but not on 1 January, which is no date */
	ck_assert_int_eq(import("family,given,born\nRanja,Hadad Al-,1990-05-03\n"
	    "Haddad,Omar,1990-05-03\nHaddad,,1990-05-03\nKasim,Ali,1990-01-01\n"
	    "Qassem,Aly,1990-01-01\n", ""), 0);
	told("people.csv:2: likely double: RANJA, Hadad Al- *1990-05-03 is called much like "
	    "person 1 (HADDAD, Rania), born on the same day.");
	told("1 likely double");
}
END_TEST

START_TEST(a_dry_run_tells_and_writes_nothing)
{
	ck_assert_int_eq(import("family,born\nAli,1980\nAli,1980\nOmar,never\nAli,1.1.1980\n",
	                        "--dry-run"), 65);
	told("4 rows read: 2 would be brought in, 1 there already, 1 would be rejected.");
	told("people.csv:3: ALI is not brought in again: line 2 has the same row");
	ck_assert_int_eq(people(), 0);
	ck_assert_int_eq(count("SELECT count(*) FROM event WHERE command = 'person.import'"), 0);
	ck_assert_int_ne(access(rejects, F_OK), 0);
}
END_TEST

/* ---- many ---- */

static void
write_many(void)
{
	FILE *f = fopen(file, "w");

	ck_assert_ptr_nonnull(f);
	fputs("family,given,born,azr\n", f);
	for (int i = 0; i < ROWS; i++)
		fprintf(f, "Haddad-%c%c,Rania,%d,2401%02d%06d\n", 'A' + i % 26, 'a' + i / 26 % 26,
		        1930 + i % 90, 1 + i % 28, i);
	ck_assert_int_eq(fclose(f), 0);
}

START_TEST(batches_are_short)
{
	write_many();
	ck_assert_msg(admin("import %s people %s", office, file) == 0, "%s", said);
	ck_assert_int_eq(people(), ROWS);
	/* so that clerks get their turn */
	ck_assert_int_ge(count("SELECT count(*) FROM event WHERE command = 'person.import'"),
	                 ROWS / 500);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

START_TEST(a_killed_import_is_run_again)
{
	char words[9000];

	write_many();
	snprintf(words, sizeof(words), "exec timeout -s KILL 0.5 %s/tresen-admin import %s people %s",
	         program_folder(), office, file);
	/* it may have come to its end: both are well */
	ck_assert_int_ge(system(words), 0);
	ck_assert_int_eq(admin("import %s people %s", office, file), 0);
	ck_assert_int_eq(people(), ROWS);
	ck_assert_int_eq(admin("check %s", office), 0);
}
END_TEST

START_TEST(usage_is_told)
{
	ck_assert_int_eq(admin("import %s", office), 64);
	ck_assert_int_eq(admin("import %s animals x.csv", office), 64);
	ck_assert_int_eq(admin("import %s people /nowhere/x.csv", office), 66);
}
END_TEST

Suite *
suite_import(void)
{
	Suite *s = suite_create("import");
	TCase *c = tcase_create("import");

	tcase_add_unchecked_fixture(c, fresh_begin, fresh_end);
	tcase_add_checked_fixture(c, begin, office_end);
	tcase_add_test(c, everything_a_row_says_is_kept);
	tcase_add_test(c, columns_come_in_any_order_and_most_may_be_missing);
	tcase_add_loop_test(c, words_for_sex, 0, COUNT_OF(sexes));
	tcase_add_loop_test(c, a_bad_row_is_told_and_the_rest_goes_in, 0, COUNT_OF(bad));
	tcase_add_test(c, a_row_that_is_too_long_is_told);
	tcase_add_test(c, all_that_is_wrong_is_told_at_once);
	tcase_add_test(c, rejected_rows_are_mended_and_imported);
	tcase_add_test(c, a_file_of_rejects_is_never_overwritten);
	tcase_add_loop_test(c, a_head_that_is_not_understood_brings_nobody, 0, COUNT_OF(heads));
	tcase_add_test(c, an_encoding_is_declared);
	tcase_add_test(c, a_wrong_encoding_is_told);
	tcase_add_test(c, a_second_run_adds_nothing);
	tcase_add_test(c, an_azr_number_is_one_person);
	tcase_add_test(c, likely_doubles_are_told_and_go_in);
	tcase_add_test(c, files_of_others_are_understood);
	tcase_add_test(c, a_dry_run_tells_and_writes_nothing);
	tcase_add_test(c, batches_are_short);
	tcase_add_test(c, a_killed_import_is_run_again);
	tcase_add_test(c, usage_is_told);
	suite_add_tcase(s, c);
	return s;
}
