-- What no row about volunteers may say, whoever writes it.

-- The life of a membership.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_status_known
    CHECK (status IN ('applied', 'approved', 'refused', 'left'));

-- A committee is named by the whole of its code.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_of_committee CHECK (committee_code ~ '^[0-9]{12}$');

-- Whoever is a volunteer, or was refused, was decided on; who waits was not.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_decided_whole CHECK (
    (decided_at IS NULL) = (decided_by_id IS NULL)
    AND (status NOT IN ('approved', 'refused') OR decided_at IS NOT NULL)
    AND (status <> 'applied' OR decided_at IS NULL));

-- Nobody decides on the own application.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_not_by_oneself CHECK (decided_by_id <> account_id);

-- A refusal says why, and nothing else does.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_refusal_said CHECK ((status = 'refused') = (refusal <> ''));

-- Who left says when, no other does.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_left_has_time CHECK ((status = 'left') = (left_at IS NOT NULL));

-- What is sealed is there until it is deleted, and then nothing of it is; of a volunteer it is not deleted.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_sealed_or_cleared CHECK (
    CASE WHEN cleared_at IS NULL
        THEN num_nonnulls(real_name, id_number, id_print, phone) = 4
        ELSE num_nonnulls(real_name, id_number, id_print, phone, guardian_name, guardian_phone) = 0
            AND status IN ('refused', 'left') END);

-- A guardian has a name and a phone.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_guardian_whole
    CHECK ((guardian_name IS NULL) = (guardian_phone IS NULL));

-- A print is a SHA-256.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_print_is_sha256 CHECK (octet_length(id_print) = 32);

-- Only the masked name is in the open.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_name_masked CHECK (masked_name LIKE '_**');

-- What a number that is well formed may be doubted for.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_doubt_known CHECK (id_doubt IN ('', 'region'));

-- What orders may ask for.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_skills_known CHECK (skills <@ ARRAY[
    'first_aid', 'elder_care', 'repair', 'driving', 'language', 'digital', 'greening', 'mediation']::varchar[]);

-- An application that is sent again is the same one.
ALTER TABLE volunteer ADD CONSTRAINT volunteer_sent_once UNIQUE (idempotency_key);

-- A place is somebody's own once.
ALTER TABLE own_place ADD CONSTRAINT own_place_once UNIQUE (account_id, place_id);
