/*
 * main.c - layer 5: tresen-admin: what the administrator of an office file
 * does.  Finds the verb in the one table, reads its options, opens the file.
 * Must never do anything a clerk could do: it has no rights in the office.
 */
#include "admin.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup.h"
#include "form_file.h"

#define WORDS_MAX 256            /* with a NULL at the end */

static const struct verb *const verbs[] = {
	&verb_init, &verb_check, &verb_verify, &verb_migrate, &verb_staff, &verb_catalogue,
	&verb_import, &verb_duplicates, &verb_form_check, &verb_form_try, &verb_form_diff,
	&verb_form, &verb_backup, &verb_backup_key, &verb_restore, &verb_ballast, &verb_rights,
	&verb_salvage, &verb_retention, &verb_key, &verb_seal, &verb_seal_key, &verb_log,
};

/* ---- options ---- */

static const struct option {
	const char *name, *value, *help; /* value NULL: a switch */
	size_t offset;
} options[] = {
	{ "training", NULL, N_("a training office: with demo staff and no unix users"),
	  offsetof(struct options, training) },
	{ "demo", N_("S|M|L"), N_("fill it with invented people and work: small, medium, large; "
	    "it is a training office then"),
	  offsetof(struct options, demo) },
	{ "seed", N_("N"), N_("another number, another invented office"),
	  offsetof(struct options, seed) },
	{ "data", N_("DIR"), N_("folder that holds catalogue/ and demo/"),
	  offsetof(struct options, data) },
	{ "paper", NULL, N_("print the key for the safe"), offsetof(struct options, paper) },
	{ "split", N_("N"), N_("write the key in so many parts, which only together are one"),
	  offsetof(struct options, split) },
	{ "join", NULL, N_("make the key of its parts"), offsetof(struct options, join) },
	{ "rotate", NULL, N_("seal with a new key from now on; the old ones go on opening"),
	  offsetof(struct options, rotate) },
	{ "uid", N_("N"), N_("number of the unix user (id -u)"), offsetof(struct options, uid) },
	{ "name", N_("TEXT"), N_("name as colleagues read it"), offsetof(struct options, name) },
	{ "role", N_("ROLE"), N_("counter, clerk, supervisor, steering, dpo or admin"),
	  offsetof(struct options, role) },
	{ "unit", N_("UNIT"), N_("code of a unit, like residence"),
	  offsetof(struct options, unit) },
	{ "site", N_("SITE"), N_("code of a site, like main"), offsetof(struct options, site) },
	{ "counter", N_("COUNTER"), N_("where they usually sit, like main-3"),
	  offsetof(struct options, counter) },
	{ "on", N_("DAY"), N_("their last day, like 2026-11-30; without, or a day before today: at "
	    "once"), offsetof(struct options, on) },
	{ "all", NULL, N_("also who has left"), offsetof(struct options, all) },
	{ "reuse", NULL, N_("the login or unix user was somebody's who has left"),
	  offsetof(struct options, reuse) },
	{ "man", NULL, N_("as a page of the manual"), offsetof(struct options, man) },
	{ "dry-run", NULL, N_("say what would happen, and write nothing"),
	  offsetof(struct options, dry_run) },
	{ "encoding", N_("NAME"), N_("encoding of the file, like WINDOWS-1252; without: UTF-8"),
	  offsetof(struct options, encoding) },
	{ "rejects", N_("FILE"), N_("where rows go that cannot be taken"),
	  offsetof(struct options, rejects) },
	{ "into", N_("FILE"), N_("where checkpoints are kept; without: beside the key"),
	  offsetof(struct options, into) },
	{ "witness", N_("DIR"), N_("folder that gets each checkpoint, off this machine"),
	  offsetof(struct options, witness) },
	{ "witness-command", N_("PROGRAM"), N_("program that gets each checkpoint as its input"),
	  offsetof(struct options, witness_command) },
	{ "follow", NULL, N_("go on, as long as there is something to come"),
	  offsetof(struct options, follow) },
	{ "checkpoint", N_("FILE..."), N_("what was sealed, as a witness has kept it"),
	  offsetof(struct options, checkpoint) },
	{ "public-key", N_("FILE"), N_("the key that checkpoints are signed with"),
	  offsetof(struct options, public_key) },
	{ "answers", N_("JSON"), N_("answers as {\"key\": \"value\"}, or @FILE that holds them"),
	  offsetof(struct options, answers) },
	{ "today", N_("DAY"), N_("the day on which they are given, like 2026-07-01"),
	  offsetof(struct options, today) },
	{ "stage", N_("STAGE"), N_("what is needed by now: draft, intake, review or decision"),
	  offsetof(struct options, stage) },
	{ "to", N_("PUBLICKEY"), N_("file with the public key of those who may read the backup"),
	  offsetof(struct options, to) },
	{ "keep", N_("N"), N_("how many backups of the office stay in the folder; without: all"),
	  offsetof(struct options, keep) },
	{ "key", N_("SECRET"), N_("file with the secret key, to read what is sealed"),
	  offsetof(struct options, key) },
	{ "size", N_("MB"), N_("how much room a ballast keeps; without: 64"),
	  offsetof(struct options, size) },
};

static bool
word_in(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; at && (at = strstr(at, word)); at += n)
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

