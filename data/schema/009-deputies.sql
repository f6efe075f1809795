-- 009-deputies.sql - who acts for whom while they are away.

-- A stand-in: within the unit, for a time that ends by itself.  It lends the
-- work of the absent, never a role, and never the second pair of eyes.
CREATE TABLE deputy (
	id        INTEGER PRIMARY KEY,
	staff_id  INTEGER NOT NULL REFERENCES staff (id), -- who is away
	deputy_id INTEGER NOT NULL REFERENCES staff (id), -- who acts for them
	from_day  TEXT NOT NULL,
	until_day TEXT NOT NULL,                     -- last day; none is without end
	reason    TEXT NOT NULL,                     -- holiday, sickness; for the two and their supervisor
	made_by   INTEGER NOT NULL REFERENCES staff (id),
	made_at   INTEGER NOT NULL,
	ended_by  INTEGER REFERENCES staff (id),     -- who took it back before its end
	ended_at  INTEGER,
	CHECK (deputy_id <> staff_id),
	CHECK (until_day >= from_day)
) STRICT;
-- For whom does somebody act today?  Asked at each request.
CREATE INDEX deputy_acts ON deputy (deputy_id, until_day);
CREATE INDEX deputy_absent ON deputy (staff_id, until_day);
