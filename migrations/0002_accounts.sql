-- The people who work here, and the browsers they are signed in with.

CREATE TABLE roles (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO roles (code) VALUES ('officer'), ('team-lead'), ('editor'), ('administrator');

CREATE TABLE accounts (
    id            UUID   NOT NULL PRIMARY KEY,
    email         TEXT   NOT NULL UNIQUE, -- lower case
    name          TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    role          TEXT   NOT NULL REFERENCES roles (code),
    team          TEXT   REFERENCES teams (key),
    created_at    BIGINT NOT NULL,
    disabled_at   BIGINT
);

-- Only a hash of the cookie is kept: a copy of the database signs nobody in.
CREATE TABLE sessions (
    token_hash   BYTEA  NOT NULL PRIMARY KEY,
    account      UUID   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
