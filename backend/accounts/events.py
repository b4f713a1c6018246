"""Facts about people, in the past tense."""

from typing import ClassVar

from backend.events.facts import Fact


class StaffLeft(Fact, frozen=True, kw_only=True):
    """Somebody is gone, or no longer of the unit, or no longer holds a role: what was theirs to do is nobody's."""

    subject: ClassVar[str] = "account"


class Trace(Fact, frozen=True, kw_only=True):
    """Base of what happens to an account. `address`: the caller's; empty where a command or the system acted."""

    subject: ClassVar[str] = "account"
    address: str = ""


class SignedIn(Trace, frozen=True, kw_only=True):
    """With a password, or by another system that knows the person: then `by` names it."""

    by: str = ""


class SignInFailed(Trace, frozen=True, kw_only=True):
    """A wrong password of somebody who is here."""


class SessionHandedOver(Trace, frozen=True, kw_only=True):
    """A mini-program gave its web-view a session of the same account."""


class AccountsMerged(Trace, frozen=True, kw_only=True):
    """Two phones of one person are one account from now on: what was of the merged one is of this one."""

    merged_id: int


class SignedOut(Trace, frozen=True, kw_only=True):
    """One session ended by its holder."""


class TokenReused(Trace, frozen=True, kw_only=True):
    """A refresh token came a second time: the session ended."""


class PasswordSet(Trace, frozen=True, kw_only=True):
    """Every session ended with it."""


class SignInsUnlocked(Trace, frozen=True, kw_only=True):
    """Whoever failed too often may try again at once."""


class RoleGranted(Trace, frozen=True, kw_only=True):
    role: str
    area: str


class RoleTaken(Trace, frozen=True, kw_only=True):
    role: str
    area: str


class IdentityLinked(Trace, frozen=True, kw_only=True):
    """Somebody is known at another system from now on, and may sign in by it. `vendor`: wechat or wecom."""

    vendor: str


class IdentityUnlinked(Trace, frozen=True, kw_only=True):
    """Somebody is not known at another system any more. `vendor`: wechat or wecom."""

    vendor: str


class AccountClosed(Trace, frozen=True, kw_only=True):
    """Somebody left."""


TRACES = (
    SignedIn,
    SignInFailed,
    SessionHandedOver,
    AccountsMerged,
    SignedOut,
    TokenReused,
    PasswordSet,
    SignInsUnlocked,
    RoleGranted,
    RoleTaken,
    IdentityLinked,
    IdentityUnlinked,
    AccountClosed,
)
