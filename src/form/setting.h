/*
 * setting.h - layer 1: how parse.c reads one setting of a form file.
 */
#ifndef TRESEN_FORM_SETTING_H
#define TRESEN_FORM_SETTING_H

#include <libconfig.h>

#include "inside.h"

/* One setting of a group: how it is read and where it goes. */
struct setting {
	const char *name;
	void (*read)(struct reader *r, const config_setting_t *s, void *to);
	size_t offset;
	bool must;
};

int setting_line(const config_setting_t *s);

/* Readers for the tables; to is what the comment says. */
void setting_string(struct reader *r, const config_setting_t *s, void *to);    /* char * */
void setting_key(struct reader *r, const config_setting_t *s, void *to);       /* char * */
void setting_path(struct reader *r, const config_setting_t *s, void *to);      /* char * */
void setting_code(struct reader *r, const config_setting_t *s, void *to);      /* char * */
void setting_whole(struct reader *r, const config_setting_t *s, void *to);     /* int */
void setting_version(struct reader *r, const config_setting_t *s, void *to);   /* int */
void setting_flag(struct reader *r, const config_setting_t *s, void *to);      /* bool */
void setting_day(struct reader *r, const config_setting_t *s, void *to);       /* int */
void setting_text(struct reader *r, const config_setting_t *s, void *to);      /* form_text */
void setting_type(struct reader *r, const config_setting_t *s, void *to);      /* form_type */
void setting_stage(struct reader *r, const config_setting_t *s, void *to);     /* form_stage */
void setting_when(struct reader *r, const config_setting_t *s, void *to);      /* form_when */
void setting_letters(struct reader *r, const config_setting_t *s, void *to);   /* form_letters */
void setting_asks(struct reader *r, const config_setting_t *s, void *to);      /* form_asks */
void setting_level(struct reader *r, const config_setting_t *s, void *to);     /* form_level */
void setting_life(struct reader *r, const config_setting_t *s, void *to);      /* form_life */
void setting_identifier(struct reader *r, const config_setting_t *s, void *to); /* int */
void setting_pattern(struct reader *r, const config_setting_t *s, void *to);   /* char * */
/* form_expr *, filled in once all fields are known: true or not; of an option;
 * of the field's own kind; a day */
void setting_condition(struct reader *r, const config_setting_t *s, void *to);
void setting_filter(struct reader *r, const config_setting_t *s, void *to);
void setting_compute(struct reader *r, const config_setting_t *s, void *to);
void setting_day_expr(struct reader *r, const config_setting_t *s, void *to);

/* The text of s, clean and on one line; NULL after an error. */
const char *setting_string_of(struct reader *r, const config_setting_t *s);

/* ---- groups: parse.c ---- */

struct group {
	const struct setting *settings;
	size_t count;
};

/* Reads what the group says into the struct at to. */
void group_read(struct reader *r, const config_setting_t *s, const struct group *g, void *to);
/* Number of entries of the list ( ... ) or [ ... ] that s must be. */
size_t list_length(struct reader *r, const config_setting_t *s);
const config_setting_t *list_entry(const config_setting_t *list, size_t i);
/* A list of texts; in r->a. */
const char **list_strings(struct reader *r, const config_setting_t *s, size_t *count);

/* ---- parts of a form: parse_rules.c, example.c, migrate.c, list.c; to is the
 * struct that has the part ---- */

void read_field_rules(struct reader *r, const config_setting_t *s, void *to);
void read_form_rules(struct reader *r, const config_setting_t *s, void *to);
void read_documents(struct reader *r, const config_setting_t *s, void *to);
void read_routes(struct reader *r, const config_setting_t *s, void *to);
void read_urgencies(struct reader *r, const config_setting_t *s, void *to);
void read_lists(struct reader *r, const config_setting_t *s, void *to);
void read_choices(struct reader *r, const config_setting_t *s, void *to);
void read_examples(struct reader *r, const config_setting_t *s, void *to);
void read_steps(struct reader *r, const config_setting_t *s, void *to);
/* A code list in a file of its own. */
void form_list_read(struct reader *r, const config_setting_t *s, struct form_list *list);
/* Gives each field with a "list" its choices. */
void form_resolve_lists(struct reader *r);

/* A code of the catalogue; NULL after an error. */
const char *setting_code_of(struct reader *r, const config_setting_t *s);

#endif
