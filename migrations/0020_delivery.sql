-- What becomes of outgoing mail: every attempt with the server's answer, what other servers report later, and how a
-- person cleared what reached nobody.

INSERT INTO delivery_states (code) VALUES ('delayed'), ('delivered'), ('bounced'), ('capped'), ('taken-back');

CREATE TABLE attempt_outcomes (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO attempt_outcomes (code) VALUES ('taken'), ('later'), ('refused-us'), ('refused'), ('no-answer');

CREATE TABLE clear_reasons (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO clear_reasons (code) VALUES
    ('telephone'), ('letter'), ('answered-since'), ('other-address'), ('not-needed'), ('spam');

-- One row an attempt, numbered as mails.attempts counts them. Servers' words hold no address.
CREATE TABLE delivery_attempts (
    mail            UUID   NOT NULL REFERENCES mails (id),
    attempt         BIGINT NOT NULL,
    tried_at        BIGINT NOT NULL,
    outcome         TEXT   NOT NULL REFERENCES attempt_outcomes (code),
    reply_code      BIGINT, -- RFC 5321: 250, 451
    enhanced_status TEXT,   -- RFC 3463: 2.0.0, 4.3.0
    said            TEXT   NOT NULL,
    PRIMARY KEY (mail, attempt)
);

-- A person's word that nobody waits for this mail any more: nothing leaves the list of the undelivered without one.
ALTER TABLE mails ADD COLUMN cleared_at BIGINT;
ALTER TABLE mails ADD COLUMN cleared_by UUID REFERENCES accounts (id);
ALTER TABLE mails ADD COLUMN clear_reason TEXT REFERENCES clear_reasons (code);
CREATE INDEX mails_to_clear ON mails (created_at, id)
    WHERE state IN ('dead', 'bounced', 'capped') AND cleared_at IS NULL;
CREATE INDEX mails_delayed ON mails (created_at, id) WHERE state = 'delayed';
-- What our system writes by itself, to count what one address gets of it.
CREATE INDEX mails_automatic ON mails (to_compared, created_at)
    WHERE kind IN ('acknowledgement', 'promise-moved', 'closed', 'reopened', 'wait-reminder');

-- The job of one mail: when it is tried next, and whether a reply may still be taken back.
CREATE INDEX jobs_not_done ON jobs (subject) WHERE state <> 'done';

-- The day that stood before a holding reply moved it: it stands again when the mail comes back.
ALTER TABLE messages ADD COLUMN moved_from_on TEXT;

CREATE TABLE report_actions (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO report_actions (code) VALUES ('failed'), ('delayed'), ('delivered'), ('relayed'), ('expanded');

CREATE TABLE report_evidence (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO report_evidence (code) VALUES ('return-path'), ('message-id'), ('none'), ('disagrees');

-- Delivery reports (RFC 3464). One without a mail fits nothing that we sent, and waits for a person to look.
CREATE TABLE delivery_reports (
    id                  UUID   NOT NULL PRIMARY KEY,
    arrived             UUID   UNIQUE, -- the message that it came in, as it is kept
    received_at         BIGINT NOT NULL,
    mail                UUID   REFERENCES mails (id),
    evidence            TEXT   NOT NULL REFERENCES report_evidence (code),
    action              TEXT   NOT NULL REFERENCES report_actions (code),
    enhanced_status     TEXT,
    said                TEXT   NOT NULL,
    cleared_at          BIGINT,
    cleared_by          UUID   REFERENCES accounts (id)
);
CREATE INDEX delivery_reports_by_mail ON delivery_reports (mail, received_at, id);
CREATE INDEX delivery_reports_to_clear ON delivery_reports (received_at, id)
    WHERE mail IS NULL AND cleared_at IS NULL;

INSERT INTO promise_outcomes (code) VALUES ('answer-came-back');
