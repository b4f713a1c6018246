-- What no row may say of refusals, refunds and filings that have ended.

-- The life of a booking: whoever came may have taken nothing.
ALTER TABLE pickup_booking DROP CONSTRAINT pickup_booking_state_known, ADD CONSTRAINT pickup_booking_state_known
    CHECK (state IN ('booked', 'assigned', 'collected', 'disputed', 'done', 'missed', 'refused', 'changed', 'cancelled'));

-- What has ended says when, and nothing else does.
ALTER TABLE pickup_booking DROP CONSTRAINT pickup_booking_ended_says_when,
    ADD CONSTRAINT pickup_booking_ended_says_when
    CHECK ((state IN ('done', 'missed', 'refused', 'changed', 'cancelled')) = (ended_at IS NOT NULL));

-- Whoever refuses says why: what the shop can mend is refused, what it cannot is planned again.
ALTER TABLE pickup_booking ADD CONSTRAINT pickup_booking_refusal_known
    CHECK (CASE WHEN refusal IN ('sorted_wrong', 'not_out', 'too_much', 'hazardous') THEN state = 'refused'
                WHEN refusal IN ('blocked', 'vehicle') THEN state = 'missed'
                ELSE refusal IS NULL AND state <> 'refused' END);

-- Only what was paid goes back, and no more than that.
ALTER TABLE pickup_payment ADD CONSTRAINT pickup_payment_refund_is_sane
    CHECK (refund_fen BETWEEN 0 AND amount_fen AND (refund_fen = 0 OR state = 'paid'));

-- Who says that it was returned says when.
ALTER TABLE pickup_payment ADD CONSTRAINT pickup_payment_refund_says_when
    CHECK ((refunded_at IS NULL) = (refunded_by_id IS NULL) AND (refunded_at IS NULL OR refund_fen > 0));

-- The states of a filing; the shop may end it.
ALTER TABLE renovation_filing DROP CONSTRAINT renovation_filing_is_sane, ADD CONSTRAINT renovation_filing_is_sane
    CHECK (btrim(works) <> '' AND amount BETWEEN 1 AND 99 AND unit IN ('m3', 'bag') AND from_on <= until_on
        AND fee_fen >= 0 AND state IN ('filed', 'agreed', 'refused', 'ended'));

-- What the shop has ended says when and by whom.
ALTER TABLE renovation_filing ADD CONSTRAINT renovation_filing_ended_says_when
    CHECK ((state = 'ended') = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (ended_by_id IS NULL));
