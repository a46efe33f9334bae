-- The feed that keeps each server's search index current: which listing changed, in commit order.
-- A sequence is handed out before its transaction commits, so the store takes an advisory lock before
-- it appends; without it a follower that remembers the highest position would skip rows.

CREATE TABLE listing_change_kinds (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO listing_change_kinds (code) VALUES ('put'), ('remove');

CREATE TABLE listing_changes (
    position   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    service    UUID   NOT NULL,
    kind       TEXT   NOT NULL REFERENCES listing_change_kinds (code),
    changed_at BIGINT NOT NULL
);
