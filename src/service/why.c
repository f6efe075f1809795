/*
 * why.c - layer 3: "why do I (not) see this, may I (not) do this?" in plain
 * words, from the table of rights and the workflows, with who may instead.
 * Called by command/why.c.  Must never answer of a thing that is not for the
 * actor otherwise than of one that is not there.
 */
#include "service_why.h"

#include <string.h>

#include "guard.h"
#include "rules_box.h"
#include "rules_rights.h"
#include "rules_task.h"
#include "service_deputy.h"
#include "service_household.h"
#include "service_restriction.h"

#define LINES_MAX 16
#define NAMED_MAX 3

/* A thing in sight, as far as the sentences need it. */
struct subject {
	const char *what;        /* "Case 2026-000012" */
	const char *unit, *site; /* codes; unit NULL: none */
	int64_t owner_id;
	const char *owner_name;  /* or NULL */
	int state;
	const struct workflow *flow;
	struct facts facts;
};

static void
say_line(struct op *op, struct why *w, const char *line)
{
	if (!w->lines)
		w->lines = arena_array(op->mem, const char *, LINES_MAX);
	if (line && *line && w->n_lines < LINES_MAX)
		w->lines[w->n_lines++] = line;
}

/* ---- words for sets ---- */

static const char *
reach_words(struct op *op, unsigned set)
{
	const char *words = "";

	for (unsigned bit = 0; bit < REACHES; bit++)
		if (set & 1u << bit)
			words = arena_printf(op->mem, "%s%s%s", words, *words ? "; " : "",
			    reach_label((enum reach)(1u << bit)));
	return *words ? words : _("nothing");
}

static const char *
role_words(struct op *op, unsigned roles)
{
	const char *words = "";

	for (unsigned bit = 0; bit < ROLES; bit++)
		if (roles & 1u << bit)
			words = arena_printf(op->mem, "%s%s%s", words, *words ? ", " : "",
			    role_label((enum role)(1u << bit)));
	return words;
}

/* ---- who may instead ---- */

/* Does the right of a colleague reach the subject?  NULL: any of their own unit
 * or of the whole office. */
static bool
colleague_may(const char *command, const struct staff *s, const struct subject *m)
{
	struct facts f = { .role = s->role, .own_unit = true, .own_site = true };

	if (m) {
		f = m->facts;
		f.role = s->role;
		f.own_unit = m->unit && strcmp(s->unit, m->unit) == 0;
		f.own_site = strcmp(s->site, m->site) == 0;
		f.owner = m->owner_id == s->id;
		f.deputy = f.receiver = f.own_work = false;
	}
	return !s->figures_only && right_refusal(command, &f) == REFUSE_NOTHING;
}

/* "Roth (Residence), Lindqvist (Residence)"; "" for nobody. */
static enum status
who_may(struct op *op, const char *command, const struct subject *m, const char **names)
{
	struct staff *list;
	size_t n, named = 0;

	*names = "";
	TRY(store_staff_list(op, NULL, false, &list, &n));
	/* those of one's own unit first: they sit next door */
	for (size_t i = 0; i < 2 * n && named < NAMED_MAX; i++) {
		const struct staff *s = &list[i % n];

		if ((strcmp(s->unit, op->by->unit) == 0) != (i < n) || s->id == op->by->id ||
		    !colleague_may(command, s, m))
			continue;
		*names = arena_printf(op->mem, "%s%s%s (%s)", *names, named++ ? ", " : "", s->name,
		    s->unit_name);
	}
	return ST_OK;
}

