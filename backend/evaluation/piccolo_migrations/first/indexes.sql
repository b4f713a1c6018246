-- Indexes of evaluation beside those of keys.

-- What counts, and what counted before.
CREATE INDEX evaluation_setting_latest ON evaluation_setting (area_code, id);

-- A case is appealed once for a figure of whoever has it.
CREATE UNIQUE INDEX score_appeal_once ON score_appeal
    (order_id, measure, coalesce(unit_id, 0), coalesce(person_id, 0));

-- What is left out of the figures of units and persons.
CREATE INDEX score_appeal_granted ON score_appeal (measure) WHERE state = 'granted';

-- What waits in an area, and what was decided there, latest first.
CREATE INDEX score_appeal_by_area ON score_appeal (area_code varchar_pattern_ops, id);

-- One's own.
CREATE INDEX score_appeal_by_asker ON score_appeal (asked_by_id, id);

-- Who is to get a week of an area.
CREATE INDEX weekly_subscription_by_area ON weekly_subscription (area_code);
