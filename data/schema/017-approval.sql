-- 017-approval.sql - decisions that a second person approves, and staff who go.

-- A decision that is proposed and waits for somebody else: result and its
-- reason stand in their columns already, the day of decision does not.
ALTER TABLE case_file ADD COLUMN proposed_by INTEGER REFERENCES staff (id); -- who decided so; stays when it is approved
ALTER TABLE case_file ADD COLUMN proposed_at INTEGER;    -- since when it waits, or waited

-- One more state of a case, before the decided ones.  SQLite has no statement
-- that changes a CHECK, and a table that half of the file refers to is not
-- made anew: nothing changes but what the rows are checked by.  RESET reads the
-- schema again; the columns above have told other connections.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'state = ''waiting'' OR state = ''decided''',
	'state = ''waiting'' OR state = ''proposed'' OR state = ''decided''')
WHERE type = 'table' AND name = 'case_file';
PRAGMA writable_schema = RESET;

-- Which decisions need a second person (services.conf).  Of a service as it was
-- when the case was opened.
CREATE TABLE approval_rule (
	service_id  INTEGER NOT NULL REFERENCES service (id),
	result      TEXT NOT NULL,                   -- granted, refused, ...
	field       TEXT,                            -- only if this amount of its form is above ...
	above_cents INTEGER,                         -- ... this, or is not known; NULL: always
	name_de     TEXT NOT NULL,                   -- why, in a few words
	name_en     TEXT NOT NULL,
	basis       TEXT NOT NULL,                   -- legal basis or house rule, as cited
	certain     INTEGER NOT NULL,                -- 1: by statute; 0: a default of the house
	PRIMARY KEY (service_id, result)
) STRICT, WITHOUT ROWID;

-- The counter of cases has the new state, too.
ALTER TABLE case_count ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER case_count_insert;
DROP TRIGGER case_count_work;
DROP TRIGGER case_count_move;
DROP TRIGGER case_count_delete;
CREATE TRIGGER case_count_insert AFTER INSERT ON case_file
BEGIN
	INSERT INTO case_count VALUES (NEW.unit, NEW.opened_day, NEW.state = 'intake',
	NEW.state = 'open', NEW.state = 'in_work', NEW.state = 'waiting', NEW.state = 'proposed')
	ON CONFLICT DO UPDATE SET intake = intake + excluded.intake, open = open + excluded.open,
	in_work = in_work + excluded.in_work, waiting = waiting + excluded.waiting,
	proposed = proposed + excluded.proposed;
END;
-- What acts do all day: another state on the same day, which has its row.
CREATE TRIGGER case_count_work AFTER UPDATE OF unit, state, opened_day ON case_file
WHEN OLD.decided_day IS NULL AND NEW.decided_day IS NULL AND OLD.state <> NEW.state AND
	OLD.unit = NEW.unit AND OLD.opened_day = NEW.opened_day
BEGIN
	UPDATE case_count SET intake = intake + (NEW.state = 'intake') - (OLD.state = 'intake'),
	open = open + (NEW.state = 'open') - (OLD.state = 'open'),
	in_work = in_work + (NEW.state = 'in_work') - (OLD.state = 'in_work'),
	waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting'),
	proposed = proposed + (NEW.state = 'proposed') - (OLD.state = 'proposed')
	WHERE unit = NEW.unit AND opened_day = NEW.opened_day;
END;
CREATE TRIGGER case_count_move AFTER UPDATE OF unit, state, opened_day ON case_file
WHEN OLD.unit <> NEW.unit OR OLD.opened_day <> NEW.opened_day OR
	(OLD.decided_day IS NULL) <> (NEW.decided_day IS NULL)
BEGIN
	INSERT INTO case_count VALUES (NEW.unit, NEW.opened_day, NEW.state = 'intake',
	NEW.state = 'open', NEW.state = 'in_work', NEW.state = 'waiting', NEW.state = 'proposed')
	ON CONFLICT DO UPDATE SET intake = intake + excluded.intake, open = open + excluded.open,
	in_work = in_work + excluded.in_work, waiting = waiting + excluded.waiting,
	proposed = proposed + excluded.proposed;
	UPDATE case_count SET intake = intake - (OLD.state = 'intake'),
	open = open - (OLD.state = 'open'), in_work = in_work - (OLD.state = 'in_work'),
	waiting = waiting - (OLD.state = 'waiting'), proposed = proposed - (OLD.state = 'proposed')
	WHERE unit = OLD.unit AND opened_day = OLD.opened_day;
	DELETE FROM case_count WHERE unit = OLD.unit AND opened_day = OLD.opened_day
	AND intake + open + in_work + waiting + proposed = 0;
END;
CREATE TRIGGER case_count_delete AFTER DELETE ON case_file
BEGIN
	UPDATE case_count SET intake = intake - (OLD.state = 'intake'),
	open = open - (OLD.state = 'open'), in_work = in_work - (OLD.state = 'in_work'),
	waiting = waiting - (OLD.state = 'waiting'), proposed = proposed - (OLD.state = 'proposed')
	WHERE unit = OLD.unit AND opened_day = OLD.opened_day;
	DELETE FROM case_count WHERE unit = OLD.unit AND opened_day = OLD.opened_day
	AND intake + open + in_work + waiting + proposed = 0;
END;

-- Staff who have left, or will: their row stays, and so does who they were.
ALTER TABLE staff ADD COLUMN until_day TEXT;             -- last day they may work; NULL: open
ALTER TABLE staff ADD COLUMN former_uid INTEGER;         -- unix user that went to another person since
