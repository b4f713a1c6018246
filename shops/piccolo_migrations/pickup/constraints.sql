-- What no row of waste pickup may say, whoever writes it.

-- A route has a name and a vehicle with some space.
ALTER TABLE pickup_route ADD CONSTRAINT pickup_route_is_whole
    CHECK (btrim(code) <> '' AND btrim(name) <> '' AND load_l BETWEEN 1 AND 200000 AND area_code ~ '^[0-9]{2,12}$');

-- The kinds of waste that are fetched.
ALTER TABLE pickup_schedule ADD CONSTRAINT pickup_schedule_kind_known
    CHECK (kind IN ('wet', 'dry', 'recyclable', 'renovation', 'bulky'));

-- Days of the week, each in its number, at least one.
ALTER TABLE pickup_schedule ADD CONSTRAINT pickup_schedule_weekdays_known
    CHECK (cardinality(weekdays) BETWEEN 1 AND 7 AND weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7]::smallint[]);

-- A slot ends on its day, has places, and is closed before it begins.
ALTER TABLE pickup_schedule ADD CONSTRAINT pickup_schedule_is_sane
    CHECK (starts < ends AND capacity BETWEEN 1 AND 1000 AND cutoff_min BETWEEN 0 AND 10080
        AND (until_on IS NULL OR until_on >= from_on));

-- The same kinds.
ALTER TABLE pickup_slot ADD CONSTRAINT pickup_slot_kind_known
    CHECK (kind IN ('wet', 'dry', 'recyclable', 'renovation', 'bulky'));

-- The order of its instants.
ALTER TABLE pickup_slot ADD CONSTRAINT pickup_slot_in_order CHECK (cutoff_at <= starts_at AND starts_at < ends_at);

-- Nobody overbooks: what is booked and held has a place each.
ALTER TABLE pickup_slot ADD CONSTRAINT pickup_slot_not_overbooked
    CHECK (capacity >= 1 AND booked >= 0 AND held >= 0 AND booked + held <= capacity);

-- Nor does it weigh more than the vehicle takes.
ALTER TABLE pickup_slot ADD CONSTRAINT pickup_slot_not_overloaded CHECK (loaded_l >= 0 AND loaded_l <= load_l);

-- A hold keeps some space.
ALTER TABLE pickup_hold ADD CONSTRAINT pickup_hold_has_litres CHECK (litres >= 1);

-- What is priced, and in what it is counted.
ALTER TABLE pickup_price ADD CONSTRAINT pickup_price_kind_known
    CHECK (kind IN ('wet', 'dry', 'recyclable', 'renovation', 'bulky') AND unit IN ('bin', 'bag', 'm3', 'piece'));

-- Prices in fen, over the quota never cheaper.
ALTER TABLE pickup_price ADD CONSTRAINT pickup_price_is_sane
    CHECK (base_fen BETWEEN 0 AND 10000000 AND over_fen BETWEEN base_fen AND 10000000 AND year_quota >= 0
        AND area_code ~ '^[0-9]{0,12}$');

-- A quota of a kind and year.
ALTER TABLE pickup_quota ADD CONSTRAINT pickup_quota_is_sane
    CHECK (kind IN ('wet', 'dry', 'recyclable', 'renovation', 'bulky') AND unit IN ('bin', 'bag', 'm3', 'piece')
        AND year BETWEEN 2000 AND 2100 AND base BETWEEN 0 AND 100000);

-- A recurrence of something that may be booked, by a rule.
ALTER TABLE pickup_recurrence ADD CONSTRAINT pickup_recurrence_is_sane
    CHECK (kind IN ('wet', 'dry', 'recyclable', 'renovation', 'bulky') AND unit IN ('bin', 'bag', 'm3', 'piece')
        AND amount BETWEEN 1 AND 99 AND rule LIKE 'FREQ=%' AND kind <> 'renovation');

