-- A shop has one live booking in a slot.
DROP INDEX pickup_booking_once;
CREATE UNIQUE INDEX pickup_booking_once ON pickup_booking (shop_id, slot_id)
    WHERE state NOT IN ('missed', 'refused', 'changed', 'cancelled');

-- What has to go back to shops.
CREATE INDEX pickup_payment_to_return ON pickup_payment (id) WHERE refund_fen > 0 AND refunded_at IS NULL;
