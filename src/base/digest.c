/*
 * digest.c - layer 0: SHA-256, by libsodium.  Called by form/, store/ and
 * tresen-admin.
 */
#include "digest.h"

#include <sodium.h>

char *
digest_hex(const void *bytes, size_t n, char hex[static DIGEST_HEX + 1])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, bytes, n);
	return sodium_bin2hex(hex, DIGEST_HEX + 1, hash, sizeof(hash));
}
