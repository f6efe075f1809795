-- 016-cheap.sql - the same trigger without a list: for IN (...) SQLite makes a
-- table of its own each time, and that was a quarter of a claim.

DROP TRIGGER event_object_looked;
CREATE TRIGGER event_object_looked AFTER INSERT ON event_object
WHEN new.kind = 'look' OR new.kind = 'hit' OR new.kind = 'seen' OR new.kind = 'refused'
  OR new.kind GLOB 'watch.*'
BEGIN
	INSERT INTO looked
	SELECT e.staff_id, new.kind, e.at, e.seq, new.id,
	       CASE new.kind WHEN 'look' THEN e.reason END
	FROM event e WHERE e.seq = new.seq AND e.staff_id IS NOT NULL;
END;
