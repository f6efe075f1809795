/*
 * door.c - layer 5: how many sessions and requests one user may have on this
 * office, counted over all their processes.  Called by serve.c.
 *
 * Beside the office lies OFFICE.db-door, which holds nothing but this.  A
 * session is a byte that its process has locked: the kernel gives it back
 * however the process ends, so there is nothing to tidy up.  Requests are
 * metered by one number a user: the moment until which their share is used up.
 * Whoever works on a file of their own is not counted.
 */
#include "engine.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "beside.h"

#define SESSIONS_MOST 16
#define REQUEST_MS 20            /* fifty a second, all their sessions together */
#define BURST_MS 2000            /* after a pause a hundred at once */
#define STALE_MS 60000           /* further ahead than anybody waits: the machine was restarted */

/* Behind the meters of all users that there can be. */
#define SESSIONS_AT ((off_t)1 << 40)

static off_t
meter_at(const struct session *s)
{
	return (off_t)s->peer * (off_t)sizeof(int64_t);
}

void
door_enter(struct session *s)
{
	off_t first = SESSIONS_AT + (off_t)s->peer * SESSIONS_MOST;

	s->door = (struct door){ .fd = -1 };
	if (s->peer == geteuid())
		return;
	/* where it cannot be opened, the office cannot either, and hello says why */
	s->door.fd = beside_open(s->path, "-door");
	for (int i = 0; s->door.fd >= 0 && i < SESSIONS_MOST; i++)
		if (beside_lock(s->door.fd, F_OFD_SETLK, F_WRLCK, first + i, 1))
			return;
	s->door.crowded = s->door.fd >= 0;
	if (s->door.crowded)
		log_line("user %u has %d sessions and wants more", s->peer, SESSIONS_MOST);
}

/* How long the peer must wait for this request; takes it off their share. */
static int64_t
use_share(const struct session *s, int64_t now)
{
	int64_t used_until = 0;
	int fd = s->door.fd;

	if (pread(fd, &used_until, sizeof(used_until), meter_at(s)) != sizeof(used_until) ||
	    used_until < now || used_until > now + STALE_MS)
		used_until = now;
	used_until += REQUEST_MS;
	/* a full disk meters nobody: the office has other worries then */
	if (pwrite(fd, &used_until, sizeof(used_until), meter_at(s)) != sizeof(used_until))
		return 0;
	return used_until - now - BURST_MS;
}

int64_t
door_ask(const struct session *s)
{
	int64_t wait;

	if (s->door.fd < 0 || s->door.crowded)
		return 0;
	beside_lock(s->door.fd, F_OFD_SETLKW, F_WRLCK, meter_at(s), sizeof(int64_t));
	wait = use_share(s, clock_ticks());
	beside_lock(s->door.fd, F_OFD_SETLK, F_UNLCK, meter_at(s), sizeof(int64_t));
	return wait > 0 ? wait : 0;
}

void
door_wait(int64_t ms)
{
	struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&pause, NULL);
}

void
door_leave(struct session *s)
{
	if (s->door.fd >= 0)
		close(s->door.fd);
}
