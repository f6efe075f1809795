/*
 * expr.c - layer 1: the expressions of forms, read.  Called by parse.c once a
 * form.
 *
 *   or:      and { "or" and }
 *   and:     not { "and" not }
 *   not:     "not" not | test
 *   test:    sum [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) sum
 *                | [ "not" ] "in" ( "(" or { "," or } ")" | sum ) ]
 *   sum:     product { ( "+" | "-" ) product }
 *   product: single { ( "*" | "/" | "%" ) single }
 *   single:  "-" single | "(" or ")" | literal | FIELD | "today" | call
 *
 * Bounded: at most 1000 signs.  Must never guess: what does not fit in kind is
 * an error with the place marked.
 */
#include "expr.h"

#include <stdarg.h>
#include <string.h>

#include "text.h"

#define SOURCE_MAX 1000          /* bounds the depth of the tree as well */

/* ---- errors ---- */

/* Columns of the source up to place, as blanks. */
static const char *
indent(struct parser *p, const char *place)
{
	const char *source = p->of->source;
	int columns = text_width(arena_strndup(p->r->a, source, (size_t)(place - source)));

	return arena_printf(p->r->a, "%*s", columns > 0 ? columns : 0, "");
}

static void
complain(struct parser *p, const char *place, const char *sentence)
{
	form_error(p->r, p->of->line, "%s\n    %s\n    %s^", sentence, p->of->source,
	           indent(p, place));
}

struct node *
expr_fail(struct parser *p, const char *place, const char *format, ...)
{
	va_list args;

	if (p->stopped)
		return NULL;
	va_start(args, format);
	complain(p, place, arena_vprintf(p->r->a, format, args));
	va_end(args);
	return NULL;
}

struct node *
expr_stop(struct parser *p, const char *format, ...)
{
	va_list args;

	if (p->stopped)
		return NULL;
	va_start(args, format);
	complain(p, p->lex.start, arena_vprintf(p->r->a, format, args));
	va_end(args);
	p->stopped = true;
	return NULL;
}

/* ---- words ---- */

static void
next(struct parser *p)
{
	lexer_next(&p->lex);
	if (p->lex.wrong)
		expr_stop(p, "%s", p->lex.wrong);
}

static bool
is(const struct parser *p, enum token token, const char *text)
{
	return !p->stopped && p->lex.token == token && strcmp(p->lex.text, text) == 0;
}

bool
expr_skip(struct parser *p, enum token token, const char *text)
{
	if (!is(p, token, text))
		return false;
	next(p);
	return true;
}

bool
expr_expect(struct parser *p, const char *sign)
{
	if (expr_skip(p, TOKEN_SIGN, sign))
		return true;
	expr_stop(p, _("\"%s\" is wanted here"), sign);
	return false;
}

struct node *
expr_node(struct parser *p, enum act op, enum kind kind, const char *start)
{
	struct node *n = arena_make(p->r->a, struct node);

	n->op = op;
	n->kind = kind;
	n->start = start;
	return n;
}

/* ---- names ---- */

static const struct form_field *
field_in(const struct form_field *fields, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i].key && strcmp(fields[i].key, key) == 0)
			return &fields[i];
	return NULL;
}

static void
unknown_field(struct parser *p, const char *start, const char *key)
{
	const struct form *f = p->r->form;

	for (size_t i = 0; i < f->every_count; i++)
		if (f->every[i]->parent && strcmp(f->every[i]->key, key) == 0) {
			expr_fail(p, start, _("\"%s\" stands in the rows of \"%s\": ask for it "
			          "with sum, min, max, any, all or count"), key,
			          f->every[i]->parent->key);
			return;
		}
	expr_fail(p, start, _("there is no field \"%s\""), key);
}

const struct form_field *
expr_field(struct parser *p, const char *start, const char *key)
{
	const struct form_field *found;

	for (const struct name_scope *s = p->scope; s; s = s->outer)
		for (const struct form_field *repeat = s->repeat; repeat; repeat = repeat->parent) {
			found = field_in(repeat->fields, repeat->field_count, key);
			if (found)
				return found;
		}
	found = form_find(p->r->form, key);
	if (!found)
		unknown_field(p, start, key);
	return found;
}

static struct node *
field_node(struct parser *p, const struct form_field *field, const char *start)
{
	struct node *n = expr_node(p, OP_FIELD, expr_kind_of(field), start);

	n->field = field;
	n->domain = field;
	return n;
}

