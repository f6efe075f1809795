/*
 * name_sound.c - layer 1: how a written name may sound, and the consonants it
 * is known by.  Called by name_key.c and name_like.c.  Table:
 * data/names/folds.tsv.
 */
#include "rules_name.h"

#include <string.h>

#define SOUNDS_OF_FOLD 4
#define FOLDS_OF_LETTER 24

struct fold {
	const char *letters;
	char before, after;
	const char *sounds[SOUNDS_OF_FOLD];
};
/* By their first letter, then in the order of the file; the rest is empty. */
static const struct fold folds['Z' - 'A' + 1][FOLDS_OF_LETTER];

static bool
is_vowel(char c)
{
	return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U' || c == 'Y';
}

static bool
fits_before(const struct fold *f, const char *form, const char *at)
{
	switch (f->before) {
	case '^':
		return at == form;
	case 'V':
		return at > form && is_vowel(at[-1]);
	case 'C':
		return at > form && !is_vowel(at[-1]);
	default:
		return true;
	}
}

static bool
fits_after(const struct fold *f, const char *end)
{
	switch (f->after) {
	case '$':
		return !*end;
	case 'V':
		return is_vowel(*end);
	case 'C':
		return *end && !is_vowel(*end);
	case 'E':
		return *end && strchr("EIY", *end);
	default:
		return true;
	}
}

/* The fold of the letters at this place: most letters first, then the order
 * of the file. */
static const struct fold *
fold_at(const char *form, const char *at)
{
	const struct fold *best = NULL, *f;
	size_t longest = 0;

	if (*at < 'A' || *at > 'Z')
		return NULL;
	for (f = folds[*at - 'A']; f < folds[*at - 'A'] + FOLDS_OF_LETTER && f->letters; f++) {
		size_t n = 1;

		/* by hand: a search does this at ten thousands of letters */
		while (f->letters[n] && f->letters[n] == at[n])
			n++;
		if (!f->letters[n] && n > longest && fits_before(f, form, at) &&
		    fits_after(f, at + n)) {
			best = f;
			longest = n;
		}
	}
	return best;
}

/* Doubled letters sound once; where a script leaves a vowel out, two letters
 * of one sound are two: wf of Wafa, mm of Mamdouh. */
static bool
sounds_once(const char *form, const char *at, char sound)
{
	return sound >= 'a' || (at > form + 1 && at[-1] == *at);
}

static void
append(char *way, const char *sounds, bool once)
{
	size_t n = strlen(way);

	for (; *sounds && n < NAME_FORM_MAX - 2; sounds++, once = true)
		if (!once || n == 0 || way[n - 1] != *sounds)
			way[n++] = *sounds;
	way[n] = '\0';
}

/* Each way so far with each of the fold's sounds; the first is the likeliest. */
static void
branch(struct name_sounds *s, const struct fold *f, const char *form, const char *at)
{
	size_t before = s->n;

	for (size_t k = 1; k < SOUNDS_OF_FOLD && f->sounds[k]; k++)
		for (size_t i = 0; i < before && s->n < NAME_SOUNDS_MAX; i++) {
			memcpy(s->way[s->n], s->way[i], NAME_FORM_MAX);
			append(s->way[s->n++], f->sounds[k],
			    sounds_once(form, at, *f->sounds[k]));
		}
	for (size_t i = 0; i < before; i++)
		append(s->way[i], f->sounds[0], sounds_once(form, at, *f->sounds[0]));
}

void
name_sounds(const char *form, struct name_sounds *s)
{
	s->n = 1;
	s->way[0][0] = '\0';
	for (const char *at = form; *at;) {
		const struct fold *f = fold_at(form, at);
		char one[2] = { *at, '\0' };

		if (f) {
			branch(s, f, form, at);
			at += strlen(f->letters);
			continue;
		}
		if (is_vowel(*at))
			one[0] = (char)(*at | 0x20);
		for (size_t i = 0; i < s->n; i++)
			append(s->way[i], one, sounds_once(form, at, *one));
		at++;
	}
}

/* Sounds that scripts and offices mix up are one bone. */
static char
bone(char sound)
{
	switch (sound) {
	case 'P': return 'B';
	case 'W': return 'F';
	case 'G': return 'K';
	case 'X': case 'Z': return 'S';
	default: return sound;
	}
}

static void
skeleton_of(const char *way, bool open, char *skeleton)
{
	size_t n = 0;
	char last = '\0';

	for (size_t i = 0; way[i]; i++) {
		bool silent = way[i] >= 'a' || way[i] == 'Y';
		char b = silent ? 'A' : bone(way[i]);

		/* what stands twice in a way is meant twice */
		if ((!silent || i == 0) && (b != last || (!silent && way[i] == way[i - 1])))
			skeleton[n++] = b;
		last = silent && i > 0 ? '\0' : b;
	}
	/* the last one is spoken hard: Mehmed, Mehmet */
	if (!open && n > 1 && skeleton[n - 1] == 'D')
		skeleton[n - 1] = 'T';
	skeleton[n] = '\0';
}

void
name_skeleton(const char *way, char skeleton[NAME_FORM_MAX])
{
	skeleton_of(way, false, skeleton);
}

size_t
name_skeletons(const struct name_sounds *sounds, bool open,
               char skeletons[NAME_SOUNDS_MAX][NAME_FORM_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < sounds->n; i++) {
		size_t k = 0;

		skeleton_of(sounds->way[i], open, skeletons[n]);
		while (k < n && strcmp(skeletons[k], skeletons[n]) != 0)
			k++;
		n += k == n;
	}
	return n;
}

static const struct fold folds['Z' - 'A' + 1][FOLDS_OF_LETTER] = {
#include "names_folds.inc"
};
