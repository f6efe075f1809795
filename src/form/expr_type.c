/*
 * expr_type.c - layer 1: which kinds go together in an expression.  Called by
 * expr.c and expr_call.c while reading.  Must never let pass what eval.c would
 * have to guess: a literal gets its kind here, from the other side.
 */
#include "expr.h"

#include <stdlib.h>
#include <string.h>

#define KINDS(...) (0u __VA_ARGS__)
#define K(kind) | 1u << (kind)

static const char *const kind_names[] = {
#define X(id, label) [id] = label,
	KIND_LIST(X)
#undef X
};

static const enum kind field_kinds[];
static const struct arithmetic rules[];
static const size_t rule_count;

const char *
expr_kind_name(enum kind kind)
{
	return _(kind_names[kind]);
}

enum kind
expr_kind_of(const struct form_field *field)
{
	return field_kinds[field->type];
}

/* ---- literals ---- */

static struct node *
typed_literal(struct parser *p, const struct node *n, enum kind kind, int64_t number)
{
	struct node *typed = expr_node(p, OP_LITERAL, kind, n->start);

	typed->literal = n->literal;
	typed->literal.number = typed->literal.high = number;
	return typed;
}

static struct node *
as_truth(struct parser *p, const struct node *n)
{
	bool yes = strcmp(n->literal.text, "yes") == 0;

	if (!yes && strcmp(n->literal.text, "no") != 0)
		return expr_fail(p, n->start, _("'yes' or 'no' is wanted here"));
	return typed_literal(p, n, KIND_TRUTH, yes);
}

static struct node *
as_day(struct parser *p, const struct node *n, enum kind kind)
{
	int day;

	if (!day_parse(n->literal.text, &day))
		return expr_fail(p, n->start, _("a day such as '2026-07-01' is wanted here"));
	return typed_literal(p, n, kind, day);
}

static struct node *
as_time(struct parser *p, const struct node *n)
{
	int64_t minutes;

	if (!form_minutes(n->literal.text, &minutes))
		return expr_fail(p, n->start, _("a time such as '08:30' is wanted here"));
	return typed_literal(p, n, KIND_TIME, minutes);
}

static bool
is_open_list(const struct form_field *field)
{
	return field->list && field->choice_count == 0;
}

static struct node *
as_choice(struct parser *p, const struct node *n, const struct form_field *domain)
{
	struct node *typed = typed_literal(p, n, KIND_CHOICE, 0);

	if (domain && !is_open_list(domain) && !form_choice_of(domain, n->literal.text))
		return expr_fail(p, n->start, _("\"%s\" has no choice \"%s\""), domain->key,
		                 n->literal.text);
	typed->domain = domain;
	return typed;
}

static struct node *
quoted_as(struct parser *p, const struct node *n, enum kind kind,
          const struct form_field *domain)
{
	switch (kind) {
	case KIND_TEXT:
		return typed_literal(p, n, KIND_TEXT, 0);
	case KIND_TRUTH:
		return as_truth(p, n);
	case KIND_DATE:
	case KIND_PART:
		return as_day(p, n, KIND_DATE);
	case KIND_TIME:
		return as_time(p, n);
	case KIND_CHOICE:
		return as_choice(p, n, domain);
	default:
		return expr_fail(p, n->start, _("%s is wanted here"), expr_kind_name(kind));
	}
}

static struct node *
as_whole(struct parser *p, const struct node *n)
{
	int64_t number;

	if (strchr(n->literal.text, '.'))
		return expr_fail(p, n->start, _("write a whole number here"));
	if (!form_whole(n->literal.text, &number))
		return expr_fail(p, n->start, _("the number is too large"));
	return typed_literal(p, n, KIND_NUMBER, number);
}

static struct node *
as_money(struct parser *p, const struct node *n)
{
	const char *text = n->literal.text, *point = strchr(text, '.');
	int64_t euros, cents = 0;

	if (point && (strlen(point) != 3 || strchr(point + 1, '.')))
		return expr_fail(p, n->start, _("write a whole number, or 12.50 for money"));
	if (point)
		cents = strtoll(point + 1, NULL, 10);
	if (!form_whole(arena_strndup(p->r->a, text, strcspn(text, ".")), &euros))
		return expr_fail(p, n->start, _("the number is too large"));
	return typed_literal(p, n, KIND_MONEY, euros * 100 + cents);
}

