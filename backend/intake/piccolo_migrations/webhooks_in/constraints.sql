-- Under an id a webhook of a source is taken once.
ALTER TABLE received_webhook ADD CONSTRAINT received_webhook_once UNIQUE (source_id, webhook_id);
