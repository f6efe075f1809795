/*
 * rules_name.h - layer 1: names of people, compared however they are spelled.
 * Part of rules.h by noun.  Pure: the rules are tables made of data/names at
 * build.
 *
 *   text    what was typed, any script            Al-Fatlawi, محمد
 *   unit    a part of a name as it is compared    FATLAWI, with article ALFATLAWI
 *   sounds  how a unit may be spoken              few, see folds.tsv
 *   skeleton  its consonants: the same for all transliterations
 *   key     a number that finds units: of a form, a skeleton, one letter less
 */
#ifndef TRESEN_RULES_NAME_H
#define TRESEN_RULES_NAME_H

#include "base.h"

#define NAME_FORM_MAX 40     /* letters of a unit; the rest is cut */
#define NAME_SOUNDS_MAX 12   /* ways to speak it */
#define NAME_UNITS_MAX 12    /* of one name; the rest is left out */
#define NAME_KEYS_MAX 256    /* keys of one unit */

/* ---- forms: name_form.c ---- */

enum particle { PARTICLE_NONE, PARTICLE_ARTICLE, PARTICLE_BOND };

struct name_unit {
	const char *text;    /* as written, with its case and script */
	const char *form;    /* A-Z and 0-9 */
	const char *glued;   /* with the particles before it: ALFATLAWI; NULL: none */
	enum particle particle;
	bool bare;           /* from a script that leaves short vowels out */
};

/*
 * Units of a name in any script, in their order; how many.  An article is
 * marked, not left out: who has nothing else is called so.
 */
size_t name_units(struct arena *a, const char *text, struct name_unit units[NAME_UNITS_MAX]);
/* Letters of any script as Latin ones, the rest as it is. */
char *name_latin(struct arena *a, const char *text);

/* ---- sounds: name_sound.c ---- */

struct name_sounds {
	size_t n;
	char way[NAME_SOUNDS_MAX][NAME_FORM_MAX];
};
void name_sounds(const char *form, struct name_sounds *sounds);
void name_skeleton(const char *way, char skeleton[NAME_FORM_MAX]);
/* Skeletons of all ways, each once; how many.  open: the name may go on. */
size_t name_skeletons(const struct name_sounds *sounds, bool open,
                      char skeletons[NAME_SOUNDS_MAX][NAME_FORM_MAX]);

/* ---- keys: name_key.c ---- */

enum name_key_kind {
	NAME_KEY_SKELETON = 1 << 0, /* same skeleton, or same group of variants */
	NAME_KEY_LETTER = 1 << 1,   /* one letter added, lost or changed */
	NAME_KEY_BONE = 1 << 2,     /* one consonant added, lost or changed */
	NAME_KEY_GRAM = 1 << 3,     /* three letters in common */
	NAME_KEY_BEGIN = 1 << 4,    /* the first consonants of a skeleton */
};
/* Keys of a form of these kinds, each once; how many. */
size_t name_keys(const char *form, unsigned kinds, int64_t keys[NAME_KEYS_MAX]);
/* Which rules made forms and keys: what was made by others is made anew. */
int64_t name_rules(void);
/* Keys of kind NAME_KEY_BEGIN for a form that is still being typed. */
size_t name_begin_keys(const char *form, int64_t keys[NAME_KEYS_MAX]);
/* Groups of names that are one name: name_variant.c. */
#define NAME_GROUPS_MAX 8
size_t name_groups(const char *form, int groups[NAME_GROUPS_MAX]);

/* ---- likeness: name_like.c ---- */

/* A form made ready to be compared with many. */
struct name_probe {
	const char *form;
	bool bare;           /* without short vowels: they cost nothing */
	struct name_sounds sounds;
	char skeleton[NAME_SOUNDS_MAX][NAME_FORM_MAX]; /* of each way */
	int groups[NAME_GROUPS_MAX];
	size_t n_groups;
};
void name_probe(const char *form, bool bare, struct name_probe *probe);
/*
 * How alike are two names, 0 to 100?  100 the same letters, 96 the same sound,
 * from 90 on two spellings, from 70 on perhaps a slip of the finger.  open: the
 * probe is still being typed, the form may go on.
 */
int name_like(const struct name_probe *probe, const char *form, bool open);
#define LIKE_SAME 100
#define LIKE_SPELLING 88     /* from here on: another spelling of the same name */
#define LIKE_SLIP 60         /* from here on: may be meant */

#endif
