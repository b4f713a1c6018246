"""What accounts takes and gives: the Actor that every verb receives, roles, units, tokens, and who is
on duty.
"""

from enum import StrEnum
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from backend.structs import Read, Write


class Role(StrEnum):
    RESIDENT = "resident"
    SHOP_OWNER = "shop_owner"
    VOLUNTEER = "volunteer"
    INSPECTOR = "inspector"
    HANDLER = "handler"
    VERIFIER = "verifier"
    DISPATCHER = "dispatcher"
    COMMITTEE = "committee"
    STREET_ADMIN = "street_admin"
    DISTRICT_ADMIN = "district_admin"


class Grant(msgspec.Struct, frozen=True, array_like=True):
    """A role held within an area. `area` is a prefix of national area codes; empty: nowhere in particular."""

    role: Role
    area: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who is acting in this request, as the database says; for plain reading, as it said within the last minute."""

    account_id: int
    name: str
    grants: tuple[Grant, ...]
    unit_id: int | None = None
    is_device: bool = False

    def has_role(self, *roles: Role) -> bool:
        """Whether a role is held anywhere: says which pages to offer, never what may be seen or done."""
        return any(grant.role in roles for grant in self.grants)

    def holds(self, area_code: str, *roles: Role) -> bool:
        """Whether one grant gives one of these roles over this area. What two grants give never adds up."""
        return any(area_code.startswith(area) for area in self.areas_of(*roles))

    def areas_of(self, *roles: Role) -> list[str]:
        """The area prefixes within which one of these roles is held."""
        return [grant.area for grant in self.grants if grant.role in roles and grant.area]


USERNAME_MOST, PASSWORD_MOST = 60, 200


class Credentials(Write, frozen=True, kw_only=True):
    username: Annotated[str, Meta(min_length=1, max_length=USERNAME_MOST, description="Case does not matter.")]
    password: Annotated[str, Meta(min_length=1, max_length=PASSWORD_MOST)]


class Refresh(Write, frozen=True, kw_only=True):
    refresh_token: Annotated[str, Meta(min_length=1, max_length=200)]


class Tokens(Read, frozen=True, kw_only=True):
    """What a client keeps: a short access token for each request, a refresh token to be used once."""

    access_token: str
    refresh_token: str
    expires_in: Annotated[int, Meta(description="Seconds until the access token ends.")]
    refresh_expires_in: Annotated[int, Meta(description="Seconds until the session ends if it is not refreshed.")]
    token_type: str = "Bearer"  # noqa: S105


class SessionHandOver(Read, frozen=True, kw_only=True):
    """What opens this account's session in a web-view: `/session/hand-over?token=…&to=/path` of this site."""

    url_token: Annotated[str, Meta(description="Serves once.")]
    expires_in: Annotated[int, Meta(description="Seconds until it serves no more.")]


class MergeLink(Read, frozen=True, kw_only=True):
    """What the person opens on the other phone, or has the mini-program scan, so that both become one."""

    link: str
    expires_in: Annotated[int, Meta(description="Seconds until it serves no more.")]


class StaffDraft(Write, frozen=True, kw_only=True):
    """A member of staff to be: the name that others see, and the unit that he or she works for.

    Without a password nobody can sign in until one is given.
    """

    username: str
    password: str | None = None
    display_name: str
    unit_id: int | None = None
    phone: str | None = None
    grants: tuple[Grant, ...] = ()


class FirstPassword(NamedTuple):
    """What somebody signs in with for the first time. It is told to nobody but that person."""

    username: str
    display_name: str
    password: str


class Staff(Read, frozen=True, kw_only=True):
    """Somebody who can sign in, and the unit that they work for."""

    account_id: int
    username: str
    unit_id: int | None


class AccountChange(Read, frozen=True, kw_only=True):
    """What became of an account that was set. `has_moved`: it belonged to another unit before."""

    account_id: int
    has_moved: bool


class Person(Read, frozen=True, kw_only=True):
    """A member of staff as the list of the operator shows them."""

    username: str
    name: str
    unit: str | None
    """The code of the unit."""
    roles: list[str]
    """As `handler:310115105`."""
    is_active: bool
    has_password: bool
    is_on_duty: bool


class UnitKind(StrEnum):
    """What sort of body a unit is."""

    GOVERNMENT = "government"
    PROPERTY = "property"
    COMMITTEE = "committee"
    CONTRACTOR = "contractor"
    """Such as a cleaning company or an operator of shared bicycles."""


class UnitDraft(Write, frozen=True, kw_only=True):
    """A unit to be. `unit_type` is a handler_unit_type of the item dictionary; `area_code` is a prefix."""

    code: str
    name_zh: str
    unit_type: str
    area_code: str
    name_en: str | None = None
    kind: UnitKind = UnitKind.GOVERNMENT


class Unit(Read, frozen=True, kw_only=True):
    id: int
    code: str
    name_zh: str
    name_en: str | None
    unit_type: str
    kind: UnitKind
    area_code: str


class UnitLabel(Read, frozen=True, kw_only=True):
    id: int
    name_zh: str
    name_en: str | None


class Member(Read, frozen=True, kw_only=True):
    id: int
    name: str


class StaffedUnit(Read, frozen=True, kw_only=True):
    """A unit with those who handle orders for it."""

    id: int
    name_zh: str
    name_en: str
    handlers: list[Member]


class HeldRole(Read, frozen=True, kw_only=True):
    role: Role
    area_code: str


class Me(Read, frozen=True, kw_only=True):
    """The account that is signed in, as it is in the database now."""

    id: int
    name: str
    is_device: bool
    unit: UnitLabel | None
    roles: list[HeldRole]
    permissions: list[str]
