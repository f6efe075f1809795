/*
 * loop.c - layer 4: the loop of the screens: wait, read all keys, draw once.
 * Called by main.  Its signal handlers write one byte and make room for no more.
 */
#include "client.h"
#include "desk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#define MINUTE 60
/* How soon a lost engine is asked for again. */
#define RETRY_MS 5000

static int wake[2];

static void
on_signal(int number)
{
	int saved = errno;
	char byte = number == SIGWINCH ? 'w' : 'q';
	ssize_t n = write(wake[1], &byte, 1);

	(void)n; /* a full pipe wakes the loop as well */
	/* nobody may be reading any more what a frame is being written of: there must
	 * be room for the rest of it, or the loop is never come back to */
	if (byte == 'q')
		tcflush(STDOUT_FILENO, TCOFLUSH);
	errno = saved;
}

static void
catch_signals(void)
{
	static const int signals[] = { SIGWINCH, SIGHUP, SIGTERM, SIGINT };
	struct sigaction act = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
		bug("no pipe");
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaction(signals[i], &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a slip that may not grow is a sentence, not the end */
	/* under a shell, curses would stop at it: a desk that stands still is of no use */
	signal(SIGTSTP, SIG_IGN);
}

/* Milliseconds until something is due without anybody's doing. */
static int
patience(const struct desk *d)
{
	int minute = (int)(MINUTE - clock_now() % MINUTE) * 1000;
	int draft = desk_draft_due(d);

	if (!link_alive(d->link) && minute > RETRY_MS)
		minute = RETRY_MS;
	return draft >= 0 && draft < minute ? draft : minute;
}

/* In the middle of a request, so without a frame of its own. */
static void
tell_slow(void)
{
	draw_notice(_("Waiting for the office to answer; what you type is kept …"));
}

static bool
read_keys(struct desk *d)
{
	struct event event;
	bool any = false;

	while (!d->quit && keys_next(&event)) {
		desk_event(d, &event);
		any = true;
	}
	return any;
}

static bool
read_signals(struct desk *d)
{
	char byte;
	bool any = false;

	while (read(wake[0], &byte, 1) == 1) {
		if (byte == 'w') {
			term_resize();
			desk_resized(d);
		} else {
			d->quit = true;
		}
		any = true;
	}
	return any;
}

static void
come_back(struct desk *d)
{
	if (link_retry(d->link))
		desk_say(d, TONE_NOTE, NULL);
	else
		desk_say(d, TONE_FAILURE, _("The office cannot be reached at the moment. What you "
		    "typed is kept here; it is tried again every few seconds."));
}

static bool
read_engine(struct desk *d)
{
	bool was_alive = link_alive(d->link);
	json_t *topics = link_changes(d->link);

	if (topics)
		desk_changed(d, topics);
	else if (was_alive && !link_alive(d->link))
		come_back(d);
	else
		return false;
	return true;
}

/* The clock in the head line, and an engine that may be back. */
static bool
tick(struct desk *d, int64_t *minute)
{
	int64_t now = clock_now() / MINUTE;
	bool due = now != *minute || !link_alive(d->link);

	*minute = now;
	if (!link_alive(d->link))
		come_back(d);
	return due;
}

static bool
turn(struct desk *d, int64_t *minute)
{
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = wake[0], .events = POLLIN },
		{ .fd = link_fd(d->link), .events = POLLIN },
	};
	int ready = poll(fds, COUNT_OF(fds), patience(d));
	bool changed = read_signals(d), typed = read_keys(d);

	changed |= typed;
	if (!typed && fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		d->quit = true; /* the terminal has gone, all it sent is read */
	if (!d->quit && fds[2].revents)
		changed |= read_engine(d);
	if (!d->quit && ready == 0)
		changed |= tick(d, minute);
	if (!d->quit)
		changed |= desk_idle(d);
	if (desk_draft_due(d) == 0) {
		desk_save_drafts(d, false);
		changed = true;
	}
	return desk_came_back(d) || changed;
}

static void
work(struct desk *desk)
{
	int64_t minute = clock_now() / MINUTE;

	desk_draw(desk);
	while (!desk->quit)
		if (turn(desk, &minute) && !desk->quit)
			desk_draw(desk);
	desk_save_drafts(desk, true);
	desk_close(desk);
	term_close();
}

void
run_screens(struct link *link, json_t *hello, const struct term_options *options)
{
	struct desk desk;

	catch_signals();
	term_open(options);
	link_when_slow(link, tell_slow);
	desk_open(&desk, link, hello);
	work(&desk);
}

void
run_preview(const char *path, const struct term_options *options)
{
	struct desk desk;

	catch_signals();
	term_open(options);
	desk_preview(&desk, path);
	work(&desk);
}
