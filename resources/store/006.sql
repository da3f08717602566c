-- What a person typed as the name of this number; '': the name came with a contact. It wins over a contact's.
ALTER TABLE names ADD COLUMN typed TEXT NOT NULL DEFAULT ''

UPDATE names SET typed = name WHERE peer NOT IN (SELECT address FROM contact_numbers)

-- Notes not said yet, beside the drafts of answers.
CREATE TABLE note_drafts(
    conversation INTEGER PRIMARY KEY REFERENCES conversations(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    saved_at INTEGER NOT NULL)

-- Derived: who wrote the last message, when the relay told; and whether it was written at this console.
ALTER TABLE conversations ADD COLUMN last_author TEXT NOT NULL DEFAULT ''

ALTER TABLE conversations ADD COLUMN last_here INTEGER NOT NULL DEFAULT 0

-- Our number, short code or name that it went through. '': the only one that the conversation has had so far,
-- or, in one that has had several, not known.
ALTER TABLE messages ADD COLUMN own TEXT NOT NULL DEFAULT ''

-- What an earlier form of step 4 put down to the present sender of a conversation that has had several.
UPDATE keyword_texts SET own = '' WHERE keyword = 1 AND message IN (SELECT m.id FROM messages m
    JOIN conversations c ON c.id = m.conversation WHERE EXISTS (SELECT 1 FROM pairs p
    WHERE p.conversation = c.id AND p.own <> c.own))

DELETE FROM keyword_texts WHERE keyword = 2 AND message IN (SELECT m.id FROM messages m
    JOIN conversations c ON c.id = m.conversation WHERE EXISTS (SELECT 1 FROM pairs p
    WHERE p.conversation = c.id AND p.own <> c.own))

-- The derived columns are to be computed anew when all steps are done.
INSERT INTO facts(name, value) VALUES ('store/refresh', '1') ON CONFLICT DO NOTHING
