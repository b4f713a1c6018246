-- What no row of evaluation may say, whoever writes it.

-- A district or a town decides.
ALTER TABLE evaluation_setting ADD CONSTRAINT evaluation_setting_area_known
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9})$');

-- The weights are percents of a whole, and none is turned against its figure.
ALTER TABLE evaluation_setting ADD CONSTRAINT evaluation_setting_weights_whole
    CHECK (least(done_weight, held_weight, found_weight) >= 0 AND done_weight + held_weight + found_weight = 100);

-- Each dimension is made of something.
ALTER TABLE evaluation_setting ADD CONSTRAINT evaluation_setting_classes_some
    CHECK (cardinality(secure) BETWEEN 1 AND 30 AND cardinality(orderly) BETWEEN 1 AND 30
        AND cardinality(clean) BETWEEN 1 AND 30);

-- A class counts in one dimension.
ALTER TABLE evaluation_setting ADD CONSTRAINT evaluation_setting_classes_apart
    CHECK (NOT (secure && orderly OR secure && clean OR orderly && clean));

-- There is time to appeal, and an end of it.
ALTER TABLE evaluation_setting ADD CONSTRAINT evaluation_setting_appeal_days CHECK (appeal_days BETWEEN 1 AND 90);

-- Nobody changes it without a reason.
ALTER TABLE evaluation_setting ADD CONSTRAINT evaluation_setting_reason_said CHECK (btrim(reason) <> '');

-- It is a unit's or a person's.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_of_one CHECK (num_nonnulls(unit_id, person_id) = 1);

-- A person appeals for nobody else.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_by_oneself CHECK (person_id IS NULL OR person_id = asked_by_id);

-- The figures that units and persons are measured on.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_measure_known
    CHECK (measure IN ('done_on_time_rate', 'acceptance_on_time_rate', 'rework_rate')
        OR measure = 'return_rate' AND unit_id IS NOT NULL
        OR measure = 'arrival_on_time_rate' AND person_id IS NOT NULL);

-- The order lies in a district, town or committee.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_area_known
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- Why, and by what it is shown.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_words_said CHECK (btrim(reason) <> '' AND btrim(evidence) <> '');

-- What may become of it.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_state_known CHECK (state IN ('open', 'granted', 'refused'));

-- Decided by somebody, at an instant, with a reason, or not at all.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_decided_whole
    CHECK (num_nonnulls(decided_by_id, decided_at) = CASE WHEN state = 'open' THEN 0 ELSE 2 END
        AND (state = 'open') = (btrim(decision) = ''));

-- Nobody decides on what they asked for themselves.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_decided_by_another CHECK (decided_by_id <> asked_by_id);

-- Time does not run backwards.
ALTER TABLE score_appeal ADD CONSTRAINT score_appeal_decided_later CHECK (decided_at >= asked_at);

-- Somebody subscribes to an area once.
ALTER TABLE weekly_subscription ADD CONSTRAINT weekly_subscription_once UNIQUE (account_id, area_code);

-- A district, a town or a committee.
ALTER TABLE weekly_subscription ADD CONSTRAINT weekly_subscription_area_known
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- A week of an area is sent once, however many workers look.
ALTER TABLE weekly_issue ADD CONSTRAINT weekly_issue_once UNIQUE (area_code, first_on);

-- It begins on a Monday.
ALTER TABLE weekly_issue ADD CONSTRAINT weekly_issue_of_a_week CHECK (extract(isodow FROM first_on) = 1);
