-- Whoever cannot be mailed that we still wait is reminded by one of us, who is told to.

INSERT INTO hand_over_ways (code) VALUES ('to-ring'), ('to-write');

CREATE TABLE remind_ways (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO remind_ways (code) VALUES ('telephone'), ('letter');

-- How one of us is to remind them. Absent: nobody need, or somebody did. It ends with the pause.
ALTER TABLE enquiries ADD COLUMN remind_by TEXT REFERENCES remind_ways (code);
CREATE INDEX enquiries_to_remind ON enquiries (paused_until_on, id) WHERE remind_by IS NOT NULL;
