-- The record of deeds becomes a chain: a seal for each row, made from the seal before it and from the row
-- itself. Who changes a row breaks every seal that follows. Sealing comes a moment after the deed, in order,
-- by one process at a time; a deed never waits for it.

CREATE TABLE audit_seals (
    position BIGINT NOT NULL PRIMARY KEY, -- 1, 2, 3 … without a gap
    entry    UUID   NOT NULL UNIQUE REFERENCES audit (id),
    seal     BYTEA  NOT NULL -- SHA-256
);

-- What waits to be sealed.
CREATE TABLE audit_unsealed (entry UUID NOT NULL PRIMARY KEY REFERENCES audit (id));
INSERT INTO audit_unsealed (entry) SELECT id FROM audit;

CREATE TRIGGER audit_waits_for_its_seal AFTER INSERT ON audit
BEGIN
    INSERT INTO audit_unsealed (entry) VALUES (NEW.id);
END;

-- Only ever added to.
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
CREATE TRIGGER audit_seals_are_not_changed BEFORE UPDATE ON audit_seals
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
CREATE TRIGGER audit_seals_are_not_deleted BEFORE DELETE ON audit_seals
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;
