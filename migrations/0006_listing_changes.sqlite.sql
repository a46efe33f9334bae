-- The feed that keeps each server's search index current: which listing changed, in commit order.
-- AUTOINCREMENT: a position is never given twice, even after the newest row was deleted.
-- One writer at a time, so positions commit in order.

CREATE TABLE listing_change_kinds (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO listing_change_kinds (code) VALUES ('put'), ('remove');

CREATE TABLE listing_changes (
    position   INTEGER PRIMARY KEY AUTOINCREMENT,
    service    UUID   NOT NULL,
    kind       TEXT   NOT NULL REFERENCES listing_change_kinds (code),
    changed_at BIGINT NOT NULL
);
