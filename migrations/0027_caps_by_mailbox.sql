-- What one mailbox gets of our automatic mail is counted whatever stands after a plus in its address.

ALTER TABLE mails ADD COLUMN to_mailbox TEXT NOT NULL DEFAULT '';
UPDATE mails SET to_mailbox = to_compared;
CREATE INDEX mails_automatic_to ON mails (to_mailbox, created_at)
    WHERE kind IN ('acknowledgement', 'promise-moved', 'closed', 'reopened', 'wait-reminder');

-- An enquiry whose mail quotes a mail of ours about another; and one that a person put into another.
INSERT INTO relative_reasons (code) VALUES ('quoted'), ('joined');

-- A notice that was given up needs nobody once a later one reached the same address.
CREATE INDEX notices_sent_to ON notices (to_address, created_at) WHERE state = 'sent';
