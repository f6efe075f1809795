/*
 * eval_rows.c - layer 1: sum, min, max, count, any and all over the rows of a
 * repeat.  Called by eval.c.  Must never leave a row out because something in
 * it is unknown: then the whole is unknown, unless the others decide.
 */
#include "expr.h"

struct fold {
	const struct node *node;
	struct form_value worst; /* of what is not known so far */
	struct form_value result;
	bool decided;            /* any, all: no further row matters */
	bool first;
};

static void
worsen(struct fold *f, struct form_value v)
{
	struct form_value two[2] = { f->worst, v };

	f->worst = value_worst(two, 2);
}

/* Rows that may count are between the number and its high end. */
static void
count_row(struct fold *f, bool surely)
{
	f->result.number += surely;
	f->result.high++;
}

static void
add_up(struct fold *f, struct form_value v)
{
	if (__builtin_add_overflow(f->result.number, v.number, &f->result.number))
		worsen(f, value_fault(N_("The result is too large.")));
	f->result.high = f->result.number;
}

static void
take_extreme(struct fold *f, struct form_value v)
{
	bool less = v.number < f->result.number;

	if (f->first || less == (f->node->op == OP_MIN))
		f->result = v;
	f->first = false;
}

/* One "yes" decides any, one "no" decides all. */
static void
take_truth(struct fold *f, struct form_value v)
{
	bool deciding = f->node->op == OP_ANY;

	if ((v.number != 0) == deciding) {
		f->decided = true;
		f->result = v;
	}
}

static void
take_row(struct fold *f, struct run *run)
{
	struct form_value v;

	if (f->node->op == OP_COUNT) {
		count_row(f, true);
		return;
	}
	v = eval(run, f->node->arg[0] ? f->node->arg[0] : f->node->arg[1]);
	if (v.known == FORM_KNOWN && v.number != v.high)
		v.known = FORM_UNKNOWN;  /* an age known in part */
	if (v.known != FORM_KNOWN)
		worsen(f, v);
	else if (f->node->op == OP_ANY || f->node->op == OP_ALL)
		take_truth(f, v);
	else if (f->node->op == OP_MIN || f->node->op == OP_MAX)
		take_extreme(f, v);
	else
		add_up(f, v);
}

/* A row of which it is not known whether it counts: only what would change
 * nothing can be told all the same. */
static void
doubtful_row(struct fold *f, struct run *run, struct form_value where)
{
	struct form_value v = value_truth(true);

	if (f->node->op == OP_COUNT && where.known == FORM_UNKNOWN) {
		count_row(f, false);
		return;
	}
	if (f->node->arg[0])
		v = eval(run, f->node->arg[0]);
	if ((f->node->op == OP_ANY && form_is_no(&v)) || (f->node->op == OP_ALL && form_is_yes(&v)))
		return;
	worsen(f, where);
}

struct form_value
eval_rows(struct run *run, const struct node *n)
{
	const struct form_cell *cell = eval_cell(run, n->field);
	struct fold f = {
		.node = n, .worst = value_number(0), .first = true,
		.result = value_number(n->op == OP_ALL),
	};
	const struct scope *outer = run->scope;

	if (cell->value.known == FORM_ANY)
		return cell->value;
	for (size_t i = 0; cell->seen && i < cell->row_count && !f.decided; i++) {
		struct scope inner = { .row = &cell->rows[i], .outer = outer };
		struct form_value where = value_truth(true);

		run->scope = &inner;
		if (n->arg[1])
			where = eval(run, n->arg[1]);
		if (form_is_yes(&where))
			take_row(&f, run);
		else if (where.known != FORM_KNOWN)
			doubtful_row(&f, run, where);
	}
	run->scope = outer;
	if (f.decided)
		return f.result;
	if (f.worst.known == FORM_KNOWN && f.first && (n->op == OP_MIN || n->op == OP_MAX))
		return (struct form_value){ .known = FORM_UNKNOWN };
	return f.worst.known == FORM_KNOWN ? f.result : f.worst;
}