struct node *
expr_euros(struct parser *p, const struct node *figure)
{
	struct node plain = *figure;

	plain.literal.text = arena_strndup(p->r->a, plain.literal.text,
	                                   strlen(plain.literal.text) - strlen(EURO));
	return as_money(p, &plain);
}

static struct node *
as_decimal(struct parser *p, const struct node *n)
{
	int64_t thousandths;

	if (!form_thousandths(n->literal.text, &thousandths))
		return expr_fail(p, n->start, _("write a number with at most three digits "
		                                "behind the point"));
	return typed_literal(p, n, KIND_DECIMAL, thousandths);
}

static struct node *
figure_as(struct parser *p, const struct node *n, enum kind kind)
{
	switch (kind) {
	case KIND_NUMBER:
		return as_whole(p, n);
	case KIND_MONEY:
		return as_money(p, n);
	case KIND_DECIMAL:
		return as_decimal(p, n);
	default:
		return expr_fail(p, n->start, _("%s is wanted here"), expr_kind_name(kind));
	}
}

/* ---- coercion ---- */

static struct node *
widened(struct parser *p, struct node *n)
{
	struct node *wide = expr_node(p, OP_WIDEN, KIND_DECIMAL, n->start);

	wide->arg[0] = n;
	wide->args = 1;
	return wide;
}

/* A minus before a figure waits with it for a kind. */
static bool
is_figure(const struct node *n)
{
	return n->kind == KIND_FIGURE;
}

static struct node *
negative_as(struct parser *p, const struct node *n, enum kind kind)
{
	struct node *inner = expr_node(p, OP_NEG, kind, n->start);
	struct node *figure = figure_as(p, n->arg[0], kind);

	inner->arg[0] = figure;
	inner->args = 1;
	return figure ? inner : NULL;
}

struct node *
expr_as(struct parser *p, struct node *n, enum kind kind, const struct form_field *domain)
{
	if (n->kind == kind || (kind == KIND_PART && n->kind == KIND_DATE))
		return n;
	if (n->kind == KIND_QUOTED)
		return quoted_as(p, n, kind, domain);
	if (is_figure(n))
		return n->op == OP_NEG ? negative_as(p, n, kind) : figure_as(p, n, kind);
	if (kind == KIND_DECIMAL && n->kind == KIND_NUMBER)
		return widened(p, n);
	if (kind == KIND_TEXT && n->kind == KIND_CHOICE)
		return n;
	if (kind == KIND_TRUTH)
		return expr_fail(p, n->start, _("a comparison is wanted, such as %s"),
		                 n->op == OP_FIELD ? arena_printf(p->r->a, "%s == ...", n->field->key)
		                                   : "a == 'b'");
	return expr_fail(p, n->start, _("this is %s, but %s is wanted"), expr_kind_name(n->kind),
	                 expr_kind_name(kind));
}

static bool
is_literal(const struct node *n)
{
	return n->kind == KIND_QUOTED || n->kind == KIND_FIGURE;
}

/* The kind both sides can have; KIND_NONE if there is none. */
static enum kind
common(const struct node *left, const struct node *right)
{
	enum kind l = left->kind, r = right->kind;

	if (is_literal(left) && is_literal(right)) {
		if (l != r)
			return KIND_NONE;
		if (l == KIND_QUOTED)
			return KIND_TEXT;
		return expr_figure_kind(left) == KIND_NUMBER ? expr_figure_kind(right)
		                                             : KIND_DECIMAL;
	}
	if (is_literal(left) || is_literal(right))
		return is_literal(left) ? r : l;
	if (l == r)
		return l;
	if ((l == KIND_NUMBER && r == KIND_DECIMAL) || (l == KIND_DECIMAL && r == KIND_NUMBER))
		return KIND_DECIMAL;
	if ((l == KIND_DATE && r == KIND_PART) || (l == KIND_PART && r == KIND_DATE))
		return KIND_PART;
	return KIND_NONE;
}

