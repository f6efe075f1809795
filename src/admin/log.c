/*
 * log.c - layer 5: `tresen-admin log`: the hashes of the events, a line each,
 * for whoever seals them.  A hash tells nothing of what happened, so the
 * sealer need not be able to read the office.
 *
 * An empty line means: that is all for now.  What is handed out is on disk: a
 * power cut must not take away what was sealed.
 */
#include "log.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "admin.h"
#include "store_chain.h"

#define LOOK_EVERY_MS 1000

static void
print_hash(void *data, int64_t seq, int64_t at, const unsigned char hash[CHAIN_HASH])
{
	FILE *out = data;

	(void)seq;
	(void)at;
	for (int i = 0; i < CHAIN_HASH; i++)
		fprintf(out, "%02x", hash[i]);
	putc('\n', out);
}

/* What came since *after. */
static enum status
print_new(struct op *op, FILE *out, int64_t *after)
{
	struct chain_seen seen = { .events = *after, .saw = print_hash, .data = out };
	enum status s;

	TRY(db_begin_read(op));
	s = store_chain_hashes(op, &seen);
	db_end_read(op);
	if (s == ST_OK && (seen.events > *after || *after == 0))
		putc('\n', out);
	*after = seen.events;
	return s;
}

/* False when nobody listens any more. */
static bool
wait_a_while(FILE *out)
{
	struct pollfd p = { .fd = fileno(out) };

	return fflush(out) == 0 && !(poll(&p, 1, LOOK_EVERY_MS) > 0 &&
	    p.revents & (POLLERR | POLLHUP | POLLNVAL));
}

enum status
log_print(struct op *op, FILE *out, bool follow)
{
	int64_t after = 0;

	signal(SIGPIPE, SIG_IGN);
	do {
		TRY(print_new(op, out, &after));
		/* for ever it would wait for events that come elsewhere; BUSY: begin again */
		if (follow && db_is_lost(op))
			return op_fail(op, ST_BUSY, _("The office was moved, or its log removed. "
			    "Start this again; if that does not help, look where the office is."));
	} while (follow && wait_a_while(out));
	if (fflush(out) == 0 || errno == EPIPE)
		return ST_OK;
	return op_fail(op, ST_STORE, _("The hashes could not be written: %s."), strerror(errno));
}

static enum status
run(struct call *call)
{
	return log_print(&call->op, stdout, call->with.follow);
}

const struct verb verb_log = {
	.name = "log", .usage = "OFFICE [--follow]", .options = "follow", .opens = true,
	.help = N_("hand the hashes of the events to whoever seals them"),
	.run = run,
};
