/*
 * service.c - the catalogue over the socket: what people say, and which service
 * they mean; what a service tells the counter; what is switched off.
 */
#include "harness_desk.h"

#include <stdio.h>
#include <string.h>

Suite *suite_service(void);

static struct office *o;
static struct desk *front;

static void
setup(void)
{
	o = office_new();
	front = desk_open(o, "front1");
}

static void
teardown(void)
{
	desk_close(front);
	office_sound(o);
	office_free(o);
}

static const char *
found(const char *text)
{
	json_t *r = desk_do(front, "service.find", "{s:s}", "q", text);

	return json_array_size(at(r, "services")) ? str(r, "services.0.code") : "none";
}

/*
 * Written down as people at a counter speak.  Of these 50 the phrases found 44
 * at first; the five others have taught concerns.conf words, not sentences.
 */
static const struct {
	const char *code, *said;
} concerns[] = {
	{ "S02", "Guten Tag, mein Aufenthalt ist nur noch zwei Wochen gültig" },
	{ "S11", "ich hab meine Karte im Bus liegen lassen" },
	{ "S31", "wir haben seit drei Tagen nichts mehr zu essen im Haus" },
	{ "S20", "ich hab da so einen Brief vom Amtsgericht bekommen" },
	{ "S41", "wir haben ein kleines Mädchen bekommen" },
	{ "S13", "ich würde gerne in einer Bäckerei anfangen, darf ich das" },
	{ "S25", "wir sind letzte Woche in die Goethestraße gezogen" },
	{ "S17", "mein Zahn tut so weh" },
	{ "S16", "die Schule will Geld für den Ausflug" },
	{ "S12", "ich will meine Mama aus Marokko für drei Wochen einladen" },
	{ "S03", "ich bin fünf Jahre hier und möchte für immer bleiben" },
	{ "S23", "wann kann ich endlich Deutscher werden" },
	{ "S32", "meine Bezahlkarte wird im Supermarkt nicht angenommen" },
	{ "S33", "das Geld ist diesen Monat nicht auf meinem Konto" },
	{ "S28", "ich soll noch die Lohnabrechnungen nachreichen" },
	{ "S21", "ich brauche einen Deutschkurs für Anfänger" },
	{ "S07", "meine Duldung läuft am Freitag aus" },
	{ "S08", "mein Sohn hat einen Ausbildungsvertrag und nur eine Duldung" },
	{ "S40", "ich möchte meine Kinder aus Afghanistan nachholen" },
	{ "S37", "der Vermieter will wissen ob das Amt die Miete übernimmt" },
	{ "S19", "ich kann nirgendwo schlafen heute Nacht" },
	{ "S24", "meine neue Karte soll fertig sein" },
	{ "S29", "wie weit ist eigentlich mein Antrag" },
	{ "S30", "ich muss meinen Termin am Dienstag verschieben" },
	{ "S44", "ich will zurück in meine Heimat" },
	{ "S35", "seit Montag arbeite ich bei einer Reinigungsfirma" },
	{ "S11", "ich habe einen neuen Reisepass von der Botschaft" },
	{ "S38", "wir sind vor dem Krieg aus Kiew geflohen, Ukraine" },
	{ "S20", "mein Mann ist zu Hause gewalttätig" },
	{ "S43", "muss ich jetzt zum Jobcenter gehen" },
	{ "S47", "ich will mich beschweren" },
	{ "S47", "Beschwerde über eine Mitarbeiterin" },
	{ "S19", "wir haben kein Dach über dem Kopf" },
	{ "S35", "I started a job on Monday" },
	{ "S34", "I want to report a change" },
	{ "S34", "my new IBAN" },
	{ "S47", "I have a complaint" },
	{ "S47", "şikayet etmek istiyorum" },
	{ "S02", "the card runs out next month" },
	{ "S11", "somebody stole my purse with the residence card" },
	{ "S31", "I have no money left until the end of the month" },
	{ "S20", "there is a letter from the court and I am scared" },
	{ "S41", "my daughter was born last week" },
	{ "S13", "can I start a job at a restaurant" },
	{ "S25", "we moved to a different flat last week" },
	{ "S17", "my son has a temperature and needs a doctor" },
	{ "S12", "I would like to invite my sister from Tunisia" },
	{ "S10", "I need to travel but I have no passport" },
	{ "S21", "where can I learn German" },
	{ "S24", "is my card ready for pick up" },
	{ "S11", "I lost my passport on the train" },
	{ "S40", "I want my wife to come to Germany" },
	{ "S36", "they cut my benefits and I do not know why" },
	{ "S19", "my room mate is drinking and I want another room" },
	{ "S26", "I need a paper for the bank that I am allowed to stay here" },
	{ "S27", "they asked me for fingerprints" },
	{ "S05", "I am an IT engineer with a work contract" },
	{ "S14", "residence rule" },
	{ "S14", "what about my residence rule" },
};

