-- What no row of the register may say, whoever writes it.

-- People find a shop by its name.
ALTER TABLE shop ADD CONSTRAINT shop_is_named CHECK (btrim(name) <> '');

-- A credit code of GB 32100-2015 in plain form; its check digit is counted before it comes here.
ALTER TABLE shop ADD CONSTRAINT shop_uscc_is_plain
    CHECK (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$');

-- A warning is about a code that is there.
ALTER TABLE shop ADD CONSTRAINT shop_uscc_warning_known
    CHECK (uscc_warning IN ('', 'division_unknown', 'registered_elsewhere') AND (uscc_warning = '' OR uscc IS NOT NULL));

-- The sections of GB/T 4754.
ALTER TABLE shop ADD CONSTRAINT shop_trade_class_known CHECK (trade_class ~ '^[A-T]$');

-- Sizes that a shop may have: a market hall is the largest.
ALTER TABLE shop ADD CONSTRAINT shop_size_bearable CHECK (size_m2 BETWEEN 1 AND 200000 AND seats BETWEEN 0 AND 10000);

-- Whether it trades.
ALTER TABLE shop ADD CONSTRAINT shop_state_known CHECK (state IN ('open', 'closed', 'renovating', 'vacant'));

-- What came from a source is found by its key again.
ALTER TABLE shop ADD CONSTRAINT shop_source_is_named
    CHECK ((dataset = '') = (source_key IS NULL) AND source_key IS DISTINCT FROM '');

-- A print says whether the person in charge changed, who is sealed.
ALTER TABLE shop ADD CONSTRAINT shop_responsible_has_print
    CHECK ((responsible_name IS NULL AND responsible_phone IS NULL) = (responsible_print IS NULL)
        AND octet_length(responsible_print) = 32);

-- A shop ends after it began.
ALTER TABLE shop ADD CONSTRAINT shop_ends_later CHECK (ended_at >= created_at);

-- One owner, and the people who help.
ALTER TABLE shop_person ADD CONSTRAINT shop_person_role_known CHECK (role IN ('owner', 'staff'));

-- Time goes on, and nobody ends what has not ended.
ALTER TABLE shop_person ADD CONSTRAINT shop_person_ends_later
    CHECK (until >= since AND (ended_by_id IS NULL OR until IS NOT NULL));

-- The life of a claim.
ALTER TABLE shop_claim ADD CONSTRAINT shop_claim_state_known
    CHECK (state IN ('open', 'contested', 'granted', 'refused', 'withdrawn'));

-- What a granted claim rests on: the number, or somebody's word.
ALTER TABLE shop_claim ADD CONSTRAINT shop_claim_proof_known
    CHECK (proof IN ('', 'licence', 'inspector', 'street') AND (proof <> '') = (state = 'granted'));

-- What has been decided says when, and nothing else does.
ALTER TABLE shop_claim ADD CONSTRAINT shop_claim_decided_says_when
    CHECK ((state IN ('open', 'contested')) = (decided_at IS NULL));

-- A refusal says why and by whom.
ALTER TABLE shop_claim ADD CONSTRAINT shop_claim_refused_says_why
    CHECK (state <> 'refused' OR (reason <> '' AND decided_by_id IS NOT NULL));

-- Whether it traded.
ALTER TABLE shop_state_change ADD CONSTRAINT shop_state_change_known
    CHECK (state IN ('open', 'closed', 'renovating', 'vacant'));