static struct node *
name(struct parser *p)
{
	const char *start = p->lex.start, *key = p->lex.text;
	const struct form_field *field;

	if (lexer_calls(&p->lex))
		return expr_call(p);
	next(p);
	if (strcmp(key, "today") == 0)
		return expr_node(p, OP_TODAY, KIND_DATE, start);
	if (p->of->filter && strcmp(key, "option") == 0) {
		struct node *n = expr_node(p, OP_OPTION, KIND_CHOICE, start);

		n->domain = p->of->field;
		return n;
	}
	if (p->of->filter && strcmp(key, "tags") == 0)
		return expr_node(p, OP_TAGS, KIND_SET, start);
	field = expr_field(p, start, key);
	return field ? field_node(p, field, start) : NULL;
}

/* ---- sentences ---- */

static struct node *
literal(struct parser *p)
{
	bool quoted = p->lex.token == TOKEN_STRING;
	struct node *n = expr_node(p, OP_LITERAL, quoted ? KIND_QUOTED : KIND_FIGURE,
	                           p->lex.start);

	n->literal = (struct form_value){ .known = FORM_KNOWN, .text = p->lex.text };
	next(p);
	return strstr(n->literal.text, EURO) && !quoted ? expr_euros(p, n) : n;
}

static struct node *
grouped(struct parser *p)
{
	struct node *n;

	if (p->nesting == EXPR_NESTING_MAX)
		return expr_stop(p, _("the expression is nested too deeply"));
	p->nesting++;
	next(p);
	n = expr_read(p);
	p->nesting--;
	return expr_expect(p, ")") ? n : NULL;
}

static struct node *
single(struct parser *p)
{
	struct node *n;

	/* The lexer stands still then: whoever asks again would ask for ever. */
	if (p->stopped)
		return NULL;
	if (is(p, TOKEN_SIGN, "-")) {
		if (p->nesting == EXPR_NESTING_MAX)
			return expr_stop(p, _("the expression is nested too deeply"));
		p->nesting++;
		next(p);
		n = single(p);
		p->nesting--;
		return n ? expr_negative(p, n) : NULL;
	}
	if (is(p, TOKEN_SIGN, "("))
		return grouped(p);
	if (p->lex.token == TOKEN_STRING || p->lex.token == TOKEN_FIGURE)
		return literal(p);
	if (p->lex.token == TOKEN_NAME)
		return name(p);
	return expr_stop(p, _("a field, a value or a function is wanted here"));
}

struct sign { const char *text; enum act op; };

static bool
take_sign(struct parser *p, const struct sign *signs, size_t n, enum act *op)
{
	for (size_t i = 0; i < n; i++)
		if (expr_skip(p, TOKEN_SIGN, signs[i].text)) {
			*op = signs[i].op;
			return true;
		}
	return false;
}

static struct node *
product(struct parser *p)
{
	static const struct sign signs[] = { { "*", OP_MUL }, { "/", OP_DIV }, { "%", OP_MOD } };
	struct node *left = single(p);
	enum act op;

	while (take_sign(p, signs, COUNT_OF(signs), &op)) {
		struct node *right = single(p);

		left = left && right ? expr_arithmetic(p, op, left, right) : NULL;
	}
	return left;
}

static struct node *
sum(struct parser *p)
{
	static const struct sign signs[] = { { "+", OP_ADD }, { "-", OP_SUB } };
	struct node *left = product(p);
	enum act op;

	while (take_sign(p, signs, COUNT_OF(signs), &op)) {
		struct node *right = product(p);

		left = left && right ? expr_arithmetic(p, op, left, right) : NULL;
	}
	return left;
}

static struct node *
truths(struct parser *p, enum act op, struct node *left, struct node *right)
{
	struct node *n;

	left = left ? expr_as(p, left, KIND_TRUTH, NULL) : NULL;
	if (op != OP_NOT)
		right = right ? expr_as(p, right, KIND_TRUTH, NULL) : NULL;
	if (!left || (op != OP_NOT && !right))
		return NULL;
	n = expr_node(p, op, KIND_TRUTH, left->start);
	n->arg[0] = left;
	n->arg[1] = right;
	n->args = op == OP_NOT ? 1 : 2;
	return n;
}

