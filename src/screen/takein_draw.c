/*
 * takein_draw.c - layer 3: draws the take-in: its pages as chips, what one
 * should know about the person, the page itself.  Must never ask.
 */
#include "takein.h"

#include <string.h>

#include "formask.h"
#include "rules_order.h"
#include "text.h"

#define CHIPS_MAX (FORM_FIELDS_MAX + 3)
#define LABEL_COL 3
#define FACT_COL 20
#define FACT_ROWS 5              /* of one: the others have room below it at 24 rows */
#define PAPER_ROWS 2             /* of the one under the cursor */
#define LATER_MOST 5             /* named; the others are found by F7 */

struct chip {
	const char *title;
	bool done, current;
};

void
takein_head(const struct screen *s, struct head *h)
{
	const struct takein *t = s->state;
	struct arena *a = frame_mem();
	const char *concern = *t->service ? text_at(takein_service(s), "label")
	                                  : text_at(t->visit, "concern_label");
	char hhmm[6];

	h->left = arena_printf(a, "%s · %s · %s", _("Take in"), text_at(t->visit, "ticket"),
	    concern);
	if (s->draft_saved)
		h->right = arena_printf(a, _("draft saved %s"), clock_hhmm(s->draft_saved, hhmm));
	else
		h->right = "";
	if (t->person.locked) /* on every page, before what may be cut */
		h->left = arena_printf(a, "%s · %s", _("LOCKED"), h->left);
}

/* ---- chips ---- */

static size_t
chips_of(const struct screen *s, struct chip *chips)
{
	const struct takein *t = s->state;
	struct form_view_page *pages;
	struct arena *a = frame_mem();
	size_t n = 0;

	form_view_pages(&t->person.view, a, &pages); /* it has one */
	chips[n++] = (struct chip){ _("Person"), pages[0].done, t->page == PAGE_PERSON };
	for (size_t i = 0, n_pages = t->answers.form ? form_view_pages(&t->answers, a, &pages) : 0;
	     i < n_pages; i++)
		chips[n++] = (struct chip){ pages[i].title, pages[i].done,
			pages[i].current && t->page == PAGE_FORM };
	if (t->papers.n_rows > 0)
		chips[n++] = (struct chip){
			arena_printf(a, _("Papers %zu/%zu"), t->had, t->needed),
			t->had == t->needed, t->page == PAGE_PAPERS };
	chips[n++] = (struct chip){ takein_stays(s) ? _("Open") : _("Hand over"), false,
		t->page == PAGE_SEND };
	return n;
}

static const char *
chip_text(const struct chip *chips, size_t i)
{
	return arena_printf(frame_mem(), chips[i].done ? "%zu %s ✓" : "%zu %s", i + 1,
	    chips[i].title);
}

/* As many as fit around the current one, those to come first. */
static void
fit_chips(const struct chip *chips, size_t n, int room, size_t *from, size_t *to)
{
	size_t at = 0;

	while (at < n && !chips[at].current)
		at++;
	*from = at;
	*to = at + 1;
	room -= shown_width(chip_text(chips, at)) + 2;
	for (;;) {
		int after = *to < n ? shown_width(chip_text(chips, *to)) + 2 : room + 1;
		int before = *from > 0 ? shown_width(chip_text(chips, *from - 1)) + 2 : room + 1;

		if (after <= room)
			room -= after, (*to)++;
		else if (before <= room)
			room -= before, (*from)--;
		else
			return;
	}
}

static void
draw_chips(const struct screen *s, int row, int cols)
{
	struct chip chips[CHIPS_MAX];
	size_t n = chips_of(s, chips), from, to;
	int col = 1;

	fit_chips(chips, n, cols - 2, &from, &to);
	if (from > 0 || to < n)
		fit_chips(chips, n, cols - 7, &from, &to);
	if (from > 0)
		col += draw_text(row, col, 1, STYLE_QUIET, "‹") + 2;
	for (size_t i = from; i < to; i++) {
		enum style style = chips[i].current ? STYLE_STRONG : STYLE_QUIET;

		if (chips[i].current)
			draw_text(row, col - 1, 1, STYLE_STRONG, "▸");
		col += draw_text(row, col, cols - col, style, chip_text(chips, i)) + 2;
	}
	if (to < n)
		draw_text(row, col, 1, STYLE_QUIET, "›");
}

/* ---- what one should know ---- */

