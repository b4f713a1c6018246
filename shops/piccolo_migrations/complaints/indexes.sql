-- One request at a time waits for a second person.
CREATE UNIQUE INDEX identity_opening_one_pending ON identity_opening (complaint_id) WHERE decided_at IS NULL;

-- The requests of a complaint, for its page.
CREATE INDEX identity_opening_by_complaint ON identity_opening (complaint_id);

-- The readings of a request.
CREATE INDEX identity_reading_by_opening ON identity_reading (opening_id);
