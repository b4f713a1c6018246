"""Checks and composite indexes of the accounts room: the last guard, by name."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T01:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Checks and indexes of accounts"

_AREA = "~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})?$'"

FORWARDS = f"""
SET LOCAL lock_timeout = '5s';
ALTER TABLE org_unit
    ADD CONSTRAINT org_unit_code_said CHECK (code <> ''),
    ADD CONSTRAINT org_unit_type_word CHECK (unit_type ~ '^[a-z][a-z0-9_]*$'),
    ADD CONSTRAINT org_unit_area_prefix CHECK (area_code {_AREA});
CREATE INDEX org_unit_by_type_and_area ON org_unit (unit_type, area_code);

ALTER TABLE account
    ADD CONSTRAINT account_kind_known CHECK (kind IN ('staff', 'device')),
    ADD CONSTRAINT account_username_plain CHECK (username = lower(btrim(username)) AND username <> ''),
    ADD CONSTRAINT account_staff_can_sign_in
        CHECK ((kind = 'staff') = (username IS NOT NULL) AND (kind = 'staff') = (password_hash IS NOT NULL)),
    ADD CONSTRAINT account_failures_counted CHECK (failed_logins >= 0);
CREATE INDEX account_by_unit ON account (unit) WHERE unit IS NOT NULL;

ALTER TABLE role_grant
    ADD CONSTRAINT role_grant_role_known CHECK (role IN (
        'resident', 'shop_owner', 'volunteer', 'inspector', 'handler',
        'verifier', 'dispatcher', 'committee', 'street_admin', 'district_admin')),
    ADD CONSTRAINT role_grant_area_prefix CHECK (area_code {_AREA}),
    ADD CONSTRAINT role_grant_held_once UNIQUE (account, role, area_code);
CREATE INDEX role_grant_by_role_and_area ON role_grant (role, area_code);

ALTER TABLE session
    ADD CONSTRAINT session_hash_is_sha256 CHECK (octet_length(refresh_hash) = 32),
    ADD CONSTRAINT session_ends_later CHECK (expires_at > opened_at);
CREATE INDEX session_by_account ON session (account);
CREATE INDEX session_by_expiry ON session (expires_at);

ALTER TABLE duty_shift
    ADD CONSTRAINT duty_shift_ends_later CHECK (ends_at > starts_at),
    ADD CONSTRAINT duty_shift_area_prefix CHECK (area_code {_AREA}),
    ADD CONSTRAINT duty_shift_starts_once UNIQUE (account, unit, area_code, starts_at);
CREATE INDEX duty_shift_by_unit_and_area ON duty_shift (unit, area_code, starts_at);
"""

BACKWARDS = """
DROP INDEX duty_shift_by_unit_and_area, session_by_account, session_by_expiry, role_grant_by_role_and_area,
    account_by_unit, org_unit_by_type_and_area;
ALTER TABLE duty_shift DROP CONSTRAINT duty_shift_ends_later, DROP CONSTRAINT duty_shift_area_prefix,
    DROP CONSTRAINT duty_shift_starts_once;
ALTER TABLE session DROP CONSTRAINT session_hash_is_sha256, DROP CONSTRAINT session_ends_later;
ALTER TABLE role_grant DROP CONSTRAINT role_grant_role_known, DROP CONSTRAINT role_grant_area_prefix,
    DROP CONSTRAINT role_grant_held_once;
ALTER TABLE account DROP CONSTRAINT account_kind_known, DROP CONSTRAINT account_username_plain,
    DROP CONSTRAINT account_staff_can_sign_in, DROP CONSTRAINT account_failures_counted;
ALTER TABLE org_unit DROP CONSTRAINT org_unit_code_said, DROP CONSTRAINT org_unit_type_word,
    DROP CONSTRAINT org_unit_area_prefix;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="accounts", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
