/*
 * expr.h - layer 1: expressions of forms, from the text to a value.  Shared by
 * lex.c, expr*.c and eval*.c only; the language is in tresen-form(5).
 */
#ifndef TRESEN_FORM_EXPR_H
#define TRESEN_FORM_EXPR_H

#include "inside.h"

/* ---- words ---- */

enum token { TOKEN_END, TOKEN_NAME, TOKEN_STRING, TOKEN_FIGURE, TOKEN_SIGN };

#define EURO "€"                 /* behind a figure: it is money */

struct lexer {
	struct arena *a;
	const char *source, *at; /* at: behind the token */
	const char *start;       /* of the token */
	enum token token;
	const char *text;        /* of the token; a string without its marks */
	const char *wrong;       /* what cannot be read, or NULL */
};

void lexer_next(struct lexer *l);
/* Is there "(" behind the token? */
bool lexer_calls(const struct lexer *l);

/* ---- the tree ---- */

enum act {
	OP_LITERAL, OP_FIELD, OP_TODAY, OP_OPTION, OP_TAGS, OP_WIDEN,
	OP_NOT, OP_AND, OP_OR,
	OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE, OP_HAS,
	OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MOD, OP_NEG,
	OP_EMPTY, OP_IF, OP_DEFAULT, OP_LESSER, OP_GREATER, OP_CALL,
	OP_COUNT, OP_SUM, OP_MIN, OP_MAX, OP_ANY, OP_ALL,
};

struct run;
struct node;

struct arithmetic {
	enum act op;
	enum kind left, right, result;
	int64_t times, by;       /* left (op) right, * times, / by */
};

struct call {
	const char *name;
	enum kind result;
	enum kind wants[3];      /* KIND_NONE at the end */
	int must;                /* how many of them */
	struct form_value (*run)(struct run *run, const struct form_value *given, int count);
};

/*
 * The first two arguments are the sides; an aggregate has what is taken of
 * each row and, second, the "where"; OP_IF three.
 */
struct node {
	enum act op;
	enum kind kind;
	const struct node *arg[3];
	int args;
	const struct form_field *field;  /* OP_FIELD, OP_EMPTY, the repeat of an aggregate */
	const struct form_field *domain; /* KIND_CHOICE, KIND_SET: whose choices */
	bool again;              /* its first side is that of a node before it */
	const struct arithmetic *rule;
	const struct call *call;
	struct form_value literal;
	const char *start;       /* in the source, for the mark */
};

struct form_expr {
	const struct node *root;
	const char *source;
};

/* ---- reading: expr.c, expr_type.c, expr_call.c ---- */

#define EXPR_NESTING_MAX 32

struct name_scope {              /* what a bare key may mean, inner first */
	const struct form_field *repeat;
	const struct name_scope *outer;
};

struct parser {
	struct reader *r;
	const struct pending_expr *of;
	struct lexer lex;
	const struct name_scope *scope;
	int nesting;
	bool stopped;            /* syntax: the rest would be echo */
};

/* Notes an error at a place of the expression; NULL, to be returned. */
struct node *expr_fail(struct parser *p, const char *place, const char *format, ...)
    PRINTF(3, 4);
/* The same where the sense is lost: nothing more is read. */
struct node *expr_stop(struct parser *p, const char *format, ...) PRINTF(2, 3);
struct node *expr_node(struct parser *p, enum act op, enum kind kind, const char *start);
/* One whole expression, up to a sign that is not part of it. */
struct node *expr_read(struct parser *p);
bool expr_skip(struct parser *p, enum token token, const char *text);
bool expr_expect(struct parser *p, const char *sign);
/* NAME "(" ...: the lexer stands on the name. */
struct node *expr_call(struct parser *p);
/* The field of a key as seen from here; NULL after an error. */
const struct form_field *expr_field(struct parser *p, const char *start, const char *key);

/* Gives a node the kind wanted where that is possible (literals, whole numbers
 * as decimals); NULL after an error.  domain: whose choices, or NULL. */
struct node *expr_as(struct parser *p, struct node *n, enum kind kind,
                     const struct form_field *domain);
/* Both sides of one kind. */
bool expr_alike(struct parser *p, struct node **left, struct node **right);
struct node *expr_compare(struct parser *p, enum act op, struct node *left, struct node *right);
struct node *expr_arithmetic(struct parser *p, enum act op, struct node *left,
                             struct node *right);
/* "12.50€"; NULL after an error. */
struct node *expr_euros(struct parser *p, const struct node *figure);
/* What a figure is that nothing gives a kind. */
enum kind expr_figure_kind(const struct node *n);
struct node *expr_negative(struct parser *p, struct node *n);
const char *expr_kind_name(enum kind kind);
enum kind expr_kind_of(const struct form_field *field);

/* ---- running: eval.c, eval_call.c, eval_rows.c ---- */

struct scope {
	struct form_row *row;
	const struct scope *outer;
};

struct run {
	struct form_state *state;
	const struct scope *scope;
	const struct form_choice *option; /* a filter is asked for it */
};

struct form_value eval(struct run *run, const struct node *n);
struct form_value eval_arithmetic(const struct node *n, struct form_value left,
                                  struct form_value right);
struct form_value eval_rows(struct run *run, const struct node *n);
struct form_cell *eval_cell(const struct run *run, const struct form_field *field);
struct form_value value_truth(bool yes);
struct form_value value_number(int64_t number);
struct form_value value_fault(const char *why);
/* The worst of what is not known among n values; FORM_KNOWN if all are. */
struct form_value value_worst(const struct form_value *values, int n);

extern const struct call expr_calls[];
extern const size_t expr_call_count;

#endif
