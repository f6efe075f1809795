/*
 * digest.h - layer 0: SHA-256 (FIPS 180-4).  To tell whether two texts are the
 * same without keeping them; not a way to keep a secret.
 */
#ifndef TRESEN_DIGEST_H
#define TRESEN_DIGEST_H

#include "base.h"

#define DIGEST_HEX 64            /* digits of a digest */

/* The digest of n bytes as hex digits, with a zero byte at the end. */
char *digest_hex(const void *bytes, size_t n, char hex[static DIGEST_HEX + 1]);

#endif
