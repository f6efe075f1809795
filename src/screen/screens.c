/*
 * screens.c - layer 3: the one list of screens, and who starts where.  Called
 * by name lookups.  A new screen is a name here.
 */
#include "desk.h"

#include <string.h>

/* In the order of the menu. */
#define SCREEN_LIST(X)                                                         \
	X(login) X(start) X(help) X(command) X(result) X(pick)                 \
	X(unusual) X(emergencies) X(restrictions) X(retention) X(book)         \
	X(looks) X(look)                                                       \
	X(counter) X(ticket) X(services) X(takein) X(slip) X(search)           \
	X(person) X(person_edit) X(person_row) X(proposals)                    \
	X(household) X(household_act) X(household_plan) X(tasks)               \
	X(duplicates) X(compare) X(merge)                                      \
	X(queue) X(case) X(papers) X(note) X(answers) X(conflict) X(handover)  \
	X(radar) X(terms) X(console) X(staff) X(deputies) X(health) X(why)     \
	X(text) X(disclosed)                                                   \
	X(disclose) X(disclose_preview) X(requests) X(consents) X(consent)     \
	X(cover) X(purpose) X(preview)

#define X(name) extern const struct screen_class screen_##name;
SCREEN_LIST(X)
#undef X

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

	for (size_t i = 0; i < COUNT_OF(homes); i++)
		if (strcmp(homes[i].role, role) == 0)
			return screen_class_by_name(homes[i].screen);
	return &screen_start;
}

const struct screen_class *const screen_classes[] = {
#define X(name) &screen_##name,
	SCREEN_LIST(X)
#undef X
	NULL
};
