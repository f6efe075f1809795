/*
 * reads.c - clerks who ask by hand for what is not theirs: every command that
 * there is, with numbers, units, logins and roles of others and with words that
 * a database might obey; and file after file, as fast as they are let.
 */
#include "harness_sit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *suite_reads(void);

#define CANARY "yellow bird 7351"
#define NUMBER "2026-500001"     /* of the case it lies in: that there is one is told to nobody */
#define APART 1000000001          /* that case, and the note in it */
#define APART_WORDS "1000000001"
#define OFFICER 64986u
#define STEERING 64987u
#define ADMINISTRATOR 64988u

/* ---- what is not theirs: the case, of person 1 ---- */

static void
entrusts(void)
{
	key_beside();
	ck_assert_msg(shell_as(WEISS, "set -e\n"
	    "$TRESEN person new family=Haddad given=Rania born=1990\n"
	    "$TRESEN case open person=1 service=S20 "
	        "form='{\"interpreter\":\"yes\",\"interpreter_language\":\"" CANARY "\"}'\n"
	    "$TRESEN case claim id=" APART_WORDS "\n"
	    "$TRESEN case note id=" APART_WORDS " text='" CANARY "'\n"
	    "$TRESEN case document id=" APART_WORDS " key=PASS state=waived reason='" CANARY "'\n"
	    "$TRESEN consent give person=1 body=medical body_name='" CANARY "' scope='" CANARY "'\n"
	    "$TRESEN disclosure give case=" APART_WORDS " body=medical body_name='" CANARY "' "
	        "basis=consent fields=note." APART_WORDS " reason='" CANARY "'\n"
	    "$TRESEN draft save key=note:" APART_WORDS " body='{\"text\":\"" CANARY "\"}'\n"
	    "$TRESEN case wait id=" APART_WORDS " until=2026-12-01 reason='" CANARY "'\n") == 0,
	    "%s", said);
}

static void
staffs_the_house(void)
{
	static const struct {
		const char *login, *role;
		unsigned uid;
	} others[] = { { "vogt", "dpo", OFFICER }, { "lang", "steering", STEERING },
		{ "kurz", "admin", ADMINISTRATOR } };

	for (size_t i = 0; i < COUNT_OF(others); i++)
		ck_assert_msg(admin("staff %s add %s --uid %u --name %s --role %s --unit steering"
		    " --site main", office, others[i].login, others[i].uid, others[i].login,
		    others[i].role) == 0, "%s", said);
}

/* ---- every command ---- */

/* What is asked for by the name of an argument: always somebody else's. */
static const struct {
	const char *name, *value;
} foreign[] = {
	{ "unit", "social_work" }, { "to", "social_work" }, { "owner", "weiss" }, { "staff", "weiss" },
	{ "login", "weiss" }, { "site", "branch" }, { "role", "supervisor" }, { "purpose", "correction" },
	{ "key", "note:" APART_WORDS }, { "service", "S20" }, { "basis", "danger" },
	{ "fields", "note." APART_WORDS },
};

static const char *const words[] = {
	"yellow bird", "haddad", "x' OR '1'='1", "\"; DROP TABLE case_note; --", "haddad*",
	"NEAR(yellow bird)", "text:yellow OR *", "^yellow AND -", "%", "../../etc/passwd", "\x01\x02",
	"a\nb", "{\"$ne\":1}",
};

/* Numbers are those of the case and its note, or the first of whatever it is. */
static json_t *
value_for(const json_t *arg, bool file, int round)
{
	const char *name = json_string_value(json_object_get(arg, "name"));
	const char *type = json_string_value(json_object_get(arg, "type"));

	for (size_t i = 0; i < COUNT_OF(foreign); i++)
		if (strcmp(foreign[i].name, name) == 0)
			return json_string(foreign[i].value);
	if (strcmp(type, "enum") == 0)
		return json_incref(json_array_get(json_object_get(arg, "values"), 0));
	if (strcmp(type, "day") == 0 || strcmp(type, "birth") == 0)
		return json_string("2026-11-23");
	if (strcmp(type, "json") == 0)
		return json_object();
	if (strcmp(type, "bool") == 0)
		return json_true();
	if (strcmp(type, "ids") == 0)
		return json_pack("[i]", file ? APART : 1);
	return strcmp(type, "text") == 0 ? json_string(words[(size_t)round % COUNT_OF(words)])
	    : json_integer(file ? APART : 1);
}

