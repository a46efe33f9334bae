-- The local offer, spelled as Open Referral spells it. Everything that belongs to one service is replaced
-- together when its listing is saved; its parts are keyed by the service and their ordinal, because feeds
-- give the same id to parts of two services.

CREATE TABLE service_statuses (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO service_statuses (code) VALUES ('active'), ('inactive'), ('defunct'), ('temporarily-closed');

CREATE TABLE location_types (code TEXT NOT NULL PRIMARY KEY);
INSERT INTO location_types (code) VALUES ('physical'), ('postal'), ('virtual');

CREATE TABLE organizations (
    id          UUID NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    description TEXT,
    email       TEXT,
    website     TEXT
);

CREATE TABLE services (
    id                      UUID   NOT NULL PRIMARY KEY,
    slug                    TEXT   NOT NULL UNIQUE,
    organization            UUID   REFERENCES organizations (id),
    name                    TEXT   NOT NULL,
    alternate_name          TEXT,
    description             TEXT,
    url                     TEXT,
    email                   TEXT,
    status                  TEXT   NOT NULL REFERENCES service_statuses (code),
    fees_description        TEXT,
    eligibility_description TEXT,
    application_process     TEXT,
    accreditations          TEXT,
    alert                   TEXT,
    minimum_age             BIGINT, -- whole years
    maximum_age             BIGINT,
    assured_on              TEXT,
    last_modified_at        BIGINT,
    saved_at                BIGINT NOT NULL
);
CREATE INDEX services_by_organization ON services (organization);

CREATE TABLE locations (
    id            UUID NOT NULL PRIMARY KEY,
    location_type TEXT NOT NULL REFERENCES location_types (code),
    name          TEXT,
    description   TEXT,
    latitude      DOUBLE PRECISION, -- WGS 84 degrees
    longitude     DOUBLE PRECISION,
    address_1     TEXT,
    address_2     TEXT,
    city          TEXT,
    region        TEXT,
    postal_code   TEXT,
    country       TEXT,
    accessibility TEXT NOT NULL -- JSON, a list of texts
);

CREATE TABLE service_at_locations (
    service  UUID   NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    ordinal  BIGINT NOT NULL,
    id       UUID   NOT NULL,
    location UUID   NOT NULL REFERENCES locations (id),
    PRIMARY KEY (service, ordinal)
);
CREATE INDEX service_at_locations_by_id ON service_at_locations (id);
CREATE INDEX service_at_locations_by_location ON service_at_locations (location);

CREATE TABLE schedules (
    service       UUID   NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    ordinal       BIGINT NOT NULL,
    id            UUID   NOT NULL,
    freq          TEXT,   -- RFC 5545: WEEKLY, MONTHLY
    repeats_every BIGINT, -- RFC 5545's interval, a word that PostgreSQL keeps for itself
    byday         TEXT   NOT NULL, -- MO TU …, spaces between
    ordinals      TEXT   NOT NULL, -- 1 -1 …, spaces between
    bymonthday    TEXT   NOT NULL, -- 1 15 …, spaces between
    valid_from_on TEXT,
    valid_to_on   TEXT,
    opens         TEXT,   -- HH:MM:SS by the clock on the wall
    closes        TEXT,
    description   TEXT,
    notes         TEXT,
    PRIMARY KEY (service, ordinal)
);

CREATE TABLE cost_options (
    service            UUID   NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    ordinal            BIGINT NOT NULL,
    id                 UUID   NOT NULL,
    option_name        TEXT,
    amount_pence       BIGINT,
    currency           TEXT,
    amount_description TEXT,
    valid_from_on      TEXT,
    valid_to_on        TEXT,
    PRIMARY KEY (service, ordinal)
);

CREATE TABLE phones (
    service     UUID   NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    ordinal     BIGINT NOT NULL,
    id          UUID   NOT NULL,
    number      TEXT   NOT NULL,
    description TEXT,
    PRIMARY KEY (service, ordinal)
);

CREATE TABLE taxonomies (
    id          UUID NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL,
    description TEXT
);

CREATE TABLE taxonomy_terms (
    id       UUID NOT NULL PRIMARY KEY,
    taxonomy UUID NOT NULL REFERENCES taxonomies (id),
    name     TEXT NOT NULL,
    slug     TEXT NOT NULL,
    parent   UUID -- no foreign key: a feed may name a parent that it does not hold
);
CREATE INDEX taxonomy_terms_by_taxonomy ON taxonomy_terms (taxonomy, name);

CREATE TABLE service_terms (
    service UUID   NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    ordinal BIGINT NOT NULL,
    term    UUID   NOT NULL REFERENCES taxonomy_terms (id),
    PRIMARY KEY (service, ordinal)
);
CREATE INDEX service_terms_by_term ON service_terms (term);

CREATE TABLE service_areas (
    service UUID   NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    ordinal BIGINT NOT NULL,
    name    TEXT   NOT NULL,
    PRIMARY KEY (service, ordinal)
);

CREATE TABLE service_languages (
    service UUID   NOT NULL REFERENCES services (id) ON DELETE CASCADE,
    ordinal BIGINT NOT NULL,
    name    TEXT   NOT NULL,
    PRIMARY KEY (service, ordinal)
);
