/*
 * formcheck.c - layer 2: what is wrong in a form being filled in: what cannot
 * be read, what is missing, what the rules say and why it is right all the
 * same.  Called by screens and by the other files of the form view.  Must
 * never blame the field in which somebody is typing.
 */
#include "forminside.h"

#include <string.h>

/* ---- walking all fields, those in rows among them ---- */

struct walk {
	const struct form_view *v;
	const struct form_state *state;
	/* true: found, stop here */
	bool (*visit)(struct walk *w, struct form_view_row *row, size_t i);
	bool passed;             /* the cursor's field */
	struct form_view_place first;    /* found; row NULL: none */
	size_t found;
};

static bool
walk(struct walk *w, struct form_view_row *row)
{
	size_t n;
	const struct form_field *fields = fv_fields(w->v, row, &n);

	for (size_t i = 0; i < n; i++) {
		const struct form_view_slot *slot = &row->slots[i];

		if (!fv_seen(w->v, row, i))
			continue;
		if (w->visit(w, row, i))
			return true;
		for (size_t k = 0; fields[i].type == FORM_REPEAT && k < slot->row_count; k++)
			if (walk(w, slot->rows[k]))
				return true;
	}
	return false;
}

/* ---- findings ---- */

static const struct form_finding *
finding_at(const struct form_state *s, const char *path, size_t *from)
{
	for (; *from < s->finding_count; ++*from)
		if (strcmp(s->findings[*from].path, path) == 0)
			return &s->findings[(*from)++];
	return NULL;
}

const struct form_finding *
fv_finding(const struct form_view *v, const struct form_view_row *row, size_t i, size_t *from)
{
	size_t n;
	const struct form_field *field = &fv_fields(v, row, &n)[i];

	return finding_at(v->state, fv_path(frame_mem(), row, field), from);
}

bool
fv_is_told(const struct form_view *v, const struct form_view_row *row, size_t i,
           const struct form_finding *f)
{
	bool here = row == v->here.row && i == v->here.at;

	if (v->read_only || (here && v->typing && form_view_edit((struct form_view *)(uintptr_t)v)))
		return false;
	return v->told || !f->missing;
}

/* What is wrong with an answer of others is theirs to mend. */
static bool
stops_at(const struct walk *w, const struct form_view_row *row, size_t i)
{
	size_t n, from = 0;
	const struct form_field *field = &fv_fields(w->v, row, &n)[i];
	const char *path = fv_path(w->v->scratch, row, field);
	const struct form_finding *f = finding_at(w->state, path, &from);

	if (fv_other_owner(w->v, field))
		return false;
	while (f && f->severity != FORM_STOP)
		f = finding_at(w->state, path, &from);
	return f || row->slots[i].why;
}

/* ---- checking ---- */

/* What stands in a field and is no answer is said again. */
static bool
read_again(struct walk *w, struct form_view_row *row, size_t i)
{
	struct form_view *v = (struct form_view *)(uintptr_t)w->v;
	struct form_view_slot *slot = &row->slots[i];
	size_t n;
	const struct form_field *field = &fv_fields(v, row, &n)[i];

	if (!fv_is_typed(field) || slot->why || !*fv_typed(v, row, i))
		return false;
	slot->why = *fv_canonical(row, field) ? fv_judge(v, row, i) : fv_read(v, row, i, v->mem);
	return false;
}

static bool
count_wrong(struct walk *w, struct form_view_row *row, size_t i)
{
	if (!stops_at(w, row, i))
		return false;
	if (w->found++ == 0)
		w->first = (struct form_view_place){ row, i, row->slots[i].row_count };
	return false;
}

static const struct form_state *
state_at(struct form_view *v, enum form_stage stage)
{
	struct form_world *world = arena_make(v->scratch, struct form_world);

	if (stage == v->world.stage)
		return v->state;
	*world = v->world;
	world->stage = stage;
	return form_evaluate(v->scratch, v->form, v->answers, world);
}

/* Of the form as a whole: they stand at no field. */
static size_t
wrong_as_a_whole(const struct form_state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->finding_count; i++)
		n += s->findings[i].severity == FORM_STOP && !*s->findings[i].path;
	return n;
}

static void
come_to(struct form_view *v, struct form_view_place place)
{
	size_t stops = fv_stops(v, place.row, place.at);

	if (place.sub >= stops)
		place.sub = stops ? stops - 1 : 0;
	fv_arrive(v, place);
}

size_t
form_view_check(struct form_view *v, enum form_stage stage)
{
	struct walk again = { .v = v, .visit = read_again }, w = { .v = v, .visit = count_wrong };

	fv_depart(v);
	v->told = stage >= v->world.stage;
	walk(&again, v->top);
	arena_reset(v->scratch);
	w.state = state_at(v, stage);
	walk(&w, v->top);
	come_to(v, w.found ? w.first : v->here);
	return w.found + wrong_as_a_whole(w.state);
}

