/*
 * seal_part.c - layer 0: the keys of a file in parts, for several envelopes:
 * all of them together make the file again, fewer tell nothing.  Called by
 * tresen-admin key.  Must never write a key anywhere but into its file.
 *
 * Every part but the last is random; the last one is the key XOR all of them.
 * So the missing part is as unknown as a key, whoever has the others.  Any m
 * of n (Shamir) would be arithmetic of our own: libsodium has none.
 */
#include "seal_ring.h"

#include <stdio.h>
#include <string.h>

/* A key that comes together. */
struct joined {
	struct seal *ring;
	int parts[SEAL_KEYS_MOST];       /* that there are, as the parts say */
	unsigned had[SEAL_KEYS_MOST];    /* a bit each */
};

static void
mix(unsigned char *into, const unsigned char *bytes)
{
	for (size_t i = 0; i < SEAL_KEY_BYTES; i++)
		into[i] ^= bytes[i];
}

char *const *
seal_split(const struct seal *s, struct arena *mem, int n)
{
	char **texts = arena_array(mem, char *, (size_t)n + 1);
	unsigned char pad[SEAL_KEY_BYTES], rest[SEAL_KEY_BYTES];

	invariant(n >= 2 && n <= SEAL_PARTS_MOST);
	for (int p = 0; p < n; p++)
		texts[p] = arena_printf(mem, "# tresen: part %d of %d of the keys of what is "
		    "entrusted; see tresen-admin(8), key.\n", p + 1, n);
	for (size_t k = 0; k < s->n; k++) {
		memcpy(rest, s->keys[k].whole, sizeof(rest));
		for (int p = 0; p < n; p++) {
			if (p < n - 1)
				random_bytes(pad, sizeof(pad));
			else
				memcpy(pad, rest, sizeof(pad));
			mix(rest, pad);
			texts[p] = arena_printf(mem, "%s%s %d/%d %s\n", texts[p], s->keys[k].id,
			    p + 1, n, seal_digits(mem, pad));
		}
	}
	sodium_memzero(pad, sizeof(pad));
	return texts;
}

/* ---- together again ---- */

static size_t
find_key(struct joined *j, const char *id)
{
	size_t k = 0;

	while (k < j->ring->n && strcmp(j->ring->keys[k].id, id) != 0)
		k++;
	if (k == j->ring->n && k < SEAL_KEYS_MOST)
		strcpy(j->ring->keys[j->ring->n++].id, id);
	return k;
}

/* "1f2e3d4c 2/3 0123 4567 ..." */
static bool
take_line(struct joined *j, const char *line, size_t n)
{
	char head[32] = "", id[SEAL_ID_DIGITS + 1];
	unsigned char bytes[SEAL_KEY_BYTES];
	int part, of, at = 0;
	size_t k;

	memcpy(head, line, n < sizeof(head) - 1 ? n : sizeof(head) - 1);
	if (sscanf(head, "%8[0-9a-f] %d/%d%n", id, &part, &of, &at) != 3 || at == 0 || part < 1 ||
	    part > of || of > SEAL_PARTS_MOST || !seal_digits_read(line + at, n - (size_t)at, bytes))
		return false;
	k = find_key(j, id);
	if (k == SEAL_KEYS_MOST || (j->parts[k] && j->parts[k] != of) || (j->had[k] & 1u << part))
		return false;
	j->parts[k] = of;
	j->had[k] |= 1u << part;
	mix(j->ring->keys[k].whole, bytes);
	sodium_memzero(bytes, sizeof(bytes));
	return true;
}

static bool
take_part(struct joined *j, struct arena *mem, const char *path, const char **why)
{
	char *text = seal_file_text(mem, path, why);
	bool sound = true;

	for (const char *line = text; text && *line;) {
		size_t n = strcspn(line, "\n");

		if (n > 0 && *line != '#')
			sound = sound && take_line(j, line, n);
		line += n + (line[n] == '\n');
	}
	if (text && !sound)
		*why = arena_printf(mem, _("%s is no part, or one that was named before, or has a "
		    "digit wrong. Compare it with its sheet."), path);
	if (text)
		sodium_memzero(text, strlen(text));
	return text && sound;
}

/* Is each key whole, and the one that was split? */
static bool
is_whole(struct joined *j, struct arena *mem, const char **why)
{
	for (size_t k = 0; k < j->ring->n; k++) {
		struct seal_key *key = &j->ring->keys[k];
		const char *id = arena_strdup(mem, key->id);

		seal_key_complete(key);
		if (j->had[k] == ((1u << j->parts[k]) - 1) << 1 && strcmp(id, key->id) == 0)
			continue;
		*why = arena_printf(mem, _("The key %s was split into %d parts, and these are not "
		    "all of them, or one has a digit wrong. Bring all of them."), id, j->parts[k]);
		return false;
	}
	return j->ring->n > 0;
}

bool
seal_join(struct arena *mem, const char *const *parts, const char *path, const char **why)
{
	struct joined j = { .ring = seal_ring_new() };
	bool done = true;

	*why = _("Name the files of all parts.");
	for (; done && *parts; parts++)
		done = take_part(&j, mem, *parts, why);
	done = done && is_whole(&j, mem, why) && seal_file_make(mem, path, j.ring, why);
	seal_free(j.ring);
	return done;
}
