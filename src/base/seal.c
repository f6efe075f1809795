/*
 * seal.c - layer 0: sealing and opening, see seal.h.  Called by store/.  Must
 * never decide who may read: it knows keys and places, no people.
 */
#include "seal_ring.h"

#include <string.h>

#define BLOCK 64                 /* lengths are told in steps of this only */
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING
#define NAME_BYTES 16

struct bytes {
	unsigned char *at;
	size_t n;
};

/* Each part with its length before it: no two places read the same. */
static struct bytes
place_bytes(struct arena *mem, const struct seal_place *at, const char *word)
{
	const char *text = arena_printf(mem, "%zu:%s%zu:%s%zu:%s%s", strlen(at->table), at->table,
	    strlen(at->column), at->column, strlen(at->key), at->key, word);

	return (struct bytes){ (unsigned char *)(uintptr_t)text, strlen(text) };
}

bool
seal_is(const char *text)
{
	return text && *text == SEAL_MARK;
}

/* The text with its end mark and blocks filled up. */
static struct bytes
padded(struct arena *mem, const char *text)
{
	size_t n = strlen(text), full;
	unsigned char *bytes = arena_alloc(mem, n + BLOCK + 1);

	memcpy(bytes, text, n);
	if (sodium_pad(&full, bytes, n, BLOCK, n + BLOCK + 1) != 0)
		bug("a text of %zu bytes", n);
	return (struct bytes){ bytes, full };
}

char *
seal_text(const struct seal *s, struct arena *mem, const struct seal_place *at, const char *text)
{
	struct bytes plain = padded(mem, text), place = place_bytes(mem, at, "");
	size_t n = NONCE + plain.n + TAG, room = sodium_base64_encoded_len(n, BASE64);
	unsigned char *box = arena_alloc(mem, n);
	char *sealed = arena_alloc(mem, 1 + SEAL_ID_DIGITS + room);

	random_bytes(box, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, NULL, plain.at, plain.n, place.at,
	    place.n, NULL, box, s->keys[0].text);
	sealed[0] = SEAL_MARK;
	memcpy(sealed + 1, s->keys[0].id, SEAL_ID_DIGITS);
	sodium_bin2base64(sealed + 1 + SEAL_ID_DIGITS, room, box, n, BASE64);
	return sealed;
}

static const struct seal_key *
key_of(const struct seal *s, const char *sealed)
{
	for (size_t i = 0; i < s->n; i++)
		if (strncmp(sealed + 1, s->keys[i].id, SEAL_ID_DIGITS) == 0)
			return &s->keys[i];
	return NULL;
}

char *
unseal_text(const struct seal *s, struct arena *mem, const struct seal_place *at,
            const char *sealed)
{
	const struct seal_key *key = s ? key_of(s, sealed) : NULL;
	struct bytes place = place_bytes(mem, at, "");
	size_t most = strlen(sealed), n;
	unsigned char *box = arena_alloc(mem, most), *plain = arena_alloc(mem, most + 1);
	unsigned long long got;

	if (!key || sodium_base642bin(box, most, sealed + 1 + SEAL_ID_DIGITS,
	        most - 1 - SEAL_ID_DIGITS, NULL, &n, NULL, BASE64) != 0 || n < NONCE + TAG)
		return NULL;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &got, NULL, box + NONCE, n - NONCE,
	        place.at, place.n, box, key->text) != 0 ||
	    sodium_unpad(&n, plain, (size_t)got, BLOCK) != 0)
		return NULL;
	plain[n] = '\0';
	return (char *)plain;
}

char *
seal_name(const struct seal *s, struct arena *mem, const struct seal_place *at, const char *word)
{
	struct bytes place = place_bytes(mem, at, word);
	unsigned char hash[NAME_BYTES];
	char *name = arena_alloc(mem, 2 * NAME_BYTES + 2);

	/* by the oldest key: a name outlives a change of keys */
	crypto_generichash(hash, sizeof(hash), place.at, place.n, s->keys[s->n - 1].name,
	    SEAL_KEY_BYTES);
	name[0] = SEAL_MARK;
	sodium_bin2hex(name + 1, 2 * NAME_BYTES + 1, hash, sizeof(hash));
	return name;
}
