-- What a search asks of a message besides its words, without touching the wide rows.
DROP INDEX messages_conversation

CREATE INDEX messages_facts ON messages(id, conversation, at, state, media_count, error_code)

CREATE INDEX messages_with_error ON messages(error_code, id) WHERE error_code <> ''
