-- A pause is asked of the family in a message: it says what we wait for and until when, and they are reminded once.

INSERT INTO message_kinds (code) VALUES ('waiting-for-you'), ('wait-reminder');

CREATE TABLE waits_for (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO waits_for (code) VALUES ('answer'), ('document'), ('consent'), ('day'), ('other');

CREATE TABLE pauses (
    message   UUID   NOT NULL PRIMARY KEY REFERENCES messages (id),
    enquiry   UUID   NOT NULL REFERENCES enquiries (id),
    waits_for TEXT   NOT NULL REFERENCES waits_for (code),
    until_on  TEXT   NOT NULL,
    began_at  BIGINT, -- NULL until they were asked
    remind_at BIGINT  -- NULL before it began, and once they were reminded or need not be
);
CREATE INDEX pauses_by_enquiry ON pauses (enquiry, began_at);
CREATE INDEX pauses_to_remind ON pauses (remind_at, message) WHERE remind_at IS NOT NULL;
