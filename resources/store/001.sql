-- Conversations, messages, send intents. Statements are separated by an empty line; none may hold one.
-- Times are milliseconds since 1970, UTC. What is "derived" is computed from other rows by the writer.
CREATE TABLE conversations(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    peer TEXT NOT NULL,
    own TEXT NOT NULL,           -- the sender it answers from now
    tie INTEGER NOT NULL,        -- orders conversations of the same millisecond; from both addresses
    begun_at INTEGER,            -- null: an event began it
    last_at INTEGER NOT NULL DEFAULT 0,      -- derived, as all below
    last_message INTEGER NOT NULL DEFAULT 0,
    last_direction INTEGER NOT NULL DEFAULT 0,
    last_state INTEGER NOT NULL DEFAULT 0,
    last_media_count INTEGER NOT NULL DEFAULT 0,
    preview TEXT NOT NULL DEFAULT '',
    unread INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    opt_out_at INTEGER,
    opt_out_word TEXT NOT NULL DEFAULT '',
    carrier TEXT NOT NULL DEFAULT '',
    line_type TEXT NOT NULL DEFAULT '')

CREATE INDEX conversations_newest ON conversations(last_at DESC, tie DESC)

CREATE INDEX conversations_of_peer ON conversations(peer)

CREATE INDEX conversations_unread ON conversations(last_at DESC, tie DESC) WHERE unread > 0

CREATE INDEX conversations_failed ON conversations(last_at DESC, tie DESC) WHERE failed = 1

-- Which conversation a pair of addresses belongs to. One conversation may have several pairs.
CREATE TABLE pairs(
    peer TEXT NOT NULL,
    own TEXT NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    PRIMARY KEY(peer, own)) WITHOUT ROWID

CREATE INDEX pairs_of_conversation ON pairs(conversation)

CREATE TABLE names(
    peer TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL) WITHOUT ROWID

CREATE TABLE drafts(
    conversation INTEGER PRIMARY KEY REFERENCES conversations(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    saved_at INTEGER NOT NULL)

CREATE TABLE messages(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations(id),
    direction INTEGER NOT NULL,
    at INTEGER NOT NULL,         -- received or written
    tie INTEGER NOT NULL,        -- orders messages of the same millisecond; from the message's identity
    text TEXT NOT NULL,
    telnyx_id TEXT,              -- null: not known yet; 'event:' and the event's id when the message has none
    mms INTEGER NOT NULL DEFAULT 0,
    media TEXT NOT NULL DEFAULT '',          -- JSON array of url, content_type, sha256, size
    media_count INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL,                  -- derived from intent and reports, as all below
    segments INTEGER NOT NULL DEFAULT 0,
    encoding INTEGER NOT NULL DEFAULT 0,
    cost_amount TEXT,
    cost_currency TEXT,
    error_code TEXT NOT NULL DEFAULT '',
    error_title TEXT NOT NULL DEFAULT '',
    error_detail TEXT NOT NULL DEFAULT '',
    server_status TEXT NOT NULL DEFAULT '',
    carrier TEXT NOT NULL DEFAULT '',
    line_type TEXT NOT NULL DEFAULT '',
    keyword INTEGER NOT NULL DEFAULT 0)

CREATE INDEX messages_in_order ON messages(conversation, at, tie)

CREATE UNIQUE INDEX messages_by_telnyx_id ON messages(telnyx_id, direction) WHERE telnyx_id IS NOT NULL

CREATE INDEX messages_outbound ON messages(conversation, at, tie) WHERE direction = 1

CREATE INDEX messages_unread ON messages(conversation, id) WHERE unread = 1

CREATE INDEX messages_keyword ON messages(conversation, at, tie) WHERE keyword IN (1, 2)

CREATE INDEX messages_carrier ON messages(conversation, at, tie) WHERE carrier <> ''

CREATE INDEX messages_paid ON messages(at) WHERE cost_amount IS NOT NULL AND direction = 1

-- What this console was asked to send. Kept, so that late events find their message.
CREATE TABLE intents(
    id TEXT PRIMARY KEY,
    message INTEGER NOT NULL UNIQUE REFERENCES messages(id),
    phase INTEGER NOT NULL,
    sender TEXT NOT NULL,
    segments INTEGER NOT NULL,
    encoding INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    handed_at INTEGER,
    answered_at INTEGER,
    error_code TEXT NOT NULL DEFAULT '',
    error_title TEXT NOT NULL DEFAULT '',
    error_detail TEXT NOT NULL DEFAULT '') WITHOUT ROWID

CREATE INDEX intents_open ON intents(written_at) WHERE phase IN (1, 2, 3)

-- What was told of a message: one row for each event, and one with the id 'answer' for the API's answer.
-- The state of a message is computed from all of them, so the order of arrival cannot matter.
CREATE TABLE reports(
    message INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
    event_id TEXT NOT NULL,
    status TEXT NOT NULL,
    at INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL DEFAULT 0,
    parts INTEGER,
    encoding TEXT NOT NULL DEFAULT '',
    cost_amount TEXT,
    cost_currency TEXT,
    error_code TEXT NOT NULL DEFAULT '',
    error_title TEXT NOT NULL DEFAULT '',
    error_detail TEXT NOT NULL DEFAULT '',
    carrier TEXT NOT NULL DEFAULT '',
    line_type TEXT NOT NULL DEFAULT '',
    keyword INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(message, event_id)) WITHOUT ROWID

CREATE TABLE cursors(
    log TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    used INTEGER NOT NULL) WITHOUT ROWID

CREATE TABLE senders(
    address TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    profile_id TEXT NOT NULL,
    profile_name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    smart_encoding INTEGER NOT NULL,
    profile_enabled INTEGER NOT NULL,
    success_ratio REAL) WITHOUT ROWID

CREATE TABLE facts(
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL) WITHOUT ROWID
