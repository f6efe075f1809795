/*
 * binding.c - layer 2: the binding tables: which key acts, how a key is
 * called.  Called by dispatch, key bar and help.  Must never know what a
 * binding does.
 */
#include "keys.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static const char *const key_names[] = {
#define X(id, name) [id - K_UP] = name,
	KEY_LIST(X)
#undef X
};

/* ---- names ---- */

static bool
is_named(const char *name, size_t length, const char *token)
{
	return strlen(token) == length && strncmp(name, token, length) == 0;
}

static int
function_key(const char *name, size_t length)
{
	int n = 0;

	if (length < 2 || length > 3 || name[0] != 'F')
		return 0;
	for (size_t i = 1; i < length; i++) {
		if (name[i] < '0' || name[i] > '9')
			return 0;
		n = n * 10 + (name[i] - '0');
	}
	return n >= 1 && n <= 12 ? K_F1 + n - 1 : 0;
}

int
key_by_name(const char *name, size_t length)
{
	int key = function_key(name, length);

	if (key)
		return key;
	for (size_t i = 0; i < COUNT_OF(key_names); i++)
		if (is_named(name, length, key_names[i]))
			return K_UP + (int)i == K_SPACE ? ' ' : K_UP + (int)i;
	if (length == 2 && name[0] == '^' && name[1] >= 'A' && name[1] <= '_')
		return name[1] - '@';
	return length == 1 && (unsigned char)name[0] < 0x80 ? name[0] : 0;
}

static bool
is_printable(int key)
{
	return key >= 0x20 && key < K_FIRST;
}

/* The name of a key in the user's language. */
static const char *
shown_name(struct arena *a, const char *name, size_t length)
{
	int key = key_by_name(name, length);

	invariant(key);
	if (key == ' ')
		return _(key_names[K_SPACE - K_UP]);
	if (key >= K_UP && key < K_SPACE)
		return _(key_names[key - K_UP]);
	return arena_strndup(a, name, length);
}

static const char *
next_token(const char *keys, size_t *length)
{
	keys += strspn(keys, " ");
	*length = strcspn(keys, " ");
	return keys;
}

const char *
binding_keys(struct arena *a, const struct binding *b, bool typing)
{
	const char *all = "";
	size_t length;

	for (const char *at = next_token(b->keys, &length); length > 0;
	     at = next_token(at + length, &length))
		if (!typing || !is_printable(key_by_name(at, length)))
			all = arena_printf(a, "%s%s%s", all, *all ? ", " : "",
			    shown_name(a, at, length));
	return all;
}

/* ---- who acts ---- */

static bool
is_live(const struct keymap *map, const struct binding *b)
{
	if (map->allowed && !map->allowed(b, map->on))
		return false;
	return !b->can || b->can(map->on);
}

const char *
binding_shown(struct arena *a, const struct keymap *map, const struct binding *b, bool typing)
{
	size_t length;

	if (!is_live(map, b))
		return NULL;
	for (const char *at = next_token(b->keys, &length); length > 0;
	     at = next_token(at + length, &length))
		if (!typing || !is_printable(key_by_name(at, length)))
			return shown_name(a, at, length);
	return NULL;
}

static bool
has_key(const struct binding *b, int key)
{
	size_t length;

	for (const char *at = next_token(b->keys, &length); length > 0;
	     at = next_token(at + length, &length))
		if (key_by_name(at, length) == key)
			return true;
	return false;
}

void
keymaps_add(struct keymaps *m, struct keymap map)
{
	invariant(m->n < COUNT_OF(m->map));
	m->map[m->n++] = map;
}

const struct binding *
keymaps_find(const struct keymaps *m, int key, void **on)
{
	if (m->typing && is_printable(key))
		return NULL;
	for (size_t i = 0; i < m->n; i++)
		for (const struct binding *b = m->map[i].table; b->keys; b++)
			if (has_key(b, key) && is_live(&m->map[i], b)) {
				*on = m->map[i].on;
				return b;
			}
	return NULL;
}

const struct binding *
keymaps_idle(const struct keymaps *m, int key, const char **why)
{
	const struct binding *idle = NULL;

	*why = NULL;
	for (size_t i = 0; i < m->n; i++)
		for (const struct binding *b = m->map[i].table; b->keys; b++) {
			const struct keymap *map = &m->map[i];

			if (!has_key(b, key) || (map->allowed && !map->allowed(b, map->on)))
				continue;
			*why = b->why ? b->why(map->on) : NULL;
			if (*why)
				return b;
			idle = idle ? idle : b;
		}
	return idle;
}

unsigned
keymaps_act(const struct keymaps *m, int key)
{
	void *on;
	const struct binding *b = keymaps_find(m, key, &on);

	return b ? b->act(on) : PASS;
}
