/*
 * lex.c - layer 1: words of an expression.  Called by expr.c and expr_call.c.
 * Must never read beyond the end of the source.
 */
#include "expr.h"

#include <string.h>

#include "text.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
#define DIGITS "0123456789"

static const char *const signs[] = {
	"==", "!=", "<=", ">=", "<", ">", "(", ")", ",", ":", "+", "-", "*", "/", "%",
};

static void
take(struct lexer *l, enum token token, size_t n)
{
	l->token = token;
	l->text = arena_strndup(l->a, l->at, n);
	l->at += n;
}

/* Either mark: inside a setting of libconfig the single one needs no escape. */
static void
take_string(struct lexer *l)
{
	char mark = *l->at++;
	const char *end = strchr(l->at, mark);

	take(l, TOKEN_STRING, end ? (size_t)(end - l->at) : strlen(l->at));
	if (end)
		l->at++;
	else
		l->wrong = _("a quotation mark is missing");
}

static void
take_sign(struct lexer *l)
{
	for (size_t i = 0; i < COUNT_OF(signs); i++)
		if (strncmp(l->at, signs[i], strlen(signs[i])) == 0) {
			take(l, TOKEN_SIGN, strlen(signs[i]));
			return;
		}
	take(l, TOKEN_SIGN, text_cluster(l->at));
	l->wrong = arena_printf(l->a, _("\"%s\" has no meaning in an expression"), l->text);
}

/* "12", "12.50", "12.50€" */
static void
take_figure(struct lexer *l)
{
	size_t n = strspn(l->at, DIGITS ".");

	take(l, TOKEN_FIGURE, n + (strncmp(l->at + n, EURO, strlen(EURO)) == 0 ? strlen(EURO) : 0));
}

void
lexer_next(struct lexer *l)
{
	l->at += strspn(l->at, " ");
	l->start = l->at;
	if (!*l->at)
		take(l, TOKEN_END, 0);
	else if (strchr(LETTERS, *l->at))
		take(l, TOKEN_NAME, strspn(l->at, LETTERS DIGITS));
	else if (strchr(DIGITS, *l->at))
		take_figure(l);
	else if (*l->at == '"' || *l->at == '\'')
		take_string(l);
	else
		take_sign(l);
}

bool
lexer_calls(const struct lexer *l)
{
	return l->token == TOKEN_NAME && l->at[strspn(l->at, " ")] == '(';
}
