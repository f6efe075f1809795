/*
 * expr_call.c - layer 1: functions in expressions, read: the special ones
 * here, the others by the table of eval_call.c.  Called by expr.c.
 */
#include "expr.h"

#include <string.h>

struct special {
	const char *name;
	enum act op;
	struct node *(*read)(struct parser *p, enum act op, const char *start);
};

static const struct special specials[];
static const size_t special_count;

static struct node *
taking(struct node *n, int args, const struct node *a, const struct node *b,
       const struct node *c)
{
	n->arg[0] = a;
	n->arg[1] = b;
	n->arg[2] = c;
	n->args = args;
	return n;
}

/* A literal that nothing gives a kind has its own. */
static struct node *
settled(struct parser *p, struct node *n)
{
	if (n && n->kind == KIND_QUOTED)
		return expr_as(p, n, KIND_TEXT, NULL);
	if (n && n->kind == KIND_FIGURE)
		return expr_as(p, n, expr_figure_kind(n), NULL);
	return n;
}

/* ---- empty, if, default ---- */

static struct node *
read_empty(struct parser *p, enum act op, const char *start)
{
	const char *key = p->lex.text, *at = p->lex.start;
	const struct form_field *field;
	struct node *n = expr_node(p, op, KIND_TRUTH, start);

	if (p->lex.token != TOKEN_NAME)
		return expr_stop(p, _("the key of a field is wanted here"));
	field = expr_field(p, at, key);
	expr_skip(p, TOKEN_NAME, key);
	n->field = field;
	return expr_expect(p, ")") && field ? n : NULL;
}

static struct node *
read_if(struct parser *p, enum act op, const char *start)
{
	struct node *test = expr_read(p), *yes, *no, *n;
	bool sound;

	sound = expr_expect(p, ",");
	yes = expr_read(p);
	sound = expr_expect(p, ",") && sound;
	no = expr_read(p);
	if (!expr_expect(p, ")") || !sound || !test || !yes || !no)
		return NULL;
	test = expr_as(p, test, KIND_TRUTH, NULL);
	if (yes->kind == no->kind)
		yes = settled(p, yes);
	if (!test || !yes || !expr_alike(p, &yes, &no))
		return NULL;
	n = expr_node(p, op, yes->kind, start);
	n->domain = yes->domain ? yes->domain : no->domain;
	return taking(n, 3, test, yes, no);
}

/* default(a, b), min(a, b), max(a, b): two of one kind. */
static struct node *
read_pair(struct parser *p, enum act op, const char *start)
{
	struct node *left = expr_read(p), *right, *n;
	bool sound = expr_expect(p, ",");

	right = expr_read(p);
	if (!expr_expect(p, ")") || !sound || !left || !right || !expr_alike(p, &left, &right))
		return NULL;
	if (op != OP_DEFAULT && !expr_compare(p, OP_LT, left, right))
		return NULL;
	n = expr_node(p, op, left->kind, start);
	n->domain = left->domain;
	return taking(n, 2, left, right, NULL);
}

/* ---- over rows ---- */

static const struct form_field *
repeat_named(struct parser *p)
{
	const char *key = p->lex.text, *at = p->lex.start;
	const struct form_field *field;

	if (p->lex.token != TOKEN_NAME)
		return (void *)expr_stop(p, _("the key of a repeat is wanted here"));
	field = expr_field(p, at, key);
	if (field && field->type != FORM_REPEAT)
		return (void *)expr_stop(p, _("\"%s\" is no repeat"), key);
	if (!field)
		p->stopped = true;       /* its rows would all be unknown as well */
	expr_skip(p, TOKEN_NAME, key);
	return field;
}

static struct node *
taken_kind(struct parser *p, enum act op, struct node *taken)
{
	static const unsigned sums = 1u << KIND_NUMBER | 1u << KIND_DECIMAL | 1u << KIND_MONEY;
	static const unsigned ordered = 1u << KIND_DATE | 1u << KIND_TIME;
	unsigned wanted = op == OP_SUM ? sums : sums | ordered;

	if (op == OP_ANY || op == OP_ALL)
		return expr_as(p, taken, KIND_TRUTH, NULL);
	taken = settled(p, taken);
	if (taken && !(wanted & 1u << taken->kind))
		return expr_fail(p, taken->start, _("%s cannot be added up or ordered"),
		                 expr_kind_name(taken->kind));
	return taken;
}

