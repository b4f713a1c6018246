-- What is due on a channel, urgent first. What only waits for another way to fail is not in it.
CREATE INDEX message_delivery_due ON message_delivery (channel, is_urgent DESC, next_at)
    WHERE state = 'queued' AND next_at < 'infinity';

-- What went to a person about the same within the last minute, and what goes together.
CREATE INDEX message_delivery_by_bundle ON message_delivery (account_id, bundle, created_at);

-- The deliveries of a phone that its vendor does not know any more.
CREATE INDEX message_delivery_by_device ON message_delivery (device_id) WHERE device_id IS NOT NULL;

-- The deliveries that another one carried.
CREATE INDEX message_delivery_by_carrier ON message_delivery (carried_by_id) WHERE carried_by_id IS NOT NULL;

-- The messages about an order: its delivery log, and what a handler has seen by acting.
CREATE INDEX message_by_order ON message (order_id, account_id) WHERE order_id IS NOT NULL;

-- The phones of a person.
CREATE INDEX device_by_account ON device (account_id);

-- The phones of a session, which go with it.
CREATE INDEX device_by_session ON device (session_id);
