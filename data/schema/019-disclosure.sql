-- 019-disclosure.sql - what is told to bodies outside the office, which question
-- a disclosure answers, and from when a text of consent is read.

-- Kinds of bodies outside the office (bases.conf).
CREATE TABLE body (
	code     TEXT NOT NULL PRIMARY KEY,
	position INTEGER NOT NULL,
	name_de  TEXT NOT NULL,
	name_en  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Told to a body outside the office, to_unit is the unit itself: nobody else here
-- reads it, so reason, labels and values are sealed then.
ALTER TABLE disclosure ADD COLUMN body TEXT;         -- body.code; NULL: to_unit was told
ALTER TABLE disclosure ADD COLUMN body_name TEXT;    -- which one; sealed

-- The same for whom a person lets be told.
ALTER TABLE consent ADD COLUMN body TEXT;            -- body.code; NULL: to_unit
ALTER TABLE consent ADD COLUMN body_name TEXT;       -- which one; sealed

-- By which disclosure the question was answered: when that is over, so is this.
ALTER TABLE disclosure_ask ADD COLUMN disclosure_id INTEGER REFERENCES disclosure (id);

ALTER TABLE consent_text ADD COLUMN valid_from TEXT; -- first day it is read to people; NULL: ever
ALTER TABLE consent_text ADD COLUMN valid_to TEXT;   -- last day, NULL: open
ALTER TABLE consent_text ADD COLUMN checked INTEGER; -- 1: by a native speaker

-- Which sessions are told that one of these changed: those of the units concerned.
CREATE INDEX event_object_told ON event_object (seq)
    WHERE kind IN ('disclosure', 'disclosure_ask', 'consent');
