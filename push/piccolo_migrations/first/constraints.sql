-- What no row of push may say, whoever writes it.

-- A fact is told to a person once, however often the job runs.
ALTER TABLE message ADD CONSTRAINT message_told_once UNIQUE (account_id, event_id);
