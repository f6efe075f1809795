/*
 * health.c - layer 3: how the office file is, in words, and what to do.  Called
 * by command/health.c.  Must never tell of a person or a case.
 */
#include "service_health.h"

#include <string.h>

#include "guard.h"
#include "store_health.h"

#define MB (1024 * 1024)
#define LOG_LARGE (64LL * MB)
#define DISK_LEAST (1024LL * MB)

static const char *
size_words(struct op *op, int64_t bytes)
{
	return bytes >= 10240LL * MB
	    ? arena_printf(op->mem, "%lld GB", (long long)(bytes / (1024LL * MB)))
	    : arena_printf(op->mem, "%.1f MB", (double)bytes / MB);
}

static const char *
moment(struct op *op, int64_t at)
{
	char day[11], time[6];

	return at ? arena_printf(op->mem, "%s %s", day_iso(clock_day(at), day), clock_hhmm(at, time))
	          : "–";
}

/* A line, and what to do where it is not as it should be. */
static struct health_line
line(const char *key, const char *label, const char *value, bool bad, const char *advice)
{
	return (struct health_line){ key, label, value, bad ? advice : NULL };
}

enum status
office_health(struct op *op, struct health_line **list, size_t *n)
{
	struct health_line *l = arena_array(op->mem, struct health_line, HEALTH_LINES_MAX);
	const char *training;
	struct health h;
	bool real;

	TRY(store_health(op, &h));
	TRY(store_office_get(op, "training", &training));
	real = strcmp(training, "yes") != 0;
	*list = l;
	*l++ = line("file", _("Office file"), arena_printf(op->mem, _("%s, %d %% of it unused"),
	    size_words(op, h.file_bytes),
	    (int)(h.file_bytes ? 100 * h.unused_bytes / h.file_bytes : 0)), false, NULL);
	*l++ = line("log", _("Write-ahead log"), size_words(op, h.log_bytes),
	    h.log_bytes > LOG_LARGE, _("A session keeps an old view open: see tresen-engine(8)."));
	*l++ = line("disk", _("Free on the disk"), h.disk_free_bytes < 0 ? _("not known")
	    : size_words(op, h.disk_free_bytes), h.disk_free_bytes >= 0 &&
	    (h.disk_free_bytes < DISK_LEAST || h.disk_free_bytes < h.file_bytes),
	    _("Make room: a backup would not fit. tresen-admin ballast helps on the last day."));
	*l++ = line("schema", _("Schema"), arena_printf(op->mem, "%lld", (long long)h.schema), false,
	    NULL);
	*l++ = line("events", _("Events"), arena_printf(op->mem, _("%lld, the last one at %s"),
	    (long long)h.events, moment(op, h.last_event_at)), h.last_event_at > op->now,
	    _("The last event is younger than now: set the clock of the server right."));
	*l++ = line("chain", _("Chain of events"), h.unchained ? _("not from the beginning")
	    : _("from the first event on"), h.unchained,
	    _("Run tresen-admin migrate, then tresen-admin check."));
	*l++ = line("accounts", _("Accounts"), arena_printf(op->mem, _("%lld, %lld without a unix "
	    "user"), (long long)h.accounts, (long long)h.without_user), real && h.without_user > 0,
	    _("Who has no unix user cannot come in: see tresen-admin(8), staff."));
	*l++ = line("drafts", _("Drafts kept"), arena_printf(op->mem, _("%lld, the oldest from %s"),
	    (long long)h.drafts, moment(op, h.oldest_draft_at)), false, NULL);
	*n = (size_t)(l - *list);
	return ST_OK;
}
