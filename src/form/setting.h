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
void setting_code(struct reader *r, const config_setting_t *s, void *to);      /* char * */
void setting_whole(struct reader *r, const config_setting_t *s, void *to);     /* int */
void setting_flag(struct reader *r, const config_setting_t *s, void *to);      /* bool */
void setting_day(struct reader *r, const config_setting_t *s, void *to);       /* int */
void setting_text(struct reader *r, const config_setting_t *s, void *to);      /* form_text */
void setting_type(struct reader *r, const config_setting_t *s, void *to);      /* form_type */
void setting_stage(struct reader *r, const config_setting_t *s, void *to);     /* form_stage */
void setting_when(struct reader *r, const config_setting_t *s, void *to);      /* form_when */
/* form_expr *, filled in once all fields are known */
void setting_condition(struct reader *r, const config_setting_t *s, void *to);

/* A code of the catalogue; NULL after an error. */
const char *setting_code_of(struct reader *r, const config_setting_t *s);

#endif
