/*
 * term.c - layer 2: takes the terminal and gives it back, its size, its
 * themes, and frames.  Called by the client's loop; frame_mem by everyone who
 * draws.  Must never leave a terminal in curses' hands, however we end.
 */
#include "inside.h"
#include "text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

/* Long enough for the bytes of one key over ssh, too short to be felt. */
#define ESC_DELAY_MS 30
/* Beyond any window that a person looks at; curses keeps each cell three times. */
#define SIDE_MOST 1000

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

static struct {
	SCREEN *screen;
	WINDOW *input;
	struct arena *frame;
	enum theme theme;
	bool ascii, sync;
	int cursor_row, cursor_col; /* of this frame */
} term;

enum { PAIR_ALERT = 1, PAIR_GOOD };

static const attr_t styles[][3] = {
	/*                    colour           mono         high contrast */
	[STYLE_PLAIN] =   { A_NORMAL,      A_NORMAL,    A_BOLD },
	[STYLE_STRONG] =  { A_BOLD,        A_BOLD,      A_BOLD | A_REVERSE },
	[STYLE_QUIET] =   { A_DIM,         A_NORMAL,    A_BOLD },
	[STYLE_ALERT] =   { A_BOLD,        A_BOLD,      A_BOLD | A_REVERSE },
	[STYLE_GOOD] =    { A_NORMAL,      A_NORMAL,    A_BOLD },
	[STYLE_HEADING] = { A_UNDERLINE,   A_UNDERLINE, A_BOLD | A_UNDERLINE },
	[STYLE_FIELD] =   { A_UNDERLINE,   A_UNDERLINE, A_BOLD | A_UNDERLINE },
};

attr_t
term_attributes(enum style style)
{
	attr_t attributes = styles[style][term.theme];

	if (term.theme == THEME_COLOR && style == STYLE_ALERT)
		attributes |= COLOR_PAIR(PAIR_ALERT);
	if (term.theme == THEME_COLOR && style == STYLE_GOOD)
		attributes |= COLOR_PAIR(PAIR_GOOD);
	return attributes;
}

bool
theme_by_name(const char *name, enum theme *theme)
{
	static const char *const names[] = {
		[THEME_COLOR] = "color", [THEME_MONO] = "mono",
		[THEME_CONTRAST] = "high-contrast",
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcmp(names[i], name) == 0) {
			*theme = (enum theme)i;
			return true;
		}
	return false;
}

static void
start_theme(enum theme wanted)
{
	const char *no_color = getenv("NO_COLOR");

	term.theme = wanted;
	if (wanted != THEME_COLOR)
		return;
	if ((no_color && *no_color) || !has_colors()) {
		term.theme = THEME_MONO;
		return;
	}
	start_color();
	use_default_colors();
	init_pair(PAIR_ALERT, COLOR_RED, -1);
	init_pair(PAIR_GOOD, COLOR_GREEN, -1);
}

static bool
is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value && strcmp(value, "0") != 0;
}

/* Asked before the locale changes: it is the user's wish that counts. */
static bool
wants_ascii(const struct term_options *options)
{
	return options->ascii || is_set("TRESEN_ASCII") ||
	    strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
}

static void
write_out(const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t written = write(STDOUT_FILENO, bytes, n);

		if (written <= 0)
			return; /* the hang-up reaches the loop as a signal */
		bytes += written;
		n -= (size_t)written;
	}
}

static void
start_input(void)
{
	raw();      /* ^C, ^Z and ^S are keys like others */
	noecho();
	nonl();
	set_escdelay(ESC_DELAY_MS);
	typeahead(-1); /* a frame is never cut short: the marker follows it */
	term.input = newpad(1, 1);
	invariant(term.input);
	keypad(term.input, TRUE);
	nodelay(term.input, TRUE);
	meta(term.input, TRUE);
	keys_init();
	write_out(PASTE_ON, strlen(PASTE_ON));
}

