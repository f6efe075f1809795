/*
 * status.c - layer 0: the ranks of failure, and op.  Called by everyone.
 * Must never know what a failure is about.
 */
#include "base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*last_words)(void);

static const struct {
	const char *name;
	int exit_code;
} statuses[] = {
#define X(id, name, code) [id] = { name, code },
	STATUS_LIST(X)
#undef X
};

const char *
status_name(enum status s)
{
	return statuses[s].name;
}

int
status_exit(enum status s)
{
	return statuses[s].exit_code;
}

enum status
status_by_name(const char *name)
{
	for (size_t i = 0; name && i < COUNT_OF(statuses); i++)
		if (strcmp(statuses[i].name, name) == 0)
			return (enum status)i;
	return ST_STORE;
}

void
on_last_words(void (*f)(void))
{
	last_words = f;
}

/* The terminal may still be the client's: give it back before speaking. */
static void
give_back(void)
{
	void (*f)(void) = last_words;

	last_words = NULL;
	if (f)
		f();
}

void
bug_at(const char *file, int line, const char *format, ...)
{
	va_list args;

	give_back();
	fprintf(stderr, "tresen: bug at %s:%d: ", file, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	/* like abort, nothing of ours runs any more; a script sees which kind of end it is */
	_exit(EXIT_BUG);
}

void
fatal(int exit_code, const char *format, ...)
{
	va_list args;

	give_back();
	fprintf(stderr, "tresen: ");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(exit_code);
}

int
output_end(int exit_code)
{
	bool failed = ferror(stdout);

	if (fflush(stdout) == 0 && !failed)
		return exit_code;
	fprintf(stderr, "tresen: %s\n", _("What was asked for is done, but not all of the output "
	    "could be written. Give it more room before you ask again."));
	return exit_code ? exit_code : status_exit(ST_STORE);
}

void
log_line(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "tresen: ");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

enum status
op_fail(struct op *op, enum status s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	op->fail = (struct failure){ .sentence = arena_vprintf(op->mem, format, args) };
	va_end(args);
	return s;
}

enum status
op_fail_field(struct op *op, enum status s, const char *field,
              const char *format, ...)
{
	va_list args;

	va_start(args, format);
	op->fail = (struct failure){
		.sentence = arena_vprintf(op->mem, format, args),
		.field = arena_strdup(op->mem, field),
	};
	va_end(args);
	return s;
}

void
op_touch(struct op *op, const char *kind, int64_t id)
{
	struct touched *t;

	for (t = op->touched; t; t = t->next)
		if (t->id == id && strcmp(t->kind, kind) == 0)
			return;
	t = arena_make(op->mem, struct touched);
	*t = (struct touched){ .kind = kind, .id = id, .next = op->touched };
	op->touched = t;
}
