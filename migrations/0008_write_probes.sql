-- One row that `/readyz` writes: whether a disk is full shows only when something is kept.

CREATE TABLE write_probes (
    id        BIGINT NOT NULL PRIMARY KEY,
    probed_at BIGINT NOT NULL
);
