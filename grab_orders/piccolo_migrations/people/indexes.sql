-- Somebody waits for one decision, or is a volunteer of one committee.
CREATE UNIQUE INDEX volunteer_account_once ON volunteer (account_id) WHERE status IN ('applied', 'approved');

-- A person is a volunteer under one account.
CREATE UNIQUE INDEX volunteer_identity_once ON volunteer (id_print) WHERE status IN ('applied', 'approved');

-- The volunteers of a committee in a state, the latest first.
CREATE INDEX volunteer_by_committee ON volunteer (committee_code varchar_pattern_ops, status, id DESC);

-- All applications of an account.
CREATE INDEX volunteer_by_account ON volunteer (account_id, id DESC);

-- Those whose sealed values are to be deleted.
CREATE INDEX volunteer_to_clear ON volunteer ((coalesce(left_at, decided_at)))
    WHERE status IN ('refused', 'left') AND cleared_at IS NULL;