START_TEST(concerns_find_their_service)
{
	ck_assert_str_eq(found(concerns[_i].said), concerns[_i].code);
}
END_TEST

/* Two services fit; the right one is among the first three. */
START_TEST(what_is_unclear_is_among_the_first)
{
	json_t *r = desk_do(front, "service.find", "{s:s, s:i}", "q",
	    "I want to live with my brother in Hamburg", "limit", 3), *row;
	bool there = false;
	size_t i;

	json_array_foreach(at(r, "services"), i, row)
		there |= strcmp(str(row, "code"), "S14") == 0;
	ck_assert(there);
}
END_TEST

START_TEST(other_languages_and_half_words)
{
	ck_assert_str_eq(found("потерял паспорт"), "S11");
	ck_assert_str_eq(found("\u0645\u0627 \u0639\u0646\u062f\u064a \u0641\u0644\u0648\u0633"),
	    "S31");
	ck_assert_str_eq(found("almanca kurs"), "S21");
	ck_assert_str_eq(found("немає грошей"), "S31");
	ck_assert_str_eq(found("bezahlk"), "S32");
	ck_assert_str_eq(found("Verlangerung Aufenthalt"), "S02");
	ck_assert_str_eq(found("s12"), "S12");
	ck_assert_str_eq(found("xyzzy"), "none");
	ck_assert_str_eq(found("the my and"), "none");
}
END_TEST

START_TEST(a_service_says_all_that_the_counter_needs)
{
	json_t *r = desk_do(front, "service.find", "{s:s, s:i}", "q", "card ends", "limit", 1);

	ck_assert_uint_eq(json_array_size(at(r, "services")), 1);
	keys_are(at(r, "services.0"), "code label unit unit_label act act_label advice minutes "
	    "days basis papers fees form score why");
	ck_assert_str_eq(str(r, "services.0.code"), "S02");
	ck_assert_str_eq(str(r, "services.0.label"), "Residence permit, extension");
	ck_assert_str_eq(str(r, "services.0.act"), "take_in");
	ck_assert_str_eq(str(r, "services.0.why"), "people say \"my card ends\"");
	ck_assert_int_eq(num(r, "services.0.score"), 100);
	keys_are(at(r, "services.0.papers.0"), "key label required");
	keys_are(at(r, "services.0.fees.0"), "code label basis cents amount minors waiver note line");
	ck_assert_int_eq(num(r, "services.0.fees.0.cents"), 9600);
	ck_assert_str_eq(str(r, "services.0.fees.0.line"),
	    "96.00 EUR, half for minors, free with benefits (§ 53(1) AufenthV)");
	r = desk_do(front, "service.show", "{s:s}", "code", "S24");
	ck_assert_str_eq(str(r, "service.act"), "finish");
	ck_assert(json_is_null(at(r, "service.why")));
	ck_assert(json_is_null(at(r, "service.days")));
}
END_TEST

START_TEST(each_service_says_what_to_do)
{
	json_t *r = desk_do(front, "service.list", NULL), *row;
	size_t i;

	ck_assert_uint_eq(json_array_size(at(r, "services")), 47);
	json_array_foreach(at(r, "services"), i, row)
		ck_assert_msg(*str(row, "advice"), "%s", str(row, "code"));
}
END_TEST

START_TEST(wrong_questions_are_told)
{
	json_t *e = desk_refused(front, "INVALID", "service.find", "{s:s}", "q", " - ");

	ck_assert_ptr_nonnull(strstr(str(e, "message"), "Say in a few words"));
	desk_refused(front, "INVALID", "service.find", "{s:s, s:i}", "q", "card", "limit", 0);
	desk_refused(front, "INVALID", "service.find", NULL);
	desk_refused(front, "NOT_FOUND", "service.show", "{s:s}", "code", "S99");
}
END_TEST

