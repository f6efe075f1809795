/*
 * form_move.c - layer 3: the answers of a case go on to a newer version of its
 * form.  Called by tresen-admin.  Must never lose an answer that it does not
 * name, and never leave a case with answers that its form refuses.
 */
#include "guard.h"
#include "intake.h"
#include "form_example.h"
#include "store_form.h"

/* The answers as they would be; NULL, and why, if the case is to stay. */
static json_t *
answers_there(struct op *op, const struct case_file *c, const struct answer *stored, size_t n,
              const struct form_world *world, struct case_move *m)
{
	json_t *old = merged_answers(stored, n, NULL);
	struct form_problem *problems;
	struct form_migration there;
	bool known = form_migrate(op->mem, m->to, c->form_version, old, &there);

	json_decref(old);
	if (!known) {
		m->stays = arena_printf(op->mem, _("version %d does not say how to move from "
		    "version %d"), m->to->version, c->form_version);
		return NULL;
	}
	m->ask = there.ask;
	m->n_ask = there.ask_count;
	m->lost = there.lost;
	m->n_lost = there.lost_count;
	if (form_validate(op->mem, m->to, there.answers, world, &problems) == 0)
		return there.answers;
	m->stays = arena_printf(op->mem, _("case %s: %s"), case_number(op, c),
	    problems[0].sentence);
	json_decref(there.answers);
	return NULL;
}

static enum status
write_move(struct op *op, struct case_file *c, const struct asked *asked,
           const struct answer *stored, size_t n)
{
	int from = c->form_version;

	TRY(store_staff_actor(op, c->changed_by, &op->by));
	TRY(settle_answers(op, c, asked, stored, n));
	TRY(store_case_move_form(op, c->id, from, asked->form->version));
	return store_case_save(op, c);
}

enum status
case_move_form(struct op *op, int64_t case_id, struct case_move *m)
{
	struct form_world world;
	struct asked asked = { .form = m->to, .world = &world };
	struct answer *stored;
	struct case_file c;
	json_t *answers;
	enum status s;
	size_t n;

	TRY(store_case_find(op, case_id, &c));
	TRY(form_world_now(op, FORM_DRAFT, &world));
	TRY(store_answer_list(op, case_id, &stored, &n));
	asked.answers = answers = answers_there(op, &c, stored, n, &world, m);
	s = answers && !m->dry ? write_move(op, &c, &asked, stored, n) : ST_OK;
	op->by = NULL;
	json_decref(answers);
	return s;
}
