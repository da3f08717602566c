-- Search in texts: words, the last one by its beginning, without regard to case and accents.
CREATE VIRTUAL TABLE message_search USING fts5(text, content='messages', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2', prefix='2 3', detail='none', columnsize=0)

CREATE TRIGGER message_search_insert AFTER INSERT ON messages BEGIN
    INSERT INTO message_search(rowid, text) VALUES (new.id, new.text);
END

CREATE TRIGGER message_search_delete AFTER DELETE ON messages BEGIN
    INSERT INTO message_search(message_search, rowid, text) VALUES ('delete', old.id, old.text);
END

CREATE TRIGGER message_search_update AFTER UPDATE OF text ON messages BEGIN
    INSERT INTO message_search(message_search, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO message_search(rowid, text) VALUES (new.id, new.text);
END

-- Which conversation a message is in, without touching the wide rows.
CREATE INDEX messages_conversation ON messages(id, conversation)

INSERT INTO message_search(message_search) VALUES ('rebuild')
