/*
 * harness_form.h - the form with every kind of field
 * (tests/forms/everything.form), filled in by keys without a terminal.
 */
#ifndef TRESEN_TEST_HARNESS_FORM_H
#define TRESEN_TEST_HARNESS_FORM_H

#include <check.h>

#include "formview.h"

extern struct arena *mem;        /* of harness_source.c */
extern struct form_view v;
extern bool redraft;             /* closed and restored after each key */

/* v on the form, on its first field, Monday 2026-11-23. */
void open_form(void);
void form_setup(void);
void form_teardown(void);

/* A key, as dispatch hands it on; false: nobody wants it. */
bool press_any(const char *name);
/* One that somebody wants; what is to be done then. */
unsigned press(const char *name);
/* Text, a key a sign; a tab goes on. */
void type(const char *text);
/* Types into a field and leaves it; what is stored of it then, or NULL. */
const char *stored(const char *field, const char *typed);
/* The same is canonical, stands there as written, and typed again is the same. */
void is_kept(const char *field, const char *typed, const char *canonical, const char *written);
/* One answer of each kind. */
void fill_all_kinds(void);
/* A row of the children, and the cursor in it. */
void add_child(const char *name, const char *born);

void is_at(const char *path);
void answers_have(const char *text);
const struct form_finding *finding(const char *path, enum form_severity severity);

#define FORM_TESTS(...) ((const TTest *const[]){ __VA_ARGS__, NULL })
Suite *form_suite(const char *name, const TTest *const *tests);

#endif
