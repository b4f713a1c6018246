-- Indexes of committees beside those of keys and plain columns, which Piccolo makes.

-- One open request for a task of a list.
CREATE UNIQUE INDEX duty_change_open_once ON duty_change (committee_code, template_id) WHERE state = 'open';

-- What was sent again is found.
CREATE UNIQUE INDEX duty_change_sent_once ON duty_change (requested_by_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- What waits for a town or was decided there, the latest first.
CREATE INDEX duty_change_by_town ON duty_change (town_code, requested_at DESC);

-- What a committee asked for, the latest first.
CREATE INDEX duty_change_by_committee ON duty_change (committee_code, requested_at DESC);

-- The lists of a town; its committees' own are found by the key of versions.
CREATE INDEX duty_entry_by_town ON duty_entry (town_code, committee_code);

-- The lists that a task is in.
CREATE INDEX duty_entry_by_template ON duty_entry (template_id);
