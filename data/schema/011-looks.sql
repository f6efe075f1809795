-- 011-looks.sql - who looked at whom, what for, and when that is unusual.
--
-- A look is an event like any other, without a changeset: its objects of kind
-- look name the people whose files were shown, those of kind hit the people of
-- a list.  What follows lets a request ask in a moment how much somebody has
-- read today, and for what.

-- Looks by reader.  Derived from the events, kept by the trigger.
CREATE TABLE looked (
	staff_id  INTEGER NOT NULL,
	kind      TEXT NOT NULL,                     -- as in event_object
	at        INTEGER NOT NULL,
	seq       INTEGER NOT NULL,                  -- of the event
	person_id INTEGER NOT NULL,
	purpose   TEXT,                              -- of kind look only; NULL: not stated
	PRIMARY KEY (staff_id, kind, at, seq, person_id)
) STRICT, WITHOUT ROWID;
-- Kinds: look, a file was shown; seen, the same as the answer to a change; hit,
-- a row of a list; refused, too much was read; watch.*, why it is unusual.
CREATE TRIGGER event_object_looked AFTER INSERT ON event_object
WHEN new.kind IN ('look', 'hit', 'seen', 'refused') OR new.kind GLOB 'watch.*'
BEGIN
	INSERT INTO looked
	SELECT e.staff_id, new.kind, e.at, e.seq, new.id,
	       CASE new.kind WHEN 'look' THEN e.reason END
	FROM event e WHERE e.seq = new.seq AND e.staff_id IS NOT NULL;
END;

-- What somebody may look at a file for (purposes.conf).
CREATE TABLE purpose (
	code     TEXT NOT NULL PRIMARY KEY,
	position INTEGER NOT NULL,
	name_de  TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	hotkey   TEXT,                               -- key that answers; NULL: follows from work, never asked
	worded   INTEGER NOT NULL                    -- 1: words must say more
) STRICT, WITHOUT ROWID;

-- From how many on reading is unusual (watch.conf).
CREATE TABLE watch (
	role TEXT NOT NULL,
	sign TEXT NOT NULL,                          -- see rules_watch.h
	most INTEGER NOT NULL,                       -- 0: not watched
	PRIMARY KEY (role, sign)
) STRICT, WITHOUT ROWID;
