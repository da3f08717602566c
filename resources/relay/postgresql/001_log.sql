-- The relay's log on PostgreSQL. Statements are set apart by an empty line, and none may contain one. Times are
-- milliseconds since 1970, UTC.
CREATE TABLE longcode_relay.log (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    id text NOT NULL,
    head bigint NOT NULL DEFAULT 0, -- the newest seq
    first bigint NOT NULL DEFAULT 1, -- the oldest seq that is kept
    bytes bigint NOT NULL DEFAULT 0 -- of all bodies that are kept
) WITH (fillfactor = 10);

CREATE TABLE longcode_relay.event (
    seq bigint PRIMARY KEY CHECK (seq > 0),
    event_id text NOT NULL UNIQUE,
    received_at bigint NOT NULL,
    intent text NOT NULL,
    signature text NOT NULL, -- telnyx-signature-ed25519 as received
    timestamp text NOT NULL, -- telnyx-timestamp as received; signature, timestamp and body prove each row
    body bytea NOT NULL,
    kind smallint NOT NULL DEFAULT 0, -- 0: webhook, 1: team fact
    author text NOT NULL DEFAULT '',
    account text NOT NULL DEFAULT ''
);

CREATE FUNCTION longcode_relay.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log only grows';
END;
$$;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON longcode_relay.event
    FOR EACH ROW EXECUTE FUNCTION longcode_relay.refuse_change();

CREATE TABLE longcode_relay.reader_place (
    name text NOT NULL,
    console text NOT NULL,
    acknowledged bigint NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (name, console)
);

CREATE TABLE longcode_relay.forward_cursor (
    name text PRIMARY KEY,
    next_seq bigint NOT NULL,
    updated_at bigint NOT NULL
);

CREATE TABLE longcode_relay.forward_letter (
    forward text NOT NULL,
    seq bigint NOT NULL,
    state bigint NOT NULL, -- 0: waiting for another try, 1: dead
    attempts bigint NOT NULL,
    next_at bigint NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (forward, seq)
);

CREATE INDEX forward_letter_by_time ON longcode_relay.forward_letter (forward, state, next_at);

-- A batch in one round trip. The lock on the one row of log is held until the commit and makes the order of
-- commits the order of seq, without a gap: a number is used up only when its row went in. The statements of a
-- function see what was committed while it waited for the lock. The lock never waits for a relay's network.
-- before: the head this batch began at. places: which elements of the arrays were new, counted from 1; they have
-- the numbers before + 1, before + 2, …
CREATE FUNCTION longcode_relay.append_events(ids text[], received bigint[], intents text[], signatures text[],
    timestamps text[], bodies bytea[], kinds smallint[], authors text[], accounts text[],
    OUT before bigint, OUT places text) LANGUAGE plpgsql AS $$
DECLARE
    at_seq bigint;
    added_bytes bigint := 0;
    new_places bigint[] := '{}';
    e record;
BEGIN
    SELECT l.head INTO STRICT before FROM longcode_relay.log l FOR UPDATE;
    at_seq := before;
    FOR e IN SELECT * FROM unnest(ids, received, intents, signatures, timestamps, bodies, kinds, authors, accounts)
            WITH ORDINALITY AS u (id, received_at, intent, signature, stamp, body, kind, author, account, place)
            ORDER BY place LOOP
        INSERT INTO longcode_relay.event
            (seq, event_id, received_at, intent, signature, timestamp, body, kind, author, account)
            VALUES (at_seq + 1, e.id, e.received_at, e.intent, e.signature, e.stamp, e.body, e.kind, e.author,
                e.account)
            ON CONFLICT (event_id) DO NOTHING;
        IF FOUND THEN
            at_seq := at_seq + 1;
            added_bytes := added_bytes + length(e.body);
            new_places := new_places || e.place;
        END IF;
    END LOOP;
    IF at_seq > before THEN
        UPDATE longcode_relay.log SET head = at_seq, bytes = bytes + added_bytes;
        PERFORM pg_notify('longcode_relay_log', at_seq::text);
    END IF;
    places := array_to_string(new_places, ' ');
END;
$$;
