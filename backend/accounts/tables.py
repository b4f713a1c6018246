"""Tables of accounts. Checks, partial and composite indexes live in the migrations and carry names."""

from piccolo.columns import (
    UUID,
    BigSerial,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    OnDelete,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

AREA_CODE_CHARS = 15
USER_AGENT_CHARS = 120


class OrgUnit(Table, tablename="org_unit"):
    """A body that answers for matters: a patrol team, a sanitation company, a committee."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=40, unique=True)
    name_zh = Varchar(length=120)
    name_en = Varchar(length=120, null=True, default=None)
    unit_type = Varchar(length=40)
    kind = Varchar(length=12, null=False, default="government")
    area_code = Varchar(length=AREA_CODE_CHARS, default="")


class Account(Table, tablename="account"):
    """Somebody who can act: a member of staff with a password, or a resident's phone without one."""

    id = BigSerial(primary_key=True)
    kind = Varchar(length=8)
    username = Varchar(length=60, null=True, default=None, unique=True)
    password_hash = Varchar(length=200, null=True, default=None)
    display_name = Varchar(length=60, default="")
    phone = Varchar(length=20, null=True, default=None)
    unit_id = ForeignKey(OrgUnit, null=True, default=None, on_delete=OnDelete.restrict)
    is_active = Boolean(default=True)
    created_at = Timestamptz(default=None)


class RoleGrant(Table, tablename="role_grant"):
    """A role held within an area prefix."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    role = Varchar(length=20)
    area_code = Varchar(length=AREA_CODE_CHARS, default="")


class Session(Table, tablename="session"):
    """A family of refresh tokens that follow one another; only the hash of the current one is kept."""

    id = UUID(primary_key=True)
    account_id = ForeignKey(Account, null=False, on_delete=OnDelete.cascade)
    refresh_hash = Bytea()
    opened_at = Timestamptz(default=None)
    rotated_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    revoked_at = Timestamptz(null=True, default=None)
    user_agent = Varchar(length=USER_AGENT_CHARS, default="")
    given_by_id = UUID(null=True, default=None)
    """The session of the mini-program in whose web-view this one is; it stands while that one does."""


class SessionLink(Table, tablename="session_link"):
    """A link that serves once for the account of its session; only the hash of its token is kept.

    `purpose`: web_view opens a session in the mini-program's web-view, merge joins two accounts of one person.
    """

    token_hash = Bytea(primary_key=True)
    purpose = Varchar(length=8, null=False)
    session_id = ForeignKey(Session, null=False, default=None, on_delete=OnDelete.cascade, index=True)
    made_at = Timestamptz(null=False, default=None)
    expires_at = Timestamptz(null=False, default=None)


class MergeRequest(Table, tablename="merge_request"):
    """Somebody who opened a link and wants to be joined by it, until the giver of the link agrees.

    `number`: six digits that the person reads there and types on the phone that gave the link.
    """

    id = BigSerial(primary_key=True)
    session_link_id = ForeignKey(SessionLink, null=False, default=None, on_delete=OnDelete.cascade)
    account_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.cascade, index=True)
    number = Varchar(length=6, null=False)
    requested_at = Timestamptz(null=False, default=None)


class SignInFailure(Table, tablename="sign_in_failure"):
    """Wrong passwords of one name from one address. Unlogged: a crash forgives everybody."""

    key = Varchar(length=120, primary_key=True)
    failures = Integer(null=False, default=0)
    failed_at = Timestamptz(null=False, default=None)
    blocked_until = Timestamptz(null=False, default=None)


class ExternalIdentity(Table, tablename="external_identity"):
    """Who somebody is elsewhere: a WeChat openid, a WeCom userid. By it they sign in there and are reached there."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.cascade)
    vendor = Varchar(length=8, null=False)
    subject = Varchar(length=128, null=False)
    linked_at = Timestamptz(null=False, default=None)


class AccountMerge(Table, tablename="account_merge"):
    """Two accounts of one person are one: `merged_id` is closed and goes on as `survivor_id`, never merged itself.

    `token_hash`: of the link by which it was done, so that a confirmation that is sent again is the same one.
    """

    merged_id = ForeignKey(Account, primary_key=True, null=False, default=None, on_delete=OnDelete.restrict)
    survivor_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    token_hash = Bytea(null=False, default=None, unique=True)
    merged_at = Timestamptz(null=False, default=None)
