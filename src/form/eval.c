/*
 * eval.c - layer 1: the value of an expression in a row.  Called by state.c,
 * find.c and reach.c at each key press.  Must never guess, and never end late:
 * what is not given is unknown, what cannot be reckoned is a fault that says
 * so, and the steps of one evaluation are counted.
 */
#include "expr.h"

#include <string.h>

#define STEPS_MAX 400000         /* of one form under one set of answers */

typedef struct form_value evaluate(struct run *run, const struct node *n);
static evaluate *const evaluates[];

/* ---- values ---- */

struct form_value
value_number(int64_t number)
{
	return (struct form_value){ .known = FORM_KNOWN, .number = number, .high = number };
}

struct form_value
value_truth(bool yes)
{
	return value_number(yes);
}

struct form_value
value_fault(const char *why)
{
	return (struct form_value){ .known = FORM_FAULT, .text = why };
}

static struct form_value
unknown(void)
{
	return (struct form_value){ .known = FORM_UNKNOWN };
}

bool
form_is_yes(const struct form_value *v)
{
	return v->known == FORM_KNOWN && v->number == 1;
}

bool
form_is_no(const struct form_value *v)
{
	return v->known == FORM_KNOWN && v->number == 0;
}

/* A fault is said before anything else; unknown is surer than any. */
static int
worseness(enum form_known known)
{
	static const int order[] = {
		[FORM_KNOWN] = 0, [FORM_ANY] = 1, [FORM_UNKNOWN] = 2, [FORM_FAULT] = 3,
	};

	return order[known];
}

struct form_value
value_worst(const struct form_value *values, int n)
{
	struct form_value worst = value_number(0);

	for (int i = 0; i < n; i++)
		if (worseness(values[i].known) > worseness(worst.known))
			worst = values[i];
	return worst;
}

/* ---- leaves ---- */

static struct form_value
literal(struct run *run, const struct node *n)
{
	(void)run;
	return n->literal;
}

/* The cell of a field seen from a row: there or further out. */
static struct form_cell *
cell_of(struct form_row *row, const struct form_field *field)
{
	for (; row; row = row->outer)
		if (row->repeat == field->parent)
			return &row->cells[field->place];
	return NULL;
}

struct form_cell *
eval_cell(const struct run *run, const struct form_field *field)
{
	for (const struct scope *s = run->scope; s; s = s->outer) {
		struct form_cell *cell = cell_of(s->row, field);

		if (cell)
			return cell;
	}
	bug("field %s is out of sight", field->key);
}

static struct form_value
field(struct run *run, const struct node *n)
{
	return eval_cell(run, n->field)->value;
}

static struct form_value
today(struct run *run, const struct node *n)
{
	(void)n;
	return value_number(run->state->world->today);
}

static struct form_value
option(struct run *run, const struct node *n)
{
	struct form_value v = value_number(0);

	(void)n;
	v.text = run->option->key;
	return v;
}

static struct form_value
tags(struct run *run, const struct node *n)
{
	struct form_value v = value_number(0);

	(void)n;
	v.text = "";
	for (size_t i = 0; i < run->option->tag_count; i++)
		v.text = arena_printf(run->state->mem, "%s%s%s", v.text, i ? "," : "",
		                      run->option->tags[i]);
	return v;
}

static struct form_value
widen(struct run *run, const struct node *n)
{
	struct form_value v = eval(run, n->arg[0]);

	if (v.known == FORM_KNOWN && __builtin_mul_overflow(v.number, 1000, &v.number))
		return value_fault(N_("The result is too large."));
	v.high = v.number;
	return v;
}

/* ---- truth ---- */

static struct form_value
not(struct run *run, const struct node *n)
{
	struct form_value v = eval(run, n->arg[0]);

	return v.known == FORM_KNOWN ? value_truth(!v.number) : v;
}

/* "No" decides an "and" whatever the other side is. */
static struct form_value
and(struct run *run, const struct node *n)
{
	struct form_value sides[2] = { eval(run, n->arg[0]) };

	if (form_is_no(&sides[0]))
		return sides[0];
	sides[1] = eval(run, n->arg[1]);
	if (form_is_no(&sides[1]))
		return sides[1];
	return sides[0].known == FORM_KNOWN ? sides[1] : value_worst(sides, 2);
}

/* What an "or" is worth while nobody says yes: it may still become so (any)
 * before it is unknown. */
static struct form_value
hopeful(struct form_value left, struct form_value right)
{
	static const int order[] = {
		[FORM_KNOWN] = 0, [FORM_UNKNOWN] = 1, [FORM_ANY] = 2, [FORM_FAULT] = 3,
	};

	return order[right.known] > order[left.known] ? right : left;
}

static struct form_value
or(struct run *run, const struct node *n)
{
	struct form_value left = eval(run, n->arg[0]), right;

	if (form_is_yes(&left))
		return left;
	right = eval(run, n->arg[1]);
	return form_is_yes(&right) ? right : hopeful(left, right);
}

/* ---- comparison ---- */

static int
sign_of(int64_t left, int64_t right)
{
	return (left > right) - (left < right);
}

static bool
holds(enum act op, int order)
{
	switch (op) {
	case OP_EQ: return order == 0;
	case OP_NE: return order != 0;
	case OP_LT: return order < 0;
	case OP_LE: return order <= 0;
	case OP_GT: return order > 0;
	default: return order >= 0;
	}
}

/* Days known in part reach from one day to another: only what is so for all
 * of them is so. */
