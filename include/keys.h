/*
 * keys.h - layer 2: what a clerk presses, and the one kind of table that says
 * what it does.  Key bar, help screen and dispatch read the same entries, so
 * every key listed acts and every key that acts is listed.
 */
#ifndef TRESEN_KEYS_H
#define TRESEN_KEYS_H

#include "base.h"

/*
 * ---- reactions ------------------------------------------------------------
 * What a handler wants to happen.  Only the loop draws.
 */
enum {
	NOTHING = 0,
	DRAW = 1,                /* something visible has changed */
	RELOAD = 2 | DRAW,       /* ask the engine again */
	CLOSE = 4 | DRAW,        /* this screen is done */
	QUIT = 8,                /* the program is done */
	PASS = 16,               /* not mine: let the next in line have it */
};

/*
 * ---- keys -----------------------------------------------------------------
 * A key is a code point, a control code (^A is 1) or one of these.
 */
#define KEY_LIST(X)                                                            \
	X(K_UP, N_("Up")) X(K_DOWN, N_("Down")) X(K_LEFT, N_("Left"))          \
	X(K_RIGHT, N_("Right")) X(K_PGUP, N_("PgUp")) X(K_PGDN, N_("PgDn"))    \
	X(K_HOME, N_("Home")) X(K_END, N_("End")) X(K_INSERT, N_("Ins"))       \
	X(K_DELETE, N_("Del")) X(K_BACKSPACE, N_("Backspace"))                 \
	X(K_TAB, N_("Tab")) X(K_BACKTAB, N_("Shift-Tab"))                      \
	X(K_ENTER, N_("Enter")) X(K_ESC, N_("Esc")) X(K_SPACE, N_("Space"))

enum key {
	K_FIRST = 0x110000,      /* above every code point */
#define X(id, name) id,
	KEY_LIST(X)
#undef X
	K_PASTE,                 /* text came through the clipboard */
	K_F1, K_F12 = K_F1 + 11,
};

struct event {
	int key;
	const char *text;        /* what it types, or NULL; until the next event */
};

/* Registers the function keys of xterm, Linux console and PuTTY. */
void keys_init(void);
/* The next key already typed; false when there is none.  Never waits. */
bool keys_next(struct event *event);
/* Is more typed already, or within ms from now?  Waits for no longer. */
bool keys_pending(int ms);
/* Keys handed out since the start. */
long keys_count(void);
/* Does this event type text? */
bool event_types(const struct event *event);

/* The key called "F2", "Enter", "^W" or "x"; 0 if there is none. */
int key_by_name(const char *name, size_t length);

/* ---- bindings ---- */

struct binding {
	const char *keys;        /* "F2 n": any of these, the first is shown */
	const char *label;       /* N_("Next") for the key bar, NULL: help only */
	const char *help;        /* N_("call the next person") */
	unsigned (*act)(void *on);       /* returns reactions */
	bool (*can)(const void *on);     /* NULL: always; else only then listed */
	const char *command;     /* listed only for those who may call it */
	/* Pressed while it cannot: what hinders it, _("the case is closed"), in
	 * frame_mem; NULL: another entry of the key knows better. */
	const char *(*why)(const void *on);
};                               /* a table ends with { 0 } */

/* A table and what it acts on.  First in line is asked first. */
struct keymap {
	const struct binding *table;
	void *on;
	bool (*allowed)(const struct binding *b, const void *on); /* or NULL */
};

struct keymaps {
	struct keymap map[6];
	size_t n;
	bool typing;             /* printable keys type, they do not act */
};

void keymaps_add(struct keymaps *m, struct keymap map);
/* May b be used now, and by which of its keys?  NULL if by none. */
const char *binding_shown(struct arena *a, const struct keymap *map, const struct binding *b,
                          bool typing);
/* All its keys as they are called in the user's language, "F2, n"; while typing
 * without those that type. */
const char *binding_keys(struct arena *a, const struct binding *b, bool typing);
/* The binding of a key and what it acts on; NULL if nobody wants it. */
const struct binding *keymaps_find(const struct keymaps *m, int key, void **on);
/* The same of a key that nobody wants now: one that acts at other moments or
 * for others; what hinders it in *why, NULL if that is not known. */
const struct binding *keymaps_idle(const struct keymaps *m, int key, const char **why);
/* Acts on a key; PASS if nobody wants it. */
unsigned keymaps_act(const struct keymaps *m, int key);

#endif
