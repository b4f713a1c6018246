-- The hours of a person, day by day.
CREATE INDEX hours_entry_by_account ON hours_entry (account_id, on_date);

-- What the volunteers of an area did, the latest first.
CREATE INDEX hours_entry_by_committee ON hours_entry (committee_code varchar_pattern_ops, on_date, id);

-- Who worked on an order.
CREATE INDEX hours_entry_by_order ON hours_entry (order_id) WHERE order_id IS NOT NULL;

-- A closing earns a person nothing twice.
CREATE UNIQUE INDEX points_entry_closing_once ON points_entry (account_id, kind, order_id, closed_at)
    WHERE kind IN ('work', 'report');

-- The same item at the same place counts once a day; `round` goes on where one was taken back.
CREATE UNIQUE INDEX points_entry_place_once_a_day ON points_entry (account_id, place_key, item_code, on_date, round)
    WHERE kind IN ('work', 'report') AND points > 0;

-- The points of a person, day by day.
CREATE INDEX points_entry_by_account ON points_entry (account_id, on_date);

-- What an order earned.
CREATE INDEX points_entry_by_order ON points_entry (order_id) WHERE order_id IS NOT NULL;

-- Who handled whose reports within an area.
CREATE INDEX points_entry_by_committee ON points_entry (committee_code varchar_pattern_ops, on_date);
