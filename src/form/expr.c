/*
 * expr.c - layer 1: the conditions of forms, read and evaluated.  Called by
 * parse.c once a form, by answers.c at each key press.
 *
 *   or:      and { "or" and }
 *   and:     not { "and" not }
 *   not:     "not" not | "(" or ")" | "empty" "(" FIELD ")" | test
 *   test:    FIELD ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) side
 *          | FIELD [ "not" ] "in" "(" literal { "," literal } ")"
 *   side:    FIELD | literal
 *   literal: "text" | 'text' | 12 | 12.50
 *
 * Bounded: as many steps as the condition has words.  Must never guess: a
 * comparison with an answer that is not given is unknown, and what hangs on
 * it is not shown.
 */
#include "inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define SOURCE_MAX 1000          /* bounds the depth of the tree as well */
#define NESTING_MAX 32

enum kind { OR, AND, NOT, EMPTY, COMPARE };
enum comparison { EQ, NE, LT, LE, GT, GE };

struct form_expr {
	enum kind kind;
	enum comparison comparison;
	const struct form_expr *left, *right; /* OR, AND; NOT has only left */
	size_t field;            /* EMPTY, COMPARE */
	bool with_field;         /* COMPARE: other side is a field */
	bool as_text;            /* COMPARE: by text, else by number */
	size_t other;
	struct value literal;
};

enum token { END, NAME, STRING, NUMBER, SIGN };

struct parser {
	struct reader *r;
	int line;
	const char *source, *at; /* at: behind the token */
	const char *start;       /* of the token */
	enum token token;
	const char *text;        /* of the token; a string without its marks */
	int nesting;
	bool failed;
};

static const char *const signs[] = { "==", "!=", "<=", ">=", "<", ">", "(", ")", "," };
static const enum comparison comparisons[] = { EQ, NE, LE, GE, LT, GT };

/* Only the first error of a condition is told: the rest is its echo. */
static void *fail(struct parser *p, const char *format, ...) PRINTF(2, 3);

static void *
fail(struct parser *p, const char *format, ...)
{
	char sentence[256];
	va_list args;

	if (p->failed)
		return NULL;
	p->failed = true;
	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	form_error(p->r, p->line, _("%s, here: %.*s>>%s"), sentence, (int)(p->start - p->source),
	           p->source, p->start);
	return NULL;
}

/* ---- words ---- */

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
#define DIGITS "0123456789"

static void
take(struct parser *p, enum token token, size_t n)
{
	p->token = token;
	p->text = arena_strndup(p->r->a, p->at, n);
	p->at += n;
}

/* Either mark: inside a setting of libconfig the single one needs no escape. */
static void
take_string(struct parser *p)
{
	char mark = *p->at++;
	const char *end = strchr(p->at, mark);

	take(p, STRING, end ? (size_t)(end - p->at) : strlen(p->at));
	if (end)
		p->at++;
	else
		fail(p, _("a quotation mark is missing"));
}

static void
take_sign(struct parser *p)
{
	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (strncmp(p->at, signs[i], strlen(signs[i])) == 0) {
			take(p, SIGN, strlen(signs[i]));
			return;
		}
	take(p, SIGN, text_cluster(p->at));
	fail(p, _("\"%s\" has no meaning in a condition"), p->text);
}

static void
next(struct parser *p)
{
	p->at += strspn(p->at, " ");
	p->start = p->at;
	if (!*p->at)
		take(p, END, 0);
	else if (strchr(LETTERS, *p->at))
		take(p, NAME, strspn(p->at, LETTERS DIGITS));
	else if (strchr(DIGITS "-", *p->at))
		take(p, NUMBER, 1 + strspn(p->at + 1, DIGITS "."));
	else if (*p->at == '"' || *p->at == '\'')
		take_string(p);
	else
		take_sign(p);
}

static bool
is(const struct parser *p, enum token token, const char *text)
{
	return p->token == token && strcmp(p->text, text) == 0;
}

static bool
skip(struct parser *p, enum token token, const char *text)
{
	if (!is(p, token, text))
		return false;
	next(p);
	return true;
}

static bool
expect(struct parser *p, const char *sign)
{
	if (skip(p, SIGN, sign))
		return true;
	fail(p, _("\"%s\" is wanted"), sign);
	return false;
}

/* ---- sentences ---- */

static struct form_expr *
node(struct parser *p, enum kind kind, const struct form_expr *left, const struct form_expr *right)
{
	struct form_expr *e = arena_make(p->r->a, struct form_expr);

	e->kind = kind;
	e->left = left;
	e->right = right;
	return e;
}

