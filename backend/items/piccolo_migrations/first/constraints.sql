-- What no row of items may say, whoever writes it.

-- One letter and three digits.
ALTER TABLE item ADD CONSTRAINT item_code_plain CHECK (code ~ '^[A-Z][0-9]{3}$');

-- The clocks that limits can be counted by.
ALTER TABLE item ADD CONSTRAINT item_clock_known CHECK (clock IN ('always', 'service', 'work'));

-- The ways an order finds its handler.
ALTER TABLE item ADD CONSTRAINT item_mode_known CHECK (dispatch_mode IN ('direct', 'grab', 'approval'));

-- The ways the work is verified.
ALTER TABLE item ADD CONSTRAINT item_verify_known
    CHECK (verify_mode IN ('photo_auto', 'inspector_check', 'two_person_check', 'merchant_confirm'));

-- P0 is the most urgent.
ALTER TABLE item ADD CONSTRAINT item_priority_known CHECK (priority ~ '^P[0-4]$');

-- There is time to respond, and no less to resolve.
ALTER TABLE item ADD CONSTRAINT item_limits_ordered CHECK (respond_min > 0 AND resolve_min >= respond_min);

-- No stage asks for more than nine photos.
ALTER TABLE item ADD CONSTRAINT item_evidence_counted
    CHECK (report_photos_min BETWEEN 0 AND 9 AND before_photos_min BETWEEN 0 AND 9 AND after_photos_min BETWEEN 0
        AND 9);

-- A radius is a distance in metres.
ALTER TABLE item ADD CONSTRAINT item_radius_not_negative CHECK (checkin_radius_m >= 0);

-- A limit, where there is one, leaves time.
ALTER TABLE item ADD CONSTRAINT item_stage_limits_positive CHECK (arrive_min > 0 AND safe_min > 0 AND verify_min > 0);

-- A rule is for an item or for a type of unit.
ALTER TABLE responsibility_rule ADD CONSTRAINT responsibility_rule_one_subject
    CHECK ((item_id IS NULL) <> (unit_type IS NULL));

-- An area is named by the first digits of its national code.
ALTER TABLE responsibility_rule ADD CONSTRAINT responsibility_rule_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$');
