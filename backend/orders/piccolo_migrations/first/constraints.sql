-- What no row of orders may say, whoever writes it.

-- A closed order says when, no other does.
ALTER TABLE work_order ADD CONSTRAINT work_order_closed_has_time CHECK ((state = 'closed') = (closed_at IS NOT NULL));

-- P0 is the most urgent.
ALTER TABLE work_order ADD CONSTRAINT work_order_priority_known CHECK (priority ~ '^P[0-4]$');

-- An order lies in a district, town or committee.
ALTER TABLE work_order ADD CONSTRAINT work_order_area_code CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- One to five stars.
ALTER TABLE work_order ADD CONSTRAINT work_order_rating_range CHECK (rating BETWEEN 1 AND 5);

-- Rework is counted upwards.
ALTER TABLE work_order ADD CONSTRAINT work_order_rework_counted CHECK (rework_count >= 0);

-- A cancelled order says when, no other does.
ALTER TABLE work_order ADD CONSTRAINT work_order_cancelled_has_time
    CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL));

-- Hops are counted upwards; an order is reopened once.
ALTER TABLE work_order ADD CONSTRAINT work_order_moves_counted CHECK (hop_count >= 0 AND reopen_count IN (0, 1));

-- An order is no part of itself.
ALTER TABLE work_order ADD CONSTRAINT work_order_not_its_own_parent CHECK (parent_id <> id);

-- A deadline lies after the opening.
ALTER TABLE work_order ADD CONSTRAINT work_order_deadlines_later
    CHECK (respond_by >= opened_at AND resolve_by >= opened_at);

-- The states of backend/orders/model/states.py.
ALTER TABLE work_order ADD CONSTRAINT work_order_state_known
    CHECK (state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended', 'closed', 'cancelled', 'merged'));

-- From acceptance on somebody answers for it.
ALTER TABLE work_order ADD CONSTRAINT work_order_taken_has_handler
    CHECK (state IN ('dispatched', 'cancelled', 'merged') OR handler_id IS NOT NULL);

-- A merged order leads to the one that goes on.
ALTER TABLE work_order ADD CONSTRAINT work_order_merged_has_survivor
    CHECK ((state = 'merged') = (merged_into_id IS NOT NULL));

-- An order does not lead to itself.
ALTER TABLE work_order ADD CONSTRAINT work_order_not_merged_into_itself CHECK (merged_into_id <> id);

-- A root cause is that of a place.
ALTER TABLE work_order ADD CONSTRAINT work_order_root_cause_of_a_place
    CHECK (root_cause_of IS NULL OR place_id IS NOT NULL);

-- The last change is one of the versions there have been. Not validated: adopted rows may be older.
ALTER TABLE work_order ADD CONSTRAINT work_order_changed_by_now CHECK (changed_version BETWEEN 1 AND version) NOT VALID;

-- The datums that can be converted to WGS84.
ALTER TABLE order_step ADD CONSTRAINT order_step_datum_known CHECK (datum IN ('wgs84', 'gcj02', 'bd09'));

-- Accuracy is a distance in metres.
ALTER TABLE order_step ADD CONSTRAINT order_step_accuracy_not_negative CHECK (accuracy_m >= 0);

-- The states of backend/orders/model/states.py; only opening comes from nowhere.
ALTER TABLE order_step ADD CONSTRAINT order_step_states_known
    CHECK ( to_state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended', 'closed', 'cancelled',
        'merged') AND (from_state IS NULL) = (move = 'open'));

-- A fingerprint is 32 hexadecimal digits. Not validated: adopted rows may be older.
ALTER TABLE order_step ADD CONSTRAINT order_step_key_print_hex CHECK (key_print ~ '^[0-9a-f]{32}$') NOT VALID;

-- A fingerprint belongs to a repeat key. Not validated: adopted rows may be older.
ALTER TABLE order_step ADD CONSTRAINT order_step_print_of_key
    CHECK (key_print IS NULL OR idempotency_key IS NOT NULL) NOT VALID;

-- Distances in metres.
ALTER TABLE check_in ADD CONSTRAINT check_in_lengths_not_negative
    CHECK (distance_m >= 0 AND accuracy_m >= 0 AND radius_m >= 0);

-- Each way of arriving carries its proof.
ALTER TABLE check_in ADD CONSTRAINT check_in_method_proved
    CHECK (method = 'gps' AND distance_m IS NOT NULL OR method = 'code' AND qr_code IS NOT NULL
        OR method = 'appeal' AND coalesce(btrim(appeal_reason), '') <> '');

-- How far an arrival is believed.
ALTER TABLE check_in ADD CONSTRAINT check_in_grade_known CHECK (grade IN ('strong', 'fair', 'weak', 'appealed'));

-- An appeal is graded as one, and nothing else is.
ALTER TABLE check_in ADD CONSTRAINT check_in_appeal_graded
    CHECK ((method = 'appeal') = (grade IS NOT DISTINCT FROM 'appealed'));

-- Only a code at the door, without doubts, is strong.
ALTER TABLE check_in ADD CONSTRAINT check_in_strong_by_code
    CHECK (grade <> 'strong' OR method = 'code' AND cardinality(doubts) = 0);

-- The doubts of docs/arrival.md.
ALTER TABLE check_in ADD CONSTRAINT check_in_doubts_known
    CHECK (doubts <@ ARRAY['mock', 'impossible_speed', 'vague', 'stale', 'by_hand', 'offline', 'clock_wrong',
        'code_not_fresh', 'code_elsewhere']::varchar[]);

