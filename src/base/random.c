/*
 * random.c - layer 0: random bytes, by libsodium; the only file that asks for
 * any.  An invented office alone takes them from its seed, so that it comes
 * out the same twice.
 */
#include "base.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static struct {
	bool on;
	unsigned char seed[randombytes_SEEDBYTES];
	uint64_t taken;          /* requests so far: each is a stream of its own */
} repeating;

void
random_repeat(uint64_t seed)
{
	repeating.on = true;
	repeating.taken = 0;
	memcpy(repeating.seed, &seed, sizeof(seed));
}

void
random_bytes(void *to, size_t n)
{
	if (sodium_init() < 0)
		bug("libsodium does not start");
	if (!repeating.on) {
		randombytes_buf(to, n);
		return;
	}
	repeating.taken++;
	memcpy(repeating.seed + sizeof(uint64_t), &repeating.taken, sizeof(repeating.taken));
	randombytes_buf_deterministic(to, n, repeating.seed);
}

char *
random_id(struct arena *a)
{
	unsigned char raw[16];
	char *id = arena_alloc(a, 2 * sizeof(raw) + 1);

	random_bytes(raw, sizeof(raw));
	return sodium_bin2hex(id, 2 * sizeof(raw) + 1, raw, sizeof(raw));
}
