-- Instants are milliseconds since 1970 (UTC).
CREATE TABLE upload (
    id                     TEXT    NOT NULL PRIMARY KEY,
    owner                  TEXT    NOT NULL,
    state                  TEXT    NOT NULL,
    upload_offset          INTEGER NOT NULL,
    length                 INTEGER,
    metadata               TEXT    NOT NULL,
    concatenation          TEXT    NOT NULL,
    concatenation_ids      TEXT    NOT NULL,
    concatenation_received TEXT    NOT NULL,
    creation_key           TEXT,
    content                TEXT,
    created_at             INTEGER NOT NULL,
    updated_at             INTEGER NOT NULL,
    expires_at             INTEGER,
    version                INTEGER NOT NULL,
    epoch                  INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX upload_creation_key ON upload (creation_key) WHERE creation_key IS NOT NULL;

CREATE INDEX upload_due ON upload (expires_at, id) WHERE expires_at IS NOT NULL;

-- AUTOINCREMENT: a number is never used again, also when the outbox was empty in between.
CREATE TABLE outbox (
    number     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind       TEXT    NOT NULL,
    upload_id  TEXT    NOT NULL,
    happened_at INTEGER NOT NULL,
    length     INTEGER
) STRICT;

-- Filled and emptied again to give the file pages before they are needed; see SqliteReserve.
CREATE TABLE reserve (bytes BLOB NOT NULL) STRICT;
