-- Team facts beside webhooks, who reads the log, forwards, and a log that is kept for a limited time.
ALTER TABLE event ADD COLUMN kind INTEGER NOT NULL DEFAULT 0; -- 0: webhook, 1: team fact

ALTER TABLE event ADD COLUMN author TEXT NOT NULL DEFAULT '';

ALTER TABLE event ADD COLUMN account TEXT NOT NULL DEFAULT '';

-- The oldest seq that is kept.
ALTER TABLE log ADD COLUMN first INTEGER NOT NULL DEFAULT 1;

-- Of all bodies that are kept.
ALTER TABLE log ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;

UPDATE log SET bytes = (SELECT coalesce(sum(length(body)), 0) FROM event);

CREATE TABLE reader_place (
    name TEXT NOT NULL,
    console TEXT NOT NULL,
    acknowledged INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (name, console)
) STRICT;

CREATE TABLE forward_cursor (
    name TEXT PRIMARY KEY,
    next_seq INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE forward_letter (
    forward TEXT NOT NULL,
    seq INTEGER NOT NULL,
    state INTEGER NOT NULL, -- 0: waiting for another try, 1: dead
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (forward, seq)
) STRICT;

CREATE INDEX forward_letter_by_time ON forward_letter (forward, state, next_at);
