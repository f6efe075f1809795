/*
 * base.h - layer 0: what every other layer stands on.
 *
 * Failure has three ranks.  bug: an invariant is broken, end at once.  fatal: the
 * program cannot start or go on, message and exit code.  status: everything
 * that a user or another session can cause, a value with a sentence.
 */
#ifndef TRESEN_BASE_H
#define TRESEN_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clock.h"

#define TRESEN_VERSION "0.1.0"
#define TRESEN_PROTOCOL 1

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Marks a message for the catalogue without translating it. */
#define N_(text) text
/* Translates a message into the language of this process. */
const char *tr(const char *text) __attribute__((format_arg(1)));
/* As tr, for one or many of something. */
const char *tr_n(const char *one, const char *many, int64_t n)
    __attribute__((format_arg(1), format_arg(2)));
#define _(text) tr(text)

/*
 * ---- status ---------------------------------------------------------------
 * Name on the wire, exit code of a one-shot command (as sysexits(3) has it).
 */
#define STATUS_LIST(X)                                                         \
	X(ST_OK, "OK", 0)                 /* done */                           \
	X(ST_INVALID, "INVALID", 65)      /* input that cannot be taken */     \
	X(ST_NOT_FOUND, "NOT_FOUND", 66)  /* nothing there, or not for you */  \
	X(ST_CONFLICT, "CONFLICT", 1)     /* someone else changed it */        \
	X(ST_DENIED, "DENIED", 77)        /* your role may not */              \
	X(ST_BUSY, "BUSY", 75)            /* try again */                      \
	X(ST_STORE, "STORE", 74)          /* the office file failed */         \
	X(ST_UNREACHABLE, "UNREACHABLE", 69) /* client only: no engine */

enum status {
#define X(id, name, code) id,
	STATUS_LIST(X)
#undef X
};

#define EXIT_USAGE 64
#define EXIT_BUG 70
#define EXIT_CONFIG 78

/* "CONFLICT" for ST_CONFLICT. */
const char *status_name(enum status s);
/* Exit code of a one-shot command that ended with s. */
int status_exit(enum status s);
/* The status of a wire name; ST_STORE for a name nobody knows. */
enum status status_by_name(const char *name);

#define TRY(call)                                                              \
	do {                                                                   \
		enum status try_ = (call);                                     \
		if (try_ != ST_OK)                                             \
			return try_;                                           \
	} while (0)

/*
 * ---- bug and fatal --------------------------------------------------------
 * Both call the function set by on_last_words first, so that the client can
 * give the terminal back.
 */
_Noreturn void bug_at(const char *file, int line, const char *format, ...)
    PRINTF(3, 4);
#define bug(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
#define invariant(cond)                                                        \
	do {                                                                   \
		if (!(cond))                                                   \
			bug("broken invariant: %s", #cond);                    \
	} while (0)
_Noreturn void fatal(int exit_code, const char *format, ...) PRINTF(2, 3);
void on_last_words(void (*f)(void));
/* The exit code of a program that has printed all it had to: another one where standard
 * output did not take it, or a script would go on with half of it. */
MUST_CHECK int output_end(int exit_code);
/* One line to standard error: for the log, not for clerks. */
void log_line(const char *format, ...) PRINTF(1, 2);

/*
 * ---- arena ----------------------------------------------------------------
 * Memory with one of three lifetimes: program, screen, operation.  Everything
 * in an arena goes at once.  Out of memory is a bug: no caller tests for NULL.
 */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);
/* Forget everything, keep the first block. */
void arena_reset(struct arena *a);
/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *text);
char *arena_strndup(struct arena *a, const char *text, size_t n);
char *arena_printf(struct arena *a, const char *format, ...) PRINTF(2, 3);
char *arena_vprintf(struct arena *a, const char *format, va_list args) PRINTF(2, 0);

#define arena_make(a, type) arena_array(a, type, 1)
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

/*
 * ---- op -------------------------------------------------------------------
 * One user action, from request to reply: first parameter everywhere in the engine.
 */
enum lang { LANG_EN, LANG_DE };

struct failure {
	const char *sentence;    /* what happened and what to do, for the user */
	const char *field;       /* the argument or answer at fault, or NULL */
	const char *winner;      /* ST_CONFLICT: who was faster, or NULL */
	int64_t winner_at;       /* when they saved */
};

struct op {
	struct arena *mem;       /* everything this action produces */
	struct db *db;
	int64_t now;             /* one clock reading: all rows of it agree */
	int today;               /* the office's business day, see day_* */
	const char *command;     /* what they do; NULL: no command of the table */
	const struct staff *by;  /* who acts: id, roles, unit, site */
	enum lang lang;
	const char *reason;      /* why, in the actor's words; kept with the event */
	struct failure fail;     /* the last failure */
	struct touched *touched; /* objects this action changes, newest first */
	struct setting *settings; /* of the office, as far as read; store's own */
	struct known_form *forms; /* read in this action; service's own */
	struct kept *kept;       /* what is kept from by; store's own */
};

/* Sets the sentence and returns s, to be returned by the caller. */
enum status op_fail(struct op *op, enum status s, const char *format, ...)
    PRINTF(3, 4);
/* The same, naming the field at fault. */
enum status op_fail_field(struct op *op, enum status s, const char *field,
                          const char *format, ...) PRINTF(4, 5);

struct touched {
	const char *kind;        /* "case", "visit", "person", "handover" */
	int64_t id;
	struct touched *next;
};
/* Notes that this action changes an object; twice is once. */
void op_touch(struct op *op, const char *kind, int64_t id);

/* ---- chance ---- */

void random_bytes(void *to, size_t n);
/* From now on the same bytes follow the same seed: for invented offices only. */
void random_repeat(uint64_t seed);
/* 32 random hex digits, for request ids. */
char *random_id(struct arena *a);

/*
 * ---- language -------------------------------------------------------------
 * Catalogues lie in ../share/locale or ./locale beside the program.  Works
 * with only the C.UTF-8 locale on the machine.
 */
void lang_init(void);
void lang_set(enum lang lang);
enum lang lang_current(void);
/* From --lang, else from LC_ALL, LC_MESSAGES, LANG; English if unknown. */
enum lang lang_guess(const char *option);
/* "de" for LANG_DE; and back, false for a language we do not have. */
const char *lang_code(enum lang lang);
bool lang_by_code(const char *code, enum lang *lang);

#endif
