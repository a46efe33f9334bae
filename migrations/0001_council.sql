-- What the council's settings name. Rows are added and renamed from the settings and never deleted:
-- old enquiries point at them.

CREATE TABLE teams (
    key  TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE topics (
    key  TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE districts (
    key  TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);
