/*
 * conf.h - layer 5: reading data files of the office (libconfig).
 * Whatever is wrong with a file becomes one sentence with file and line, so
 * that whoever edits the catalogue can mend it without reading C.
 */
#ifndef TRESEN_ADMIN_CONF_H
#define TRESEN_ADMIN_CONF_H

#include <libconfig.h>

#include "base.h"

struct conf {
	struct op *op;
	const char *path;
	config_t config;
};

/* Opens dir/name.  On ST_OK to be closed; texts live until then. */
MUST_CHECK enum status conf_open(struct op *op, const char *dir, const char *name, struct conf *c);
void conf_close(struct conf *c);

/* The list (or group) at the top of the file; it must be there. */
MUST_CHECK enum status conf_top(struct conf *c, const char *key, config_setting_t **at);

/* Refuses members of at other than keys ("code de en"): catches misspelling. */
MUST_CHECK enum status conf_only(struct conf *c, const config_setting_t *at, const char *keys);

/*
 * A member of a group.  Where it may be absent and is, *to stays as it was.
 * Text is never empty and holds no control characters; a day is YYYY-MM-DD.
 */
enum conf_need { CONF_MAY, CONF_MUST };

MUST_CHECK enum status conf_text(struct conf *c, const config_setting_t *at, const char *key,
                                 enum conf_need need, const char **to);
/* One of choices ("counter back both"); it must be there. */
MUST_CHECK enum status conf_choice(struct conf *c, const config_setting_t *at, const char *key,
                                   const char *choices, const char **to);
MUST_CHECK enum status conf_day(struct conf *c, const config_setting_t *at, const char *key,
                                enum conf_need need, const char **to);
MUST_CHECK enum status conf_number(struct conf *c, const config_setting_t *at, const char *key,
                                   enum conf_need need, int *to);
MUST_CHECK enum status conf_truth(struct conf *c, const config_setting_t *at, const char *key,
                                  enum conf_need need, bool *to);
/* A list member; *to is NULL where it is absent. */
MUST_CHECK enum status conf_list(struct conf *c, const config_setting_t *at, const char *key,
                                 config_setting_t **to);

/* ST_INVALID with "file:line: sentence". */
enum status conf_fail(struct conf *c, const config_setting_t *at, const char *format, ...)
    PRINTF(3, 4);

#endif
