-- Indexes of push beside those of keys and plain columns, which Piccolo makes.

-- How many messages are unread.
CREATE INDEX message_unread ON message (account_id) WHERE read_at IS NULL;

-- The messages of an event, deleted with it.
CREATE INDEX message_by_event ON message (event_id);
