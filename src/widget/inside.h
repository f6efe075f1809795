/*
 * inside.h - layer 2: what the files of src/widget share, curses included.
 * Nobody else may include it.
 */
#ifndef TRESEN_WIDGET_INSIDE_H
#define TRESEN_WIDGET_INSIDE_H

#define NCURSES_WIDECHAR 1
#include <curses.h>

#include "widget.h"

/* Keys are read from here: a pad, so that reading never paints. */
WINDOW *term_input(void);
/* Where the cursor stands when the frame is done. */
void term_cursor(int row, int col);
/* Sends what was drawn since, without the marker of a frame. */
void term_show(void);
/* Attributes of a style in the theme of this terminal. */
attr_t term_attributes(enum style style);

#endif
