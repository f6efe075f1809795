/*
 * beside.h - private to engine/: files beside the office, beside.c.
 */
#ifndef TRESEN_ENGINE_BESIDE_H
#define TRESEN_ENGINE_BESIDE_H

#include <stdbool.h>
#include <sys/types.h>

/* OFFICE with this suffix, open to whom the office is: its engines may be two
 * users.  -1: not possible. */
int beside_open(const char *office, const char *suffix);
/* command: F_OFD_SETLK or F_OFD_SETLKW; type: F_WRLCK or F_UNLCK. */
bool beside_lock(int fd, int command, short type, off_t at, off_t n);

#endif
