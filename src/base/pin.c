/*
 * pin.c - layer 0: PINs by libsodium, see pin.h.  Called by service/pin.c.
 */
#include "pin.h"

#include <sodium.h>
#include <string.h>

/*
 * Small enough that a clerk who asks without end does not keep the server busy.
 * What is kept can be read by the engine's user only, who could read everything
 * else as well.
 */
#define MEMORY (8u << 20)

_Static_assert(PIN_HASH >= crypto_pwhash_STRBYTES, "what libsodium writes");

bool
pin_hash(const char *pin, char hash[static PIN_HASH])
{
	return sodium_init() >= 0 &&
	    crypto_pwhash_str(hash, pin, strlen(pin), crypto_pwhash_OPSLIMIT_MIN, MEMORY) == 0;
}

bool
pin_fits(const char *hash, const char *pin)
{
	return sodium_init() >= 0 && crypto_pwhash_str_verify(hash, pin, strlen(pin)) == 0;
}
