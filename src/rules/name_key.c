/*
 * name_key.c - layer 1: numbers under which a part of a name is found.  Called
 * by store/spelling.c for what is stored and for what is looked for: equal
 * keys make a candidate, name_like decides.  Equal numbers by chance are rare
 * and cost one comparison.
 */
#include "rules_name.h"

#include <string.h>

#define KEY_BITS 40          /* six bytes in the file */
#define BONES_MIN 4          /* fewer consonants are too common to lose one */
#define BEGIN_MIN 2          /* consonants of a beginning */
#define BEGIN_MAX 4
#define STRIPPED_MIN 4       /* letters behind a glued article */

struct keys {
	int64_t *key;
	size_t n;
};

static void
add_key(struct keys *k, char kind, const char *text, size_t n)
{
	uint64_t hash = 0xcbf29ce484222325u ^ (unsigned char)kind;
	int64_t key;

	for (size_t i = 0; i < n; i++)
		hash = (hash * 0x100000001b3u) ^ (unsigned char)text[i];
	hash *= 0x9E3779B97F4A7C15u;
	key = (int64_t)(hash >> (64 - KEY_BITS));
	for (size_t i = 0; i < k->n; i++)
		if (k->key[i] == key)
			return;
	if (k->n < NAME_KEYS_MAX)
		k->key[k->n++] = key;
}

/* The text, and the text without each of its signs. */
static void
add_shorter(struct keys *k, char kind, const char *text)
{
	char shorter[NAME_FORM_MAX];
	size_t n = strlen(text);

	add_key(k, kind, text, n);
	for (size_t i = 0; i < n; i++) {
		memcpy(shorter, text, i);
		memcpy(shorter + i, text + i + 1, n - i);
		add_key(k, kind, shorter, n - 1);
	}
}

static size_t
skeletons_of(const char *form, bool open, char skeletons[NAME_SOUNDS_MAX][NAME_FORM_MAX])
{
	struct name_sounds sounds;

	name_sounds(form, &sounds);
	return name_skeletons(&sounds, open, skeletons);
}

static void
add_skeletons(struct keys *k, const char *form, bool shorter)
{
	char skeletons[NAME_SOUNDS_MAX][NAME_FORM_MAX];
	size_t n = skeletons_of(form, false, skeletons);

	for (size_t i = 0; i < n; i++)
		if (!shorter)
			add_key(k, 's', skeletons[i], strlen(skeletons[i]));
		else if (strlen(skeletons[i]) >= BONES_MIN)
			add_shorter(k, 'b', skeletons[i]);
		else if (strlen(skeletons[i]) == BONES_MIN - 1)
			add_key(k, 'b', skeletons[i], BONES_MIN - 1);
}

static void
add_groups(struct keys *k, const char *form)
{
	int groups[NAME_GROUPS_MAX];
	size_t n = name_groups(form, groups);

	for (size_t i = 0; i < n; i++)
		add_key(k, 'v', (const char *)&groups[i], sizeof(groups[i]));
}

/* Behind an article written as one word with the name: Alfatlawi. */
static const char *
without_article(const char *form)
{
	bool article = (form[0] == 'A' || form[0] == 'E') && form[1] == 'L';

	return article && strlen(form) >= 2 + STRIPPED_MIN && !strchr("AEIOUYL", form[2]) ?
	    form + 2 : NULL;
}

static void
add_grams(struct keys *k, const char *form)
{
	char edged[NAME_FORM_MAX + 2] = "^";
	size_t n;

	strcat(strcat(edged, form), "$");
	n = strlen(edged);
	for (size_t i = 0; i + 3 <= n; i++)
		add_key(k, 'g', edged + i, 3);
}

static void
add_beginnings(struct keys *k, const char *form)
{
	char skeletons[NAME_SOUNDS_MAX][NAME_FORM_MAX];
	size_t n = skeletons_of(form, true, skeletons);

	for (size_t i = 0; i < n; i++)
		for (size_t length = BEGIN_MIN; length <= BEGIN_MAX; length++)
			if (strlen(skeletons[i]) >= length)
				add_key(k, 'p', skeletons[i], length);
}

/* The last consonant may be half of one: Mohamm, Schewts. */
size_t
name_begin_keys(const char *form, int64_t keys[NAME_KEYS_MAX])
{
	char skeletons[NAME_SOUNDS_MAX][NAME_FORM_MAX];
	struct keys k = { keys, 0 };
	size_t n = skeletons_of(form, true, skeletons);

	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(skeletons[i]);

		for (size_t less = 0; less < 2; less++)
			if (length >= BEGIN_MIN + less)
				add_key(&k, 'p', skeletons[i], length - less < BEGIN_MAX ?
				    length - less : BEGIN_MAX);
	}
	return k.n;
}

size_t
name_keys(const char *form, unsigned kinds, int64_t keys[NAME_KEYS_MAX])
{
	struct keys k = { keys, 0 };
	const char *bare = without_article(form);

	if (kinds & NAME_KEY_SKELETON) {
		add_skeletons(&k, form, false);
		add_groups(&k, form);
		if (bare)
			add_skeletons(&k, bare, false);
	}
	if (kinds & NAME_KEY_LETTER)
		add_shorter(&k, 'l', form);
	if (kinds & NAME_KEY_BONE)
		add_skeletons(&k, form, true);
	if (kinds & NAME_KEY_BEGIN)
		add_beginnings(&k, form);
	if (kinds & NAME_KEY_GRAM)
		add_grams(&k, form);
	return k.n;
}

int64_t
name_rules(void)
{
	static const int64_t number =
#include "names_rules.inc"
	;

	return number;
}