static const struct form_field *
field_of(struct parser *p)
{
	const struct form_field *field;

	if (p->token != NAME) {
		fail(p, _("the key of a field is wanted"));
		return NULL;
	}
	field = form_find(p->r->form, p->text);
	if (field)
		next(p);
	else
		fail(p, _("there is no field \"%s\""), p->text);
	return field;
}

static bool
has_choice(const struct form_field *field, const char *key)
{
	if (field->type == FORM_YES_NO)
		return strcmp(key, "yes") == 0 || strcmp(key, "no") == 0;
	for (size_t i = 0; i < field->choice_count; i++)
		if (strcmp(field->choices[i].key, key) == 0)
			return true;
	return form_is_text(field->type);
}

static bool
literal_text(struct parser *p, const struct form_field *field, struct value *v)
{
	int day;

	if (field->type == FORM_DATE) {
		if (p->token != STRING || !day_parse(p->text, &day))
			return fail(p, _("a day such as \"2026-07-01\" is wanted"));
		v->number = day;
	} else if (p->token != STRING) {
		return fail(p, _("a text in quotation marks is wanted"));
	} else if (!has_choice(field, p->text)) {
		return fail(p, _("\"%s\" has no choice \"%s\""), field->key, p->text);
	}
	v->text = p->text;
	return true;
}

static bool
literal_number(struct parser *p, const struct form_field *field, struct value *v)
{
	const char *point = strchr(p->text, '.');
	int64_t cents = 0;

	if (p->token != NUMBER)
		return fail(p, _("a number is wanted"));
	if (point && (field->type != FORM_MONEY || strlen(point) != 3 || strchr(point + 1, '.')))
		return fail(p, _("write a whole number, or 12.50 for money"));
	if (point)
		cents = strtoll(point + 1, NULL, 10);
	if (!form_whole(arena_strndup(p->r->a, p->text, strcspn(p->text, ".")), &v->number))
		return fail(p, _("the number is too large"));
	if (field->type == FORM_MONEY)
		v->number = v->number * 100 + (p->text[0] == '-' ? -cents : cents);
	return true;
}

static bool
literal(struct parser *p, const struct form_field *field, struct value *v)
{
	bool number = field->type == FORM_NUMBER || field->type == FORM_MONEY;

	*v = (struct value){ .known = true };
	if (!(number ? literal_number(p, field, v) : literal_text(p, field, v)))
		return false;
	next(p);
	return true;
}

static struct form_expr *
comparison_node(struct parser *p, const struct form_field *field, enum comparison comparison)
{
	struct form_expr *e = node(p, COMPARE, NULL, NULL);

	e->comparison = comparison;
	e->field = (size_t)(field - p->r->form->fields);
	e->as_text = form_is_text(field->type) || field->type == FORM_CHOICE ||
	    field->type == FORM_YES_NO;
	return e;
}

static struct form_expr *
compare(struct parser *p, const struct form_field *field, enum comparison comparison)
{
	struct form_expr *e = comparison_node(p, field, comparison);
	const struct form_field *other;

	if (e->as_text && comparison != EQ && comparison != NE)
		return fail(p, _("\"%s\" has no order; use == or !="), field->key);
	if (p->token != NAME)
		return literal(p, field, &e->literal) ? e : NULL;
	other = field_of(p);
	if (other && other->type != field->type)
		return fail(p, _("\"%s\" and \"%s\" are of different types"), field->key, other->key);
	e->with_field = true;
	e->other = other ? (size_t)(other - p->r->form->fields) : 0;
	return other ? e : NULL;
}

/* FIELD in (a, b) is (FIELD == a or FIELD == b). */
static struct form_expr *
among(struct parser *p, const struct form_field *field)
{
	struct form_expr *any = NULL;

	if (!expect(p, "("))
		return NULL;
	do {
		struct form_expr *one = comparison_node(p, field, EQ);

		if (!literal(p, field, &one->literal))
			return NULL;
		any = any ? node(p, OR, any, one) : one;
	} while (skip(p, SIGN, ","));
	return expect(p, ")") ? any : NULL;
}

static struct form_expr *
test(struct parser *p)
{
	const struct form_field *field = field_of(p);
	struct form_expr *inner;

	if (!field)
		return NULL;
	if (skip(p, NAME, "in"))
		return among(p, field);
	if (skip(p, NAME, "not")) {
		if (!skip(p, NAME, "in"))
			return fail(p, _("\"in\" is wanted"));
		inner = among(p, field);
		return inner ? node(p, NOT, inner, NULL) : NULL;
	}
	for (size_t i = 0; i < COUNT_OF(comparisons); i++)
		if (skip(p, SIGN, signs[i]))
			return compare(p, field, comparisons[i]);
	return fail(p, _("a comparison is wanted, such as %s == 'yes'"), field->key);
}

