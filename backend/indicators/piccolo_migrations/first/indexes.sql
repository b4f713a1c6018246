-- Indexes of indicators beside those of keys.

-- What an order adds.
CREATE INDEX order_contribution_by_order ON order_contribution (order_id);

-- Days of an area.
CREATE INDEX order_contribution_by_area ON order_contribution (area_code, day);

-- Whether an order is still to be counted.
CREATE INDEX indicator_touched_by_order ON indicator_touched (order_id);

-- The latest differences.
CREATE INDEX indicator_difference_latest ON indicator_difference (found_at DESC);
