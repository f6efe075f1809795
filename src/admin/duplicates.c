/*
 * duplicates.c - layer 5: `tresen-admin duplicates`: looks through the register
 * for records that may be one person and puts the pairs on the clerks' list.
 * For the night: it reads for minutes, and writes for moments.  Must never
 * link anybody, and never tell who was found.
 */
#include "admin.h"

#include <stdio.h>
#include <unistd.h>

#include "service_merge.h"

#define BATCH 200

struct batch {
	struct double_pair *pairs;
	size_t n;
};

static enum status
write_batch(struct op *op, void *data)
{
	const struct batch *batch = data;

	for (size_t i = 0; i < batch->n; i++)
		TRY(store_pair_suspect(op, batch->pairs[i].a, batch->pairs[i].b,
		    batch->pairs[i].score));
	return ST_OK;
}

/* *from 0 afterwards: the register ends there. */
static enum status
one_batch(struct op *op, int64_t *from, size_t *found)
{
	struct batch batch;
	enum status s;

	TRY(db_begin_read(op));
	s = doubles_search(op, *from, BATCH, &batch.pairs, &batch.n, from);
	db_end_read(op);
	if (s != ST_OK || batch.n == 0)
		return s;
	*found += batch.n;
	return in_transaction(op, "duplicates", write_batch, &batch);
}

static enum status
duplicates(struct call *call)
{
	struct arena *whole = call->op.mem;
	bool tell = isatty(STDERR_FILENO);
	enum status s = ST_OK;
	int64_t from = 1;
	size_t found = 0;

	/* an arena for each batch: a register is larger than memory should be */
	call->op.mem = arena_new();
	while (s == ST_OK && from) {
		arena_reset(call->op.mem);
		if (tell) {
			fputc('\r', stderr);
			fprintf(stderr, _("person %lld, %zu pairs"), (long long)from, found);
		}
		s = one_batch(&call->op, &from, &found);
	}
	if (tell)
		fprintf(stderr, "\r%40s\r", "");
	if (call->op.fail.sentence)
		call->op.fail.sentence = arena_strdup(whole, call->op.fail.sentence);
	arena_free(call->op.mem);
	call->op.mem = whole;
	if (s == ST_OK)
		printf(tr_n("%zu new pair is on the list of suspected doubles.\n",
		    "%zu new pairs are on the list of suspected doubles.\n", (int64_t)found), found);
	return s;
}

const struct verb verb_duplicates = {
	.name = "duplicates",
	.usage = "OFFICE",
	.help = N_("look for records that may be one person, for the clerks' list"),
	.options = "",
	.opens = true,
	.run = duplicates,
};