static char *
question(const json_t *command, bool all, bool file, int round)
{
	json_t *params = json_object(), *line;
	const json_t *arg;
	char *text, *ended;
	size_t i;

	json_array_foreach(json_object_get(command, "args"), i, arg)
		if (all || json_is_true(json_object_get(arg, "required")))
			json_object_set_new(params, json_string_value(json_object_get(arg, "name")),
			    value_for(arg, file, round));
	line = json_pack("{s:s, s:i, s:O, s:o}", "jsonrpc", "2.0", "id", round, "method",
	    json_object_get(command, "name"), "params", params);
	text = json_dumps(line, JSON_COMPACT);
	json_decref(line);
	if (asprintf(&ended, "%s\n", text) < 0)
		_exit(95);
	free(text);
	return ended;
}

struct sweep {
	int answers, results;
	bool told;               /* it was in an answer, or in news */
	const char *why;         /* what was asked then */
};

static bool
asks_one(struct sweep *s, int fd, const char *line)
{
	json_t *message = NULL;
	bool answered = false;

	if (!tell(fd, line))
		return false;
	while (!answered && (message = hear(fd))) {
		char *text = json_dumps(message, JSON_COMPACT);

		if (strstr(text, CANARY) || strstr(text, NUMBER)) {
			s->told = true;
			s->why = strdup(line);
		}
		answered = json_object_get(message, "id") != NULL;
		s->results += json_object_get(message, "result") != NULL;
		free(text);
		json_decref(message);
	}
	s->answers += answered;
	return answered;
}

/* First all that only reads: what is written may restrict who reads. */
static bool writing;

static bool
is_of_this_turn(const json_t *command)
{
	return json_is_true(json_object_get(command, "write")) == writing &&
	    strncmp(json_string_value(json_object_get(command, "name")), "session.", 8) != 0;
}

/* Whether they may or not: all of them, with what is needed and with all there is. */
static struct sweep
asks_everything(void)
{
	struct sweep s = { 0 };
	int fd = session(), round = 0;
	json_t *table = asks(fd, ASKING("session.commands", ""));
	const json_t *command;
	size_t i;

	json_array_foreach(json_object_get(table, "commands"), i, command)
		for (int way = 0; way < 4 && is_of_this_turn(command); way++) {
			char *line = question(command, way / 2, way % 2, ++round);

			if (!asks_one(&s, fd, line)) {
				fprintf(stderr, "no answer to %s", line);
				_exit(94);
			}
			free(line);
		}
	json_decref(table);
	return s;
}

static bool
hears_nothing_of_it(void)
{
	struct sweep s = asks_everything();

	if (s.told)
		fprintf(stderr, "user %u is told by %s", (unsigned)getuid(), s.why);
	return s.answers > 80 && (writing || s.results > 10) && !s.told;
}

static bool
reads_every_word(void)
{
	return asks_everything().told;
}

/* What belongs to the case and to whom it is entrusted. */
static int
what_there_is(void)
{
	return count("SELECT (SELECT version FROM case_file WHERE id = " APART_WORDS ") * 1000000"
	    " + (SELECT count(*) FROM case_note WHERE case_id = " APART_WORDS ") * 10000"
	    " + (SELECT count(*) FROM case_answer WHERE case_id = " APART_WORDS ") * 100"
	    " + (SELECT count(*) FROM consent) * 10 + (SELECT count(*) FROM disclosure)");
}

START_TEST(every_command_for_what_is_not_theirs)
{
	static const uid_t outside[] = { OKAFOR, DEMIR, ROTH, OFFICER, STEERING, ADMINISTRATOR };
	pid_t asking[COUNT_OF(outside)];
	char before[8192];
	int was;

	entrusts();
	staffs_the_house();
	was = what_there_is();
	ck_assert_int_eq(admin("staff %s list --all", office), 0);
	snprintf(before, sizeof(before), "%s", said);
	for (int turn = 0; turn < 2; turn++) {
		writing = turn;
		for (size_t i = 0; i < COUNT_OF(outside); i++)
			asking[i] = play_begins(outside[i], hears_nothing_of_it);
		for (size_t i = 0; i < COUNT_OF(outside); i++)
			play_ends(asking[i], turn ? "what is written" : "what is asked");
	}
	ck_assert_int_eq(what_there_is(), was);
	ck_assert_int_eq(count("SELECT count(*) FROM event e JOIN event_object o ON o.seq = e.seq"
	    " WHERE o.kind = 'case' AND o.id = " APART_WORDS " AND e.staff_id <>"
	    " (SELECT id FROM staff WHERE login = 'weiss')"), 0);
	/* nobody has become anybody else */
	ck_assert_int_eq(admin("staff %s list --all", office), 0);
	ck_assert_str_eq(said, before);
	all_is_well();
}
END_TEST

