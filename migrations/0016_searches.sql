-- What people looked for, added up by the day: never a row for a person, no address, no session.
-- The words are what domain::searched leaves of what was typed.
CREATE TABLE searches (
    day      TEXT   NOT NULL, -- London
    words    TEXT   NOT NULL, -- in lower case, in the order in which they were typed, a space between
    filters  TEXT   NOT NULL, -- kinds and values, a space between; empty for none
    district TEXT   NOT NULL, -- a key of the council's; empty where none was meant
    sector   TEXT   NOT NULL, -- such as ME14 1; empty for none
    hits     BIGINT NOT NULL, -- 0 to 3, and 4 for more
    times    BIGINT NOT NULL,
    PRIMARY KEY (day, words, filters, district, sector, hits)
);
