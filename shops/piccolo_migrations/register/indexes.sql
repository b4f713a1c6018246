-- A place has one shop at a time.
CREATE UNIQUE INDEX shop_one_at_a_place ON shop (place_id) WHERE ended_at IS NULL;

-- The next import of a source finds the shop by its key.
CREATE UNIQUE INDEX shop_by_source ON shop (dataset, source_key) WHERE source_key IS NOT NULL AND ended_at IS NULL;

-- Shops of a credit code: a chain has several.
CREATE INDEX shop_by_uscc ON shop (uscc) WHERE uscc IS NOT NULL;

-- The former shops of a place.
CREATE INDEX shop_by_place ON shop (place_id);

-- A shop has one owner at a time.
CREATE UNIQUE INDEX shop_person_one_owner ON shop_person (shop_id) WHERE role = 'owner' AND until IS NULL;

-- Somebody is one of a shop's people once at a time; also whose shops somebody has.
CREATE UNIQUE INDEX shop_person_once ON shop_person (account_id, shop_id) WHERE until IS NULL;

-- Who answered for a shop, and when.
CREATE INDEX shop_person_by_shop ON shop_person (shop_id, since);

-- Somebody claims a shop once at a time.
CREATE UNIQUE INDEX shop_claim_once ON shop_claim (account_id, shop_id) WHERE state IN ('open', 'contested');

-- The claims of a shop.
CREATE INDEX shop_claim_by_shop ON shop_claim (shop_id, asked_at);

-- Claims that wait for a decision.
CREATE INDEX shop_claim_waiting ON shop_claim (asked_at) WHERE state IN ('open', 'contested');

-- The states of a shop, one after the other.
CREATE INDEX shop_state_change_by_shop ON shop_state_change (shop_id, changed_at);
