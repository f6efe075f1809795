/*
 * look.c - layer 5: no log, no answer: what a command has shown of people
 * becomes an event before its answer leaves.  Called by run.c and serve.c.
 * Must never lose a look, and never write one down twice for the same glance.
 *
 * The same look of a session within some minutes is one, and so is what a
 * screen asks again because others have changed something.  Each key in the box
 * of a search is a search: only where the typing rests its list is kept.
 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

#include "pad.h"
#include "service_look.h"
#include "service_restriction.h"

#define REMEMBERED 64
#define REFRESH_MS 5000          /* after a `changed` notification */
#define REST_MS 1000             /* typing rests */
#define MANY 300                 /* people on the way to one list */
#define AGAIN_MS 1000            /* what could not be kept is tried again */

struct mark {
	const char *kind;        /* static */
	int64_t id;
};

/* A list of hits that was shown and is not kept yet. */
struct shown {
	const char *command;     /* NULL: none */
	json_t *typed;           /* what it was the answer to */
	struct mark *marks;
	size_t n;
	uint64_t key;
	int64_t staff_id, at, due;
};

enum verdict { NOT_KEPT, KEEP_NOW, KEEP_LATER, KEEP_REFUSAL };

struct looks {
	struct {
		uint64_t key;
		int64_t at;
	} seen[REMEMBERED];
	size_t next;
	int64_t changed_at;      /* ticks of the last notification */
	struct shown waiting;
	struct pad pad;          /* where it stands as well */
	bool padded;             /* was it asked for? */
	/* of the request at hand */
	enum verdict verdict;
	const struct command *command;
	const json_t *typed;
	uint64_t key;
};

void
looks_open(struct session *s)
{
	s->looks = calloc(1, sizeof(*s->looks));
	if (!s->looks)
		bug("out of memory");
	s->looks->changed_at = INT64_MIN / 2;
	s->looks->pad.fd = -1;
}

/* ---- the same look ---- */

static uint64_t
mix(uint64_t key, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		key = (key ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
	return key;
}

/* Who looks how at whom, what for. */
static uint64_t
key_of(const struct op *op, const struct call *call)
{
	int64_t id = arg_id(call, "id");
	uint64_t key = mix(0xcbf29ce484222325u, call->name, strlen(call->name));

	key = mix(key, &op->by->id, sizeof(op->by->id));
	key = mix(key, &id, sizeof(id));
	for (const struct touched *t = op->touched; t; t = t->next)
		key = mix(key, &t->id, sizeof(t->id));
	return op->reason ? mix(key, op->reason, strlen(op->reason)) : key;
}

/* Where the office does not say how long, each look is one. */
static int64_t
window(struct op *op)
{
	const char *minutes;

	if (store_office_get(op, "look_minutes", &minutes) != ST_OK)
		return 0;
	return strtoll(minutes, NULL, 10) * 60;
}

static bool
is_repeated(const struct session *s, struct op *op, uint64_t key)
{
	const struct looks *l = s->looks;
	bool refresh = clock_ticks() - l->changed_at < REFRESH_MS;

	for (size_t i = 0; i < REMEMBERED; i++) {
		int64_t ago = op->now - l->seen[i].at;

		/* a look after this moment was before the clock was set back */
		if (l->seen[i].key == key && l->seen[i].at > 0 && ago >= 0 &&
		    clock_day(l->seen[i].at) == op->today && (refresh || ago < window(op)))
			return true;
	}
	return l->waiting.command && l->waiting.key == key;
}

static void
remember(struct looks *l, uint64_t key, int64_t at)
{
	l->seen[l->next].key = key;
	l->seen[l->next].at = at;
	l->next = (l->next + 1) % REMEMBERED;
}

/* ---- keeping ---- */

enum status
look_append(struct op *op, int64_t staff_id, const char *command, const char *client)
{
	struct event_head head = { command, NULL, client };
	const struct staff gone = { .id = staff_id }, *by = op->by;
	enum status done;

	TRY(db_begin_write(op));
	/* also of who does not work here any more */
	if (!by)
		op->by = &gone;
	done = db_commit(op, &head);
	op->by = by;
	return done;
}

static enum status
not_kept(struct op *op, enum status s)
{
	return op_fail(op, s, _("Nothing is shown, because it could not be recorded that you "
	    "looked. %s"), op->fail.sentence);
}

static void
forget(struct shown *w)
{
	json_decref(w->typed);
	free(w->marks);
	*w = (struct shown){ 0 };
}

static void
add_mark(struct shown *w, const char *kind, int64_t id)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->marks[i].id == id && strcmp(w->marks[i].kind, kind) == 0)
			return;
	w->marks[w->n++] = (struct mark){ kind, id };
}