bool
expr_alike(struct parser *p, struct node **left, struct node **right)
{
	enum kind kind = common(*left, *right);
	const struct form_field *domain = (*left)->domain ? (*left)->domain : (*right)->domain;

	if (kind == KIND_NONE) {
		expr_fail(p, (*right)->start, _("the left side is %s, this is %s"),
		          expr_kind_name((*left)->kind), expr_kind_name((*right)->kind));
		return false;
	}
	*left = expr_as(p, *left, kind, domain);
	*right = *left ? expr_as(p, *right, kind, domain) : NULL;
	return *left && *right;
}

struct node *
expr_compare(struct parser *p, enum act op, struct node *left, struct node *right)
{
	static const unsigned ordered = KINDS(K(KIND_NUMBER) K(KIND_DECIMAL) K(KIND_MONEY)
	    K(KIND_DATE) K(KIND_PART) K(KIND_TIME));
	static const unsigned equal = KINDS(K(KIND_TRUTH) K(KIND_TEXT) K(KIND_CHOICE));
	struct node *n;

	if (!expr_alike(p, &left, &right))
		return NULL;
	if (!((ordered | equal) & 1u << left->kind))
		return expr_fail(p, left->start, _("%s cannot be compared; ask with \"in\", \"empty\" "
		                 "or a function"), expr_kind_name(left->kind));
	if (op != OP_EQ && op != OP_NE && !(ordered & 1u << left->kind))
		return expr_fail(p, left->start, _("%s has no order; use == or !="),
		                 expr_kind_name(left->kind));
	n = expr_node(p, op, KIND_TRUTH, left->start);
	n->arg[0] = left;
	n->arg[1] = right;
	n->args = 2;
	return n;
}

/* ---- arithmetic ---- */

static const struct arithmetic *
rule_of(enum act op, enum kind left, enum kind right)
{
	for (size_t i = 0; i < rule_count; i++)
		if (rules[i].op == op && rules[i].left == left && rules[i].right == right)
			return &rules[i];
	return NULL;
}

enum kind
expr_figure_kind(const struct node *n)
{
	const struct node *figure = n->op == OP_NEG ? n->arg[0] : n;

	return strchr(figure->literal.text, '.') ? KIND_DECIMAL : KIND_NUMBER;
}

/* Figures beside "*" and "/" count how often; beside "+" and "-" they are of
 * the other side's kind, or days beside a date. */
static struct node *
figure_beside(struct parser *p, enum act op, struct node *n, const struct node *other)
{
	enum kind kind = other->kind;

	if (n->kind == KIND_QUOTED)
		return expr_as(p, n, KIND_DATE, NULL);
	if (!is_figure(n))
		return n;
	if (kind == KIND_DATE || is_figure(other) || op == OP_MUL || op == OP_DIV || op == OP_MOD)
		kind = expr_figure_kind(n);
	return expr_as(p, n, kind, NULL);
}

struct node *
expr_arithmetic(struct parser *p, enum act op, struct node *left, struct node *right)
{
	const char *start = left->start;
	struct node *l = figure_beside(p, op, left, right);
	struct node *r = l ? figure_beside(p, op, right, l) : NULL, *n;

	if (!l || !r)
		return NULL;
	if (l->kind == KIND_DECIMAL && r->kind == KIND_NUMBER && (op == OP_ADD || op == OP_SUB))
		r = widened(p, r);
	if (r->kind == KIND_DECIMAL && l->kind == KIND_NUMBER)
		l = widened(p, l);
	n = expr_node(p, op, KIND_NONE, start);
	n->rule = rule_of(op, l->kind, r->kind);
	if (!n->rule)
		return expr_fail(p, r->start, _("%s and %s cannot be reckoned with like this"),
		                 expr_kind_name(l->kind), expr_kind_name(r->kind));
	n->kind = n->rule->result;
	n->arg[0] = l;
	n->arg[1] = r;
	n->args = 2;
	return n;
}

struct node *
expr_negative(struct parser *p, struct node *n)
{
	struct node *minus = expr_node(p, OP_NEG, n->kind, n->start);

	if (n->kind != KIND_FIGURE && n->kind != KIND_NUMBER && n->kind != KIND_DECIMAL &&
	    n->kind != KIND_MONEY)
		return expr_fail(p, n->start, _("%s cannot be negative"), expr_kind_name(n->kind));
	if (n->kind == KIND_FIGURE && n->op == OP_NEG)
		return expr_fail(p, n->start, _("one minus is enough"));
	minus->arg[0] = n;
	minus->args = 1;
	return minus;
}

