-- Only encrypted addresses; what was decided says by whom and when, what is shown until when.
ALTER TABLE kitchen_link ADD CONSTRAINT kitchen_link_encrypted CHECK (url LIKE 'https://%' AND host <> '');
ALTER TABLE kitchen_link ADD CONSTRAINT kitchen_link_state_known
    CHECK (state IN ('waiting', 'confirmed', 'refused', 'broken'));
ALTER TABLE kitchen_link ADD CONSTRAINT kitchen_link_decided_says_by_whom
    CHECK ((state <> 'waiting') = (decided_by_id IS NOT NULL) AND (state <> 'waiting') = (decided_at IS NOT NULL));
ALTER TABLE kitchen_link ADD CONSTRAINT kitchen_link_shown_until
    CHECK ((state = 'confirmed') = (valid_until IS NOT NULL));
