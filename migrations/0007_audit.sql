-- Who did what, when. Rows are only ever added. Ids and codes alone, never a name, an address or a text;
-- no foreign key to an enquiry, because the record of a deed outlives the erasure of its subject.

CREATE TABLE actor_kinds (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO actor_kinds (code) VALUES ('account'), ('correspondent'), ('system');

CREATE TABLE audit (
    id         UUID   NOT NULL PRIMARY KEY,
    done_at    BIGINT NOT NULL,
    actor_kind TEXT   NOT NULL REFERENCES actor_kinds (code),
    actor      UUID,
    action     TEXT   NOT NULL,
    enquiry    UUID,
    subject    UUID,
    detail     TEXT
);
CREATE INDEX audit_by_enquiry ON audit (enquiry, done_at, id) WHERE enquiry IS NOT NULL;
CREATE INDEX audit_by_time ON audit (done_at, id);
