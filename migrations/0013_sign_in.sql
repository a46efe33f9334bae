-- Who may come in: second steps and their recovery codes, invitations, absence, and sessions that a person
-- knows again in a list.

ALTER TABLE accounts ADD COLUMN last_seen_at BIGINT;
ALTER TABLE accounts ADD COLUMN away_until_on TEXT; -- the day on which they are back

-- "Firefox on Windows", and no more of what the browser says about itself.
ALTER TABLE sessions ADD COLUMN device TEXT;

-- Somebody whose password was right and whose second step is still to come. It is no session and opens
-- nothing: not even a program that knows no second step takes it for one.
CREATE TABLE half_sign_ins (
    token_hash BYTEA  NOT NULL PRIMARY KEY,
    account    UUID   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tries      BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX half_sign_ins_by_account ON half_sign_ins (account);
CREATE INDEX half_sign_ins_by_expiry ON half_sign_ins (expires_at);

-- The key of a person's codes (RFC 6238), sealed with a key that is not in the database.
CREATE TABLE second_steps (
    account    UUID   NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    sealed_key BYTEA  NOT NULL,
    set_at     BIGINT NOT NULL,
    last_step  BIGINT NOT NULL -- the newest 30 seconds whose code was used: no code works twice
);

-- Only hashes; a used one stays until new ones are made.
CREATE TABLE recovery_codes (
    account   UUID   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash BYTEA  NOT NULL,
    made_at   BIGINT NOT NULL,
    used_at   BIGINT,
    PRIMARY KEY (account, code_hash)
);

-- The link in the letter is a keyed hash of the id: the database holds no working link.
CREATE TABLE invitations (
    id          UUID   NOT NULL PRIMARY KEY,
    email       TEXT   NOT NULL, -- lower case
    name        TEXT   NOT NULL,
    role        TEXT   NOT NULL REFERENCES roles (code),
    team        TEXT   REFERENCES teams (key),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    sent_at     BIGINT,
    last_error  TEXT, -- why it could not be sent, addresses taken out
    accepted_at BIGINT,
    revoked_at  BIGINT
);
-- One open invitation for an address.
CREATE UNIQUE INDEX invitations_open ON invitations (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- What goes back to the team when an officer goes away.
CREATE INDEX enquiries_not_closed_by_officer ON enquiries (officer, id)
    WHERE officer IS NOT NULL AND state <> 'closed';