static const char *
known_line(const struct screen *s, enum style *style)
{
	const struct takein *t = s->state;
	const json_t *twin = takein_twin(s), *hit = json_array_get(t->hits, 0);
	struct arena *a = frame_mem();
	size_t n = json_array_size(t->hits);

	*style = STYLE_ALERT;
	if (t->person.locked && t->page == PAGE_PERSON)
		return _("LOCKED: tell nobody outside anything about this person.");
	if (twin && *t->waits_for && number_at(twin, "id") == number_at(t->visit, "case"))
		return arena_printf(a, _("! F2 opens case %s, which waits for: %s"),
		    text_at(twin, "number"), t->waits_for);
	if (twin)
		return arena_printf(a, _("! F2 opens case %s, which is open already: %s"),
		    text_at(twin, "number"), text_at(twin, "state_label"));
	*style = STYLE_STRONG;
	if (!*t->service)
		return _("F3 says which service it is about.");
	if (t->page == PAGE_PERSON && takein_may_be(hit))
		return arena_printf(a, n > 1 ? _("In the register? %s, and others. F6 looks.")
		    : _("In the register? %s. F6 takes it."), person_line(a, hit));
	if (t->page == PAGE_PERSON && t->person.id)
		return _("In the register.");
	return "";
}

/* ---- the last page ---- */

static int
draw_fact(int row, int cols, const char *label, const char *value)
{
	draw_text(row, LABEL_COL, FACT_COL - LABEL_COL - 1, STYLE_QUIET, label);
	return row + draw_wrapped((struct area){ row, FACT_COL, FACT_ROWS, cols - FACT_COL - 1 },
	    STYLE_PLAIN, value);
}

static const char *
person_fact(const struct takein *t)
{
	const json_t *answers = t->person.view.answers;
	const char *born = text_at(answers, "born"), *given = text_at(answers, "given"), *known;
	json_t *changes = form_view_changes(&t->person.view);

	known = !t->person.id ? _("new in the register")
	    : json_object_size(changes) > 0 ? _("in the register, with changes")
	                                    : _("in the register");
	json_decref(changes);
	return arena_printf(frame_mem(), "%s%s%s%s%s (%s)", text_at(answers, "family"),
	    *given ? ", " : "", given, *born ? " *" : "", born, known);
}

static const char *
answers_fact(const struct takein *t)
{
	struct form_problem *problems;
	json_t *answers = form_view_answers(&t->answers);
	int n = (int)json_object_size(answers);
	size_t gaps = form_validate(frame_mem(), t->answers.form, answers, &t->answers.world,
	    &problems);
	const char *given = arena_printf(frame_mem(), tr_n("%d answer", "%d answers", n), n);

	json_decref(answers);
	if (gaps == 0)
		return given;
	return arena_printf(frame_mem(), _("%s; %zu needed now are missing"), given, gaps);
}

/* What the person is asked for later, but bars the decision: "5 answers: Works,
 * Rent"; "". */
static const char *
later_fact(const struct screen *s)
{
	const struct takein *t = s->state;
	struct arena *a = frame_mem();
	struct form_gap *gaps;
	size_t n = takein_gaps(a, t, &gaps), later = 0;
	const char *all = "";

	for (size_t i = 0; i < n; i++) {
		const struct form *form = t->answers.form;
		const char *label = form_path_label(a, form, gaps[i].path,
		    lang_code(lang_current()));

		if (gaps[i].stage > FORM_INTAKE &&
		    form_is_for_person(form_path_field(form, gaps[i].path)) &&
		    ++later <= LATER_MOST)
			all = arena_printf(a, "%s%s%s", all, *all ? " · " : "", /* labels have commas */
			    label ? label : gaps[i].path);
	}
	if (later == 0)
		return "";
	return arena_printf(a, later > LATER_MOST ? _("%zu answers: %s …")
	    : tr_n("%zu answer: %s", "%zu answers: %s", (int64_t)later), later, all);
}

static const char *
papers_fact(const struct screen *s)
{
	const struct takein *t = s->state;
	const char *missing = takein_missing(frame_mem(), s);

	if (t->needed == 0)
		return _("none needed");
	if (!*missing)
		return arena_printf(frame_mem(), tr_n("%zu needed, and it is here",
		    "all %zu needed are here", (int64_t)t->needed), t->needed);
	return arena_printf(frame_mem(), _("%zu of %zu; missing: %s"), t->had, t->needed, missing);
}

/* The earlier of two days; DAY_NONE is none. */
static int
earlier(int one, int two)
{
	return two == DAY_NONE || (one != DAY_NONE && one < two) ? one : two;
}

/* The form may be in more of a hurry than the service; "" where neither says. */
static const char *
time_fact(const struct screen *s, int days)
{
	const struct takein *t = s->state;
	const struct form_world *world = &t->answers.world;
	const char *words = days == 0 ? "" : arena_printf(frame_mem(), tr_n("%d working day",
	    "%d working days", days), days), *level;
	struct form_hurry h;
	int day, usual;
	char iso[11];

	if (!t->answers.form)
		return words;
	h = form_hurry_of(t->answers.state);
	usual = working_day_after(world->today, days, world->holidays, world->holiday_count);
	day = h.due;
	if (h.open != FORM_NORMAL)
		day = earlier(day, working_day_after(world->today,
		    (int)number_at(catalogue_list(s, "due_days"), form_level_name(h.open)),
		    world->holidays, world->holiday_count));
	if (day == DAY_NONE || (days && day > usual))
		return words;
	if (day < world->today)
		day = world->today;
	level = h.level == FORM_SOON ? _("soon") : _("urgent");
	words = arena_printf(frame_mem(), _("%s: by %s"), level, say_date(frame_mem(),
	    day_iso(day, iso)));
	return h.why ? arena_printf(frame_mem(), "%s, %s", words, form_say(h.why)) : words;
}

