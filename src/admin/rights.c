/*
 * rights.c - layer 5: `tresen-admin rights`: who may do what, as the table of
 * rules/rights.c has it: to be read, and as a page of the manual.
 */
#include "admin.h"

#include <stdio.h>
#include <string.h>

#include "rules_rights.h"

/* A letter for each reach; "." for none. */
static const struct {
	enum reach reach;
	char letter;
} letters[] = {
	{ REACH_OWN, 'o' }, { REACH_UNIT, 'u' }, { REACH_OFFERED, 'f' }, { REACH_SITE, 's' },
	{ REACH_ALL, 'a' }, { REACH_FIGURES, 'n' },
	{ REACH_EMERGENCY, 'e' },
};
_Static_assert(COUNT_OF(letters) == REACHES, "each reach has its letter");

static const char *
set_letters(struct arena *mem, unsigned set)
{
	char text[REACHES + 1] = ".";
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(letters); i++)
		if (set & letters[i].reach)
			text[n++] = letters[i].letter;
	return arena_strdup(mem, text);
}

/* "a/u": on things of open units, then of closed ones; once where both agree. */
static const char *
cell(struct arena *mem, const struct right *r, size_t role)
{
	unsigned open = r->reach[UNIT_OPEN][role], closed = r->reach[UNIT_CLOSED][role];

	if (open == closed)
		return set_letters(mem, open);
	return arena_printf(mem, "%s/%s", set_letters(mem, open), set_letters(mem, closed));
}

static void
print_rows(struct arena *mem, const char *before, const char *between)
{
	for (size_t i = 0; i < rights_count; i++) {
		printf("%s%-19s", before, rights[i].command);
		for (size_t role = 0; role < ROLES; role++)
			printf("%s%-6s", between, cell(mem, &rights[i], role));
		putchar('\n');
	}
}

static void
print_page(struct arena *mem)
{
	printf("'\\\" t\n.\\\" Made by tresen-admin rights --man from the table itself.\n"
	       ".TH TRESEN-RIGHTS 7 2026-11-23 \"tresen %s\" \"tresen\"\n"
	       ".SH NAME\ntresen-rights \\- who may do what in an office\n"
	       ".SH DESCRIPTION\n"
	       "The engine looks each request up in one table; what it does not name is denied.\n"
	       "This page is printed from that table.\n"
	       "A letter says how far a role reaches with a command:\n.TS\nlb lx.\n", TRESEN_VERSION);
	for (size_t i = 0; i < COUNT_OF(letters); i++)
		printf("%c\tT{\n%s\nT}\n", letters[i].letter, reach_label(letters[i].reach));
	printf("\\&.\tnot at all\n.TE\n.PP\n"
	       "Letters stand together where any of them is enough.\n"
	       "Behind a stroke stands the reach on what belongs to a closed unit (social work,\n"
	       "\\(sc 203 StGB); without one it is the same.\n"
	       "Who works in a unit of figures only has the rights of steering, whatever the role.\n"
	       "Whoever stands in for a colleague who is away has what is theirs as their own.\n"
	       "What may be done to a thing also depends on its state; within the reach,\n"
	       "owners of fields\n.RI ( owners.conf )\nand kinds of terms\n.RI ( radar.conf )\n"
	       "say more.\n"
	       ".B \"tresen staff why\"\nexplains a single case.\n"
	       ".PP\nThe rights of case.show say who sees a whole case;\n"
	       "those of case.handout, who sees only that it lies ready at the counter.\n"
	       ".SH TABLE\n.TS\nlb lb lb lb lb lb lb\nl l l l l l l.\n"
	       "command\tcount.\tclerk\tsuperv.\tsteer.\tdpo\tadmin\n");
	print_rows(mem, "", "\t");
	printf(".TE\n.SH SEE ALSO\n.BR tresen (1),\n.BR tresen\\-protocol (7),\n"
	       ".BR tresen\\-admin (8)\n");
}

static enum status
print_rights(struct call *call)
{
	struct arena *mem = call->op.mem;

	if (call->with.man) {
		lang_set(LANG_EN); /* the manual has one language */
		print_page(mem);
		return ST_OK;
	}
	for (size_t i = 0; i < COUNT_OF(letters); i++)
		printf("%c  %s\n", letters[i].letter, reach_label(letters[i].reach));
	printf("\n%-19s", "");
	for (size_t role = 0; role < ROLES; role++)
		printf(" %-6.6s", role_name((enum role)(1u << role)));
	putchar('\n');
	print_rows(mem, "", " ");
	return ST_OK;
}

const struct verb verb_rights = {
	.name = "rights", .usage = "[--man]", .options = "man", .bare = true,
	.help = N_("who may do what, on whose things; with --man as the page tresen-rights(7)"),
	.run = print_rights,
};
