-- The council's settings, a version a row: each save adds one, none is changed. The newest counts. What
-- stood before a change and what stands after it are two rows, so the audit needs to name their numbers only.

CREATE TABLE settings (
    version  BIGINT NOT NULL PRIMARY KEY, -- 1, 2, 3 … without a gap
    document TEXT   NOT NULL, -- JSON
    section  TEXT   NOT NULL, -- what was changed: a code such as 'contact', or 'all'
    saved_at BIGINT NOT NULL,
    saved_by UUID   REFERENCES accounts (id) -- NULL: at the server's own terminal
);
