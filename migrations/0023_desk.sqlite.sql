-- Calls, letters and visits that officers log; what is sorted; who is found by what.
-- As the other file of this number, where a key has the collation "C": there too, bytes decide what begins alike.

INSERT INTO channels (code) VALUES ('in-person');
INSERT INTO message_kinds (code) VALUES ('call-not-answered');
INSERT INTO acknowledgement_states (code) VALUES ('answered-at-once');

-- How an officer who wrote a message down says that it came. Absent for what came by itself.
ALTER TABLE messages ADD COLUMN logged_as TEXT REFERENCES channels (code);

-- The day on which somebody was promised a call. It counts while the promise runs.
ALTER TABLE enquiries ADD COLUMN call_back_on TEXT;
-- Since when nobody has said what it is about. Absent: somebody has.
ALTER TABLE enquiries ADD COLUMN unsorted_since BIGINT;
-- The team that its correspondent is told of, where that is not the one that has it.
ALTER TABLE enquiries ADD COLUMN told_team TEXT REFERENCES teams (key);
CREATE INDEX enquiries_unsorted ON enquiries (due_at, id) WHERE unsorted_since IS NOT NULL AND due_at IS NOT NULL;
CREATE INDEX enquiries_answered ON enquiries (answered_at, id) WHERE state = 'answered';
CREATE INDEX enquiries_closed ON enquiries (closed_at, id) WHERE state = 'closed';

-- What a correspondent is found by: the whole address in small letters, the number as dialled here, and the name
-- from each of its words on, in small letters.
CREATE TABLE correspondent_key_kinds (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO correspondent_key_kinds (code) VALUES ('email'), ('telephone'), ('name');
CREATE TABLE correspondent_keys (
    kind          TEXT NOT NULL REFERENCES correspondent_key_kinds (code),
    key           TEXT NOT NULL,
    correspondent UUID NOT NULL REFERENCES correspondents (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, key, correspondent)
);
CREATE INDEX correspondent_keys_by_correspondent ON correspondent_keys (correspondent);

-- Those who wrote before have the whole name and the last word of it.
INSERT INTO correspondent_keys (kind, key, correspondent)
SELECT 'email', lower(email), id FROM correspondents WHERE email IS NOT NULL;
INSERT INTO correspondent_keys (kind, key, correspondent)
SELECT 'name', lower(name), id FROM correspondents;
INSERT INTO correspondent_keys (kind, key, correspondent)
SELECT 'name', lower(replace(name, rtrim(name, replace(name, ' ', '')), '')), id FROM correspondents WHERE name LIKE '% %'
ON CONFLICT DO NOTHING;
INSERT INTO correspondent_keys (kind, key, correspondent)
SELECT 'telephone', CASE WHEN number LIKE '+44%' THEN '0' || ltrim(substr(number, 4), '0') ELSE replace(number, '+', '00') END, id
FROM (
    SELECT id, replace(replace(replace(replace(replace(replace(replace(
        CASE WHEN lower(telephone) LIKE '%x%' THEN rtrim(rtrim(telephone, '0123456789 .:'), 'extnsioEXTNSIO') ELSE telephone END,
        '(0)', ''), ' ', ''), '(', ''), ')', ''), '-', ''), '.', ''), char(160), '') AS number
    FROM correspondents WHERE telephone IS NOT NULL
) AS dialled;
