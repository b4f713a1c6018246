-- Indexes of events beside those of keys and plain columns, which Piccolo makes.

-- What happened to one order, oldest first.
CREATE INDEX event_log_by_subject ON event_log (subject, subject_id, id);
