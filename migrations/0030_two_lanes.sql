-- Jobs that wait for a sending server and jobs that need only this database are leased apart, so that a server which
-- hangs holds up nobody's enquiry. Each is found from an index of its own, however many of the other kind are due.
CREATE INDEX jobs_to_send ON jobs (run_at, id)
    WHERE state = 'waiting' AND kind IN ('send-mail', 'send-invitation', 'send-notice');
CREATE INDEX jobs_of_ours ON jobs (run_at, id)
    WHERE state = 'waiting' AND kind NOT IN ('send-mail', 'send-invitation', 'send-notice');

-- Two times that were written and that nothing reads: how long half a sign-in lasts is told by when it ends, and of a
-- recovery code counts whether it was used. No released program writes them.
ALTER TABLE half_sign_ins DROP COLUMN created_at;
ALTER TABLE recovery_codes DROP COLUMN made_at;