/* x in (a, b) is (x == a or x == b); the copies of x are one node. */
static struct node *
among(struct parser *p, struct node *x)
{
	struct node *any = NULL;
	bool sound = true;

	expr_expect(p, "(");
	do {
		struct node *one = expr_read(p);

		one = x && one ? expr_compare(p, OP_EQ, x, one) : NULL;
		if (one)
			one->again = any != NULL;
		sound = sound && one;
		any = any && one ? truths(p, OP_OR, any, one) : one;
	} while (expr_skip(p, TOKEN_SIGN, ","));
	return expr_expect(p, ")") && sound ? any : NULL;
}

/* 'a' in areas: several of a list. */
static struct node *
within(struct parser *p, struct node *x)
{
	const char *start = p->lex.start;
	struct node *set = sum(p), *n;

	if (!x || !set)
		return NULL;
	if (set->kind != KIND_SET)
		return expr_fail(p, start, _("behind \"in\" several values in parentheses are "
		                             "wanted, or a field with several of a list"));
	x = expr_as(p, x, set->domain ? KIND_CHOICE : KIND_TEXT, set->domain);
	if (!x)
		return NULL;
	n = expr_node(p, OP_HAS, KIND_TRUTH, x->start);
	n->arg[0] = x;
	n->arg[1] = set;
	n->args = 2;
	return n;
}

static struct node *
membership(struct parser *p, struct node *x)
{
	return is(p, TOKEN_SIGN, "(") ? among(p, x) : within(p, x);
}

static struct node *
test(struct parser *p)
{
	static const struct sign signs[] = {
		{ "==", OP_EQ }, { "!=", OP_NE }, { "<=", OP_LE }, { ">=", OP_GE },
		{ "<", OP_LT }, { ">", OP_GT },
	};
	struct node *left = sum(p), *right;
	enum act op;

	if (expr_skip(p, TOKEN_NAME, "in"))
		return membership(p, left);
	if (expr_skip(p, TOKEN_NAME, "not")) {
		if (!expr_skip(p, TOKEN_NAME, "in"))
			return expr_stop(p, _("\"in\" is wanted here"));
		left = membership(p, left);
		return left ? truths(p, OP_NOT, left, NULL) : NULL;
	}
	if (!take_sign(p, signs, COUNT_OF(signs), &op))
		return left;
	right = sum(p);
	return left && right ? expr_compare(p, op, left, right) : NULL;
}

static struct node *
negation(struct parser *p)
{
	struct node *n;

	if (!is(p, TOKEN_NAME, "not"))
		return test(p);
	if (p->nesting == EXPR_NESTING_MAX)
		return expr_stop(p, _("the expression is nested too deeply"));
	p->nesting++;
	next(p);
	n = negation(p);
	p->nesting--;
	return n ? truths(p, OP_NOT, n, NULL) : NULL;
}

static struct node *
conjunction(struct parser *p)
{
	struct node *left = negation(p);

	while (expr_skip(p, TOKEN_NAME, "and"))
		left = truths(p, OP_AND, left, negation(p));
	return left;
}

struct node *
expr_read(struct parser *p)
{
	struct node *left = conjunction(p);

	while (expr_skip(p, TOKEN_NAME, "or"))
		left = truths(p, OP_OR, left, conjunction(p));
	return left;
}

/* ---- the whole ---- */

static struct node *
wanted(struct parser *p, struct node *n)
{
	enum kind kind = p->of->want;

	if (kind == KIND_NONE)
		return expr_as(p, n, expr_kind_of(p->of->field), p->of->field);
	return expr_as(p, n, kind, NULL);
}

const struct form_expr *
form_expr_parse(struct reader *r, const struct pending_expr *of)
{
	struct name_scope scope = { .repeat = of->scope };
	struct parser p = {
		.r = r, .of = of, .scope = &scope,
		.lex = { .a = r->a, .source = of->source, .at = of->source, .start = of->source },
	};
	size_t before = r->errors->count;
	struct form_expr *e = arena_make(r->a, struct form_expr);
	struct node *n;

	if (strlen(of->source) > SOURCE_MAX) {
		form_error(r, of->line, _("the expression is longer than %d signs"), SOURCE_MAX);
		return NULL;
	}
	next(&p);
	n = expr_read(&p);
	if (p.lex.token != TOKEN_END)
		expr_stop(&p, _("the expression should end here, or go on with \"and\" or \"or\""));
	if (n && !p.stopped)
		n = wanted(&p, n);
	e->root = n;
	e->source = of->source;
	return n && r->errors->count == before ? e : NULL;
}
