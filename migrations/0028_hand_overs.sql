-- Who is told that an enquiry was passed on to them, or came back to their team.

CREATE TABLE hand_over_ways (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO hand_over_ways (code) VALUES ('to-officer'), ('to-team'), ('back-to-team');

CREATE TABLE hand_overs (
    id        UUID   NOT NULL,
    address   TEXT   NOT NULL, -- lower case
    enquiry   UUID   NOT NULL REFERENCES enquiries (id),
    way       TEXT   NOT NULL REFERENCES hand_over_ways (code),
    handed_at BIGINT NOT NULL,
    notice    UUID   REFERENCES notices (id),
    over_at   BIGINT, -- since then nobody needs to be told: it went on to others, or was closed
    PRIMARY KEY (id, address)
);
CREATE INDEX hand_overs_to_write ON hand_overs (address, id) WHERE notice IS NULL AND over_at IS NULL;
CREATE INDEX hand_overs_by_enquiry ON hand_overs (enquiry);