static struct form_value
order_of(enum act op, struct form_value left, struct form_value right, enum kind kind)
{
	int least, most;

	if (kind == KIND_TEXT || kind == KIND_CHOICE)
		return value_truth(holds(op, strcmp(left.text, right.text)));
	least = sign_of(left.number, right.high);
	most = sign_of(left.high, right.number);
	if (least < 0 && most > 0) {
		bool below = holds(op, -1), equal = holds(op, 0), above = holds(op, 1);

		return below == equal && equal == above ? value_truth(equal) : unknown();
	}
	return holds(op, least) == holds(op, most) ? value_truth(holds(op, least)) : unknown();
}

static struct form_value
compare(struct run *run, const struct node *n)
{
	struct form_value sides[2] = { eval(run, n->arg[0]), eval(run, n->arg[1]) };
	struct form_value worst = value_worst(sides, 2);

	if (worst.known != FORM_KNOWN)
		return worst;
	return order_of(n->op, sides[0], sides[1], n->arg[0]->kind);
}

static struct form_value
has(struct run *run, const struct node *n)
{
	struct form_value sides[2] = { eval(run, n->arg[0]), eval(run, n->arg[1]) };
	struct form_value worst = value_worst(sides, 2);

	if (worst.known != FORM_KNOWN)
		return worst;
	return value_truth(form_set_has(sides[1].text, sides[0].text));
}

/* ---- reckoning ---- */

static struct form_value
reckon(struct run *run, const struct node *n)
{
	struct form_value sides[2] = { eval(run, n->arg[0]), eval(run, n->arg[1]) };
	struct form_value worst = value_worst(sides, 2);

	if (worst.known != FORM_KNOWN)
		return worst;
	if (sides[0].number != sides[0].high || sides[1].number != sides[1].high)
		return unknown(); /* an age known in part */
	return eval_arithmetic(n, sides[0], sides[1]);
}

static struct form_value
negative(struct run *run, const struct node *n)
{
	struct form_value v = eval(run, n->arg[0]);

	if (v.known == FORM_KNOWN && v.number != v.high)
		return unknown();
	return v.known == FORM_KNOWN ? value_number(-v.number) : v;
}

/* ---- functions ---- */

static struct form_value
empty(struct run *run, const struct node *n)
{
	const struct form_cell *cell = eval_cell(run, n->field);

	if (cell->value.known == FORM_ANY)
		return cell->value;
	if (n->field->type == FORM_REPEAT)
		return value_truth(!cell->seen || cell->row_count == 0);
	return value_truth(cell->value.known == FORM_UNKNOWN);
}

static struct form_value
choose(struct run *run, const struct node *n)
{
	struct form_value test = eval(run, n->arg[0]);

	if (test.known != FORM_KNOWN)
		return test;
	return eval(run, n->arg[test.number ? 1 : 2]);
}

static struct form_value
or_else(struct run *run, const struct node *n)
{
	struct form_value v = eval(run, n->arg[0]);

	return v.known == FORM_UNKNOWN ? eval(run, n->arg[1]) : v;
}

static struct form_value
extreme(struct run *run, const struct node *n)
{
	struct form_value sides[2] = { eval(run, n->arg[0]), eval(run, n->arg[1]) };
	struct form_value worst = value_worst(sides, 2);
	bool left_less = sides[0].number <= sides[1].number;

	if (worst.known != FORM_KNOWN)
		return worst;
	return sides[left_less == (n->op == OP_LESSER) ? 0 : 1];
}

static struct form_value
call(struct run *run, const struct node *n)
{
	struct form_value given[3], worst;

	for (int i = 0; i < n->args; i++)
		given[i] = eval(run, n->arg[i]);
	worst = value_worst(given, n->args);
	return worst.known == FORM_KNOWN ? n->call->run(run, given, n->args) : worst;
}

/* ---- public ---- */

struct form_value
eval(struct run *run, const struct node *n)
{
	if (run->state->steps++ >= STEPS_MAX)
		return value_fault(N_("There are too many rows to reckon with."));
	return evaluates[n->op](run, n);
}

struct form_value
form_expr_option(struct form_state *s, struct form_row *row, const struct form_expr *e,
                 const struct form_choice *of)
{
	struct scope scope = { .row = row ? row : s->root };
	struct run run = { .state = s, .scope = &scope, .option = of };

	return eval(&run, e->root);
}

struct form_value
form_expr_value(struct form_state *s, struct form_row *row, const struct form_expr *e)
{
	return form_expr_option(s, row, e, NULL);
}

static evaluate *const evaluates[] = {
	[OP_LITERAL] = literal, [OP_FIELD] = field, [OP_TODAY] = today, [OP_OPTION] = option,
	[OP_TAGS] = tags, [OP_WIDEN] = widen, [OP_NOT] = not, [OP_AND] = and, [OP_OR] = or,
	[OP_EQ] = compare, [OP_NE] = compare, [OP_LT] = compare, [OP_LE] = compare,
	[OP_GT] = compare, [OP_GE] = compare, [OP_HAS] = has, [OP_ADD] = reckon,
	[OP_SUB] = reckon, [OP_MUL] = reckon, [OP_DIV] = reckon, [OP_MOD] = reckon,
	[OP_NEG] = negative, [OP_EMPTY] = empty, [OP_IF] = choose, [OP_DEFAULT] = or_else,
	[OP_LESSER] = extreme, [OP_GREATER] = extreme, [OP_CALL] = call,
	[OP_COUNT] = eval_rows, [OP_SUM] = eval_rows, [OP_MIN] = eval_rows,
	[OP_MAX] = eval_rows, [OP_ANY] = eval_rows, [OP_ALL] = eval_rows,
};