static const struct option *
option_find(const struct verb *verb, const char *name)
{
	for (size_t i = 0; i < COUNT_OF(options); i++)
		if (strcmp(options[i].name, name) == 0 && word_in(verb->options, name))
			return options + i;
	return NULL;
}

_Noreturn static void
usage(const struct verb *verb, const char *wrong, const char *word)
{
	if (wrong)
		fprintf(stderr, "tresen-admin: %s: %s\n", wrong, word);
	if (verb)
		fprintf(stderr, _("usage: tresen-admin %s %s\n"), verb->name, verb->usage);
	else
		fprintf(stderr, "%s\n", _("usage: tresen-admin VERB OFFICE [WORDS] [OPTIONS]; "
		                          "see tresen-admin --help"));
	exit(EXIT_USAGE);
}

/* Takes "--name value" or "--name=value" at argv[at]; returns the last index used. */
static int
option_take(const struct verb *verb, char *const *argv, int at, struct call *call)
{
	const char *equals = strchr(argv[at], '='), *value = equals ? equals + 1 : argv[at + 1];
	size_t n = strcspn(argv[at], "=") - 2;
	const struct option *o = option_find(verb, arena_strndup(call->op.mem, argv[at] + 2, n));
	char *slot = (char *)&call->with;

	if (!o || (!o->value && equals))
		usage(verb, _("this option does not belong here"), argv[at]);
	if (!o->value) {
		*(bool *)(void *)(slot + o->offset) = true;
		return at;
	}
	if (!value)
		usage(verb, _("this option needs a value"), argv[at]);
	*(const char **)(void *)(slot + o->offset) = value;
	return equals ? at : at + 1;
}

/* OFFICE, further words and options, in any order after the verb. */
static void
arguments_read(const struct verb *verb, char *const *argv, struct call *call)
{
	static const char *words[WORDS_MAX];
	int n = 0;

	for (int at = 0; argv[at]; at++) {
		if (strncmp(argv[at], "--", 2) == 0)
			at = option_take(verb, argv, at, call);
		else if (n > verb->words)
			usage(verb, _("this word is too many"), argv[at]);
		else
			words[n++] = argv[at];
	}
	if (n == 0 && !verb->bare)
		usage(verb, NULL, NULL);
	call->path = words[0];
	call->rest = words + 1;
}

/* ---- help ---- */

static void
help(void)
{
	printf("%s\n\n", _("tresen-admin - makes, checks and fills the file of an office"));
	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		printf("  tresen-admin %s %s\n      %s\n", verbs[i]->name, verbs[i]->usage,
		       _(verbs[i]->help));
	printf("\n");
	for (size_t i = 0; i < COUNT_OF(options); i++)
		printf("  --%s%s%s\n      %s\n", options[i].name, options[i].value ? " " : "",
		       options[i].value ? options[i].value : "", _(options[i].help));
	printf("\n%s\n", _("Exit codes: 0 done, 64 usage, 65 invalid input, 66 not found, 73 the "
	                   "file\ncannot be made, 74 the office file failed or is not sound, "
	                   "75 busy, try again."));
}

/* ---- running ---- */

const char *
data_folder(struct arena *mem, const char *given)
{
	return given ? given : form_data_folder(mem);
}

const char *
admin_name(struct arena *mem)
{
	const struct passwd *user = getpwuid(getuid());

	return user ? arena_strdup(mem, user->pw_name) : arena_printf(mem, "%u", getuid());
}

enum status
in_transaction(struct op *op, const char *command,
               enum status (*change)(struct op *op, void *data), void *data)
{
	enum status s;

	TRY(db_begin_write(op));
	op->touched = NULL;
	s = change(op, data);
	if (s == ST_OK)
		return db_commit(op, &(struct event_head){ .command = command });
	db_rollback(op);
	return s;
}

static enum status
verb_run(const struct verb *verb, struct call *call)
{
	struct op *op = &call->op;
	enum status s = ST_OK;

	op->now = clock_now();
	op->today = clock_day(op->now);
	op->lang = lang_current();
	/* what SQLite spills holds the whole office: it stays where that is.  It asks for
	 * this when it begins, and never again. */
	if (call->path)
		setenv("SQLITE_TMPDIR", folder_of(op->mem, call->path), 0);
	if (verb->opens) {
		const char *why = NULL;

		s = db_open(op->mem, call->path, &op->db, &why);
		if (s != ST_OK)
			op->fail.sentence = why;
	}
	if (s == ST_OK)
		s = verb->run(call);
	db_close(op->db);
	return s;
}

static const struct verb *
verb_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(verbs); i++)
		if (strcmp(verbs[i]->name, name) == 0)
			return verbs[i];
	usage(NULL, _("there is no such verb"), name);
}

int
main(int argc, char **argv)
{
	struct call call = { 0 };
	enum status s;

	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a status, not death */
	clock_init();
	lang_init();
	lang_set(lang_guess(NULL));
	if (argc < 2)
		usage(NULL, NULL, NULL);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		help();
		return output_end(0);
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("tresen-admin %s\n", TRESEN_VERSION);
		return 0;
	}
	call.op.mem = arena_new();
	arguments_read(verb_find(argv[1]), argv + 2, &call);
	s = verb_run(verb_find(argv[1]), &call);
	if (s != ST_OK)
		fprintf(stderr, "%s\n", call.op.fail.sentence);
	arena_free(call.op.mem);
	return output_end(call.exit_code ? call.exit_code : status_exit(s));
}
