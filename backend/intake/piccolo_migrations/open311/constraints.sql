-- What no row about another endpoint may say, whoever writes it.

ALTER TABLE open311_peer ADD CONSTRAINT open311_peer_once UNIQUE (source_id);

-- Nothing but a web address, without a query, as paths are put behind it.
ALTER TABLE open311_peer ADD CONSTRAINT open311_peer_address CHECK (url ~ '^https?://[^?#[:space:]]+[^/?#[:space:]]$');

ALTER TABLE open311_peer ADD CONSTRAINT open311_peer_form CHECK (form IN ('xml', 'json'));

-- One request is one request, however often it is sent or fetched.
ALTER TABLE open311_request ADD CONSTRAINT open311_request_once UNIQUE (source_id, way, client_no);

ALTER TABLE open311_request ADD CONSTRAINT open311_request_token UNIQUE (token);

ALTER TABLE open311_request ADD CONSTRAINT open311_request_way CHECK (way IN ('filed', 'fetched', 'sent'));

ALTER TABLE open311_request ADD CONSTRAINT open311_request_state
    CHECK (state IN ('filed', 'waiting', 'asking', 'pending', 'there', 'refused'));

-- What came to us has a record; what we send on has an order and whoever sent it.
ALTER TABLE open311_request ADD CONSTRAINT open311_request_whole CHECK (
    CASE way WHEN 'sent' THEN order_id IS NOT NULL AND created_by_id IS NOT NULL ELSE record_id IS NOT NULL END);

ALTER TABLE open311_update ADD CONSTRAINT open311_update_once UNIQUE (request_id, way, update_no);

ALTER TABLE open311_update ADD CONSTRAINT open311_update_way CHECK (way IN ('in', 'out'));

ALTER TABLE open311_update ADD CONSTRAINT open311_update_state CHECK (state IN ('waiting', 'done', 'refused'));
