/*
 * cli.c - layer 4: one-shot commands and their help, both from the engine's
 * own table (session.commands).  Called by main.  Must never know a command.
 */
#include "client.h"
#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text.h"

struct run {
	const struct options *o;
	struct link *link;
	struct reply hello, commands, reply;
	struct arena *mem;
};

static int
failed(const struct reply *r)
{
	const char *who = r->winner ? text_at(r->winner, "who") : "";
	const char *sentence = r->sentence ? r->sentence
	    : _("The engine gave no reason. Try again.");

	fprintf(stderr, "tresen: %s", sentence);
	if (*who && !strstr(sentence, who)) {
		fputc(' ', stderr);
		fprintf(stderr, _("%s changed it last."), who);
	}
	fputc('\n', stderr);
	return status_exit(r->status);
}

static int
usage(const char *sentence, const char *what)
{
	fprintf(stderr, "tresen: ");
	fprintf(stderr, "%s: %s\n", sentence, what);
	return EXIT_USAGE;
}

static const json_t *
find_by_name(const json_t *list, const char *name)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(list, i, entry)
		if (strcmp(text_at(entry, "name"), name) == 0)
			return entry;
	return NULL;
}

/* ---- help ---- */

static const char *
spoken(struct run *r, const json_t *command)
{
	char *name = arena_strdup(r->mem, text_at(command, "name"));
	char *dot = strchr(name, '.');

	if (dot)
		*dot = ' ';
	return name;
}

/* 0 where no one looks: a script gets all. */
static int
columns_of_output(void)
{
	struct winsize window = { 0 };

	if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0)
		return 0;
	return window.ws_col;
}

/* begin, and text behind it; what has no room goes on below it, from indent. */
static void
print_hanging(struct run *r, const char *begin, int indent, const char *text)
{
	int cols = columns_of_output(), room = cols - text_width(begin);
	char **lines;
	size_t n;

	if (cols == 0 || room < 20 || cols - indent < 20) {
		printf("%s%s\n", begin, text);
		return;
	}
	n = text_wrap(r->mem, text, room, &lines);
	printf("%s%s\n", begin, n > 0 ? lines[0] : "");
	if (n < 2)
		return;
	n = text_wrap(r->mem, text + strlen(lines[0]) + strspn(text + strlen(lines[0]), " "),
	    cols - indent, &lines);
	for (size_t i = 0; i < n; i++)
		printf("%*s%s\n", indent, "", lines[i]);
}

static bool
is_of(const json_t *command, const char *noun)
{
	size_t n = strlen(noun);

	return !n || (strncmp(text_at(command, "name"), noun, n) == 0 &&
	    text_at(command, "name")[n] == '.');
}

/* Those of one noun, or of all; returns how many there are. */
static int
print_commands(struct run *r, const char *noun)
{
	const json_t *command;
	size_t i;
	int n = 0;

	json_array_foreach(at(r->commands.result, "commands"), i, command) {
		if (is_of(command, "session") || !is_of(command, noun))
			continue;
		print_hanging(r, arena_printf(r->mem, "  %-20s ", spoken(r, command)), 23,
		    text_at(command, "help"));
		n++;
	}
	return n;
}

/* "which part: name|identifier|contact", with blanks where lines may break. */
static const char *
arg_help(struct run *r, const json_t *arg)
{
	const char *bar = columns_of_output() > 0 ? " | " : "|", *help = text_at(arg, "help");
	const json_t *value;
	size_t i;

	json_array_foreach(at(arg, "values"), i, value)
		help = arena_printf(r->mem, "%s%s%s", help, i ? bar : ": ",
		    json_string_value(value));
	return help;
}

static void
print_command(struct run *r, const json_t *command)
{
	const char *args = "";
	const json_t *arg;
	size_t i;

	json_array_foreach(at(command, "args"), i, arg)
		args = arena_printf(r->mem, truth_at(arg, "required") ? "%s %s=" : "%s [%s=]", args,
		    text_at(arg, "name"));
	print_hanging(r, arena_printf(r->mem, "tresen %s", spoken(r, command)), 8, args);
	print_hanging(r, "  ", 2, text_at(command, "help"));
	json_array_foreach(at(command, "args"), i, arg)
		print_hanging(r, arena_printf(r->mem, "  %-14s %-6s ", text_at(arg, "name"),
		    text_at(arg, "type")), 24, arg_help(r, arg));
	if (!truth_at(command, "may") && json_is_object(at(r->hello.result, "staff")))
		printf("  %s\n", _("Your role may not use this command."));
}

/* ---- running ---- */

static const char *
joined(struct run *r, char **words, int n)
{
	return n >= 2 ? arena_printf(r->mem, "%s.%s", words[0], words[1])
	              : n == 1 ? words[0] : "";
}

static void
tell_help(struct run *r, const json_t *command)
{
	usage(_("what the command takes, says"), arena_printf(r->mem, "tresen help %s", spoken(r, command)));
}

