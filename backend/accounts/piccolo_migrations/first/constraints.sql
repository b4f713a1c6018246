-- What no row of accounts may say, whoever writes it.

-- Files and commands name a unit by its code.
ALTER TABLE org_unit ADD CONSTRAINT org_unit_code_said CHECK (code <> '');

-- Responsibility rules compare the type, so it is one plain word.
ALTER TABLE org_unit ADD CONSTRAINT org_unit_type_word CHECK (unit_type ~ '^[a-z][a-z0-9_]*$');

-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE org_unit ADD CONSTRAINT org_unit_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$');

-- What a unit may be asked depends on its kind.
ALTER TABLE org_unit ADD CONSTRAINT org_unit_kind_known
    CHECK (kind IN ('government', 'property', 'committee', 'contractor'));

-- Staff sign in, a device reports.
ALTER TABLE account ADD CONSTRAINT account_kind_known CHECK (kind IN ('staff', 'device'));

-- A name that is typed in capitals or with blanks is the same name.
ALTER TABLE account ADD CONSTRAINT account_username_plain CHECK (username = lower(btrim(username)) AND username <> '');

-- Staff have a name and a password, a device has neither.
ALTER TABLE account ADD CONSTRAINT account_staff_can_sign_in
    CHECK ((kind = 'staff') = (username IS NOT NULL) AND (kind = 'staff') = (password_hash IS NOT NULL));

-- The roles that rules ask about, and no others.
ALTER TABLE role_grant ADD CONSTRAINT role_grant_role_known
    CHECK (role IN ( 'resident', 'shop_owner', 'volunteer', 'inspector', 'handler', 'verifier', 'dispatcher',
        'committee', 'street_admin', 'district_admin'));

-- An area is named by the first digits of its national code; none means everywhere.
ALTER TABLE role_grant ADD CONSTRAINT role_grant_area_prefix
    CHECK (area_code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$');

-- Granting twice changes nothing.
ALTER TABLE role_grant ADD CONSTRAINT role_grant_held_once UNIQUE (account_id, role, area_code);

-- A refresh token is stored as its SHA-256 alone.
ALTER TABLE session ADD CONSTRAINT session_hash_is_sha256 CHECK (octet_length(refresh_hash) = 32);

-- A session lasts.
ALTER TABLE session ADD CONSTRAINT session_ends_later CHECK (expires_at > opened_at);

-- A row stands for at least one failure.
ALTER TABLE sign_in_failure ADD CONSTRAINT sign_in_failure_counted CHECK (failures > 0);
