-- What JPush is asked about: messages of the last half hour that it took.
CREATE INDEX message_delivery_to_ask_for ON message_delivery (sent_at) WHERE channel = 'jpush' AND state = 'sent';
