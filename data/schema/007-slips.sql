-- 007-slips.sql - what people take home, in languages of their own.  Loaded
-- from data/texts, a file a language; a further file is a further language.

CREATE TABLE slip_language (
	code    TEXT NOT NULL PRIMARY KEY,           -- as in languages.conf: ar, prs
	name    TEXT NOT NULL,                       -- as its speakers write it
	rtl     INTEGER NOT NULL,                    -- 1: written from right to left
	checked INTEGER NOT NULL                     -- 1: by a native speaker; clerks are told if not
) STRICT, WITHOUT ROWID;

-- Sentences of a slip; { } stands where something is put in.
CREATE TABLE slip_text (
	language TEXT NOT NULL REFERENCES slip_language (code),
	key      TEXT NOT NULL,                      -- number, bring, until
	text     TEXT NOT NULL,
	PRIMARY KEY (language, key)
) STRICT, WITHOUT ROWID;

-- Names of papers, units, services.  By their German wording and not by a key:
-- a case keeps its papers as they were worded, and one key has several wordings;
-- where the German changes, an old translation must not stand for it.
CREATE TABLE slip_name (
	language TEXT NOT NULL REFERENCES slip_language (code),
	de       TEXT NOT NULL,
	text     TEXT NOT NULL,
	PRIMARY KEY (language, de)
) STRICT, WITHOUT ROWID;
