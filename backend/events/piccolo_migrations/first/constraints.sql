-- What no row of events may say, whoever writes it.

-- A reaction is found by the event's name.
ALTER TABLE event_log ADD CONSTRAINT event_log_name_said CHECK (name <> '');

-- Readers take facts out of the body by name.
ALTER TABLE event_log ADD CONSTRAINT event_log_body_is_object CHECK (jsonb_typeof(body) = 'object');
