/*
 * double.c - layer 4: commands about records that may be one person: looked
 * for before a new one is made, suspected, told apart.
 */
#include "shape_person.h"

#include "service_merge.h"

#define CANDIDATES_MOST 10

/* ---- before a record is made ---- */

static const char *const strengths[] = {
	[HIT_WEAK] = "weak", [HIT_STRONG] = "strong",
};

static json_t *
shape_candidates(struct op *op, const struct hit *list, size_t n)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *o = shape_hit(op, &list[i]);

		put(o, "strength", json_string(strengths[list[i].strength]));
		json_array_append_new(rows, o);
	}
	return rows;
}

/* For person.new: refuses with the candidates beside the sentence. */
enum status
look_for_doubles(struct call *call)
{
	struct person_wish wish = { .family = arg_text(call, "family"),
	    .given = arg_text(call, "given"), .born = arg_text(call, "born"),
	    .sex = arg_text(call, "sex"), .nationality = arg_text(call, "nationality") };
	struct doubles *d = arena_make(call->op->mem, struct doubles);
	enum status s = doubles_look(call->op, &wish, arg_text(call, "reason"), d);

	call->found = d;
	if (s == ST_INVALID)
		call->told = json_pack("{s:o}", "people",
		    shape_candidates(call->op, d->list, d->n));
	return s;
}

static enum status
run_candidates(struct call *call)
{
	struct candidate_wish wish = { .family = arg_text(call, "family"),
	    .given = arg_text(call, "given"), .born = arg_text(call, "born"),
	    .sex = arg_text(call, "sex"), .countries = arg_text(call, "nationality"),
	    .but = arg_id(call, "id") };
	struct hit *list;
	size_t n;
	int limit;

	TRY(read_limit(call, CANDIDATES_MOST, CANDIDATES_MOST, &limit));
	TRY(person_candidates(call->op, &wish, limit, &list, &n));
	put(call->out, "people", shape_candidates(call->op, list, n));
	return ST_OK;
}

/* ---- pairs ---- */

static json_t *
shape_pair(struct op *op, const struct person_pair *pair)
{
	json_t *o = json_object();

	look_hit(op, pair->first_id);
	look_hit(op, pair->second_id);
	put(o, "first", shape_person_brief(pair->first_id, pair->first_name, pair->first_born));
	put(o, "second",
	    shape_person_brief(pair->second_id, pair->second_name, pair->second_born));
	put(o, "score", json_integer(pair->score));
	put(o, "state", json_string(pair->state));
	put(o, "reason", shape_text(pair->reason));
	put(o, "settled_by", shape_text(pair->settled_by_name));
	return o;
}

/* after= is "score first second" of the last row. */
static enum status
read_place(const struct call *call, struct pair_place *place)
{
	const char *text = arg_text(call, "after");
	int64_t score;

	*place = (struct pair_place){ 0 };
	if (!text)
		return ST_OK;
	if (!digits_until(&text, ' ', 1000, &score) ||
	    !digits_until(&text, ' ', INT64_MAX, &place->first_id) ||
	    !digits_until(&text, '\0', INT64_MAX, &place->second_id))
		return bad_after(call->op);
	place->score = (int)score;
	return ST_OK;
}

static enum status
run_duplicates(struct call *call)
{
	json_t *rows = json_array(), *next = json_null();
	struct person_pair *list;
	struct pair_place after;
	bool more;
	int limit;
	size_t n;

	put(call->out, "pairs", rows);
	TRY(read_limit(call, PAGE_USUAL, PAGE_MOST, &limit));
	TRY(read_place(call, &after));
	TRY(pair_list(call->op, arg_id(call, "id"), &after, limit + 1, &list, &n));
	more = cut_page(&n, limit);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(rows, shape_pair(call->op, &list[i]));
	if (more)
		next = json_string(arena_printf(call->op->mem, "%d %lld %lld", list[n - 1].score,
		    (long long)list[n - 1].first_id, (long long)list[n - 1].second_id));
	put(call->out, "next", next);
	return ST_OK;
}

static enum status
run_different(struct call *call)
{
	struct person_pair pair;

	TRY(pair_different(call->op, arg_id(call, "id"), arg_id(call, "with"),
	    arg_text(call, "reason"), &pair));
	put(call->out, "pair", shape_pair(call->op, &pair));
	return ST_OK;
}


static const struct arg candidates_args[] = {
	ARG("family", ARG_TEXT, REQUIRED, N_("family name as the new record would have it")),
	ARG("given", ARG_TEXT, OPTIONAL, N_("given names")),
	ARG("born", ARG_BIRTH, OPTIONAL, N_("date of birth, as far as known: 1990, 1990-05")),
	ARG_OF("sex", OPTIONAL, N_("m, f, d (divers) or x (not stated)"), sex_values),
	ARG("nationality", ARG_TEXT, OPTIONAL, N_("countries, three letters, commas between")),
	ARG("id", ARG_ID, OPTIONAL, N_("a person not to be listed")),
	ARG("limit", ARG_INT, OPTIONAL, N_("rows at most")), ARG_END
};
static const struct arg duplicates_args[] = {
	ARG("id", ARG_ID, OPTIONAL, N_("only pairs of this person")), LIST_ARGS, ARG_END
};
static const struct arg different_args[] = {
	ARG("id", ARG_ID, REQUIRED, N_("number of the person")),
	ARG("with", ARG_ID, REQUIRED, N_("the other person")),
	ARG("reason", ARG_TEXT, REQUIRED, N_("what shows that these are two people")), ARG_END
};
const struct command cmd_person_candidates = {
	.name = "person.candidates", .args = candidates_args,
	.flags = CMD_SENSITIVE, .run = run_candidates,
	.help = N_("records that a new person may be a double of"),
};
const struct command cmd_person_duplicates = {
	.name = "person.duplicates", .args = duplicates_args,
	.flags = CMD_SENSITIVE, .help = N_("pairs of records that may be one person"),
	.run = run_duplicates,
};
const struct command cmd_person_different = {
	.name = "person.different", .args = different_args,
	.flags = CMD_WRITE, .help = N_("say that two records are two people"),
	.run = run_different,
};
