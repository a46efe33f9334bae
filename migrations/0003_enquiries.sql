-- What people ask, what was promised, and what was said.

CREATE TABLE correspondent_kinds (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO correspondent_kinds (code) VALUES ('parent'), ('young-person'), ('school'), ('professional'), ('other');

CREATE TABLE contact_preferences (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO contact_preferences (code) VALUES ('email'), ('telephone'), ('letter');

CREATE TABLE supports (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO supports (code) VALUES ('interpreter'), ('large-print'), ('easy-read'), ('text-only'), ('no-telephone');

CREATE TABLE channels (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO channels (code) VALUES ('web-form'), ('email'), ('telephone'), ('letter');

CREATE TABLE enquiry_states (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO enquiry_states (code) VALUES ('promised'), ('paused'), ('answered'), ('closed');

CREATE TABLE close_reasons (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO close_reasons (code) VALUES ('answered'), ('ended');

CREATE TABLE end_reasons (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO end_reasons (code) VALUES ('thanks'), ('duplicate'), ('misdirected'), ('spam'), ('withdrawn');

CREATE TABLE ehc_plans (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO ehc_plans (code) VALUES ('yes'), ('no'), ('not-sure');

CREATE TABLE acknowledgement_states (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO acknowledgement_states (code) VALUES ('queued'), ('sent'), ('no-address'), ('capped'), ('failed');

CREATE TABLE promise_outcomes (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO promise_outcomes (code) VALUES ('running'), ('kept'), ('ended');

CREATE TABLE directions (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO directions (code) VALUES ('inbound'), ('outbound');

CREATE TABLE message_kinds (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO message_kinds (code) VALUES ('enquiry'), ('follow-up'), ('reply'), ('internal-note'), ('acknowledgement');

CREATE TABLE delivery_states (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO delivery_states (code) VALUES ('waiting'), ('sent'), ('dead');

-- The hash of a cookie, never the cookie: a half-written form about a child belongs to one browser alone.
CREATE TABLE drafts (
    token_hash BYTEA  NOT NULL PRIMARY KEY,
    id         UUID   NOT NULL UNIQUE,
    document   TEXT   NOT NULL, -- JSON
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX drafts_by_expiry ON drafts (expires_at);

CREATE TABLE correspondents (
    id                   UUID   NOT NULL PRIMARY KEY,
    kind                 TEXT   NOT NULL REFERENCES correspondent_kinds (code),
    name                 TEXT   NOT NULL,
    email                TEXT,
    telephone            TEXT,
    postal_address       TEXT,
    organisation         TEXT,
    preference           TEXT   NOT NULL REFERENCES contact_preferences (code),
    interpreter_language TEXT,
    safe_contact         TEXT,
    created_at           BIGINT NOT NULL
);

CREATE TABLE correspondent_supports (
    correspondent UUID   NOT NULL REFERENCES correspondents (id) ON DELETE CASCADE,
    support       TEXT   NOT NULL REFERENCES supports (code),
    ordinal       BIGINT NOT NULL,
    PRIMARY KEY (correspondent, support)
);

CREATE TABLE enquiries (
    id              UUID   NOT NULL PRIMARY KEY,
    reference       TEXT   NOT NULL UNIQUE,
    topic           TEXT   NOT NULL REFERENCES topics (key),
    district        TEXT   REFERENCES districts (key),
    team            TEXT   NOT NULL REFERENCES teams (key),
    officer         UUID   REFERENCES accounts (id),
    correspondent   UUID   NOT NULL REFERENCES correspondents (id),
    channel         TEXT   NOT NULL REFERENCES channels (code),
    state           TEXT   NOT NULL REFERENCES enquiry_states (code),
    paused_until_on TEXT,
    answered_at     BIGINT,
    closes_on       TEXT,
    closed_at       BIGINT,
    close_reason    TEXT   REFERENCES close_reasons (code),
    end_reason      TEXT   REFERENCES end_reasons (code),
    chasers         BIGINT NOT NULL,
    received_at     BIGINT NOT NULL,
    -- The draft that it was sent from: a form posted twice makes one enquiry.
    draft_id        UUID   UNIQUE,
    acknowledgement TEXT   REFERENCES acknowledgement_states (code),
    revision        BIGINT NOT NULL,
    -- When an open enquiry next needs a person: the running promise's due time, or the end of the day
    -- on which a pause ends. NULL once answered or closed. The queue is read in this order.
    due_at          BIGINT,
    child_name      TEXT,
    child_born_on   TEXT,
    child_school    TEXT,
    child_ehc_plan  TEXT   REFERENCES ehc_plans (code),
    child_reference TEXT
);
-- A page of the queue costs the same however many closed enquiries there are.
CREATE INDEX enquiries_open ON enquiries (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX enquiries_open_by_team ON enquiries (team, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX enquiries_open_by_officer ON enquiries (officer, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX enquiries_to_close ON enquiries (closes_on, id) WHERE state = 'answered';
CREATE INDEX enquiries_paused ON enquiries (paused_until_on, id) WHERE state = 'paused';
CREATE INDEX enquiries_by_correspondent ON enquiries (correspondent);

CREATE TABLE messages (
    id        UUID   NOT NULL PRIMARY KEY,
    enquiry   UUID   NOT NULL REFERENCES enquiries (id),
    direction TEXT   NOT NULL REFERENCES directions (code),
    kind      TEXT   NOT NULL REFERENCES message_kinds (code),
    author    UUID   REFERENCES accounts (id),
    body      TEXT   NOT NULL,
    said_at   BIGINT NOT NULL,
    delivery  TEXT   REFERENCES delivery_states (code)
);
CREATE INDEX messages_by_enquiry ON messages (enquiry, said_at, id);

CREATE TABLE promises (
    id               UUID   NOT NULL PRIMARY KEY,
    enquiry          UUID   NOT NULL REFERENCES enquiries (id),
    received_at      BIGINT NOT NULL,
    due_on           TEXT   NOT NULL,
    due_at           BIGINT NOT NULL,
    moves            BIGINT NOT NULL,
    outcome          TEXT   NOT NULL REFERENCES promise_outcomes (code),
    outcome_at       BIGINT,
    kept_by          UUID   REFERENCES messages (id),
    end_reason       TEXT   REFERENCES end_reasons (code)
);
CREATE INDEX promises_by_enquiry ON promises (enquiry, received_at, id);
-- Invariant 3: an enquiry has at most one running promise.
CREATE UNIQUE INDEX promises_running ON promises (enquiry) WHERE outcome = 'running';

-- The private link in a letter: the letter holds a keyed hash of this id, the database holds no working link.
CREATE TABLE links (
    id         UUID   NOT NULL PRIMARY KEY,
    enquiry    UUID   NOT NULL REFERENCES enquiries (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX links_by_enquiry ON links (enquiry);
