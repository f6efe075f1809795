/*
 * pad.c - layer 5: whom a list of hits has shown, written down before the answer
 * leaves and without the office lock: the log has it when the typing rests.
 * Called by look.c.  Must never hold a name: numbers only.
 *
 * Beside the office lies OFFICE.db-shown.  Each session has a place in it that its
 * process has locked; what stands in a place that nobody has locked was left by a
 * process that was killed, and goes into the log with the next session.  Its room
 * is had before it is needed, so that a full disk cannot take it away; a kill loses
 * nothing.  It is not synced: a power cut takes what was shown in the last second.
 */
#include "pad.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "beside.h"

#define HALF 16384               /* written in turn: a kill tears one, never both */
#define ROOM (2 * HALF)
#define PLACES_MOST 4096

struct head {
	uint64_t length, check;  /* length 0: nothing stands here */
};
#define TEXT_MOST (HALF - sizeof(struct head))

/* Was all of it written?  Nobody answers for half a note: no answer has left then. */
static uint64_t
check_of(const char *text, size_t n)
{
	uint64_t sum = 0xcbf29ce484222325u;

	for (size_t i = 0; i < n; i++)
		sum = (sum ^ (unsigned char)text[i]) * 0x100000001b3u;
	return sum;
}

static uint64_t
length_at(int fd, off_t at)
{
	struct head h;

	return pread(fd, &h, sizeof(h), at) == sizeof(h) ? h.length : 0;
}

static bool
is_empty(int fd, off_t at)
{
	return length_at(fd, at) == 0 && length_at(fd, at + HALF) == 0;
}

static bool
lock_place(int fd, off_t at)
{
	return beside_lock(fd, F_OFD_SETLK, F_WRLCK, at, ROOM);
}

static void
unlock_place(int fd, off_t at)
{
	beside_lock(fd, F_OFD_SETLK, F_UNLCK, at, ROOM);
}

void
pad_take(struct pad *p, const char *office)
{
	*p = (struct pad){ .fd = beside_open(office, "-shown") };
	for (int i = 0; p->fd >= 0 && i < PLACES_MOST; i++) {
		p->at = (off_t)i * ROOM;
		if (!lock_place(p->fd, p->at))
			continue;
		if (is_empty(p->fd, p->at) && posix_fallocate(p->fd, p->at, ROOM) == 0)
			return;
		unlock_place(p->fd, p->at);
	}
	pad_leave(p);
}

void
pad_leave(struct pad *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

static void
clear_at(int fd, off_t at)
{
	static const struct head none;

	/* what cannot be cleared is told twice: better than never */
	if (length_at(fd, at) > 0 && pwrite(fd, &none, sizeof(none), at) != sizeof(none))
		return;
}

static bool
write_half(int fd, off_t at, const json_t *what)
{
	char *room = malloc(HALF);
	struct head h = { 0 };
	bool done = false;

	if (room)
		h.length = json_dumpb(what, room + sizeof(h), TEXT_MOST, JSON_COMPACT);
	if (h.length > 0 && h.length <= TEXT_MOST) {
		size_t n = sizeof(h) + h.length;

		h.check = check_of(room + sizeof(h), h.length);
		memcpy(room, &h, sizeof(h));
		done = pwrite(fd, room, n, at) == (ssize_t)n;
	}
	free(room);
	return done;
}

bool
pad_write(struct pad *p, const json_t *what)
{
	off_t next = p->at + (p->second ? 0 : HALF), last = p->at + (p->second ? HALF : 0);

	if (p->fd < 0 || !write_half(p->fd, next, what))
		return false;
	clear_at(p->fd, last);
	p->second = !p->second;
	return true;
}

void
pad_clear(const struct pad *p)
{
	if (p->fd < 0)
		return;
	clear_at(p->fd, p->at);
	clear_at(p->fd, p->at + HALF);
}

/* NULL: nothing that was written whole. */
static json_t *
read_half(int fd, off_t at)
{
	char *text = NULL;
	json_t *what = NULL;
	struct head h;

	if (pread(fd, &h, sizeof(h), at) != sizeof(h) || h.length == 0 || h.length > TEXT_MOST)
		return NULL;
	text = malloc(h.length);
	if (text && pread(fd, text, h.length, at + (off_t)sizeof(h)) == (ssize_t)h.length &&
	    check_of(text, h.length) == h.check)
		what = json_loadb(text, h.length, 0, NULL);
	free(text);
	return what;
}

/* Of two the longer one is the later one, and has all that the other has. */
static json_t *
read_place(int fd, off_t at)
{
	bool second = length_at(fd, at + HALF) > length_at(fd, at);
	json_t *what = read_half(fd, second ? at + HALF : at);

	return what ? what : read_half(fd, second ? at : at + HALF);
}

json_t *
pad_left(const struct pad *p, off_t *at)
{
	struct stat st;

	if (p->fd < 0 || fstat(p->fd, &st) != 0)
		return NULL;
	for (; *at < st.st_size; *at += ROOM) {
		json_t *what;

		/* nearly all are: an office of two hundred has as many */
		if (*at == p->at || is_empty(p->fd, *at) || !lock_place(p->fd, *at))
			continue;
		what = read_place(p->fd, *at);
		if (what)
			return what;
		pad_settle(p, *at, true);
	}
	return NULL;
}

void
pad_settle(const struct pad *p, off_t at, bool done)
{
	struct pad left = { .fd = p->fd, .at = at };

	if (done)
		pad_clear(&left);
	unlock_place(p->fd, at);
}
