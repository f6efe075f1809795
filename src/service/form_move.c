/*
 * form_move.c - layer 3: the answers of a case go on to a newer version of its
 * form.  Called by tresen-admin.  Must never lose an answer that it does not
 * name, and never leave a case with answers that its form refuses.
 */
#include "guard.h"
#include "intake.h"
#include "form_example.h"
#include "store_form.h"

#define FORM_VERSIONS_MAX 200    /* of one way: laws change twice a year */

/* ---- the way from version to version ---- */

struct seeker {
	struct op *op;
	int from;
	const struct form **way;
	size_t n;
	int dead[FORM_VERSIONS_MAX]; /* versions that lead nowhere */
	size_t n_dead;
};

static bool
is_dead(const struct seeker *s, int version)
{
	for (size_t i = 0; i < s->n_dead; i++)
		if (s->dead[i] == version)
			return true;
	return s->n_dead == FORM_VERSIONS_MAX;
}

/* Ends at to: the newest version between that leads there goes first. */
static enum status
seek(struct seeker *s, const struct form *to, bool *found)
{
	bool direct = form_step_from(to, s->from) != NULL;
	int before = to->version, next;

	*found = direct;
	for (; !*found; before = next) {
		const struct form *between;
		int version;

		next = 0;
		for (size_t i = 0; i < to->step_count; i++)
			if (to->steps[i].from < before && to->steps[i].from > next)
				next = to->steps[i].from;
		if (next <= s->from)
			break;
		if (is_dead(s, next))
			continue;
		TRY(form_load(s->op, to->key, next, &between, &version));
		if (between)
			TRY(seek(s, between, found));
		if (!*found && s->n_dead < FORM_VERSIONS_MAX)
			s->dead[s->n_dead++] = next;
	}
	if (*found && s->n < FORM_VERSIONS_MAX)
		s->way[s->n++] = to;
	return ST_OK;
}

enum status
form_way(struct op *op, const struct form *to, int from, const struct form *const **way,
         size_t *n)
{
	struct seeker s = { .op = op, .from = from };
	bool found;

	s.way = arena_array(op->mem, const struct form *, FORM_VERSIONS_MAX + 1);
	TRY(seek(&s, to, &found));
	*way = s.way;
	*n = s.n;
	return ST_OK;
}

/* ---- a case goes it ---- */

/* The answers as they would be; NULL, and why, if the case is to stay. */
static enum status
answers_there(struct op *op, const struct case_file *c, const struct answer *stored, size_t n,
              const struct form_world *world, struct case_move *m, json_t **answers)
{
	const struct form *const *way;
	struct form_problem *problems;
	struct form_migration there;
	json_t *old;
	size_t stations;

	*answers = NULL;
	TRY(form_way(op, m->to, c->form_version, &way, &stations));
	if (stations == 0) {
		m->stays = arena_printf(op->mem, _("no version says how to move from version %d to "
		    "version %d"), c->form_version, m->to->version);
		return ST_OK;
	}
	old = merged_answers(stored, n, NULL);
	if (!form_migrate(op->mem, way, stations, c->form_version, old, world, &there))
		bug("form %s: a way to version %d has a gap", m->to->key, m->to->version);
	json_decref(old);
	m->ask = there.ask;
	m->n_ask = there.ask_count;
	m->lost = there.lost;
	m->n_lost = there.lost_count;
	*answers = there.answers;
	if (form_validate(op->mem, m->to, there.answers, world, &problems) == 0)
		return ST_OK;
	m->stays = arena_printf(op->mem, _("case %s: %s"), case_number(op, c),
	    problems[0].sentence);
	json_decref(there.answers);
	*answers = NULL;
	return ST_OK;
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
	TRY(answers_there(op, &c, stored, n, &world, m, &answers));
	asked.answers = answers;
	s = answers && !m->dry ? write_move(op, &c, &asked, stored, n) : ST_OK;
	op->by = NULL;
	json_decref(answers);
	return s;
}
