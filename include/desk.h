/*
 * desk.h - layer 3: one clerk's session: the link, who they are, the stack of
 * screens.  Used by the client's loop, and inside src/screen by what concerns
 * the whole session.  Working screens need screen.h only.
 */
#ifndef TRESEN_DESK_H
#define TRESEN_DESK_H

#include "screen.h"

#define READER_MAX 200           /* signs: a zone has 90, and lines may be cut wrongly */

/* A run of keys that may be the zone of a document, see reader.c. */
struct reader {
	const struct screen *at; /* where it is typed; NULL: nothing was */
	char run[READER_MAX + 1];        /* signs as typed, | for a line break */
	size_t n;
	json_t *before;          /* what stood in the field, or NULL */
	bool due;                /* all lines have come */
	bool held;               /* nothing has acted on these keys yet */
};

/* How long nobody has touched a key, and what comes of it; see idle.c. */
struct idle {
	int64_t touched;         /* instant of the last key */
	bool known;              /* the office has been asked for the rest */
	int cover_minutes, leave_minutes;        /* 0: never */
	bool pin;                /* one is chosen */
};

struct desk {
	struct link *link;       /* not owned; NULL: no office */
	json_t *hello;           /* result of session.hello */
	json_t *commands;        /* array of session.commands; NULL: not asked yet */
	json_t *catalogue;       /* result of catalogue.show; NULL: not asked yet */
	struct screen *top;
	struct reply reply;      /* of the last request */
	enum tone tone;
	char *message;           /* NULL: none */
	long reloads;
	enum status loaded;      /* how the last load of a screen ended */
	const struct screen *asking; /* whose question is being answered; NULL: it has gone */
	bool news;               /* is loaded because others changed something */
	bool lines;              /* the office has kept answers to questions */
	struct reader reader;
	struct idle idle;
	bool quit;
};

/* Opens the first screen: who are you, or the role's own.  Takes hello. */
void desk_open(struct desk *d, struct link *link, json_t *hello);
/* A form file to look at, without an office. */
void desk_preview(struct desk *d, const char *path);
void desk_close(struct desk *d);

/* One key press, whatever it does. */
void desk_event(struct desk *d, const struct event *event);
/* The same for a key that is part of no document. */
void desk_key(struct desk *d, const struct event *event);
/* One frame. */
void desk_draw(const struct desk *d);
/* `changed` notifications came: takes topics. */
void desk_changed(struct desk *d, json_t *topics);
/* Asks for the visible screen again. */
void desk_reload(struct desk *d);
/* The same of one further down; if it is refused now, all above it goes with it. */
void desk_reload_at(struct desk *d, struct screen *s);
/* The window has another size. */
void desk_resized(struct desk *d);
/* After a lost line has come back: reloads and says so; false if none was lost. */
bool desk_came_back(struct desk *d);

/* Covers or ends what nobody has touched for too long; true if it did. */
bool desk_idle(struct desk *d);

/* ---- drafts ---- */

/* Milliseconds until a draft should be saved; -1 when nothing is unsaved. */
int desk_draft_due(const struct desk *d);
/* Saves what is due, or everything unsaved. */
void desk_save_drafts(struct desk *d, bool all);
/* The newest draft's screen is opened again, with a message. */
void desk_resume(struct desk *d);

/* ---- inside src/screen ---- */

/* "takein visit=12": the draft of what a screen works on. */
const char *draft_key(struct arena *a, const struct screen *s);
/* The body of a draft; the caller's, NULL if there is none. */
json_t *draft_body(struct desk *d, const char *key);

/* A question is asked: its text to begin with, or what was typed before at the same one. */
const char *line_asked(struct screen *s, const char *question, const char *text);
/* Something was typed at it: it will be saved within 2 s. */
void line_typed(struct screen *s);
void line_save(struct screen *s);
/* It was answered with text, and that was heard, or refused. */
void line_answered(struct screen *s, const char *text, bool heard);
/* Nothing is asked any more. */
void line_done(struct screen *s);
/* NULL: none. */
void line_forget(struct desk *d, const char *key);
bool line_is_key(const char *key);
/* Tells of the newest one at login, and forgets old ones. */
void line_resume(struct desk *d, const json_t *drafts);

void desk_push(struct desk *d, const struct screen_class *class, json_t *args);
/* Puts what was typed here before back in, if there is a draft of it. */
void desk_restore(struct screen *s);
/* Removes s, wherever it is in the stack, and frees it. */
void desk_remove(struct desk *d, struct screen *s);
/* Keeps a value as long as what the last load brought; takes it. */
void desk_hold(struct screen *s, json_t *value);
/* Does what a handler of s asked for. */
void desk_react(struct desk *d, struct screen *s, unsigned reaction);
/* Takes the screen away that asked something, and gives the one below what was
 * chosen; the end of an action. */
unsigned desk_answer(struct screen *s, unsigned (*taken)(struct screen *, const char *),
                     const char *text);
enum status desk_call(struct desk *d, const char *method, json_t *params);
void desk_say(struct desk *d, enum tone tone, const char *sentence);
/* After hello as somebody: commands, home, drafts.  Closes all screens. */
void desk_arrive(struct desk *d);
/* What the keyboard goes to. */
struct focus desk_focus(struct screen *s);
/* A screen that is a list: its table before open, and drawn. */
void list_open(struct screen *s);
void list_draw(const struct screen *s, struct area body);
/* The keymaps of a screen in the order in which they are asked. */
void desk_keymaps(struct screen *s, struct keymaps *maps);
extern const struct binding global_bindings[];

/* Is the key part of a document that a reader types?  Then it is done with. */
bool reader_takes(struct desk *d, const struct event *event);
void reader_done(struct reader *r);
/* The screen a role starts with. */
const struct screen_class *home_of(const struct desk *d);
/* Asks what the file is looked at for, where that must be said first: takes args
 * then, and opens the class once it is answered. */
bool purpose_asked(struct screen *s, const struct screen_class *class, json_t *args);
/* Everything this clerk may do, over s. */
unsigned palette(struct screen *s);

/* ---- guarded.c: keys for what stands under the cursor ---- */

bool can_restrict(const void *on);
unsigned act_restrict(void *on);
bool can_emergency(const void *on);
unsigned act_emergency(void *on);
/* A typed argument as the value its type ("id", "json", ...) has on the wire;
 * the caller's.  What does not fit goes as text: the engine says what is wrong. */
json_t *command_value(const char *type, const char *text);
/* Result objects as lines of text, for people: "case.number  2026-000012".
 * Lists are as wide as columns, by leaving out what matters less; 0: as they
 * are.  Returns how many lines. */
size_t result_lines(struct arena *a, json_t *result, int columns, const char ***lines);

/* What the office holds of a person, for the person (Art. 15 DSGVO), as a file. */
unsigned person_package(struct screen *s, int64_t person);

#endif
