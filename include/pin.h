/*
 * pin.h - layer 0: a short secret that a clerk types to uncover their screen.
 * Kept as Argon2id of libsodium, which takes milliseconds: never under the
 * office lock.
 */
#ifndef TRESEN_PIN_H
#define TRESEN_PIN_H

#include "base.h"

#define PIN_LEAST 6              /* signs */
#define PIN_MOST 64              /* bytes */
#define PIN_HASH 128             /* room for what is kept, with its zero byte */

/* False when there is not enough memory for it. */
bool pin_hash(const char *pin, char hash[static PIN_HASH]);
bool pin_fits(const char *hash, const char *pin);

#endif
