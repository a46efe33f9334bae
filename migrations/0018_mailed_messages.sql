-- What a message that came by mail has beside its words, and what else came with it.

INSERT INTO message_kinds (code) VALUES ('automatic-reply');

-- Why nothing was sent, beside the states that there are (RFC 3834).
INSERT INTO acknowledgement_states (code) VALUES
    ('own-address'), ('report'), ('system-sender'), ('out-of-office'), ('auto-submitted'), ('mailing-list'),
    ('bulk'), ('answer-unwanted'), ('no-return-path'), ('no-sender'), ('suspected-spam');

CREATE TABLE message_mails (
    message        UUID   NOT NULL PRIMARY KEY REFERENCES messages (id),
    incoming       UUID   NOT NULL UNIQUE REFERENCES incoming (id), -- filed once
    subject        TEXT,
    sender_name    TEXT, -- as written
    sender_address TEXT, -- in lower case, to compare
    folds          TEXT   NOT NULL, -- JSON: which stretch of the words is new, quoted or a signature
    problems       TEXT   NOT NULL  -- JSON: what could not be read
);
CREATE INDEX message_mails_by_sender ON message_mails (sender_address) WHERE sender_address IS NOT NULL;

-- The bytes lie in the data folder, named by their hash, and can be made again from the mail.
CREATE TABLE attachments (
    message    UUID    NOT NULL REFERENCES messages (id),
    ordinal    BIGINT  NOT NULL,
    name       TEXT,
    media_type TEXT    NOT NULL,
    size       BIGINT  NOT NULL,
    sha256     BYTEA   NOT NULL,
    inline     BOOLEAN NOT NULL,
    PRIMARY KEY (message, ordinal)
);

CREATE TABLE relative_reasons (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO relative_reasons (code) VALUES ('stranger'), ('same-message-id');

-- An enquiry that began with a mail which named another enquiry, and was not put into it.
CREATE TABLE relatives (
    enquiry    UUID   NOT NULL REFERENCES enquiries (id),
    other      UUID   NOT NULL REFERENCES enquiries (id),
    reason     TEXT   NOT NULL REFERENCES relative_reasons (code),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (enquiry, other)
);
CREATE INDEX relatives_of_other ON relatives (other);

CREATE INDEX correspondents_by_email ON correspondents (lower(email)) WHERE email IS NOT NULL;
-- The queue of those who were told nothing.
CREATE INDEX enquiries_not_acknowledged ON enquiries (received_at, id)
    WHERE state <> 'closed' AND acknowledgement NOT IN ('queued', 'sent');
