-- 002-people.sql - the register of people: one record a person.
--
-- A person is not one row but a list of names, numbers, ways to reach them and
-- papers, each with its source and the time it holds for.  Nothing is written
-- over that another unit may still need: a row that no longer holds gets its
-- last day.  Conventions as in 001-office.sql; *_day may be NULL: not known.

-- ---- the person ------------------------------------------------------------

-- Another record of the same person: this one is read under that one.  The
-- rows that hang on it stay where they are, so that the link can be undone.
ALTER TABLE person ADD COLUMN merged_into INTEGER REFERENCES person (id);
-- Lock against disclosure (Auskunftssperre, § 51 BMG): the last day it holds
-- and why.  While it holds nobody outside the office is told anything.
ALTER TABLE person ADD COLUMN lock_day TEXT;
ALTER TABLE person ADD COLUMN lock_reason TEXT;
-- Day of arrival in the country, as told or as a list had it.
ALTER TABLE person ADD COLUMN arrived_day TEXT;
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX person_born ON person (born) WHERE born IS NOT NULL;

-- Days between which a name was borne; kinds: main, birth, previous, alias,
-- spelling (an official paper writes it otherwise), spoken (how they are called).
ALTER TABLE person_name ADD COLUMN from_day TEXT;
ALTER TABLE person_name ADD COLUMN until_day TEXT;

-- Numbers other offices know the person by.  A residence card's number is no
-- number of the person (§ 78 AufenthG): it stands with its document only.
CREATE TABLE person_identifier (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id),
	kind      TEXT NOT NULL,                     -- azr, akn, d_number, tax, iban, ...
	value     TEXT NOT NULL,                     -- to compare: no blanks, no hyphens, capitals
	typed     TEXT NOT NULL,                     -- to show: as it stands on the paper
	source    TEXT,                              -- paper it was read from
	read_day  TEXT,                              -- when it was read there
	until_day TEXT,                              -- another number has taken its place
	checked   INTEGER NOT NULL,                  -- 1: nothing speaks against it
	UNIQUE (person_id, kind, value)
) STRICT;
CREATE INDEX person_identifier_value ON person_identifier (value, kind);

-- Telephone, e-mail: how they are reached.
CREATE TABLE person_contact (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id),
	kind      TEXT NOT NULL CHECK (kind IN ('phone', 'email', 'other')),
	value     TEXT NOT NULL,                     -- as typed
	plain     TEXT NOT NULL,                     -- to find by: digits, last one first (+49 151 and 0151
	                                             -- end alike), or lower case
	note      TEXT,                              -- neighbour, only in the evening
	from_day  TEXT,
	until_day TEXT                               -- NULL: holds
) STRICT;
CREATE INDEX person_contact_person ON person_contact (person_id, id);
CREATE INDEX person_contact_plain ON person_contact (plain);

CREATE TABLE person_address (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id),
	street    TEXT NOT NULL,                     -- with number; room in shared accommodation
	postcode  TEXT,
	city      TEXT,
	country   TEXT,                              -- code list country, NULL: here
	source    TEXT,
	from_day  TEXT,
	until_day TEXT                               -- NULL: lives there
) STRICT;
CREATE INDEX person_address_person ON person_address (person_id, id);

CREATE TABLE person_language (
	id          INTEGER PRIMARY KEY,
	person_id   INTEGER NOT NULL REFERENCES person (id),
	language    TEXT NOT NULL,                   -- code list language
	level       TEXT CHECK (level IN ('native', 'fluent', 'some', 'reads')), -- NULL: not asked
	interpreter TEXT CHECK (interpreter IN ('none', 'needed', 'sign')),      -- NULL: not asked
	preferred   INTEGER NOT NULL,                -- 1: the one to talk in, at most one a person
	UNIQUE (person_id, language)
) STRICT;

-- Papers the person holds.
CREATE TABLE person_document (
	id          INTEGER PRIMARY KEY,
	person_id   INTEGER NOT NULL REFERENCES person (id),
	kind        TEXT NOT NULL,                   -- passport, id_card, residence_card, ...
	number      TEXT NOT NULL,                   -- to compare: no blanks, capitals
	issuer      TEXT,                            -- country, or office in words
	issued_day  TEXT,
	expires_day TEXT,
	source      TEXT,                            -- mrz: read by machine, seen, told
	checked     INTEGER NOT NULL,                -- 1: all check digits of its MRZ hold
	ended_day   TEXT,                            -- lost, handed in, replaced; NULL: holds
	UNIQUE (person_id, kind, number)
) STRICT;
CREATE INDEX person_document_number ON person_document (number);
CREATE INDEX person_document_end ON person_document (expires_day)
	WHERE expires_day IS NOT NULL AND ended_day IS NULL;

