-- What no row of webhooks out may say, whoever writes it.

-- A source hears at one place.
ALTER TABLE webhook_endpoint ADD CONSTRAINT webhook_endpoint_once UNIQUE (source_id);

-- An address is one of the web.
ALTER TABLE webhook_endpoint ADD CONSTRAINT webhook_endpoint_address CHECK (url ~ '^https?://');

-- What is off says why, and nothing else does.
ALTER TABLE webhook_endpoint ADD CONSTRAINT webhook_endpoint_stopped_says_why CHECK (is_on = (stopped_for = ''));

-- A secret of before has an end.
ALTER TABLE webhook_endpoint ADD CONSTRAINT webhook_endpoint_former_ends
    CHECK ((former_secret IS NULL) = (former_until IS NULL));

-- A fact about a record is sent once.
ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_once UNIQUE (endpoint_id, event_id, record_id);

-- The states that there are.
ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_state_known
    CHECK (state IN ('waiting', 'delivered', 'given_up'));

-- What ended says when, and nothing else does.
ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_ended_says_when
    CHECK ((state = 'waiting') = (ended_at IS NULL));