static void
draw_send(const struct screen *s, struct area area)
{
	const struct takein *t = s->state;
	const json_t *service = takein_service(s);
	int row = area.row + 1, days = (int)number_at(service, "target_days");

	row = draw_fact(row, area.cols, _("Person"), person_fact(t));
	row = draw_fact(row, area.cols, _("Concern"), service ? text_at(service, "label")
	    : _("not said yet: F3"));
	if (t->answers.form)
		row = draw_fact(row, area.cols, _("Form"), answers_fact(t));
	if (t->papers.n_rows > 0)
		row = draw_fact(row, area.cols, _("Papers"), papers_fact(s));
	if (*later_fact(s))
		row = draw_fact(row, area.cols, _("May follow"), later_fact(s));
	if (service)
		row = draw_fact(row, area.cols, _("Works on it"),
		    catalogue_label(s, "units", takein_unit(s)));
	if (*time_fact(s, days))
		row = draw_fact(row, area.cols, _("Should take"), time_fact(s, days));
	row++;
	draw_text(row, LABEL_COL, area.cols - LABEL_COL - 1, STYLE_STRONG, takein_stays(s)
	    ? _("F10 opens the case, ends the visit and shows the slip.")
	    : _("F10 hands over, ends the visit and shows the slip."));
	draw_cursor(row, LABEL_COL);
}

/* ---- papers beside the form, or in the line above it ---- */

static int
draw_papers(const struct takein *t, struct area body)
{
	struct paper_line *lines = arena_array(frame_mem(), struct paper_line,
	    t->papers.n_rows + 1);

	for (size_t i = 0; i < t->papers.n_rows; i++)
		lines[i] = (struct paper_line){ t->papers.rows[i].cells[1],
			truth_at(t->brought, t->asked[i].key), t->asked[i].required };
	return form_draw_papers(body, lines, t->papers.n_rows);
}

/* The paper under the cursor in full, at the foot: a column may cut it. */
static int
draw_paper_here(const struct takein *t, struct area body)
{
	if (t->papers.n_rows == 0)
		return 0;
	draw_wrapped((struct area){ body.row + body.rows - PAPER_ROWS, LABEL_COL, PAPER_ROWS,
	    body.cols - LABEL_COL - 1 }, STYLE_QUIET, t->papers.rows[t->papers.cursor].cells[1]);
	return PAPER_ROWS + 1;
}

/* As many as fit, and how many more. */
static const char *
papers_line(const struct screen *s, int cols)
{
	const struct takein *t = s->state;
	const char *all = "", *longer;
	size_t left = t->needed - t->had;

	for (size_t i = 0; i < t->papers.n_rows; i++) {
		if (!t->asked[i].required || truth_at(t->brought, t->asked[i].key))
			continue;
		longer = arena_printf(frame_mem(), "%s%s%s", all, *all ? ", " : "",
		    t->papers.rows[i].cells[1]);
		if (*all && shown_width(longer) > cols - 34) /* the words around it */
			return arena_printf(frame_mem(), _("Still to bring: %s, and %zu more"), all,
			    left);
		all = longer;
		left--;
	}
	return *all ? arena_printf(frame_mem(), _("Still to bring: %s"), all) : "";
}

/* Its papers beside it, else in the line above it if that is free. */
static void
draw_form(const struct screen *s, struct area body, bool free_line)
{
	const struct takein *t = s->state;
	int taken = draw_papers(t, body);

	body.cols -= taken;
	if (free_line && taken == 0)
		draw_text(body.row - 1, 1, body.cols - 2, STYLE_QUIET,
		    papers_line(s, body.cols - 2));
	form_view_draw(&t->answers, body, true);
}

void
takein_draw(const struct screen *s, struct area body)
{
	const struct takein *t = s->state;
	enum style style;
	const char *known = known_line(s, &style);

	draw_chips(s, body.row - 2, body.cols);
	draw_text(body.row, 1, body.cols - 2, style, known);
	body.row++;
	body.rows--;
	switch (t->page) {
	case PAGE_PERSON:
		body.rows -= takein_draw_hits(t, body);
		form_view_draw(&t->person.view, body, true);
		break;
	case PAGE_FORM:
		draw_form(s, body, !*known);
		break;
	case PAGE_PAPERS:
		body.rows -= draw_paper_here(t, body);
		table_draw(&t->papers, body, TABLE_HERE);
		break;
	case PAGE_SEND:
		draw_send(s, body);
		break;
	}
}