-- What ends by itself: residence titles, provisional documents, permissions,
-- tolerations, periods of benefits.  Documents have their own end above.
CREATE TABLE person_term (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id),
	kind      TEXT NOT NULL,                     -- of the catalogue: title, provisional, benefit, ...
	status    TEXT,                              -- code list status: AE25_2, DULD, ...
	from_day  TEXT,
	ends_day  TEXT,                              -- NULL: without end
	source    TEXT,
	ended_day TEXT                               -- replaced or withdrawn; NULL: holds
) STRICT;
CREATE INDEX person_term_person ON person_term (person_id, id);
CREATE INDEX person_term_end ON person_term (kind, ends_day, id)
	WHERE ends_day IS NOT NULL AND ended_day IS NULL;

-- ---- who may change what ---------------------------------------------------

-- Field ownership, loaded from the catalogue: a unit that is not named for a
-- field proposes a change, an owner accepts it.
CREATE TABLE field_owner (
	field TEXT NOT NULL,                         -- family, born, address, identifier.azr, ...
	unit  TEXT NOT NULL REFERENCES unit (code),
	PRIMARY KEY (field, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_proposal (
	id         INTEGER PRIMARY KEY,
	version    INTEGER NOT NULL,
	person_id  INTEGER NOT NULL REFERENCES person (id),
	field      TEXT NOT NULL,
	before     TEXT,                             -- what stood there when it was proposed
	after      TEXT,                             -- what should stand there; NULL: nothing
	reason     TEXT NOT NULL,
	unit       TEXT NOT NULL REFERENCES unit (code), -- that proposes
	state      TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused', 'withdrawn')),
	proposed_at INTEGER NOT NULL,
	proposed_by INTEGER NOT NULL REFERENCES staff (id),
	settled_at INTEGER,
	settled_by INTEGER REFERENCES staff (id),
	answer     TEXT                              -- why refused
) STRICT;
CREATE INDEX person_proposal_person ON person_proposal (person_id, id);
CREATE INDEX person_proposal_open ON person_proposal (id) WHERE state = 'open';

-- ---- households ------------------------------------------------------------

CREATE TABLE household (
	id         INTEGER PRIMARY KEY,
	version    INTEGER NOT NULL,
	from_day   TEXT NOT NULL,
	until_day  TEXT,                             -- nobody lives in it any more
	changed_at INTEGER NOT NULL,
	changed_by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;

-- Who belongs to it, from when until when; a person lives in one at a time.
-- A change of role or of the head closes a row and begins the next, so that
-- each day can be told.
CREATE TABLE household_member (
	id           INTEGER PRIMARY KEY,
	household_id INTEGER NOT NULL REFERENCES household (id),
	person_id    INTEGER NOT NULL REFERENCES person (id),
	role         TEXT NOT NULL CHECK (role IN ('head', 'spouse', 'partner', 'child', 'other')),
	need_head    INTEGER NOT NULL DEFAULT 0,     -- 1: head of the need community (§ 27a SGB XII, § 3a AsylbLG)
	from_day     TEXT NOT NULL,
	until_day    TEXT                            -- last day; NULL: belongs to it
) STRICT;
CREATE INDEX household_member_household ON household_member (household_id, id);
CREATE UNIQUE INDEX household_member_now ON household_member (person_id) WHERE until_day IS NULL;
CREATE INDEX household_member_person ON household_member (person_id, id);

-- Where it lives: decides need levels (§ 3a AsylbLG: flat or shared).
CREATE TABLE household_residence (
	id           INTEGER PRIMARY KEY,
	household_id INTEGER NOT NULL REFERENCES household (id),
	kind         TEXT NOT NULL CHECK (kind IN ('flat', 'shared', 'reception', 'institution')),
	street       TEXT NOT NULL,
	postcode     TEXT,
	city         TEXT,
	from_day     TEXT NOT NULL,
	until_day    TEXT
) STRICT;
CREATE INDEX household_residence_household ON household_residence (household_id, id);

-- What an act on a household leaves to the units, from tasks.conf.
CREATE TABLE task_rule (
	act        TEXT NOT NULL,                    -- birth, move_in, move_out, separation, move, new, head
	key        TEXT NOT NULL,                    -- stable: task.kind
	valid_from TEXT NOT NULL,                    -- day: of the act
	valid_to   TEXT,                             -- last day, NULL: open
	unit       TEXT NOT NULL REFERENCES unit (code),
	about      TEXT NOT NULL,                    -- whom: each, household, remaining, mother
	conditions TEXT,                             -- what must be so, blank between; NULL: always
	name_de    TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	basis      TEXT,                             -- legal basis, as cited
	term       INTEGER NOT NULL,                 -- how many ...
	term_unit  TEXT NOT NULL CHECK (term_unit IN ('working_days', 'days', 'months')),
	position   INTEGER NOT NULL,
	PRIMARY KEY (act, key, valid_from)
) STRICT, WITHOUT ROWID;

-- A small task that an act leaves to a unit.
CREATE TABLE task (
	id         INTEGER PRIMARY KEY,
	version    INTEGER NOT NULL,
	unit       TEXT NOT NULL REFERENCES unit (code),
	kind       TEXT NOT NULL,                    -- key in the catalogue
	name_de    TEXT NOT NULL,                    -- as it was worded then
	name_en    TEXT NOT NULL,
	basis      TEXT,                             -- legal basis, as cited
	person_id  INTEGER NOT NULL REFERENCES person (id),
	household_id INTEGER REFERENCES household (id),
	due_day    TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
	note       TEXT,                             -- how it was done, why dropped
	opened_at  INTEGER NOT NULL,
	opened_by  INTEGER NOT NULL REFERENCES staff (id),
	changed_at INTEGER NOT NULL,
	changed_by INTEGER NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX task_unit ON task (unit, state, due_day, id);
CREATE INDEX task_person ON task (person_id, state, due_day, id);
CREATE INDEX task_household ON task (household_id, state, due_day, id)
	WHERE household_id IS NOT NULL;

-- ---- the same person twice -------------------------------------------------

-- Two records that may be one person.  different: somebody has looked, the
-- hint does not come back.
CREATE TABLE person_pair (
	first_id   INTEGER NOT NULL REFERENCES person (id),
	second_id  INTEGER NOT NULL REFERENCES person (id) CHECK (first_id < second_id),
	score      INTEGER NOT NULL,                 -- 100: certain
	state      TEXT NOT NULL CHECK (state IN ('suspected', 'different', 'merged')),
	reason     TEXT,                             -- why different
	found_at   INTEGER NOT NULL,
	settled_at INTEGER,
	settled_by INTEGER REFERENCES staff (id),
	PRIMARY KEY (first_id, second_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_pair_second ON person_pair (second_id);
CREATE INDEX person_pair_score ON person_pair (score DESC, first_id, second_id)
	WHERE state = 'suspected';

-- A link of two records: proposed by one person, approved by another, undone
-- by either; never deleted (retention: as long as the person's record).
CREATE TABLE person_merge (
	id          INTEGER PRIMARY KEY,
	version     INTEGER NOT NULL,
	survivor_id INTEGER NOT NULL REFERENCES person (id),
	merged_id   INTEGER NOT NULL REFERENCES person (id),
	state       TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'refused', 'undone')),
	choices     TEXT NOT NULL,                   -- JSON: field -> survivor or merged
	before      TEXT,                            -- JSON: the survivor's fields, to put back
	reason      TEXT NOT NULL,
	proposed_at INTEGER NOT NULL,
	proposed_by INTEGER NOT NULL REFERENCES staff (id),
	settled_at  INTEGER,                         -- approved or refused
	settled_by  INTEGER REFERENCES staff (id),
	undone_at   INTEGER,
	undone_by   INTEGER REFERENCES staff (id),
	answer      TEXT                             -- why refused, why undone
) STRICT;
CREATE UNIQUE INDEX person_merge_open ON person_merge (merged_id) WHERE state IN ('proposed', 'approved');
CREATE INDEX person_merge_survivor ON person_merge (survivor_id, id);
CREATE INDEX person_merge_proposed ON person_merge (id) WHERE state = 'proposed';

-- ---- the radar: what ends by itself (catalogue: radar.conf) ------------------

CREATE TABLE radar_kind (
	kind     TEXT NOT NULL PRIMARY KEY,          -- of person_term or of person_document
	source   TEXT NOT NULL CHECK (source IN ('term', 'document')),
	unit     TEXT NOT NULL REFERENCES unit (code), -- that has to act
	stages   TEXT NOT NULL,                      -- weeks before the end, blank between: 8 3 1
	replaces TEXT NOT NULL,                      -- kinds that are over with a new one of this
	name_de  TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	basis    TEXT NOT NULL,                      -- legal basis, as cited
	position INTEGER NOT NULL
) STRICT;
-- Units whose clerks see items of a kind.
CREATE TABLE radar_unit (
	kind TEXT NOT NULL REFERENCES radar_kind (kind),
	unit TEXT NOT NULL REFERENCES unit (code),
	PRIMARY KEY (kind, unit)
) STRICT, WITHOUT ROWID;
-- Services that renew it; the first one is offered to be opened.
CREATE TABLE radar_service (
	kind     TEXT NOT NULL REFERENCES radar_kind (kind),
	service  TEXT NOT NULL,                      -- service.code
	position INTEGER NOT NULL,
	PRIMARY KEY (kind, service)
) STRICT, WITHOUT ROWID;
-- Papers by kind and end, as terms are.
CREATE INDEX person_document_kind_end ON person_document (kind, expires_day, id)
	WHERE expires_day IS NOT NULL AND ended_day IS NULL;

-- ---- people brought in from a file -----------------------------------------

-- Which row of a file became which person: the same row brings nobody twice,
-- whatever clerks have mended in the record since.
CREATE TABLE person_import (
	digest    TEXT NOT NULL PRIMARY KEY,         -- of all columns of the row, cleaned: SHA-256 in hex
	person_id INTEGER NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_import_person ON person_import (person_id);
