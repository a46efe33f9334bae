-- What belongs to this installation as a whole.

-- Which key signed the links that were sent: never the key, but a hash by which another key is noticed.
CREATE TABLE key_fingerprints (
    place       BIGINT NOT NULL PRIMARY KEY CHECK (place = 1),
    fingerprint BYTEA  NOT NULL
);

-- Filled once everything was moved to another database: nobody may go on with this one.
CREATE TABLE moved_away (moved_at BIGINT NOT NULL PRIMARY KEY);
