-- The records of a source, the latest first.
CREATE INDEX intake_record_by_source ON intake_record (source_id, id DESC);

-- What is forgotten after its term.
CREATE INDEX received_webhook_by_age ON received_webhook (received_at);
