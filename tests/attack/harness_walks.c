/*
 * harness_walks.c - see harness_walks.h.  A new screen gets a stop in one of the
 * tables at the end.
 */
#include "harness_walks.h"

#include <limits.h>

void
walk_does(uid_t who, const char *lines)
{
	ck_assert_msg(shell_as(who, "set -e\n%s\n", lines) == 0, "%s", said);
}

void
office_at_work(void)
{
	walk_does(OKAFOR, "$TRESEN person new family=Haddad given=Rania born=1990\n"
	    "$TRESEN person new family=Hadad given=Rania born=1990 reason=twins\n"
	    "$TRESEN person new family=Haddad given=Samir born=1985\n"
	    "$TRESEN visit new concern=S02 person=1\n"
	    "$TRESEN case open person=1 service=S02 "
	        "form='{\"purpose\":\"family\",\"title_until\":\"2026-11-25\"}'\n"
	    "$TRESEN handover offer case=1 to=residence reason=follows\n");
	walk_does(DEMIR, "$TRESEN handover accept id=1\n$TRESEN case open person=3 service=S39\n");
}

struct tty *
walk_begins(const struct walk *walk)
{
	char env[PATH_MAX + 16];

	shell("mkdir -p %s/home && chmod 777 %s/home", house, house);
	snprintf(env, sizeof(env), "HOME=%s/home", house);
	return walk->program ? sits_at(walk->who, env, walk->program) : sits(walk->who, env);
}

/* ---- what some find ---- */

static void
with_a_household(void)
{
	walk_does(DEMIR, "$TRESEN household new person=1 kind=flat street=Ringweg5 from=2024-03-01\n"
	    "$TRESEN household move_in id=1 person=3 role=spouse from=2024-04-01\n");
}

static void
with_something_told(void)
{
	key_beside();
	walk_does(WEISS, "$TRESEN case open person=1 service=S20 form='{\"area\":\"housing\"}'\n"
	    "$TRESEN case claim id=1000000001\n$TRESEN case note id=1000000001 text=stairs\n"
	    "$TRESEN disclosure give case=1000000001 to=residence basis=danger "
	        "fields=note.1000000001 reason=help\n");
}

static void
with_something_entrusted(void)
{
	with_something_told();
	walk_does(DEMIR, "$TRESEN disclosure ask person=1 to=social_work question='Is a flat needed?'\n");
	walk_does(ROTH, "$TRESEN person reserve id=3 staff=roth reason=threatened\n");
}

static void
becomes(const char *role, const char *unit)
{
	shell("%s/bin/tresen-admin staff %s change roth --role %s --unit %s", house, office, role, unit);
}

static void
with_an_officer(void)
{
	with_something_told();
	becomes("dpo", "steering");
}

static void
with_a_second_clerk(void)
{
	with_a_household();
	with_something_told();
	becomes("clerk", "residence");
}

static void
with_an_administrator(void)
{
	becomes("admin", "steering");
}

static void
with_an_office_of_ones_own(void)
{
	shell("mkdir %s/practice && %s/bin/tresen-admin init %s/practice/office.db --training && "
	    "chown -R %u %s/practice", house, house, house, OKAFOR, house);
}

static void
with_a_form(void)
{
	shell("cp tests/forms/everything.form %s/bin", house);
}

/* ---- the ways ---- */

#define BACK3 "Esc Esc Esc "
#define BACK6 BACK3 BACK3
#define MENU(letters) BACK6 ": " letters " Enter"

static const struct stop counter_stops[] = {
	{ .keys = "^L", .at = "counter", .sees = "Service centre Mitte" },
	{ .keys = "?", .at = "help", .sees = "Help" },
	{ .keys = "Esc :", .types = "visit.list", .at = "pick", .sees = "Commands and screens" },
	{ .keys = "Enter", .at = "command", .sees = "visit.list · who" },
	{ .keys = "Enter", .at = "pick", .sees = "only those in this state" },
	{ .keys = "Esc F2", .at = "result", .sees = "visit.list  " },
	{ .keys = BACK3 "c", .types = "passport", .at = "services", .sees = "Catalogue" },
	{ .keys = "Esc Esc /", .types = "haddad", .at = "search", .sees = "Search" },
	{ .keys = "Enter", .at = "purpose", .sees = "Why this file?" },
	{ .keys = "c", .at = "person", .sees = "HADDAD, Rania" },
	{ .keys = "F4", .at = "person_edit", .sees = "Change a person" },
	{ .keys = "Esc Ins", .at = "pick", .sees = "What is to be added?" },
	{ .keys = "Enter", .at = "person_row", .sees = "HADDAD, Rania: Name" },
	{ .keys = "Esc p", .at = "proposals", .sees = "Proposed changes" },
	{ .keys = "Esc x", .at = "person", .sees = "*1990", .says = "person-1.txt" },
	{ .keys = "i", .types = "Is a flat needed?", .at = "requests", .sees = "What" },
	{ .keys = "Esc", .at = "requests", .sees = "Requests" },
	{ .keys = "Esc F5", .at = "household", .sees = "Household" },
	{ .keys = "F2", .at = "household_act", .sees = "What happens" },
	{ .keys = BACK6 "F6", .types = "a question", .at = "services", .sees = "New ticket" },
	{ .keys = "F3 n 3 Enter", .at = "ticket", .sees = "a question" },
	{ .keys = "F5", .at = "slip", .sees = "Slip" },
	{ .keys = "Esc Esc F2 s", .at = "counter", .sees = "Service centre Mitte" },
	{ .keys = "F4", .at = "takein", .sees = "Take in · A001" },
	{ .keys = "Esc W", .at = "why", .sees = "Why · Counter" },
	{ .keys = "Esc ^_", .at = "cover", .sees = "tresen" },
	{ 0 },
};

