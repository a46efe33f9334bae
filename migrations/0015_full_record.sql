-- The full Open Referral record. What families read but nothing is reckoned with stands beside each thing as
-- one JSON document, and what we have no field for as another, so that an export gives it back. Absent: nothing.
ALTER TABLE services ADD COLUMN details TEXT;
ALTER TABLE services ADD COLUMN rest TEXT;
ALTER TABLE organizations ADD COLUMN details TEXT;
ALTER TABLE locations ADD COLUMN details TEXT;
ALTER TABLE schedules ADD COLUMN details TEXT;

-- SHA-256 of the listing as it was saved, so that an import finds in one statement what has changed.
-- Absent: saved before this column was there.
ALTER TABLE services ADD COLUMN content_hash BYTEA;
