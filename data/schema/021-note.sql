-- 021-note.sql - what the office has written of a note, and what its clerk.

-- The reason of an act is kept as a note that the office begins with a word of its
-- own ("Taken over: ..."), in English, and tells each reader in their language.
-- Whoever types such a word is told as they wrote it.
ALTER TABLE case_note ADD COLUMN headed INTEGER;     -- 1: up to its colon a word of the office; NULL: typed, all of it
