-- The relay's log. Statements are set apart by an empty line, and none may contain one.
CREATE TABLE log (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    event_id TEXT NOT NULL UNIQUE,
    received_at INTEGER NOT NULL, -- milliseconds since 1970, UTC
    intent TEXT NOT NULL,
    signature TEXT NOT NULL, -- telnyx-signature-ed25519 as received
    timestamp TEXT NOT NULL, -- telnyx-timestamp as received; signature, timestamp and body prove each row
    body BLOB NOT NULL
) STRICT;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'the log only grows');
END;
