SET LOCAL statement_timeout = '60s';

-- How many messages are unread: without those that something later has made old news.
CREATE INDEX message_news ON message (account_id) WHERE read_at IS NULL AND superseded_at IS NULL;
DROP INDEX message_unread;
ALTER INDEX message_news RENAME TO message_unread;
