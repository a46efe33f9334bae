-- The mailboxes that the hub reads, and what became of each message in them. No message itself: that is stored as it
-- came, by whoever takes it in.
CREATE TABLE mailboxes (
    name             TEXT    NOT NULL PRIMARY KEY, -- as send-hub.toml says
    followed         BOOLEAN NOT NULL, -- whether the settings still name it
    followed_at      BIGINT  NOT NULL, -- since when they do
    alarm_after_s    BIGINT  NOT NULL, -- how long the mail server may be out of reach before people are told
    leased_by        UUID,             -- the one process that reads it now
    leased_until_at  BIGINT,
    uid_validity     BIGINT,           -- of the folder, when it was last looked at
    cursor_uid       BIGINT  NOT NULL, -- every message up to this one has its row below
    in_mailbox       BIGINT  NOT NULL, -- how many messages the folder holds
    stored           BIGINT  NOT NULL, -- how many of them are stored, or need not be
    compared_at      BIGINT,           -- when the whole folder was last compared with what is stored
    newest_at        BIGINT,           -- when the newest stored message arrived in the mailbox
    tried_at         BIGINT,           -- when somebody last read it or tried to: the heartbeat
    contact_at       BIGINT,           -- when the mail server last did what it was asked
    failing_since_at BIGINT,
    last_error       TEXT,             -- in words that hold no address
    filing_error     TEXT              -- why messages cannot be moved after they were stored
);

CREATE TABLE mailbox_message_states (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO mailbox_message_states (code) VALUES
    ('stored'),
    ('trying'),    -- it could not be had so far
    ('too-large'), -- a person must look at it
    ('gone'),      -- somebody took it away before it could be had
    ('seen-to');   -- it is not stored, and a person says that this is all right

CREATE TABLE mailbox_messages (
    mailbox      TEXT   NOT NULL REFERENCES mailboxes (name),
    uid_validity BIGINT NOT NULL,
    uid          BIGINT NOT NULL,
    state        TEXT   NOT NULL REFERENCES mailbox_message_states (code),
    attempts     BIGINT NOT NULL,
    size         BIGINT,
    received_at  BIGINT, -- when it arrived in the mailbox
    next_try_at  BIGINT,
    last_error   TEXT,
    noted_at     BIGINT NOT NULL,
    PRIMARY KEY (mailbox, uid_validity, uid)
);
CREATE INDEX mailbox_messages_not_stored ON mailbox_messages (mailbox, uid) WHERE state IN ('trying', 'too-large');
