-- A source by days, for its figures; and its records, the latest first.
CREATE INDEX intake_record_by_day ON intake_record (source_id, received_at);

-- What waits for a person.
CREATE INDEX intake_record_waiting ON intake_record (id DESC) WHERE state IN ('unsure', 'unreadable');

-- The open order of a fold.
CREATE INDEX intake_record_by_fold ON intake_record (source_id, fold, id DESC) WHERE fold <> '' AND state = 'filed';

-- The records behind an order.
CREATE INDEX intake_record_by_order ON intake_record (order_id) WHERE order_id IS NOT NULL;

-- Messages whose term is over are found by its end.
CREATE INDEX intake_message_by_term ON intake_message (erase_at) WHERE body IS NOT NULL;

-- Contacts go when no message of their record is left.
CREATE INDEX intake_record_with_contact ON intake_record (id) WHERE contact IS NOT NULL;

-- Who opened what of a record.
CREATE INDEX record_reading_by_record ON record_reading (record_id);
