/*
 * process.h - layer 0: what a program gives up at its start, because it does
 * not need it: rights it could gain, its memory shown to others, other programs.
 */
#ifndef TRESEN_PROCESS_H
#define TRESEN_PROCESS_H

/*
 * For the client and the engine, first of all in main: no set-user-id program
 * raises this process or its children, nobody of the same user reads its memory
 * by ptrace or /proc, no core is dumped, new files are the user's alone,
 * descriptors from first_fd on that somebody left open are closed, and 0 to 2
 * are open.
 */
void process_harden(int first_fd);

/* From now on this process starts no other program, whatever happens in it
 * (seccomp).  Where the kernel or the machine knows no such filter, nothing
 * changes: it is a second wall, not the first. */
void process_start_nothing(void);

#endif