/* A unit that is switched off offers nothing, and no word leads there. */
START_TEST(what_is_switched_off_leaves_no_trace)
{
	json_t *r, *row, *gone, *none;
	size_t i;

	office_number_of(o, "UPDATE unit SET active = 0 WHERE code = 'benefits' RETURNING 1");
	r = desk_do(front, "service.find", "{s:s, s:i}", "q", "no money", "limit", 50);
	json_array_foreach(at(r, "services"), i, row)
		ck_assert_str_ne(str(row, "unit"), "benefits");
	r = desk_do(front, "service.list", NULL);
	json_array_foreach(at(r, "services"), i, row)
		ck_assert_str_ne(str(row, "unit"), "benefits");
	gone = json_deep_copy(desk_refused(front, "NOT_FOUND", "service.show", "{s:s}", "code",
	    "S31"));
	none = desk_refused(front, "NOT_FOUND", "service.show", "{s:s}", "code", "S91");
	ck_assert_uint_eq(strlen(str(gone, "message")), strlen(str(none, "message")));
	json_decref(gone);
	office_number_of(o, "UPDATE unit SET active = 1 WHERE code = 'benefits' RETURNING 1");
}
END_TEST

START_TEST(fees_have_their_days)
{
	json_t *r;

	office_number_of(o, "UPDATE fee SET valid_to = '2026-11-22' WHERE code = 'F47_12'"
	    " RETURNING 1");
	r = desk_do(front, "service.show", "{s:s}", "code", "S12");
	ck_assert_uint_eq(json_array_size(at(r, "service.fees")), 0);
	office_number_of(o, "INSERT INTO fee SELECT code, '2026-11-23', NULL, name_de, name_en,"
	    " basis, 3100, minors, waiver, note_de, note_en, position FROM fee"
	    " WHERE code = 'F47_12' RETURNING 1");
	r = desk_do(front, "service.show", "{s:s}", "code", "S12");
	ck_assert_uint_eq(json_array_size(at(r, "service.fees")), 1);
	ck_assert_int_eq(num(r, "service.fees.0.cents"), 3100);
	office_number_of(o, "DELETE FROM fee WHERE code = 'F47_12' AND cents = 3100 RETURNING 1");
	office_number_of(o, "UPDATE fee SET valid_to = NULL WHERE code = 'F47_12' RETURNING 1");
}
END_TEST

/* Those between from and to in a list, by their codes. */
static void
codes_are(const char *list, size_t from, const char *codes)
{
	json_t *rows = at(desk_do(front, "catalogue.show", NULL), list);
	char all[200] = "";

	for (size_t i = from; strlen(all) < strlen(codes) && i < json_array_size(rows); i++)
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s%s", i > from ? " " : "",
		    str(json_array_get(rows, i), "code"));
	ck_assert_str_eq(all, codes);
}

/* The frequent ones first, then as a dictionary has them: nobody begins at Aruba. */
START_TEST(long_lists_are_in_the_order_of_the_reader)
{
	static const char frequent[] = "UKR SYR AFG TUR IRQ SOM IRN ERI RUS GEO";

	codes_are("countries", 0, frequent);
	codes_are("countries", 10, "ALA ALB DZA ASM");   /* Åland Islands, Albania, Algeria */
	codes_are("languages", 0, "ar uk fa prs ku tr ti so ru en de");
	desk_do(front, "session.hello", "{s:i, s:s, s:s, s:s}", "protocol", 1, "client", "test/1",
	    "lang", "de", "as", "front1");
	codes_are("countries", 0, frequent);
	codes_are("countries", 10, "EGY ALA ALB DZA");   /* Ägypten, Ålandinseln, Albanien */
}
END_TEST

Suite *
suite_service(void)
{
	Suite *s = suite_create("service");
	TCase *t = tcase_create("service");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, concerns_find_their_service, 0,
	    sizeof(concerns) / sizeof(concerns[0]));
	tcase_add_test(t, what_is_unclear_is_among_the_first);
	tcase_add_test(t, other_languages_and_half_words);
	tcase_add_test(t, a_service_says_all_that_the_counter_needs);
	tcase_add_test(t, each_service_says_what_to_do);
	tcase_add_test(t, wrong_questions_are_told);
	tcase_add_test(t, what_is_switched_off_leaves_no_trace);
	tcase_add_test(t, fees_have_their_days);
	tcase_add_test(t, long_lists_are_in_the_order_of_the_reader);
	suite_add_tcase(s, t);
	return s;
}
