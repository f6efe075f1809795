-- 020-restriction.sql - records that are kept from most: blocked ones, and those
-- for named people only; and who opened one all the same, in an emergency.

-- One restriction of a person's whole record, or of one case.  Rows stay when it
-- has ended: they are its history.
CREATE TABLE restriction (
	id         INTEGER PRIMARY KEY,
	kind       TEXT NOT NULL CHECK (kind IN ('blocked', 'reserved')),
	person_id  INTEGER NOT NULL REFERENCES person (id), -- whose record, or whose case
	case_id    INTEGER REFERENCES case_file (id), -- NULL: the whole record
	unit       TEXT REFERENCES unit (code),      -- that answers for it; NULL: the officer alone
	reason     TEXT NOT NULL,                    -- sealed where it is a closed unit's
	reference  TEXT,                             -- court, letter, file number; sealed like the reason
	until_day  TEXT,                             -- last day; NULL: until it is lifted
	set_at     INTEGER NOT NULL,
	set_by     INTEGER NOT NULL REFERENCES staff (id),
	ended_at   INTEGER,
	ended_by   INTEGER REFERENCES staff (id),
	end_reason TEXT                              -- sealed like the reason
) STRICT;
-- What holds is asked at each list: few, however many there have been.
CREATE INDEX restriction_holds ON restriction (id) WHERE ended_at IS NULL;
CREATE INDEX restriction_person ON restriction (person_id, id);
CREATE INDEX restriction_case ON restriction (case_id, id) WHERE case_id IS NOT NULL;

-- Who may open what is for named people only.
CREATE TABLE restriction_staff (
	restriction_id INTEGER NOT NULL REFERENCES restriction (id),
	staff_id       INTEGER NOT NULL REFERENCES staff (id),
	PRIMARY KEY (restriction_id, staff_id)
) STRICT, WITHOUT ROWID;

-- Somebody opened a person's file although it was not for them: life or safety.
CREATE TABLE emergency (
	id         INTEGER PRIMARY KEY,
	person_id  INTEGER NOT NULL REFERENCES person (id),
	staff_id   INTEGER NOT NULL REFERENCES staff (id),
	reason     TEXT NOT NULL,                    -- as the data protection officer reads it
	at         INTEGER NOT NULL,
	until_at   INTEGER NOT NULL,                 -- from then on it is shut again
	settled_at INTEGER,
	settled_by INTEGER REFERENCES staff (id),
	justified  INTEGER,                          -- 1, 0; NULL: not settled yet
	remark     TEXT
) STRICT;
-- What is open to somebody now is asked at each request that names a file.
CREATE INDEX emergency_opens ON emergency (staff_id, until_at);
CREATE INDEX emergency_waits ON emergency (id) WHERE settled_at IS NULL;
CREATE INDEX emergency_person ON emergency (person_id, id);

-- The units whose files were opened: their supervisors are told.
CREATE TABLE emergency_unit (
	emergency_id INTEGER NOT NULL REFERENCES emergency (id),
	unit         TEXT NOT NULL REFERENCES unit (code),
	PRIMARY KEY (emergency_id, unit)
) STRICT, WITHOUT ROWID;
