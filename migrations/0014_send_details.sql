-- What a service says about SEND beyond Open Referral: one JSON document, because it is read and replaced as a
-- whole with its listing, and only the search index, not SQL, asks for a part of it. Absent: it says nothing.
ALTER TABLE services ADD COLUMN send TEXT;

-- How much of an address may be shown. Absent: all of it (SQLite adds a column that points at a table only empty).
CREATE TABLE address_shown_kinds (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO address_shown_kinds (code) VALUES ('whole'), ('town-only');
ALTER TABLE locations ADD COLUMN address_shown TEXT REFERENCES address_shown_kinds (code);
