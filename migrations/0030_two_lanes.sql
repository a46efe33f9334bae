-- Jobs that wait for a sending server and jobs that need only this database are leased apart, so that a server which
-- hangs holds up nobody's enquiry.
ALTER TABLE jobs ADD COLUMN lane TEXT NOT NULL DEFAULT 'ours';
UPDATE jobs SET lane = 'sending' WHERE kind IN ('send-mail', 'send-invitation', 'send-notice');

DROP INDEX jobs_waiting;
CREATE INDEX jobs_waiting ON jobs (lane, run_at, id) WHERE state = 'waiting';

-- Two times that were written and that nothing reads: how long half a sign-in lasts is told by when it ends, and of a
-- recovery code counts whether it was used. No released program writes them.
ALTER TABLE half_sign_ins DROP COLUMN created_at;
ALTER TABLE recovery_codes DROP COLUMN made_at;
