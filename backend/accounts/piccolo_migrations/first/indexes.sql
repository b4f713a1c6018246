-- Indexes of accounts beside those of keys and plain columns, which Piccolo makes.

-- Which unit of a type answers for an area.
CREATE INDEX org_unit_by_type_and_area ON org_unit (unit_type, area_code);

-- The members of a unit.
CREATE INDEX account_by_unit ON account (unit_id) WHERE unit_id IS NOT NULL;

-- Who holds a role in an area.
CREATE INDEX role_grant_by_role_and_area ON role_grant (role, area_code);

-- The sessions of an account, to end them.
CREATE INDEX session_by_account ON session (account_id);

-- Sessions that are over are found and deleted.
CREATE INDEX session_by_expiry ON session (expires_at);
