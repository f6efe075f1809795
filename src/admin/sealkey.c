/*
 * sealkey.c - layer 5: `tresen-admin seal-key`: a new pair of keys, to seal
 * what happened.  The secret one stays with the sealer; the public one goes to
 * whoever will verify, before anything is sealed.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "admin.h"
#include "checkpoint.h"

enum status
file_new(struct op *op, const char *path, mode_t mode, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	size_t n = strlen(text);
	bool written = fd >= 0 && write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
	enum status s = ST_OK;

	if (!written)
		s = op_fail(op, ST_STORE, _("%s cannot be made: %s. Name another place."), path,
		    strerror(errno));
	if (fd >= 0)
		close(fd);
	return s;
}

static enum status
run(struct call *call)
{
	struct arena *mem = call->op.mem;
	unsigned char public[32], secret[64], seed[32];
	const char *path_public = arena_printf(mem, "%s.pub", call->path), *text;

	call->exit_code = EXIT_CANNOT_MAKE;
	random_bytes(seed, sizeof(seed));
	crypto_sign_seed_keypair(public, secret, seed);
	TRY(file_new(&call->op, call->path, 0600,
	    arena_printf(mem, SEAL_SECRET "%s\n", sign_key_text(mem, public, seed))));
	text = sign_key_text(mem, public, public);
	TRY(file_new(&call->op, path_public, 0644, arena_printf(mem, "%s\n", text)));
	call->exit_code = 0;
	printf(_("%s is the secret key: it stays here. %s is the public one: give it to whoever "
	    "verifies, and keep a copy off this machine.\n%s\n"), call->path, path_public, text);
	return ST_OK;
}

const struct verb verb_seal_key = {
	.name = "seal-key", .usage = "FILE",
	.help = N_("make a pair of keys to seal with: FILE and FILE.pub"),
	.run = run,
};
