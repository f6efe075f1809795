-- 001-office.sql - the office file.
--
-- State tables hold the present.  Table event holds what happened: each change
-- to a state table is in the changeset of exactly one event (tresen-admin
-- check rebuilds the state from them).  Derived tables at the end are neither
-- recorded nor trusted: they can be rebuilt.
--
-- Conventions.  *_at: instant, seconds since 1970 UTC.  *_day: civil day in
-- Europe/Berlin as YYYY-MM-DD, so that it sorts, and reads in any tool.
-- version: grows by one with each change; an edit names the version it saw.
-- *_de, *_en: words of the catalogue; the interface's own are in gettext.
-- Small tables with a key of text are WITHOUT ROWID: a row is one page away,
-- not two, and every session reads them again after a commit of another one.
-- A CHECK on a column that acts change spells out its values with OR: for a
-- list of more than two SQLite builds a table at each change.

-- Which texts of the schema made this file, by their checksums: a program with
-- another text under the same number must not touch it.
CREATE TABLE schema_step (
	step INTEGER PRIMARY KEY,
	sum  INTEGER NOT NULL                        -- CRC of the migration, as cksum prints it
) STRICT;

-- What this file is.  Keys: name (of the office), training ('yes' allows
-- acting as demo staff), land (for holidays), created_at.
CREATE TABLE office (
	key   TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- catalogue: facts as data, loaded from data/catalogue ------------------

-- An organisational unit.  Units are configuration: no code is in the program.
CREATE TABLE unit (
	code         TEXT NOT NULL PRIMARY KEY,      -- stable, e.g. residence
	name_de      TEXT NOT NULL,
	name_en      TEXT NOT NULL,
	front        INTEGER NOT NULL DEFAULT 0,     -- 1: takes people in at the counter
	closed       INTEGER NOT NULL DEFAULT 0,     -- 1: compartment, § 203 StGB
	figures_only INTEGER NOT NULL DEFAULT 0,     -- 1: sees counts, never people
	active       INTEGER NOT NULL DEFAULT 1,     -- 0: switched off, no trace shown
	position     INTEGER NOT NULL                -- order on screens
) STRICT, WITHOUT ROWID;

-- A place with counters: the main house, a branch office.
CREATE TABLE site (
	code     TEXT NOT NULL PRIMARY KEY,
	name_de  TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counter (
	code     TEXT NOT NULL PRIMARY KEY,          -- e.g. main-3
	site     TEXT NOT NULL REFERENCES site (code),
	name_de  TEXT NOT NULL,                      -- as called out: Schalter 3
	name_en  TEXT NOT NULL,
	position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A service of the centre.  A change of law adds a row with a new validity;
-- a case keeps the row it was opened under.
CREATE TABLE service (
	id             INTEGER PRIMARY KEY,
	code           TEXT NOT NULL,                -- S02, stable
	valid_from     TEXT NOT NULL,                -- day
	valid_to       TEXT,                         -- last day, NULL: open
	name_de        TEXT NOT NULL,
	name_en        TEXT NOT NULL,
	unit           TEXT NOT NULL REFERENCES unit (code),
	lane           TEXT NOT NULL CHECK (lane IN ('counter', 'back', 'both')),
	letter         TEXT NOT NULL,                -- first sign of its tickets
	target_minutes INTEGER,                      -- at the counter, NULL: never there
	target_days    INTEGER,                      -- working days in the back office
	basis          TEXT NOT NULL,                -- legal basis, as cited
	checklist      TEXT,                         -- list of papers, NULL: none
	form           TEXT,                         -- key of its intake form
	position       INTEGER NOT NULL,
	UNIQUE (code, valid_from)
) STRICT;

-- Papers that a service asks for (after includes have been resolved).
CREATE TABLE checklist_item (
	checklist TEXT NOT NULL,
	key       TEXT NOT NULL,                     -- e.g. PASS
	name_de   TEXT NOT NULL,
	name_en   TEXT NOT NULL,
	required  INTEGER NOT NULL,                  -- 1: a decision needs it
	position  INTEGER NOT NULL,
	PRIMARY KEY (checklist, key)
) STRICT;

-- Public holidays of the Land of the office: no working day.
CREATE TABLE holiday (
	day     TEXT NOT NULL PRIMARY KEY,
	name_de TEXT NOT NULL,
	name_en TEXT NOT NULL
) STRICT;

-- Lanes of the waiting room.  The bonus is how many minutes of waiting a lane
-- is worth: finite, so that nobody starves; all figures are house values.
CREATE TABLE lane (
	code          TEXT NOT NULL PRIMARY KEY,     -- normal, title_expiry, ...
	name_de       TEXT NOT NULL,
	name_en       TEXT NOT NULL,
	bonus_minutes INTEGER NOT NULL,
	quota         INTEGER,                       -- a day, NULL: none
	position      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Code lists: country (ISO 3166 alpha-3), language (ISO 639), and others.
CREATE TABLE code (
	list     TEXT NOT NULL,
	code     TEXT NOT NULL,
	name_de  TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	position INTEGER NOT NULL,
	PRIMARY KEY (list, code)
) STRICT;

-- Intake forms as text; a version never changes once cases point to it.
CREATE TABLE form (
	key        TEXT NOT NULL,
	version    INTEGER NOT NULL,
	valid_from TEXT NOT NULL,                    -- day
	source     TEXT NOT NULL,                    -- text of the .form file
	PRIMARY KEY (key, version)
) STRICT;

-- ---- people who work here --------------------------------------------------

CREATE TABLE staff (
	id      INTEGER PRIMARY KEY,
	login   TEXT NOT NULL UNIQUE,
	uid     INTEGER UNIQUE,                      -- unix user, NULL: demo staff
	name    TEXT NOT NULL,
	role    TEXT NOT NULL CHECK (role IN
	        ('counter', 'clerk', 'supervisor', 'steering', 'dpo', 'admin')),
	unit    TEXT NOT NULL REFERENCES unit (code),
	site    TEXT NOT NULL REFERENCES site (code),
	counter TEXT REFERENCES counter (code),      -- where they usually sit
	active  INTEGER NOT NULL DEFAULT 1           -- 0: left; never deleted
) STRICT;

-- ---- people who come -------------------------------------------------------

-- One record a person, shared by the units.
CREATE TABLE person (
	id         INTEGER PRIMARY KEY,
	version    INTEGER NOT NULL,
	display    TEXT NOT NULL,                    -- "HADDAD, Rania", by rule from the names
	sort_key   TEXT NOT NULL,                    -- search form of display: German order of lists
	born       TEXT,                             -- YYYY, YYYY-MM or YYYY-MM-DD: as exact as known
	sex        TEXT CHECK (sex IN ('m', 'f', 'd', 'x')), -- x: not stated
	unit       TEXT REFERENCES unit (code),      -- where the record was made: may correct it at first
	created_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL,
	changed_by INTEGER REFERENCES staff (id)     -- NULL: the administrator's program
) STRICT;

-- Names are rows: main, birth, previous, alias, spelling (§ 64(2) AufenthV,
-- § 3 AZRG).  A single name stands in family, with given NULL.
CREATE TABLE person_name (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id),
	kind      TEXT NOT NULL,
	family    TEXT NOT NULL,
	given     TEXT,
	script    TEXT NOT NULL DEFAULT 'Latn',      -- ISO 15924
	source    TEXT                               -- paper it was read from
) STRICT;
CREATE INDEX person_name_person ON person_name (person_id);

CREATE TABLE person_nationality (
	person_id INTEGER NOT NULL REFERENCES person (id),
	country   TEXT NOT NULL,                     -- code list country
	PRIMARY KEY (person_id, country)
) STRICT;

-- ---- the counter -----------------------------------------------------------

CREATE TABLE visit (
	id          INTEGER PRIMARY KEY,
	version     INTEGER NOT NULL,
	site        TEXT NOT NULL REFERENCES site (code),
	day         TEXT NOT NULL,                   -- business day of the ticket
	letter      TEXT NOT NULL,
	number      INTEGER NOT NULL,                -- A018: per site, day, letter
	person_id   INTEGER REFERENCES person (id),  -- NULL: not yet known
	concern     TEXT,                            -- in the clerk's words, when no service fits
	service_id  INTEGER REFERENCES service (id),
	language    TEXT,
	people      INTEGER NOT NULL DEFAULT 1,      -- who came together
	note        TEXT,
	lane        TEXT NOT NULL REFERENCES lane (code),
	lane_reason TEXT,                            -- why a clerk chose another lane
	state       TEXT NOT NULL CHECK (state = 'waiting' OR state = 'called' OR
	            state = 'serving' OR state = 'parked' OR state = 'absent' OR
	            state = 'finished'),
	arrived_at  INTEGER NOT NULL,                -- never changes, whatever happens
	rank_at     INTEGER NOT NULL,                -- arrived_at less the lane's bonus
	counter     TEXT REFERENCES counter (code),  -- where they were called to last
	staff_id    INTEGER REFERENCES staff (id),   -- who has them
	called_at   INTEGER,                         -- last call
	started_at  INTEGER,                         -- last time they sat down
	finished_at INTEGER,
	calls       INTEGER NOT NULL DEFAULT 0,
	outcome     TEXT CHECK (outcome = 'done' OR outcome = 'taken_in' OR
	            outcome = 'handed_out' OR outcome = 'left'),
	case_id     INTEGER REFERENCES case_file (id),
	changed_at  INTEGER NOT NULL,
	changed_by  INTEGER NOT NULL REFERENCES staff (id),
	UNIQUE (site, day, letter, number)
) STRICT;
-- The waiting room and who is where.
CREATE INDEX visit_room ON visit (site, state, rank_at, id);
-- How fast it goes, from the last hour.
CREATE INDEX visit_done ON visit (site, finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX visit_person ON visit (person_id, id);
CREATE INDEX visit_staff ON visit (staff_id, state);

-- Each step of a visit with its time; rows are only ever added.
CREATE TABLE visit_step (
	visit_id INTEGER NOT NULL REFERENCES visit (id),
	step     INTEGER NOT NULL,                   -- 1, 2, ...
	at       INTEGER NOT NULL,
	state    TEXT NOT NULL,                      -- state that began here
	staff_id INTEGER NOT NULL REFERENCES staff (id),
	counter  TEXT,
	PRIMARY KEY (visit_id, step)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER visit_step_stays BEFORE UPDATE ON visit_step
BEGIN SELECT RAISE(ABORT, 'a step of a visit is never changed'); END;
CREATE TRIGGER visit_step_remains BEFORE DELETE ON visit_step
BEGIN SELECT RAISE(ABORT, 'a step of a visit is never deleted'); END;

-- ---- cases -----------------------------------------------------------------

CREATE TABLE case_file (
	id            INTEGER PRIMARY KEY,
	version       INTEGER NOT NULL,
	year          INTEGER NOT NULL,
	number        INTEGER NOT NULL,              -- 2026-004711: year and number
	person_id     INTEGER NOT NULL REFERENCES person (id),
	service_id    INTEGER NOT NULL REFERENCES service (id),
	form_version  INTEGER,                       -- of the service's form, as asked
	site          TEXT NOT NULL REFERENCES site (code), -- where it is handed out
	visit_id      INTEGER REFERENCES visit (id), -- where it began
	unit          TEXT NOT NULL REFERENCES unit (code), -- the one unit responsible now
	owner_id      INTEGER REFERENCES staff (id), -- the clerk working on it, NULL: pool
	state         TEXT NOT NULL CHECK (state = 'intake' OR state = 'open' OR
	              state = 'in_work' OR state = 'waiting' OR state = 'decided' OR
	              state = 'handed_out' OR state = 'closed'),
	offered_to    TEXT REFERENCES unit (code),   -- open hand-over, still ours until accepted
	opened_at     INTEGER NOT NULL,
	opened_day    TEXT NOT NULL,                 -- business day of opened_at; ageing counts from it
	arrived_day   TEXT NOT NULL,                 -- when this unit became responsible
	due_day       TEXT NOT NULL,                 -- when it must be decided
	due_why       TEXT NOT NULL,                 -- target, title: what set due_day
	rank_day      TEXT NOT NULL,                 -- order of the queue: due_day, no later than the ageing limit
	asked         INTEGER NOT NULL DEFAULT 1,    -- how often the person asked
	wait_reason   TEXT,                          -- in state waiting: for what
	wait_day      TEXT,                          -- in state waiting: until when
	result        TEXT CHECK (result = 'granted' OR result = 'refused' OR
	              result = 'withdrawn' OR result = 'settled'),
	result_reason TEXT,
	decided_day   TEXT,
	changed_at    INTEGER NOT NULL,
	changed_by    INTEGER NOT NULL REFERENCES staff (id),
	UNIQUE (year, number),
	-- the indexes of the queue trust in this
	CHECK ((decided_day IS NULL) <>
	       (state = 'decided' OR state = 'handed_out' OR state = 'closed'))
) STRICT;
-- One index for each order that a queue offers.  Of undecided cases the state
-- stands behind the day: a claim changes one page of each.  Of the others there
-- are years: each state is a range of its own.
CREATE INDEX case_by_rank ON case_file (unit, rank_day, state) WHERE decided_day IS NULL;
CREATE INDEX case_by_due ON case_file (unit, due_day, state) WHERE decided_day IS NULL;
CREATE INDEX case_by_age ON case_file (unit, opened_day, state) WHERE decided_day IS NULL;
CREATE INDEX case_done_by_rank ON case_file (unit, state, rank_day)
	WHERE decided_day IS NOT NULL;
CREATE INDEX case_done_by_due ON case_file (unit, state, due_day)
	WHERE decided_day IS NOT NULL;
CREATE INDEX case_done_by_age ON case_file (unit, state, opened_day)
	WHERE decided_day IS NOT NULL;
CREATE INDEX case_by_owner ON case_file (owner_id, state, rank_day, id)
	WHERE owner_id IS NOT NULL;
CREATE INDEX case_by_person ON case_file (person_id, id);
CREATE INDEX case_by_site ON case_file (site, id) WHERE state = 'decided';
CREATE INDEX case_by_arrival ON case_file (unit, arrived_day);
CREATE INDEX case_by_decision ON case_file (unit, decided_day) WHERE decided_day IS NOT NULL;

-- Answers to the intake form, a row a field: so the history tells fields, and
-- two people clash only where both changed the same one.
CREATE TABLE case_answer (
	case_id INTEGER NOT NULL REFERENCES case_file (id),
	field   TEXT NOT NULL,                       -- stable key in the form
	value   TEXT NOT NULL,                       -- canonical: day, yes/no, cents, code, text;
	                                             -- '': taken away, kept so that a clash shows
	version INTEGER NOT NULL,                    -- of the case when it was written
	changed_at INTEGER NOT NULL,
	changed_by INTEGER NOT NULL REFERENCES staff (id),
	PRIMARY KEY (case_id, field)
) STRICT, WITHOUT ROWID;

-- The checklist of a case: which papers, and how far they are.
CREATE TABLE case_document (
	case_id    INTEGER NOT NULL REFERENCES case_file (id),
	key        TEXT NOT NULL,                    -- checklist_item.key
	name_de    TEXT NOT NULL,                    -- as asked for then
	name_en    TEXT NOT NULL,
	required   INTEGER NOT NULL,
	position   INTEGER NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('missing', 'received', 'verified', 'waived')),
	reason     TEXT,                             -- why waived
	changed_at INTEGER,
	changed_by INTEGER REFERENCES staff (id),
	PRIMARY KEY (case_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_note (
	id       INTEGER PRIMARY KEY,
	case_id  INTEGER NOT NULL REFERENCES case_file (id),
	at       INTEGER NOT NULL,
	staff_id INTEGER NOT NULL REFERENCES staff (id),
	unit     TEXT NOT NULL REFERENCES unit (code), -- where it was written: what a closed
	                                             -- unit noted stays there, wherever the case goes
	text     TEXT NOT NULL
) STRICT;
CREATE INDEX case_note_case ON case_note (case_id, id);

-- A hand-over between units.  While offered the case still belongs to
-- from_unit: at every moment exactly one unit is responsible.
CREATE TABLE handover (
	id         INTEGER PRIMARY KEY,
	version    INTEGER NOT NULL,
	case_id    INTEGER NOT NULL REFERENCES case_file (id),
	from_unit  TEXT NOT NULL REFERENCES unit (code),
	to_unit    TEXT NOT NULL REFERENCES unit (code),
	state      TEXT NOT NULL CHECK (state IN ('offered', 'accepted', 'returned', 'withdrawn')),
	reason     TEXT,                             -- why sent although papers are missing
	missing    TEXT NOT NULL,                    -- required papers missing then: keys, blank between
	offered_at INTEGER NOT NULL,
	offered_by INTEGER NOT NULL REFERENCES staff (id),
	due_day    TEXT NOT NULL,                    -- to be answered by
	settled_at INTEGER,
	settled_by INTEGER REFERENCES staff (id),
	answer     TEXT                              -- reason of a return
) STRICT;
CREATE UNIQUE INDEX handover_open ON handover (case_id) WHERE state = 'offered';
CREATE INDEX handover_in ON handover (to_unit, state, due_day, id);
CREATE INDEX handover_out ON handover (from_unit, state, due_day, id);
CREATE INDEX handover_case ON handover (case_id, id);

-- ---- events: the truth -----------------------------------------------------

CREATE TABLE event (
	seq        INTEGER PRIMARY KEY,
	at         INTEGER NOT NULL,
	staff_id   INTEGER,                          -- NULL: the administrator's program
	unit       TEXT,                             -- of the actor, then
	site       TEXT,
	terminal   TEXT,                             -- the client program, as it named itself
	command    TEXT NOT NULL,                    -- case.claim
	request_id TEXT,                             -- chosen by the client
	reason     TEXT,                             -- why, in the actor's words
	topics     INTEGER NOT NULL,                 -- kinds of its objects, a bit each: who must redraw
	changeset  BLOB NOT NULL                     -- SQLite changeset over the state tables
) STRICT;
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- Which objects an event is about: their history.
CREATE TABLE event_object (
	kind TEXT NOT NULL,                          -- case, visit, person, handover, ...
	id   INTEGER NOT NULL,
	seq  INTEGER NOT NULL REFERENCES event (seq),
	PRIMARY KEY (kind, id, seq)
) STRICT, WITHOUT ROWID;

-- ---- derived and passing: not recorded -------------------------------------

-- Replies to writing requests: a repeated request is answered from here.
CREATE TABLE reply (
	id         INTEGER PRIMARY KEY,              -- rises: the oldest come first, no index by age
	staff_id   INTEGER NOT NULL,
	request_id TEXT NOT NULL,
	command    TEXT NOT NULL,
	at         INTEGER NOT NULL,
	reply      TEXT NOT NULL,                    -- the result, JSON
	UNIQUE (staff_id, request_id)
) STRICT;

-- What a clerk has typed and not yet handed in.
CREATE TABLE draft (
	staff_id INTEGER NOT NULL,
	key      TEXT NOT NULL,                      -- screen and object: takein:18
	body     TEXT NOT NULL,                      -- JSON, known to the client only
	saved_at INTEGER NOT NULL,
	PRIMARY KEY (staff_id, key)
) STRICT, WITHOUT ROWID;

-- Name parts in search form, for finding people by any of them.
CREATE TABLE name_part (
	part      TEXT NOT NULL,
	person_id INTEGER NOT NULL,
	PRIMARY KEY (part, person_id)
) STRICT, WITHOUT ROWID;

-- How many undecided cases by unit and day of opening: counts cost no scan.  A
-- column a state: an act that changes it writes one page.  A day of which
-- nothing is left is no row: closed cases leave nothing here.
CREATE TABLE case_count (
	unit       TEXT NOT NULL,
	opened_day TEXT NOT NULL,
	intake     INTEGER NOT NULL,
	open       INTEGER NOT NULL,
	in_work    INTEGER NOT NULL,
	waiting    INTEGER NOT NULL,
	PRIMARY KEY (unit, opened_day)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER case_count_insert AFTER INSERT ON case_file
BEGIN
	INSERT INTO case_count VALUES (NEW.unit, NEW.opened_day, NEW.state = 'intake',
	NEW.state = 'open', NEW.state = 'in_work', NEW.state = 'waiting')
	ON CONFLICT DO UPDATE SET intake = intake + excluded.intake, open = open + excluded.open,
	in_work = in_work + excluded.in_work, waiting = waiting + excluded.waiting;
END;
-- What acts do all day: another state on the same day, which has its row.
CREATE TRIGGER case_count_work AFTER UPDATE OF unit, state, opened_day ON case_file
WHEN OLD.decided_day IS NULL AND NEW.decided_day IS NULL AND OLD.state <> NEW.state AND
	OLD.unit = NEW.unit AND OLD.opened_day = NEW.opened_day
BEGIN
	UPDATE case_count SET intake = intake + (NEW.state = 'intake') - (OLD.state = 'intake'),
	open = open + (NEW.state = 'open') - (OLD.state = 'open'),
	in_work = in_work + (NEW.state = 'in_work') - (OLD.state = 'in_work'),
	waiting = waiting + (NEW.state = 'waiting') - (OLD.state = 'waiting')
	WHERE unit = NEW.unit AND opened_day = NEW.opened_day;
END;
CREATE TRIGGER case_count_move AFTER UPDATE OF unit, state, opened_day ON case_file
WHEN OLD.unit <> NEW.unit OR OLD.opened_day <> NEW.opened_day OR
	(OLD.decided_day IS NULL) <> (NEW.decided_day IS NULL)
BEGIN
	INSERT INTO case_count VALUES (NEW.unit, NEW.opened_day, NEW.state = 'intake',
	NEW.state = 'open', NEW.state = 'in_work', NEW.state = 'waiting')
	ON CONFLICT DO UPDATE SET intake = intake + excluded.intake, open = open + excluded.open,
	in_work = in_work + excluded.in_work, waiting = waiting + excluded.waiting;
	UPDATE case_count SET intake = intake - (OLD.state = 'intake'),
	open = open - (OLD.state = 'open'), in_work = in_work - (OLD.state = 'in_work'),
	waiting = waiting - (OLD.state = 'waiting')
	WHERE unit = OLD.unit AND opened_day = OLD.opened_day;
	DELETE FROM case_count WHERE unit = OLD.unit AND opened_day = OLD.opened_day
	AND intake + open + in_work + waiting = 0;
END;
CREATE TRIGGER case_count_delete AFTER DELETE ON case_file
BEGIN
	UPDATE case_count SET intake = intake - (OLD.state = 'intake'),
	open = open - (OLD.state = 'open'), in_work = in_work - (OLD.state = 'in_work'),
	waiting = waiting - (OLD.state = 'waiting')
	WHERE unit = OLD.unit AND opened_day = OLD.opened_day;
	DELETE FROM case_count WHERE unit = OLD.unit AND opened_day = OLD.opened_day
	AND intake + open + in_work + waiting = 0;
END;