/* As it stands on the pad. */
static json_t *
shown_json(const struct shown *w, const char *client)
{
	json_t *marks = json_array();

	for (size_t i = 0; i < w->n; i++)
		json_array_append_new(marks, json_pack("[s, I]", w->marks[i].kind,
		    (json_int_t)w->marks[i].id));
	return json_pack("{s:s, s:s?, s:I, s:I, s:o}", "command", w->command, "client", client,
	    "staff", (json_int_t)w->staff_id, "at", (json_int_t)w->at, "marks", marks);
}

/* Who was shown on the way to this list stays among those who were shown. */
static struct shown
shown_with(const struct looks *l, const struct op *op)
{
	const struct shown *before = &l->waiting;
	size_t n = before->n;
	struct shown w;

	for (const struct touched *t = op->touched; t; t = t->next)
		n++;
	w = (struct shown){ .command = l->command->name, .typed = json_deep_copy(l->typed),
		.marks = calloc(n + 1, sizeof(*w.marks)), .key = l->key,
		.staff_id = op->by->id, .at = op->now, .due = clock_ticks() + REST_MS };
	if (!w.typed || !w.marks)
		bug("out of memory");
	for (size_t i = 0; i < before->n; i++)
		add_mark(&w, before->marks[i].kind, before->marks[i].id);
	for (const struct touched *t = op->touched; t; t = t->next)
		add_mark(&w, t->kind, t->id);
	return w;
}

/* False: it cannot wait, because nothing would be left of it if this process were
 * killed; then it is as if it had not been asked for. */
static bool
wait_with(const struct session *s, const struct op *op)
{
	struct looks *l = s->looks;
	struct shown w = shown_with(l, op);
	json_t *what = shown_json(&w, s->client);
	bool noted = pad_write(&l->pad, what);

	json_decref(what);
	forget(noted ? &l->waiting : &w);
	if (noted)
		l->waiting = w;
	return noted;
}

/* What waits becomes an event of the moment in which it was shown. */
static enum status
keep_waiting(struct session *s, struct op *op)
{
	struct shown *w = &s->looks->waiting;

	if (!w->command)
		return ST_OK;
	TRY(store_staff_actor(op, w->staff_id, &op->by));
	for (size_t i = w->n; i-- > 0;)
		op_touch(op, w->marks[i].kind, w->marks[i].id);
	op->now = w->at;
	TRY(look_append(op, w->staff_id, w->command, s->client));
	remember(s->looks, w->key, w->at);
	forget(w);
	pad_clear(&s->looks->pad);
	return ST_OK;
}

/* ---- within a request ---- */

/* What a command has noted besides, as acts do, is no look. */
static void
only_looks(struct op *op, bool files)
{
	struct touched *kept = NULL, **end = &kept;

	for (struct touched *t = op->touched; t; t = t->next)
		if (strcmp(t->kind, LOOK_HIT) == 0 || (files && strcmp(t->kind, LOOK_FILE) == 0)) {
			*end = t;
			end = &t->next;
		}
	*end = NULL;
	op->touched = kept;
}

static bool
takes_purpose(const struct command *c)
{
	for (const struct arg *a = c->args; a && a->name; a++)
		if (strcmp(a->name, "purpose") == 0)
			return true;
	return false;
}

/* The purpose is the reason of a look, and said with the answer. */
static enum status
weigh_purpose(struct op *op, struct call *call, const struct command *c, int64_t person)
{
	bool shows_case = strncmp(c->name, "case.", 5) == 0;
	const char *stated = arg_text(call, "purpose"), *words = NULL;

	op->reason = NULL;
	if (stated)
		TRY(purpose_state(op, stated, &op->reason));
	else if (person)
		TRY(purpose_known(op, person, shows_case ? arg_id(call, "id") : 0, &op->reason));
	if (person)
		TRY(purpose_needed(op, person));
	if (!takes_purpose(c))
		return ST_OK;
	if (op->reason)
		TRY(purpose_say(op, op->reason, &words));
	json_object_set_new(call->out, "purpose", op->reason ? json_string(op->reason)
	                                                     : json_null());
	json_object_set_new(call->out, "purpose_label", words ? json_string(words) : json_null());
	json_object_set_new(call->out, "ask_purpose", json_boolean(person && !op->reason));
	return ST_OK;
}

enum status
look_weigh(struct session *s, struct call *call, const struct command *c)
{
	struct looks *l = s->looks;
	struct op *op = call->op;
	int64_t person;
	enum status done;

	only_looks(op, true);
	person = look_main(op);
	TRY(weigh_purpose(op, call, c, person));
	if (!op->touched)
		return ST_OK;
	l->command = c;
	l->typed = call->args;
	l->key = key_of(op, call);
	if (!(c->flags & CMD_COPY) && is_repeated(s, op, l->key))
		return ST_OK;
	done = watch_reading(op);
	l->verdict = done == ST_DENIED ? KEEP_REFUSAL : done != ST_OK ? NOT_KEPT
	    : person ? KEEP_NOW : KEEP_LATER;
	return done;
}

