-- 003-search.sql - finding people however they are spelled.
--
-- A name is found by its parts.  Each distinct spelling of a part stands once,
-- under numbers that other spellings of the same name share, and with the
-- people who bear it.  All of it is derived from person_name: neither recorded
-- nor trusted, rebuilt at any time (tresen-admin migrate).

DROP TABLE name_part;

-- The vocabulary: each part of a name as it is compared (A-Z), once.
CREATE TABLE spelling (
	id     INTEGER PRIMARY KEY,
	form   TEXT NOT NULL UNIQUE,                 -- ALFATLAWI, MOHAMED
	people INTEGER NOT NULL                      -- how many bear it: rare ones decide a search
) STRICT;

-- Where a spelling is looked up: skeleton, group of variants, one letter less,
-- one consonant less, three letters, each as a number made by name_keys().
CREATE TABLE spelling_key (
	key         INTEGER NOT NULL,
	spelling_id INTEGER NOT NULL,
	PRIMARY KEY (key, spelling_id)
) STRICT, WITHOUT ROWID;

-- Who bears a spelling, 4096 numbers of people a row: two bytes each, sorted,
-- so that a name of 150,000 people is read in a millisecond.
CREATE TABLE spelling_people (
	id     INTEGER PRIMARY KEY,                  -- spelling_id * 2^24 + person_id / 4096
	people BLOB NOT NULL                         -- 16 bits each, low byte first: 12 of the
	                                             -- person's number, 4 on the name (search.h)
) STRICT;

-- What was entered for a person, to take it out again, and for lists that are
-- narrowed by the beginning of a name.
CREATE TABLE person_spelling (
	person_id INTEGER PRIMARY KEY,
	forms     TEXT NOT NULL                      -- " HADDAD/5 RANIA/4": form and its 4 bits
) STRICT;
