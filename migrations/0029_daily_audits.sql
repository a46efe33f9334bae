-- The daily proof that nothing is lost or forgotten: whoever begins it has it for a while, and one a day ends.

CREATE TABLE daily_audits (
    on_day          TEXT   NOT NULL PRIMARY KEY, -- in London
    begun_at        BIGINT NOT NULL,
    leased_until_at BIGINT NOT NULL, -- then another may begin anew, if it has not ended
    ended_at        BIGINT,
    enquiries       BIGINT NOT NULL, -- how much was looked at
    messages        BIGINT NOT NULL
);
CREATE INDEX daily_audits_ended ON daily_audits (on_day) WHERE ended_at IS NOT NULL;

-- What it found. None for a day on which all was well.
CREATE TABLE daily_audit_findings (
    on_day    TEXT   NOT NULL REFERENCES daily_audits (on_day),
    kind      TEXT   NOT NULL,
    places    BIGINT NOT NULL,
    PRIMARY KEY (on_day, kind)
);
