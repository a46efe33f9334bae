-- What is to be sent and what is to be done: written in the transaction of the change that asks for it.

-- The outbox. Recipients and words are frozen here when the mail is written.
CREATE TABLE mails (
    id            UUID   NOT NULL PRIMARY KEY,
    enquiry       UUID   NOT NULL REFERENCES enquiries (id),
    message       UUID   REFERENCES messages (id),
    kind          TEXT   NOT NULL REFERENCES message_kinds (code),
    to_address    TEXT   NOT NULL, -- as typed: it is what the server is told
    to_compared   TEXT   NOT NULL, -- the same in lower case, to count by
    to_name       TEXT,
    subject       TEXT   NOT NULL,
    body_text     TEXT   NOT NULL,
    body_html     TEXT   NOT NULL,
    message_id    TEXT   NOT NULL UNIQUE,
    in_reply_to   TEXT,
    state         TEXT   NOT NULL REFERENCES delivery_states (code),
    created_at    BIGINT NOT NULL,
    sent_at       BIGINT,
    attempts      BIGINT NOT NULL,
    last_error    TEXT,
    server_answer TEXT
);
CREATE INDEX mails_by_enquiry ON mails (enquiry, created_at, id);
CREATE INDEX mails_waiting ON mails (created_at, id) WHERE state = 'waiting';
CREATE INDEX mails_acknowledging ON mails (to_compared, created_at) WHERE kind = 'acknowledgement';
CREATE INDEX mails_dead ON mails (created_at, id) WHERE state = 'dead';

CREATE TABLE job_states (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO job_states (code) VALUES ('waiting'), ('leased'), ('done'), ('dead');

CREATE TABLE jobs (
    id              UUID   NOT NULL PRIMARY KEY,
    kind            TEXT   NOT NULL,
    subject         UUID   NOT NULL, -- what it is about: ids only, never a name or an address
    state           TEXT   NOT NULL REFERENCES job_states (code),
    run_at          BIGINT NOT NULL,
    attempts        BIGINT NOT NULL,
    leased_until_at BIGINT,
    last_error      TEXT,
    created_at      BIGINT NOT NULL,
    done_at         BIGINT
);
CREATE INDEX jobs_waiting ON jobs (run_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_leased ON jobs (leased_until_at) WHERE state = 'leased';
CREATE INDEX jobs_dead ON jobs (done_at) WHERE state = 'dead';
