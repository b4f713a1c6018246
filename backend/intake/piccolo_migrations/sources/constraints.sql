-- What no row of sources may say, whoever writes it.

-- A name stands in addresses.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_name_plain CHECK (name ~ '^[a-z0-9-]{2,40}$');

-- The ways in that there are.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_kind_known
    CHECK (kind IN ('hotline', 'police', 'system', 'sensors', 'cameras', 'open311'));

-- The datums that we can read.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_datum_known CHECK (datum IN ('wgs84', 'gcj02', 'bd09'));

-- A source tells of a district, a town or a committee.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_area_code
    CHECK (area_code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$');

-- Limits let something through, and not without end.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_limits
    CHECK (per_minute BETWEEN 1 AND 100000 AND max_bytes BETWEEN 256 AND 1000000 AND raw_days BETWEEN 1 AND 3650);

-- An error that is accepted is one, and half at most.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_accepted_error
    CHECK (accepted_error > 0 AND accepted_error <= 0.5);

-- An account acts for one source.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_account_once UNIQUE (account_id);

-- What is closed says since when.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_closed_says_when CHECK (is_open = (closed_at IS NULL));

-- A secret of before has an end.
ALTER TABLE intake_source ADD CONSTRAINT intake_source_former_ends
    CHECK ((former_secret IS NULL) = (former_until IS NULL));

-- A class of a source is one item of ours.
ALTER TABLE source_class ADD CONSTRAINT source_class_once UNIQUE (source_id, class_code);

-- A class is named.
ALTER TABLE source_class ADD CONSTRAINT source_class_named CHECK (class_code <> '');

-- One count for a source, a day and a reason.
ALTER TABLE source_refusal ADD CONSTRAINT source_refusal_once UNIQUE (source_id, refused_on, reason);
