/*
 * screens.c - layer 3: the one list of screens, and who starts where.  Called
 * by name lookups.  A new screen is one line here.
 */
#include "desk.h"

#include <string.h>

extern const struct screen_class screen_login, screen_start, screen_help, screen_pick,
    screen_command, screen_result, screen_counter, screen_ticket, screen_search, screen_person,
    screen_person_edit, screen_takein, screen_slip;
extern const struct screen_class screen_queue, screen_case, screen_papers, screen_note,
    screen_answers, screen_conflict, screen_handover, screen_console;
extern const struct screen_class screen_household, screen_household_act,
    screen_household_plan, screen_tasks;
extern const struct screen_class screen_duplicates, screen_compare, screen_merge;
extern const struct screen_class screen_person_row, screen_proposals;
extern const struct screen_class screen_radar, screen_terms, screen_services;
extern const struct screen_class screen_staff, screen_deputies, screen_why,
    screen_health;
extern const struct screen_class screen_preview, screen_text, screen_cover, screen_disclosed,
    screen_purpose, screen_looks, screen_look, screen_unusual, screen_retention;
extern const struct screen_class screen_disclose, screen_disclose_preview, screen_requests,
    screen_book, screen_consents, screen_consent;
extern const struct screen_class screen_restrictions, screen_emergencies;

const struct screen_class *
screen_class_by_name(const char *name)
{
	for (size_t i = 0; screen_classes[i]; i++)
		if (strcmp(screen_classes[i]->name, name) == 0)
			return screen_classes[i];
	return NULL;
}

const struct screen_class *
home_of(const struct desk *d)
{
	static const struct {
		const char *role, *screen;
	} homes[] = {
		{ "counter", "counter" },
		{ "clerk", "queue" },
		{ "supervisor", "console" },
		{ "steering", "console" },
	};
	const char *role = text_at(d->hello, "staff.role");
	const struct screen_class *home;

	for (size_t i = 0; i < COUNT_OF(homes); i++) {
		home = screen_class_by_name(homes[i].screen);
		if (home && strcmp(homes[i].role, role) == 0)
			return home;
	}
	return &screen_start;
}

const struct screen_class *const screen_classes[] = {
	&screen_login,
	&screen_start,
	&screen_help,
	&screen_command,
	&screen_result,
	&screen_pick,
	&screen_unusual, &screen_emergencies, &screen_restrictions, &screen_retention,
	&screen_book,
	&screen_looks,
	&screen_look,
	&screen_counter,
	&screen_ticket,
	&screen_services,
	&screen_takein,
	&screen_slip,
	&screen_search,
	&screen_person,
	&screen_person_edit,
	&screen_person_row,
	&screen_proposals,
	&screen_household,
	&screen_household_act,
	&screen_household_plan,
	&screen_tasks,
	&screen_duplicates,
	&screen_compare,
	&screen_merge,
	&screen_queue,
	&screen_case,
	&screen_papers,
	&screen_note,
	&screen_answers,
	&screen_conflict,
	&screen_handover,
	&screen_radar,
	&screen_terms,
	&screen_console,
	&screen_staff,
	&screen_deputies,
	&screen_health,
	&screen_why,
	&screen_text, &screen_disclosed,
	&screen_disclose, &screen_disclose_preview,
	&screen_requests,
	&screen_consents, &screen_consent,
	&screen_cover,
	&screen_purpose,
	&screen_preview,
	NULL
};