/* Who is away, and who acts for them, where it concerns this actor. */
static enum status
say_deputies(struct op *op, struct why *w)
{
	struct deputy *list;
	char day[11];
	size_t n;

	TRY(store_deputy_list(op, op->by->unit, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (list[i].from_day > op->today)
			continue;
		if (list[i].deputy_id == op->by->id)
			say_line(op, w, arena_printf(op->mem, _("You stand in for %s until %s: what "
			    "is theirs counts as yours."), list[i].absent_name,
			    day_iso(list[i].until_day, day)));
		else if (list[i].absent_id == op->by->id)
			say_line(op, w, arena_printf(op->mem, _("%s stands in for you until %s."),
			    list[i].deputy_name, day_iso(list[i].until_day, day)));
	}
	return ST_OK;
}

/* Its owner is away: who does the work, as far as the actor may know. */
static enum status
say_away(struct op *op, const struct subject *m, struct why *w)
{
	struct deputy *list;
	char day[11];
	size_t n;

	TRY(deputy_list(op, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (list[i].absent_id == m->owner_id && deputy_holds(op, &list[i]) &&
		    list[i].deputy_id != op->by->id && list[i].absent_id != op->by->id)
			say_line(op, w, arena_printf(op->mem, _("%s is away until %s; %s does the "
			    "work."), list[i].absent_name, day_iso(list[i].until_day, day),
			    list[i].deputy_name));
	return ST_OK;
}

/* ---- a command ---- */

static void
say_reach(struct op *op, struct why *w, const char *command)
{
	unsigned open = right_reach(command, op->by->role, UNIT_OPEN);
	unsigned closed = right_reach(command, op->by->role, UNIT_CLOSED);

	say_line(op, w, arena_printf(op->mem, _("As %s you reach: %s."), role_label(op->by->role),
	    reach_words(op, open)));
	if (closed != open)
		say_line(op, w, arena_printf(op->mem, _("Of units bound to secrecy you reach: %s."),
		    reach_words(op, closed)));
}

enum status
why_command(struct op *op, const char *command, const char *help, struct why *w)
{
	const char *names;

	*w = (struct why){ .about = arena_printf(op->mem, "%s: %s", command, help),
		.sees = may_call(op, command) };
	if (w->sees) {
		say_line(op, w, _("You may do this."));
		say_reach(op, w, command);
		return say_deputies(op, w);
	}
	if (op->by->figures_only && right_any(command, op->by->role, false))
		say_line(op, w, _("You may not do this: your unit sees figures only."));
	else
		say_line(op, w, arena_printf(op->mem, _("You may not do this: as %s you have no "
		    "right to it."), role_label(op->by->role)));
	say_line(op, w, arena_printf(op->mem, _("Roles that may: %s."),
	    role_words(op, right_roles(command))));
	TRY(who_may(op, command, NULL, &names));
	if (*names)
		say_line(op, w, arena_printf(op->mem, _("Ask for instance: %s."), names));
	return ST_OK;
}

/* ---- a thing ---- */

/* The same words for what is not there and what is not for the actor. */
static enum status
out_of_sight(struct op *op, const char *about, const char *command, struct why *w)
{
	*w = (struct why){ .about = about };
	say_line(op, w, _("There is nothing by this number that you may see. Either it does not "
	    "exist, or it is not for you; which of the two, nobody is told."));
	if (may_call(op, command))
		say_reach(op, w, command);
	else
		say_line(op, w, arena_printf(op->mem, _("As %s you see none at all. Roles that may: "
		    "%s."), role_label(op->by->role), role_words(op, right_roles(command))));
	say_line(op, w, _("If you expect one, ask the unit that would have it: it knows, and can "
	    "hand it over or disclose what you need."));
	return ST_OK;
}

static const char *
why_in_sight(struct op *op, const char *command, const struct subject *m)
{
	unsigned is = facts_reach(&m->facts) & right_reach(command, m->facts.role,
	    m->facts.closed ? UNIT_CLOSED : UNIT_OPEN);

	if (is == 0)
		return _("You see that it is there, and not what it holds: it lies at your site to be "
		    "handed out.");
	return arena_printf(op->mem, _("You see it, for as %s you reach: %s."),
	    role_label(op->by->role), reach_words(op, is & REACH_ALL ? REACH_ALL : is));
}

/* "open, in work" */
static const char *
states_words(struct op *op, const struct state_list *states, unsigned set)
{
	const char *words = "";

	for (size_t i = 0; i < states->n; i++)
		if (set & 1u << i)
			words = arena_printf(op->mem, "%s%s%s", words, *words ? ", " : "",
			    state_label(states, (int)i));
	return words;
}

static const char *
refusal_words(struct op *op, const struct transition *t, enum refusal r, const struct subject *m)
{
	struct failure kept = op->fail;
	const char *words;

	if (r == REFUSE_STATE)
		return arena_printf(op->mem, _("It is %s; this is done while it is: %s."),
		    state_label(m->flow->states, m->state),
		    states_words(op, m->flow->states, t->from));
	if (r == REFUSE_ROLE)
		return arena_printf(op->mem, _("As %s you have no right to it. Roles that may: %s."),
		    role_label(op->by->role), role_words(op, right_roles(t->command)));
	if (refuse(op, r, m->what) == ST_OK)
		bug("a refusal that refuses nothing");
	words = op->fail.sentence;
	op->fail = kept;
	return words;
}

/* Refusals that somebody else would not meet. */
static bool
is_of_the_actor(enum refusal r)
{
	return r == REFUSE_ROLE || r == REFUSE_UNIT || r == REFUSE_RECEIVER || r == REFUSE_OWNER ||
	    r == REFUSE_SITE || r == REFUSE_SECOND;
}

static enum status
explain_act(struct op *op, const struct transition *t, const struct subject *m, struct why_act *act)
{
	struct facts with_reason = m->facts;
	enum refusal r;
	const char *names = "";

	with_reason.reason = true;
	r = transition_refusal(t, m->state, &with_reason);
	*act = (struct why_act){ .command = t->command, .label = tr(t->label),
		.may = r == REFUSE_NOTHING, .sentence = "" };
	if (act->may)
		return ST_OK;
	act->sentence = refusal_words(op, t, r, m);
	if (is_of_the_actor(r))
		TRY(who_may(op, t->command, m, &names));
	if (*names)
		act->sentence = arena_printf(op->mem, _("%s It could be done by: %s."),
		    act->sentence, names);
	return ST_OK;
}

static enum status
explain(struct op *op, const char *look, const struct subject *m, struct why *w)
{
	*w = (struct why){ .about = m->what, .sees = true,
		.acts = arena_array(op->mem, struct why_act, m->flow->n) };
	say_line(op, w, why_in_sight(op, look, m));
	if (m->owner_name && m->owner_id != op->by->id)
		say_line(op, w, arena_printf(op->mem, _("It is with %s."), m->owner_name));
	TRY(say_away(op, m, w));
	TRY(say_deputies(op, w));
	for (size_t i = 0; i < m->flow->n; i++)
		TRY(explain_act(op, &m->flow->table[i], m, &w->acts[w->n_acts++]));
	return ST_OK;
}

/* Is a failure only that there is nothing?  Others are told as they are. */
static bool
is_missing(struct op *op, enum status s)
{
	if (s == ST_NOT_FOUND)
		op->fail = (struct failure){ 0 };
	return s == ST_NOT_FOUND;
}

/* The record says itself why it is kept, and who can help. */
static enum status
is_kept(struct op *op, const char *about, struct why *w)
{
	*w = (struct why){ .about = about };
	say_line(op, w, op->fail.sentence);
	op->fail = (struct failure){ 0 };
	return ST_OK;
}

/* "Blocked since 2026-11-23, by Lindqvist: nothing of it can be changed." */
static enum status
say_restriction(struct op *op, const struct restriction *r, struct why *w)
{
	char day[11];

	day_iso(clock_day(r->set_at), day);
	if (r->kind == RESTRICTION_BLOCKED)
		say_line(op, w, arena_printf(op->mem, _("It is blocked since %s, by %s: you may read "
		    "it, for you oversee the block; nobody may change it."), day, r->set_by_name));
	else
		say_line(op, w, arena_printf(op->mem, _("It is for named people only since %s: %s. "
		    "Nobody else of any unit or role sees it, stand-ins neither."), day, r->names));
	return ST_OK;
}

/* What is kept from others, and why not from the actor. */
static enum status
say_restrictions(struct op *op, int64_t person, int64_t case_id, struct why *w)
{
	struct restriction *list;
	int64_t until;
	char hhmm[6];
	size_t n;

	for (int of_case = 0; of_case < (case_id ? 2 : 1); of_case++) {
		TRY(restrictions_on(op, person, of_case ? case_id : 0, false, &list, &n));
		for (size_t i = 0; i < n; i++)
			TRY(say_restriction(op, &list[i], w));
	}
	TRY(store_emergency_until(op, person, &until));
	if (until)
		say_line(op, w, arena_printf(op->mem, _("You have opened it in an emergency: until %s "
		    "you may read it. The data protection officer has been told."),
		    clock_hhmm(until, hhmm)));
	return ST_OK;
}

enum status
why_case(struct op *op, int64_t id, const char *about, struct why *w)
{
	struct case_file c;
	enum sight sight;
	struct subject m;
	enum status s = may_call(op, "case.show") ? case_look(op, id, &c, &sight) : ST_NOT_FOUND;

	if (is_missing(op, s))
		return out_of_sight(op, about, "case.show", w);
	if (s == ST_DENIED)
		return is_kept(op, about, w);
	TRY(s);
	m = (struct subject){ .what = arena_printf(op->mem, _("Case %s"), case_number(op, &c)),
		.unit = c.unit, .site = c.site, .owner_id = c.owner_id,
		.owner_name = c.owner_name, .state = (int)c.state, .flow = &case_workflow };
	TRY(facts_of_case(op, &c, &m.facts));
	TRY(explain(op, "case.show", &m, w));
	return say_restrictions(op, c.person_id, c.id, w);
}

enum status
why_visit(struct op *op, int64_t id, const char *about, struct why *w)
{
	struct visit v;
	struct subject m;
	enum status s = may_call(op, "visit.show") ? visit_show(op, id, &v) : ST_NOT_FOUND;

	if (is_missing(op, s))
		return out_of_sight(op, about, "visit.show", w);
	TRY(s);
	m = (struct subject){ .what = visit_ticket(op, &v), .unit = v.service_unit,
		.site = v.site, .owner_id = v.staff_id, .owner_name = v.staff_name,
		.state = (int)v.state, .flow = &visit_workflow, .facts = facts_of_visit(op, &v) };
	return explain(op, "visit.show", &m, w);
}

enum status
why_task(struct op *op, int64_t id, const char *about, struct why *w)
{
	struct task t;
	struct subject m;
	enum status s = may_call(op, "task.list") ? task_show(op, id, &t) : ST_NOT_FOUND;

	if (is_missing(op, s))
		return out_of_sight(op, about, "task.list", w);
	TRY(s);
	m = (struct subject){ .what = t.name, .unit = t.unit, .site = op->by->site,
		.state = (int)t.state, .flow = &task_workflow,
		.facts = { .role = op->by->role, .closed = t.unit_closed,
			.own_unit = strcmp(op->by->unit, t.unit) == 0 } };
	return explain(op, "task.list", &m, w);
}

/* Main fields of the record that the actor's unit keeps. */
static enum status
say_fields(struct op *op, const struct person *p, struct why *w)
{
	const char *kept = "";
	bool mine;

	for (const char *const *f = main_fields; *f; f++) {
		TRY(owner_may(op, p, *f, &mine));
		if (mine)
			kept = arena_printf(op->mem, "%s%s%s", kept, *kept ? ", " : "",
			    field_label(*f));
	}
	say_line(op, w, arena_printf(op->mem, _("Of its fields your unit keeps: %s. A change of the "
	    "others you propose to the unit that keeps them."), *kept ? kept : _("nothing")));
	return ST_OK;
}

enum status
why_person(struct op *op, int64_t id, const char *about, struct why *w)
{
	struct person p;
	enum status s = may_call(op, "person.show") ? person_show(op, id, &p) : ST_NOT_FOUND;

	if (is_missing(op, s))
		return out_of_sight(op, about, "person.show", w);
	if (s == ST_DENIED)
		return is_kept(op, about, w);
	TRY(s);
	*w = (struct why){ .about = about, .sees = true };
	TRY(say_restrictions(op, p.id, 0, w));
	say_line(op, w, _("The record of a person is shared by all units; who looks at it is "
	    "logged. Cases stay with their units."));
	if (may_call(op, "person.edit"))
		return say_fields(op, &p, w);
	say_line(op, w, arena_printf(op->mem, _("You may not change it: as %s you have no right to "
	    "it. Roles that may: %s."), role_label(op->by->role),
	    role_words(op, right_roles("person.edit"))));
	return ST_OK;
}

enum status
why_typed(struct op *op, const char *text, struct why *w, bool *found)
{
	struct search_box box;
	int month, day, year;
	int64_t id;

	search_box_read(op->mem, text, op->today, &box);
	*found = true;
	if (box.case_number) {
		day_to_ymd(op->today, &year, &month, &day);
		TRY(store_case_by_number(op, box.case_year ? box.case_year : year,
		    box.case_number, &id));
		return why_case(op, id, text, w);
	}
	if (box.ticket_letter) {
		TRY(store_visit_by_ticket(op, op->by->site, op->today, box.ticket_letter,
		    box.ticket_number, &id));
		return why_visit(op, id, text, w);
	}
	*found = false;
	return ST_OK;
}
