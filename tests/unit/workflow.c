/*
 * workflow.c - the tables of the workflow as a property: any sequence of
 * commands that the rules allow keeps a visit, a case and a hand-over in one
 * known state, and a case with one unit.  No engine, no file: only rules.
 */
#include <check.h>
#include <string.h>

#include "rules_rights.h"
#include "rules_task.h"

#define STEPS 20000

static unsigned dice;

static int
roll(int sides)
{
	dice = dice * 1664525u + 1013904223u;
	return (int)((dice >> 8) % (unsigned)sides);
}

static struct facts
any_facts(void)
{
	return (struct facts){
		.role = (enum role)(1 << roll(6)), .own_unit = roll(2), .owner = roll(2), .deputy = roll(2), .own_work = roll(2),
		.owned = roll(2), .own_site = roll(2), .receiver = roll(2), .offered = roll(2),
		.reason = roll(2), .lacks_intake = roll(2), .lacks_decision = roll(2), .to_hand_out = roll(2),
		.earlier = roll(2), .closed = roll(2), .by_site = roll(2),
	};
}

static const struct workflow *const workflows[] = {
	&visit_workflow, &case_workflow, &handover_workflow, &task_workflow,
};

START_TEST(tables_are_whole)
{
	const struct workflow *w = workflows[_i];

	for (size_t i = 0; i < w->n; i++) {
		const struct transition *t = &w->table[i];

		ck_assert_ptr_eq(workflow_find(w, t->command), t); /* named once */
		ck_assert_msg(t->from != 0 && t->from >> w->states->n == 0, "%s", t->command);
		ck_assert_msg(t->to == STATE_SAME || (size_t)t->to < w->states->n, "%s", t->command);
		ck_assert_msg(right_roles(t->command) != 0, "%s: no role may", t->command);
		ck_assert_msg(t->label && *t->label, "%s", t->command);
	}
}
END_TEST

/* A refusal is not lifted by more rights refused: each guard alone decides. */
START_TEST(random_walks_stay_on_the_map)
{
	const struct workflow *w = workflows[_i];
	unsigned seen = 1;
	int state = 0;

	dice = 7;
	for (int i = 0; i < STEPS; i++) {
		const struct transition *t = &w->table[roll((int)w->n)];
		struct facts f = any_facts();
		enum refusal r = transition_refusal(t, state, &f);

		if (r == REFUSE_NOTHING) {
			ck_assert_msg(right_roles(t->command) & (unsigned)f.role, "%s", t->command);
			ck_assert_msg(t->from & (1u << state), "%s", t->command);
			ck_assert_msg(transition_offered(t, state, &f), "%s", t->command);
			if (t->to != STATE_SAME)
				state = t->held && roll(2) ? t->held : t->to;
			seen |= 1u << state;
		} else if (r != REFUSE_REASON && r != REFUSE_GAPS) {
			ck_assert_msg(!transition_offered(t, state, &f), "%s", t->command);
		}
		/* the end of a visit and of a hand-over is the end: begin anew */
		if ((w == &visit_workflow && state == VISIT_FINISHED) ||
		    (w == &handover_workflow && state != HANDOVER_OFFERED) || i % 50 == 0)
			state = roll((int)w->states->n) ? 0 : roll((int)w->states->n);
	}
	ck_assert_uint_eq(seen, (1u << w->states->n) - 1); /* every state is reached */
}
END_TEST

/* Nothing leads out of an end but what is written here by hand. */
START_TEST(ends_are_ends)
{
	for (size_t i = 0; i < visit_workflow.n; i++)
		ck_assert(!(visit_workflow.table[i].from & 1u << VISIT_FINISHED));
	for (size_t i = 0; i < handover_workflow.n; i++)
		ck_assert_uint_eq(handover_workflow.table[i].from, 1u << HANDOVER_OFFERED);
	for (size_t i = 0; i < case_workflow.n; i++) {
		const struct transition *t = &case_workflow.table[i];

		if (t->from & 1u << CASE_CLOSED)
			ck_assert_str_eq(t->command, "case.reopen");
		if (t->to == CASE_DECIDED)
			ck_assert_uint_eq(t->from, strcmp(t->command, "case.approve") == 0
			    ? 1u << CASE_PROPOSED : 1u << CASE_IN_WORK);
		/* what waits for a second person goes nowhere by the first one alone */
		if ((t->from & 1u << CASE_PROPOSED) && t->to == CASE_DECIDED)
			ck_assert(t->guards & GUARD_SECOND);
	}
}
END_TEST