/* ---- tables ---- */

static const enum kind field_kinds[] = {
	[FORM_TEXT] = KIND_TEXT, [FORM_LINES] = KIND_TEXT, [FORM_CHOICE] = KIND_CHOICE,
	[FORM_DATE] = KIND_DATE, [FORM_YES_NO] = KIND_TRUTH, [FORM_NUMBER] = KIND_NUMBER,
	[FORM_MONEY] = KIND_MONEY, [FORM_DECIMAL] = KIND_DECIMAL, [FORM_CHOICES] = KIND_SET,
	[FORM_PART_DATE] = KIND_PART, [FORM_PERIOD] = KIND_PERIOD, [FORM_TIME] = KIND_TIME,
	[FORM_LANGUAGE] = KIND_TEXT, [FORM_COUNTRY] = KIND_TEXT, [FORM_PERSON] = KIND_TEXT,
	[FORM_MEMBERS] = KIND_SET, [FORM_PAPER] = KIND_PAPER, [FORM_IDENTIFIER] = KIND_TEXT,
	[FORM_IBAN] = KIND_TEXT, [FORM_PHONE] = KIND_TEXT, [FORM_EMAIL] = KIND_TEXT,
	[FORM_ADDRESS] = KIND_TEXT, [FORM_REFERENCE] = KIND_TEXT, [FORM_REPEAT] = KIND_ROWS,
};

/* op, left, right, result, times, by.  Decimals are thousandths. */
static const struct arithmetic rules[] = {
	{ OP_ADD, KIND_NUMBER, KIND_NUMBER, KIND_NUMBER, 1, 1 },
	{ OP_ADD, KIND_DECIMAL, KIND_DECIMAL, KIND_DECIMAL, 1, 1 },
	{ OP_ADD, KIND_MONEY, KIND_MONEY, KIND_MONEY, 1, 1 },
	{ OP_ADD, KIND_DATE, KIND_NUMBER, KIND_DATE, 1, 1 },
	{ OP_SUB, KIND_NUMBER, KIND_NUMBER, KIND_NUMBER, 1, 1 },
	{ OP_SUB, KIND_DECIMAL, KIND_DECIMAL, KIND_DECIMAL, 1, 1 },
	{ OP_SUB, KIND_MONEY, KIND_MONEY, KIND_MONEY, 1, 1 },
	{ OP_SUB, KIND_DATE, KIND_NUMBER, KIND_DATE, 1, 1 },
	{ OP_SUB, KIND_DATE, KIND_DATE, KIND_NUMBER, 1, 1 },
	{ OP_MUL, KIND_NUMBER, KIND_NUMBER, KIND_NUMBER, 1, 1 },
	{ OP_MUL, KIND_DECIMAL, KIND_NUMBER, KIND_DECIMAL, 1, 1 },
	{ OP_MUL, KIND_DECIMAL, KIND_DECIMAL, KIND_DECIMAL, 1, 1000 },
	{ OP_MUL, KIND_MONEY, KIND_NUMBER, KIND_MONEY, 1, 1 },
	{ OP_MUL, KIND_NUMBER, KIND_MONEY, KIND_MONEY, 1, 1 },
	{ OP_MUL, KIND_MONEY, KIND_DECIMAL, KIND_MONEY, 1, 1000 },
	{ OP_MUL, KIND_DECIMAL, KIND_MONEY, KIND_MONEY, 1, 1000 },
	{ OP_DIV, KIND_NUMBER, KIND_NUMBER, KIND_NUMBER, 1, 1 },
	{ OP_DIV, KIND_DECIMAL, KIND_NUMBER, KIND_DECIMAL, 1, 1 },
	{ OP_DIV, KIND_DECIMAL, KIND_DECIMAL, KIND_DECIMAL, 1000, 1 },
	{ OP_DIV, KIND_MONEY, KIND_NUMBER, KIND_MONEY, 1, 1 },
	{ OP_DIV, KIND_MONEY, KIND_DECIMAL, KIND_MONEY, 1000, 1 },
	{ OP_DIV, KIND_MONEY, KIND_MONEY, KIND_DECIMAL, 1000, 1 },
	{ OP_MOD, KIND_NUMBER, KIND_NUMBER, KIND_NUMBER, 1, 1 },
};
static const size_t rule_count = COUNT_OF(rules);
