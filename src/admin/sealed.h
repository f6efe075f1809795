/*
 * sealed.h - layer 5: backups that only their addressee can read, by
 * libsodium: a key drawn for each file, sealed to a public key
 * (crypto_box_seal), and the content in pieces under it
 * (crypto_secretstream_xchacha20poly1305), the last one marked.  So no piece
 * can be changed, moved or left out, nor the end cut off, without being found.
 */
#ifndef TRESEN_ADMIN_SEALED_H
#define TRESEN_ADMIN_SEALED_H

#include <sys/types.h>

#include "base.h"

#define SEAL_KEY_BYTES 32

struct seal_key {
	unsigned char bytes[SEAL_KEY_BYTES];
};
enum seal_key_kind { SEAL_PUBLIC, SEAL_SECRET };

/* Makes a pair in two new files; the secret one for its owner alone to read. */
MUST_CHECK enum status seal_keys_make(struct op *op, const char *secret_path,
                                      const char *public_path);
MUST_CHECK enum status seal_key_read(struct op *op, const char *path, enum seal_key_kind kind,
                                     struct seal_key *key);
void seal_key_wipe(struct seal_key *key);

/* Is this file, from its beginning, a sealed backup? */
bool seal_is_one(int fd);
/* Both from the beginning of from to its end; name: of the file read or written. */
MUST_CHECK enum status seal_close(struct op *op, const struct seal_key *public, int from, int to,
                                  const char *name);
MUST_CHECK enum status seal_open(struct op *op, const struct seal_key *secret, int from, int to,
                                 const char *name);

/* All n bytes, or false with errno. */
MUST_CHECK bool write_all(int fd, const void *bytes, size_t n);
/* As many as there are up to n; < 0: errno. */
MUST_CHECK ssize_t read_full(int fd, void *bytes, size_t n);

#endif
