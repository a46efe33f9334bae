-- What of a mail never changes once it is written, as one SHA-256: `send-hub audit` makes it again. Absent for mails that
-- were written before.

ALTER TABLE mails ADD COLUMN frozen BYTEA;
