-- What no row of campaigns may say, whoever writes it.

-- The states that there are.
ALTER TABLE campaign ADD CONSTRAINT campaign_state_known CHECK (state IN ('draft', 'running', 'ended', 'archived'));

-- The kinds that there are.
ALTER TABLE campaign ADD CONSTRAINT campaign_kind_known
    CHECK (kind IN ('flood', 'fire', 'epidemic', 'visit', 'inspection', 'other'));

-- Everyday or emergency.
ALTER TABLE campaign ADD CONSTRAINT campaign_mode_known CHECK (mode IN ('usual', 'emergency'));

-- A campaign has a name.
ALTER TABLE campaign ADD CONSTRAINT campaign_has_a_name CHECK (name_zh <> '');

-- A campaign is that of a district, a town or a committee.
ALTER TABLE campaign ADD CONSTRAINT campaign_area_is_one CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- It ends after it begins.
ALTER TABLE campaign ADD CONSTRAINT campaign_runs_forward CHECK (starts_at < ends_at);

-- A round is over before the next one begins.
ALTER TABLE campaign ADD CONSTRAINT campaign_rounds_do_not_overlap
    CHECK (due_within_h BETWEEN 1 AND 8760 AND (every_h IS NULL OR every_h BETWEEN due_within_h AND 8760));

-- What is sealed has a term.
ALTER TABLE campaign ADD CONSTRAINT campaign_personal_has_a_term CHECK (personal_days BETWEEN 1 AND 365);

-- What runs was started, what is over has ended.
ALTER TABLE campaign ADD CONSTRAINT campaign_states_are_dated
    CHECK ((state = 'draft') = (started_at IS NULL) AND (state IN ('ended', 'archived')) = (ended_at IS NOT NULL));

-- A version of a form is one.
ALTER TABLE campaign_form ADD CONSTRAINT campaign_form_version_once UNIQUE (campaign_id, version);

-- Who goes is a role, a unit or a person.
ALTER TABLE campaign_assignee ADD CONSTRAINT campaign_assignee_is_one CHECK (num_nonnulls(role, unit_id, account_id) = 1);

-- An answer that is sealed is counted in one row.
ALTER TABLE campaign_tally ADD CONSTRAINT campaign_tally_once UNIQUE (campaign_id, field, value);

-- Answers are counted upwards.
ALTER TABLE campaign_tally ADD CONSTRAINT campaign_tally_counts_up CHECK (given >= 0);

-- Where something is, is known whole or not at all.
ALTER TABLE campaign_target ADD CONSTRAINT campaign_target_lies_somewhere
    CHECK ((area_code IS NULL) = (lng IS NULL) AND (lng IS NULL) = (lat IS NULL)
        AND (area_code IS NOT NULL OR place_id IS NULL) AND (area_code IS NULL) = (problem <> ''));

-- A round of a campaign is one.
ALTER TABLE campaign_round ADD CONSTRAINT campaign_round_once UNIQUE (campaign_id, number);

-- A round is due after it began.
ALTER TABLE campaign_round ADD CONSTRAINT campaign_round_runs_forward CHECK (number >= 1 AND starts_at < due_at);

-- A target has one task in a round.
ALTER TABLE campaign_task ADD CONSTRAINT campaign_task_once UNIQUE (round_id, target_id);

-- The states of a task.
ALTER TABLE campaign_task ADD CONSTRAINT campaign_task_state_known
    CHECK (state IN ('open', 'done', 'missed') AND (state = 'done') = (done_at IS NOT NULL) AND tries >= 0);

-- What a phone sends twice is one record.
ALTER TABLE campaign_record ADD CONSTRAINT campaign_record_once UNIQUE (filled_by_id, client_key);

-- Somebody went, and it is done or to be done again.
ALTER TABLE campaign_record ADD CONSTRAINT campaign_record_outcome_known CHECK (outcome IN ('done', 'again'));

-- How far somebody was there.
ALTER TABLE campaign_record ADD CONSTRAINT campaign_record_presence_known
    CHECK (presence IN ('strong', 'fair', 'weak', 'away', 'none') AND distance_m >= 0);

-- What is sealed has an end.
ALTER TABLE campaign_record ADD CONSTRAINT campaign_record_personal_has_an_end
    CHECK (personal IS NULL OR erase_at IS NOT NULL);

-- An answer leads to one order.
ALTER TABLE campaign_order ADD CONSTRAINT campaign_order_once UNIQUE (record_id, field);

-- Without an order the reason is said.
ALTER TABLE campaign_order ADD CONSTRAINT campaign_order_or_problem CHECK ((order_id IS NULL) = (problem <> ''));

-- What was opened is of a record or of a target.
ALTER TABLE campaign_reading ADD CONSTRAINT campaign_reading_is_of_one CHECK (num_nonnulls(record_id, target_id) = 1);