-- A fix has position, datum and time, or is none.
ALTER TABLE check_in ADD CONSTRAINT check_in_fix_whole
    CHECK (num_nulls(raw_lng, raw_lat, raw_datum, fixed_at) IN (0, 4));

-- The position as it was given is degrees.
ALTER TABLE check_in ADD CONSTRAINT check_in_fix_on_globe
    CHECK (raw_lng BETWEEN -180 AND 180 AND raw_lat BETWEEN -90 AND 90);

-- The datums that can be converted to WGS84.
ALTER TABLE check_in ADD CONSTRAINT check_in_datum_known CHECK (raw_datum IN ('wgs84', 'gcj02', 'bd09'));

-- What can have measured a fix.
ALTER TABLE check_in ADD CONSTRAINT check_in_source_known
    CHECK (source IN ('gps', 'network', 'fused', 'wechat', 'manual', 'unknown'));

-- Seconds; an older fix says nothing.
ALTER TABLE check_in ADD CONSTRAINT check_in_age_of_a_day CHECK (age_s BETWEEN 0 AND 86400);

-- What a handler may ask for.
ALTER TABLE order_request ADD CONSTRAINT order_request_kind_known CHECK (kind IN ('extension', 'suspension'));

-- An extension says how long, a suspension does not.
ALTER TABLE order_request ADD CONSTRAINT order_request_minutes_asked
    CHECK ((kind = 'extension') = (minutes IS NOT NULL) AND minutes > 0);

-- A decision has an author, a time and an answer.
ALTER TABLE order_request ADD CONSTRAINT order_request_decided_whole
    CHECK ( (decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (is_granted IS NULL));

-- Whoever decides reads why.
ALTER TABLE order_request ADD CONSTRAINT order_request_reason_said CHECK (btrim(reason) <> '');

-- What a call can end with.
ALTER TABLE follow_up ADD CONSTRAINT follow_up_result_known
    CHECK (result IN ('satisfied', 'unsatisfied', 'unreached', 'refused'));

-- A result has a caller and a time.
ALTER TABLE follow_up ADD CONSTRAINT follow_up_called_whole
    CHECK ( (result IS NULL) = (called_at IS NULL) AND (result IS NULL) = (called_by_id IS NULL));

-- Following twice changes nothing.
ALTER TABLE order_follower ADD CONSTRAINT order_follower_once UNIQUE (order_id, account_id, origin_id);

-- One verdict of a kind per reporter and round.
ALTER TABLE order_verdict ADD CONSTRAINT order_verdict_once UNIQUE (order_id, account_id, round, kind);

-- Rated, or said to be unsolved.
ALTER TABLE order_verdict ADD CONSTRAINT order_verdict_kind_known CHECK (kind IN ('rated', 'unsolved'));

-- The round counts the reopenings.
ALTER TABLE order_verdict ADD CONSTRAINT order_verdict_round_counted CHECK (round >= 0);

-- A rating has one to five stars, anything else none.
ALTER TABLE order_verdict ADD CONSTRAINT order_verdict_score_of_rating
    CHECK ( CASE WHEN kind = 'rated' THEN coalesce(score BETWEEN 1 AND 5, false) ELSE score IS NULL END);

-- What stops a clock.
ALTER TABLE order_pause ADD CONSTRAINT order_pause_kind_known
    CHECK (kind IN ('extension', 'suspension', 'verification'));

-- A pause lasts.
ALTER TABLE order_pause ADD CONSTRAINT order_pause_ends_later CHECK (ends_at >= starts_at);

-- An extension says how long, no other pause does.
ALTER TABLE order_pause ADD CONSTRAINT order_pause_extension_has_minutes
    CHECK ( (kind = 'extension') = (minutes IS NOT NULL) AND minutes > 0);

-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE sla_policy ADD CONSTRAINT sla_policy_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$');

-- One limit of an item in an area.
ALTER TABLE sla_policy ADD CONSTRAINT sla_policy_once UNIQUE (item_id, area_code);

-- A limit, where there is one, leaves time.
ALTER TABLE sla_policy ADD CONSTRAINT sla_policy_positive
    CHECK ( respond_min > 0 AND arrive_min > 0 AND safe_min > 0 AND resolve_min > 0 AND verify_min > 0);

-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE escalation_rung ADD CONSTRAINT escalation_rung_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$');

-- The stages that have limits.
ALTER TABLE escalation_rung ADD CONSTRAINT escalation_rung_stage_known
    CHECK (stage IN ('respond', 'arrive', 'safe', 'resolve', 'verify'));

-- Per cent of the limit that has passed.
ALTER TABLE escalation_rung ADD CONSTRAINT escalation_rung_percent CHECK (at_percent BETWEEN 1 AND 10000);

-- Whom an escalation can reach.
ALTER TABLE escalation_rung ADD CONSTRAINT escalation_rung_who_known
    CHECK ( who IN ('handler', 'unit', 'verifier', 'supervisor', 'street', 'district'));

-- Whether it may disturb at night.
ALTER TABLE escalation_rung ADD CONSTRAINT escalation_rung_quiet_known CHECK (quiet IN ('urgent', 'never', 'always'));

-- The same step is taken once.
ALTER TABLE escalation_rung ADD CONSTRAINT escalation_rung_once UNIQUE (area_code, item_prefix, stage, at_percent, who);

-- Nobody is told twice of one stage in one round.
ALTER TABLE escalation ADD CONSTRAINT escalation_once UNIQUE (order_id, stage, rung_id, round_at);
