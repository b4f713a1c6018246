-- What is shown is asked again, and nothing else.
UPDATE kitchen_link SET next_check_at = now() WHERE state = 'confirmed';
ALTER TABLE kitchen_link ADD CONSTRAINT kitchen_link_asked_while_shown
    CHECK ((state = 'confirmed') = (next_check_at IS NOT NULL));
ALTER TABLE kitchen_link ADD CONSTRAINT kitchen_link_failing_since
    CHECK (failures >= 0 AND (failures > 0) = (failing_since IS NOT NULL));
