-- 015-retention.sql - how long cases are kept, and how they go.

-- A class of records and its term, from retention.conf.  A change of law adds
-- a row with a new validity.
CREATE TABLE retention_rule (
	class      TEXT NOT NULL,                    -- benefit_file, ...
	valid_from TEXT NOT NULL,                    -- day
	valid_to   TEXT,                             -- last day, NULL: open
	name_de    TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	basis      TEXT NOT NULL,                    -- legal basis, as cited
	certain    INTEGER NOT NULL,                 -- 1: by statute; 0: a default of the house
	starts     TEXT NOT NULL,                    -- closing, year_end (of closing), contact (the last one)
	amount     INTEGER,                          -- NULL: no term runs by itself
	term_unit  TEXT,                             -- days, months, years
	position   INTEGER NOT NULL,
	PRIMARY KEY (class, valid_from)
) STRICT, WITHOUT ROWID;

-- Which class the cases of a service belong to.
CREATE TABLE retention_service (
	service TEXT NOT NULL PRIMARY KEY,           -- service.code
	class   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A case that stays although it is due: an objection, a court, a claim.
CREATE TABLE retention_hold (
	case_id   INTEGER PRIMARY KEY REFERENCES case_file (id),
	reason    TEXT NOT NULL,
	until_day TEXT NOT NULL,                     -- last day; none is without end
	staff_id  INTEGER NOT NULL REFERENCES staff (id),
	at        INTEGER NOT NULL
) STRICT;

-- A deletion: proposed by one, approved by another, done by tresen-admin.
CREATE TABLE retention_run (
	id          INTEGER PRIMARY KEY,
	state       TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'withdrawn', 'running', 'done')),
	cases       INTEGER NOT NULL,                -- how many it was proposed for; then, that went
	people      INTEGER,                         -- records that went with them, NULL: not done
	proposed_by INTEGER NOT NULL REFERENCES staff (id),
	proposed_at INTEGER NOT NULL,
	settled_by  INTEGER REFERENCES staff (id),   -- who approved or withdrew
	settled_at  INTEGER,
	done_at     INTEGER
) STRICT;
CREATE UNIQUE INDEX retention_run_open ON retention_run (proposed_at IS NOT NULL)
	WHERE state = 'proposed' OR state = 'approved';

-- The cases of a run; they go with it.
CREATE TABLE retention_item (
	run_id  INTEGER NOT NULL REFERENCES retention_run (id),
	case_id INTEGER NOT NULL REFERENCES case_file (id),
	PRIMARY KEY (run_id, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX retention_item_case ON retention_item (case_id);

-- Steps of a visit go only with the visit, and only in such a run.
DROP TRIGGER visit_step_remains;
CREATE TRIGGER visit_step_remains BEFORE DELETE ON visit_step
WHEN NOT EXISTS (SELECT 1 FROM retention_run WHERE state = 'running')
BEGIN SELECT RAISE(ABORT, 'a step of a visit is never deleted'); END;