void
form_view_set_stage(struct form_view *v, enum form_stage stage)
{
	fv_depart(v);
	v->world.stage = stage;
	fv_evaluate(v);
}

void
form_view_blame(struct form_view *v, const char *path, const char *sentence)
{
	if (!path || !form_view_go(v, path))
		return;
	fv_slot(v)->why = arena_strdup(v->mem, sentence);
}

static bool
forgive(struct walk *w, struct form_view_row *row, size_t i)
{
	(void)w;
	row->slots[i].why = NULL;
	return false;
}

void
form_view_forgive(struct form_view *v)
{
	struct walk w = { .v = v, .visit = forgive };

	walk(&w, v->top);
}

/* ---- the next gap ---- */

static bool
next_open(struct walk *w, struct form_view_row *row, size_t i)
{
	bool here = row == w->v->here.row && i == w->v->here.at;

	if (!here && stops_at(w, row, i) && (w->passed || !w->first.row))
		w->first = (struct form_view_place){ row, i, row->slots[i].row_count };
	if (here)
		w->passed = true;
	return w->passed && !here && w->first.row == row && w->first.at == i;
}

bool
fv_next_gap(struct form_view *v)
{
	struct walk w = { .v = v, .state = v->state, .visit = next_open };

	arena_reset(v->scratch);
	walk(&w, v->top);
	if (!w.first.row)
		return false;
	come_to(v, w.first);
	return true;
}

static bool
is_wrong(struct walk *w, struct form_view_row *row, size_t i)
{
	size_t from = 0;
	const struct form_finding *f = NULL;

	if (row->slots[i].why)
		return true;
	while ((f = fv_finding(w->v, row, i, &from)))
		if (f->severity != FORM_HINT && fv_is_told(w->v, row, i, f))
			return true;
	return false;
}

bool
fv_row_is_wrong(const struct form_view *v, const struct form_view_row *row)
{
	struct walk w = { .v = v, .visit = is_wrong };

	return walk(&w, (struct form_view_row *)(uintptr_t)row);
}

/* ---- warnings and their reasons ---- */

const struct form_finding *
form_view_warning(const struct form_view *v)
{
	for (size_t i = 0; i < v->state->finding_count; i++) {
		const struct form_finding *f = &v->state->findings[i];

		if (f->severity == FORM_WARN && !json_object_get(v->reasons, f->path))
			return f;
	}
	return NULL;
}

void
form_view_reason(struct form_view *v, const char *path, const char *reason)
{
	v->touched = true;
	if (reason && *reason)
		json_object_set_new(v->reasons, path, json_string(reason));
	else
		json_object_del(v->reasons, path);
}

/* ---- pages ---- */

static bool
mark_wrong(struct walk *w, struct form_view_row *row, size_t i)
{
	w->found += row->slots[i].why != NULL;
	return false;
}

/* What cannot be read in a field or in the rows of it. */
static bool
has_why(const struct form_view *v, size_t i)
{
	struct walk w = { .v = v, .visit = mark_wrong };
	const struct form_view_slot *slot = &v->top->slots[i];

	for (size_t k = 0; k < slot->row_count; k++)
		walk(&w, slot->rows[k]);
	return slot->why || w.found > 0;
}

static void
open_sections(const struct form_view *v, bool *open)
{
	for (size_t i = 0; i < v->form->field_count; i++)
		if (fv_seen(v, v->top, i) && has_why(v, i))
			open[v->form->fields[i].section] = true;
	for (size_t i = 0; i < v->state->finding_count; i++) {
		const struct form_finding *f = &v->state->findings[i];
		const struct form_field *field = f->field ? form_find(v->form, f->field) : NULL;

		if (field && f->severity == FORM_STOP && fv_seen(v, v->top, field->place))
			open[field->section] = true;
	}
}

size_t
form_view_pages(const struct form_view *v, struct arena *a, struct form_view_page **pages)
{
	const struct form *f = v->form;
	size_t n = 0, last = f->section_count;
	size_t now = f->fields[fv_top_place(&v->here)].section;
	bool *open = arena_array(a, bool, f->section_count + 1);

	open_sections(v, open);
	*pages = arena_array(a, struct form_view_page, f->section_count);
	for (size_t i = 0; i < f->field_count; i++) {
		size_t section = f->fields[i].section;

		if (!fv_seen(v, v->top, i) || section == last)
			continue;
		(*pages)[n++] = (struct form_view_page){
			.title = form_say(&f->sections[section].title), .done = !open[section],
			.current = section == now,
		};
		last = section;
	}
	return n;
}
