-- 018-quicker.sql - the same answers from fewer reads: who bears a spelling, what
-- a country is called.

-- With 4,096 numbers of people a row, a search in a register of a million read
-- ten thousand rows of one or two people each.  Derived like all of the search:
-- the same run of tresen-admin migrate fills it.
DROP TABLE spelling_people;

-- Who bears a spelling, 65,536 numbers of people a row, sorted.
CREATE TABLE spelling_people (
	id     INTEGER PRIMARY KEY,                  -- spelling_id * 2^24 + person_id / 65536
	people BLOB NOT NULL                         -- three bytes each: the last two bytes of the
	                                             -- person's number, the lower one first, then
	                                             -- marks on the name (search.h)
) STRICT;

-- Each word of a search is asked whether it is a country: what begins so is
-- read from here, not the whole list.
CREATE INDEX code_name_de ON code (list, name_de COLLATE NOCASE, name_de, code);
CREATE INDEX code_name_en ON code (list, name_en COLLATE NOCASE, name_en, code);
