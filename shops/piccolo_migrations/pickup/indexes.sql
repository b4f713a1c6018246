-- A schedule of a route is laid down once.
CREATE UNIQUE INDEX pickup_schedule_once ON pickup_schedule (route_id, kind, weekdays, starts, from_on);

-- A route has one slot of a kind at a time, however often slots are made; also the slots of a route by day.
CREATE UNIQUE INDEX pickup_slot_once ON pickup_slot (route_id, kind, starts_at);

-- What may still be booked, by kind and time.
CREATE INDEX pickup_slot_ahead ON pickup_slot (kind, starts_at);

-- A person has one hold for a shop at a time.
CREATE UNIQUE INDEX pickup_hold_once ON pickup_hold (shop_id, account_id);

-- The holds of a slot that are over.
CREATE INDEX pickup_hold_by_slot ON pickup_hold (slot_id, until);

-- The holds that are over.
CREATE INDEX pickup_hold_by_end ON pickup_hold (until);

-- One price at a time.
CREATE UNIQUE INDEX pickup_price_once ON pickup_price (kind, unit, area_code, from_on);

-- One quota of a shop, kind and year.
CREATE UNIQUE INDEX pickup_quota_once ON pickup_quota (shop_id, kind, unit, year);

-- The recurrences that go on.
CREATE INDEX pickup_recurrence_going_on ON pickup_recurrence (shop_id) WHERE ended_at IS NULL;

-- A day of a recurrence is dealt with once.
CREATE UNIQUE INDEX pickup_occurrence_once ON pickup_occurrence (recurrence_id, on_date);

-- The filings of a shop.
CREATE INDEX renovation_filing_by_shop ON renovation_filing (shop_id, id);

-- Filings that wait for somebody.
CREATE INDEX renovation_filing_waiting ON renovation_filing (signed_at) WHERE state = 'filed';

-- A shop has one live booking in a slot.
CREATE UNIQUE INDEX pickup_booking_once ON pickup_booking (shop_id, slot_id)
    WHERE state NOT IN ('missed', 'changed', 'cancelled');

-- A phone's tap books once.
CREATE UNIQUE INDEX pickup_booking_by_key ON pickup_booking (account_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- The bookings of a shop, the latest first.
CREATE INDEX pickup_booking_by_shop ON pickup_booking (shop_id, id);

-- The stops of a slot.
CREATE INDEX pickup_booking_by_slot ON pickup_booking (slot_id);

-- The booking behind an order.
CREATE UNIQUE INDEX pickup_booking_by_order ON pickup_booking (order_id);

-- A booking is replaced once.
CREATE UNIQUE INDEX pickup_booking_replaced_once ON pickup_booking (replaces_id) WHERE replaces_id IS NOT NULL;

-- The bookings of a filing.
CREATE INDEX pickup_booking_by_filing ON pickup_booking (filing_id) WHERE filing_id IS NOT NULL;

-- The bookings that go on.
CREATE INDEX pickup_booking_going_on ON pickup_booking (slot_id)
    WHERE state IN ('booked', 'assigned', 'collected', 'disputed');

-- One payment of a booking at a time.
CREATE UNIQUE INDEX pickup_payment_once ON pickup_payment (booking_id) WHERE booking_id IS NOT NULL AND state <> 'void';

-- One payment of a filing at a time.
CREATE UNIQUE INDEX pickup_payment_filing_once ON pickup_payment (filing_id)
    WHERE filing_id IS NOT NULL AND state <> 'void';

-- A transaction of the provider pays once.
CREATE UNIQUE INDEX pickup_payment_by_transaction ON pickup_payment (transaction_id) WHERE transaction_id IS NOT NULL;
