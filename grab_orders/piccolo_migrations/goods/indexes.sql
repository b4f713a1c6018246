-- The goods of an area.
CREATE INDEX reward_goods_by_area ON reward_goods (area_code);

-- The exchanges of a person.
CREATE INDEX exchange_by_account ON exchange (account_id, id DESC);

-- What waits to be handed over in a committee.
CREATE INDEX exchange_reserved ON exchange (committee_code varchar_pattern_ops, id) WHERE state = 'reserved';

-- What was exchanged for.
CREATE INDEX exchange_by_goods ON exchange (reward_goods_id);
