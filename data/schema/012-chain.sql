-- 012-chain.sql - events hang together: each has a hash over all of it and
-- over the hash of the one before, so that none can be changed, taken out or
-- slipped in without a trace.  What exactly is hashed: tresen-internals(7).
-- Events that are older than this step are chained by tresen-admin migrate,
-- which says so in an event of its own (chain.begin).

ALTER TABLE event ADD COLUMN salt BLOB;              -- 16 random bytes: what is gone cannot be guessed from its hash
ALTER TABLE event ADD COLUMN payload BLOB;           -- SHA-256 of salt, reason and changeset, as they were at first
ALTER TABLE event ADD COLUMN hash BLOB;              -- SHA-256 of the hash before, the other columns, its objects and payload

-- Events whose reason or changeset had to go, wholly or in part, because the
-- law says so.  The event keeps what remains, under a new salt, and its old
-- payload hash: the chain still holds.  Recorded, so the event that cut it tells.
CREATE TABLE event_cut (
	seq    INTEGER PRIMARY KEY,                  -- event.seq
	digest BLOB NOT NULL                         -- SHA-256 of the new salt and what remains of both
) STRICT;

-- Two changes of an event there are, and nobody but tresen-admin makes them:
-- its place in the chain, once, and what is left where something was cut.
DROP TRIGGER event_stays;
CREATE TRIGGER event_stays BEFORE UPDATE ON event
WHEN (OLD.seq, OLD.at, OLD.staff_id, OLD.unit, OLD.site, OLD.terminal, OLD.command, OLD.request_id,
      OLD.topics) IS NOT (NEW.seq, NEW.at, NEW.staff_id, NEW.unit, NEW.site, NEW.terminal,
      NEW.command, NEW.request_id, NEW.topics)
  OR NOT CASE WHEN OLD.hash IS NULL THEN (NEW.reason, NEW.changeset) IS (OLD.reason, OLD.changeset)
     ELSE (NEW.payload, NEW.hash) IS (OLD.payload, OLD.hash)
          AND EXISTS (SELECT 1 FROM event_cut WHERE seq = OLD.seq) END
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_object_stays BEFORE UPDATE ON event_object
BEGIN SELECT RAISE(ABORT, 'what an event is about is never changed'); END;
CREATE TRIGGER event_object_remains BEFORE DELETE ON event_object
BEGIN SELECT RAISE(ABORT, 'what an event is about is never deleted'); END;
