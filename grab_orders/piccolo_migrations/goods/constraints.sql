-- What no row about goods may say, whoever writes it.

-- Nothing is given away that is not there.
ALTER TABLE reward_goods ADD CONSTRAINT reward_goods_stock_left CHECK (stock >= 0);

-- Goods cost points.
ALTER TABLE reward_goods ADD CONSTRAINT reward_goods_cost CHECK (points BETWEEN 1 AND 100000);

-- Goods have a name.
ALTER TABLE reward_goods ADD CONSTRAINT reward_goods_named CHECK (name_zh <> '');

-- Goods are of a town or a committee.
ALTER TABLE reward_goods ADD CONSTRAINT reward_goods_area CHECK (area_code ~ '^([0-9]{9}|[0-9]{12})$');

-- The life of an exchange.
ALTER TABLE exchange ADD CONSTRAINT exchange_state_known CHECK (state IN ('reserved', 'handed_over', 'cancelled'));

-- What is over says when and by whom.
ALTER TABLE exchange ADD CONSTRAINT exchange_ended_whole
    CHECK ((state = 'reserved') = (ended_at IS NULL) AND (ended_at IS NULL) = (ended_by_id IS NULL));

-- Nobody hands goods over to themselves.
ALTER TABLE exchange ADD CONSTRAINT exchange_by_another CHECK (state <> 'handed_over' OR ended_by_id <> account_id);

-- An exchange costs points.
ALTER TABLE exchange ADD CONSTRAINT exchange_cost CHECK (points > 0);

-- An exchange that is sent again is the same one, and its points are taken once.
ALTER TABLE exchange ADD CONSTRAINT exchange_sent_once UNIQUE (account_id, idempotency_key);
ALTER TABLE exchange ADD CONSTRAINT exchange_paid_once UNIQUE (points_entry_id);
