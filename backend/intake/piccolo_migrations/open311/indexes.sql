-- Which requests an order is known as, and whether it was sent on.
CREATE INDEX open311_request_by_order ON open311_request (order_id) WHERE order_id IS NOT NULL;

-- The request of a record.
CREATE UNIQUE INDEX open311_request_by_record ON open311_request (record_id) WHERE record_id IS NOT NULL;

-- The same form, sent again after a lost answer.
CREATE INDEX open311_request_by_print ON open311_request (source_id, body_print, created_at) WHERE way = 'filed';

-- By its number there; two that were sent on never become one there without somebody looking at it.
CREATE INDEX open311_request_by_number ON open311_request (source_id, request_no) WHERE request_no <> '';

-- An order is with one endpoint once at a time.
CREATE UNIQUE INDEX open311_request_sent_once ON open311_request (source_id, order_id)
    WHERE way = 'sent' AND state <> 'refused';

-- What is still to be sent, in order.
CREATE INDEX open311_request_waiting ON open311_request (source_id, id) WHERE state IN ('waiting', 'asking', 'pending');

CREATE INDEX open311_update_waiting ON open311_update (request_id, id) WHERE state = 'waiting';
