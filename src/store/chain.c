/*
 * chain.c - layer 2: each event's hash over itself and the one before.  Called
 * by event.c for a new one, by chain_read.c and verify_chain.c for those that
 * stand in the file.  Must hash what tresen-internals(7) says and nothing else:
 * others than we verify it, years later.
 */
#include "chain.h"

#include <sodium.h>

static const char tag[] = "tresen event 1\n";

/* ---- values ---- */

void
chain_int(struct chain_value *v, int64_t number)
{
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char *at = v->digits + sizeof(v->digits);

	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (number < 0)
		*--at = '-';
	v->at = at;
	v->n = (size_t)(v->digits + sizeof(v->digits) - at);
}

void
chain_text(struct chain_value *v, const char *text)
{
	v->at = text;
	v->n = text ? strlen(text) : 0;
}

/* ---- hashing ---- */

/* A byte that tells none from empty, the length in eight, the bytes. */
static void
add_value(crypto_hash_sha256_state *state, const void *bytes, size_t n)
{
	unsigned char head[9] = { bytes != NULL };

	for (size_t i = 8, rest = n; i > 0; i--, rest >>= 8)
		head[i] = (unsigned char)(rest & 0xff);
	crypto_hash_sha256_update(state, head, bytes ? sizeof(head) : 1);
	if (bytes)
		crypto_hash_sha256_update(state, bytes, n);
}

static void
add_int(crypto_hash_sha256_state *state, int64_t number)
{
	struct chain_value v;

	chain_int(&v, number);
	add_value(state, v.at, v.n);
}

void
chain_payload(struct slice salt, const struct chain_event *e, unsigned char hash[CHAIN_HASH])
{
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, salt.at, salt.n);
	add_value(&state, e->reason.at, e->reason.n);
	crypto_hash_sha256_update(&state, e->changeset.at, e->changeset.n);
	crypto_hash_sha256_final(&state, hash);
}

void
chain_hash(const unsigned char prev[CHAIN_HASH], const struct chain_event *e,
           const unsigned char payload[CHAIN_HASH], unsigned char hash[CHAIN_HASH])
{
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const unsigned char *)tag, sizeof(tag) - 1);
	crypto_hash_sha256_update(&state, prev, CHAIN_HASH);
	for (size_t i = 0; i < CHAIN_COLUMNS_N; i++)
		add_value(&state, e->column[i].at, e->column[i].n);
	add_int(&state, (int64_t)e->n_objects);
	for (size_t i = 0; i < e->n_objects; i++) {
		add_value(&state, e->objects[i].kind, e->objects[i].n_kind);
		add_int(&state, e->objects[i].id);
	}
	crypto_hash_sha256_update(&state, payload, CHAIN_HASH);
	crypto_hash_sha256_final(&state, hash);
}

void
chain_seal(const struct chain_event *e, const unsigned char prev[CHAIN_HASH],
           struct chain_link *link)
{
	random_bytes(link->salt, CHAIN_SALT);
	chain_payload((struct slice){ link->salt, CHAIN_SALT }, e, link->payload);
	chain_hash(prev, e, link->payload, link->hash);
}

/* ---- the end of the chain ---- */

enum status
chain_end(struct op *op, struct chain_link *last)
{
	static const char sql[] = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1";
	sqlite3_stmt *q = db_query(op, sql);
	bool row;

	*last = (struct chain_link){ 0 };
	TRY(db_step(op, q, &row));
	if (!row)
		return ST_OK;
	last->seq = col_int(q, 0);
	if (sqlite3_column_bytes(q, 1) != CHAIN_HASH)
		return op_fail(op, ST_STORE, _("The events of this office are not chained yet. Ask "
		    "the administrator to run: tresen-admin migrate"));
	memcpy(last->hash, sqlite3_column_blob(q, 1), CHAIN_HASH);
	db_done(q);
	return ST_OK;
}
