-- The message that a vendor's receipt is about.
CREATE INDEX message_delivery_by_vendor_id ON message_delivery (vendor_id, channel)
    WHERE state = 'sent' AND vendor_id <> '';

-- What is old enough to be forgotten.
CREATE INDEX vendor_callback_by_age ON vendor_callback (received_at);
