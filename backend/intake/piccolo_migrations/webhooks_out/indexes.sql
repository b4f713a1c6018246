-- What waits for an endpoint, in order.
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (endpoint_id, id) WHERE state = 'waiting';

-- Whether something earlier of a record waits.
CREATE INDEX webhook_delivery_of_record ON webhook_delivery (record_id, id) WHERE state = 'waiting';

-- What is removed after its term.
CREATE INDEX webhook_delivery_ended ON webhook_delivery (endpoint_id, ended_at) WHERE state <> 'waiting';
