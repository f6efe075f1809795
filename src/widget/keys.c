/*
 * keys.c - layer 2: bytes of the terminal into events.  Called by the
 * client's loop.  Must never lose what was typed ahead, and never wait unless
 * told how long.
 */
#include "inside.h"
#include "text.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A paste whose end was lost is over when nothing came for so long. */
#define PASTE_PAUSE_MS 1000
#define PASTE_MAX ((size_t)64 * 1024)

enum { CODE_PASTE_BEGIN = KEY_MAX + 1, CODE_PASTE_END };

static struct {
	long count;
	unsigned char bytes[5];  /* a character that has not come whole */
	size_t have;
	bool pasting;
	int64_t last_byte;       /* ticks, of a paste */
	char *paste;             /* PASTE_MAX + 1 bytes once there was one */
	size_t pasted;
	int held;                /* read after a lost paste, or ERR */
} in = { .held = ERR };

/* Cursor and function keys of xterm (also screen and tmux), Linux console
 * and PuTTY: the terminfo entry in use knows only one of them. */
static const struct {
	const char *bytes;
	int code;
} dialects[] = {
	{ "\033OP", KEY_F(1) }, { "\033OQ", KEY_F(2) }, { "\033OR", KEY_F(3) },
	{ "\033OS", KEY_F(4) },
	{ "\033[[A", KEY_F(1) }, { "\033[[B", KEY_F(2) }, { "\033[[C", KEY_F(3) },
	{ "\033[[D", KEY_F(4) }, { "\033[[E", KEY_F(5) },
	{ "\033[11~", KEY_F(1) }, { "\033[12~", KEY_F(2) }, { "\033[13~", KEY_F(3) },
	{ "\033[14~", KEY_F(4) }, { "\033[15~", KEY_F(5) }, { "\033[17~", KEY_F(6) },
	{ "\033[18~", KEY_F(7) }, { "\033[19~", KEY_F(8) }, { "\033[20~", KEY_F(9) },
	{ "\033[21~", KEY_F(10) }, { "\033[23~", KEY_F(11) }, { "\033[24~", KEY_F(12) },
	{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN }, { "\033[C", KEY_RIGHT },
	{ "\033[D", KEY_LEFT }, { "\033OA", KEY_UP }, { "\033OB", KEY_DOWN },
	{ "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT },
	{ "\033[1~", KEY_HOME }, { "\033[7~", KEY_HOME }, { "\033[H", KEY_HOME },
	{ "\033OH", KEY_HOME }, { "\033[4~", KEY_END }, { "\033[8~", KEY_END },
	{ "\033[F", KEY_END }, { "\033OF", KEY_END }, { "\033[2~", KEY_IC },
	{ "\033[3~", KEY_DC }, { "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE },
	{ "\033[Z", KEY_BTAB },
	{ "\033[200~", CODE_PASTE_BEGIN }, { "\033[201~", CODE_PASTE_END },
};

void
keys_init(void)
{
	for (size_t i = 0; i < COUNT_OF(dialects); i++)
		define_key(dialects[i].bytes, dialects[i].code);
}

long
keys_count(void)
{
	return in.count;
}

bool
keys_pending(int ms)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

	return in.held != ERR || poll(&input, 1, ms) > 0;
}

bool
event_types(const struct event *event)
{
	return event->text != NULL;
}

/* What curses calls it, what we call it; 0 for keys of no use. */
static int
key_of_code(int code)
{
	static const struct {
		int code, key;
	} names[] = {
		{ KEY_UP, K_UP }, { KEY_DOWN, K_DOWN }, { KEY_LEFT, K_LEFT },
		{ KEY_RIGHT, K_RIGHT }, { KEY_PPAGE, K_PGUP }, { KEY_NPAGE, K_PGDN },
		{ KEY_HOME, K_HOME }, { KEY_END, K_END }, { KEY_IC, K_INSERT },
		{ KEY_DC, K_DELETE }, { KEY_BTAB, K_BACKTAB }, { KEY_BACKSPACE, K_BACKSPACE },
		{ KEY_ENTER, K_ENTER }, { '\r', K_ENTER }, { '\n', K_ENTER }, { '\t', K_TAB },
		{ '\b', K_BACKSPACE }, { 0x7F, K_BACKSPACE }, { 0x1B, K_ESC },
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (names[i].code == code)
			return names[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return K_F1 + (code - KEY_F(1));
	return code > 0 && code < 0x20 ? code : 0;
}

/* ---- paste ---- */

static void
paste_begin(void)
{
	if (!in.paste)
		in.paste = malloc(PASTE_MAX + 1);
	invariant(in.paste);
	in.pasting = true;
	in.pasted = 0;
	in.last_byte = clock_ticks();
}

static bool
paste_end(struct event *event)
{
	in.pasting = false;
	in.paste[in.pasted] = '\0';
	in.count++;
	*event = (struct event){ .key = K_PASTE, .text = in.paste };
	return true;
}

static void
paste_byte(int code)
{
	in.last_byte = clock_ticks();
	if (code == '\r')
		code = '\n';
	if (code < 0x100 && code != 0 && in.pasted < PASTE_MAX)
		in.paste[in.pasted++] = (char)code;
}

/* ---- characters ---- */

static size_t
length_by_first(unsigned char c)
{
	return c < 0xC2 || c > 0xF4 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
}

static int
decode(const unsigned char *bytes, size_t n)
{
	int code = n == 1 ? bytes[0] : bytes[0] & (0x7F >> n);

	for (size_t i = 1; i < n; i++)
		code = code << 6 | (bytes[i] & 0x3F);
	return code;
}

/* Collects a character; true when it is whole.  A byte that fits nowhere is
 * typed as the sign for it: seen, not swallowed. */
static bool
take_byte(unsigned char byte, struct event *event)
{
	if (in.have > 0 && (byte & 0xC0) != 0x80)
		in.have = 0;
	in.bytes[in.have++] = byte;
	if (in.have < length_by_first(in.bytes[0]))
		return false;
	in.bytes[in.have] = '\0';
	*event = (struct event){ .key = decode(in.bytes, in.have), .text = (char *)in.bytes };
	if (!text_valid((char *)in.bytes, in.have))
		*event = (struct event){ .key = 0xFFFD, .text = "\xEF\xBF\xBD" };
	in.have = 0;
	in.count++;
	return true;
}

static bool
take_code(int code, struct event *event)
{
	int key = key_of_code(code);

	if (code == CODE_PASTE_BEGIN) {
		paste_begin();
		return false;
	}
	if (!key && code >= 0x20 && code < 0x100)
		return take_byte((unsigned char)code, event);
	if (code == CODE_PASTE_END || code == KEY_RESIZE)
		return false;
	in.count++;
	*event = (struct event){ .key = key };
	return true;
}

static int
next_code(void)
{
	int code = in.held;

	if (code == ERR)
		return wgetch(term_input());
	in.held = ERR;
	return code;
}

bool
keys_next(struct event *event)
{
	int code;

	while ((code = next_code()) != ERR) {
		if (in.pasting && clock_ticks() - in.last_byte > PASTE_PAUSE_MS) {
			in.held = code;
			return paste_end(event);
		}
		if (in.pasting && code == CODE_PASTE_END)
			return paste_end(event);
		if (in.pasting)
			paste_byte(code);
		else if (take_code(code, event))
			return true;
	}
	return false;
}
