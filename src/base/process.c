/*
 * process.c - layer 0: giving up what is not needed, see process.h.  Called by
 * main of the client and of the engine.
 */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base.h"

/* A socket that became descriptor 2 would be written errors to. */
static void
fill_standard(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

void
process_harden(int first_fd)
{
	const struct rlimit none = { 0 };

	fill_standard();
	close_range((unsigned)first_fd, UINT_MAX, 0);
	umask(S_IRWXG | S_IRWXO);
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#else
#define OUR_ARCH 0
#endif
/* The same calls by other numbers, on a machine that knows x32. */
#define OTHER_NUMBERS 0x40000000u
#define FIELD(name) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define IF(test, value) BPF_JUMP(BPF_JMP | test | BPF_K, value, 0, 1)
#define UNLESS(test, value) BPF_JUMP(BPF_JMP | test | BPF_K, value, 1, 0)
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

void
process_start_nothing(void)
{
	static struct sock_filter rules[] = {
		FIELD(arch),
		UNLESS(BPF_JEQ, OUR_ARCH), REFUSE,
		FIELD(nr),
		IF(BPF_JGE, OTHER_NUMBERS), REFUSE,
		IF(BPF_JEQ, SYS_execve), REFUSE,
		IF(BPF_JEQ, SYS_execveat), REFUSE,
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { .len = COUNT_OF(rules), .filter = rules };

	if (OUR_ARCH)
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}
