-- 013-looked.sql - what is cut out of an event goes from the looks, too: words
-- of a purpose may have to be deleted like any other (012-chain.sql).

CREATE TRIGGER event_cut_looked AFTER UPDATE OF reason ON event
BEGIN
	UPDATE looked SET purpose = NEW.reason
	WHERE staff_id = NEW.staff_id AND kind = 'look' AND at = NEW.at AND seq = NEW.seq;
END;
