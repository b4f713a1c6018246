-- An order has one text of each origin: what was counted before is its own description.
ALTER TABLE opinion_text DROP CONSTRAINT opinion_text_once;
ALTER TABLE opinion_text ADD CONSTRAINT opinion_text_once UNIQUE (order_id, origin);

-- A record of a campaign is counted once.
ALTER TABLE opinion_text ADD CONSTRAINT opinion_text_record_once UNIQUE (record_id);

-- A text is an order's, or a record's.
ALTER TABLE opinion_text ADD CONSTRAINT opinion_text_of_one
    CHECK (CASE origin WHEN 'record' THEN record_id IS NOT NULL AND order_id IS NULL
        ELSE origin IN ('order', 'call_back', 'follow_up') AND order_id IS NOT NULL AND record_id IS NULL END);

-- What waits to be counted is an order, or a record.
ALTER TABLE opinion_pending ADD CONSTRAINT opinion_pending_of_one CHECK ((order_id IS NULL) <> (record_id IS NULL));

-- A word of a district's week is one row, of some people, and of no more than orders.
ALTER TABLE opinion_district_count ADD CONSTRAINT opinion_district_count_once UNIQUE (district_code, week, word);
ALTER TABLE opinion_district_count ADD CONSTRAINT opinion_district_count_of_some
    CHECK (length(district_code) = 6 AND extract(isodow FROM week) = 1 AND reporters BETWEEN 1 AND orders
        AND towns BETWEEN 1 AND reporters);

-- A matter was said within some days.
ALTER TABLE emerging_matter ADD CONSTRAINT emerging_matter_within CHECK (days BETWEEN 1 AND 28 AND spots >= 0);

-- How it stands: only a warning is dealt with.
ALTER TABLE emerging_matter ADD CONSTRAINT emerging_matter_standing
    CHECK (standing IN ('open', 'taken_up', 'put_aside') AND (standing = 'open' OR warned_at IS NOT NULL));

-- The steps that there are; the clock raises, people do the rest.
ALTER TABLE matter_step ADD CONSTRAINT matter_step_known
    CHECK (kind IN ('raised', 'useful', 'false_alarm', 'taken_up', 'put_aside') AND (kind = 'raised') = (by_id IS NULL));

-- What is put aside has a reason, and only what is taken up has an order.
ALTER TABLE matter_step ADD CONSTRAINT matter_step_said
    CHECK ((kind <> 'put_aside' OR reason <> '') AND (kind = 'taken_up' OR order_id IS NULL)
        AND length(reason) <= 500);

-- A town is left in peace for four weeks to half a year.
ALTER TABLE opinion_town ADD CONSTRAINT opinion_town_quiet CHECK (quiet_days BETWEEN 28 AND 180);
