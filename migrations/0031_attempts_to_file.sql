-- How often it was tried to file a mail is what the job counts each time it is leased (jobs.attempts). No released
-- program writes a count of its own.
ALTER TABLE incoming DROP COLUMN attempts;