/* From any state a case can be brought to its end. */
START_TEST(no_state_is_a_trap)
{
	unsigned can_end = 1u << CASE_CLOSED;

	for (size_t round = 0; round < case_states.n; round++)
		for (size_t i = 0; i < case_workflow.n; i++)
			if (case_workflow.table[i].to >= 0 &&
			    (can_end & 1u << case_workflow.table[i].to))
				can_end |= case_workflow.table[i].from;
	/* intake leaves by a hand-over that another unit accepts */
	ck_assert_uint_eq(can_end | 1u << CASE_INTAKE, (1u << case_states.n) - 1);
	ck_assert(workflow_find(&case_workflow, "handover.offer")->from & 1u << CASE_INTAKE);
}
END_TEST

/* Who sees what, cell by cell, written by hand. */
START_TEST(sight_by_role)
{
	static const struct {
		enum role role;
		bool own_unit, receiver, own_site, closed, ready;
		enum sight sight;
	} cells[] = {
		{ ROLE_COUNTER, .sight = SIGHT_FULL },
		{ ROLE_COUNTER, .closed = true, .sight = SIGHT_NONE },
		{ ROLE_COUNTER, .closed = true, .ready = true, .sight = SIGHT_NONE },
		{ ROLE_COUNTER, .closed = true, .ready = true, .own_site = true,
		  .sight = SIGHT_HEAD },
		{ ROLE_COUNTER, .closed = true, .own_unit = true, .sight = SIGHT_FULL },
		{ ROLE_COUNTER, .closed = true, .receiver = true, .sight = SIGHT_FULL },
		{ ROLE_CLERK, .sight = SIGHT_NONE },
		{ ROLE_CLERK, .own_unit = true, .closed = true, .sight = SIGHT_FULL },
		{ ROLE_CLERK, .receiver = true, .closed = true, .sight = SIGHT_FULL },
		{ ROLE_CLERK, .closed = true, .ready = true, .own_site = true,
		  .sight = SIGHT_NONE },
		{ ROLE_SUPERVISOR, .sight = SIGHT_FULL },
		{ ROLE_SUPERVISOR, .closed = true, .sight = SIGHT_NONE },
		{ ROLE_SUPERVISOR, .closed = true, .own_unit = true, .sight = SIGHT_FULL },
		{ ROLE_SUPERVISOR, .closed = true, .receiver = true, .sight = SIGHT_FULL },
		{ ROLE_STEERING, .own_unit = true, .sight = SIGHT_NONE },
		{ ROLE_DPO, .own_unit = true, .sight = SIGHT_NONE },
		{ ROLE_ADMIN, .own_unit = true, .sight = SIGHT_NONE },
	};

	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		struct facts f = { .role = cells[i].role, .closed = cells[i].closed,
			.own_unit = cells[i].own_unit,
			.receiver = cells[i].receiver, .own_site = cells[i].own_site };

		ck_assert_msg(case_sight(&f, cells[i].ready) == cells[i].sight,
		    "cell %zu", i);
	}
}
END_TEST

Suite *suite_workflow(void);
Suite *
suite_workflow(void)
{
	Suite *s = suite_create("workflow");
	TCase *t = tcase_create("workflow");

	tcase_add_loop_test(t, tables_are_whole, 0, 4);
	tcase_add_loop_test(t, random_walks_stay_on_the_map, 0, 4);
	tcase_add_test(t, ends_are_ends);
	tcase_add_test(t, no_state_is_a_trap);
	tcase_add_test(t, sight_by_role);
	suite_add_tcase(s, t);
	return s;
}
