-- Who is told before a promise breaks and when it broke, and what they were written.

CREATE TABLE escalation_steps (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO escalation_steps (code) VALUES ('half'), ('four-fifths'), ('due-day'), ('breach'), ('chased-twice');

-- The day after which a promise's working days count, and the step of its escalation that comes next: none
-- while it is paused, once all are done, and once it ended. A running promise without the first was made by
-- an older program; the sweep plans it.
ALTER TABLE promises ADD COLUMN counts_from_on TEXT;
ALTER TABLE promises ADD COLUMN next_step TEXT REFERENCES escalation_steps (code);
ALTER TABLE promises ADD COLUMN next_step_at BIGINT;
CREATE INDEX promises_to_escalate ON promises (next_step_at, id) WHERE next_step_at IS NOT NULL;
CREATE INDEX promises_unplanned ON promises (id) WHERE outcome = 'running' AND counts_from_on IS NULL;

-- A chased enquiry stands before the others of its day: see due_at in 0003. It is earlier by a millisecond a chaser.
UPDATE enquiries SET due_at = due_at - CASE WHEN chasers > 999 THEN 999 ELSE chasers END
WHERE state = 'promised' AND chasers > 0;

-- What was done, when it was due, and when it was done. Each step of the same days of a promise is done once.
CREATE TABLE escalations (
    id             UUID   NOT NULL PRIMARY KEY,
    promise        UUID   NOT NULL REFERENCES promises (id),
    enquiry        UUID   NOT NULL REFERENCES enquiries (id),
    step           TEXT   NOT NULL REFERENCES escalation_steps (code),
    counts_from_on TEXT   NOT NULL,
    due_on         TEXT   NOT NULL,
    due_at         BIGINT NOT NULL,
    done_at        BIGINT NOT NULL,
    UNIQUE (promise, step, counts_from_on, due_on)
);
CREATE INDEX escalations_by_enquiry ON escalations (enquiry, due_at, id);

-- Mail to the people who work here. Recipient and words are frozen here when it is written.
CREATE TABLE notices (
    id            UUID   NOT NULL PRIMARY KEY,
    to_address    TEXT   NOT NULL,
    subject       TEXT   NOT NULL,
    body_text     TEXT   NOT NULL,
    body_html     TEXT   NOT NULL,
    message_id    TEXT   NOT NULL UNIQUE,
    state         TEXT   NOT NULL REFERENCES delivery_states (code),
    created_at    BIGINT NOT NULL,
    sent_at       BIGINT,
    attempts      BIGINT NOT NULL,
    last_error    TEXT,
    server_answer TEXT
);
CREATE INDEX notices_dead ON notices (created_at, id) WHERE state = 'dead';

-- Who was told of an escalation: by which notice, and until when on their screen.
CREATE TABLE tellings (
    escalation UUID   NOT NULL REFERENCES escalations (id),
    address    TEXT   NOT NULL, -- lower case
    account    UUID   REFERENCES accounts (id),
    enquiry    UUID   NOT NULL REFERENCES enquiries (id),
    notice     UUID   REFERENCES notices (id),
    over_at    BIGINT, -- since then nobody needs to be told: it was answered, moved or paused
    PRIMARY KEY (escalation, address)
);
CREATE INDEX tellings_to_write ON tellings (address, escalation) WHERE notice IS NULL AND over_at IS NULL;
CREATE INDEX tellings_on_screen ON tellings (account, escalation) WHERE over_at IS NULL;
CREATE INDEX tellings_not_over ON tellings (enquiry) WHERE over_at IS NULL;
