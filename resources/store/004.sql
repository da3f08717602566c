-- The support desk: what a person decides about conversations, sends that wait, blocks, contacts, and events
-- as they came.
ALTER TABLE conversations ADD COLUMN pinned_at INTEGER NOT NULL DEFAULT 0

ALTER TABLE conversations ADD COLUMN marked_unread INTEGER NOT NULL DEFAULT 0

ALTER TABLE conversations ADD COLUMN snoozed_until INTEGER NOT NULL DEFAULT 0

-- The message on top of the screen when it was last left; 0: it was at its newest.
ALTER TABLE conversations ADD COLUMN read_position INTEGER NOT NULL DEFAULT 0

-- Derived: the customer's first text since the last answer or closing; 0: none.
ALTER TABLE conversations ADD COLUMN waiting_since INTEGER NOT NULL DEFAULT 0

-- Derived: messages in messages_scheduled.
ALTER TABLE conversations ADD COLUMN scheduled INTEGER NOT NULL DEFAULT 0

-- Of an inbound one: when the relay received the first event of it. Null: not known.
ALTER TABLE messages ADD COLUMN arrived_at INTEGER

-- When it is to reach the customer; 0: at once.
ALTER TABLE messages ADD COLUMN send_at INTEGER NOT NULL DEFAULT 0

ALTER TABLE intents ADD COLUMN send_at INTEGER NOT NULL DEFAULT 0

ALTER TABLE intents ADD COLUMN held_until INTEGER NOT NULL DEFAULT 0

-- The last closing that the log told of, even if it was opened again.
ALTER TABLE closings ADD COLUMN closed_at INTEGER NOT NULL DEFAULT 0

UPDATE closings SET closed_at = ifnull((SELECT c.last_at FROM pairs p JOIN conversations c
    ON c.id = p.conversation WHERE p.peer = closings.peer AND p.own = closings.own), 0) WHERE closed = 1

DROP INDEX conversations_newest

DROP INDEX conversations_unread

DROP INDEX conversations_failed

DROP INDEX conversations_closed

DROP INDEX conversations_claimed

-- One index for each list, in the list's order, with all that its condition asks for: so that no row is read,
-- what a partial index says already must be a column of it too.
CREATE INDEX conversations_listed ON conversations(pinned_at DESC, last_at DESC, tie DESC, closed,
    snoozed_until, claim_until, assignee, own)

CREATE INDEX conversations_unread ON conversations(pinned_at DESC, last_at DESC, tie DESC, own, unread, marked_unread)
    WHERE unread > 0 OR marked_unread = 1

CREATE INDEX conversations_failed ON conversations(pinned_at DESC, last_at DESC, tie DESC, own, failed)
    WHERE failed = 1

CREATE INDEX conversations_closed ON conversations(pinned_at DESC, last_at DESC, tie DESC, own, closed)
    WHERE closed = 1

CREATE INDEX conversations_waiting ON conversations(waiting_since, last_at DESC, tie DESC, closed,
    snoozed_until, own) WHERE waiting_since > 0

CREATE INDEX conversations_scheduled ON conversations(pinned_at DESC, last_at DESC, tie DESC, own, scheduled)
    WHERE scheduled > 0

CREATE INDEX conversations_opted_out ON conversations(pinned_at DESC, last_at DESC, tie DESC, own, opt_out_at)
    WHERE opt_out_at IS NOT NULL

CREATE INDEX conversations_snoozed ON conversations(snoozed_until, closed, own, pinned_at, last_at, tie)
    WHERE snoozed_until > 0

CREATE INDEX conversations_claimed ON conversations(claim_until, assignee, closed, snoozed_until, own,
    pinned_at, last_at, tie) WHERE claim_until > 0

CREATE INDEX conversations_of_own ON conversations(own)

DROP INDEX messages_outbound

CREATE INDEX messages_outbound ON messages(conversation, at, tie, state) WHERE direction = 1

-- Sends that have not left yet: Scheduled at the API, or with a time and in Waiting, Sending, Uncertain, Held.
CREATE INDEX messages_scheduled ON messages(conversation, send_at)
    WHERE state = 11 OR (send_at > 0 AND state IN (1, 2, 3, 12))

-- What recovery asks about: Uncertain, Queued, Sent, Scheduled.
CREATE INDEX messages_unfinished ON messages(at) WHERE direction = 1 AND state IN (3, 5, 6, 11)

CREATE INDEX intents_held ON intents(held_until) WHERE phase = 8

-- Derived: every STOP and START a customer wrote, with the number of ours that he wrote it to.
CREATE TABLE keyword_texts(
    message INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
    peer TEXT NOT NULL,
    own TEXT NOT NULL,           -- '': any of ours
    at INTEGER NOT NULL,
    tie INTEGER NOT NULL,
    keyword INTEGER NOT NULL,
    word TEXT NOT NULL)

CREATE INDEX keyword_texts_of_peer ON keyword_texts(peer, at, tie)

-- A conversation that has had several senders, or has another now than the one it began with, does not tell
-- which of them the customer meant: his STOP is of all of them ('' is our every number), and his START lifts none.
INSERT INTO keyword_texts SELECT m.id, c.peer, iif(p.senders > 1 OR p.own <> c.own, '', c.own), m.at, m.tie, m.keyword,
    trim(m.text, char(9, 10, 13, 32)) FROM messages m JOIN conversations c ON c.id = m.conversation
    JOIN (SELECT conversation, count(*) AS senders, min(own) AS own FROM pairs GROUP BY conversation) p ON p.conversation = c.id
    WHERE m.keyword IN (1, 2) AND m.direction = 0 AND (m.keyword = 1 OR p.senders = 1 AND p.own = c.own)

DROP INDEX messages_keyword

-- What GET /messaging_optouts listed when it was last read.
CREATE TABLE listed_blocks(
    peer TEXT NOT NULL,
    own TEXT NOT NULL,           -- or ''
    profile_id TEXT NOT NULL,    -- or ''
    keyword TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY(peer, own, profile_id, at, keyword)) WITHOUT ROWID

-- Sends that were held back because of a block. Kept for ever.
CREATE TABLE suppressed(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    peer TEXT NOT NULL,
    own TEXT NOT NULL,
    intent TEXT NOT NULL,        -- or ''
    text TEXT NOT NULL,
    reason TEXT NOT NULL)

CREATE UNIQUE INDEX suppressed_intent ON suppressed(intent) WHERE intent <> ''

-- Events of messages as they came, packed (raw_events.cpp).
CREATE TABLE raw_events(
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
    event_id NOT NULL,
    type NOT NULL,
    received_at INTEGER NOT NULL,
    source NOT NULL,
    signature,
    timestamp,
    body BLOB NOT NULL)

CREATE INDEX raw_events_of_message ON raw_events(message)

CREATE TABLE contacts(
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,        -- name, as it is searched and sorted
    words TEXT NOT NULL,         -- the other names and the organisation, as they are searched
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    note TEXT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    custom TEXT NOT NULL) WITHOUT ROWID      -- JSON array of [name, value], or ''

CREATE INDEX contacts_by_name ON contacts(folded, id, words)

CREATE TABLE contact_numbers(
    address TEXT PRIMARY KEY,
    contact TEXT NOT NULL REFERENCES contacts(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    label TEXT NOT NULL) WITHOUT ROWID

CREATE INDEX contact_numbers_of ON contact_numbers(contact, position)

-- The derived columns are to be computed anew when all steps are done.
INSERT INTO facts(name, value) VALUES ('store/refresh', '1')
