-- A sealed value has a key's number, a nonce and a tag at least.
ALTER TABLE call_back_number ADD CONSTRAINT call_back_number_is_sealed CHECK (octet_length(number) > 32);

-- No number without a consent, and none after its end.
ALTER TABLE call_back_number ADD CONSTRAINT call_back_number_by_consent
    CHECK ((number IS NOT NULL) = (consent IS NOT NULL AND ended_at IS NULL));

-- An end has a reason.
ALTER TABLE call_back_number ADD CONSTRAINT call_back_number_ended_whole
    CHECK ((ended_at IS NULL) = (end_reason IS NULL) AND end_reason IN ('replaced', 'withdrawn', 'term'));
