-- What waits for somebody's word is a handful.
CREATE INDEX kitchen_link_waiting ON kitchen_link (shop_id) WHERE state = 'waiting';
