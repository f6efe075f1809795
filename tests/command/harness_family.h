/*
 * harness_family.h - a family and their household: what the stories of
 * households and of tasks begin with.
 */
#ifndef TRESEN_TEST_HARNESS_FAMILY_H
#define TRESEN_TEST_HARNESS_FAMILY_H

#include "harness_desk.h"

int64_t person_born(struct desk *d, const char *family, const char *given, const char *born);
/* A household in a flat; its id. */
int64_t begin(struct desk *d, int64_t person, const char *from);
void join(struct desk *d, int64_t home, int64_t person, const char *role, const char *from);

struct family {
	struct office *office;
	struct desk *res;
	int64_t rania, sami, lina, home;
};

/* Rania, her husband Sami, their daughter Lina of eight; res1 recorded them. */
struct family a_family(void);
/* tresen-admin check, too. */
void family_done(struct family *f);

/* Arguments of household.birth: Mia, of 10 November.  request may be NULL. */
json_t *birth(const struct family *f, bool preview, const char *request);
/* How many rows stand at a path. */
size_t rows(const json_t *o, const char *path);

#endif
