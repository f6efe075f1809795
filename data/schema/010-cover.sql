-- 010-cover.sql - how a clerk uncovers a screen that was covered.

-- Argon2id of the PIN, as libsodium writes it down; none: a covered session ends.
CREATE TABLE staff_pin (
	staff_id INTEGER PRIMARY KEY REFERENCES staff (id),
	hash     TEXT NOT NULL
) STRICT;
