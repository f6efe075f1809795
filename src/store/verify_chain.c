/*
 * verify_chain.c - layer 2: does each event still have the hash it was given,
 * and does it follow the one before?  Called by tresen-admin verify.  Only
 * reads, holds one event at a time, and never tells a value of a row.
 *
 * After a fault it goes on with the hash that stands there: one changed event
 * is one fault, not one of each that follows.
 */
#include "guess.h"
#include "verify.h"

struct proof {
	struct op *op;
	struct faults *faults;
	struct chain_seen *seen;
	int64_t gaps, changed;           /* faults by kind */
	int64_t last, last_at;           /* the event before */
	unsigned char prev[CHAIN_HASH];  /* as it stands there */
	char when[21];                   /* as a sentence has it */
	bool lost;                       /* the event before is gone: prev tells nothing */
	bool open;                       /* the event before had another hash than its own: */
	unsigned char own[CHAIN_HASH];   /* ... this; whose fault it was, the next one tells */
};

static bool
same(const unsigned char *a, const unsigned char *b)
{
	return memcmp(a, b, CHAIN_HASH) == 0;
}

/* ---- sentences ---- */

static void
tell_gap(struct proof *p, const struct chain_walk *w)
{
	if (w->seq == p->last + 1)
		return;
	fault_add(p->op, p->faults, &p->gaps, _("The events %lld to %lld are gone, before %s."),
	    (long long)p->last + 1, (long long)w->seq - 1, instant_iso(w->at, p->when));
	p->lost = true;
}

static void
tell_column(struct proof *p, int64_t seq, int64_t at, const char *column)
{
	fault_add(p->op, p->faults, &p->changed, strcmp(column, GUESS_OBJECT) == 0 ?
	    _("Event %lld of %s: its rows in %s are not what was recorded.") :
	    _("Event %lld of %s: column %s is not what was recorded."), (long long)seq,
	    instant_iso(at, p->when), column);
}

/* What was wrong with the event before, now that the next one is known. */
static void
tell_open(struct proof *p, bool only_hash)
{
	if (!p->open)
		return;
	p->open = false;
	if (only_hash)
		tell_column(p, p->last, p->last_at, "hash");
	else
		fault_add(p->op, p->faults, &p->changed, _("Event %lld of %s is not what was "
		    "recorded: one of its columns (%s) or of its objects was changed, or the event "
		    "before it was replaced or taken out."), (long long)p->last,
		    instant_iso(p->last_at, p->when), CHAIN_COLUMNS);
}

/* ---- one event ---- */

/* Was the event cut, by an event that names this one, down to what is there? */
static enum status
was_cut(struct proof *p, int64_t seq, const unsigned char payload[CHAIN_HASH], bool *cut)
{
	static const char sql[] =
	    "SELECT EXISTS (SELECT 1 FROM event_cut WHERE seq = ?1 AND digest = ?2)"
	    " AND EXISTS (SELECT 1 FROM event_object WHERE kind = 'event' AND id = ?1 AND seq > ?1)";
	sqlite3_stmt *q = db_query(p->op, sql);
	int64_t n;

	bind_int(q, 1, seq);
	bind_blob(q, 2, payload, CHAIN_HASH);
	TRY(db_number(p->op, q, &n));
	*cut = n != 0;
	return ST_OK;
}

/* The column of the chain that has not even the length it must have. */
static const char *
misshapen(const struct chain_walk *w)
{
	if (w->hash.n != CHAIN_HASH)
		return "hash";
	if (w->payload.n != CHAIN_HASH)
		return "payload";
	return w->salt.n != CHAIN_SALT ? "salt" : NULL;
}

/* Its hash does not fit: perhaps one column tells why, then nothing is open. */
static enum status
explain(struct proof *p, const struct chain_walk *w, bool *fits)
{
	const char *column = NULL;

	if (p->changed < FAULTS_OF_A_KIND)
		TRY(chain_guess_column(p->op, w, p->prev, &column));
	*fits = column != NULL;
	if (column)
		tell_column(p, w->seq, w->at, column);
	return ST_OK;
}

static enum status
explain_payload(struct proof *p, const struct chain_walk *w)
{
	const char *column = NULL;

	if (p->changed < FAULTS_OF_A_KIND)
		TRY(chain_guess_payload(p->op, w, &column));
	tell_column(p, w->seq, w->at, column ? column : "changeset, reason or salt");
	return ST_OK;
}

/*
 * The hash as it must be, from the payload hash that stands there or, if that
 * one was changed, from what it is the hash of.
 */
static enum status
prove_event(struct proof *p, const struct chain_walk *w)
{
	unsigned char payload[CHAIN_HASH], own[CHAIN_HASH], other[CHAIN_HASH];
	bool fits, before = false, cut = false, intact;

	chain_payload(w->salt, &w->event, payload);
	intact = same(payload, w->payload.at);
	chain_hash(p->prev, &w->event, w->payload.at, own);
	fits = p->lost || same(own, w->hash.at);
	if (!fits && p->open) {
		chain_hash(p->own, &w->event, w->payload.at, other);
		fits = before = same(other, w->hash.at);
	}
	tell_open(p, before);
	if (!fits && !intact) {
		chain_hash(p->prev, &w->event, payload, other);
		if (same(other, w->hash.at)) {
			tell_column(p, w->seq, w->at, "payload");
			return ST_OK;
		}
	}
	if (!intact)
		TRY(was_cut(p, w->seq, payload, &cut));
	if (!intact && !cut)
		TRY(explain_payload(p, w));
	if (!fits)
		TRY(explain(p, w, &fits));
	p->open = !fits;
	memcpy(p->own, own, sizeof(own));
	return ST_OK;
}

static enum status
take_event(struct proof *p, const struct chain_walk *w)
{
	const char *column = misshapen(w);

	tell_gap(p, w);
	if (column) {
		tell_open(p, false);
		tell_column(p, w->seq, w->at, column);
		p->lost = true;
	} else {
		TRY(prove_event(p, w));
		p->lost = false;
		memcpy(p->prev, w->hash.at, CHAIN_HASH);
		if (p->seen->saw)
			p->seen->saw(p->seen->data, w->seq, w->at, p->prev);
	}
	p->last = w->seq;
	p->last_at = w->at;
	if (w->event.column[CHAIN_COMMAND].n == strlen(CHAIN_BEGIN) &&
	    memcmp(w->event.column[CHAIN_COMMAND].at, CHAIN_BEGIN, strlen(CHAIN_BEGIN)) == 0) {
		p->seen->begun = w->seq - 1;
		p->seen->begun_at = w->at;
	}
	return ST_OK;
}

/* ---- all of them ---- */

static enum status
take_all(struct proof *p, struct chain_walk *w)
{
	bool row;

	TRY(chain_walk_start(p->op, w));
	for (;;) {
		TRY(chain_walk_next(w, &row));
		if (!row)
			return ST_OK;
		TRY(take_event(p, w));
	}
}

enum status
store_verify_chain(struct op *op, struct faults *f, struct chain_seen *seen)
{
	struct proof p = { .op = op, .faults = f, .seen = seen };
	struct chain_walk w;
	enum status s = take_all(&p, &w);

	tell_open(&p, false);
	if (w.strays)
		fault_add(op, f, &p.gaps, tr_n("%lld object belongs to an event that is not there.",
		    "%lld objects belong to events that are not there.", w.strays),
		    (long long)w.strays);
	chain_walk_end(&w);
	seen->events = p.last;
	return s;
}
