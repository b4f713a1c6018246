-- A sealed value has a key's number, a nonce and a tag at least.
ALTER TABLE shop_complaint ADD CONSTRAINT shop_complaint_identity_is_sealed CHECK (octet_length(identity) > 32);
ALTER TABLE shop_complaint ADD CONSTRAINT shop_complaint_key_is_a_print CHECK (octet_length(key_print) = 32);

-- Two persons: whoever asked never decides.
ALTER TABLE identity_opening ADD CONSTRAINT identity_opening_by_two CHECK (decided_by_id <> asked_by_id);

-- A reason stands beside every request.
ALTER TABLE identity_opening ADD CONSTRAINT identity_opening_says_why CHECK (btrim(reason) <> '');

-- Decided by somebody at some time, and readable only then.
ALTER TABLE identity_opening ADD CONSTRAINT identity_opening_decided_whole
    CHECK ((decided_by_id IS NULL) = (decided_at IS NULL) AND (readable_until IS NULL OR decided_at IS NOT NULL)
        AND readable_until > decided_at);
