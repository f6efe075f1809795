/*
 * picture.c - takes the pictures of the manual: drives the real client in a
 * pseudo-terminal through an invented office and writes its cells as SVG.
 * Called by make screenshots: picture FOLDER.
 */
#include "../screen/harness_office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROWS 24
#define COLS 80
/* of a cell and of the frame around all */
#define WIDTH 9
#define HEIGHT 19
#define MARGIN 14

/* What a usual terminal makes of the colours of ours. */
static const char *const colours[16] = {
	"#1d1f21", "#e06c65", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0",
	"#5c6370", "#e06c65", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#ffffff",
};
#define INK "#d7dae0"
#define PAPER "#1d1f21"

/* Where the pictures go. */
static const char *folder;

static bool
same_look(struct cell a, struct cell b)
{
	return a.colour == b.colour && a.look.bold == b.look.bold &&
	    a.look.underline == b.look.underline && a.look.reverse == b.look.reverse;
}

static void
put_escaped(FILE *to, const char *text)
{
	for (; *text; text++)
		if (*text == '<' || *text == '&' || *text == '>')
			fprintf(to, "&#%d;", *text);
		else
			fputc(*text, to);
}

/* Cells from col to end of a row, which look the same. */
static void
draw_run(FILE *to, struct tty *t, int row, int col, int end)
{
	struct cell c = tty_cell(t, row, col);
	const char *ink = c.colour >= 0 ? colours[c.colour & 15] : INK;
	int x = MARGIN + col * WIDTH, y = MARGIN + row * HEIGHT, width = (end - col) * WIDTH;

	if (c.look.reverse)
		fprintf(to, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", x,
		    y, width, HEIGHT, ink);
	if (c.look.underline)
		fprintf(to, "<path d=\"M%d %dh%d\" stroke=\"%s\"/>\n", x, y + HEIGHT - 2, width,
		    ink);
	fprintf(to, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"%s\"%s>", x, y + HEIGHT - 5,
	    width, c.look.reverse ? PAPER : ink, c.look.bold ? " font-weight=\"bold\"" : "");
	for (; col < end; col++)
		put_escaped(to, tty_cell(t, row, col).text);
	fputs("</text>\n", to);
}

static bool
is_blank(struct cell c)
{
	return strcmp(c.text, " ") == 0 && !c.look.reverse && !c.look.underline;
}

static void
draw_row(FILE *to, struct tty *t, int row)
{
	for (int col = 0, end; col < COLS; col = end) {
		end = col + 1;
		if (is_blank(tty_cell(t, row, col)))
			continue;
		/* one blank between words does not end a run, more do */
		while (end < COLS && same_look(tty_cell(t, row, end), tty_cell(t, row, col)) &&
		    !(is_blank(tty_cell(t, row, end)) &&
		        (end + 1 == COLS || is_blank(tty_cell(t, row, end + 1)))))
			end++;
		draw_run(to, t, row, col, end);
	}
}

static void
draw_cursor(FILE *to, struct tty *t)
{
	int row, col;

	tty_cursor(t, &row, &col);
	fprintf(to, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"" INK
	    "\" fill-opacity=\"0.45\"/>\n", MARGIN + col * WIDTH, MARGIN + row * HEIGHT, WIDTH,
	    HEIGHT);
}

static void
write_picture(struct tty *t, const char *name)
{
	int width = COLS * WIDTH + 2 * MARGIN, height = ROWS * HEIGHT + 2 * MARGIN;
	char path[512];
	FILE *to;

	snprintf(path, sizeof(path), "%s/%s.svg", folder, name);
	to = fopen(path, "we");
	ck_assert_msg(to != NULL, "%s cannot be written", path);
	fprintf(to, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
	    "height=\"%d\">\n<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"" PAPER
	    "\"/>\n<g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" "
	    "font-size=\"15\" xml:space=\"preserve\">\n", width, height, width, height);
	for (int row = 0; row < ROWS; row++)
		draw_row(to, t, row);
	draw_cursor(to, t);
	fputs("</g>\n</svg>\n", to);
	fclose(to);
	printf("%s\n", path);
}

/* A Monday morning in a town like any other. */
static struct office *
invented_office(void)
{
	char admin[4096], command[8192];
	struct office *o = office_new();

	unlink(office_db(o));
	program_path("tresen-admin", admin, sizeof(admin));
	snprintf(command, sizeof(command), "TRESEN_NOW=2026-11-23T08:14:00Z %s init %s --demo S "
	    "> %s/said 2>&1", admin, office_db(o), office_dir(o));
	ck_assert_int_eq(system(command), 0);
	return o;
}

static const struct {
	const char *name, *as, *lang, *keys;
} pictures[] = {
	{ .name = "counter", .as = "front1", .lang = "en", .keys = "F2 s j j" },
	{ .name = "case", .as = "res1", .lang = "en", .keys = "h j j Enter y c" },
	{ .name = "console", .as = "super1", .lang = "en", .keys = "j" },
};

/* The harness may only be used from within a test. */
START_TEST(pictures_are_taken)
{
	struct office *o = invented_office();

	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++) {
		struct tty *t = tty_open(o, (struct setup){ .as = pictures[i].as,
		    .lang = pictures[i].lang });

		tty_keys(t, pictures[i].keys);
		write_picture(t, pictures[i].name);
		tty_close(t);
	}
	office_free(o);
}
END_TEST

int
main(int argc, char **argv)
{
	Suite *suite = suite_create("pictures");
	TCase *c = tcase_create("pictures");
	SRunner *runner;
	int failed;

	if (argc != 2) {
		fprintf(stderr, "usage: picture FOLDER\n");
		return 64;
	}
	folder = argv[1];
	tcase_set_timeout(c, 300);
	tcase_add_test(c, pictures_are_taken);
	suite_add_tcase(suite, c);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_MINIMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
