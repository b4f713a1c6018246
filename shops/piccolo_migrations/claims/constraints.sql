-- Somebody claims to be the owner, or to help.
ALTER TABLE shop_claim ADD CONSTRAINT shop_claim_role_known CHECK (role IN ('owner', 'staff'));

-- What a granted claim rests on: the number, or somebody's word; a helper's on that of the owner.
ALTER TABLE shop_claim DROP CONSTRAINT shop_claim_proof_known;
ALTER TABLE shop_claim ADD CONSTRAINT shop_claim_proof_known
    CHECK (proof IN ('', 'licence', 'inspector', 'street', 'owner') AND (proof <> '') = (state = 'granted'));

-- A street decides who the owner is; a helper is nobody's rival.
ALTER TABLE shop_claim ADD CONSTRAINT shop_claim_contested_by_owner CHECK (state <> 'contested' OR role = 'owner');

-- Days on which a shop may have opened.
ALTER TABLE shop ADD CONSTRAINT shop_opened_in_living_memory CHECK (opened_on BETWEEN '1900-01-01' AND '2100-01-01');
