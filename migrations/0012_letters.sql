-- The letters that a council words itself, and the holding reply: what it promises stands beside it, and
-- counts once it was sent.

INSERT INTO message_kinds (code) VALUES ('holding-reply'), ('promise-moved'), ('closed'), ('reopened');

ALTER TABLE messages ADD COLUMN promises_on TEXT;