/* The same questions bring every word to those it was told. */
START_TEST(what_is_asked_would_bring_it)
{
	entrusts();
	AS(WEISS, reads_every_word);
}
END_TEST

/* ---- file after file ---- */

#define FILES 124                /* watch.conf: told at 40, stopped after 120 */
#define STOPPED_AT 120

/* Whoever takes people in reads none of their files: these may be as many as come. */
static bool
takes_all_in(void)
{
	int fd = session();
	char line[256];

	for (int i = 0; i < FILES; i++) {
		snprintf(line, sizeof(line), ASKING("person.new", "\"family\":\"%c%c%clov\",\"born\":"
		    "\"19%02d\",\"reason\":\"somebody else\""), 'B' + i % 20, "aeiou"[i % 5],
		    'b' + i / 5 % 20, i % 90);
		if (!gets_status(fd, line, NULL))
			return false;
	}
	return true;
}

static bool
reads_on_until_stopped(void)
{
	int fd = session(), shown = 0;
	char line[256];

	for (int i = 1; i <= FILES; i++) {
		json_t *reply;

		snprintf(line, sizeof(line), ASKING("person.show", "\"id\":%d,\"purpose\":\"correction\""), i);
		reply = tell(fd, line) ? hear(fd) : NULL;
		while (reply && !json_object_get(reply, "id")) {
			json_decref(reply);
			reply = hear(fd);
		}
		shown += json_object_get(reply, "result") != NULL;
		json_decref(reply);
	}
	close(fd);
	/* nor in another session, nor by other words for the same */
	return shown == STOPPED_AT &&
	    gets_status(session(), ASKING("person.show", "\"id\":122"), "DENIED") &&
	    gets_status(session(), ASKING("person.history", "\"id\":123"), "DENIED");
}

static bool
reads_one(void)
{
	return gets_status(session(), ASKING("person.show", "\"id\":1"), NULL);
}

/* The officer's session is open all the time: the news comes by itself, once at 40 and
 * once at the end; then the list says who it was. */
static bool
is_told(void)
{
	int fd = session(), alarms = 0;
	json_t *news = NULL, *r;
	char *text;
	bool named;

	while (alarms < 2 && (news = hear(fd))) {
		text = json_dumps(news, JSON_COMPACT);
		alarms += strstr(text, "\"alarm\"") != NULL;
		free(text);
		json_decref(news);
	}
	r = asks(fd, ASKING("look.unusual", ""));
	text = json_dumps(r, JSON_COMPACT);
	named = strstr(text, "Okafor") && !strstr(text, "Demir");
	if (!named)
		fprintf(stderr, "%s\n", text);
	free(text);
	json_decref(r);
	return alarms == 2 && named;
}

START_TEST(whoever_reads_masses_is_told_of_and_stopped)
{
	pid_t officer;

	staffs_the_house();
	AS(DEMIR, takes_all_in);
	officer = play_begins(OFFICER, is_told);
	AS(OKAFOR, reads_on_until_stopped);
	play_ends(officer, "the officer");
	/* a colleague is not stopped with them */
	AS(DEMIR, reads_one);
	ck_assert_int_eq(count("SELECT count(DISTINCT o.id) FROM event e JOIN event_object o ON"
	    " o.seq = e.seq AND o.kind = 'look' JOIN staff s ON s.id = e.staff_id AND s.login ="
	    " 'okafor'"), STOPPED_AT);
	all_is_well();
}
END_TEST

Suite *
suite_reads(void)
{
	return town_suite("reads", TESTS(every_command_for_what_is_not_theirs,
	    what_is_asked_would_bring_it, whoever_reads_masses_is_told_of_and_stopped));
}
