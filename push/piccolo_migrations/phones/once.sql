SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

-- A message goes over a channel to a phone once.
CREATE UNIQUE INDEX message_delivery_once_to_phone ON message_delivery (message_id, channel, device_id);

-- Where a channel reaches a person and not a phone, a message goes over it once.
CREATE UNIQUE INDEX message_delivery_once_to_person ON message_delivery (message_id, channel)
    WHERE device_id IS NULL AND channel NOT IN ('fcm', 'jpush');

ALTER TABLE message_delivery DROP CONSTRAINT message_delivery_once;