-- What came of a day.
ALTER TABLE pickup_occurrence ADD CONSTRAINT pickup_occurrence_outcome_known
    CHECK (outcome IN ('booked', 'full', 'refused'));

-- A filing's days, amount and state.
ALTER TABLE renovation_filing ADD CONSTRAINT renovation_filing_is_sane
    CHECK (btrim(works) <> '' AND amount BETWEEN 1 AND 99 AND unit IN ('m3', 'bag') AND from_on <= until_on
        AND fee_fen >= 0 AND state IN ('filed', 'agreed', 'refused'));

-- Who agrees says when.
ALTER TABLE renovation_filing ADD CONSTRAINT renovation_filing_consent_says_when
    CHECK ((property_by_id IS NULL) = (property_at IS NULL) AND (committee_by_id IS NULL) = (committee_at IS NULL));

-- Nothing is agreed to before both have agreed, and a refusal says why.
ALTER TABLE renovation_filing ADD CONSTRAINT renovation_filing_state_holds
    CHECK ((state <> 'agreed' OR (property_at IS NOT NULL AND committee_at IS NOT NULL))
        AND (state = 'refused') = (refused_by_id IS NOT NULL) AND (state <> 'refused' OR btrim(reason) <> ''));

-- What is booked.
ALTER TABLE pickup_booking ADD CONSTRAINT pickup_booking_kind_known
    CHECK (kind IN ('wet', 'dry', 'recyclable', 'renovation', 'bulky') AND unit IN ('bin', 'bag', 'm3', 'piece'));

-- The life of a booking.
ALTER TABLE pickup_booking ADD CONSTRAINT pickup_booking_state_known
    CHECK (state IN ('booked', 'assigned', 'collected', 'disputed', 'done', 'missed', 'changed', 'cancelled'));

-- What has ended says when, and nothing else does.
ALTER TABLE pickup_booking ADD CONSTRAINT pickup_booking_ended_says_when
    CHECK ((state IN ('done', 'missed', 'changed', 'cancelled')) = (ended_at IS NOT NULL));

-- Amounts, and the price that follows from them.
ALTER TABLE pickup_booking ADD CONSTRAINT pickup_booking_amount_sane
    CHECK (amount BETWEEN 1 AND 99 AND litres >= 1 AND counted BETWEEN 0 AND 999 AND weight_g BETWEEN 0 AND 100000000);

-- The price is that of what was counted, else of what was booked.
ALTER TABLE pickup_booking ADD CONSTRAINT pickup_booking_price_adds_up
    CHECK (base_fen >= 0 AND over_fen >= 0 AND over BETWEEN 0 AND coalesce(counted, amount)
        AND price_fen = (coalesce(counted, amount) - over)::bigint * base_fen + over::bigint * over_fen);

-- Whoever measured is named.
ALTER TABLE pickup_booking ADD CONSTRAINT pickup_booking_measured_by_somebody
    CHECK ((measured_at IS NULL) = (measured_by_id IS NULL) AND (measured_at IS NULL) = (counted IS NULL));

-- Renovation waste is fetched for a filing, and nothing else is.
ALTER TABLE pickup_booking ADD CONSTRAINT pickup_booking_filed CHECK ((kind = 'renovation') = (filing_id IS NOT NULL));

-- One thing is paid, in whole fen.
ALTER TABLE pickup_payment ADD CONSTRAINT pickup_payment_is_sane
    CHECK (num_nonnulls(booking_id, filing_id) = 1 AND amount_fen > 0 AND provider IN ('offline', 'wechat')
        AND state IN ('due', 'paid', 'void'));

-- What is paid says when, and by which proof.
ALTER TABLE pickup_payment ADD CONSTRAINT pickup_payment_paid_says_when
    CHECK ((state = 'paid') = (paid_at IS NOT NULL)
        AND (state <> 'paid' OR num_nonnulls(transaction_id, confirmed_by_id) >= 1));
