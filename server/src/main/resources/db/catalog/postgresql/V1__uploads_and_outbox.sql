-- Instants are milliseconds since 1970 (UTC).
CREATE TABLE upload (
    id                     TEXT   NOT NULL PRIMARY KEY,
    owner                  TEXT   NOT NULL,
    state                  TEXT   NOT NULL,
    upload_offset          BIGINT NOT NULL,
    length                 BIGINT,
    metadata               TEXT   NOT NULL,
    concatenation          TEXT   NOT NULL,
    concatenation_ids      TEXT   NOT NULL,
    concatenation_received TEXT   NOT NULL,
    creation_key           TEXT,
    content                TEXT,
    created_at             BIGINT NOT NULL,
    updated_at             BIGINT NOT NULL,
    expires_at             BIGINT,
    version                BIGINT NOT NULL,
    epoch                  BIGINT NOT NULL,
    -- All bytes of a small upload that arrived in one request.
    inline_content         BYTEA
);

CREATE UNIQUE INDEX upload_creation_key ON upload (creation_key) WHERE creation_key IS NOT NULL;

CREATE INDEX upload_due ON upload (expires_at, id) WHERE expires_at IS NOT NULL;

CREATE TABLE outbox (
    number      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        TEXT   NOT NULL,
    upload_id   TEXT   NOT NULL,
    happened_at BIGINT NOT NULL,
    length      BIGINT
);

-- Which data directory has the content that the records name: one row at most.
CREATE TABLE content_home (
    one BOOLEAN NOT NULL DEFAULT TRUE PRIMARY KEY CHECK (one),
    id  TEXT    NOT NULL
);