/* What stands behind the key of the repeat: [ ":" taken ] [ "where" test ] ")". */
static struct node *
read_rows(struct parser *p, enum act op, const char *start)
{
	struct name_scope inner = { .repeat = repeat_named(p), .outer = p->scope };
	struct node *n = expr_node(p, op, KIND_NUMBER, start), *taken = NULL, *where = NULL;
	bool sound = inner.repeat != NULL;

	if (!sound)
		return NULL;
	p->scope = &inner;
	if (op != OP_COUNT && expr_skip(p, TOKEN_SIGN, ":")) {
		taken = expr_read(p);
		taken = taken ? taken_kind(p, op, taken) : NULL;
		sound = taken != NULL;
	}
	if (expr_skip(p, TOKEN_NAME, "where")) {
		where = expr_read(p);
		where = where ? expr_as(p, where, KIND_TRUTH, NULL) : NULL;
		sound = sound && where;
	}
	p->scope = inner.outer;
	if (sound && !taken && op != OP_COUNT && (op != OP_ANY || !where))
		return expr_stop(p, _("\":\" and what is to be taken of each row is wanted here"));
	n->field = inner.repeat;
	n->kind = op == OP_ANY || op == OP_ALL ? KIND_TRUTH : taken ? taken->kind : KIND_NUMBER;
	return expr_expect(p, ")") && sound ? taking(n, 2, taken, where, NULL) : NULL;
}

/* min(children: age(born)) over rows, min(a, b) of two. */
static struct node *
read_extreme(struct parser *p, enum act op, const char *start)
{
	const char *behind = p->lex.at + strspn(p->lex.at, " ");

	if (p->lex.token == TOKEN_NAME && *behind == ':')
		return read_rows(p, op, start);
	return read_pair(p, op == OP_MIN ? OP_LESSER : OP_GREATER, start);
}

/* ---- the others ---- */

static struct node *
argument(struct parser *p, const struct call *call, int at)
{
	struct node *n = expr_read(p);

	return n ? expr_as(p, n, call->wants[at], NULL) : NULL;
}

static struct node *
read_call(struct parser *p, const struct call *call, const char *start)
{
	struct node *n = expr_node(p, OP_CALL, call->result, start);
	bool sound = true;

	n->call = call;
	while (n->args < 3 && call->wants[n->args] != KIND_NONE) {
		if (n->args >= call->must && !(p->lex.token == TOKEN_SIGN && *p->lex.text == ','))
			break;
		if (n->args > 0 && !expr_expect(p, ","))
			return NULL;
		n->arg[n->args] = argument(p, call, n->args);
		sound = sound && n->arg[n->args];
		n->args++;
	}
	return expr_expect(p, ")") && sound ? n : NULL;
}

static struct node *
call_by_name(struct parser *p, const char *name, const char *start)
{
	for (size_t i = 0; i < special_count; i++)
		if (strcmp(specials[i].name, name) == 0)
			return specials[i].read(p, specials[i].op, start);
	for (size_t i = 0; i < expr_call_count; i++)
		if (strcmp(expr_calls[i].name, name) == 0)
			return read_call(p, &expr_calls[i], start);
	p->lex.start = start;
	return expr_stop(p, _("there is no function \"%s\""), name);
}

struct node *
expr_call(struct parser *p)
{
	const char *start = p->lex.start, *name = p->lex.text;
	struct node *n;

	if (p->nesting == EXPR_NESTING_MAX)
		return expr_stop(p, _("the expression is nested too deeply"));
	p->nesting++;
	expr_skip(p, TOKEN_NAME, name);
	expr_skip(p, TOKEN_SIGN, "(");
	n = call_by_name(p, name, start);
	p->nesting--;
	return n;
}

static const struct special specials[] = {
	{ "empty", OP_EMPTY, read_empty },
	{ "if", OP_IF, read_if },
	{ "default", OP_DEFAULT, read_pair },
	{ "count", OP_COUNT, read_rows },
	{ "sum", OP_SUM, read_rows },
	{ "min", OP_MIN, read_extreme },
	{ "max", OP_MAX, read_extreme },
	{ "any", OP_ANY, read_rows },
	{ "all", OP_ALL, read_rows },
};
static const size_t special_count = COUNT_OF(specials);
