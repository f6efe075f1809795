/*
 * expr_walk.c - layer 1: what an expression asks for, without running it: its
 * fields, and what they are compared with.  Called by the checks of a form.
 */
#include "expr.h"

#include <string.h>

static void
node_fields(const struct node *n, void (*f)(void *self, const struct form_field *field),
            void *self)
{
	if (n->field)
		f(self, n->field);
	for (int i = n->again ? 1 : 0; i < 3; i++)
		if (n->arg[i])
			node_fields(n->arg[i], f, self);
}

void
form_expr_fields(const struct form_expr *e,
                 void (*f)(void *self, const struct form_field *field), void *self)
{
	node_fields(e->root, f, self);
}

static void
add_literal(struct form_literals *found, struct form_value v)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->list[i].number == v.number && (!v.text ||
		    strcmp(found->list[i].text, v.text) == 0))
			return;
	found->beyond = found->beyond || found->n == FORM_LITERALS_MAX;
	if (!found->beyond)
		found->list[found->n++] = v;
}

static void
node_literals(const struct node *n, struct form_literals *found)
{
	bool compares = n->op >= OP_EQ && n->op <= OP_GE;

	for (int i = 0; compares && i < 2; i++)
		if (n->arg[i]->op == OP_FIELD && n->arg[i]->field == found->field &&
		    n->arg[1 - i]->op == OP_LITERAL) {
			add_literal(found, n->arg[1 - i]->literal);
			return;
		}
	if (n->field == found->field && n->op != OP_EMPTY)
		found->beyond = true;
	for (int i = 0; i < 3; i++)
		if (n->arg[i])
			node_literals(n->arg[i], found);
}

void
form_expr_literals(const struct form_expr *e, struct form_literals *found)
{
	node_literals(e->root, found);
}