static struct form_expr *
empty(struct parser *p)
{
	struct form_expr *e = node(p, EMPTY, NULL, NULL);
	const struct form_field *field;

	if (!expect(p, "(") || !(field = field_of(p)) || !expect(p, ")"))
		return NULL;
	e->field = (size_t)(field - p->r->form->fields);
	return e;
}

static struct form_expr *any_of(struct parser *p);

static struct form_expr *
negation(struct parser *p)
{
	struct form_expr *e;

	if (p->nesting == NESTING_MAX)
		return fail(p, _("the condition is nested too deeply"));
	p->nesting++;
	if (skip(p, NAME, "not")) {
		e = negation(p);
		e = e ? node(p, NOT, e, NULL) : NULL;
	} else if (skip(p, SIGN, "(")) {
		e = any_of(p);
		e = e && expect(p, ")") ? e : NULL;
	} else if (skip(p, NAME, "empty")) {
		e = empty(p);
	} else {
		e = test(p);
	}
	p->nesting--;
	return e;
}

static struct form_expr *
all_of(struct parser *p)
{
	struct form_expr *left = negation(p);

	while (left && skip(p, NAME, "and")) {
		struct form_expr *right = negation(p);

		left = right ? node(p, AND, left, right) : NULL;
	}
	return left;
}

static struct form_expr *
any_of(struct parser *p)
{
	struct form_expr *left = all_of(p);

	while (left && skip(p, NAME, "or")) {
		struct form_expr *right = all_of(p);

		left = right ? node(p, OR, left, right) : NULL;
	}
	return left;
}

const struct form_expr *
form_expr_parse(struct reader *r, const char *source, int line)
{
	struct parser p = { .r = r, .line = line, .source = source, .at = source, .start = source };
	struct form_expr *e;

	if (strlen(source) > SOURCE_MAX)
		return fail(&p, _("the condition is longer than %d signs"), SOURCE_MAX);
	next(&p);
	e = any_of(&p);
	if (e && p.token != END)
		fail(&p, _("the condition should end or go on with \"and\" or \"or\""));
	return p.failed ? NULL : e;
}

/* ---- truth ---- */

static enum truth
truth_of(bool yes)
{
	return yes ? TRUTH_YES : TRUTH_NO;
}

static enum truth
compared(const struct form_expr *e, const struct value *values)
{
	const struct value *left = &values[e->field];
	const struct value *right = e->with_field ? &values[e->other] : &e->literal;
	int order;

	if (!left->known || !right->known)
		return TRUTH_UNKNOWN;
	if (e->as_text)
		order = strcmp(left->text, right->text);
	else
		order = (left->number > right->number) - (left->number < right->number);
	switch (e->comparison) {
	case EQ: return truth_of(order == 0);
	case NE: return truth_of(order != 0);
	case LT: return truth_of(order < 0);
	case LE: return truth_of(order <= 0);
	case GT: return truth_of(order > 0);
	default: return truth_of(order >= 0);
	}
}

/* What decides a chain at once: no for AND, yes for OR. */
static enum truth
chained(const struct form_expr *e, const struct value *values, enum truth deciding)
{
	enum truth left = form_expr_eval(e->left, values);
	enum truth right;

	if (left == deciding)
		return left;
	right = form_expr_eval(e->right, values);
	return right == deciding || left != TRUTH_UNKNOWN ? right : left;
}

enum truth
form_expr_eval(const struct form_expr *e, const struct value *values)
{
	enum truth t;

	switch (e->kind) {
	case OR:
		return chained(e, values, TRUTH_YES);
	case AND:
		return chained(e, values, TRUTH_NO);
	case NOT:
		t = form_expr_eval(e->left, values);
		return t == TRUTH_UNKNOWN ? t : truth_of(t == TRUTH_NO);
	case EMPTY:
		return truth_of(!values[e->field].known);
	default:
		return compared(e, values);
	}
}

void
form_expr_fields(const struct form_expr *e, void (*f)(void *self, size_t field), void *self)
{
	if (e->left)
		form_expr_fields(e->left, f, self);
	if (e->right)
		form_expr_fields(e->right, f, self);
	if (e->kind == EMPTY || e->kind == COMPARE)
		f(self, e->field);
	if (e->with_field)
		f(self, e->other);
}