static const struct stop clerk_stops[] = {
	{ .keys = "^L", .at = "queue", .sees = "Residence · pool" },
	{ .keys = "v", .at = "queue", .sees = "on hold" },
	{ .keys = "m s", .at = "queue", .sees = "Sort by" },
	{ .keys = "Esc f", .at = "queue", .sees = "Only with" },
	{ .keys = "Esc h", .at = "handover", .sees = "Hand-overs to Residence" },
	{ .keys = "Esc n", .at = "case", .sees = "HADDAD, Rania", .says = "is yours now" },
	{ .keys = "n", .types = "called her twice", .at = "note", .sees = "Note · 2026" },
	{ .keys = "F9 d p", .at = "papers", .sees = "Papers · 2026" },
	{ .keys = "Esc d", .at = "pick", .sees = "Decide 2026" },
	{ .keys = "Esc w", .at = "case", .sees = "On hold until" },
	{ .keys = "Esc h", .at = "pick", .sees = "Hand over to which unit?" },
	{ .keys = "Esc m", .at = "person", .sees = "*1990" },
	{ .keys = "m", .at = "duplicates", .sees = "same person twice" },
	{ .keys = "Enter", .at = "compare", .sees = "One person, two records?" },
	{ .keys = "F10", .types = "one passport", .at = "compare", .sees = "One person" },
	{ .by = OKAFOR, .does = "$TRESEN merge propose id=1 with=2 reason=passport",
	  .keys = "Esc Esc Tab", .at = "duplicates", .sees = "Links of this person" },
	{ .keys = "Enter", .at = "merge", .sees = "proposed by Okafor" },
	{ .keys = "b", .types = "two sisters", .at = "merge", .sees = "proposed by Okafor" },
	{ .keys = "Esc a", .at = "merge", .sees = "linked · proposed by", .says = "Linked: both are read as one person." },
	{ .keys = MENU("p r o p o s e d"), .at = "proposals", .sees = "Proposed to your unit" },
	{ .keys = MENU("t a s k"), .at = "tasks", .sees = "Open tasks · Residence" },
	{ .keys = MENU("r a d a r"), .at = "radar", .sees = "What ends soon" },
	{ .keys = BACK6 "i", .at = "requests", .sees = "Requests" },
	{ .keys = "n", .types = "haddad", .at = "search", .sees = "Who is it?" },
	{ 0 },
};

/* Two at the same answers; a birth as far as its preview; what runs out. */
static const struct stop file_stops[] = {
	{ .keys = "Enter a Down Down y Down", .types = "1.5.27", .at = "answers", .sees = "Answers · 2026" },
	{ .by = ROTH, .does = "$TRESEN case answer id=1 "
	      "answers='{\"has_passport\":\"yes\",\"passport_until\":\"2027-06-01\"}'",
	  .keys = "F10", .at = "conflict", .sees = "You and Roth changed" },
	{ .keys = "Esc", .at = "answers", .sees = "01.05.2027" },
	{ .keys = "F10 F10 m F10", .at = "case", .sees = "01.05.2027", .says = "Saved as decided." },
	{ .keys = "m d", .at = "terms", .sees = "Terms" },
	{ .keys = "Esc o", .at = "disclosed", .sees = "stairs" },
	{ .keys = "Esc F5 s Tab s Tab", .types = "Haus Nord", .at = "household_act", .sees = "Chosen" },
	{ .keys = "Tab Tab Tab 2 0 . 1 1 . 2 0 2 6 F10", .at = "household_plan", .sees = "preview" },
	{ 0 },
};

static const struct stop supervisor_stops[] = {
	{ .keys = "^L", .at = "console", .sees = "Console · all units" },
	{ .keys = "Tab", .at = "console", .sees = "Console · all units" },
	{ .keys = "a", .at = "queue", .sees = "All units · to be approved" },
	{ .keys = "Esc Enter", .at = "queue", .sees = "Residence · all · Demir" },
	{ .keys = MENU("d e p u t"), .at = "deputies", .sees = "Stand-ins · Residence" },
	{ .keys = MENU("d u p l"), .at = "duplicates", .sees = "The same person twice?" },
	{ .keys = MENU("e m e r g e"), .at = "emergencies", .sees = "Emergencies" },
	{ .keys = BACK6 "/ h a d d a d Enter R", .at = "restrictions", .sees = "Restrictions: person 1" },
	{ .keys = "b", .types = "accuracy is contested", .at = "restrictions", .sees = "Restrictions" },
	{ .keys = "Enter", .types = "VG 11 K 5/26", .at = "restrictions", .sees = "Restrictions" },
	{ .keys = "Enter Enter", .at = "restrictions", .sees = "accuracy is contested; VG 11 K 5/26" },
	{ .keys = "n", .at = "restrictions", .sees = "Restrictions" },
	{ 0 },
};

