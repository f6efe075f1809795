/*
 * driver.c - runs a fuzz target on a fixed number of mutated seeds, the same
 * ones each time: driver RUNS SEED...  Linked with one target, which is also
 * fit for libFuzzer.  A crash, a sanitizer report or a broken invariant fails.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_MAX 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* libconfig 1.5 loses a string's buffer when a form ends inside the string:
 * 64 bytes, not ours to free.  Leaks of our own are still reported. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libconfig.so";
}

const char *
__lsan_default_options(void)
{
	return "print_suppressions=0";
}

struct input {
	uint8_t bytes[INPUT_MAX];
	size_t size;
};

static uint64_t state = 0x7265736e65736e74;

/* xorshift64*: any machine mutates alike. */
static size_t
below(size_t limit)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return limit ? (size_t)((state * 0x2545F4914F6CDD1D) >> 33) % limit : 0;
}

static void
remove_part(struct input *in, size_t at, size_t n)
{
	memmove(in->bytes + at, in->bytes + at + n, in->size - at - n);
	in->size -= n;
}

static void
insert_part(struct input *in, size_t at, const uint8_t *part, size_t n)
{
	if (in->size + n > INPUT_MAX)
		return;
	memmove(in->bytes + at + n, in->bytes + at, in->size - at);
	memcpy(in->bytes + at, part, n);
	in->size += n;
}

/* Signs that mean something to the readers, and some that should not. */
static void
insert_word(struct input *in)
{
	static const char *const words[] = {
		"{", "}", "(", ")", "[", "]", ";", ",", "=", "\"", "'", "\\", "\n", "@include",
		" and ", " or ", " not ", " in ", "empty(", " == ", "\x1b", "\xff", "\xc3",
		"\xe2\x80\xae", "999999999999999999999", "-1", "0x7fffffff", "1e308", "true",
		"null", "\\u0000", "\\ud800", "\"id\":", "\"method\":", "\"jsonrpc\":\"2.0\"",
		"show = \"", "required = \"", "key = \"", "choices = (", "list = \"",
	};
	const char *word = words[below(sizeof(words) / sizeof(words[0]))];

	insert_part(in, below(in->size + 1), (const uint8_t *)word, strlen(word));
}

static void
mutate(struct input *in, const struct input *other)
{
	static uint8_t part[256];
	size_t at = below(in->size), n = below(sizeof(part));
	size_t from = below(other->size);

	switch (below(6)) {
	case 0:
		if (in->size > 0)
			in->bytes[at] = (uint8_t)below(256);
		break;
	case 1:
		if (in->size > 0)
			in->bytes[at] ^= (uint8_t)(1u << below(8));
		break;
	case 2:
		remove_part(in, at, n > in->size - at ? in->size - at : n);
		break;
	case 3:
		n = n > other->size - from ? other->size - from : n;
		memcpy(part, other->bytes + from, n);
		insert_part(in, at, part, n);
		break;
	case 4:
		in->size = at;
		break;
	default:
		insert_word(in);
		break;
	}
}

static void
read_seed(const char *path, struct input *seed)
{
	FILE *f = fopen(path, "re");

	if (!f) {
		perror(path);
		exit(1);
	}
	seed->size = fread(seed->bytes, 1, sizeof(seed->bytes), f);
	fclose(f);
}

int
main(int argc, char **argv)
{
	size_t count = argc > 2 ? (size_t)argc - 2 : 0;
	long runs = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	struct input *seeds = calloc(count + 1, sizeof(*seeds));
	struct input *in = &seeds[count];

	if (!seeds || count == 0) {
		fprintf(stderr, "usage: %s RUNS SEED...\n", argv[0]);
		return 64;
	}
	for (size_t i = 0; i < count; i++) {
		read_seed(argv[i + 2], &seeds[i]);
		LLVMFuzzerTestOneInput(seeds[i].bytes, seeds[i].size);
	}
	for (long run = 0; run < runs; run++) {
		*in = seeds[below(count)];
		for (size_t n = 1 + below(4); n > 0; n--)
			mutate(in, &seeds[below(count)]);
		LLVMFuzzerTestOneInput(in->bytes, in->size);
	}
	printf("%s: %ld inputs from %zu seeds\n", argv[0], runs, count);
	free(seeds);
	return 0;
}
