-- 004-catalogue.sql - what people say when they come, what happens then, and
-- what it costs.  Loaded from data/catalogue (concerns.conf, fees.conf); a
-- service is named by its code, because all of it outlives a change of law.

-- What the counter does about a service.
CREATE TABLE service_advice (
	service TEXT NOT NULL PRIMARY KEY,           -- service.code
	act     TEXT NOT NULL CHECK (act IN ('finish', 'take_in', 'appointment', 'route')),
	do_de   TEXT NOT NULL,                       -- what to do, in one line
	do_en   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Phrases in which people name their concern.
CREATE TABLE service_word (
	service  TEXT NOT NULL,                      -- service.code
	language TEXT NOT NULL,                      -- of the phrase: de, en, ar, ...
	position INTEGER NOT NULL,
	words    TEXT NOT NULL,                      -- as people say it, shown as the reason
	form     TEXT NOT NULL,                      -- its telling words, as they are compared
	PRIMARY KEY (service, language, position)
) STRICT, WITHOUT ROWID;

-- Words that say nothing about a concern: my, have, please.
CREATE TABLE filler_word (
	form TEXT NOT NULL PRIMARY KEY               -- as it is compared
) STRICT, WITHOUT ROWID;

-- A fee.  A new amount is a new row, so that it can be loaded before its day.
CREATE TABLE fee (
	code       TEXT NOT NULL,                    -- F45_1, stable
	valid_from TEXT NOT NULL,                    -- day
	valid_to   TEXT,                             -- last day, NULL: open
	name_de    TEXT NOT NULL,
	name_en    TEXT NOT NULL,
	basis      TEXT NOT NULL,                    -- legal basis, as cited
	cents      INTEGER,                          -- NULL: a share of another fee, see note
	minors     TEXT NOT NULL CHECK (minors IN ('half', 'full', 'special')),
	waiver     INTEGER NOT NULL,                 -- 1: free with benefits, § 53(1) AufenthV
	note_de    TEXT,                             -- what else to know
	note_en    TEXT,
	position   INTEGER NOT NULL,
	PRIMARY KEY (code, valid_from)
) STRICT, WITHOUT ROWID;

-- Fees that are shown with a service.
CREATE TABLE service_fee (
	service TEXT NOT NULL,                       -- service.code
	fee     TEXT NOT NULL,                       -- fee.code
	PRIMARY KEY (service, fee)
) STRICT, WITHOUT ROWID;
