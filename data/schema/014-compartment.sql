-- 014-compartment.sql - what leaves a closed unit, and by what right: notes that
-- are not entrusted, disclosures with their legal basis, requests for one, and
-- consents.  A disclosed copy is plain text: its receiver is to read it.

ALTER TABLE case_note ADD COLUMN opened INTEGER;     -- 1: of a closed unit, but not entrusted

-- Why something may be disclosed (bases.conf).
CREATE TABLE basis (
	code     TEXT NOT NULL PRIMARY KEY,
	position INTEGER NOT NULL,
	name_de  TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	cite     TEXT NOT NULL,                      -- the provision, as cited
	consent  INTEGER NOT NULL                    -- 1: only while the person consents
) STRICT, WITHOUT ROWID;

-- The texts that people consent to, a version each (bases.conf); a version
-- never changes: what was signed stays what it was.
CREATE TABLE consent_text (
	version  INTEGER NOT NULL,
	language TEXT NOT NULL,                      -- code of languages.conf
	text     TEXT NOT NULL,
	PRIMARY KEY (version, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
	id         INTEGER PRIMARY KEY,
	person_id  INTEGER NOT NULL REFERENCES person (id),
	unit       TEXT NOT NULL REFERENCES unit (code), -- that was released from secrecy
	to_unit    TEXT NOT NULL REFERENCES unit (code), -- that may be told
	scope      TEXT NOT NULL,                    -- about what, as it was said to the person; sealed
	version    INTEGER NOT NULL,                 -- of consent_text
	language   TEXT NOT NULL,                    -- in which it was read to them
	given_day  TEXT NOT NULL,
	until_day  TEXT,                             -- last day it holds; NULL: until withdrawn
	given_by   INTEGER NOT NULL REFERENCES staff (id),
	ended_at   INTEGER,                          -- withdrawn
	ended_by   INTEGER REFERENCES staff (id)
) STRICT;
CREATE INDEX consent_person ON consent (person_id, id);

-- One unit tells another one something out of a case.
CREATE TABLE disclosure (
	id         INTEGER PRIMARY KEY,
	person_id  INTEGER NOT NULL REFERENCES person (id),
	case_id    INTEGER NOT NULL REFERENCES case_file (id), -- told to the unit itself only
	from_unit  TEXT NOT NULL REFERENCES unit (code),
	to_unit    TEXT NOT NULL REFERENCES unit (code),
	basis      TEXT NOT NULL,                    -- basis.code
	cite       TEXT NOT NULL,                    -- as it was then
	consent_id INTEGER REFERENCES consent (id),  -- what it rests on; NULL: on the law alone
	reason     TEXT NOT NULL,                    -- as the receiver reads it
	at         INTEGER NOT NULL,
	staff_id   INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX disclosure_person ON disclosure (person_id, id);
CREATE INDEX disclosure_unit ON disclosure (from_unit, id);

-- Exactly what was told, as it was worded then.
CREATE TABLE disclosure_field (
	disclosure_id INTEGER NOT NULL REFERENCES disclosure (id),
	position      INTEGER NOT NULL,
	label         TEXT NOT NULL,
	value         TEXT NOT NULL,
	PRIMARY KEY (disclosure_id, position)
) STRICT, WITHOUT ROWID;

-- A unit asks a closed one about a person.  It learns the answer, never whether
-- there is a file.
CREATE TABLE disclosure_ask (
	id          INTEGER PRIMARY KEY,
	person_id   INTEGER NOT NULL REFERENCES person (id),
	from_unit   TEXT NOT NULL REFERENCES unit (code), -- that asks
	to_unit     TEXT NOT NULL REFERENCES unit (code),
	question    TEXT NOT NULL,
	asked_at    INTEGER NOT NULL,
	asked_by    INTEGER NOT NULL REFERENCES staff (id),
	state       TEXT NOT NULL CHECK (state IN ('asked', 'given', 'refused')),
	answer      TEXT,                            -- why refused, as the asker reads it
	answered_at INTEGER,
	answered_by INTEGER REFERENCES staff (id)
) STRICT;
CREATE INDEX disclosure_ask_from ON disclosure_ask (from_unit, state, id);
CREATE INDEX disclosure_ask_to ON disclosure_ask (to_unit, state, id);
