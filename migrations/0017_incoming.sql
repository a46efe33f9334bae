-- What came in by mail: its bytes first, before anything is read of them; then what became of them.

CREATE TABLE incoming_states (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO incoming_states (code) VALUES
    ('received'), ('filed'), ('quarantined'), ('report'), ('noted'), ('set-aside'), ('erased');

CREATE TABLE quarantine_reasons (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO quarantine_reasons (code) VALUES ('could-not-be-filed'), ('out-of-office'), ('no-bytes');

CREATE TABLE incoming (
    id            UUID   NOT NULL PRIMARY KEY,
    -- Message-ID and content without the headers that a mail collects on its way: the same mail by pipe, by
    -- mailbox or sent again is one row. A row whose enquiry was erased stays, so that it does not come back.
    content_key   BYTEA  NOT NULL UNIQUE,
    sha256        BYTEA  NOT NULL, -- of the bytes as they came
    size          BIGINT NOT NULL,
    message_id    TEXT,
    envelope_from TEXT, -- empty for a null return path; NULL where nobody said
    envelope_to   TEXT,
    received_at   BIGINT NOT NULL, -- when it reached the council
    stored_at     BIGINT NOT NULL,
    state         TEXT   NOT NULL REFERENCES incoming_states (code),
    reason        TEXT   REFERENCES quarantine_reasons (code),
    attempts      BIGINT NOT NULL, -- to file it; counted before each begins
    -- Who and what, as it was read; only of what stands before a person as it is.
    sender        TEXT,
    subject       TEXT,
    settled_at    BIGINT,
    settled_by    UUID   REFERENCES accounts (id), -- who set it aside
    settled_words TEXT   -- and why, in their words
);
CREATE INDEX incoming_by_message_id ON incoming (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX incoming_received ON incoming (stored_at, id) WHERE state = 'received';
CREATE INDEX incoming_quarantined ON incoming (stored_at, id) WHERE state = 'quarantined';
CREATE INDEX incoming_reports ON incoming (stored_at, id) WHERE state = 'report';

-- Apart from the row, so that a list of rows reads no megabytes.
CREATE TABLE incoming_raw (
    incoming UUID  NOT NULL PRIMARY KEY REFERENCES incoming (id),
    bytes    BYTEA NOT NULL
);

-- Where in which mailbox it was seen: the same mail may lie in two, or come back under another number.
CREATE TABLE incoming_places (
    mailbox      TEXT   NOT NULL,
    uid_validity BIGINT NOT NULL,
    uid          BIGINT NOT NULL,
    incoming     UUID   NOT NULL REFERENCES incoming (id),
    PRIMARY KEY (mailbox, uid_validity, uid)
);
CREATE INDEX incoming_places_of ON incoming_places (incoming);
