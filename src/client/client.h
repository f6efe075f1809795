/*
 * client.h - layer 4: what the files of src/client share.
 */
#ifndef TRESEN_CLIENT_H
#define TRESEN_CLIENT_H

#include "screen.h"

struct settings {
	char lang[3];            /* "" when not set */
	enum theme theme;
	bool ascii;
};

/* ~/.config/tresen.conf, or defaults; a file that cannot be read is fatal. */
void settings_read(struct settings *c);

struct options {
	const char *db, *office, *as, *lang;
	bool json, help;
	char **words;            /* NOUN VERB key=value ... */
	int n_words;
};

void print_usage(void);
/* Runs one command, or help for it; returns the exit code. */
int run_command(const struct options *o, const struct link_target *target);
/* Runs the screens until the clerk leaves; takes hello. */
void run_screens(struct link *link, json_t *hello, const struct term_options *options);
/* The same for a form file alone, without an office. */
void run_preview(const char *path, const struct term_options *options);
/* form-preview FILE; returns the exit code. */
int preview_form(const struct options *o, const struct term_options *options);

#endif