enum status
look_keep(struct session *s, struct op *op, enum status done)
{
	struct looks *l = s->looks;
	struct failure said = op->fail;
	enum verdict verdict = l->verdict;
	enum status kept;

	l->verdict = NOT_KEPT;
	if (verdict == NOT_KEPT || !op->touched)
		return done;
	if (verdict == KEEP_LATER) {
		if (wait_with(s, op))
			return done;
		/* it has no place to wait in: at once, then */
	}
	kept = look_append(op, op->by->id, l->command->name, s->client);
	if (verdict == KEEP_REFUSAL) {
		op->fail = said;
		return done;
	}
	if (kept != ST_OK)
		return not_kept(op, kept);
	remember(l, l->key, op->now);
	return done;
}

enum status
look_told(struct session *s, struct call *call, const struct command *c, enum status refused)
{
	struct op *op = call->op;
	struct failure said = op->fail;
	enum status done;

	only_looks(op, false);
	done = look_weigh(s, call, c);
	if (done == ST_OK) {
		op->fail = said;
		done = refused;
	}
	return look_keep(s, op, done);
}

/* The change is the event: it tells by itself who has seen the file. */
enum status
look_changed(struct session *s, struct op *op, const struct command *c)
{
	struct touched **at = &op->touched;
	bool shown = false;
	enum status done;

	for (const struct touched *t = op->touched; t; t = t->next)
		shown = shown || strcmp(t->kind, LOOK_FILE) == 0;
	if (shown) {
		struct touched *before = op->touched;
		const char *reason = op->reason;

		s->looks->command = c;
		done = watch_limit(op);
		s->looks->verdict = done == ST_DENIED ? KEEP_REFUSAL : NOT_KEPT;
		if (done != ST_OK)
			return done;
		op->touched = before;
		op->reason = reason;
	}
	while (*at)
		if (strcmp((*at)->kind, LOOK_HIT) == 0) {
			*at = (*at)->next;
		} else {
			if (strcmp((*at)->kind, LOOK_FILE) == 0)
				(*at)->kind = LOOK_SEEN;
			at = &(*at)->next;
		}
	return ST_OK;
}

/* ---- between requests ---- */

/* Each word is the same or longer: the list before was on the way to this one.
 * Another page is another list. */
static bool
goes_on(const struct shown *w, const struct rpc_request *request)
{
	const char *key;
	json_t *value;

	if (strcmp(request->method, w->command) != 0 ||
	    json_object_size(request->params) != json_object_size(w->typed))
		return false;
	json_object_foreach(w->typed, key, value) {
		const json_t *now = json_object_get(request->params, key);
		const char *text = json_string_value(value), *longer = json_string_value(now);

		if (!json_equal(value, now) && (!text || !longer || strcmp(key, "after") == 0 ||
		    strncmp(text, longer, strlen(text)) != 0))
			return false;
	}
	return true;
}

enum status
look_next(struct session *s, struct op *op, const struct rpc_request *request)
{
	const struct shown *w = &s->looks->waiting;
	enum status kept;

	s->looks->verdict = NOT_KEPT;
	if (s->db && !s->looks->padded) {
		s->looks->padded = true;
		pad_take(&s->looks->pad, s->path);
		left_keep(s, &s->looks->pad);
	}
	if (!w->command || (w->n < MANY && goes_on(w, request)))
		return ST_OK;
	kept = keep_waiting(s, op);
	return kept == ST_OK ? ST_OK : not_kept(op, kept);
}

int64_t
looks_due(const struct session *s)
{
	return s->looks->waiting.command ? s->looks->waiting.due : INT64_MAX;
}

static bool
try_waiting(struct session *s)
{
	struct op op;

	arena_reset(s->mem);
	op = (struct op){ .mem = s->mem, .db = s->db, .today = clock_day(clock_now()),
	    .lang = s->lang };
	if (keep_waiting(s, &op) == ST_OK)
		return true;
	s->looks->waiting.due = clock_ticks() + AGAIN_MS;
	return false;
}

void
looks_rest(struct session *s)
{
	if (looks_due(s) <= clock_ticks())
		try_waiting(s);
}

/* Who has gone cannot be refused any more: then the journal must tell. */
void
looks_close(struct session *s)
{
	const struct shown *w = &s->looks->waiting;

	if (w->command && !try_waiting(s) && !try_waiting(s))
		for (size_t i = 0; i < w->n; i++)
			log_line("not recorded: staff %lld was shown person %lld by %s",
			    (long long)w->staff_id, (long long)w->marks[i].id, w->command);
	forget(&s->looks->waiting);
	pad_leave(&s->looks->pad);
	free(s->looks);
}

void
looks_told_changed(struct session *s)
{
	s->looks->changed_at = clock_ticks();
}
