-- 005-forms.sql - what becomes of a form: its versions live and end, its code
-- lists have versions of their own, and a case says why a warning was not
-- heeded.  The text of a version stands in table form and never changes.

CREATE TRIGGER form_stays BEFORE UPDATE ON form
BEGIN SELECT RAISE(ABORT, 'a version of a form is never changed'); END;
CREATE TRIGGER form_remains BEFORE DELETE ON form
BEGIN SELECT RAISE(ABORT, 'a version of a form is never deleted'); END;

-- A version that was published.  Cases that began with it keep it, withdrawn
-- or not; only a published one is given to new cases.
CREATE TABLE form_edition (
	key          TEXT NOT NULL,                  -- form.key
	version      INTEGER NOT NULL,
	digest       TEXT NOT NULL,                  -- SHA-256 of the text: the same version is the same text
	state        TEXT NOT NULL CHECK (state IN ('published', 'withdrawn')),
	valid_from   TEXT NOT NULL,                  -- first day on which new cases get it
	valid_until  TEXT,                           -- last day, NULL: open
	published_at INTEGER NOT NULL,
	published_by TEXT NOT NULL,                  -- unix user of the administrator
	withdrawn_at INTEGER,
	withdrawn_by TEXT,
	PRIMARY KEY (key, version)
) STRICT, WITHOUT ROWID;

-- Code lists of fields, as text.  The newest version counts, for older forms
-- too: it has every entry that older ones had, withdrawn perhaps.
CREATE TABLE form_list (
	name      TEXT NOT NULL,
	version   INTEGER NOT NULL,
	digest    TEXT NOT NULL,                     -- SHA-256 of the text
	source    TEXT NOT NULL,                     -- text of the file
	loaded_at INTEGER NOT NULL,
	PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER form_list_stays BEFORE UPDATE ON form_list
BEGIN SELECT RAISE(ABORT, 'a version of a code list is never changed'); END;

-- Why a clerk went on although a rule of the form warned.
CREATE TABLE case_warning (
	case_id  INTEGER NOT NULL REFERENCES case_file (id),
	path     TEXT NOT NULL,                      -- children[2].born; '': the form as a whole
	rule     TEXT NOT NULL,                      -- its German words; '': a choice is no longer offered
	reason   TEXT NOT NULL,                      -- what the clerk said
	at       INTEGER NOT NULL,
	staff_id INTEGER NOT NULL REFERENCES staff (id),
	PRIMARY KEY (case_id, path, rule)
) STRICT, WITHOUT ROWID;

-- A case whose answers went on to a newer version of its form: what the clerk
-- is to ask then, the form says.
CREATE TABLE case_form_move (
	case_id      INTEGER NOT NULL REFERENCES case_file (id),
	to_version   INTEGER NOT NULL,
	from_version INTEGER NOT NULL,
	at           INTEGER NOT NULL,
	PRIMARY KEY (case_id, to_version)
) STRICT, WITHOUT ROWID;
