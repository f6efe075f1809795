-- 008-parents.sql - who are the parents of a child, wherever they live.
--
-- A household says who lives with whom; a parent may live elsewhere, and whose
-- child somebody is decides titles (§§ 33, 36 AufenthG), need levels and who
-- signs.

CREATE TABLE person_parent (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES person (id), -- the child
	parent_id INTEGER NOT NULL REFERENCES person (id),
	kind      TEXT NOT NULL CHECK (kind IN ('mother', 'father', 'parent', 'guardian')),
	source    TEXT                               -- paper it was read from; NULL: as told
) STRICT;
CREATE INDEX person_parent_child ON person_parent (person_id, id);
CREATE INDEX person_parent_parent ON person_parent (parent_id, id);
