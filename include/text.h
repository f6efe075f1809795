/*
 * text.h - layer 0: text of people, in UTF-8.
 *
 * Text from people is hostile until it has passed text_clean (at the edge,
 * before it is stored) and text_visible (before it reaches a terminal).
 * Widths are terminal columns; cutting never splits a grapheme cluster.
 */
#ifndef TRESEN_TEXT_H
#define TRESEN_TEXT_H

#include "base.h"

/* Is it well-formed UTF-8 without NUL? */
bool text_valid(const char *text, size_t n);

/*
 * The form in which text is stored: NFC, white space at the ends removed,
 * runs of blanks folded.  Line breaks stay only where many_lines.  Returns
 * NULL for invalid UTF-8 and for control characters (C0, C1, ESC).
 */
char *text_clean(struct arena *a, const char *text, bool many_lines);

/* The first code point for which text_clean refuses text: a control character,
 * or one that nobody sees (soft hyphen, direction marks); -1: none. */
int32_t text_unclean(const char *text, bool many_lines);

/*
 * The form that may be shown: control bytes, C1, bidi overrides and isolates,
 * invalid bytes become visible placeholders ("␛", "␀", "⸮"; "?" in ASCII).
 * Line breaks become "↵" unless many_lines.
 */
char *text_visible(struct arena *a, const char *text, bool many_lines);

/*
 * text_visible for a page that the engine has laid out in lines: its isolates
 * and marks of direction stay, for a file or a pipe; or are left out (marks
 * false), for cells of a terminal.
 */
char *text_page(struct arena *a, const char *text, bool marks);

/* How many characters (code points) text has: what limits count. */
size_t text_length(const char *text);
/* At most the first n characters, without half a grapheme cluster. */
char *text_first(struct arena *a, const char *text, size_t n);
/* Columns that text takes in a terminal. */
int text_width(const char *text);
/* Length in bytes of the grapheme cluster that starts at text; 0 at its end. */
size_t text_cluster(const char *text);
/* Length in bytes of the cluster that ends at text + at; 0 at the start. */
size_t text_cluster_before(const char *text, size_t at);
/* At most columns wide, with "…" where something was cut. */
char *text_cut(struct arena *a, const char *text, int columns);
/* text_cut, then padded with blanks to exactly columns. */
char *text_pad(struct arena *a, const char *text, int columns);
/* Lines of at most columns, broken at blanks; returns how many. */
size_t text_wrap(struct arena *a, const char *text, int columns, char ***lines);
/* No more than two blanks in a row: for a line that is a little too long. */
char *text_close_up(struct arena *a, const char *text);

/*
 * The search form: A-Z, 0-9 and single blanks (DIN 91379; Ä becomes AE when
 * expand, else A).  Letters of other scripts stay, folded by case.
 */
char *text_search_form(struct arena *a, const char *text, bool expand);
/*
 * A citation of German law, kept the German way, as it is told in lang_current():
 * "§ 81 Abs. 3 und 4 S. 1 AufenthG" is "§ 81(3) and (4) sentence 1 AufenthG" in
 * English.  NULL of NULL.
 */
const char *text_cited(struct arena *a, const char *german);
bool text_is_ascii(const char *text);
/* Upper case as names are written: ß becomes ẞ, i becomes I in every locale. */
char *text_upper(struct arena *a, const char *text);
/* Only ASCII: for terminals that cannot show more. */
char *text_ascii(struct arena *a, const char *text);

#endif
