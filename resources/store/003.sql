-- What colleagues tell each other, as it follows from the relay's log. Kept by pair: the conversation may not
-- be here yet.
ALTER TABLE messages ADD COLUMN author TEXT NOT NULL DEFAULT ''

-- Of a note: names, separated by line ends.
ALTER TABLE messages ADD COLUMN mentions TEXT NOT NULL DEFAULT ''

-- Of an answer that was not written here: the intent that its events carry. Of a note: what it is known by.
ALTER TABLE messages ADD COLUMN handle TEXT NOT NULL DEFAULT ''

CREATE INDEX messages_handle ON messages(handle) WHERE handle <> ''

-- When the relay received the newest webhook that was applied.
ALTER TABLE cursors ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0

CREATE INDEX intents_answered ON intents(answered_at) WHERE phase = 5

-- The last claim of each pair that had effect, over or not.
CREATE TABLE claims(
    peer TEXT NOT NULL,
    own TEXT NOT NULL,
    log TEXT NOT NULL,           -- a claim of another log stands in nobody's way
    assignee TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY(peer, own)) WITHOUT ROWID

CREATE TABLE closings(
    peer TEXT NOT NULL,
    own TEXT NOT NULL,
    closed INTEGER NOT NULL,
    PRIMARY KEY(peer, own)) WITHOUT ROWID

-- Who handed which intent to the API.
CREATE TABLE answers(
    intent TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    peer TEXT NOT NULL,
    own TEXT NOT NULL,
    at INTEGER NOT NULL) WITHOUT ROWID

CREATE INDEX answers_of_pair ON answers(peer, own, at)

CREATE TABLE canned_replies(
    id TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL) WITHOUT ROWID

-- What the relay has not confirmed yet, in the order of saying.
CREATE TABLE outgoing(
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    peer TEXT NOT NULL,
    own TEXT NOT NULL,
    closed INTEGER,              -- of a closing or reopening
    body BLOB NOT NULL)

CREATE INDEX outgoing_closings ON outgoing(peer, own, position) WHERE closed IS NOT NULL

-- Derived from the above.
ALTER TABLE conversations ADD COLUMN closed INTEGER NOT NULL DEFAULT 0

ALTER TABLE conversations ADD COLUMN assignee TEXT NOT NULL DEFAULT ''

ALTER TABLE conversations ADD COLUMN claim_until INTEGER NOT NULL DEFAULT 0

CREATE INDEX conversations_closed ON conversations(last_at DESC, tie DESC) WHERE closed = 1

CREATE INDEX conversations_claimed ON conversations(claim_until) WHERE claim_until > 0