static const struct stop social_stops[] = {
	{ .keys = "^L", .at = "queue", .sees = "asked 1" },
	{ .keys = "i", .at = "requests", .sees = "Is a flat needed?" },
	{ .keys = "F3", .at = "requests", .sees = "Requests · to your unit" },
	{ .keys = "Esc F2", .at = "disclose", .sees = "Asked: Is a flat needed?" },
	{ .keys = "Esc Esc v m Enter x", .at = "disclose", .sees = "Tell out of 2026" },
	{ .keys = "j j j j j x F2 r e s i d e n c e Enter d a n g e r Enter",
	  .types = "she is in danger", .at = "disclose", .sees = "Tell out of 2026" },
	{ .keys = "Enter", .at = "disclose_preview", .sees = "Preview: Residence" },
	{ .keys = "F2", .at = "case", .sees = "HADDAD, Rania", .says = "Residence sees this now." },
	{ .keys = "i", .at = "consents", .sees = "No consent is recorded." },
	{ .keys = "n r e s i d e n c e Enter", .types = "the flat", .at = "consents", .sees = "Consents" },
	{ .keys = "Enter Enter", .at = "consent", .sees = "Was: the flat" },
	{ .keys = "F2", .at = "consents", .sees = "the flat" },
	{ .keys = "Esc m o", .at = "disclosed", .sees = "she is in danger" },
	{ .keys = BACK6 "/", .types = "haddad samir 1985", .at = "search", .sees = "(named people only)" },
	{ .keys = "^X", .types = "her husband is in the house", .at = "search", .sees = "Who is in danger" },
	{ .keys = "Enter", .at = "person", .sees = "EMERGENCY" },
	{ 0 },
};

static const struct stop officer_stops[] = {
	{ .keys = "^L", .at = "start", .sees = "Data protection" },
	{ .keys = ": s a w Enter", .at = "looks", .sees = "Who saw whom" },
	{ .keys = BACK3 "/ h a d d a d Enter", .at = "looks", .sees = "Looks: HADDAD" },
	{ .keys = "x", .at = "looks", .sees = "Looks: HADDAD", .says = "person-1.txt" },
	{ .keys = "Enter", .at = "look", .sees = "A look" },
	{ .keys = MENU("u n u s u"), .at = "unusual", .sees = "Unusual reading" },
	{ .keys = MENU("r e t e n"), .at = "retention", .sees = "Retention due" },
	{ .keys = MENU("b o o k"), .at = "book", .sees = "Residence" },
	{ .keys = "F8", .at = "book", .sees = "Residence", .says = "book-2026-11-23.txt" },
	{ .keys = MENU("r e s t r i"), .at = "restrictions", .sees = "Restrictions" },
	{ .keys = MENU("e m e r g e"), .at = "emergencies", .sees = "Emergencies" },
	{ 0 },
};

static const struct stop administrator_stops[] = {
	{ .keys = "^L", .at = "start", .sees = "Administration" },
	{ .keys = MENU("h e a l t h"), .at = "health", .sees = "Office health" },
	{ .keys = MENU("w h o Space w o r k s"), .at = "staff", .sees = "Who works here" },
	{ .keys = "d", .at = "deputies", .sees = "Stand-ins" },
	{ 0 },
};

/* The list of whom one may play; the counter behind it. */
static const struct stop training_stops[] = {
	{ .keys = "^L", .at = "login", .sees = "Who are you?" },
	{ .keys = "Enter", .at = "counter", .sees = "Nobody waits." },
	{ 0 },
};

static const struct stop form_stops[] = {
	{ .keys = "^L", .at = "preview", .sees = "Preview · Everything at once" },
	{ .keys = "F8", .at = "text", .sees = "\"form\": \"everything\"," },
	{ 0 },
};

const struct walk walks[] = {
	{ OKAFOR, with_a_household, NULL, counter_stops },
	{ DEMIR, NULL, NULL, clerk_stops },
	{ DEMIR, with_a_second_clerk, NULL, file_stops },
	{ ROTH, NULL, NULL, supervisor_stops },
	{ WEISS, with_something_entrusted, NULL, social_stops },
	{ ROTH, with_an_officer, NULL, officer_stops },
	{ ROTH, with_an_administrator, NULL, administrator_stops },
	{ OKAFOR, with_an_office_of_ones_own, "--db ../practice/office.db", training_stops },
	{ DEMIR, with_a_form, "form-preview ../bin/everything.form", form_stops },
};
const size_t walks_count = COUNT_OF(walks);