/* curses would take a teletype, too, and write one line over itself. */
static bool
places_cursor(const char *type)
{
	bool places;
	int error;

	if (setupterm(type, STDOUT_FILENO, &error) != OK)
		return false;
	places = cursor_address != NULL;
	del_curterm(cur_term);
	return places;
}

static bool
window_size(int *rows, int *cols)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	*rows = size.ws_row < SIDE_MOST ? size.ws_row : SIDE_MOST;
	*cols = size.ws_col < SIDE_MOST ? size.ws_col : SIDE_MOST;
	return true;
}

/* By the environment: curses would believe whatever the window claims. */
static void
tell_size(void)
{
	char number[16];
	int rows, cols;

	if (!window_size(&rows, &cols))
		return;
	snprintf(number, sizeof(number), "%d", rows);
	setenv("LINES", number, 1);
	snprintf(number, sizeof(number), "%d", cols);
	setenv("COLUMNS", number, 1);
}

void
term_open(const struct term_options *options)
{
	const char *type = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		fatal(EXIT_CONFIG, _("The screens need a terminal. For scripts, name a command: "
		                     "tresen NOUN VERB."));
	term.ascii = wants_ascii(options);
	term.sync = is_set("TRESEN_SYNC");
	if (term.ascii)
		setlocale(LC_CTYPE, "C.UTF-8"); /* what is typed is still UTF-8 */
	tell_size();
	if (places_cursor(type))
		term.screen = newterm(type, stdout, stdin);
	if (!term.screen)
		fatal(EXIT_CONFIG, _("The terminal type \"%s\" is unknown here or cannot show "
		                     "screens. Set TERM, for example TERM=xterm."), type ? type : "");
	on_last_words(term_close);
	set_term(term.screen);
	start_theme(options->theme);
	start_input();
	idlok(stdscr, TRUE); /* scrolling a list costs a few bytes */
	term.frame = arena_new();
}

void
term_close(void)
{
	if (!term.screen)
		return;
	write_out(PASTE_OFF, strlen(PASTE_OFF));
	/* not every terminal has a second screen that goes with the program; and what
	 * it shows may be less than we wrote, see client/loop.c */
	clear();
	refresh();
	endwin();
	delwin(term.input);
	delscreen(term.screen);
	arena_free(term.frame);
	term.screen = NULL;
	term.input = NULL;
	term.frame = NULL;
}

void
term_resize(void)
{
	int rows, cols;

	if (!window_size(&rows, &cols) || (rows == LINES && cols == COLS))
		return;
	resize_term(rows, cols);
	term_repaint();
}

void
term_repaint(void)
{
	clearok(curscr, TRUE);
}

WINDOW *
term_input(void)
{
	return term.input;
}

int
term_rows(void)
{
	return LINES;
}

int
term_cols(void)
{
	return COLS;
}

bool
term_fits(void)
{
	return LINES >= TERM_MIN_ROWS && COLS >= TERM_MIN_COLS;
}

bool
term_ascii(void)
{
	return term.ascii;
}

/* ---- frames ---- */

struct arena *
frame_mem(void)
{
	return term.frame;
}

void
frame_begin(void)
{
	arena_reset(term.frame);
	attrset(A_NORMAL);
	werase(stdscr);
	term_cursor(LINES - 1, 0);
}

void
term_cursor(int row, int col)
{
	term.cursor_row = row < LINES ? row : LINES - 1;
	term.cursor_col = col < COLS ? col : COLS - 1;
}

void
term_show(void)
{
	move(term.cursor_row, term.cursor_col);
	wnoutrefresh(stdscr);
	doupdate();
}

void
frame_end(long reloads, const char *screen)
{
	const char *marker;

	term_show();
	if (!term.sync)
		return;
	marker = arena_printf(term.frame, "\033]7770;k=%ld;v=%ld;s=%dx%d;at=%s\a",
	    keys_count(), reloads, COLS, LINES, screen);
	write_out(marker, strlen(marker));
}