/* key=value as the command's own argument types; NULL after an error. */
static json_t *
read_params(struct run *r, const json_t *command, char **words, int n, int *exit_code)
{
	json_t *params = json_object();

	for (int i = 0; i < n; i++) {
		char *equals = strchr(words[i], '=');
		const char *name = equals ? arena_strndup(r->mem, words[i],
		    (size_t)(equals - words[i])) : words[i];
		const json_t *arg = find_by_name(at(command, "args"), name);

		if (!equals || !*name || !arg || at(params, name)) {
			*exit_code = usage(!equals || !*name ? _("arguments are written key=value, not")
			    : !arg ? _("this command has no such argument")
			    : _("this argument was given already"), words[i]);
			tell_help(r, command);
			json_decref(params);
			return NULL;
		}
		json_object_set_new(params, name, command_value(text_at(arg, "type"),
		    equals + 1));
	}
	return params;
}

static bool
has_all(const json_t *command, const json_t *params, const char **missing)
{
	const json_t *arg;
	size_t i;

	json_array_foreach(at(command, "args"), i, arg) {
		*missing = text_at(arg, "name");
		if (truth_at(arg, "required") && !at(params, *missing))
			return false;
	}
	return true;
}

static void
print_result(struct run *r, json_t *result)
{
	const char **lines;
	size_t n;

	if (r->o->json) {
		json_dumpf(result, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
		putchar('\n');
		return;
	}
	/* a result that has a text of its own is read by people in that form */
	if (*text_at(r->reply.result, "text")) {
		fputs(text_page(r->mem, text_at(r->reply.result, "text"), true), stdout);
		return;
	}
	n = result_lines(r->mem, result, columns_of_output(), &lines);
	for (size_t i = 0; i < n; i++)
		puts(lines[i]);
}

/* What came along with a refusal: the scan of a document that does not hold. */
static void
print_told(struct run *r)
{
	static const char *const known[] = { "status", "field", "winner" };
	json_t *told = json_copy(r->reply.data);

	for (size_t i = 0; i < COUNT_OF(known); i++)
		json_object_del(told, known[i]);
	if (json_object_size(told) > 0)
		print_result(r, told);
	json_decref(told);
}

static int
call(struct run *r, const json_t *command)
{
	const char *missing;
	int exit_code = 0;
	json_t *params = read_params(r, command, r->o->words + 2, r->o->n_words - 2, &exit_code);

	if (!params)
		return exit_code;
	if (!has_all(command, params, &missing)) {
		json_decref(params);
		exit_code = usage(_("this command needs"), missing);
		tell_help(r, command);
		return exit_code;
	}
	if (link_call(r->link, text_at(command, "name"), params, &r->reply) != ST_OK) {
		print_told(r);
		return failed(&r->reply);
	}
	print_result(r, r->reply.result);
	return 0;
}

static int
help_about(struct run *r, const char *name)
{
	const json_t *command = find_by_name(at(r->commands.result, "commands"), name);

	if (!*name) {
		print_usage();
		printf("\n%s\n", _("Commands:"));
		print_commands(r, "");
	} else if (command) {
		print_command(r, command);
	} else if (strchr(name, '.') || print_commands(r, name) == 0) {
		return usage(_("there is no such command (see: tresen help)"), name);
	}
	return 0;
}

/* A noun alone is half a command; with another verb it is none. */
static int
no_command(struct run *r, const char *name)
{
	const char *noun = arena_strndup(r->mem, name, strcspn(name, "."));
	const json_t *command;
	size_t i;

	json_array_foreach(at(r->commands.result, "commands"), i, command)
		if (!is_of(command, "session") && is_of(command, noun))
			return usage(name[strlen(noun)] ? _("there is no such verb; see")
			    : _("a verb is missing; see"),
			    arena_printf(r->mem, "tresen help %s", noun));
	return usage(_("there is no such command (see: tresen help)"), name);
}

static int
run_named(struct run *r)
{
	int skip = r->o->n_words > 0 && strcmp(r->o->words[0], "help") == 0;
	const char *name = joined(r, r->o->words + skip, r->o->n_words - skip);
	const json_t *command = find_by_name(at(r->commands.result, "commands"), name);

	if (r->o->help || skip)
		return help_about(r, name);
	if (!command)
		return no_command(r, name);
	if (!json_is_object(at(r->hello.result, "staff"))) {
		fprintf(stderr, "tresen: %s\n", _("The office does not know you. In a training "
		    "office say who you are: --as LOGIN."));
		return status_exit(ST_DENIED);
	}
	return call(r, command);
}

/* Help must be had also where there is no office yet; commands are known only
 * to an engine. */
static int
without_office(const struct options *o)
{
	bool help = o->n_words > 0 && strcmp(o->words[0], "help") == 0;

	if (o->n_words == help && (help || o->help)) {
		print_usage();
		printf("%s\n", _("An office lists its commands: tresen --db FILE help."));
		return 0;
	}
	fprintf(stderr, "tresen: %s\n", _("No office is known here. Name one: --db FILE or "
	    "--office SOCKET."));
	return EXIT_CONFIG;
}

int
run_command(const struct options *o, const struct link_target *target)
{
	struct run r = { .o = o };
	int exit_code;

	if (!target->db && !target->office)
		return without_office(o);
	r.mem = arena_new();
	r.link = link_open(target, &r.hello);
	if (!r.link)
		exit_code = failed(&r.hello);
	else if (link_call(r.link, "session.commands", NULL, &r.commands) != ST_OK)
		exit_code = failed(&r.commands);
	else
		exit_code = run_named(&r);
	reply_done(&r.hello);
	reply_done(&r.commands);
	reply_done(&r.reply);
	link_close(r.link);
	arena_free(r.mem);
	return exit_code;
}
