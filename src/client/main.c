/*
 * main.c - layer 4: arguments of tresen(1), then screens or one command.
 * Must never decide anything about the office.
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process.h"

#define OFFICE_SOCKET "/run/tresen/office.sock"

static const struct flag {
	const char *name;
	size_t text_at;          /* offset of a const char * in struct options */
} flags[] = {
	{ "--db", offsetof(struct options, db) },
	{ "--office", offsetof(struct options, office) },
	{ "--as", offsetof(struct options, as) },
	{ "--lang", offsetof(struct options, lang) },
};

void
print_usage(void)
{
	printf("%s\n\n", _("tresen - front and back office of an integration service centre"));
	printf("  tresen [--db %s | --office %s] [--as %s] [--lang de|en]\n", _("FILE"),
	    _("SOCKET"), _("LOGIN"));
	printf("         [%s [key=%s ...] [--json]]\n", _("NOUN VERB"), _("VALUE"));
	printf("  tresen help [%s]\n", _("NOUN [VERB]"));
	printf("  tresen form-preview %s.form\n\n", _("FILE"));
	printf("  %-16s %s\n", _("--db FILE"), _("an office file of your own; also TRESEN_DB"));
	printf("  %-16s %s %s\n", _("--office SOCKET"), _("the engine of an office; default"),
	    OFFICE_SOCKET);
	printf("  %-16s %s\n", _("--as LOGIN"), _("work as somebody else, in a training office"));
	printf("  %-16s %s\n", "--lang de|en", _("language; default from the environment"));
	printf("  %-16s %s\n", "--json", _("the result of a command as JSON"));
	printf("  %-16s %s\n\n", "--help, --version", _("this text; the version"));
	printf("%s\n", _("Without NOUN VERB the screens open; press ? there for help."));
}

_Noreturn static void
usage_error(const char *what)
{
	fprintf(stderr, _("tresen: %s. See: tresen --help\n"), what);
	exit(EXIT_USAGE);
}

/* An option with a value: "--db FILE" or "--db=FILE". */
static bool
take_flag(struct options *o, char **argv, int argc, int *i)
{
	for (size_t f = 0; f < COUNT_OF(flags); f++) {
		size_t n = strlen(flags[f].name);
		const char **to = (const char **)(void *)((char *)o + flags[f].text_at);

		if (strncmp(argv[*i], flags[f].name, n) != 0)
			continue;
		if (argv[*i][n] == '=') {
			*to = argv[*i] + n + 1;
			return true;
		}
		if (argv[*i][n] == '\0') {
			if (*i + 1 >= argc)
				usage_error(_("an option lacks its value"));
			*to = argv[++*i];
			return true;
		}
	}
	return false;
}

static void
read_arguments(struct options *o, int argc, char **argv)
{
	*o = (struct options){ .words = calloc((size_t)argc, sizeof(char *)) };
	invariant(o->words);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			o->json = true;
		else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			o->help = true;
		else if (strcmp(argv[i], "--version") == 0) {
			printf("tresen %s\n", TRESEN_VERSION);
			exit(0);
		} else if (argv[i][0] != '-') {
			o->words[o->n_words++] = argv[i];
		} else if (!take_flag(o, argv, argc, &i)) {
			usage_error(_("this option is not known"));
		}
	}
	if (o->db && o->office)
		usage_error(_("--db and --office exclude each other"));
}

static enum lang
language(const struct options *o, const struct settings *c)
{
	enum lang lang;

	if (o->lang && !lang_by_code(o->lang, &lang))
		usage_error(_("--lang is de or en"));
	return lang_guess(o->lang ? o->lang : c->lang);
}

/* Where the office is: option, environment, the socket of this machine. */
static void
find_office(const struct options *o, struct link_target *target)
{
	const char *db = getenv("TRESEN_DB");

	target->db = o->db;
	target->office = o->office;
	if (o->db || o->office)
		return;
	if (db && *db)
		target->db = db;
	else if (access(OFFICE_SOCKET, F_OK) == 0)
		target->office = OFFICE_SOCKET;
}

static struct term_options
terminal_of(const struct settings *c)
{
	return (struct term_options){ .theme = c->theme, .ascii = c->ascii };
}

static int
open_screens(const struct link_target *target, const struct settings *c)
{
	const struct term_options options = terminal_of(c);
	struct reply reply;
	struct link *link = link_open(target, &reply);
	int exit_code = status_exit(reply.status);
	json_t *hello = json_incref(reply.result);

	if (!link)
		fprintf(stderr, "tresen: %s\n", reply.sentence);
	reply_done(&reply);
	if (!link)
		return exit_code;
	run_screens(link, hello, &options);
	link_close(link);
	return 0;
}

int
main(int argc, char **argv)
{
	struct options o;
	struct settings settings;
	struct link_target target = { .client = "tresen/" TRESEN_VERSION };
	struct term_options terminal;
	int exit_code;

	process_harden(STDERR_FILENO + 1);
	clock_init();
	lang_init();
	lang_set(lang_guess(NULL));
	read_arguments(&o, argc, argv);
	settings_read(&settings);
	target.lang = language(&o, &settings);
	lang_set(target.lang);
	target.as = o.as;
	find_office(&o, &target);
	if (!target.db) /* else the engine is a program that we start */
		process_start_nothing();
	terminal = terminal_of(&settings);
	if (o.n_words > 0 && strcmp(o.words[0], "form-preview") == 0)
		exit_code = preview_form(&o, &terminal);
	else if (o.n_words > 0 || o.help)
		exit_code = output_end(run_command(&o, &target));
	else if (!target.db && !target.office)
		fatal(EXIT_CONFIG, _("No office is known here. Name one: tresen --db FILE, or "
		                     "tresen --office SOCKET."));
	else
		exit_code = open_screens(&target, &settings);
	free(o.words);
	return exit_code;
}
